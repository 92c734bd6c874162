"""Small drawn pictures that stand for photos of houses and halls: nobody's house, nobody's face."""

import random
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFilter

from kortrijk_gebied.files.receiving import photo_of
from reservations.models import Building, Layout, Photo, Room
from reservations.photos import hang
from teams.models import User

WIDTH, HEIGHT = 960, 640
BRICKS = ("#9c5b45", "#b0805e", "#8d8478", "#a3958a")
WALLS = ("#d9d2c3", "#c9d3d0", "#e0d6c6", "#cfd0d8")
SHOWN = ("oc-marke", "oc-aalbeke", "oc-bissegem", "centrum-overleie", "stadhuis", "joc-kortrijk")


def hang_some(*, by: User, houses: tuple[str, ...] = SHOWN) -> int:
    """A front for each of these houses and a look inside its largest room; how many. Houses that have one keep it."""
    photos = []
    for building in Building.objects.filter(code__in=houses, photos=None):
        dice = random.Random(building.code)  # noqa: S311
        photos.append((Photo(building=building, description=f"De voorgevel van {building.name}"), _front(dice)))
        room = Room.objects.in_use().filter(building=building).order_by("-setups__capacity").first()
        if room is not None:
            words = f"{room.name} van {building.name}, van bij de deur gezien"
            rows = room.setups.filter(layout=Layout.ROWS).exists()
            photos.append((Photo(room=room, description=words), _inside(dice, rows=rows)))
    for photo, picture in photos:
        file = BytesIO()
        picture.filter(ImageFilter.GaussianBlur(1.2)).save(file, "JPEG", quality=85)
        hang(photo, photo_of(ContentFile(file.getvalue(), "foto.jpg")), by=by)
    return len(photos)


def _front(dice: random.Random) -> Image.Image:
    image = Image.new("RGB", (WIDTH, HEIGHT), "#bcd3e4")
    draw = ImageDraw.Draw(image)
    top = dice.randint(150, 230)
    draw.polygon([(60, top), (WIDTH // 2, top - 110), (WIDTH - 60, top)], fill="#5a4a44")
    draw.rectangle((80, top, WIDTH - 80, 520), fill=dice.choice(BRICKS))
    for x in range(130, WIDTH - 200, 150):
        draw.rectangle((x, top + 60, x + 90, top + 190), fill="#33424c", outline="#efe9dd", width=8)
    draw.rectangle((WIDTH // 2 - 60, 380, WIDTH // 2 + 60, 520), fill="#2f5d50")
    draw.rectangle((0, 520, WIDTH, HEIGHT), fill="#8b8f86")
    return image


def _inside(dice: random.Random, *, rows: bool) -> Image.Image:
    image = Image.new("RGB", (WIDTH, HEIGHT), dice.choice(WALLS))
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, HEIGHT), (220, 360), (WIDTH - 220, 360), (WIDTH, HEIGHT)], fill="#a77b52")
    draw.rectangle((300, 190, WIDTH - 300, 360), fill="#6b3d3a")
    for side in (60, WIDTH - 160):
        draw.rectangle((side, 120, side + 100, 300), fill="#dfeef6", outline="#f6f2ea", width=8)
    for line in range(4):
        y, reach = 400 + line * 55, 210 + line * 55
        for x in range(WIDTH // 2 - reach, WIDTH // 2 + reach - 30, 60 if rows else 140):
            draw.rounded_rectangle((x, y, x + (34 if rows else 96), y + 26), 6, fill="#39424a")
    return image
