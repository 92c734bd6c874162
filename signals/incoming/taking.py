"""What becomes of a mail that is stored: a report, an addition to one, or nothing, and then it says why."""

import datetime as dt
import email
from email.message import Message as Mail

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.bounces import Bounce
from kortrijk_gebied.refusals import Refused
from signals.arrivals import add_words
from signals.attaching.keeping import MOST_FILES, take_in
from signals.incoming.letters import Letter, letter_of
from signals.incoming.prose import without_quotes
from signals.incoming.sorting import is_automatic, is_our_own, report_about, returned
from signals.intake import Contact, register
from signals.levels import Level
from signals.models import Category, Channel, EventKind, IncomingMail, MailState, Report, ReportKind
from signals.receipts import send_receipt

HOUR = dt.timedelta(hours=1)
MOST_RECEIPTS = 5  # an hour to one address; of more the sender is a program, or somebody who is not there
MOST_REPORTS = 20  # an hour of one address; what comes above waits for a colleague
LONGEST = 20_000
WITHOUT_WORDS = "…"


def take(mail: IncomingMail, *, anyway: bool = False) -> None:
    """Make of a mail what it is. Once, however often it is asked; `anyway` when a colleague says it is a report."""
    with transaction.atomic():
        mail = IncomingMail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
        if mail.state != MailState.RECEIVED and not (anyway and mail.is_left_over):
            return
        with mail.raw.open("rb") as file:
            raw = file.read()
        try:
            letter = letter_of(raw)
        except Refused as refusal:
            mail.becomes(MailState.UNREADABLE, why=str(refusal))
            return
        if not anyway and (state := _not_for_us(mail, email.message_from_bytes(raw), letter)):
            mail.becomes(state, why=_why(state))
            return
        _register(mail, letter)


def _not_for_us(mail: IncomingMail, message: Mail, letter: Letter) -> MailState | None:
    """Why it is no report, if it is none."""
    if is_our_own(letter):
        return MailState.OWN
    if back := returned(message):
        if back.code:
            Bounce.note(back.message.to, back.code)
        return MailState.BOUNCE
    if is_automatic(message):
        return MailState.AUTOMATIC
    Bounce.forget(mail.sender)
    lately = IncomingMail.objects.filter(sender=mail.sender, received_at__gt=mail.received_at - HOUR)
    if mail.sender and lately.filter(received_at__lte=mail.received_at).count() > MOST_REPORTS:
        return MailState.TOO_MANY
    return None


def _why(state: MailState) -> str:
    if state == MailState.TOO_MANY:
        return _("More than %(most)s mails of this address in an hour.") % {"most": MOST_REPORTS}
    return ""


def _register(mail: IncomingMail, letter: Letter) -> None:
    about = report_about(letter)
    added = about and add_words(
        report=about, text=_words(letter.text, letter.subject, quoted=False), key=mail.pk, at=mail.received_at
    )
    report = added or register(_contact(mail, letter, about))
    refused = [*letter.left_out, *_attach(report, letter)]
    if mail.size > mail.raw.size:
        refused.append(_("the end of a mail that was too large"))
    if refused:
        report.signal.record(EventKind.FILES_REFUSED, by=None, files="; ".join(refused)[:1000])
    mail.becomes(MailState.ADDED if added else MailState.REGISTERED, report=report)
    lately = IncomingMail.objects.filter(sender=mail.sender, received_at__gt=mail.received_at - HOUR)
    if mail.sender and lately.count() <= MOST_RECEIPTS:
        send_receipt(report=report, to=mail.sender, about=mail.pk if added else None, refused=len(refused))


def _contact(mail: IncomingMail, letter: Letter, about: Report | None) -> Contact:
    """`about` is a report that ended too long ago to go on with: the new one has its subject, and so its secrecy."""
    category = about.signal.category if about else Category.objects.get(code=settings.INTAKE_CATEGORY)
    words = _words(letter.text, letter.subject, quoted=about is None)
    return Contact(
        id=mail.pk, category=category, description=words, channel=Channel.MAIL, kind=ReportKind.REPORT,
        received_at=min(mail.received_at, timezone.now()), name=letter.heading.name, email=letter.heading.sender,
        unread=True, level=Level.LIMITED,
    )  # fmt: skip


def _words(text: str, subject: str, *, quoted: bool) -> str:
    """As much as a report holds. Below an answer stands what we wrote; below a first mail what it forwards."""
    if not quoted:
        return without_quotes(text)[:LONGEST] or subject or WITHOUT_WORDS
    whole = text if subject in text else f"{subject}\n\n{text}".strip()
    return whole[:LONGEST] or WITHOUT_WORDS


def _attach(report: Report, letter: Letter) -> list[str]:
    """Hang the files on the report; a sentence for each that is refused."""
    refused = []
    for number, file in enumerate(letter.files):
        if number >= MOST_FILES:
            refused.append(_("“%(name)s”: more than %(most)s files") % {"name": file.name, "most": MOST_FILES})
            continue
        try:
            take_in(content=file.content, name=file.name, report=report)
        except Refused as refusal:
            refused.append(str(refusal))
    return refused
