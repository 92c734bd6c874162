"""Pictures: decoded, stood upright, made small and encoded again, so that nothing but pixels is kept."""

import io
import re
import struct
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from kortrijk_gebied.files.apart import do_apart
from kortrijk_gebied.files.kinds import Kind
from kortrijk_gebied.refusals import Refused

LONGEST_SIDE = 2048
THUMBNAIL = (480, 480)
QUALITY = 85
# A camera writes about ten; each is a decoding of the whole picture, so thousands of them are an attack.
MOST_SCANS = 64
SCAN = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")
# How Pillow tells that a file breaks off.
BROKEN_OFF = re.compile(r"truncated|broken data stream|unexpected end|not enough|incomplete", re.IGNORECASE)


@dataclass(frozen=True)
class Picture:
    """A JPEG of our own making."""

    content: bytes
    width: int
    height: int


def picture_of(sent: bytes, kind: Kind) -> Picture:
    """The picture in a file, made again. Raises Refused with a sentence for who sent it."""
    # WeasyPrint asks Pillow to put up with pictures that break off, for the whole process: here they are refused.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    if kind is Kind.HEIF:
        # Its decoder is the largest and the least tried: it works apart, and hands over bare pixels.
        sent = do_apart("heif", sent, str(settings.PICTURE_MAX_PIXELS), str(LONGEST_SIDE))
    elif kind is Kind.JPEG and scans_of(sent) > MOST_SCANS:
        raise unreadable()
    elif kind is Kind.WEBP and len(sent) < int.from_bytes(sent[4:8], "little") + 8:
        raise cut_off()
    formats = ("PPM",) if kind is Kind.HEIF else (kind.value,)
    try:
        return encoded(_bare(sent, formats))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise too_many_pixels() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, TypeError, struct.error) as error:
        raise (cut_off() if BROKEN_OFF.search(str(error)) else unreadable()) from error


def _bare(sent: bytes, formats: tuple[str, ...]) -> Image.Image:
    """Upright, small enough, and pasted on an empty sheet: so nothing but pixels comes along.

    Of a picture that moves the first frame, of one with several the main one.
    """
    with Image.open(io.BytesIO(sent), formats=formats) as opened:
        if opened.width * opened.height > settings.PICTURE_MAX_PIXELS:
            raise too_many_pixels()
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is then decoded small at once
        picture = opened.convert("RGBA") if opened.has_transparency_data else opened
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        turned = opened.getexif().get(0x0112)  # `convert` does not take it along
        if turned:
            picture.getexif()[0x0112] = turned
        upright = ImageOps.exif_transpose(picture)
        sheet = Image.new("RGB", upright.size, "white")
        sheet.paste(*((upright, None, upright) if upright.mode == "RGBA" else (upright.convert("RGB"),)))
    return sheet


def encoded(sheet: Image.Image) -> Picture:
    made = io.BytesIO()
    sheet.save(made, "JPEG", quality=QUALITY, optimize=True)
    return Picture(made.getvalue(), sheet.width, sheet.height)


def decoded(content: bytes) -> Image.Image:
    """A picture that we made ourselves."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as opened:
        return opened.convert("RGB")


def thumbnail_of(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as opened:
        opened.draft("RGB", THUMBNAIL)
        small = opened.convert("RGB")
    small.thumbnail(THUMBNAIL)
    return encoded(small).content


def scans_of(sent: bytes) -> int:
    """How many scans a JPEG holds: its segments are stepped over, and it ends where it says it ends."""
    at, scans = 2, 0
    while found := SCAN.search(sent, at):
        marker = found[1][0]
        if marker == 0xD9:
            break
        scans += marker == 0xDA
        length = int.from_bytes(sent[found.end() : found.end() + 2])
        at = found.end() + max(length, 2)
    return scans


def unreadable() -> Refused:
    return Refused(_("We cannot read this picture: the file is damaged. Send it again, or take the photo again."))


def cut_off() -> Refused:
    return Refused(_("This file did not arrive whole: the connection broke off. Send it again."))


def too_many_pixels() -> Refused:
    most = settings.PICTURE_MAX_PIXELS // 1_000_000
    return Refused(
        _("This picture has more than %(most)s million pixels. Send a photo as your camera makes it.") % {"most": most}
    )
