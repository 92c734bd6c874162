"""What happens in some rooms between two moments, with no more words than the viewer may read. In as many queries for
one room and a day as for sixty and a month."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from reservations.calendars.grid import Piece, Taken, pieces
from reservations.calendars.kept import kept_in
from reservations.models import Booking, Occupancy, OpenRange, Room
from reservations.moments import Stretch
from teams.access import Access

FEW = 500


@dataclass(frozen=True)
class Use:
    """Who has a space, as the database says it: words come from elsewhere, for who may read them."""

    booking: uuid.UUID | None
    room: int | None  # that was booked
    closure: uuid.UUID | None
    reason: str  # of a closure; everybody reads it
    starts: dt.datetime
    ends: dt.datetime
    clears: bool = False  # the minutes after it


@dataclass
class Picture:
    taken: Mapping[int, list[Taken]] = field(default_factory=dict)
    opened: Mapping[int, list[Stretch]] = field(default_factory=dict)
    readable: Mapping[uuid.UUID, Booking] = field(default_factory=dict)

    def pieces(self, room: Room, starts: dt.datetime, ends: dt.datetime) -> list[Piece]:
        return pieces(self.taken.get(room.pk, []), self.opened.get(room.pk, []), starts, ends)

    def uses(self, room: Room) -> list["Use"]:
        """In order, without the minutes to clear up."""
        uses = [taken.by for taken in self.taken.get(room.pk, [])]
        return [use for use in uses if isinstance(use, Use) and not use.clears]

    def of(self, use: Use) -> Booking | None:
        """The booking, for who may read it."""
        return self.readable.get(use.booking) if use.booking else None

    def hours(self) -> tuple[list[Stretch], list[Stretch]]:
        """When something is open, and when something is booked; a closure makes no calendar longer."""
        opened = [stretch for stretches in self.opened.values() for stretch in stretches]
        uses = [use for taken in self.taken.values() for use in taken]
        return opened, [(use.starts, use.ends) for use in uses if isinstance(use.by, Use) and use.by.booking]


def read(
    viewer: Access, rooms: Iterable[Room], starts: dt.datetime, ends: dt.datetime, *, words: bool = True
) -> Picture:
    """Without `words` only what is taken: that is enough to count."""
    keys = [room.pk for room in rooms]
    if not keys:
        return Picture()
    during = DateTimeTZRange(starts, ends)
    opened: dict[int, list[Stretch]] = defaultdict(list)
    for room, stretch in OpenRange.objects.filter(room__in=keys, during__overlap=during).values_list("room", "during"):
        opened[room].append((stretch.lower, stretch.upper))
    taken = _taken(keys, during)
    for room, kept in kept_in(viewer, keys, during, taken).items():
        taken[room] = sorted([*taken.get(room, []), *kept], key=lambda use: (use.starts, use.ends))
    return Picture(taken, opened, _readable(viewer, taken, (starts, ends)) if words else {})


def _readable(viewer: Access, taken: Mapping[int, list[Taken]], during: Stretch) -> dict[uuid.UUID, Booking]:
    """Of a few rooms by their keys, of a whole city by the index on when they begin."""
    uses = (use.by for uses in taken.values() for use in uses)
    keys = {use.booking for use in uses if isinstance(use, Use) and use.booking}
    found = Booking.objects.readable(viewer)
    found = found.filter(pk__in=keys) if len(keys) <= FEW else found.overlapping(*during)
    with_words = found.select_related("organisation", "association", "team", "room", "created_by").order_by()
    return {booking.pk: booking for booking in with_words}


def _taken(rooms: list[int], during: DateTimeTZRange) -> dict[int, list[Taken]]:
    """By room. A room has what its spaces have: of a hall that was booked whole they all say the same."""
    rows = Occupancy.objects.filter(space__rooms__in=rooms, during__overlap=during).values_list(
        "space__rooms", "during", "booking", "booking__room", "booking__ends", "closure", "closure__reason"
    )
    found: dict[int, set[Taken]] = defaultdict(set)
    for room, taken, booking, booked, booked_until, closure, reason in rows:
        until = min(booked_until or taken.upper, taken.upper)
        use = Use(booking, booked, closure, reason or "", taken.lower, until)
        found[room].add(Taken(taken.lower, until, use))
        if until < taken.upper:
            clearing = Use(booking, booked, closure, "", until, taken.upper, clears=True)
            found[room].add(Taken(until, taken.upper, clearing))
    return {room: sorted(uses, key=lambda use: (use.starts, use.ends)) for room, uses in found.items()}
