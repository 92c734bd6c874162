"""What a mail is: written by a machine, come back, by ourselves; and which report it goes on about."""

import email
import re
import uuid
from dataclasses import dataclass
from email.message import Message as Mail
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db.models.functions import Lower

from kortrijk_gebied.jobs.models import Message
from signals.incoming import prose
from signals.incoming.letters import MESSAGE_ID, Letter
from signals.models import Report, Reporter

AUTOMATIC_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Mail-Autoreply")
AUTOMATIC_SUBJECT = re.compile(
    r"^\W*(?:auto(?:matisch|matic|matische)?[- :]*(?:antwoord|reply|response|answer|beantwoord)|out of (?:the )?office"
    r"|afwezigheids(?:bericht|assistent|melding)|niet op kantoor|ik ben (?:momenteel )?afwezig"
    r"|r[ée]ponse automatique|absence du bureau|message d.absence|abwesenheits\w*|automatische antwort"
    r"|vacation reply|leesbevestiging|read receipt)\b",
    re.IGNORECASE,
)
REFERENCE = re.compile(r"\bS-[A-Z]{4}-\d{4}\b", re.IGNORECASE)
FOR_GOOD = re.compile(r"5\.\d{1,3}\.\d{1,3}")


def is_our_own(letter: Letter) -> bool:
    """A mail of ours that found its way back to us: answering it would never end."""
    ours = Message.objects.filter(pk__in=_keys([letter.heading.message_id]))
    return letter.heading.sender == own_address() or ours.exists()


def own_address() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()


def is_automatic(mail: Mail) -> bool:
    """Nobody wrote it: an absence, a confirmation of reading, a circular (RFC 3834, and what came before it)."""
    said = str(mail["Auto-Submitted"] or "no").split(";")[0].strip().lower()
    precedence = str(mail["Precedence"] or "").strip().lower()
    return (
        said != "no"
        or precedence in ("bulk", "junk", "auto_reply")
        or any(mail[name] for name in AUTOMATIC_HEADERS)
        or str(mail["Return-Path"] or "").strip() == "<>"
        or mail.get_content_type() == "multipart/report"
        or AUTOMATIC_SUBJECT.match(prose.header(mail, "Subject")) is not None
    )


# --- mail that came back ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Returned:
    """A mail of ours, and the address that does not take it, for good (`code`) or not yet (no code)."""

    message: Message
    code: str


def returned(mail: Mail) -> Returned | None:
    """Only with the Message-ID of one of our mails in it, and about the address that one went to: else anybody could
    silence anybody by inventing a bounce."""
    if mail.get_content_type() != "multipart/report":
        return None
    parts = list(mail.walk())[:50]
    status = " ".join(_fields(part) for part in parts if part.get_content_type() == "message/delivery-status")
    inside = [str(part["Message-ID"]) for part in parts if part is not mail and part["Message-ID"]]
    for part in parts:
        if part.get_content_type() == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            inside.append(str(email.message_from_bytes(content if isinstance(content, bytes) else b"")["Message-ID"]))
    for message in Message.objects.filter(pk__in=_keys(inside)):
        if message.to.lower() in status.lower():
            code = FOR_GOOD.search(status)
            return Returned(message, code.group() if code and "failed" in status.lower() else "")
    return None


def _fields(part: Mail) -> str:
    payload: Any = part.get_payload()
    return " ".join(str(block) for block in payload) if isinstance(payload, list) else str(payload)


# --- which report it goes on about ------------------------------------------------------------------


def report_about(letter: Letter) -> Report | None:
    """The report this mail goes on about, only when its reporter wrote it: by our mail that it answers, else by the
    reference in its subject. Of anybody else's the answer is the same as when there is none."""
    sender = letter.heading.sender
    if not sender:
        return None
    mine = Reporter.objects.alias(address=Lower("email")).filter(address=sender).select_related("report__signal")
    messages = Message.objects.filter(to__iexact=sender).in_bulk(_keys(letter.answers))
    for key in _keys(letter.answers):
        if key in messages and (found := mine.filter(report__in=_uuids(messages[key].key)).first()):
            return found.report
    if named := REFERENCE.search(letter.subject):
        found = mine.filter(report__signal__reference=named.group().upper()).order_by("report__received_at").first()
        return found.report if found else None
    return None


def _uuids(key: str) -> list[uuid.UUID]:
    """The key of a mail says what it is about: `receipt:<report>:`, `closed:<signal>:<report>:<moment>`."""
    return [uuid.UUID(part) for part in key.split(":") if _is_uuid(part)]


def _keys(message_ids: list[str]) -> list[uuid.UUID]:
    """Those of Message-IDs that could be ours."""
    inside = [found.strip("<>") for text in message_ids for found in MESSAGE_ID.findall(text)]
    return [uuid.UUID(one.partition("@")[0]) for one in inside if _is_uuid(one.partition("@")[0])]


def _is_uuid(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", text) is not None
