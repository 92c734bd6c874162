"""Where a building stands, near enough to say which one is nearer."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from areas.models import Area
from reservations.models import Building

type Spot = tuple[float, float]


def spot_of(building: Building) -> Spot | None:
    """Its point on the map; of one that has none the middle of its area."""
    if building.point:
        return building.point
    return middle_of(building.area_id) if building.area_id else None


@cache
def middle_of(area_id: int) -> Spot:
    """The middle of the box around an area. Borders do not move: a new border is a new row."""
    boundary = Area.objects.values_list("boundary", flat=True).get(pk=area_id)
    points = list(_points(boundary["coordinates"]))
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    return (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2


def _points(coordinates: Any) -> Iterable[Spot]:
    if isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
        return
    for each in coordinates:
        yield from _points(each)
