"""Small drawn pictures that stand for photos: nobody's street, nobody's face."""

import random
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

from signals.attaching.keeping import take_in
from signals.models import Attachment, Report
from teams.models import User

WIDTH, HEIGHT = 800, 600
BAGS = ("#23262b", "#2e3238", "#3a3f36", "#51402f", "#6d5a42")


def add_photo(report: Report, *, by: User, number: int) -> Attachment:
    return take_in(content=drawn(number), name=f"foto {number}.jpg", report=report, by=by)


def drawn(number: int) -> bytes:
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
    file = BytesIO()
    image.filter(ImageFilter.GaussianBlur(1.2)).save(file, "JPEG", quality=80)
    return file.getvalue()


def _wall(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    for row, y in enumerate(range(0, 390, 26)):
        for x in range(-60 if row % 2 else -30, WIDTH, 62):
            shade = dice.randint(-10, 10)
            draw.rectangle((x, y, x + 58, y + 22), fill=(146 + shade, 92 + shade, 74 + shade))
