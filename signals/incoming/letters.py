"""A mail taken apart: who wrote what, with which files. Whatever is wrong with it, what can be read is read."""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.utils import getaddresses

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kortrijk_gebied.files.receiving import shown_name
from kortrijk_gebied.refusals import Refused
from signals.incoming import prose

MOST_PARTS = 200
DEEPEST = 8
# Below this a picture that the text shows is the logo of a signature.
LOGO_BYTES = 20_000
MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")
LONGEST_ADDRESS = 254
# What programs add to a mail that says nothing to anybody.
TRIMMINGS = {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
             "text/calendar", "text/x-amp-html", "text/rfc822-headers", "message/delivery-status"}  # fmt: skip
TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}


@dataclass(frozen=True)
class Heading:
    """What is needed of a mail before it is read."""

    sender: str = ""
    name: str = ""
    message_id: str = ""


@dataclass(frozen=True)
class File:
    name: str
    content: bytes


@dataclass
class Letter:
    heading: Heading
    subject: str = ""
    text: str = ""
    answers: list[str] = field(default_factory=list)  # the Message-IDs it answers to, the nearest first
    files: list[File] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # sentences about files that cannot be opened


def heading_of(raw: bytes) -> Heading:
    try:
        head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        return _heading(email.message_from_bytes(head[:200_000]))
    except Exception:  # it is stored all the same
        return Heading()


def letter_of(raw: bytes) -> Letter:
    """Raises Refused, with a sentence for a colleague, when nothing at all can be made of it."""
    try:
        mail = email.message_from_bytes(raw)
        letter = _letter(mail)
    except Exception as error:  # a stranger made it: any of a hundred ways to be wrong
        raise Refused(_("This mail is put together in a way that no program can read.")) from error
    if not (letter.subject or letter.text or letter.files or letter.left_out):
        raise Refused(_("This mail is empty."))
    return letter


def _letter(mail: Message) -> Letter:
    letter = Letter(_heading(mail), prose.header(mail, "Subject")[:300])
    letter.answers = [*_ids(mail, "In-Reply-To"), *reversed(_ids(mail, "References")[-40:])]
    plain: list[str] = []
    pages: list[str] = []
    for number, part in enumerate(_parts(mail)):
        if number >= MOST_PARTS:
            letter.left_out.append(_("more than %(most)s parts") % {"most": MOST_PARTS})
            break
        _take(letter, part, plain, pages)
    letter.text = "\n\n".join(text for text in (plain if any(plain) else pages) if text)
    return letter


def _heading(mail: Message) -> Heading:
    """Of several senders the first; an address that is none is left out.

    One that small letters make too long is none either: cut off it would be somebody else's.
    """
    message_id = next(iter(_ids(mail, "Message-ID")), "")
    for name, address in getaddresses([prose.header(mail, "From")]):
        address = address.lower()
        try:
            validate_email(address)
        except ValidationError:
            continue
        if len(address) <= LONGEST_ADDRESS:
            return Heading(address, prose.clean(name)[:120], message_id)
    return Heading(message_id=message_id)


def _ids(mail: Message, name: str) -> list[str]:
    return MESSAGE_ID.findall(prose.clean(str(mail[name] or "")))


def _parts(mail: Message, depth: int = 0) -> Iterator[Message]:
    """The leaves, those of mails within mails too. What lies too deep comes as it is, and is refused as a file."""
    if mail.is_multipart() and depth < DEEPEST:
        for part in mail.get_payload():
            if isinstance(part, Message):
                yield from _parts(part, depth + 1)
    else:
        yield mail


def _take(letter: Letter, part: Message, plain: list[str], pages: list[str]) -> None:
    kind, name = part.get_content_type(), shown_name(prose.readable(part.get_filename() or ""))
    is_file = part.get_content_disposition() == "attachment" or bool(name)
    if kind in TRIMMINGS:
        return
    if kind in TNEF or name.lower() == "winmail.dat":
        letter.left_out.append(_("“%(name)s”: only Outlook can open this.") % {"name": name or "winmail.dat"})
    elif kind in ("text/plain", "text/html") and not is_file:
        (plain if kind == "text/plain" else pages).append(prose.body(part))
    else:
        content = part.get_payload(decode=True)
        content = content if isinstance(content, bytes) else b""
        is_logo = part["Content-ID"] and kind.startswith("image/") and len(content) < LOGO_BYTES
        if not is_logo:
            letter.files.append(File(name or kind.replace("/", "."), content))
