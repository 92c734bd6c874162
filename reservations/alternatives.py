"""Where else, and when else: rooms that would do for what cannot be had."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from areas.distance import metres_between
from reservations.models import Booking, Room
from reservations.obstacles import KEPT, SUITS, WANTED, asked
from reservations.spots import spot_of

STEP = dt.timedelta(minutes=30)
FURTHEST = dt.timedelta(hours=3)

FREE = f"""
    {WANTED}
    SELECT key, r.id FROM wanted
    JOIN reservations_room r ON r.id <> room_id AND {SUITS}
    WHERE EXISTS (
        SELECT FROM reservations_openrange open WHERE open.room_id = r.id AND open.during @> tstzrange(starts, ends)
    ) AND NOT EXISTS (
        SELECT FROM reservations_room_spaces made
        JOIN reservations_occupancy o ON o.space_id = made.space_id
            AND o.during && tstzrange(starts, ends + make_interval(mins => r.turnaround))
        LEFT JOIN reservations_booking b ON b.id = o.booking_id
        WHERE made.room_id = r.id AND (b.state IS DISTINCT FROM 'held' OR b.hold_until > %(now)s)
    ) AND NOT EXISTS (
        SELECT FROM reservations_room_spaces part {KEPT}
        WHERE part.room_id = r.id AND kept.during && tstzrange(starts, ends + make_interval(mins => r.turnaround))
    )
"""  # noqa: S608  constants of this app


@dataclass(frozen=True)
class Alternative:
    """A room that is free then and suits. `metres` from the room that was asked for; None when one of both stands
    nowhere on the map."""

    room: Room
    metres: float | None
    capacity: int

    @property
    def order(self) -> tuple[float, int, int]:
        """The nearest first, then the one with the fewest chairs too many."""
        return (float("inf") if self.metres is None else self.metres, self.capacity, self.room.pk)


def elsewhere(bookings: Sequence[Booking], *, without: Collection[int] = ()) -> Mapping[uuid.UUID, list[Alternative]]:
    """Free rooms that suit each booking at its own time, best first; `without` are rooms not to propose."""
    found: dict[uuid.UUID, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(FREE, asked(bookings) | {"now": timezone.now()})
        for key, room in cursor.fetchall():
            if room not in without:
                found[key].append(room)
    rooms = Room.objects.select_related("building__owner").prefetch_related("setups")
    known = rooms.in_bulk({room for each in found.values() for room in each} | {each.room_id for each in bookings})
    return {
        each.pk: sorted(
            (_alternative(each, known[each.room_id], known[room]) for room in found[each.pk]),
            key=lambda one: one.order,
        )
        for each in bookings
        if each.pk in found
    }


def _alternative(booking: Booking, asked_for: Room, room: Room) -> Alternative:
    fits = [one.capacity for one in room.setups.all() if not booking.layout or one.layout == booking.layout]
    return Alternative(room, _metres(asked_for, room), max(fits))


def _metres(one: Room, other: Room) -> float | None:
    if one.building_id == other.building_id:
        return 0.0
    here, there = spot_of(one.building), spot_of(other.building)
    return metres_between(*here, *there) if here and there else None


TAKEN = f"""
    {WANTED}
    SELECT key, lower(open.during), upper(open.during), (
        SELECT coalesce(range_agg(o.during), '{{}}') FROM reservations_room_spaces made
        JOIN reservations_occupancy o ON o.space_id = made.space_id AND o.during && open.during
        LEFT JOIN reservations_booking b ON b.id = o.booking_id
        WHERE made.room_id = wanted.room_id AND (b.state IS DISTINCT FROM 'held' OR b.hold_until > %(now)s)
    ) + (
        SELECT coalesce(range_agg(kept.during), '{{}}') FROM reservations_room_spaces part {KEPT}
        WHERE part.room_id = wanted.room_id AND kept.during && open.during
    )
    FROM wanted
    JOIN reservations_room r ON r.id = room_id AND {SUITS}
    JOIN reservations_openrange open ON open.room_id = wanted.room_id
        AND open.during && tstzrange(wanted.starts - %(furthest)s, wanted.ends + %(furthest)s)
"""  # noqa: S608  constants of this app


def other_times(bookings: Sequence[Booking]) -> Mapping[uuid.UUID, list[dt.datetime]]:
    """When the same room, if it suits, is free for as long, within three hours of what was asked; the nearest start
    first."""
    found: dict[uuid.UUID, set[dt.datetime]] = defaultdict(set)
    of = {each.pk: each for each in bookings}
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, asked(bookings) | {"now": timezone.now(), "furthest": FURTHEST})
        for key, opens, closes, taken in cursor.fetchall():
            found[key].update(_starts(of[key], opens, closes, [(each.lower, each.upper) for each in taken]))
    return {each.pk: _nearest_first(found[each.pk], each.starts) for each in bookings if found[each.pk]}


def _nearest_first(starts: Collection[dt.datetime], asked_for: dt.datetime) -> list[dt.datetime]:
    return sorted(starts, key=lambda start: (abs(start - asked_for), start))


def _starts(
    booking: Booking, opens: dt.datetime, closes: dt.datetime, taken: Sequence[tuple[dt.datetime, dt.datetime]]
) -> list[dt.datetime]:
    """Every half hour between what is taken, that leaves room for the booking and for clearing up after it."""
    lasts = booking.ends - booking.starts
    clear = dt.timedelta(minutes=booking.room.turnaround)
    steps = range(-int(FURTHEST / STEP), int(FURTHEST / STEP) + 1)
    candidates = [booking.starts.astimezone(dt.UTC) + STEP * step for step in steps if step]
    return [
        start
        for start in candidates
        if start > timezone.now() and opens <= start and start + lasts <= closes
        and not any(start < over and start + lasts + clear > begun for begun, over in taken)
    ]  # fmt: skip
