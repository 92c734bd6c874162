"""A signal under the wrong subject, or at the wrong place, is corrected: seen first, and nothing moves silently."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from signals.correcting import correct
from signals.correction import plan
from signals.following import followed
from signals.intake import Contact, register
from signals.joining import join
from signals.levels import Level
from signals.models import Category, EventKind, Feedback, PartnerKey, PartnerReport, Signal, StatusLink
from signals.models.corrected import Spot
from signals.visibility import JUST_NOW
from signals.workflow import SignalStatus, TaskStatus
from teams.models import Team, User
from tests.cast import Cast, area

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

KEEP, FOLLOW = "houden", "volgen"


def subject(name: str) -> Category:
    return Category.objects.get(name=name)


def page_of(signal: Signal) -> str:
    return reverse("signals:signal-correction", args=[signal.reference])


def send(client: Client, signal: Signal, name: str = "", **more: Any) -> Any:
    """What stands on the page, but for what is changed."""
    typed = {"category": subject(name).pk if name else signal.category_id, "place": signal.place, **more}
    return client.post(page_of(signal), typed)


def hidden(answer: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.text)
    assert found
    return found[1]


def chosen(client: Client, signal: Signal, name: str, **more: Any) -> Any:
    """Look first, then choose."""
    return send(client, signal, name, shown=hidden(send(client, signal, name), "shown"), **more)


def corrected(signal: Signal, by: User, name: str = "", *, spot: Spot | None = None, **how: Any) -> Signal:
    category, spot = subject(name) if name else signal.category, spot or signal.spot
    shown = plan(signal, by=by, category=category, spot=spot).key
    correct(signal=signal, by=by, category=category, spot=spot, shown=shown, **how)
    signal.refresh_from_db()
    return signal


@pytest.fixture
def bram(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["coordinator"])


class TestPage:
    def test_shows_what_it_would_become_and_does_nothing_yet(self, report: Make, bram: Client) -> None:
        signal = report("Sluikstort")
        page = send(bram, signal, "Onveilige situatie")
        assert page.status_code == 200
        assert "“Sluikstort” wordt “Onveilige situatie”" in page.text
        assert "Het blijft bij Team Net Kortrijk Noord" in page.text
        assert "Zoals de regels zeggen: naar Openbaar domein" in page.text
        signal.refresh_from_db()
        assert signal.category.name == "Sluikstort"

    def test_asks_who_has_it_from_now_on(self, report: Make, bram: Client) -> None:
        signal = report("Sluikstort")
        answer = chosen(bram, signal, "Onveilige situatie")
        assert (answer.status_code, "Kies wie het vanaf nu heeft." in answer.text) == (422, True)

    def test_does_at_once_what_sends_it_nowhere_else(self, report: Make, bram: Client) -> None:
        signal = report("Onveilige situatie")
        assert send(bram, signal, "Zwerfvuil").status_code == 302
        signal.refresh_from_db()
        assert (signal.category.name, signal.tasks.get().team.code) == ("Zwerfvuil", "openbaar-domein")
        assert "Zwerfvuil" in signal.route_reason

    def test_says_that_nothing_changed(self, report: Make, bram: Client) -> None:
        answer = send(bram, report("Sluikstort"))
        assert (answer.status_code, "Zo staat het er al." in answer.text) == (422, True)

    def test_keeps_the_spot_of_words_that_nobody_changed(self, report: Make, bram: Client) -> None:
        signal = report("Onveilige situatie", place="voor de bakker")
        where = signal.spot
        send(bram, signal, "Zwerfvuil")
        signal.refresh_from_db()
        assert (signal.category.name, signal.spot) == ("Zwerfvuil", where)

    def test_types_a_place_as_at_the_desk(self, report: Make, bram: Client) -> None:
        signal = report("Sluikstort", place="Overleiestraat", at=None)
        assert send(bram, signal, place="Budastraat 1").status_code == 302
        signal.refresh_from_db()
        assert (str(signal.area), signal.place) == ("Kortrijk Centrum", "Budastraat 1")
        assert signal.area_id in signal.area_ids

    def test_asks_which_of_several_places_is_meant(self, report: Make, bram: Client) -> None:
        signal = report("Onveilige situatie")
        answer = send(bram, signal, place="Kerkstraat", area=signal.area_id)
        assert (answer.status_code, "Kies hieronder welke plaats het is" in answer.text) == (422, True)

    def test_says_first_that_words_nobody_knows_cost_the_spot(self, report: Make, bram: Client) -> None:
        signal = report("Onveilige situatie")
        answer = send(bram, signal, place="Achter de bakker", area=signal.area_id)
        assert (answer.status_code, "Gebied: Overleie." in answer.text) == (200, True)
        answer = send(bram, signal, place="Achter de bakker", area=signal.area_id, shown=hidden(answer, "shown"))
        assert answer.status_code == 302
        signal.refresh_from_db()
        assert (signal.place, signal.longitude, str(signal.area)) == ("Achter de bakker", None, "Overleie")

    def test_leads_what_nobody_read_to_its_own_page(self, report: Make, bram: Client) -> None:
        signal = report("Sluikstort")
        signal.events.all().delete()
        Signal.objects.filter(pk=signal.pk).update(status=SignalStatus.NEW, route_reason="")
        assert bram.get(page_of(signal))["Location"].endswith("/lezing/")

    def test_is_for_who_registered_it_for_a_moment(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        signal, agent = report("Sluikstort"), sign_in(cast["agent"])
        assert page_of(signal) in agent.get(reverse("signals:signal", args=[signal.reference])).text
        assert agent.get(page_of(signal)).status_code == 200
        assert sign_in(cast["gebiedswerker"]).get(page_of(signal)).status_code == 403
        with time_machine.travel(timezone.now() + JUST_NOW):
            assert sign_in(cast["agent"]).get(page_of(signal)).status_code == 403

    def test_counts_that_moment_from_when_it_was_saved(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        """A letter of yesterday, or what a tablet kept until it had coverage."""
        signal = report("Sluikstort", received_at=timezone.now() - dt.timedelta(days=1))
        assert sign_in(cast["agent"]).get(page_of(signal)).status_code == 200

    def test_leads_to_a_handover_only_who_may_hand_over(
        self, cast: Cast, report: Make, bram: Client, sign_in: SignIn
    ) -> None:
        signal, agent = report("Sluikstort"), sign_in(cast["agent"])
        pages = [send(client, signal, "Geluidshinder").text for client in (bram, agent)]
        assert ["doe=handover" in page for page in pages] == [True, False]
        assert all("tot zij het overnemen" in page for page in pages)

    def test_lets_the_second_of_two_know_who_was_first(self, cast: Cast, report: Make, bram: Client) -> None:
        signal = report("Onveilige situatie")
        seen = hidden(bram.get(page_of(signal)), "gezien")
        signal.add_note(by=cast["gebiedswerker"], text="Het is echt zwerfvuil.")
        answer = send(bram, signal, "Zwerfvuil", gezien=seen)
        assert answer.status_code == 422
        assert "Het is echt zwerfvuil." in answer.text
        assert send(bram, signal, "Zwerfvuil", gezien=hidden(answer, "gezien")).status_code == 302

    def test_shows_anew_what_became_something_else(self, cast: Cast, report: Make, bram: Client) -> None:
        signal = report("Sluikstort")
        shown = hidden(send(bram, signal, "Onveilige situatie"), "shown")
        signal.tasks.get().withdraw(by=cast["coordinator"])
        answer = send(bram, signal, "Onveilige situatie", shown=shown, who=KEEP)
        assert (answer.status_code, hidden(answer, "shown") == shown) == (200, False)


class TestWork:
    def test_stays_with_its_team_when_somebody_says_so(self, cast: Cast, report: Make) -> None:
        signal = corrected(report("Sluikstort"), cast["coordinator"], "Onveilige situatie")
        assert [task.team.code for task in signal.tasks.live()] == ["team-net-noord"]
        assert (signal.rule, signal.route_reason) == (None, "Verbeterd; het blijft bij Team Net Kortrijk Noord.")

    def test_goes_where_the_rules_say_and_what_was_accepted_goes_on(self, cast: Cast, report: Make) -> None:
        signal = corrected(report("Sluikstort"), cast["coordinator"], "Onveilige situatie", follow=True)
        assert {task.team.code for task in signal.tasks.live()} == {"team-net-noord", "openbaar-domein"}
        assert (str(signal.team), signal.routine) == ("Openbaar domein", False)
        assert "Openbaar domein" in signal.route_reason

    def test_ends_what_was_only_offered_and_what_was_ticked(self, cast: Cast, report: Make, bram: Client) -> None:
        signal = report("Sluikstort")
        straight = signal.tasks.get()
        offered = signal.offer(
            team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht", by=cast["coordinator"]
        )
        chosen(bram, signal, "Onveilige situatie", who=FOLLOW, take_back=[str(straight.pk)])
        ended = signal.tasks.filter(status=TaskStatus.WITHDRAWN)
        assert {task.pk for task in ended} == {straight.pk, offered.pk}
        assert signal.tasks.live().get().team.code == "openbaar-domein"

    def test_is_told_to_who_goes_on_without_a_word_of_it(self, cast: Cast, report: Make) -> None:
        User.objects.filter(pk=cast["uitvoerder"].pk).update(mail_offers=True)
        corrected(report("Sluikstort"), cast["coordinator"], "Onveilige situatie")
        mail = Message.objects.get(to=cast["uitvoerder"].email, key__contains=":corrected-")
        assert "Onveilige" not in f"{mail.subject}{mail.body}"

    def test_is_marked_as_corrected_in_the_list_of_its_team(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        signal, hassan = report("Onveilige situatie"), sign_in(cast["uitvoerder"])
        assert "onderwerp of plaats verbeterd" not in hassan.get("/vandaag/").text
        corrected(signal, cast["coordinator"], "Zwerfvuil")
        assert "onderwerp of plaats verbeterd" in hassan.get("/vandaag/").text

    def test_bears_the_name_of_its_subject_unless_somebody_gave_it_another(self, cast: Cast, report: Make) -> None:
        signal = report("Sluikstort")
        signal.offer(team=Team.objects.get(code="openbaar-domein"), title="Hek zetten", by=cast["coordinator"])
        corrected(signal, cast["coordinator"], "Zwerfvuil")
        titles = set(signal.tasks.live().values_list("title", flat=True))
        assert titles == {subject("Zwerfvuil").work_title, "Hek zetten"}

    def test_is_called_what_it_was_when_another_team_gets_the_new_subject(self, cast: Cast, report: Make) -> None:
        signal = corrected(report("Sluikstort"), cast["coordinator"], "Onveilige situatie", follow=True)
        assert signal.tasks.live().get(team__code="team-net-noord").title == subject("Sluikstort").work_title

    def test_is_asked_by_mail_that_has_not_left_as_it_is_by_now(self, cast: Cast, report: Make) -> None:
        signal = report("Sluikstort")
        ward = Team.objects.get(code="wijkwerking-noord")
        signal.offer(team=ward, title=signal.category.work_title, by=cast["coordinator"])
        corrected(signal, cast["coordinator"], "Zwerfvuil")
        mail = Message.objects.get(to=cast["wijkinspecteur"].email, key__contains=":offered:")
        assert "Zwerfvuil" in mail.body
        assert "Sluikstort" not in mail.body

    def test_is_counted_from_when_it_was_reported_with_the_term_of_its_subject(self, cast: Cast, report: Make) -> None:
        signal, other = report("Sluikstort"), report("Onveilige situatie")
        assert corrected(signal, cast["coordinator"], "Onveilige situatie").due_at == other.due_at
        assert signal.reported_at <= other.reported_at

    def test_stays_with_its_owner_whatever_the_subject(self, cast: Cast, report: Make, bram: Client) -> None:
        signal = report("Sluikstort")
        assert "Dit onderwerp is van PZ Vlas." in send(bram, signal, "Geluidshinder").text
        assert corrected(signal, cast["coordinator"], "Geluidshinder", follow=True).owner.code == "stad"


class TestWhatFollows:
    def test_stands_in_the_course_and_the_history(self, cast: Cast, report: Make, bram: Client) -> None:
        signal = corrected(report("Sluikstort"), cast["coordinator"], "Zwerfvuil")
        assert "“Sluikstort” werd “Zwerfvuil”" in signal.events.get(kind=EventKind.NEW_SUBJECT).sentence
        page = bram.get(reverse("signals:signal-history", args=[signal.reference])).text
        assert "Sluikstort" in page
        assert "Zwerfvuil" in page

    def test_is_found_and_followed_under_its_new_subject(self, cast: Cast, report: Make, bram: Client) -> None:
        signal = report("Sluikstort")
        link = StatusLink.objects.create(report=signal.reports.get())
        corrected(signal, cast["coordinator"], "Zwerfvuil")
        assert followed(StatusLink.objects.select_related("report__signal").get(pk=link.pk)).subject == "Zwerfvuil"
        assert signal.reports.get().category.name == "Zwerfvuil"
        assert signal.reference in bram.get("/postvak/?tab=alles&q=zwerfvuil").text

    def test_lifts_what_keeps_coming_back_at_the_right_place(self, cast: Cast, report: Make) -> None:
        two = [report("Zwerfvuil"), report("Zwerfvuil")]
        signal = corrected(report("Sluikstort"), cast["coordinator"], "Zwerfvuil")
        assert (signal.surfaced_why, two[0].surfaced_why) == ("repeated", "")

    def test_says_what_runs_there_about_the_same(self, report: Make, bram: Client) -> None:
        report("Zwerfvuil")
        signal = report("Onveilige situatie")
        send(bram, signal, "Zwerfvuil")
        page = bram.get(reverse("signals:signal", args=[signal.reference])).text
        assert "Dichtbij loopt al 1 signaal hierover." in page

    def test_is_undone_by_correcting_again(self, cast: Cast, report: Make) -> None:
        signal = report("Sluikstort")
        before = (signal.category, signal.due_at, signal.rule, signal.routine, signal.spot)
        corrected(corrected(signal, cast["coordinator"], "Zwerfvuil"), cast["coordinator"], "Sluikstort")
        assert (signal.category, signal.due_at, signal.rule, signal.routine, signal.spot) == before

    def test_takes_along_what_was_joined_with_it(self, cast: Cast, report: Make) -> None:
        first, second = report("Sluikstort"), report("Sluikstort")
        join(second, into=first, by=cast["coordinator"])
        corrected(first, cast["coordinator"], "Klacht over de dienstverlening")
        second.refresh_from_db()
        assert (second.category.name, second.level) == ("Klacht over de dienstverlening", Level.LIMITED)

    def test_waits_on_while_its_term_stands_still(self, cast: Cast, report: Make) -> None:
        signal = report("Sluikstort")
        day = timezone.localdate() + dt.timedelta(days=7)
        signal.wait(by=cast["coordinator"], until=day, waiting_for="reporter", reason="Waar?")
        assert corrected(signal, cast["coordinator"], "Zwerfvuil").status == SignalStatus.WAITING

    def test_leaves_a_report_that_is_sent_twice_the_same_one(self, cast: Cast, bram: Client) -> None:
        """A tablet without an answer sends it again, with the place as it was told."""
        told = Contact(category=subject("Sluikstort"), description="Zakken.", place="Overleiestraat")
        made = register(told)
        corrected(made.signal, cast["coordinator"], spot=Spot(place="Budastraat"))
        assert register(told) == made


class TestWhatEnded:
    def test_gets_the_subject_and_place_that_it_was_and_stays_as_it_ended(self, cast: Cast, report: Make) -> None:
        signal = report("Sluikstort")
        signal.close(by=cast["coordinator"], outcome="Weg.")
        before = (signal.status, signal.due_at, signal.rule, signal.team, signal.outcome, signal.closed_at)
        corrected(signal, cast["coordinator"], "Onveilige situatie", spot=Spot(place="Budastraat"), follow=True)
        assert (signal.category.name, signal.place) == ("Onveilige situatie", "Budastraat")
        assert (signal.status, signal.due_at, signal.rule, signal.team, signal.outcome, signal.closed_at) == before
        assert not signal.tasks.live().exists()
        assert signal.reports.get().category == signal.category

    def test_is_corrected_on_its_page_at_once(self, report: Make, bram: Client, cast: Cast) -> None:
        signal = report("Sluikstort")
        signal.cancel(by=cast["coordinator"], reason="Niets te zien.")
        assert page_of(signal) in bram.get(reverse("signals:signal", args=[signal.reference])).text
        assert "Het is afgelopen en blijft dat." in bram.get(page_of(signal)).text
        answer = send(bram, signal, "Geluidshinder")
        assert answer.headers["Location"] == f"/signalen/{signal.reference}/#signal-heading", "focus goes there"
        signal.refresh_from_db()
        assert (signal.category.name, signal.owner.code) == ("Geluidshinder", "stad")

    def test_is_told_right_by_mail_that_has_not_left(self, cast: Cast, report: Make) -> None:
        signal = report("Sluikstort", email="an@voorbeeld.be")
        signal.close(by=cast["coordinator"], outcome="Weg.")
        corrected(signal, cast["coordinator"], "Zwerfvuil")
        assert "Uw melding: Zwerfvuil" in Message.objects.get(key__startswith="closed:").body

    def test_rises_in_secrecy_when_somebody_saw_that_it_would(self, cast: Cast, report: Make, bram: Client) -> None:
        signal = report("Sluikstort")
        signal.close(by=cast["coordinator"], outcome="Weg.")
        assert send(bram, signal, "Klacht over de dienstverlening").status_code == 200
        assert chosen(bram, signal, "Klacht over de dienstverlening").status_code == 302
        signal.refresh_from_db()
        assert (signal.level, signal.status) == (Level.LIMITED, SignalStatus.CLOSED)

    def test_follows_what_it_goes_on_in(self, cast: Cast, report: Make) -> None:
        first, second = report("Sluikstort"), report("Sluikstort")
        join(second, into=first, by=cast["coordinator"])
        with pytest.raises(Refused):
            correct(signal=second, by=cast["coordinator"], category=subject("Zwerfvuil"), spot=second.spot)
        first.close(by=cast["coordinator"], outcome="Weg.")
        corrected(first, cast["coordinator"], "Zwerfvuil")
        second.refresh_from_db()
        assert second.category.name == "Zwerfvuil"


class TestSecrecy:
    def test_rises_with_the_subject_and_never_falls(self, cast: Cast, report: Make) -> None:
        signal = report("Sluikstort", channel="warden", by=cast["gemeenschapswacht"])
        limited = corrected(signal, cast["coordinator"], "Klacht over de dienstverlening")
        assert (limited.level, set(limited.events.values_list("level", flat=True))) == (Level.LIMITED, {Level.LIMITED})
        assert corrected(limited, cast["coordinator"], "Zwerfvuil").level == Level.LIMITED

    def test_is_not_told_by_the_subject_to_who_raised_it(self, cast: Cast, report: Make) -> None:
        signal = report("Sluikstort", channel="warden", by=cast["wijkinspecteur"])
        corrected(signal, cast["coordinator"], "Klacht over de dienstverlening")
        signal.close(by=cast["coordinator"], outcome="Besproken.")
        line = Feedback.objects.get(user=cast["wijkinspecteur"])
        assert (line.subject, line.text) == ("Sluikstort", "Bezorgd aan de juiste dienst.")

    def test_is_not_told_by_the_subject_to_whose_program_raised_it(self, cast: Cast, report: Make) -> None:
        signal, school = report("Sluikstort", channel="partner"), cast["vereniging"].organisation
        assert school is not None
        key = PartnerKey.objects.create(
            organisation=school, name="School", hashed="x", valid_until=timezone.localdate()
        )
        PartnerReport.objects.create(report=signal.reports.get(), key=key)
        corrected(signal, cast["coordinator"], "Klacht over de dienstverlening")
        signal.close(by=cast["coordinator"], outcome="Besproken.")
        assert Feedback.objects.get(user=cast["vereniging"]).subject == "Sluikstort"

    def test_is_not_sealed_where_nobody_reads(self, cast: Cast, report: Make, bram: Client) -> None:
        signal = report("Sluikstort")
        answer = chosen(bram, signal, "Bezorgd om iemand")
        assert (answer.status_code, "dan zou het verloren gaan" in answer.text) == (422, True)
        signal.refresh_from_db()
        assert (signal.category.name, signal.level) == ("Sluikstort", Level.OPEN)

    def test_is_sealed_to_the_team_that_the_rules_name(self, cast: Cast, report: Make) -> None:
        signal = report("Schuldhulp of steun")
        corrected(signal, cast["verpleegkundige"], "Bezorgd om iemand", follow=True)
        assert (signal.level, str(signal.team)) == (Level.SEALED, "Sociale dienst")

    def test_keeps_sealed_matter_with_its_team(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        signal = report("Bezorgd om iemand")
        team = signal.team
        assert send(sign_in(cast["verpleegkundige"]), signal, "Schuldhulp of steun").status_code == 302
        corrected(signal, cast["verpleegkundige"], "Zorgwekkende woonsituatie", follow=True)
        assert (signal.team, signal.level) == (team, Level.SEALED)

    def test_gives_work_no_name_that_its_team_may_not_read(self, cast: Cast, report: Make) -> None:
        signal, complaint = report("Sluikstort"), subject("Klacht over de dienstverlening")
        ward, title = Team.objects.get(code="wijkwerking-noord"), signal.category.work_title
        signal.offer(team=ward, title=title, by=cast["coordinator"])
        corrected(signal, cast["coordinator"], complaint.name)
        assert signal.tasks.live().get(team=ward).title == title
        assert signal.tasks.live().get(team__code="team-net-noord").title == complaint.work_title

    def test_gives_a_place_elsewhere_to_who_reads_there(self, cast: Cast, report: Make, bram: Client) -> None:
        signal = report("Onveilige situatie", at=None, area=area("Overleie"))
        answer = send(bram, signal, place="Bij de kerk", area=area("Marke").pk)
        assert answer["Location"] == "/postvak/"
        signal.refresh_from_db()
        assert (str(signal.area), signal.area_ids) == ("Marke", [area("Marke").pk])
        assert "vanaf nu is het voor anderen" in bram.get("/postvak/").text.lower()
