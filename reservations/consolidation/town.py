"""The question in plain numbers: rooms, what stands in them, what somebody allows. Minutes count from 1970 in UTC."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

type Stretch = tuple[int, int]
"""From a minute up to, not including, another."""

type Kept = tuple[int, int, str]
"""A stretch that is some holder's own."""


@dataclass(frozen=True)
class Place:
    """A room: how many people it holds by set-up, and when it is open, as sorted stretches that do not meet."""

    key: int
    building: int
    spaces: frozenset[int]
    capacity: Mapping[str, int]
    features: frozenset[str] = frozenset()
    turnaround: int = 0
    open: Sequence[Stretch] = ()

    def seats(self, layout: str) -> int:
        """How many people, in that set-up; in its largest when none is asked; 0 when it has no such set-up."""
        return self.capacity.get(layout, 0) if layout else max(self.capacity.values(), default=0)

    def is_open(self, starts: int, ends: int) -> bool:
        at = bisect_right(self.open, (starts, float("inf"))) - 1  # the last that begins by then
        return at >= 0 and self.open[at][1] >= ends


@dataclass(frozen=True)
class Need:
    """A booking, in the room where it stands; `holder` is whose it is."""

    key: str
    room: int
    starts: int
    ends: int
    persons: int
    layout: str = ""
    features: frozenset[str] = frozenset()
    holder: str = ""


@dataclass(frozen=True)
class Terms:
    """What is asked of people: no further than `metres` from where they were (None: anywhere), and no earlier or later
    than one of `shifts`, minutes; 0 is always allowed."""

    metres: float | None = None
    shifts: Sequence[int] = (0,)

    @property
    def all_shifts(self) -> frozenset[int]:
        return frozenset({0, *self.shifts})

    def reaches(self, metres: float | None) -> bool:
        """What nobody knows to be near enough is not."""
        return self.metres is None or (metres is not None and metres <= self.metres)


@dataclass
class Town:
    """Everything of a period. `distance` is in metres between buildings; what is not in it is not known to be near."""

    places: Mapping[int, Place]
    needs: Sequence[Need]
    distance: Mapping[tuple[int, int], float] = field(default_factory=dict)
    shut: Mapping[int, Sequence[Stretch]] = field(default_factory=dict)  # by space, by closures
    kept: Mapping[int, Sequence[Kept]] = field(default_factory=dict)  # by space, sorted, never two at once

    @property
    def buildings(self) -> list[int]:
        return sorted({place.building for place in self.places.values()})

    def building_of(self, need: Need) -> int:
        return self.places[need.room].building

    def metres(self, one: int, other: int) -> float | None:
        if one == other:
            return 0.0
        return self.distance.get((min(one, other), max(one, other)))


class Taken:
    """What stands in each space and stays there, so that one can ask whether a stretch is free. What is kept for a
    holder is free for nobody else, booked or not."""

    def __init__(self, town: Town, staying: Collection[Need]) -> None:
        found: dict[int, list[Stretch]] = {space: list(stretches) for space, stretches in town.shut.items()}
        for need in staying:
            place = town.places[need.room]
            for space in place.spaces:
                found.setdefault(space, []).append((need.starts, need.ends + place.turnaround))
        self._taken = {space: sorted(stretches) for space, stretches in found.items()}
        self._kept = town.kept

    def is_free(self, spaces: Collection[int], starts: int, ends: int, holder: str = "") -> bool:
        return not any(
            self._meets(self._taken.get(space, []), starts, ends)
            or self._is_of_another(holder, self._kept.get(space, ()), starts, ends)
            for space in spaces
        )

    @staticmethod
    def _is_of_another(holder: str, kept: Sequence[Kept], starts: int, ends: int) -> bool:
        at = bisect_left(kept, ends, key=itemgetter(0)) - 1
        while at >= 0 and kept[at][1] > starts:
            if kept[at][2] != holder:
                return True
            at -= 1
        return False

    @staticmethod
    def _meets(taken: Sequence[Stretch], starts: int, ends: int) -> bool:
        """Sorted, and never two at once: only the last that begins before `ends` can reach into it."""
        at = bisect_left(taken, (ends, 0)) - 1
        return at >= 0 and taken[at][1] > starts
