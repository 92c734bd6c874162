"""What asks for an answer of a keeper: requests and holds, those for the same moment together, the oldest first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from reservations.models import Booking, BookingState, Room
from reservations.models.bookings import BookingQuerySet
from reservations.obstacles import obstacles
from reservations.sight import seen_by
from reservations.why_not import Why, why_not
from teams.access import Access

ASKS = (BookingState.REQUESTED, BookingState.HELD, BookingState.IN_TREATMENT)
MOST = 100


@dataclass
class Line:
    """One request. `why` says what took the room meanwhile; `only_holds` that a keeper may take it all the same."""

    booking: Booking
    why: list[Why] = field(default_factory=list)
    only_holds: bool = False


@dataclass
class Moment:
    """Requests of which only one can be had."""

    lines: list[Line]

    @property
    def competes(self) -> bool:
        return len(self.lines) > 1


def asking(viewer: Access, now: dt.datetime | None = None) -> BookingQuerySet:
    kept = Room.objects.granted(viewer, "approve")
    return (
        seen_by(viewer)
        .filter(state__in=ASKS, starts__gt=now or timezone.now(), room__in=kept)
        .order_by("created_at", "starts")
    )


def moments(viewer: Access) -> list[Moment]:
    lines = _lines(list(asking(viewer)[:MOST]), viewer)
    spaces = _spaces({line.booking.room_id for line in lines})
    found: list[Moment] = []
    for line in lines:
        same = next((each for each in found if any(_meet(line, other, spaces) for other in each.lines)), None)
        if same:
            same.lines.append(line)
        else:
            found.append(Moment([line]))
    return found


def _spaces(rooms: set[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {room: set() for room in rooms}
    for room, space in Room.spaces.through.objects.filter(room__in=rooms).values_list("room_id", "space_id"):
        found[room].add(space)
    return found


def _meet(one: Line, other: Line, spaces: dict[int, set[int]]) -> bool:
    a, b = one.booking, other.booking
    return a.starts < b.ends and b.starts < a.ends and bool(spaces[a.room_id] & spaces[b.room_id])


def _lines(bookings: Sequence[Booking], viewer: Access) -> list[Line]:
    asked = [each for each in bookings if each.state == BookingState.REQUESTED]
    in_the_way = obstacles(asked) if asked else {}
    reasons = why_not(asked, in_the_way, viewer)
    keys = {one.booking_id for found in in_the_way.values() for one in found if one.booking_id}
    held = set(Booking.objects.filter(pk__in=keys, state=BookingState.HELD).values_list("pk", flat=True))
    return [
        Line(
            each,
            reasons.get(each.pk, []),
            each.pk in in_the_way and all(one.booking_id in held for one in in_the_way[each.pk]),
        )
        for each in bookings
    ]
