"""What hangs on a building, for the matrix: the first of the city, and one of the OCMW that its own desk keeps."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from reservations.models import Building, Closure, OpeningPeriod, Photo, Room
from tests.cast import Cast

type Arguments = list[object]


def everything(people: Cast) -> dict[str, Arguments]:
    made: dict[str, Arguments] = {}
    made |= _of(Building.objects.filter(owner__code="stad")[0], "city")
    return made | _of(Building.objects.get(code="centrum-overleie"), "OCMW")


def _of(building: Building, name: str) -> dict[str, Arguments]:
    today, now = timezone.localdate(), timezone.now()
    room, *_rest = Room.objects.filter(building=building)
    withdrawn = Room.objects.create(building=building, code="vroeger", name="Vroeger", withdrawn_at=now)
    period = OpeningPeriod.objects.create(building=building, name="Proef", kind="exception", starts=today, ends=today)
    closure = Closure.objects.create(building=building, starts=now, ends=now + dt.timedelta(days=1), reason="Proef")
    photo = Photo(building=building, description="De gevel", width=1, height=1)
    file: Any = ContentFile(b"\xff\xd8\xff")
    photo.file.save("x", file, save=False)
    photo.thumbnail.save("x", file, save=False)
    photo.save()
    return {
        f"room of the {name}": [building.code, room.code],
        f"withdrawn room of the {name}": [building.code, withdrawn.code],
        f"hours of the {name}": [building.code, period.pk],
        f"closure of the {name}": [building.code, closure.pk],
        f"photo of the {name}": [photo.pk],
    }
