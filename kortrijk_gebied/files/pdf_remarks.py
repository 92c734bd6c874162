"""What somebody wrote on a PDF, in a form field or with a pen: drawn on the page, so that it stays when fields go."""

from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    StreamObject,
)

# What only acts, plays or carries: nothing of it belongs on the page.
WITHOUT_LOOKS = {
    "/Link", "/Popup", "/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D", "/TrapNet",
    "/PrinterMark",
}  # fmt: skip
HIDDEN, NOT_ON_SCREEN = 1 << 1, 1 << 5
MOST_ON_A_PAGE = 2_000

type Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Remark:
    """`looks` is the drawing, `place` where the page shows it."""

    looks: StreamObject
    place: tuple[float, float, float, float]


def remarks_of(page: PageObject) -> list[Remark]:
    found = page.get("/Annots")
    found = found.get_object() if found is not None else None
    if not isinstance(found, ArrayObject):
        return []
    remarks = [_remark(entry.get_object()) for entry in found[:MOST_ON_A_PAGE]]
    return [remark for remark in remarks if remark is not None]


def _remark(entry: Any) -> Remark | None:
    if not isinstance(entry, DictionaryObject) or entry.get("/Subtype") in WITHOUT_LOOKS:
        return None
    if int(entry.get("/F", 0)) & (HIDDEN | NOT_ON_SCREEN):
        return None
    looks = _looks(entry)
    place = entry.get("/Rect")
    if looks is None or not isinstance(place, ArrayObject) or len(place) != 4:
        return None
    left, bottom, right, top = (float(side) for side in place)
    return Remark(looks, (min(left, right), min(bottom, top), max(left, right), max(bottom, top)))


def _looks(entry: DictionaryObject) -> StreamObject | None:
    """Its normal appearance; of a box that can be ticked, the one of the state it is in."""
    appearances = entry.get("/AP")
    normal = appearances.get_object().get("/N") if appearances is not None else None
    normal = normal.get_object() if normal is not None else None
    if isinstance(normal, DictionaryObject) and not isinstance(normal, StreamObject):
        state = normal.get(entry.get("/AS"))
        normal = state.get_object() if state is not None else None
    return normal if isinstance(normal, StreamObject) and "/BBox" in normal else None


def drawn(remarks: list[Remark], *, on: PageObject, writer: PdfWriter) -> None:
    resources = _resources(on, writer)
    commands = []
    for number, remark in enumerate(remarks):
        if (matrix := _fitting(remark)) is None:
            continue
        looks = remark.looks.clone(writer)
        looks[NameObject("/Type")], looks[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
        name = f"/Remark{number}"
        resources[NameObject(name)] = looks.indirect_reference
        commands.append(f"q {' '.join(f'{part:.5f}' for part in matrix)} cm {name} Do Q")
    before, after = DecodedStreamObject(), DecodedStreamObject()
    before.set_data(b"q\n")
    after.set_data(("\nQ\n" + "\n".join(commands)).encode())
    on[NameObject("/Contents")] = ArrayObject([writer._add_object(before), *_contents(on), writer._add_object(after)])


def _resources(page: PageObject, writer: PdfWriter) -> DictionaryObject:
    """The drawings a page can call by name: its own list, which other pages must not share."""
    given = page.get("/Resources")
    own = DictionaryObject(given.get_object() if given is not None else {})
    listed = own.get("/XObject")
    drawings = DictionaryObject(listed.get_object() if listed is not None else {})
    own[NameObject("/XObject")] = drawings
    page[NameObject("/Resources")] = own
    return drawings


def _contents(page: PageObject) -> list[Any]:
    raw = page.raw_get("/Contents") if "/Contents" in page else None
    if raw is None:
        return []
    content = raw.get_object()
    return list(list.__iter__(content)) if isinstance(content, ArrayObject) else [raw]


def _fitting(remark: Remark) -> Matrix | None:
    """What lays the drawing, with its own turn, in its place: section 12.5.5 of ISO 32000-2."""
    measures: Any = remark.looks
    box = [float(side) for side in measures["/BBox"]]
    a, b, c, d, e, f = (float(part) for part in measures.get("/Matrix", [1, 0, 0, 1, 0, 0]))
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    turned = [(a * x + c * y + e, b * x + d * y + f) for x, y in corners]
    left, right = min(x for x, _ in turned), max(x for x, _ in turned)
    bottom, top = min(y for _, y in turned), max(y for _, y in turned)
    if right <= left or top <= bottom:
        return None
    wide = (remark.place[2] - remark.place[0]) / (right - left)
    high = (remark.place[3] - remark.place[1]) / (top - bottom)
    return wide, 0.0, 0.0, high, remark.place[0] - left * wide, remark.place[1] - bottom * high
