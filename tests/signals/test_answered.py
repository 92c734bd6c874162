"""A signal waits for an answer of who reported it: however that comes, it goes on, and its people hear."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kortrijk_gebied.jobs.models import Message
from signals.arrivals import add_words
from signals.intake import Contact, register
from signals.joining import join, separate
from signals.models import EventKind, Report, Signal, UnprovenAddress
from signals.proving import prove
from signals.workflow import SignalStatus, WaitingFor
from teams.models import User
from tests.cast import Cast, area

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

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
            ({"email": "an@voorbeeld.be", "phone": "0474 99 99 99"}, True),
            ({"phone": "0474 12 34 56", "name": "An Janssens"}, True),
            ({"name": "An"}, False),
            ({"email": "rosa@voorbeeld.be", "phone": "0474 99 99 99"}, False),
            ({}, False),
        ],
    )
    def test_calls_back(self, cast: Cast, waits: Signal, who: dict[str, str], same: bool) -> None:
        call(waits, cast, **who)
        assert goes_on(waits) == same

    def test_may_be_who_gave_no_name_and_a_person_says_so(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        signal, page = wait(report("Sluikstort", **AN), cast), sign_in(cast["coordinator"])
        at = reverse("signals:signal", args=[signal.reference])
        assert "Is dat het antwoord?" not in page.get(at).text
        call(signal, cast)
        assert not goes_on(signal)
        assert (signal.surfaced_why, signal.may_be_answered) == ("told_more", True)
        assert "Is dat het antwoord?" in page.get(at).text

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

    def test_answered_what_was_joined_and_is_apart_again(self, cast: Cast, waits: Signal, report: Make) -> None:
        joined = join(waits, into=report("Onveilige situatie"), by=cast["coordinator"])
        add_words(report=joined.into.reports.get(pk=joined.report_ids[0]), text="Nummer 12.", key=uuid.uuid4())
        separate(joined, by=cast["coordinator"])
        assert goes_on(waits)

    def test_did_not_answer_what_turned_out_to_be_something_else(
        self, cast: Cast, waits: Signal, report: Make, sign_in: SignIn
    ) -> None:
        """It goes on, for that loses nothing; and whoever undoes the joining reads that it does."""
        joined = join(report("Onveilige situatie", **AN), into=waits, by=cast["coordinator"])
        page = sign_in(cast["coordinator"])
        undone = page.post(reverse("signals:joining-undo", args=[joined.pk]), follow=True)
        assert f"{waits.reference} wachtte op de melder en gaat nu verder" in undone.text
        assert goes_on(waits)

    def test_did_not_answer_before_the_question(self, cast: Cast, report: Make) -> None:
        earlier, signal = report("Onveilige situatie", **AN), report("Onveilige situatie", **AN)
        join(earlier, into=wait(signal, cast), by=cast["coordinator"])
        assert not goes_on(signal)

    def test_is_a_warden_who_sees_it_again(self, cast: Cast, report: Make) -> None:
        mo: dict[str, Any] = {"by": cast["gemeenschapswacht"], "channel": "warden"}
        signal = wait(report("Onveilige situatie", **mo), cast)
        join(report("Onveilige situatie", **mo), into=signal, by=cast["coordinator"])
        assert goes_on(signal)

    @pytest.mark.parametrize(
        ("first", "again"),
        [
            (("gemeenschapswacht", "warden"), ("uitvoerder", "warden")),  # another warden
            (("gemeenschapswacht", "phone"), ("gemeenschapswacht", "warden")),  # typed it for a citizen first
            (("gemeenschapswacht", "warden"), ("gemeenschapswacht", "phone")),  # or now
        ],
    )
    def test_is_no_colleague_who_saw_something_else(
        self, cast: Cast, report: Make, first: tuple[str, str], again: tuple[str, str]
    ) -> None:
        one, other = (report("Onveilige situatie", by=cast[who], channel=how) for who, how in (first, again))
        Report.objects.filter(signal=other).update(received_at=timezone.now() + dt.timedelta(minutes=1))
        join(other, into=wait(one, cast), by=cast["coordinator"])
        assert not goes_on(one)

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
        assert (mail.to, mail.reader_id) == (cast["coordinator"].email, cast["coordinator"].pk)
        today, page = date_format(timezone.localdate(), "j F Y"), f"{settings.SITE_URL}/signalen/{waits.reference}/"
        assert (mail.subject, mail.body) == (
            "De melder antwoordde",
            f"Dag {cast['coordinator'].name}\n\nEen signaal wachtte op antwoord van de melder. Dat antwoord kwam op "
            f"{today}: het signaal gaat verder, en zijn termijn ook.\n\n{page}",
        )
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

    def test_hear_of_secret_matter_by_the_inbox_alone(self, cast: Cast, report: Make) -> None:
        signal = wait(report("Klacht over de dienstverlening", **AN), cast)
        call(signal, cast, **AN)
        assert Message.objects.get(key__startswith="answered:").body.endswith(f"{settings.SITE_URL}{reverse('inbox')}")

    def test_who_let_it_wait_and_may_read_it_no_more_hears_nothing(self, cast: Cast, waits: Signal) -> None:
        elsewhere = area("Kooigem")
        Signal.objects.filter(pk=waits.pk).update(area=elsewhere, area_ids=[elsewhere.pk], surfaced_at=None)
        waits.tasks.update(accepted_by=cast["uitvoerder"])
        call(waits, cast, **AN)
        assert Message.objects.get(key__startswith="answered:").to == cast["uitvoerder"].email

    def test_is_the_last_who_let_it_wait(self, cast: Cast, waits: Signal) -> None:
        until = timezone.localdate() + dt.timedelta(days=9)
        waits.wait(by=cast["gebiedswerker"], until=until, waiting_for=WaitingFor.REPORTER, reason="En welke bus?")
        call(waits, cast, **AN)
        assert Message.objects.get(key__startswith="answered:").to == cast["gebiedswerker"].email

    def test_do_not_hear_what_they_noted_themselves(self, cast: Cast, waits: Signal) -> None:
        waits.tasks.update(accepted_by=cast["uitvoerder"])
        call(waits, {**cast, "agent": cast["coordinator"]}, **AN)
        assert Message.objects.get(key__startswith="answered:").to == cast["uitvoerder"].email
