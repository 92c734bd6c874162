"""A PDF made again: its pages, what was written on them, and nothing else."""

import io
import zlib
from typing import Any

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, EncodedStreamObject, NameObject, NumberObject

from kortrijk_gebied.files import apart, pdf_pictures
from kortrijk_gebied.files.pdf import Locked, TooManyPages, cleaned
from kortrijk_gebied.refusals import Refused
from signals.attaching.files import read_file
from signals.models import AttachmentKind
from tests.signals.files import SECRET, everything_in, evil_pdf, pdf, picture, telling_jpeg, upload

ACTS = [
    b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/SubmitForm", b"/OpenAction", b"/AA", b"/EmbeddedFile", b"/Names",
    b"/AcroForm", b"/Annots", b"/Outlines", b"/Metadata", b"/PieceInfo", b"/Info", b"/Author",
]  # fmt: skip


@pytest.fixture(scope="module")
def made() -> bytes:
    return cleaned(evil_pdf(), 10).content


class TestWhatIsKept:
    def test_acts_on_nothing_and_tells_nothing(self, made: bytes) -> None:
        sent = everything_in(evil_pdf())
        assert {mark for mark in ACTS if mark not in sent} == {b"/AcroForm"}
        assert SECRET in sent
        kept = everything_in(made)
        assert [mark for mark in ACTS if mark in kept] == []
        assert SECRET not in kept
        assert b"kwaad.example" not in kept
        assert b"Exif" not in kept

    def test_holds_its_pages_and_pictures(self, made: bytes) -> None:
        page = PdfReader(io.BytesIO(made)).pages[0]
        assert page.mediabox.width == 200
        assert page.images[0].image is not None
        assert page.images[0].image.size == (60, 40)

    def test_shows_what_was_filled_in(self, made: bytes) -> None:
        page = PdfReader(io.BytesIO(made)).pages[0]
        drawing = page["/Resources"]["/XObject"]["/Remark0"]  # type: ignore[index]
        assert b"INGEVULD" in drawing.get_data()
        content = page.get_contents()
        assert content is not None
        assert b"q 1.00000 0.00000 0.00000 1.00000 10.00000 20.00000 cm /Remark0 Do Q" in content.get_data()

    def test_keeps_every_page_and_no_object_of_another_time(self) -> None:
        """An earlier version of the document hangs on in the file it was saved over."""
        first = pdf(2)
        startxref = int(first.rpartition(b"startxref")[2].split()[0])
        left = b"9 0 obj\n(" + SECRET + b")\nendobj\n"
        tail = first[startxref:].replace(b"%d" % startxref, b"%d" % (startxref + len(left)))
        again = cleaned(first[:startxref] + left + tail + b"%" + SECRET, 10)
        assert again.pages == 2
        assert SECRET not in again.content

    def test_is_a_document_with_a_name_and_its_pages(self) -> None:
        kept = read_file(upload(pdf(3), "Toelating.pdf"))
        assert (kept.kind, kept.name, kept.pages, kept.width) == (AttachmentKind.DOCUMENT, "Toelating", 3, None)
        assert len(PdfReader(io.BytesIO(kept.content)).pages) == 3

    def test_is_called_a_document_without_a_name(self) -> None:
        assert read_file(upload(pdf(), ".pdf")).name == "Document"


class TestPicturesInIt:
    def test_lose_all_but_the_picture(self) -> None:
        bare = pdf_pictures.jpeg_bare(telling_jpeg())
        assert SECRET not in bare
        assert b"Exif" not in bare
        assert bare.endswith(b"\xff\xd9")

    @pytest.mark.parametrize("options", [{}, {"progressive": True}, {"mode": "CMYK"}, {"mode": "L"}])
    def test_stay_the_same_to_the_eye(self, options: dict[str, Any]) -> None:
        sent = picture(comment=SECRET, **options)
        bare = pdf_pictures.jpeg_bare(sent)
        before, after = (Image.open(io.BytesIO(content)) for content in (sent, bare))
        assert not ImageChops.difference(before, after).getbbox()
        assert SECRET not in bare

    def test_of_jpeg_2000_lose_their_words(self) -> None:
        box = (len(SECRET) + 8).to_bytes(4) + b"xml " + SECRET
        start = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
        end = b"\x00\x00\x00\x00jp2c" + b"\xff\x4f\xff\x51picture"
        assert pdf_pictures.jpeg2000_bare(start + box + end) == start + end

    def test_that_are_no_picture_are_refused(self) -> None:
        with pytest.raises(ValueError, match="without a picture"):
            pdf_pictures.jpeg_bare(b"\xff\xd8" + SECRET)


class TestWhatIsRefused:
    def test_is_locked(self) -> None:
        with pytest.raises(Locked):
            cleaned(pdf(password="geheim"), 10)
        with pytest.raises(Refused, match=r"“a\.pdf”: Deze pdf is beveiligd met een wachtwoord"):
            read_file(upload(pdf(password="geheim"), "a.pdf"))

    def test_has_too_many_pages(self, settings: Any) -> None:
        with pytest.raises(TooManyPages):
            cleaned(pdf(3), 2)
        settings.PDF_MAX_PAGES = 2
        with pytest.raises(Refused, match="meer dan 2 bladzijden"):
            read_file(upload(pdf(3)))

    @pytest.mark.parametrize("content", [b"%PDF-1.7 en verder niets", pdf()[: len(pdf()) // 2]], ids=["hollow", "half"])
    def test_is_damaged_or_cut_off(self, content: bytes) -> None:
        with pytest.raises(Refused, match="beschadigd of kwam niet helemaal aan"):
            read_file(upload(content))

    def test_claims_more_pages_than_it_has(self) -> None:
        claimed = pdf(1).replace(b"/Count 1", b"/Count 9")
        assert cleaned(claimed, 10).pages == 1

    def test_has_pages_that_go_round(self) -> None:
        writer = PdfWriter()
        writer.add_blank_page(100, 100)
        tree: Any = writer.root_object["/Pages"].get_object()
        tree["/Kids"].append(tree.indirect_reference)
        made = io.BytesIO()
        writer.write(made)
        with pytest.raises(Refused):
            read_file(upload(made.getvalue()))

    def test_unfolds_into_far_more(self) -> None:
        """Eighty megabytes of nothing in a file of a few kilobytes, packed twice."""
        packed = zlib.compress(zlib.compress(bytes(80_000_000), 9), 9)
        assert len(packed) < 20_000
        writer = PdfWriter()
        page = writer.add_blank_page(100, 100)
        photo = EncodedStreamObject()
        photo._data = packed
        photo.update({
            NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(1), NameObject("/Height"): NumberObject(1),
            NameObject("/Filter"): ArrayObject([
                NameObject("/FlateDecode"), NameObject("/FlateDecode"), NameObject("/DCTDecode"),
            ]),
        })  # fmt: skip
        drawings = DictionaryObject({NameObject("/P"): writer._add_object(photo)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawings})
        made = io.BytesIO()
        writer.write(made)
        with pytest.raises(Refused):
            read_file(upload(made.getvalue()))

    def test_never_ends(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
        forever = tmp_path / "forever.py"
        forever.write_text("while True: pass")
        monkeypatch.setattr(apart, "WORKBENCH", forever)
        monkeypatch.setattr(apart, "SECONDS", 0.3)
        with pytest.raises(Refused, match="te ingewikkeld"):
            read_file(upload(pdf()))

    def test_brings_the_workbench_down(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
        crash = tmp_path / "crash.py"
        crash.write_text("import os; os.kill(os.getpid(), 11)")
        monkeypatch.setattr(apart, "WORKBENCH", crash)
        with pytest.raises(Refused, match="te ingewikkeld"):
            read_file(upload(pdf()))

    def test_finds_no_key_of_the_program_there(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
        monkeypatch.setenv("SECRET_KEY", "zeer-geheim")
        tells = tmp_path / "tells.py"
        tells.write_text("import os, sys; sys.stdout.write(repr(dict(os.environ)))")
        monkeypatch.setattr(apart, "WORKBENCH", tells)
        assert b"zeer-geheim" not in apart.do_apart("pdf", b"")
