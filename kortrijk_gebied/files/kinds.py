"""What a file is, by how it begins. Its name and the type it claims are not asked."""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused

# How much of a file is enough to know.
HEAD = 2048


class Kind(Enum):
    """The value is what Pillow calls the format; a PDF is none of Pillow's."""

    JPEG = "JPEG"
    PNG = "PNG"
    GIF = "GIF"
    WEBP = "WEBP"
    HEIF = "HEIF"
    PDF = "PDF"


@dataclass(frozen=True)
class Brands:
    """Of a file in boxes (`ftyp`): what it says it can be read as."""

    major: bytes
    others: frozenset[bytes]

    @property
    def is_heif(self) -> bool:
        return self.major in HEIF_BRANDS or (self.major == b"mif1" and not self.others & {b"avif", b"avis"})


HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"}
STARTS = {
    b"\xff\xd8\xff": Kind.JPEG,
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
    b"GIF87a": Kind.GIF,
    b"GIF89a": Kind.GIF,
    b"%PDF-": Kind.PDF,
}
# Containers of office documents: zip and the older one of Microsoft, rich text.
OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
DRAWN = (b"<svg", b"<!doctype", b"<html", b"<?xml", b"<script")


class Unknown(Refused):
    """Nothing that we can give advice about."""


def kind_of(head: bytes) -> Kind:
    """The kind of a file. Of what is taken nowhere, Refused says what to send instead."""
    for start, kind in STARTS.items():
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    brands = brands_of(head)
    if brands and brands.is_heif:
        return Kind.HEIF
    if advice := _advice(head, brands):
        raise Refused(advice)
    raise Unknown(_("This is not a photo or PDF that we can read. Send a JPEG, PNG, WebP, GIF, HEIC or PDF file."))


def brands_of(head: bytes) -> Brands | None:
    if head[4:8] != b"ftyp":
        return None
    end = min(int.from_bytes(head[:4]), len(head))
    return Brands(head[8:12], frozenset(head[at : at + 4] for at in range(16, end, 4)))


def _advice(head: bytes, brands: Brands | None) -> str:
    if not head:
        return _("This file is empty. Perhaps it was still being saved: send it again.")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(DRAWN):
        return _("A page or a drawing like this can hold a program. Send a picture of it: JPEG or PNG.")
    if head.startswith(OFFICE):
        return _("We take no Word or Excel files. Save it as a PDF and send that.")
    if brands and not brands.others & {b"avif", b"avis"} and brands.major != b"avif":
        return _("We take no films. Send a photo of what there is to see.")
    return ""
