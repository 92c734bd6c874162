"""A house with too much of everything, for whoever keeps it, and one with nothing in it."""

import datetime as dt
import io

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from kortrijk_gebied.files.receiving import photo_of
from reservations.models import (
    Building,
    Closure,
    Feature,
    Layout,
    OpeningPeriod,
    OpeningSpan,
    Photo,
    Room,
    RoomSetup,
)
from reservations.openings import work_out
from reservations.photos import hang
from teams.access import grant
from teams.models import Team, User
from tests.reservations.rooms import ahead, booked

LONG = "Ontmoetingscentrumreserveringsverantwoordelijkenvergaderlokaal"
AWAKE = dt.time(8), dt.time(1)


def houses(people: dict[str, User]) -> dict[str, str]:
    house = Building.objects.get(code="oc-marke")
    Building.objects.filter(pk=house.pk).update(name=f"OC {LONG}", access_notes=f"Sleutel bij {LONG}. " * 12)
    rooms = list(Room.objects.filter(building=house))
    for number, room in enumerate(rooms):
        Room.objects.filter(pk=room.pk).update(name=f"{LONG} {number}", features=list(Feature.values))
        RoomSetup.objects.bulk_create(
            [RoomSetup(room=room, layout=layout, capacity=10_000) for layout in Layout.values], ignore_conflicts=True
        )
    period = _hours(house)
    room = Room.objects.get(pk=rooms[0].pk)
    photos = _photos(house, room, people["gebouwbeheerder"])
    closure = _closure(house, room)
    empty = Building.objects.create(code="leeg-huis", name="Leeg huis", kind=house.kind, owner=house.owner)
    grant(Team.objects.get(code="gebouwen"), "manage", empty)
    return {
        "house": house.get_absolute_url(),
        "house-room": room.get_absolute_url(),
        "house-empty": empty.get_absolute_url(),
        "house-hours": reverse("reservations:period-edit", args=[house.code, period.pk]),
        "house-rights": reverse("reservations:rights", args=[house.code]),
        "house-closure": reverse("reservations:closure", args=[house.code, closure.pk]),
        "house-photo": reverse("reservations:photo-description", args=[photos[0].pk]),
        "house-door": reverse("reservations:calendar-door", args=[house.code, room.code]),
        "house-week": f"{reverse('reservations:calendar-week')}?zaal={room.pk}&dag={ahead(50):%Y-%m-%d}",
        "house-month": f"{reverse('reservations:calendar-month')}?zaal={room.pk}&dag={ahead(50):%Y-%m-%d}",
        "house-duty": f"{reverse('reservations:calendar-duty')}?gebouw={house.code}&dag={ahead(50):%Y-%m-%d}",
    }


def _hours(house: Building) -> OpeningPeriod:
    today = timezone.localdate()
    periods = [
        OpeningPeriod.objects.create(building=house, name=LONG, kind=kind, starts=today, ends=today.replace(year=2030))
        for kind in OpeningPeriod.Kind.values
    ]
    OpeningSpan.objects.bulk_create(
        OpeningSpan(period=period, weekday=weekday, opens=AWAKE[0], closes=AWAKE[1])
        for period in periods
        for weekday in range(7)
    )
    work_out(house)
    return periods[0]


def _photos(house: Building, room: Room, by: User) -> list[Photo]:
    made = io.BytesIO()
    Image.new("RGB", (600, 400), "teal").save(made, "PNG")
    picture = photo_of(ContentFile(made.getvalue(), "gevel.png"))
    photos = [Photo(building=house, description=f"{LONG} van voren"), Photo(room=room, description=LONG)]
    for photo in photos:
        hang(photo, picture, by=by)
    return photos


def _closure(house: Building, room: Room) -> Closure:
    closure = Closure.objects.create(building=house, starts=ahead(1), ends=ahead(40), reason=f"Lek: {LONG}")
    closure.spaces.set(room.spaces.all())
    with transaction.atomic():  # a booking and its spaces come together
        booked(room, ahead(50), title=LONG)
    return closure
