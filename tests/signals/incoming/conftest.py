"""A mail server with the mailbox of the report desk, and mails as people and programs write them."""

from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest
from django.conf import LazySettings

from signals.incoming.fetching import store
from signals.incoming.taking import take
from signals.models import IncomingMail, Report
from tests.mailbox import Dovecot

type Receive = Callable[[EmailMessage | bytes], IncomingMail]


def letter(text: str = "De lamp voor nummer 8 is stuk.", **headers: str) -> EmailMessage:
    """`letter("…", Subject="Lamp", In_Reply_To="<…>")`; headers left out get a plausible value."""
    mail = EmailMessage()
    number = abs(hash((text, *headers.values())))
    usual = {
        "From": "An Peeters <an@voorbeeld.example>", "To": "meldpunt@kortrijk.example", "Subject": "Straatlamp stuk",
        "Date": "Sat, 21 Nov 2026 14:30:00 +0100", "Message_ID": f"<{number}@voorbeeld.example>",
    }  # fmt: skip
    for name, value in (usual | headers).items():
        if value:
            mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def made(mail: IncomingMail) -> Report:
    """The report that a mail became, or was added to."""
    assert mail.report is not None
    return mail.report


@pytest.fixture(scope="session")
def _dovecot() -> Iterator[Dovecot]:
    server = Dovecot()
    yield server
    server.stop()


@pytest.fixture
def mailbox(_dovecot: Dovecot, settings: LazySettings) -> Dovecot:
    _dovecot.start()
    _dovecot.empty()
    settings.INTAKE_IMAP_URL = _dovecot.url
    return _dovecot


@pytest.fixture
def receive(kortrijk: None) -> Receive:
    """As if it was fetched, and a worker read it."""

    def take_in(mail: EmailMessage | bytes) -> IncomingMail:
        raw = mail if isinstance(mail, bytes) else mail.as_bytes()
        store(raw, len(raw))
        kept = IncomingMail.objects.latest("received_at", "pk")
        take(kept)
        kept.refresh_from_db()
        return kept

    return take_in
