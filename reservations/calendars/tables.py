"""The tables of a calendar: rooms by hours, a room's week, rooms by days, and how full a month is."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from django.urls import reverse

from reservations.calendars.axis import AN_HOUR, MORNING, Axis, axis_of
from reservations.calendars.grid import Kind, Piece, free_cut, lay, minutes_of
from reservations.calendars.reading import Picture, Use
from reservations.calendars.shown import Shown, Words
from reservations.models import Building, Room
from reservations.moments import nearest, whole_day

FULL = 60  # fewer free minutes in a row than this is no use to anybody
LEVELS = 4


class Heading(NamedTuple):
    """An hour along a table. `kind` tells the two that are called alike apart, and the night nobody uses."""

    clock: str
    span: int
    kind: str  # "", "summer", "winter" or "night"


@dataclass(frozen=True)
class Row:
    room: Room
    cells: Sequence[Shown] = ()
    days: Sequence[tuple[dt.date, Sequence[Shown]]] = ()
    fills: Sequence["Fill"] = ()


@dataclass(frozen=True)
class HourTable:
    headings: list[Heading]
    rows: list[Row]
    step: int

    @property
    def houses(self) -> list[tuple[Building, list[Row]]]:
        return houses(self.rows)

    @property
    def steps(self) -> int:
        return sum(heading.span for heading in self.headings)


@dataclass(frozen=True)
class WeekTable:
    lines: list["Line"]
    step: int


@dataclass
class Line:
    """A step of a week: the hour that begins there, and what begins there on each day."""

    heading: Heading | None = None
    cells: list[tuple[dt.date, Shown]] = field(default_factory=list)


@dataclass(frozen=True)
class Fill:
    """How full a room is on a day."""

    day: dt.date
    kind: str  # shut, free, part, full, closed
    uses: int = 0
    free_hours: int = 0
    level: int = 0
    url: str = ""  # where its hours are, to book one or to see who has them


def houses(rows: Iterable[Row]) -> list[tuple[Building, list[Row]]]:
    return [(house, list(group)) for house, group in groupby(rows, key=lambda row: row.room.building)]


def by_hours(words: Words, rooms: Sequence[Room], day: dt.date, *, whole: bool, only_free: bool) -> HourTable:
    """One row per room."""
    axis = _axis(words.picture, [day], whole)
    edges, marks = axis.edges(day), axis.marks(day)
    rows = []
    for room in rooms:
        parts = words.picture.pieces(room, edges[0], edges[-1])
        if not only_free or has_room(parts, words.now):
            rows.append(Row(room, words.cells(room, lay(free_cut(parts, marks), edges))))
    return HourTable(_headings(axis), rows, axis.step)


def week_of_room(words: Words, room: Room, days: Sequence[dt.date], *, whole: bool) -> WeekTable:
    """One column per day, one line per step: a booking spans as many lines as it lasts."""
    axis = _axis(words.picture, days, whole)
    lines = [Line() for _step in range(axis.steps)]
    at = 0
    for heading in _headings(axis):
        lines[at].heading = heading
        at += heading.span
    for day in days:
        edges = axis.edges(day)
        parts = free_cut(words.picture.pieces(room, edges[0], edges[-1]), axis.marks(day))
        for cell in lay(parts, edges):
            lines[cell.first].cells.append((day, words.piece(room, cell.piece, cell.span)))
    return WeekTable(lines, axis.step)


def by_days(words: Words, rooms: Sequence[Room], days: Sequence[dt.date], *, only_free: bool) -> list[Row]:
    """One row per room, one cell per day, with what happens and what is free in it."""
    rows = []
    for room in rooms:
        parts = [of_day(words.picture, room, day) for day in days]
        if only_free and not any(has_room(day, words.now) for day in parts):
            continue
        shown = [[words.piece(room, part) for part in day if _is_worth_a_line(part, words.now)] for day in parts]
        rows.append(Row(room, days=list(zip(days, shown, strict=True))))
    return rows


def of_day(picture: Picture, room: Room, day: dt.date) -> list[Piece]:
    """Without the small hours of the evening before: that is said on its own day."""
    midnight, morning, end = _day(day)
    return [
        part
        for part in picture.pieces(room, midnight, end)
        if part.ends > morning
        or any(isinstance(use, Use) and not use.clears and use.starts >= midnight for use in part.takers)
    ]


@lru_cache(maxsize=100)
def _day(day: dt.date) -> tuple[dt.datetime, dt.datetime, dt.datetime]:
    """Of a month each is asked for by every room."""
    midnight, end = whole_day(day)
    return midnight, nearest(day, MORNING), end


def _is_worth_a_line(part: Piece, now: dt.datetime) -> bool:
    if part.kind == Kind.FREE:
        return part.minutes >= FULL and part.ends > now
    return part.kind == Kind.TAKEN and not all(isinstance(use, Use) and use.clears for use in part.takers)


def by_fill(
    picture: Picture, rooms: Sequence[Room], days: Sequence[dt.date], now: dt.datetime, *, only_free: bool
) -> list[Row]:
    rows, address = [], reverse("reservations:calendar-day")
    for room in rooms:
        parts = [(day, of_day(picture, room, day)) for day in days]
        if not only_free or any(has_room(pieces, now) for _day, pieces in parts):
            fills = [replace(fill(day, pieces), url=f"{address}?dag={day}&zaal={room.pk}") for day, pieces in parts]
            rows.append(Row(room, fills=fills))
    return rows


def fill(day: dt.date, parts: Sequence[Piece]) -> Fill:
    """What is only kept for somebody is not used, and not free either."""
    free, taken = minutes_of(parts, Kind.FREE), minutes_of(parts, Kind.TAKEN)
    kept = sum(part.minutes for part in parts if part.takers and not any(isinstance(use, Use) for use in part.takers))
    taken -= kept
    uses = {use for part in parts for use in part.takers if isinstance(use, Use) and not use.clears}
    if not taken:
        return Fill(day, "free" if free else "full" if kept else "shut", 0, free // 60)
    if uses and all(use.closure for use in uses) and free < FULL:
        return Fill(day, "closed")
    if free < FULL:
        return Fill(day, "full", len(uses), 0, LEVELS)
    return Fill(day, "part", len(uses), free // 60, 1 + (LEVELS - 1) * taken // (taken + free))


def has_room(parts: Iterable[Piece], now: dt.datetime) -> bool:
    """Whether somebody can still have an hour of it."""
    return any(part.kind == Kind.FREE and part.ends - max(part.starts, now) >= AN_HOUR for part in parts)


def _axis(picture: Picture, days: Sequence[dt.date], whole: bool) -> Axis:
    opened, taken = picture.hours()
    return axis_of(days, opened=opened, taken=taken, whole=whole)


def _headings(axis: Axis) -> list[Heading]:
    found = []
    for hour in axis.hours:
        season = ("summer", "winter")[hour[1]] if axis.comes_twice(hour) else ""
        found.append(Heading(f"{hour[0]}.00", axis.per_hour, season))
        if hour in axis.gaps:
            found.append(Heading("", 1, "night"))
    return found
