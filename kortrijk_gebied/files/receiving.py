"""A file as it comes from a form: whole, not too large, and under a name that can be shown."""

import unicodedata
from pathlib import PurePosixPath
from typing import Protocol

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from kortrijk_gebied.files.kinds import HEAD, Kind, Unknown, kind_of
from kortrijk_gebied.files.pictures import Picture, cut_off, picture_of
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.uploads import CutOff

LONGEST_NAME = 100


class Upload(Protocol):
    """What is needed of a file: Django's uploads are one, and so is `ContentFile(content, name)`."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int: ...

    def read(self) -> bytes: ...

    def seek(self, position: int) -> object: ...


def content_of(upload: Upload) -> bytes:
    if isinstance(upload, CutOff):
        raise cut_off()
    if upload.size > settings.FILE_MAX_BYTES:  # before a byte of it is read
        most = filesizeformat(settings.FILE_MAX_BYTES)
        raise Refused(_("This file is larger than %(most)s. Make it smaller, or send a part of it.") % {"most": most})
    upload.seek(0)
    return upload.read()


def photo_of(upload: Upload) -> Picture:
    """Raises Refused with a sentence for who sent it."""
    sent = content_of(upload)
    try:
        kind = kind_of(sent[:HEAD])
    except Unknown as problem:
        raise Refused(_("This is not a photo that we can read. Send a JPEG, PNG, WebP, GIF or HEIC file.")) from problem
    if kind is Kind.PDF:
        raise Refused(_("This is a PDF. Send a photo: JPEG, PNG, WebP, GIF or HEIC."))
    return picture_of(sent, kind)


def shown_name(name: str | None) -> str:
    """What somebody called a file, less folders and signs that cannot be seen or turn a text around."""
    last = PurePosixPath((name or "").replace("\\", "/")).name
    visible = "".join(" " if unicodedata.category(sign).startswith(("C", "Z")) else sign for sign in last)
    return " ".join(visible.split())[:LONGEST_NAME]
