"""What a warden saw is registered as it was told; of who asks for help nothing is kept but a number and a yes."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from areas.models import AreaSet
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from signals.field import sightings
from signals.field.outcomes import Became
from signals.field.records import Record
from signals.intake import register
from signals.levels import Level
from signals.models import Category, Report, Reporter, Result, Signal
from signals.workflow import SignalStatus
from tests.cast import KOOIGEM, Cast
from tests.field.tablet import seen

NOTED = timezone.now() - dt.timedelta(hours=2)
HELP: dict[str, Any] = {"phone": "0470 12 34 56", "consent": True}


def take_in(cast: Cast, subject: str = "Sluikstort", *, by: str = "gemeenschapswacht", **changes: Any) -> Became:
    record = Record(
        id=uuid7(), kind="signal", author_id=cast[by].pk, shift_pass="", content=seen(subject, **changes), schema=1
    )
    return sightings.take_in(record, cast[by], NOTED)


def report_of(became: Became) -> Report:
    assert became.report is not None
    return became.report


class TestSighting:
    def test_stands_as_it_was_told_at_the_moment_it_was_noted(self, cast: Cast) -> None:
        became = take_in(cast, place="Aan  de brug", phone="0470 12 34 56")
        report = report_of(became)
        assert (became.result, became.message, became.signal) == (Result.REGISTERED, "", report.signal)
        assert (report.description, report.place, report.kind) == ("Tien zakken.", "Aan de brug", "report")
        assert (report.registered_by, report.channel, report.received_at) == (
            cast["gemeenschapswacht"], "warden", NOTED,
        )  # fmt: skip
        assert not Reporter.objects.exists(), "a number is kept of who asks for help, of nobody else"
        assert report.signal.status != SignalStatus.TO_DIVIDE

    def test_without_a_word_is_called_after_its_subject(self, cast: Cast) -> None:
        assert report_of(take_in(cast, text=" ")).description == "Sluikstort"

    def test_keeps_what_is_too_long_for_a_place_among_the_words(self, cast: Cast) -> None:
        fits = report_of(take_in(cast, place="b" * 200))
        assert (fits.description, fits.place) == ("Tien zakken.", "b" * 200)
        longer = report_of(take_in(cast, place="c" * 201))
        assert (longer.description, longer.place) == (f"Tien zakken.\n{'c' * 201}", "c" * 200)
        assert report_of(take_in(cast, text="", place="d" * 201)).description == "d" * 201

    def test_of_a_place_in_words_alone_lies_there(self, cast: Cast) -> None:
        report = report_of(take_in(cast, place="Overleiestraat", longitude=None, latitude=None))
        assert (report.place, str(report.signal.area)) == ("Overleiestraat", "Overleie")
        assert report.longitude is not None

    def test_lies_in_the_area_of_the_day_on_which_it_was_noted(self, cast: Cast) -> None:
        """The map of the areas was drawn anew before it arrived."""
        AreaSet.objects.filter(code="gebieden17").update(valid_to=timezone.localdate(NOTED) + dt.timedelta(days=1))
        with time_machine.travel(NOTED + dt.timedelta(days=3)):
            assert str(report_of(take_in(cast)).signal.area) == "Overleie"

    def test_has_another_number_when_a_report_of_somebody_else_has_it(self, cast: Cast) -> None:
        record = Record(
            id=uuid7(), kind="signal", author_id=uuid7(), shift_pass="", content=seen(text="Van mij."), schema=1
        )
        theirs = report_of(sightings.take_in(record, cast["agent"], NOTED))
        assert theirs.pk == record.id
        own = report_of(sightings.take_in(record, cast["gemeenschapswacht"], NOTED))
        assert (own.pk == record.id, own.signal == theirs.signal) == (False, False)
        assert report_of(sightings.take_in(record, cast["agent"], NOTED)) == theirs


class TestHelp:
    def test_is_asked_with_a_number_and_nothing_of_what_was_typed(self, cast: Cast) -> None:
        became = take_in(cast, "Iemand vraagt hulp", text="Mevrouw Peeters is ziek.", **HELP)
        report = report_of(became)
        assert (became.result, became.message) == (Result.REGISTERED, "Bezorgd aan de juiste dienst.")
        assert became.signal == report.signal
        assert (report.kind, report.description) == ("help_request", "Vraagt om gebeld te worden.")
        assert (report.reporter.phone, report.reporter.wants_answer) == ("0470 12 34 56", True)

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"consent": None}, r"^Vraag eerst of het Sociaal Huis mag bellen\."), ({"consent": 1}, r"^Vraag eerst"),
            ({"phone": " "}, r"^Op welk nummer mag het Sociaal Huis bellen\?"),
            ({"phone": "0" * 31}, "^Op welk nummer"),
        ],
    )  # fmt: skip
    def test_without_a_yes_or_a_number_is_not_taken_in(self, cast: Cast, changes: dict[str, Any], why: str) -> None:
        with pytest.raises(Refused, match=why):
            take_in(cast, "Iemand vraagt hulp", **{**HELP, **changes})
        assert not Report.objects.exists()

    def test_is_called_back_on_a_long_number_too(self, cast: Cast) -> None:
        number = "+32 470 12 34 56 toestel 12345"
        assert len(number) == sightings.LONGEST_PHONE
        assert report_of(take_in(cast, "Iemand vraagt hulp", **{**HELP, "phone": number})).reporter.phone == number


class TestDividing:
    """A coordinator looks first, and reads why."""

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"longitude": 3.7, "latitude": 51.05}, "Volgens de tablet ligt dit buiten Kortrijk."),
            ({"longitude": None}, "De tablet wist niet waar dit is."),
            ({"longitude": None, "place": "Achter de bakker"}, "Welke plaats is bedoeld?"),
            *(
                ({name: value}, "De tablet wist niet waar dit is.")
                for name, value in (
                    ("longitude", -180.5),
                    ("longitude", 180.5),
                    ("latitude", -90.5),
                    ("latitude", 90.5),
                )
            ),
            ({"longitude": "3.26"}, "De tablet wist niet waar dit is."),
        ],
    )
    def test_says_what_is_unclear(self, cast: Cast, changes: dict[str, Any], why: str) -> None:
        became = take_in(cast, **changes)
        assert (became.result, became.message) == (Result.TO_DIVIDE, why)
        signal = report_of(became).signal
        assert (became.signal, signal.route_reason, signal.status) == (signal, why, "to_divide")

    @pytest.mark.parametrize("point", [(180, 90), (-180, -90)])
    def test_knows_every_point_on_the_earth(self, cast: Cast, point: tuple[float, float]) -> None:
        became = take_in(cast, longitude=point[0], latitude=point[1])
        assert became.message == "Volgens de tablet ligt dit buiten Kortrijk."

    def test_names_the_area_where_its_author_does_not_work(self, cast: Cast) -> None:
        at: dict[str, Any] = {"longitude": KOOIGEM[0], "latitude": KOOIGEM[1]}
        assert take_in(cast, by="vereniging", **at).message == "Wie dit noteerde, werkt niet meer in Kooigem."

    def test_of_a_subject_that_is_gone_is_a_question(self, cast: Cast) -> None:
        became = take_in(cast, category=99_999_999)
        said = "Het onderwerp dat op de tablet gekozen werd, is niet meer in gebruik. Kies een ander."
        assert (became.result, became.message) == (Result.TO_DIVIDE, said)
        assert report_of(became).category.code == settings.INTAKE_CATEGORY

    def test_of_a_subject_that_was_closed_keeps_it(self, cast: Cast) -> None:
        Category.objects.filter(name="Sluikstort").update(active=False)
        became = take_in(cast)
        assert (became.result, report_of(became).category.name) == (Result.TO_DIVIDE, "Sluikstort")


class TestJoining:
    def test_adds_it_to_what_was_chosen(self, cast: Cast) -> None:
        first = take_in(cast)
        assert first.signal is not None
        became = take_in(cast, text="Er ligt nu ook glas.", join=str(first.signal.pk))
        assert (became.result, became.message, became.signal) == (Result.JOINED, "", first.signal)
        assert report_of(became).description == "Er ligt nu ook glas."

    @pytest.mark.parametrize(("level", "joins"), [(Level.OPEN, False), (Level.LIMITED, True)])
    def test_adds_no_words_to_what_is_less_secret(self, cast: Cast, level: Level, joins: bool) -> None:
        running = take_in(cast, by="coordinator").signal
        assert running is not None
        Signal.objects.filter(pk=running.pk).update(level=level)
        became = take_in(cast, "Klacht over de dienstverlening", by="coordinator", join=str(running.pk))
        assert (became.result == Result.JOINED, became.signal == running) == (joins, joins)

    def test_that_is_refused_at_the_last_moment_stands_by_itself(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It was closed between looking and joining."""
        running = take_in(cast).signal

        def late(contact: Any, *, join: Signal | None = None) -> Report:
            if join is not None:
                assert join == running
                raise Refused("Intussen gesloten.")
            return register(contact)

        monkeypatch.setattr(sightings, "register", late)
        assert running is not None
        became = take_in(cast, join=str(running.pk))
        assert (became.result, became.signal == running) == (Result.REGISTERED, False)
