"""What becomes of a mail: a report that waits to be read, an addition to one, or nothing that anybody must do."""

import datetime as dt
from collections.abc import Callable
from email.message import EmailMessage

import pytest
import time_machine
from django.utils import timezone

from kortrijk_gebied.jobs.bounces import Bounce
from kortrijk_gebied.jobs.models import Message, post
from signals.incoming import taking
from signals.incoming.taking import MOST_RECEIPTS, MOST_REPORTS, take
from signals.levels import Level
from signals.models import EventKind, IncomingMail, MailState, Report, Reporter, Signal
from signals.receipts import send_receipt
from signals.workflow import SignalStatus
from teams.access import access_of
from tests.cast import Cast
from tests.signals.incoming.conftest import Receive, letter, made

type Make = Callable[..., Signal]

AN = "an@voorbeeld.example"


def receipts() -> list[Message]:
    return list(Message.objects.filter(key__startswith="receipt:").order_by("created_at"))


class TestNewMail:
    def test_becomes_a_report_that_nobody_read_yet(self, receive: Receive) -> None:
        mail = receive(letter("De lamp voor nummer 8 in de Overleiestraat is stuk."))
        assert mail.state == MailState.REGISTERED
        report = mail.report
        assert report is not None
        assert report.description == "Straatlamp stuk\n\nDe lamp voor nummer 8 in de Overleiestraat is stuk."
        assert (report.channel, report.registered_by) == ("mail", None)
        assert (report.reporter.name, report.reporter.email) == ("An Peeters", AN)
        assert report.signal.status == SignalStatus.NEW
        assert not report.signal.tasks.exists(), "nobody is asked to do anything"

    def test_is_limited_to_the_desk_until_then(self, receive: Receive, cast: Cast) -> None:
        """Perhaps it is about somebody's trouble: nobody knows before it is read."""
        signal = made(receive(letter())).signal
        assert signal.level == Level.LIMITED
        readers = {who for who, user in cast.items() if Signal.objects.readable(access_of(user)).exists()}
        assert readers >= {"agent", "coordinator"}
        assert readers <= {who for who, user in cast.items() if str(user.organisation) == str(signal.owner)}
        knowing = {who for who, user in cast.items() if Signal.objects.listed(access_of(user)).exists()}
        assert knowing == readers, "not even that it is there"

    def test_is_answered_by_a_receipt_without_a_word_of_it(self, receive: Receive) -> None:
        receive(letter("Kwibbelwoord.", Subject="Kwibbelonderwerp"))
        (receipt,) = receipts()
        assert receipt.to == AN
        assert "kwibbel" not in f"{receipt.subject} {receipt.body}".lower()
        assert "/mijn-melding/" in receipt.body

    def test_that_is_read_twice_is_one_report(self, receive: Receive) -> None:
        mail = receive(letter())
        take(mail)
        assert Report.objects.count() == len(receipts()) == 1

    def test_without_a_subject_is_its_text(self, receive: Receive) -> None:
        assert made(receive(letter("Enkel tekst.", Subject=""))).description == "Enkel tekst."

    def test_of_nobody_known_is_registered_and_not_answered(self, receive: Receive) -> None:
        mail = receive(letter(From="iemand zonder adres"))
        assert mail.state == MailState.REGISTERED
        assert not Reporter.objects.filter(report=mail.report).exists()
        assert receipts() == []

    def test_that_forwards_keeps_what_is_forwarded(self, receive: Receive) -> None:
        text = "Zie hieronder.\n\nVan: Bo\nVerzonden: maandag\nAan: An\nOnderwerp: put\n\nEr is een put."
        assert "Er is een put." in made(receive(letter(text, Subject="FW: put"))).description


class TestReceipts:
    def test_stop_for_who_keeps_writing(self, receive: Receive) -> None:
        for number in range(MOST_RECEIPTS + 3):
            receive(letter(f"Nummer {number}."))
        assert len(receipts()) == MOST_RECEIPTS
        assert Report.objects.count() == MOST_RECEIPTS + 3

    def test_of_a_flood_wait_with_the_mails_for_a_colleague(
        self, receive: Receive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(taking, "MOST_REPORTS", 3)
        states = [receive(letter(f"Nummer {number}.")).state for number in range(5)]
        assert states == [MailState.REGISTERED] * 3 + [MailState.TOO_MANY] * 2
        assert receive(letter("Van Bo.", From="bo@voorbeeld.example")).state == MailState.REGISTERED
        assert MOST_REPORTS > 3


class TestAnswer:
    """A mail that goes on about a report of the same sender."""

    @pytest.fixture
    def lamp(self, report: Make) -> Signal:
        return report("Onveilige situatie", name="An", email="An@Voorbeeld.example")

    @pytest.fixture
    def receipt(self, lamp: Signal) -> Message:
        return send_receipt(report=lamp.reports.get(), to=AN)

    def answer(self, receipt: Message, text: str = "Nog iets.", **headers: str) -> EmailMessage:
        return letter(text, In_Reply_To=receipt.message_id, Subject="Re: Wij kregen uw melding", **headers)

    def test_is_added_to_it(self, receive: Receive, lamp: Signal, receipt: Message) -> None:
        mail = receive(
            self.answer(receipt, "Het hek ligt nu plat.\n\nOp za 21 nov 2026 om 14:30 schreef 1777 <x@y.be>:\n> Dag")
        )
        assert mail.state == MailState.ADDED
        assert made(mail).signal == lamp
        assert made(mail).follows == lamp.reports.earliest("received_at")
        assert made(mail).description == "Het hek ligt nu plat."
        lamp.refresh_from_db()
        assert lamp.report_count == 1, "the same reporter is not counted once more"
        assert lamp.events.filter(kind=EventKind.FOLLOWED).count() == 1

    def test_by_a_later_mail_in_the_thread_finds_it_too(self, receive: Receive, lamp: Signal, receipt: Message) -> None:
        mail = letter(
            "Nog meer.", In_Reply_To="<elders@x.be>", References=f"<a@b.be> {receipt.message_id} <elders@x.be>"
        )
        assert made(receive(mail)).signal == lamp

    def test_by_the_reference_in_the_subject_finds_it(self, receive: Receive, lamp: Signal) -> None:
        assert made(receive(letter(Subject=f"over {lamp.reference.lower()}"))).signal == lamp

    def test_of_somebody_else_becomes_a_report_of_its_own(
        self, receive: Receive, lamp: Signal, receipt: Message
    ) -> None:
        for mail in (
            self.answer(receipt, From="bo@voorbeeld.example"),
            letter(Subject=lamp.reference, From="bo@voorbeeld.example"),
        ):
            kept = receive(mail)
            assert kept.state == MailState.REGISTERED
            assert made(kept).signal != lamp

    def test_shows_above_the_inbox_that_there_is_more(self, receive: Receive, report: Make) -> None:
        lamp = report("Sluikstort", email=AN)
        receive(letter(Subject=lamp.reference))
        lamp.refresh_from_db()
        assert lamp.surfaced_why == "followed"

    def test_ends_the_wait_for_who_reported(self, receive: Receive, lamp: Signal, cast: Cast) -> None:
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        lamp.wait(by=cast["coordinator"], until=tomorrow, waiting_for="reporter", reason="Welk hek?")
        receive(letter(Subject=lamp.reference))
        lamp.refresh_from_db()
        assert lamp.status != SignalStatus.WAITING

    def test_on_what_ended_lately_opens_it_again(self, receive: Receive, lamp: Signal, cast: Cast) -> None:
        lamp.close(by=cast["coordinator"], outcome="Gedaan.")
        closing = Message.objects.get(key__startswith="closed:")
        mail = receive(letter("Het is niet opgelost.", In_Reply_To=closing.message_id))
        lamp.refresh_from_db()
        assert (mail.state, lamp.status) == (MailState.ADDED, SignalStatus.REOPENED)

    def test_on_what_ended_long_ago_is_new_and_about_the_same_subject(
        self, receive: Receive, lamp: Signal, cast: Cast
    ) -> None:
        lamp.close(by=cast["coordinator"], outcome="Gedaan.")
        with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
            mail = receive(letter("Weer stuk.", Subject=f"Re: {lamp.reference}"))
        lamp.refresh_from_db()
        assert (mail.state, lamp.status) == (MailState.REGISTERED, SignalStatus.CLOSED)
        assert made(mail).category == lamp.category

    def test_on_what_is_new_stays_to_be_read(self, receive: Receive) -> None:
        first = made(receive(letter("Eerst.")))
        receipt = receipts()[0]
        assert made(receive(self.answer(receipt))).follows == first
        first.signal.refresh_from_db()
        assert first.signal.status == SignalStatus.NEW

    def test_sends_the_closing_mail_once(self, receive: Receive, lamp: Signal, receipt: Message, cast: Cast) -> None:
        receive(self.answer(receipt))
        lamp.close(by=cast["coordinator"], outcome="Gedaan.")
        assert Message.objects.filter(key__startswith="closed:").count() == 1


class TestMachines:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Auto_Submitted": "auto-replied"}, {"Auto-Submitted": "auto-generated; type=vacation"},
            {"Precedence": "bulk"}, {"X_Autoreply": "yes"}, {"Return_Path": "<>"},
            {"Subject": "Automatisch antwoord: Uw melding"}, {"Subject": "Out of Office Re: x"},
            {"Subject": "=?utf-8?q?R=C3=A9ponse_automatique_=3A_x?="}, {"Subject": "Abwesenheitsnotiz"},
            {"Subject": "Automatic reply: x"}, {"Subject": "Afwezigheidsbericht"},
        ],
    )  # fmt: skip
    def test_are_kept_and_neither_registered_nor_answered(self, receive: Receive, headers: dict[str, str]) -> None:
        assert receive(letter(**headers)).state == MailState.AUTOMATIC
        assert not Report.objects.exists()
        assert not Message.objects.exists()

    @pytest.mark.parametrize(
        "headers",
        [{"Auto_Submitted": "no"}, {"Precedence": "list"}, {"Subject": "Afwezig bord, auto reed het omver"}],
    )
    def test_are_not_people_who_write_by_way_of_a_list(self, receive: Receive, headers: dict[str, str]) -> None:
        assert receive(letter(**headers)).state == MailState.REGISTERED

    def test_that_write_as_ourselves_are_not_answered(self, receive: Receive) -> None:
        assert receive(letter(From="gebied@kortrijk.example")).state == MailState.OWN
        ours = post(key="x", to=AN, subject="x", body="x")
        assert receive(letter(Message_ID=ours.message_id)).state == MailState.OWN

    def test_are_registered_when_a_colleague_says_so(self, receive: Receive) -> None:
        mail = receive(letter(Subject="Automatisch antwoord: toch een melding"))
        take(mail, anyway=True)
        mail.refresh_from_db()
        assert mail.state == MailState.REGISTERED


def bounce(message: Message, *, to: str | None = None, code: str = "5.1.1", action: str = "failed") -> bytes:
    """As Postfix sends one."""
    return f"""\
From: MAILER-DAEMON@mail.example
To: gebied@kortrijk.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-ID: <bounce{code}{action}@mail.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I'm sorry to have to inform you.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; {to or message.to}
Action: {action}
Status: {code}
--B
Content-Type: message/rfc822

From: gebied@kortrijk.example
To: {message.to}
Message-ID: {message.message_id}

Dag
--B--
""".encode()


class TestBounce:
    @pytest.fixture
    def sent(self, db: None) -> Message:
        return post(key="receipt:x", to="Weg@voorbeeld.example", subject="x", body="x")

    def test_stops_mail_to_an_address_that_is_gone(self, receive: Receive, sent: Message) -> None:
        assert receive(bounce(sent)).state == MailState.BOUNCE
        assert Bounce.is_current("weg@voorbeeld.example")
        later = post(key="receipt:y", to="weg@voorbeeld.example", subject="x", body="x")
        assert later.state == "withdrawn"

    def test_that_is_a_delay_stops_nothing(self, receive: Receive, sent: Message) -> None:
        assert receive(bounce(sent, code="4.4.1", action="delayed")).state == MailState.BOUNCE
        assert not Bounce.is_current(sent.to)

    def test_that_somebody_invents_stops_nothing(self, receive: Receive, sent: Message) -> None:
        unknown = Message(to=sent.to)
        assert receive(bounce(unknown)).state == MailState.AUTOMATIC
        receive(bounce(sent, to="ander@voorbeeld.example", code="5.7.1"))
        assert not Bounce.objects.exists()

    def test_is_forgotten_when_somebody_writes_from_there(self, receive: Receive) -> None:
        Bounce.note(AN, "5.1.1")
        receive(letter())
        assert not Bounce.is_current(AN)
        assert receipts()[0].state == "waiting"

    def test_is_forgotten_in_time(self, db: None) -> None:
        Bounce.note(AN, "5.1.1")
        with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
            assert not Bounce.is_current(AN)


class TestUnreadable:
    def test_shows_why(self, receive: Receive) -> None:
        mail = receive(b"From: an@voorbeeld.example\n\n")
        assert (mail.state, mail.why) == (MailState.UNREADABLE, "Deze mail is leeg.")
        assert IncomingMail.objects.left_over().get() == mail
