"""What of a photo is kept: the picture, upright and small; what is refused, and why."""

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from signals import photos
from signals.photos import read_photo

SECRET = "in-de-tuin-van-Rika"


def picture(size: tuple[int, int] = (60, 40), kind: str = "JPEG", mode: str = "RGB", **options: Any) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(made, kind, **options)
    return made.getvalue()


def upload(content: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def with_metadata() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET  # description
    exif[0x0112] = 6  # turned a quarter
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 49.0, 59.0), 3: "E", 4: (3.0, 15.0, 43.0)})
    return picture(exif=exif, xmp=f"<x>{SECRET}</x>".encode(), comment=SECRET.encode())


class TestWhatIsKept:
    def test_has_no_metadata_of_any_kind(self) -> None:
        sent = with_metadata()
        assert sent.count(SECRET.encode()) == 3
        kept = read_photo(upload(sent)).content
        again = Image.open(io.BytesIO(kept))
        assert SECRET.encode() not in kept
        assert b"Exif" not in kept
        assert not again.getexif()
        assert not {"xmp", "comment", "exif", "icc_profile"} & set(again.info)

    def test_stands_upright(self) -> None:
        photo = read_photo(upload(with_metadata()))
        assert (photo.width, photo.height) == (40, 60)

    def test_has_no_text_of_a_png(self) -> None:
        words = PngImagePlugin.PngInfo()
        words.add_text("Author", SECRET)
        assert SECRET.encode() not in read_photo(upload(picture(kind="PNG", pnginfo=words))).content

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_is_a_jpeg_whatever_was_sent(self, kind: str) -> None:
        assert Image.open(io.BytesIO(read_photo(upload(picture(kind=kind))).content)).format == "JPEG"

    def test_is_no_larger_than_needed(self) -> None:
        photo = read_photo(upload(picture((4000, 1000))))
        assert (photo.width, photo.height) == (2048, 512)

    def test_shows_what_is_transparent_on_white(self) -> None:
        photo = read_photo(upload(picture(kind="PNG", mode="RGBA")))
        assert Image.open(io.BytesIO(photo.content)).getpixel((5, 5)) == (255, 255, 255)


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "content",
        [
            b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
            b"<script>alert(1)</script>",
            b"GIF89a" + bytes(40),
            b"",
            picture()[:200],
            bytes(range(256)) * 12,
        ],
        ids=["svg", "script", "gif", "nothing", "half a photo", "noise"],
    )
    def test_is_what_is_no_photo_whatever_its_name(self, content: bytes) -> None:
        with pytest.raises(ValidationError, match="geen foto die we kunnen lezen"):
            read_photo(upload(content, "foto.jpg"))

    def test_is_too_many_bytes(self, settings: Any) -> None:
        settings.PHOTO_MAX_BYTES = 100
        with pytest.raises(ValidationError, match="groter dan 100"):
            read_photo(upload(picture()))

    def test_is_a_bomb_of_pixels(self) -> None:
        bomb = picture((16_000, 12_000), "PNG", mode="1")
        assert len(bomb) < 40_000
        with pytest.raises(ValidationError, match="te veel beeldpunten"):
            read_photo(upload(bomb))

    def test_is_just_over_our_own_bound(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(photos, "MOST_PIXELS", 60 * 40 - 1)
        with pytest.raises(ValidationError, match="te veel beeldpunten"):
            read_photo(upload(picture()))
