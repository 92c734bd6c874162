"""From what is taken and what is open to the cells of one row or column: nothing lost, nothing twice."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from reservations.moments import Stretch


class Kind(StrEnum):
    FREE = "free"
    SHUT = "shut"  # nobody opens the house then
    TAKEN = "taken"
    ABSENT = "absent"  # an hour that another day has, and this one not


@dataclass(frozen=True)
class Taken:
    """Some of a room, or all of it; `by` is who has it."""

    starts: dt.datetime
    ends: dt.datetime
    by: Hashable


@dataclass(frozen=True)
class Piece:
    """A stretch of a room's time during which nothing changes. A hall has two takers when each has a half."""

    starts: dt.datetime
    ends: dt.datetime
    kind: Kind
    takers: tuple[Hashable, ...] = ()

    @property
    def minutes(self) -> int:
        return (self.ends - self.starts) // dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Cell:
    first: int  # step
    span: int
    piece: Piece


def pieces(taken: Iterable[Taken], opened: Iterable[Stretch], starts: dt.datetime, ends: dt.datetime) -> list[Piece]:
    """The time from `starts` to `ends`, in order and without a gap."""
    taken = [use for use in taken if use.starts < ends and use.ends > starts]
    opened = [stretch for stretch in opened if stretch[0] < ends and stretch[1] > starts]
    moments = {starts, ends, *(moment for stretch in opened for moment in stretch)}
    moments |= {moment for use in taken for moment in (use.starts, use.ends)}
    cuts = sorted(moment for moment in moments if starts <= moment <= ends)
    return _joined(_piece(taken, opened, begin, end) for begin, end in pairwise(cuts))


def _piece(taken: list[Taken], opened: list[Stretch], starts: dt.datetime, ends: dt.datetime) -> Piece:
    takers = dict.fromkeys(use.by for use in taken if use.starts <= starts and use.ends >= ends)
    if takers:
        return Piece(starts, ends, Kind.TAKEN, tuple(takers))
    is_open = any(begin <= starts and end >= ends for begin, end in opened)
    return Piece(starts, ends, Kind.FREE if is_open else Kind.SHUT)


def _joined(parts: Iterable[Piece]) -> list[Piece]:
    """Where nothing changed there was no cut."""
    found = []
    for _same, group in groupby(parts, key=lambda part: (part.kind, frozenset(part.takers))):
        together = list(group)
        first = together[0]
        found.append(Piece(first.starts, together[-1].ends, first.kind, first.takers))
    return found


def free_cut(parts: Iterable[Piece], marks: Sequence[dt.datetime]) -> list[Piece]:
    """Free time in pieces of an hour, each to be chosen; `marks` are where hours begin."""
    found: list[Piece] = []
    for part in parts:
        inside = [] if part.kind != Kind.FREE else [mark for mark in marks if part.starts < mark < part.ends]
        found += [
            Piece(begin, end, part.kind, part.takers) for begin, end in pairwise([part.starts, *inside, part.ends])
        ]
    return found


def lay(parts: Iterable[Piece], edges: Sequence[dt.datetime]) -> list[Cell]:
    """The cells of one row; together they span every step. A piece that goes on through an hour which takes no time
    spans it too; otherwise that hour is a cell of its own."""
    found: list[Cell] = []
    at = 0
    for part in parts:
        first, end = max(at, bisect_right(edges, part.starts) - 1), bisect_left(edges, part.ends)
        if end <= first:
            continue
        if first > at:
            found.append(_absent(at, first, edges))
        found.append(Cell(first, end - first, part))
        at = end
    if at < len(edges) - 1:
        found.append(_absent(at, len(edges) - 1, edges))
    return found


def _absent(first: int, end: int, edges: Sequence[dt.datetime]) -> Cell:
    return Cell(first, end - first, Piece(edges[first], edges[end], Kind.ABSENT))


def minutes_of(parts: Iterable[Piece], kind: Kind) -> int:
    return sum(part.minutes for part in parts if part.kind == kind)
