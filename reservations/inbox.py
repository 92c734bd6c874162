"""What asks for an answer of a keeper: requests and holds, the dates of a series as one, those for the same moment
together, the oldest first."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import Count
from django.db.models.functions import Coalesce
from django.utils import timezone

from reservations.models import Booking, BookingState, Room
from reservations.models.bookings import BookingQuerySet
from reservations.obstacles import obstacles
from reservations.recurrence_words import in_words
from reservations.sight import seen_by
from reservations.why_not import Why, why_not
from teams.access import Access

ASKS = (BookingState.REQUESTED, BookingState.HELD, BookingState.IN_TREATMENT)

type Group = list[uuid.UUID]
"""The keys of what one request asks for: one booking, or the dates of a series."""


@dataclass
class Line:
    """One date. `why` says what took the room meanwhile; `only_holds` that a keeper may take it all the same."""

    booking: Booking
    why: list[Why] = field(default_factory=list)
    only_holds: bool = False


@dataclass
class Request:
    """What is answered with one yes or one no."""

    dates: list[Line]

    @property
    def booking(self) -> Booking:
        return self.dates[0].booking

    @property
    def is_series(self) -> bool:
        return len(self.dates) > 1

    @property
    def rule(self) -> str:
        return in_words(self.booking.series) if self.booking.series else ""

    @property
    def rooms(self) -> list[Room]:
        return list({each.booking.room_id: each.booking.room for each in self.dates}.values())

    @property
    def hindered(self) -> int:
        return sum(bool(each.why) for each in self.dates)


@dataclass
class Moment:
    """Requests of which only one can be had."""

    lines: list[Request]

    @property
    def competes(self) -> bool:
        return len(self.lines) > 1


def asking(viewer: Access, now: dt.datetime | None = None) -> BookingQuerySet:
    kept = Room.objects.granted(viewer, "approve")
    return (
        seen_by(viewer)
        .filter(state__in=ASKS, starts__gt=now or timezone.now(), room__in=kept)
        .select_related("series")
        .order_by("created_at", "starts")
    )


def number(viewer: Access) -> int:
    """How many requests; a series is one."""
    found = asking(viewer).order_by().aggregate(number=Count(Coalesce("series_id", "pk"), distinct=True))
    return int(found["number"])


def competing(viewer: Access) -> list[list[Group]]:
    """All of it, by its keys alone: a page is made of some of these (`moments`)."""
    rows = list(asking(viewer).values_list("pk", "series_id", "room_id", "starts", "ends"))
    groups: dict[uuid.UUID, Group] = defaultdict(list)
    for pk, series, *_rest in rows:
        groups[series or pk].append(pk)
    joined = _joined([(series or pk, room, starts, ends) for pk, series, room, starts, ends in rows])
    found: dict[uuid.UUID, list[Group]] = defaultdict(list)
    for key, group in groups.items():
        found[joined[key]].append(group)
    return list(found.values())


def _joined(rows: Sequence[tuple[uuid.UUID, int, dt.datetime, dt.datetime]]) -> dict[uuid.UUID, uuid.UUID]:
    """For each request the first of those with which it competes, straight or by way of others."""
    first = {key: key for key, *_rest in rows}

    def root(key: uuid.UUID) -> uuid.UUID:
        while first[key] != key:
            first[key] = key = first[first[key]]
        return key

    order = {key: number for number, key in enumerate(first)}
    spaces = _spaces({room for _key, room, _starts, _ends in rows})
    until: dict[int, tuple[dt.datetime, uuid.UUID]] = {}  # of each space: to when it is asked for, and by whom
    for key, room, starts, ends in sorted(rows, key=lambda row: row[2]):
        for space in spaces[room]:
            over, other = until.get(space, (starts, key))
            if starts < over:
                one, two = sorted((root(key), root(other)), key=order.__getitem__)
                first[two] = one
            if ends >= over:
                until[space] = (ends, key)
    return {key: root(key) for key in first}


def moments(viewer: Access, some: Collection[list[Group]] | None = None) -> list[Moment]:
    """Of `some` of what competes, as it is shown; of all of it when nothing is said."""
    some = competing(viewer) if some is None else some
    keys = [pk for groups in some for group in groups for pk in group]
    lines = {line.booking.pk: line for line in _lines(list(asking(viewer).filter(pk__in=keys)), viewer)}
    found = [[[lines[pk] for pk in group if pk in lines] for group in groups] for groups in some]
    return [Moment([Request(dates) for dates in groups if dates]) for groups in found if any(groups)]


def _spaces(rooms: set[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {room: set() for room in rooms}
    for room, space in Room.spaces.through.objects.filter(room__in=rooms).values_list("room_id", "space_id"):
        found[room].add(space)
    return found


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
