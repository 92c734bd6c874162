"""From the mail server into our own keeping. A mail is stored and committed, and only then taken off the server.

Whatever breaks in between, the next round finds it there again, and its fingerprint says that it is the same one.
Read or unread means nothing here: a colleague who looks into the mailbox makes no mail disappear.
"""

import hashlib
import imaplib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from kortrijk_gebied.failures import kind
from kortrijk_gebied.jobs.models import enqueue
from signals.incoming.letters import heading_of
from signals.models import Category, IncomingMail
from signals.models.incoming import stored_as

logger = logging.getLogger(__name__)

SECONDS = 60
AT_ONCE = 200  # the rest waits for the next round, a minute later
# Of a larger mail the beginning is read; the whole of it goes to a folder of its own on the server.
MOST_BYTES = 40 * 1024 * 1024
TOO_LARGE = "Te groot"
LOOKED_AT = "mailbox-looked-at"
LEFT_THERE = "mailbox-left-there"
SILENT_AFTER = 15 * 60  # seconds
BUSY = "mailbox-busy"
OURS = ("message-id", "from", "date", "subject", "in-reply-to", "references")

TROUBLE = (OSError, imaplib.IMAP4.error, ImapToolsError)
# The mail server or our own database is away: not the fault of a mail, and no other one can be taken either.
AWAY = (OSError, imaplib.IMAP4.abort, OperationalError, InterfaceError)


def poll() -> int:
    """One round; how many mails were taken. A server that is away is no reason to fail: in a minute we come again."""
    if not settings.INTAKE_IMAP_URL or not cache.add(BUSY, True, 5 * 60):  # another worker is at it
        return 0
    try:
        with mailbox(settings.INTAKE_IMAP_URL) as box:
            taken, left_there = take_round(box)
        cache.set(LOOKED_AT, True, SILENT_AFTER)
        cache.set(LEFT_THERE, left_there, SILENT_AFTER)
    except TROUBLE as error:
        logger.warning("The mailbox cannot be read: %s", kind(error))
        return 0
    finally:
        cache.delete(BUSY)
    return taken


def is_silent() -> bool:
    """Whether there should be mail, and nobody could look for a quarter of an hour."""
    return bool(settings.INTAKE_IMAP_URL) and not cache.get(LOOKED_AT)


def left_on_server() -> int:
    """How many mails the last round could not take in: they are tried again with every round."""
    return int(cache.get(LEFT_THERE) or 0) if settings.INTAKE_IMAP_URL else 0


@contextmanager
def mailbox(url: str) -> Iterator[BaseMailBox]:
    """`imaps://user:password@host:port/folder`, or `imap+tls://`; `imap://` without encryption in a demo only."""
    parts = urlsplit(url)
    host, user, password = parts.hostname or "", unquote(parts.username or ""), unquote(parts.password or "")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    box: BaseMailBox
    match parts.scheme:
        case "imaps":
            box = MailBox(host, parts.port or 993, timeout=SECONDS)
        case "imap+tls":
            box = MailBoxStartTls(host, parts.port or 143, timeout=SECONDS)
        case "imap" if settings.DEMO:
            box = MailBoxUnencrypted(host, parts.port or 143, timeout=SECONDS)
        case _:
            raise ImproperlyConfigured("INTAKE_IMAP_URL must begin with imaps:// or imap+tls://.")
    try:
        yield box.login(user, password, initial_folder=folder)
    finally:
        with suppress(*TROUBLE):
            box.logout()
        with suppress(OSError):
            box.client.shutdown()


def take_round(box: BaseMailBox) -> tuple[int, int]:
    """How many mails were taken, and how many could not be and stay on the server: what stands behind them comes in."""
    taken = done = left_there = 0
    for uid in box.uids():
        if done == AT_ONCE:
            break
        try:
            taken += take_off(box, uid)
            done += 1
        except AWAY:
            raise
        except Exception as error:  # a stranger made it: whatever is wrong with it stops no other mail
            left_there += 1
            logger.error("Mail %s cannot be stored and stays in the mailbox: %s", uid, kind(error))
    return taken, left_there


def take_off(box: BaseMailBox, uid: str) -> int:
    """Store one mail, then take it off the server. 1 when it is new to us."""
    raw, size = fetch(box, uid)
    if not raw:  # somebody else took it off meanwhile
        return 0
    is_new = store(raw, size)
    if size > len(raw):
        if not box.folder.exists(TOO_LARGE):
            box.folder.create(TOO_LARGE)
        box.move(uid, TOO_LARGE)
    else:
        box.delete(uid)
    return int(is_new)


def fetch(box: BaseMailBox, uid: str) -> tuple[bytes, int]:
    """The mail, or as much of it as we read at once, and how large it is on the server."""
    _status, answer = box.client.uid("FETCH", uid, f"(RFC822.SIZE BODY.PEEK[]<0.{MOST_BYTES}>)")
    for line in answer or []:
        if isinstance(line, tuple):
            size = re.search(rb"RFC822\.SIZE (\d+)", line[0])
            return line[1], max(len(line[1]), int(size.group(1)) if size else 0)
    return b"", 0


def store(raw: bytes, size: int) -> bool:
    """The row, its file, and the job that will read it; False when it was there already."""
    heading = heading_of(raw)
    mail = IncomingMail(
        organisation=Category.objects.select_related("owner").get(code=settings.INTAKE_CATEGORY).owner,
        fingerprint=fingerprint(raw), message_id=heading.message_id, sender=heading.sender, size=size,
    )  # fmt: skip
    if IncomingMail.objects.filter(fingerprint=mail.fingerprint).exists():
        return False
    storage, name = mail.raw.storage, stored_as(mail)
    if not storage.exists(name):
        name = storage.save(name, ContentFile(raw))
    mail.raw.name = name
    try:
        with transaction.atomic():
            mail.save(force_insert=True)
            enqueue("read-mail", key=f"read-mail:{mail.pk}", payload={"mail": str(mail.pk)})
    except IntegrityError:  # delivered twice, fetched by two at once: the other one was first
        return False
    return True


def fingerprint(raw: bytes) -> str:
    """Of what its author made: not of the lines that servers on the way put above it, which differ per delivery."""
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    unfolded = re.sub(rb"\n[ \t]+", b" ", head)
    own = sorted(line for line in unfolded.split(b"\n") if line.partition(b":")[0].lower().decode("latin-1") in OURS)
    return hashlib.sha256(b"\n".join([*own, b"", body])).hexdigest()
