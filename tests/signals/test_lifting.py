"""From signal to policy: only what is open, in new words, with the link both ways; who raised it hears of the end."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message, State
from kortrijk_gebied.refusals import Refused
from signals.levels import Level
from signals.lifting import lift_to_agenda, lift_to_inventory
from signals.models import ActionEvidence, AgendaSubject, Category, Channel, Dossier, Feedback, Report, Signal
from teams.meetings.agenda import end
from teams.models import Action, AgendaPoint, Team, User
from teams.models.audience import Audience
from teams.models.meetings import PointState
from tests.cast import Cast, area
from tests.signals.lifting import dossier_with, lifted, north
from tests.teams.inventory import action

type SignIn = Callable[[User], Client]
type Make = Callable[..., Signal]


@pytest.fixture
def signal(report: Make, cast: Cast) -> Signal:
    return report("Sluikstort", channel=Channel.WARDEN, by=cast["gemeenschapswacht"])


class TestLifting:
    def test_makes_a_line_of_the_inventory_once(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        els, url = sign_in(cast["gebiedswerker"]), f"/signalen/{signal.reference}/naar-beleid/"
        assert els.get(url).status_code == 200
        sent = {"where": "nieuw", "team": north().pk, "title": "Containers staan te ver", "kind": "bottleneck",
                "key": "01990000-0000-7000-8000-000000000001"}  # fmt: skip
        for _time in range(2):
            assert els.post(url, sent).status_code == 302
        (made,) = Action.objects.all()
        assert (made.kind, made.team, list(made.areas.all())) == ("bottleneck", north(), [area("Overleie")])
        assert signal.title in els.get(made.get_absolute_url()).content.decode()
        assert made.title in els.get(f"/signalen/{signal.reference}/").content.decode()

    def test_puts_it_behind_what_stands_there(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        made, url = action(cast["gebiedswerker"]), f"/signalen/{signal.reference}/naar-beleid/"
        sent = {"where": "bestaand", "action": made.pk}
        assert sign_in(cast["gebiedswerker"]).post(url, sent).status_code == 302
        assert ActionEvidence.objects.get().action == made
        other = action(cast["deelgemeente"], at="Marke", team="gebiedsteam-marke")
        assert sign_in(cast["gebiedswerker"]).post(url, {**sent, "action": other.pk}).status_code == 422
        with pytest.raises(Refused):
            lift_to_inventory(signal, by=cast["gebiedswerker"], action=other)
        assert ActionEvidence.objects.count() == 1

    def test_puts_it_on_the_agenda_once(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        url = f"/signalen/{signal.reference}/naar-beleid/"
        sent = {"where": "agenda", "team": north().pk, "title": "Verplaatsen we de containers?", "needs_decision": "on"}
        for _time in range(2):
            assert sign_in(cast["gebiedswerker"]).post(url, sent).status_code == 302
        (point,) = AgendaPoint.objects.all()
        assert (point.needs_decision, point.meeting, AgendaSubject.objects.get().signal) == (True, None, signal)

    def test_shows_no_point_of_a_table_one_does_not_sit_at(self, cast: Cast, signal: Signal) -> None:
        lift_to_agenda(signal, by=cast["gebiedswerker"], team=north(), title="Verplaatsen we de containers?")
        with pytest.raises(Refused):
            lift_to_agenda(signal, by=cast["agent"], team=north(), title="Vuil")
        assert AgendaPoint.objects.count() == 1

    def test_takes_a_dossier_too(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        dossier = dossier_with(signal, cast)
        url = f"/signalen/dossiers/{dossier.reference}/naar-beleid/"
        sent = {"where": "nieuw", "team": north().pk, "title": "De hoek blijft vuil"}
        assert sign_in(cast["coordinator"]).post(url, sent).status_code == 302
        made = Action.objects.get()
        assert dossier.title in sign_in(cast["coordinator"]).get(made.get_absolute_url()).content.decode()
        page = sign_in(cast["coordinator"]).get(f"/signalen/dossiers/{dossier.reference}/").content.decode()
        assert made.title in page

    def test_wants_words_of_its_own(self, cast: Cast, signal: Signal) -> None:
        for words in (signal.description, f"Dit zei men: {signal.description.upper()}"):
            with pytest.raises(Refused):
                lift_to_inventory(signal, by=cast["gebiedswerker"], team=north(), title="Vuil", text=words)
        assert not Action.objects.exists()
        lift_to_inventory(signal, by=cast["gebiedswerker"], team=north(), title="Vuil", text="Er ligt vaak afval.")

    def test_begins_with_empty_words(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        html = sign_in(cast["gebiedswerker"]).get(f"/signalen/{signal.reference}/naar-beleid/").content.decode()
        assert signal.description not in html

    def test_is_for_a_team_of_ones_own(self, cast: Cast, signal: Signal) -> None:
        with pytest.raises(Refused):
            lift_to_inventory(
                signal, by=cast["gebiedswerker"], team=Team.objects.get(code="gebiedsteam-marke"), title="Vuil"
            )

    def test_is_for_who_may_read_it_by_then(self, cast: Cast, signal: Signal) -> None:
        lies = cast["wijkinspecteur.zuid"]
        own = Team.objects.filter(memberships__user=lies)[0]
        with pytest.raises(Refused):
            lift_to_inventory(signal, by=lies, team=own, title="Vuil")
        with pytest.raises(Refused):
            lift_to_agenda(signal, by=lies, team=own, title="Vuil")

    def test_offers_what_one_can_choose(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        url = f"/signalen/{signal.reference}/naar-beleid/"
        els = sign_in(cast["gebiedswerker"])
        assert 'value="bestaand"' not in els.get(url).content.decode()  # nothing stands there yet
        action(cast["gebiedswerker"])
        assert 'value="bestaand"' in els.get(url).content.decode()

    def test_keeps_what_was_typed_when_it_refuses(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        url = f"/signalen/{signal.reference}/naar-beleid/"
        answer = sign_in(cast["gebiedswerker"]).post(url, {"where": "agenda", "title": "", "text": "Zo zit dat."})
        assert answer.status_code == 422
        assert "Zo zit dat." in answer.content.decode()


class TestSecrets:
    @pytest.mark.parametrize("level", [Level.LIMITED, Level.SEALED])
    def test_are_refused_with_a_pointer(self, cast: Cast, sign_in: SignIn, report: Make, level: Level) -> None:
        signal = report("Geluidshinder")
        signal.raise_level(by=cast["coordinator.politie"], level=level)
        page = f"/signalen/{signal.reference}/naar-beleid/"
        reader = sign_in(cast["wijkinspecteur"])
        answer = reader.get(page)
        assert answer.status_code == 200
        assert "casusoverleg" in answer.content.decode()
        assert signal.description not in answer.content.decode()
        sent = {"where": "nieuw", "team": north().pk, "title": "Lawaai"}
        assert reader.post(page, sent).status_code == 409
        with pytest.raises(Refused):
            lift_to_agenda(signal, by=cast["wijkinspecteur"], team=north(), title="Lawaai")
        assert not Action.objects.exists()
        assert sign_in(cast["agent"]).post(page, sent).status_code in (404, 409)

    def test_of_a_person_are_refused_however_open_they_stand(self, cast: Cast, signal: Signal) -> None:
        personal = Category.objects.filter(about_persons=True)[0]
        Signal.objects.filter(pk=signal.pk).update(category=personal)
        with pytest.raises(Refused):
            lifted(signal, cast)
        assert not Action.objects.exists()

    def test_of_a_dossier_are_refused(self, cast: Cast, report: Make) -> None:
        dossier = dossier_with(report(), cast, Level.LIMITED)
        with pytest.raises(Refused):
            lift_to_inventory(dossier, by=cast["coordinator"], team=north(), title="De hoek")

    def test_do_not_exist_for_who_may_not_read_them(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        url = f"/signalen/{signal.reference}/naar-beleid/"
        assert sign_in(cast["wijkinspecteur.zuid"]).get(url).status_code == 404
        assert sign_in(cast["wijkinspecteur"]).get(url).status_code == 200

    @pytest.mark.parametrize("level", [Level.LIMITED, Level.SEALED])
    def test_leave_no_link_behind(self, cast: Cast, sign_in: SignIn, report: Make, level: Level) -> None:
        signal = report("Geluidshinder")
        made = lift_to_inventory(signal, by=cast["wijkinspecteur"], team=north(), title="Rust in de straat")
        point = lift_to_agenda(signal, by=cast["wijkinspecteur"], team=north(), title="Rust in de straat")
        reader = sign_in(cast["gebiedswerker"])
        assert signal.reference in reader.get(made.get_absolute_url()).content.decode()
        signal.raise_level(by=cast["coordinator.politie"], level=level)
        assert not ActionEvidence.objects.exists()
        assert not AgendaSubject.objects.exists()
        for person in ("gebiedswerker", "wijkinspecteur", "coordinator.politie"):
            html = sign_in(cast[person]).get(made.get_absolute_url()).content.decode()
            assert signal.reference not in html
            assert signal.title not in html
        assert AgendaPoint.objects.filter(pk=point.pk).exists()  # the words of the table stay the table's

    def test_of_a_dossier_that_became_one_are_not_told(self, cast: Cast, report: Make) -> None:
        signal = report("Geluidshinder", channel=Channel.WARDEN, by=cast["gemeenschapswacht"], name="An",
                        email="an@example.be", wants_answer=True)  # fmt: skip
        made = lift_to_inventory(dossier_with(signal, cast), by=cast["coordinator"], team=north(), title="De hoek")
        signal.raise_level(by=cast["coordinator.politie"], level=Level.SEALED)
        made.finish(by=cast["coordinator"], result="Gedaan.")
        assert not Feedback.objects.exists()
        assert not Message.objects.filter(key__startswith="policy:").exists()

    def test_show_only_what_the_reader_may_read(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        made = lifted(signal, cast)
        Action.objects.filter(pk=made.pk).update(audience=Audience.PUBLIC)
        assert signal.reference in sign_in(cast["gebiedswerker"]).get(made.get_absolute_url()).content.decode()
        away = sign_in(cast["wijkinspecteur.zuid"]).get(made.get_absolute_url())
        assert away.status_code == 200
        assert signal.reference not in away.content.decode()

    def test_of_the_team_are_kept_from_who_reads_the_signal(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        made = lifted(signal, cast)
        Action.objects.filter(pk=made.pk).update(audience=Audience.INTERNAL)
        assert made.title not in sign_in(cast["agent"]).get(f"/signalen/{signal.reference}/").content.decode()
        assert made.title in sign_in(cast["gebiedswerker"]).get(f"/signalen/{signal.reference}/").content.decode()


class TestDecision:
    def test_is_heard_by_the_warden_in_full_when_they_may_read_it(self, cast: Cast, signal: Signal) -> None:
        made = lifted(signal, cast)
        made.plan(by=cast["gebiedswerker"])
        made.start(by=cast["gebiedswerker"])
        made.finish(by=cast["gebiedswerker"], result="De containers staan dichter.")
        planned, done = Feedback.objects.of(cast["gemeenschapswacht"]).order_by("at")
        assert made.title in planned.text
        assert "De containers staan dichter." in done.text

    def test_to_begin_at_once_is_heard_too(self, cast: Cast, signal: Signal) -> None:
        made = lifted(signal, cast)
        made.start(by=cast["gebiedswerker"])
        (line,) = Feedback.objects.of(cast["gemeenschapswacht"])
        assert line.text.startswith(f"{made.team.name} heeft dit opgenomen en is begonnen.")
        made.finish(by=cast["gebiedswerker"], result="Klaar.")
        made.reopen(by=cast["gebiedswerker"])  # taken up again is no news of its own
        assert Feedback.objects.of(cast["gemeenschapswacht"]).count() == 2

    def test_is_heard_without_its_words_by_who_may_not_read_it(self, cast: Cast, signal: Signal) -> None:
        made = lifted(signal, cast)
        Action.objects.filter(pk=made.pk).update(audience=Audience.INTERNAL)
        made.finish(by=cast["gebiedswerker"], result="De containers staan dichter.")
        line = Feedback.objects.get()
        assert made.team.name in line.text
        assert "dichter" not in line.text
        assert made.title not in line.text

    def test_is_heard_by_who_lifted_it_when_another_ended_it(self, cast: Cast, signal: Signal) -> None:
        made = lifted(signal, cast)
        point = lift_to_agenda(signal, by=cast["gebiedswerker"], team=north(), title="Verplaatsen we ze?")
        made.plan(by=cast["coordinator"])
        assert not Feedback.objects.of(cast["gebiedswerker"]).exists()  # it did not end yet
        made.finish(by=cast["coordinator"], result="De containers staan dichter.")
        end(point, PointState.DECIDED, by=cast["coordinator"], words="Ja.")
        assert Feedback.objects.of(cast["gebiedswerker"]).count() == 2
        assert not Feedback.objects.of(cast["coordinator"]).exists()
        made.reopen(by=cast["gebiedswerker"])
        made.finish(by=cast["gebiedswerker"], result="Nu echt.")
        assert Feedback.objects.of(cast["gebiedswerker"]).count() == 2  # what one ends oneself is no news

    def test_of_a_point_is_heard_once(self, cast: Cast, signal: Signal) -> None:
        point = lift_to_agenda(signal, by=cast["gebiedswerker"], team=north(), title="Verplaatsen we ze?")
        for _time in range(2):
            end(point, PointState.DECIDED, by=cast["gebiedswerker"], words="Ja, tegen de zomer.")
        assert Feedback.objects.count() == 1

    def test_is_mailed_to_the_citizen_without_words_of_the_table(self, cast: Cast, report: Make) -> None:
        signal = report(name="An", email="an@example.be", wants_answer=True)
        made = lifted(signal, cast)
        made.finish(by=cast["gebiedswerker"], result="De containers staan dichter.")
        mail = Message.objects.get(key__startswith="policy:")
        assert made.team.name in mail.body
        assert made.title not in mail.body
        assert "dichter" not in mail.body

    def test_is_mailed_in_full_of_what_is_for_everybody(self, cast: Cast, report: Make) -> None:
        signal = report(name="An", email="an@example.be", wants_answer=True)
        made = lifted(signal, cast)
        Action.objects.filter(pk=made.pk).update(audience=Audience.PUBLIC)
        made.finish(by=cast["gebiedswerker"], result="De containers staan dichter.")
        assert "dichter" in Message.objects.get(key__startswith="policy:").body

    def test_is_not_mailed_about_a_subject_of_which_one_hears_nothing(self, cast: Cast, report: Make) -> None:
        signal = report(name="An", email="an@example.be", wants_answer=True)
        made = lifted(signal, cast)
        Report.objects.filter(signal=signal).update(category=Category.objects.filter(level=Level.SEALED)[0])
        made.finish(by=cast["gebiedswerker"], result="Klaar.")
        assert not Message.objects.filter(key__startswith="policy:").exists()

    def test_of_a_dossier_that_is_no_longer_open_is_not_told(self, cast: Cast, signal: Signal) -> None:
        dossier = dossier_with(signal, cast)
        made = lift_to_inventory(dossier, by=cast["coordinator"], team=north(), title="De hoek")
        made.plan(by=cast["coordinator"])
        assert Feedback.objects.count() == 1
        Dossier.objects.filter(pk=dossier.pk).update(level=Level.LIMITED)
        made.finish(by=cast["coordinator"], result="Klaar.")
        assert Feedback.objects.count() == 1

    def test_is_not_mailed_to_who_did_not_ask(self, cast: Cast, report: Make) -> None:
        signal = report(name="An", email="an@example.be", wants_answer=False)
        lifted(signal, cast).finish(by=cast["gebiedswerker"], result="Klaar.")
        assert not Message.objects.filter(key__startswith="policy:").exists()

    def test_is_not_mailed_once_it_is_secret(self, cast: Cast, report: Make) -> None:
        signal = report("Geluidshinder", name="An", email="an@example.be", wants_answer=True)
        lifted(signal, cast, "Rust in de straat").finish(by=cast["gebiedswerker"], result="Klaar.")
        signal.raise_level(by=cast["coordinator.politie"], level=Level.SEALED)
        assert Message.objects.get(key__startswith="policy:").state == State.WITHDRAWN

    def test_loses_its_words_when_it_is_being_mailed_by_then(self, cast: Cast, report: Make) -> None:
        signal = report("Geluidshinder", name="An", email="an@example.be", wants_answer=True)
        lifted(signal, cast, "Rust in de straat").finish(by=cast["gebiedswerker"], result="Klaar.")
        mail = Message.objects.filter(key__startswith="policy:")
        mail.update(state=State.RUNNING, lease_until=timezone.now())
        assert north().name in mail.get().body
        signal.raise_level(by=cast["coordinator.politie"], level=Level.SEALED)
        assert north().name not in mail.get().body
