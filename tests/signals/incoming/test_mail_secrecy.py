"""A mail reads and changes nothing that is not its sender's; and whatever it guesses, the answer is the same."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest
from django.test import Client

from kortrijk_gebied.jobs.models import Message, post
from signals.levels import Level
from signals.models import MailState, Report, Signal, Task
from signals.receipts import send_receipt
from signals.workflow import SignalStatus
from teams.access import access_of
from teams.models import User
from tests.cast import Cast
from tests.permissions.planted import Secret, clues, plant_all
from tests.signals.incoming.conftest import Receive, letter, made

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

ATTACKER = "mal@voorbeeld.example"
ABSENT = "S-ZZZZ-0000"


@pytest.fixture
def secrets(cast: Cast) -> list[Secret]:
    return plant_all(cast)


def guess(reference: str, text: str = "Wat is hiermee?", **headers: str) -> EmailMessage:
    return letter(text, Subject=f"Re: {reference}", **{"From": ATTACKER, **headers})


def said(to: str = ATTACKER) -> list[str]:
    """What came back, less the link that is each time another."""
    mails = Message.objects.filter(to=to, key__startswith="receipt:").order_by("created_at")
    lines = [f"{mail.subject}\n{mail.body}" for mail in mails]
    return ["\n".join(line for line in one.split("\n") if "/mijn-melding/" not in line) for one in lines]


class TestGuessing:
    def test_tells_nothing_of_whether_there_is_such_a_signal(self, receive: Receive, secrets: list[Secret]) -> None:
        receive(guess(ABSENT))
        hidden = [secret.running for secret in secrets if secret.organisation == "ocmw"]
        for signal in hidden:
            assert receive(guess(signal.reference)).state == MailState.REGISTERED
        assert len(set(said())) == 1
        assert len(said()) == 1 + len(hidden)

    def test_changes_nothing_of_it(self, receive: Receive, secrets: list[Secret]) -> None:
        for secret in secrets[:4]:
            for signal in (secret.running, secret.over):
                before = _state(signal)
                receive(guess(signal.reference, f"Heropen {signal.reference}."))
                assert _state(signal) == before

    def test_by_a_message_id_of_somebody_else_is_no_way_in(self, receive: Receive, secrets: list[Secret]) -> None:
        sealed = next(secret for secret in secrets if secret.level == Level.SEALED)
        receipt = send_receipt(report=sealed.running.reports.earliest("received_at"), to="echt@voorbeeld.example")
        before = _state(sealed.running)
        kept = receive(letter("Meer weten.", From=ATTACKER, In_Reply_To=receipt.message_id))
        assert made(kept).signal != sealed.running
        assert _state(sealed.running) == before

    def test_by_the_mail_of_a_colleague_is_no_way_in(self, receive: Receive, report: Make) -> None:
        """A mail of ours about a signal, sent to somebody who did not report it."""
        signal = report("Burenruzie", email="an@voorbeeld.example")
        mail = post(key=f"task-unseen:{signal.reports.get().pk}:x", to=ATTACKER, subject="x", body="x")
        assert made(receive(letter(From=ATTACKER, In_Reply_To=mail.message_id))).signal != signal

    def test_shows_no_word_of_any_secret(self, receive: Receive, secrets: list[Secret]) -> None:
        for secret in secrets:
            receive(guess(secret.running.reference))
        assert not [clue for clue in clues(secrets) for text in said() if clue in text]
        page = Client().get(_link(Message.objects.filter(to=ATTACKER).latest("created_at"))).text
        assert not [clue for clue in clues(secrets) if clue in page]


class TestReporterOfSealedMatter:
    """May add to it, hears the same as of anything else, and nobody at the desk sees it come by."""

    @pytest.fixture
    def worry(self, report: Make) -> Signal:
        return report("Bezorgd om iemand", email="an@voorbeeld.example")

    @pytest.fixture
    def answered(self, receive: Receive, worry: Signal) -> Report:
        receipt = send_receipt(report=worry.reports.get(), to="an@voorbeeld.example")
        added: Report = made(receive(letter("Kwibbelnieuws over haar.", In_Reply_To=receipt.message_id)))
        return added

    def test_adds_to_it_as_secret_as_it_is(self, cast: Cast, sign_in: SignIn, worry: Signal, answered: Report) -> None:
        assert answered.signal == worry
        nurse = sign_in(cast["verpleegkundige"]).get(f"/signalen/{worry.reference}/").text
        assert "Kwibbelnieuws over haar." in nurse
        assert "Aangevuld door de melder" in nurse
        for who in ("agent", "coordinator", "coordinator.ocmw", "coordinator.politie", "beheerder"):
            assert not Signal.objects.listed(access_of(cast[who])).exists()
        desk = sign_in(cast["agent"]).get("/postvak/?tab=nieuw").text
        assert "Kwibbelnieuws" not in desk

    def test_hears_the_same_as_of_what_is_open(self, receive: Receive, report: Make, answered: Report) -> None:
        signal = report("Sluikstort", email="bo@voorbeeld.example")
        receive(letter(Subject=signal.reference, From="bo@voorbeeld.example"))
        assert said("an@voorbeeld.example")[-1] == said("bo@voorbeeld.example")[-1]

    def test_opens_it_again_without_being_told_that_it_was_over(
        self, receive: Receive, cast: Cast, worry: Signal
    ) -> None:
        receipt = send_receipt(report=worry.reports.get(), to="an@voorbeeld.example")
        worry.close(by=cast["verpleegkundige"], outcome="Opgenomen.")
        receive(letter("Het gaat niet goed.", In_Reply_To=receipt.message_id))
        worry.refresh_from_db()
        assert worry.status == SignalStatus.REOPENED
        assert "Opgenomen" not in said("an@voorbeeld.example")[-1]
        assert len(set(said("an@voorbeeld.example"))) == 1

    def test_of_long_ago_makes_a_new_one_just_as_secret(self, receive: Receive, cast: Cast, worry: Signal) -> None:
        worry.close(by=cast["verpleegkundige"], outcome="Opgenomen.")
        Signal.objects.filter(pk=worry.pk).update(closed_at="2026-01-05T10:00:00Z", reported_at="2026-01-01T10:00:00Z")
        again = made(receive(letter("Nu weer.", Subject=f"Re: {worry.reference}"))).signal
        assert again != worry
        assert (again.level, again.status, str(again.team)) == (Level.SEALED, SignalStatus.NEW, "Sociale dienst")
        assert not Signal.objects.readable(access_of(cast["agent"])).exists()


def _state(signal: Signal) -> tuple[object, ...]:
    row = Signal.objects.values_list("status", "level", "report_count", "closed_at", "surfaced_why").get(pk=signal.pk)
    return (*row, signal.reports.count(), signal.events.count(), Task.objects.filter(signal=signal).count())


def _link(mail: Message) -> str:
    return next(word for word in mail.body.split() if "/mijn-melding/" in word).partition("8000")[2]
