"""Who meets whom at one moment: a hold, and a closure, for the tests."""

import datetime as dt
from typing import Any

from django.utils import timezone

from reservations import closing
from reservations.models import Booking, Closure, Room
from tests.reservations.rooms import Rooms, ahead, booked

HOUR = dt.timedelta(hours=1)


def held(room: Room, *, hours: float = 1, **details: Any) -> Booking:
    return booked(room, ahead(3), state="held", hold_until=timezone.now() + hours * HOUR, **details)


def shut(
    rooms: Rooms, starts: dt.datetime, hours: float = 4, *, room: Room | None = None, **choices: object
) -> Closure:
    room = room or rooms.hall
    closure = Closure(building=room.building, starts=starts, ends=starts + hours * HOUR, reason="Lek")
    done = closing.close(closure, spaces=list(room.spaces.all()), choices=choices.get("choices", {}), by=None)  # type: ignore[arg-type]
    return done.closure
