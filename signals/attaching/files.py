"""Reading a file that somebody sends: judged by what is in it, and made again. Nothing is stored here."""

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.uploads import CutOff
from signals.attaching.apart import do_apart
from signals.attaching.kinds import HEAD, Kind, kind_of
from signals.attaching.pictures import cut_off, picture_of
from signals.models import AttachmentKind

LONGEST_NAME = 100


class Upload(Protocol):
    """What is needed of a file: Django's uploads are one, and so is `ContentFile(content, name)`."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int: ...

    def read(self) -> bytes: ...

    def seek(self, position: int) -> object: ...


@dataclass(frozen=True)
class Ready:
    """A file of our own making. `sha256` is that of the file as it was sent, by which the sender knows it."""

    kind: AttachmentKind
    content: bytes
    sha256: str
    name: str = ""
    width: int | None = None
    height: int | None = None
    pages: int | None = None


def read_file(upload: Upload) -> Ready:
    """Raises Refused with a sentence for who sent it, which names the file."""
    try:
        return _read(upload)
    except Refused as refusal:
        name = shown_name(upload.name)
        raise Refused(f"“{name}”: {refusal}" if name else str(refusal)) from refusal


def _read(upload: Upload) -> Ready:
    if isinstance(upload, CutOff):
        raise cut_off()
    if upload.size > settings.FILE_MAX_BYTES:  # before a byte of it is read
        most = filesizeformat(settings.FILE_MAX_BYTES)
        raise Refused(_("This file is larger than %(most)s. Make it smaller, or send a part of it.") % {"most": most})
    upload.seek(0)
    sent = upload.read()
    kind, sha256 = kind_of(sent[:HEAD]), hashlib.sha256(sent).hexdigest()
    if kind is Kind.PDF:
        made = do_apart("pdf", sent, str(settings.PDF_MAX_PAGES))
        pages, content = int.from_bytes(made[:4]), made[4:]
        return Ready(AttachmentKind.DOCUMENT, content, sha256, _document_name(upload.name), pages=pages)
    picture = picture_of(sent, kind)
    return Ready(AttachmentKind.PHOTO, picture.content, sha256, width=picture.width, height=picture.height)


def shown_name(name: str | None) -> str:
    """What somebody called a file, less folders and signs that cannot be seen or turn a text around."""
    last = PurePosixPath((name or "").replace("\\", "/")).name
    visible = "".join(" " if unicodedata.category(sign).startswith(("C", "Z")) else sign for sign in last)
    return " ".join(visible.split())[:LONGEST_NAME]


def _document_name(name: str | None) -> str:
    shown = shown_name(name)
    stem = shown[:-4] if shown.lower().endswith(".pdf") else shown
    return stem.strip(" .") or _("Document")
