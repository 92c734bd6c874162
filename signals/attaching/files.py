"""Reading a file that somebody sends: judged by what is in it, and made again. Nothing is stored here."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from kortrijk_gebied.files.apart import do_apart
from kortrijk_gebied.files.kinds import HEAD, Kind, kind_of
from kortrijk_gebied.files.pictures import picture_of
from kortrijk_gebied.files.receiving import Upload, content_of, shown_name
from kortrijk_gebied.refusals import Refused
from signals.models import AttachmentKind


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
    sent = content_of(upload)
    kind, sha256 = kind_of(sent[:HEAD]), hashlib.sha256(sent).hexdigest()
    if kind is Kind.PDF:
        made = do_apart("pdf", sent, str(settings.PDF_MAX_PAGES))
        pages, content = int.from_bytes(made[:4]), made[4:]
        return Ready(AttachmentKind.DOCUMENT, content, sha256, _document_name(upload.name), pages=pages)
    picture = picture_of(sent, kind)
    return Ready(AttachmentKind.PHOTO, picture.content, sha256, width=picture.width, height=picture.height)


def _document_name(name: str | None) -> str:
    shown = shown_name(name)
    stem = shown[:-4] if shown.lower().endswith(".pdf") else shown
    return stem.strip(" .") or _("Document")
