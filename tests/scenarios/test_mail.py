"""The mail that becomes a signal.

An writes to the report desk about a lamp, with a photo. A worker dies halfway; nothing is lost and nothing comes
twice. Amber reads it, says what it is about and where; the grid operator does the work. An answers the mail that
tells her so: it is not solved. It reaches who did it, and this time she is content.
"""

import io
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from PIL import Image

from kortrijk_gebied.jobs.models import Job
from signals.incoming import fetching
from signals.models import IncomingMail, Signal
from tests.conftest import Sink
from tests.mailbox import Dovecot
from tests.scenarios.screen import Person
from tests.servers import Worker
from tests.signals.incoming.conftest import _dovecot, mailbox  # noqa: F401

type Somebody = Callable[[str], Person]

AN = "an@voorbeeld.example"


@pytest.mark.django_db(transaction=True)
def test_the_mail_that_becomes_a_signal(
    somebody: Somebody, undo_delay_passes: Callable[[], None], smtp_sink: Sink, worker: Worker,
    mailbox: Dovecot, monkeypatch: pytest.MonkeyPatch, settings: LazySettings,  # noqa: F811
) -> None:  # fmt: skip
    amber, hassan = somebody("agent"), somebody("uitvoerder")

    an_writes_about_rubbish(mailbox)
    the_power_fails_before_it_leaves_the_server(mailbox, monkeypatch)
    it_is_fetched_once(mailbox)
    worker.settle()
    an_gets_a_receipt_without_a_word_of_it(smtp_sink)

    amber_reads_it_and_sends_it_on(amber)
    team_net_does_it(hassan)
    undo_delay_passes()

    an_answers_that_it_is_not_solved(mailbox, smtp_sink)
    it_is_fetched_once(mailbox)
    worker.settle()
    it_reaches_who_did_it(hassan)
    team_net_does_it(hassan)
    undo_delay_passes()
    an_is_content(smtp_sink)
    assert Signal.objects.count() == 1


def running() -> Signal:
    return Signal.objects.get()


def mails_to_an(sink: Sink) -> list[EmailMessage]:
    return sink.to(AN)


# --- the steps, in order ------------------------------------------------------------------------------


def an_writes_about_rubbish(mailbox: Dovecot) -> None:  # noqa: F811
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "olive").save(picture, "JPEG")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"An Peeters <{AN}>", "gebied@kortrijk.example", "Zakken"
    mail["Message-ID"], mail["Date"] = "<een@voorbeeld.example>", "Sat, 21 Nov 2026 14:30:00 +0100"
    mail.set_content("Bij ons op de hoek liggen al drie dagen zakken.")
    mail.add_attachment(picture.getvalue(), maintype="image", subtype="jpeg", filename="hoek.jpg")
    mailbox.deliver(mail.as_bytes())


def the_power_fails_before_it_leaves_the_server(mailbox: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    class PowerCut(BaseException):  # nothing that runs catches it
        pass

    def fail(*_arguments: object) -> int:
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(fetching, "take_off", fail)
        with pytest.raises(PowerCut):
            fetching.poll()
    assert mailbox.count() == 1


def it_is_fetched_once(mailbox: Dovecot) -> None:  # noqa: F811
    assert fetching.poll() == 1
    assert mailbox.count() == 0
    assert Job.objects.filter(kind="read-mail").count() == IncomingMail.objects.count()


def an_gets_a_receipt_without_a_word_of_it(sink: Sink) -> None:
    (receipt,) = sink.wait_for(1)
    assert "Zakken" not in receipt.as_string()
    page = Client().get(_status_page(receipt)).text
    assert "bezorgd aan de juiste dienst" in page, "nobody read it yet, so it may be about anything"


def amber_reads_it_and_sends_it_on(amber: Person) -> None:
    inbox = amber.opens(f"{reverse('inbox')}?tab=nieuw")
    inbox.says("Nieuw binnengekomen", "Bij ons op de hoek liggen al drie dagen zakken.")
    page = amber.opens(reverse("signals:signal-admission", args=[running().reference]))
    page.says("Bij ons op de hoek", "An Peeters", "Spoed? Bel 112 of 101")
    told = {"Onderwerp": "Sluikstort", "Plaats": "Overleiestraat 12"}
    amber.presses("Doorgeven", page, told).says("Gaat naar Team Net Kortrijk Noord")
    assert running().attachments.count() == 1


def team_net_does_it(hassan: Person) -> None:
    today = hassan.opens(reverse("today"))
    today.says("Opruimen", "Overleie", "Team Net Kortrijk Noord")
    hassan.presses("Afgerond", today, {"Wat is er gedaan?": "Alle zakken zijn opgehaald."})


def an_answers_that_it_is_not_solved(mailbox: Dovecot, sink: Sink) -> None:  # noqa: F811
    told = mails_to_an(sink)[-1]
    assert "Alle zakken zijn opgehaald." in told.get_content()
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = AN, "gebied@kortrijk.example", f"Re: {told['Subject']}"
    mail["In-Reply-To"], mail["Message-ID"] = told["Message-ID"], "<twee@voorbeeld.example>"
    quoted = "\n".join(f"> {line}" for line in told.get_content().splitlines())
    mail.set_content(
        f"Er staan er nog twee achter de glasbol.\n\nOp zo 22 nov 2026 schreef Gebied <g@k.example>:\n{quoted}"
    )
    mailbox.deliver(mail.as_bytes())


def it_reaches_who_did_it(hassan: Person) -> None:
    signal = running()
    assert signal.status == "reopened"
    page = hassan.opens(reverse("signals:signal", args=[signal.reference]))
    page.says("Aangevuld door de melder", "Er staan er nog twee achter de glasbol.", "De melder schreef terug.")
    hassan.presses("Aanvaarden", hassan.opens(reverse("today")))


def an_is_content(sink: Sink) -> None:
    page = Client().get(_status_page(mails_to_an(sink)[0]))
    assert "Alle zakken zijn opgehaald." in page.text
    assert Client().post(f"{_status_page(mails_to_an(sink)[0])}tevredenheid/", {"score": 3}).status_code == 302


def _status_page(mail: EmailMessage) -> str:
    link: str = next(word for word in mail.get_content().split() if "/mijn-melding/" in word)
    return "/" + link.split("/", 3)[3]
