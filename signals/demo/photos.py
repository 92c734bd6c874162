"""Small drawn pictures that stand for photos: nobody's street, nobody's face."""

import random
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

from signals.attaching.keeping import describe, smudge, take_in
from signals.attaching.patches import Patch
from signals.models import Attachment, Report
from teams.models import User

WIDTH, HEIGHT = 800, 600
BAGS = ("#23262b", "#2e3238", "#3a3f36", "#51402f", "#6d5a42")


# In one there is a car, whose plate somebody made unrecognisable.
CAR = (560, 300, 780, 420)
PLATE = Patch(x=76.0, y=63.0, width=15.0, height=6.5)


def add_photo(report: Report, *, by: User, number: int) -> Attachment:
    return take_in(content=drawn(number), name=f"foto {number}.jpg", report=report, by=by)


def add_car(report: Report, *, by: User) -> Attachment:
    made = take_in(content=drawn(0, with_car=True), name="foto.jpg", report=report, by=by)
    describe(attachment=made, description="Zwarte zakken op het voetpad tegen een bakstenen muur, naast een auto.")
    return smudge(photo=made, patches=[PLATE], by=by)


def add_paper(report: Report, *, by: User) -> Attachment:
    """What a warden found between the bags."""
    lines = ["Stad Kortrijk", "Toelating inname openbaar domein", "Container van 8 kubieke meter, vijf dagen."]
    return take_in(content=typed(lines), name="Toelating container.pdf", report=report, by=by)


def typed(lines: list[str]) -> bytes:
    """One page with these lines, as small as a PDF can be."""
    words = "".join(f"({line}) Tj 0 -24 Td " for line in lines)
    content = f"BT /F1 16 Tf 60 760 Td {words}ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]  # fmt: skip
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, thing in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 6\n0000000000 65535 f \n%btrailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(made + tail % (table, len(made)))


def drawn(number: int, *, with_car: bool = False) -> bytes:
    """A wall, a pavement and some bags, the same for the same number."""
    dice = random.Random(f"photo {number}")  # noqa: S311
    image = Image.new("RGB", (WIDTH, HEIGHT), "#a9a49b")
    draw = ImageDraw.Draw(image)
    _wall(draw, dice)
    draw.rectangle((0, 390, WIDTH, HEIGHT), fill="#8d8a86")
    for x in range(-200, WIDTH, 90):
        draw.line((x + 200, 390, x, HEIGHT), fill="#76736f", width=3)
    for _bag in range(dice.randint(3, 8)):
        x, y, size = dice.randint(60, 640), dice.randint(330, 470), dice.randint(50, 120)
        draw.ellipse((x, y, x + size, y + size * 0.9), fill=dice.choice(BAGS))
        draw.polygon([(x + size * 0.4, y + 8), (x + size * 0.5, y - 22), (x + size * 0.62, y + 8)], fill="#1d2024")
    if with_car:
        _car(draw)
    file = BytesIO()
    image.filter(ImageFilter.GaussianBlur(1.2)).save(file, "JPEG", quality=80)
    return file.getvalue()


def _car(draw: ImageDraw.ImageDraw) -> None:
    left, top, right, bottom = CAR
    draw.rounded_rectangle((left + 30, top - 60, right - 30, top + 20), 24, fill="#2b4c63")
    draw.rounded_rectangle((left, top, right, bottom), 18, fill="#34627f")
    for x in (left + 40, right - 40):
        draw.ellipse((x - 30, bottom - 26, x + 30, bottom + 34), fill="#15181b")
    draw.rectangle((left + 55, top + 84, left + 165, top + 112), fill="white")
    draw.text((left + 66, top + 86), "1-VRB-001", fill="#8a1010", font_size=22)


def _wall(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    for row, y in enumerate(range(0, 390, 26)):
        for x in range(-60 if row % 2 else -30, WIDTH, 62):
            shade = dice.randint(-10, 10)
            draw.rectangle((x, y, x + 58, y + 22), fill=(146 + shade, 92 + shade, 74 + shade))
