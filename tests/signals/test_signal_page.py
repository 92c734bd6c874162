"""One signal on its own page and beside the list."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.audit.models import ReadEntry
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.models import Message
from signals.arrivals import add_words
from signals.course import Entry
from signals.ending import Ending
from signals.intake import Contact, register
from signals.joining import join
from signals.levels import Level
from signals.models import Category, Signal, StatusLink
from teams.models import Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]


def page(client: Client, signal: Signal, **query: str) -> str:
    answer = client.get(reverse("signals:signal", args=[signal.reference]), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def bram(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["coordinator"])


class TestCourse:
    @pytest.mark.parametrize(
        ("at", "says"),
        [
            (dt.datetime(2026, 11, 22, 8, 32, tzinfo=dt.UTC), "9.32"),
            (dt.datetime(2026, 5, 10, 8, 32, tzinfo=dt.UTC), "10 mei, 10.32"),
            (dt.datetime(2025, 5, 10, 8, 32, tzinfo=dt.UTC), "10 mei 2025, 10.32"),
        ],
    )
    def test_names_the_year_when_it_is_another(self, at: dt.datetime, says: str) -> None:
        with time_machine.travel(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)):
            assert Entry(at, "Gemeld", "", is_you=False).when == says

    def test_keeps_what_is_old_out_of_the_way(self, bram: Client, report: Make, cast: Cast) -> None:
        signal = report()
        for number in range(25):
            signal.add_note(by=cast["coordinator"], text=f"Gebeld, keer {number}.")
        shown = page(bram, signal)
        latest, older = shown.split("oudere regels</summary>")
        assert "keer 24." in latest
        assert "keer 0." not in latest
        assert "keer 0." in older


class TestWords:
    def test_say_what_where_and_why(self, bram: Client, report: Make) -> None:
        shown = page(bram, report("Onveilige situatie"))
        assert "Onveilige situatie · Overleiestraat" in shown
        assert "Overleie · woonzorggebied Noord · zone Noord · wijk 4 Overleie" in shown
        assert "Toegewezen door regel" in shown
        assert "Openbaar domein, rechtstreeks op" in shown
        assert "Kaart van de gebieden, Overleie gemarkeerd" in shown

    def test_of_what_lies_nowhere_say_so(self, bram: Client, report: Make) -> None:
        assert "Plaats onbekend" in page(bram, report("Onveilige situatie", at=None))

    def test_of_later_reports_are_kept(self, cast: Cast, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        register(
            Contact(
                category=Category.objects.get(name="Onveilige situatie"), description="Nu ligt er ook glas.",
                registered_by=cast["agent"], channel="mail",
            ),
            join=signal,
        )  # fmt: skip
        shown = page(bram, signal)
        assert "Nu ligt er ook glas." in shown
        assert "2 meldingen, telefoon en e-mail" in shown or "2 meldingen, telefoon en mail" in shown

    def test_of_the_reporter_are_for_the_owner(self, cast: Cast, bram: Client, sign_in: SignIn, report: Make) -> None:
        signal = report("Onveilige situatie", name="Een buur", email="buur@example.be")
        assert "buur@example.be" in page(bram, signal)
        assert "buur@example.be" not in page(sign_in(cast["wijkinspecteur"]), signal)

    def test_tell_you_what_you_did(self, cast: Cast, bram: Client, sign_in: SignIn, report: Make) -> None:
        signal = report("Onveilige situatie")
        signal.offer(team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht", by=cast["coordinator"])
        assert "Jij bood “Toezicht” aan aan Wijkwerking Noord." in page(bram, signal)
        assert "Jij bood" not in page(sign_in(cast["wijkinspecteur"]), signal)


class TestLevels:
    def test_hide_what_hangs_on_it_and_is_more_secret(
        self, cast: Cast, bram: Client, sign_in: SignIn, report: Make
    ) -> None:
        signal = report("Onveilige situatie")
        signal.add_note(by=cast["coordinator"], text="Enkel voor de stad.", level=Level.LIMITED)
        signal.offer(
            team=Team.objects.get(code="groen"), title="Stille opdracht", by=cast["coordinator"], level=Level.LIMITED
        )
        lies = page(sign_in(cast["wijkinspecteur"]), signal)
        for secret in ("Enkel voor de stad.", "Stille opdracht"):
            assert secret in page(bram, signal)
            assert secret not in lies

    def test_hide_what_was_shared_with_whom_from_other_organisations(
        self, cast: Cast, bram: Client, sign_in: SignIn, report: Make
    ) -> None:
        signal = report("Onveilige situatie")
        signal.share(
            by=cast["coordinator"], team=Team.objects.get(code="buurtwerk"), text="Kijk even binnen.",
            legal_ground="Taak", purpose="Zorg", expires_at=timezone.now() + dt.timedelta(days=2),
        )  # fmt: skip
        assert "Kijk even binnen." in page(bram, signal)
        assert "Kijk even binnen." not in page(sign_in(cast["wijkinspecteur"]), signal)

    def test_leave_a_reading_on_record(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        assert "leeslogboek" in page(sign_in(cast["verpleegkundige"]), signal)
        assert ReadEntry.objects.get(object_id=signal.pk).surface == "signal"

    def test_leave_the_reading_of_a_secret_note_on_record(self, cast: Cast, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        note = signal.add_note(by=cast["coordinator"], text="Enkel voor de stad.", level=Level.LIMITED)
        page(bram, signal)
        assert ReadEntry.objects.get().object_id == note.pk


class TestMoves:
    def test_are_those_of_who_steers(self, bram: Client, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Onveilige situatie")
        closure = reverse("signals:signal-closure", args=[signal.reference])
        assert closure in page(bram, signal)
        assert closure not in page(sign_in(cast["wijkinspecteur"]), signal)

    def test_stand_on_a_page_of_their_own_without_javascript(self, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        shown = page(bram, signal, doe="closure")
        assert "Dit signaal afronden" in shown
        assert "hx-post" not in shown

    def test_show_what_the_reporter_will_read(self, bram: Client, report: Make) -> None:
        assert "De melder leest over twee minuten:" in page(bram, report("Onveilige situatie", email="buur@example.be"))
        assert "Bedankt dat u het ons liet weten." in page(bram, Signal.objects.get())
        assert "Geen melder wacht" in page(bram, report("Onveilige situatie", place="Budastraat"))

    @pytest.mark.parametrize("level", list(Level))
    def test_show_the_very_mail_that_leaves(self, bram: Client, cast: Cast, report: Make, level: Level) -> None:
        subject = "Bezorgd om iemand" if level == Level.SEALED else "Onveilige situatie"
        signal = report(subject, email="buur@example.be", name="Een buur")
        if level == Level.LIMITED:
            signal.raise_level(by=cast["coordinator"], level=level)
        shown = Ending(signal).hears
        text = shown["above"] + ("" if shown["is_quiet"] else "Het hek staat weer.") + shown["below"]
        signal.close(by=cast["coordinator"], outcome="Het hek staat weer.")
        link = StatusLink.objects.get(report__signal=signal).url  # in the receipt, at the latest
        text = text.replace("(naam)", "Een buur").replace("(adres van de eigen pagina van de melder)", link)
        assert Message.objects.get(key__startswith="closed:").body == text

    def test_name_only_teams_that_can_do_work(self, bram: Client, report: Make) -> None:
        shown = page(bram, report("Onveilige situatie"), doe="offer")
        assert "Wijkwerking Noord" in shown
        assert '<optgroup label="PZ Vlas">' in shown
        assert "Gegevensbescherming" not in shown
        assert "Gebiedsteam" not in shown


class TestAnswer:
    def test_is_a_fragment_beside_the_list(self, bram: Client, report: Make) -> None:
        address = reverse("signals:signal", args=[report("Onveilige situatie").reference])
        fragment = bram.get(address, headers={"HX-Request": "true"})
        whole = bram.get(address)
        assert "<html" not in fragment.content.decode()
        assert "<html" in whole.content.decode()
        assert "HX-Request" in fragment["Vary"]
        assert "HX-Request" in whole["Vary"]

    def test_goes_back_to_the_list_as_it_was(self, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        answer = bram.get(
            reverse("signals:signal", args=[signal.reference]),
            headers={"Referer": f"http://testserver{reverse('inbox')}?tab=laat&gebied=3&signaal=S-BOKA-0000"},
        )
        assert f"?tab=laat&amp;gebied=3&amp;signaal={signal.reference}" in answer.content.decode()

    def test_is_found_in_small_letters_too(self, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        assert bram.get(f"/signalen/{signal.reference.lower()}/").status_code == 200

    def test_costs_the_same_however_much_hangs_on_it(self, cast: Cast, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        page(bram, signal)
        with CaptureQueriesContext(connection) as few:
            page(bram, signal)
        for number in range(5):
            signal.add_note(by=cast["coordinator"], text=f"Nota {number}")
            signal.offer(team=Team.objects.get(code="groen"), title=f"Taak {number}", by=cast["coordinator"])
        with CaptureQueriesContext(connection) as many:
            page(bram, signal)
        assert len(many) == len(few)
        assert len(few) <= 40


class TestMenu:
    def test_puts_together_what_is_for_the_same(self, bram: Client, report: Make) -> None:
        shown = page(bram, report("Onveilige situatie"))
        menu = shown[shown.index('class="panel groups"') :]
        words = ["Dit signaal", "Laten wachten…", "Met andere signalen", "Samenvoegen…", "In een dossier…",
                 "Naar anderen", "Overdragen…", "Afschermen of stoppen", "Annuleren…"]  # fmt: skip
        assert [menu.index(word) for word in words] == sorted(menu.index(word) for word in words)

    def test_offers_to_split_only_what_was_reported_more_than_once(self, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        assert "Splitsen…" not in page(bram, signal)
        # What its reporter added does not count once more, and can be split off as well.
        add_words(report=signal.reports.get(), text="En de lantaarn is stuk.", key=uuid7())
        assert "Splitsen…" in page(bram, signal)

    def test_asks_each_thing_in_one_window_wherever_its_buttons_stand(self, bram: Client, report: Make) -> None:
        shown = page(bram, report("Onveilige situatie"))
        assert shown.count('data-dialog="share"') == 2, "in the bar, and in the menu where the bar has no room"
        assert shown.count('id="share"') == 1

    def test_is_for_who_steers(self, cast: Cast, bram: Client, sign_in: SignIn, report: Make) -> None:
        signal = report("Onveilige situatie")
        steering = ["Laten wachten…", "Samenvoegen…", "Overdragen…", "Annuleren…"]
        shown, beside = page(bram, signal), page(sign_in(cast["wijkinspecteur"]), signal)
        assert [word for word in steering if word not in shown] == []
        assert [word for word in steering if word in beside] == []
        assert "Naar beleid tillen…" in beside, "anybody in the team brings it on its table"

    def test_of_an_ended_signal_still_leads_to_a_dossier(self, cast: Cast, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        signal.close(by=cast["coordinator"], outcome="Hersteld.")
        shown = page(bram, signal)
        assert "In een dossier…" in shown
        assert "Samenvoegen…" not in shown


class TestJoined:
    @pytest.fixture
    def joined(self, cast: Cast, report: Make) -> Signal:
        signal, into = report("Onveilige situatie"), report("Onveilige situatie")
        join(signal, into=into, by=cast["coordinator"])
        return signal

    def test_says_once_where_it_goes_on_and_how_to_undo_it(self, bram: Client, joined: Signal) -> None:
        shown = page(bram, joined)
        into = joined.joinings.get().into
        assert shown.count("Samengevoegd met een ander signaal op") == 1
        assert f"({into.reference})" in shown
        assert "Samenvoeging ongedaan maken" in shown
        assert "0 meldingen" not in shown

    def test_offers_nothing_that_would_be_refused(self, bram: Client, joined: Signal) -> None:
        shown = page(bram, joined)
        for move in ("reopening", "attachment", "offer", "closure"):
            assert f'data-dialog="{move}"' not in shown
        assert 'data-dialog="note"' in shown

    def test_is_undone_only_by_who_steers_both(self, bram: Client, joined: Signal) -> None:
        into, police = joined.joinings.get().into, Team.objects.get(code="wijkwerking-noord")
        Signal.objects.filter(pk=into.pk).update(owner=police.organisation, team=police)
        shown = page(bram, joined)
        assert f"({into.reference})" in shown
        assert "Samenvoeging ongedaan maken" not in shown
