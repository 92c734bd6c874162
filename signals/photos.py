"""Photos: judged by what they are, made small, and stripped of everything but the picture."""

import hashlib
import io
import struct
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from signals.levels import Level
from signals.models import Attachment, Report, Signal
from teams.models import User

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 2048
QUALITY = 85
# A camera of today makes up to fifty million; a bomb of a few kilobytes unfolds into thousands of millions.
MOST_PIXELS = 64_000_000
MOST_PHOTOS = 6


class Upload(Protocol):
    """What is needed of an uploaded file. Its name and the type it claims are not."""

    @property
    def size(self) -> int | None: ...

    def read(self) -> bytes: ...

    def seek(self, position: int) -> object: ...


@dataclass(frozen=True)
class Photo:
    """A JPEG of our own making. `sha256` is that of the file as it was sent, by which the sender knows it."""

    content: bytes
    width: int
    height: int
    sha256: str


def read_photo(upload: Upload) -> Photo:
    """The picture in an upload, encoded again. Raises ValidationError with a sentence for who sent it."""
    if (upload.size or 0) > settings.PHOTO_MAX_BYTES:
        most = filesizeformat(settings.PHOTO_MAX_BYTES)
        raise ValidationError(_("This photo is larger than %(most)s. Take it again with less detail.") % {"most": most})
    upload.seek(0)
    sent = upload.read()
    try:
        picture = _bare(sent)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, TypeError, struct.error) as error:
        raise ValidationError(_("This is not a photo we can read. Send a JPEG, PNG or WebP picture.")) from error
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=QUALITY, optimize=True)
    return Photo(made.getvalue(), picture.width, picture.height, hashlib.sha256(sent).hexdigest())


def _bare(sent: bytes) -> Image.Image:
    """Upright, small enough, and pasted on an empty sheet: so nothing but pixels comes along."""
    with Image.open(io.BytesIO(sent), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise _too_large()
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is then decoded small at once
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        see_through = upright.convert("RGBA") if upright.has_transparency_data else None
        sheet = Image.new("RGB", upright.size, "white")
        sheet.paste(see_through or upright.convert("RGB"), mask=see_through)
    return sheet


def _too_large() -> ValidationError:
    return ValidationError(_("This picture has too many pixels. Send a photo as your camera makes it."))


def attach_photo(*, report: Report, photo: Photo, by: User) -> Attachment:
    """Hang a photo on the signal of a report. Sent twice, it hangs there once."""
    signal = report.signal
    if known := _known(signal, photo):
        return known
    # A secret photo belongs to who owns the matter, not to who happened to take it.
    keeper = by.organisation_id if signal.level == Level.OPEN and by.organisation_id else signal.owner_id
    attachment = Attachment(
        signal=signal, report=report, organisation_id=keeper, level=signal.level, by=by, sha256=photo.sha256,
        team_id=signal.team_id if signal.level == Level.SEALED else None,
        width=photo.width, height=photo.height, size=len(photo.content),
    )  # fmt: skip
    attachment.file.save("photo.jpg", ContentFile(photo.content), save=False)
    try:
        with transaction.atomic():
            attachment.save(force_insert=True)
    except IntegrityError:
        attachment.file.delete(save=False)  # the same photo, at the same moment: the other one was first
        return Attachment.objects.get(signal=signal, sha256=photo.sha256)
    return attachment


def _known(signal: Signal, photo: Photo) -> Attachment | None:
    return Attachment.objects.filter(signal=signal, sha256=photo.sha256).first()
