"""A signal waits for an answer of who reported it: however that comes, it goes on, and its people hear."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from signals.arrivals import add_words
from signals.intake import Contact, register
from signals.joining import join
from signals.models import EventKind, Report, Signal, UnprovenAddress
from signals.proving import prove
from signals.workflow import SignalStatus, WaitingFor
from tests.cast import Cast

type Make = Callable[..., Signal]

AN = {"name": "An Peeters", "email": "an@voorbeeld.be", "phone": "0474 12 34 56"}


def wait(signal: Signal, cast: Cast, waiting_for: str = WaitingFor.REPORTER) -> Signal:
    until = timezone.localdate() + dt.timedelta(days=7)
    signal.wait(by=cast["coordinator"], until=until, waiting_for=waiting_for, reason="Welk huisnummer?")
    return signal


@pytest.fixture
def waits(cast: Cast, report: Make) -> Signal:
    return wait(report("Onveilige situatie", **AN), cast)


def call(signal: Signal, cast: Cast, **who: Any) -> Report:
    contact = Contact(
        category=signal.category, description="Nummer 12.", registered_by=cast["agent"], longitude=signal.longitude,
        latitude=signal.latitude, **who,
    )  # fmt: skip
    return register(contact, join=signal)


def goes_on(signal: Signal) -> bool:
    signal.refresh_from_db()
    return signal.status != SignalStatus.WAITING


class TestReporter:
    @pytest.mark.parametrize(
        ("who", "same"),
        [
            ({"email": "An@Voorbeeld.be"}, True),
            ({"phone": "+32 474 12 34 56"}, True),
            ({"name": "an peeters"}, True),
            ({"name": "An"}, False),
            ({"email": "rosa@voorbeeld.be", "phone": "0474 99 99 99"}, False),
            ({}, False),
        ],
    )
    def test_calls_back(self, cast: Cast, waits: Signal, who: dict[str, str], same: bool) -> None:
        call(waits, cast, **who)
        assert goes_on(waits) == same

    def test_adds_words_to_the_mail(self, waits: Signal) -> None:
        add_words(report=waits.reports.get(), text="Nummer 12.", key=uuid.uuid4())
        assert goes_on(waits)

    def test_mails_anew_and_a_colleague_joins_it(self, cast: Cast, waits: Signal, report: Make) -> None:
        join(report("Onveilige situatie", email="an@voorbeeld.be"), into=waits, by=cast["coordinator"])
        assert goes_on(waits)

    def test_is_not_somebody_else_whose_own_signal_is_joined(self, cast: Cast, waits: Signal, report: Make) -> None:
        """That one has two reports of one person, who knows nothing of the question."""
        other = report("Onveilige situatie", email="rosa@voorbeeld.be")
        add_words(report=other.reports.get(), text="Ook op de hoek.", key=uuid.uuid4())
        join(other, into=waits, by=cast["coordinator"])
        assert not goes_on(waits)

    def test_did_not_answer_before_the_question(self, cast: Cast, report: Make) -> None:
        earlier, signal = report("Onveilige situatie", **AN), report("Onveilige situatie", **AN)
        join(earlier, into=wait(signal, cast), by=cast["coordinator"])
        assert not goes_on(signal)

    def test_is_a_warden_who_sees_it_again(self, cast: Cast, report: Make) -> None:
        mo: dict[str, Any] = {"by": cast["gemeenschapswacht"], "channel": "warden"}
        signal = wait(report("Onveilige situatie", **mo), cast)
        join(report("Onveilige situatie", **mo), into=signal, by=cast["coordinator"])
        assert goes_on(signal)

    def test_proves_the_address_on_the_website(self, cast: Cast, waits: Signal) -> None:
        again = register(Contact(category=waits.category, description="12.", channel="web", unread=True), join=waits)
        assert not goes_on(waits)
        prove(UnprovenAddress.objects.create(report=again, email="an@voorbeeld.be"))
        assert goes_on(waits)

    def test_changes_nothing_when_something_else_is_awaited(self, cast: Cast, report: Make) -> None:
        signal = wait(report("Onveilige situatie", **AN), cast, WaitingFor.WEATHER)
        call(signal, cast, **AN)
        assert not goes_on(signal)


class TestPeople:
    def test_hear_it_without_a_word_of_it(self, cast: Cast, waits: Signal) -> None:
        call(waits, cast, **AN)
        mail = Message.objects.get(key__startswith="answered:")
        assert mail.to == cast["coordinator"].email
        assert "Nummer 12" not in mail.body
        assert waits.events.filter(kind=EventKind.RESUMED, by=None).exists()

    def test_find_it_in_the_inbox(self, cast: Cast, report: Make) -> None:
        signal = wait(report("Sluikstort", **AN), cast)
        call(signal, cast, **AN)
        signal.refresh_from_db()
        assert signal.surfaced_why == "followed"

    def test_are_those_who_said_yes_to_the_work_too(self, cast: Cast, waits: Signal) -> None:
        waits.tasks.update(accepted_by=cast["uitvoerder"])
        call(waits, cast, **AN)
        told = Message.objects.filter(key__startswith="answered:").values_list("to", flat=True)
        assert set(told) == {cast["coordinator"].email, cast["uitvoerder"].email}

    def test_do_not_hear_what_they_noted_themselves(self, cast: Cast, waits: Signal) -> None:
        add_words(report=waits.reports.get(), text="x", key=uuid.uuid4())
        assert Message.objects.filter(key__startswith="answered:").count() == 1
