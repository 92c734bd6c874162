"""Where a place lies: its area in every set that is valid on a date.

Borders are parsed once per version of the data and kept in the process.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from areas.geometry import shape_of
from areas.models import Area, AreaSet
from areas.version import Version, data_version

# About a centimetre: rounding must not put a spot on the border outside.
ON_THE_BORDER = 1e-7

type Spot = tuple[float, float, dt.date]
"""Longitude, latitude, date."""


@dataclass(frozen=True)
class Location:
    """The areas of a spot by set code. Outside the municipality only sets that reach further, such as
    the patrol sectors of the police zone, may still have one."""

    outside: bool
    areas: dict[str, Area] = field(default_factory=dict)

    @property
    def ids(self) -> list[int]:
        return [area.pk for area in self.areas.values()]

    def area(self, set_code: str) -> Area | None:
        return self.areas.get(set_code)


class SetIndex:
    """The borders of one set, ready for many questions."""

    def __init__(self, area_set: AreaSet) -> None:
        self.code = area_set.code
        self.kind = area_set.kind
        self.covering = area_set.covering
        self.areas: list[Area] = list(area_set.areas.all())
        self.shapes: list[BaseGeometry] = [shape_of(area.boundary) for area in self.areas]
        shapely.prepare(self.shapes)

    @cached_property
    def tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.shapes)

    @cached_property
    def bounds(self) -> list[tuple[float, float, float, float]]:
        return [shape.bounds for shape in self.shapes]

    @cached_property
    def whole(self) -> BaseGeometry:
        whole = shapely.union_all(self.shapes)
        shapely.prepare(whole)
        return whole

    def holds(self, longitudes: NDArray[np.float64], latitudes: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Inside the whole set or on its border."""
        inside: NDArray[np.bool_] = shapely.intersects_xy(self.whole, longitudes, latitudes)
        doubtful = ~inside
        points = shapely.points(longitudes[doubtful], latitudes[doubtful])
        inside[doubtful] = shapely.dwithin(self.whole, points, ON_THE_BORDER)
        return inside

    def find(
        self, longitudes: NDArray[np.float64], latitudes: NDArray[np.float64], inside: NDArray[np.bool_]
    ) -> NDArray[np.int_]:
        """Position in `areas` for each spot, -1 for none. On a shared border the first area has it; a spot
        in the municipality that falls in a hair-thin gap of a covering set goes to the nearest."""
        found = np.full(len(longitudes), -1)
        for position, (shape, (west, south, east, north)) in enumerate(zip(self.shapes, self.bounds, strict=True)):
            near = (found < 0) & (longitudes >= west) & (longitudes <= east)
            near &= (latitudes >= south) & (latitudes <= north)
            candidates = np.flatnonzero(near)
            hit = shapely.intersects_xy(shape, longitudes[candidates], latitudes[candidates])
            found[candidates[hit]] = position
        missed = np.flatnonzero((found < 0) & inside) if self.covering and self.shapes else np.array([], dtype=int)
        for spot in missed:
            nearest = self.tree.query_nearest(shapely.Point(longitudes[spot], latitudes[spot]))
            found[spot] = nearest.min()
        return found


class Locator:
    """All sets, as they are in one version of the data."""

    def __init__(self) -> None:
        self._indexes = {area_set.pk: SetIndex(area_set) for area_set in AreaSet.objects.prefetch_related("areas")}
        self._valid: dict[dt.date, tuple[int, ...]] = {}

    def locate(self, longitude: float, latitude: float, *, on: dt.date) -> Location:
        return self.locate_all([(longitude, latitude, on)])[0]

    def locate_all(self, spots: Iterable[Spot]) -> list[Location]:
        """Many spots at once, thousands of times quicker per spot than one by one."""
        spots = list(spots)
        groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for number, (_longitude, _latitude, on) in enumerate(spots):
            groups[self._sets_on(on)].append(number)
        result: dict[int, Location] = {}
        for set_ids, numbers in groups.items():
            indexes = [self._indexes[set_id] for set_id in set_ids]
            points = np.array([spots[number][:2] for number in numbers], dtype=float)
            result |= zip(numbers, locations(indexes, points[:, 0], points[:, 1]), strict=True)
        return [result[number] for number in range(len(spots))]

    def _sets_on(self, date: dt.date) -> tuple[int, ...]:
        if date not in self._valid:
            self._valid[date] = tuple(AreaSet.objects.valid_on(date).values_list("pk", flat=True))
        return self._valid[date]


def locations(
    indexes: Sequence[SetIndex], longitudes: NDArray[np.float64], latitudes: NDArray[np.float64]
) -> list[Location]:
    inside = np.zeros(len(longitudes), dtype=bool)
    for index in indexes:
        # The municipality is its sub-municipalities together.
        if index.kind == AreaSet.Kind.SUBMUNICIPALITY:
            inside |= index.holds(longitudes, latitudes)
    found = {index.code: (index.areas, index.find(longitudes, latitudes, inside)) for index in indexes}
    return [
        Location(
            outside=not inside[spot],
            areas={code: areas[at[spot]] for code, (areas, at) in found.items() if at[spot] >= 0},
        )
        for spot in range(len(longitudes))
    ]


_current: tuple[Version, Locator] | None = None


def current_locator() -> Locator:
    """The locator of the data as it is now. Ask once per request or batch; asking costs one small query."""
    global _current
    version = data_version()
    if _current is None or _current[0] != version:
        _current = (version, Locator())
    return _current[1]


def locate(longitude: float, latitude: float, *, on: dt.date) -> Location:
    return current_locator().locate(longitude, latitude, on=on)


def looks_swapped(longitude: float, latitude: float, *, on: dt.date) -> bool:
    """The spot lies outside, and would lie inside with its coordinates exchanged."""
    one, other = current_locator().locate_all([(longitude, latitude, on), (latitude, longitude, on)])
    return one.outside and not other.outside
