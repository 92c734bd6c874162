"""What of a photo is kept: the picture, upright and small; what is refused, and why."""

import io
from typing import Any

import pillow_heif
import pytest
from PIL import Image, PngImagePlugin

from kortrijk_gebied.files import pictures
from kortrijk_gebied.files.receiving import shown_name
from kortrijk_gebied.refusals import Refused
from signals.attaching.files import read_file
from signals.models import AttachmentKind
from tests.signals.files import SECRET, exif_with_gps, noisy, picture, telling_jpeg, upload

pillow_heif.register_heif_opener()
# A field of a photo that tells a place: the rationals of 50° 49′ 59″, in either order of bytes.
GPS = (b"\x00\x00\x00\x32\x00\x00\x00\x01\x00\x00\x00\x31", b"\x32\x00\x00\x00\x01\x00\x00\x00\x31\x00\x00\x00")


def tells_nothing(kept: bytes) -> bool:
    again = Image.open(io.BytesIO(kept))
    segments = {application for application, _content in again.applist}  # type: ignore[attr-defined]
    marks = (SECRET, SECRET.decode().encode("utf-16-le"), b"Exif", b"http", b"Photoshop", b"8BIM", b"ICC", *GPS)
    return not any(mark in kept for mark in marks) and not again.getexif() and segments == {"APP0"}


class TestWhatIsKept:
    def test_has_no_metadata_of_any_kind(self) -> None:
        sent = telling_jpeg()
        assert sent.count(SECRET) == 7
        assert any(mark in sent for mark in GPS)
        assert tells_nothing(read_file(upload(sent)).content)
        assert tells_nothing(pictures.thumbnail_of(read_file(upload(sent)).content))

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_stands_upright(self, kind: str) -> None:
        kept = read_file(upload(picture(kind=kind, exif=exif_with_gps())))
        assert (kept.width, kept.height) == (40, 60)

    def test_stands_upright_with_transparency_too(self) -> None:
        kept = read_file(upload(picture(kind="PNG", mode="RGBA", exif=exif_with_gps())))
        assert (kept.width, kept.height) == (40, 60)

    def test_has_no_text_of_a_png(self) -> None:
        words = PngImagePlugin.PngInfo()
        words.add_text("Author", SECRET.decode())
        words.add_itxt("XML:com.adobe.xmp", SECRET.decode())
        sent = picture(kind="PNG", pnginfo=words, exif=exif_with_gps())
        assert tells_nothing(read_file(upload(sent)).content)

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
    def test_is_a_jpeg_whatever_was_sent_and_whatever_it_is_called(self, kind: str) -> None:
        kept = read_file(upload(picture(kind=kind), "brief.docx"))
        assert kept.kind == AttachmentKind.PHOTO
        assert kept.name == ""
        assert Image.open(io.BytesIO(kept.content)).format == "JPEG"

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16"])
    def test_is_a_jpeg_of_any_colours(self, mode: str) -> None:
        assert read_file(upload(picture(kind="PNG", mode=mode))).width == 60

    def test_is_the_first_of_pictures_that_move(self) -> None:
        frames = [Image.new("RGB", (20, 20), colour) for colour in ("blue", "red")]
        made = io.BytesIO()
        frames[0].save(made, "GIF", save_all=True, append_images=frames[1:])
        kept = Image.open(io.BytesIO(read_file(upload(made.getvalue())).content))
        red, _green, blue = kept.convert("RGB").getpixel((9, 9))  # type: ignore[misc]
        assert blue > 200 > red

    def test_is_no_larger_than_needed(self) -> None:
        kept = read_file(upload(picture((4000, 1000))))
        assert (kept.width, kept.height) == (2048, 512)

    def test_shows_what_is_transparent_on_white(self) -> None:
        kept = read_file(upload(picture(kind="PNG", mode="RGBA")))
        assert Image.open(io.BytesIO(kept.content)).getpixel((5, 5)) == (255, 255, 255)


class TestOfAPhone:
    """HEIC, as an iPhone makes it: opened in a process of its own."""

    def test_is_kept_upright_and_tells_nothing(self) -> None:
        turned = Image.new("RGB", (60, 40), "red")
        turned.info |= {"exif": exif_with_gps().tobytes(), "xmp": SECRET}
        made = io.BytesIO()
        turned.save(made, "HEIF")
        assert SECRET in made.getvalue()
        kept = read_file(upload(made.getvalue(), "IMG_1.HEIC"))
        assert (kept.kind, kept.width, kept.height) == (AttachmentKind.PHOTO, 40, 60)
        assert tells_nothing(kept.content)

    def test_is_refused_when_it_is_cut_off(self) -> None:
        with pytest.raises(Refused, match="beschadigd of kwam niet helemaal aan"):
            read_file(upload(noisy("HEIF")[:-3000]))

    def test_is_refused_with_too_many_pixels(self, settings: Any) -> None:
        settings.PICTURE_MAX_PIXELS = 60 * 40 - 1
        with pytest.raises(Refused, match="miljoen beeldpunten"):
            read_file(upload(picture(kind="HEIF")))


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "kan een programma zitten"),
            (b"\xef\xbb\xbf \n<?xml version='1.0'?><svg onload='x()'/>", "kan een programma zitten"),
            (b"<script>alert(1)</script>", "kan een programma zitten"),
            (b"PK\x03\x04" + bytes(40), "Bewaar het als pdf"),
            (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42", "Filmpjes nemen we niet aan"),
            (b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00avifmif1", "geen foto of pdf die we kunnen lezen"),
            (b"", "Dit bestand is leeg"),
            (b"GIF89a" + bytes(40), "niet lezen"),
            (bytes(range(256)) * 12, "geen foto of pdf die we kunnen lezen"),
        ],
        ids=["svg", "svg with a prologue", "script", "word", "film", "avif", "nothing", "hollow gif", "noise"],
    )
    def test_is_what_is_no_photo_whatever_its_name(self, content: bytes, sentence: str) -> None:
        with pytest.raises(Refused, match=sentence) as refusal:
            read_file(upload(content, "foto.jpg"))
        assert str(refusal.value).startswith("“foto.jpg”: ")

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
    def test_is_what_broke_off(self, kind: str) -> None:
        sent = noisy(kind)
        with pytest.raises(Refused, match="kwam niet helemaal aan"):
            read_file(upload(sent[: len(sent) // 2]))

    def test_is_too_many_bytes_before_one_is_read(self, settings: Any) -> None:
        class Unread(Exception):
            pass

        class Large:
            name, size = "groot.jpg", settings.FILE_MAX_BYTES + 1

            def read(self) -> bytes:
                raise Unread

            def seek(self, position: int) -> None:
                raise Unread

        with pytest.raises(Refused, match=r"“groot.jpg”: Dit bestand is groter dan 20"):
            read_file(Large())

    def test_is_a_bomb_of_pixels(self) -> None:
        bomb = picture((16_000, 12_000), "PNG", mode="1")
        assert len(bomb) < 40_000
        with pytest.raises(Refused, match="miljoen beeldpunten"):
            read_file(upload(bomb))

    def test_is_just_over_our_own_bound(self, settings: Any) -> None:
        settings.PICTURE_MAX_PIXELS = 60 * 40 - 1
        with pytest.raises(Refused, match="miljoen beeldpunten"):
            read_file(upload(picture()))
        settings.PICTURE_MAX_PIXELS = 60 * 40
        assert read_file(upload(picture())).width == 60

    def test_is_a_jpeg_of_a_thousand_scans(self) -> None:
        """Each is a decoding of the whole picture: a small file that would keep a processor busy for minutes."""
        plain = picture(progressive=True)
        end = plain.rindex(b"\xff\xd9")
        last = plain.rindex(b"\xff\xda")
        assert pictures.scans_of(plain) == 10
        with pytest.raises(Refused, match="beschadigd"):
            read_file(upload(plain[:end] + plain[last:end] * 1000 + b"\xff\xd9"))

    def test_is_a_bomb_of_text_in_a_png(self) -> None:
        words = PngImagePlugin.PngInfo()
        words.add_text("Comment", "a" * 70_000_000, zip=True)
        bomb = picture(kind="PNG", pnginfo=words)
        assert len(bomb) < 100_000
        with pytest.raises(Refused, match="niet lezen"):
            read_file(upload(bomb))


class TestName:
    @pytest.mark.parametrize(
        ("given", "shown"),
        [
            ("C:\\Users\\Rika\\foto.jpg", "foto.jpg"),
            ("../../etc/passwd", "passwd"),
            ("foto\u202egpj.exe", "foto gpj.exe"),
            ("a\x00b\nc", "a b c"),
            ("x" * 300, "x" * 100),
            (None, ""),
        ],
    )
    def test_holds_no_folder_and_nothing_unseen(self, given: str | None, shown: str) -> None:
        assert shown_name(given) == shown
