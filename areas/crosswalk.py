"""How the areas of one set lie over those of another, by surface."""

from decimal import ROUND_DOWN, Decimal

import numpy as np
import shapely
from django.db import transaction
from shapely.geometry.base import BaseGeometry

from areas.geometry import LAMBERT_72, WGS84, reproject, shape_of
from areas.models import Area, AreaSet, Crosswalk

STEP = Decimal("0.000001")

type Shares = dict[int | None, Decimal]
"""Primary key of an area to its share; None is what lies outside the set."""


def shares(whole: float, parts: dict[int, float]) -> Shares:
    """What each part is of a surface, and what lies outside all of them; they sum to exactly 1.

    Areas of one set may overlap by a few square metres: then the parts are measured against their sum.
    """
    total = max(whole, sum(parts.values()))
    rounded: Shares = {key: share for key, part in parts.items() if (share := millionths(part / total))}
    rounded[None] = millionths(1 - sum(parts.values()) / total)
    largest = max(rounded, key=lambda key: rounded[key])
    rounded[largest] += 1 - sum(rounded.values())
    return rounded


def millionths(share: float) -> Decimal:
    return Decimal(share).quantize(STEP, ROUND_DOWN)


@transaction.atomic
def rebuild_crosswalks(changed: AreaSet | None = None) -> int:
    """Compute the overlaps between all sets again, or only those from and to one changed set."""
    sets = list(AreaSet.objects.prefetch_related("areas"))
    shapes = {area_set.pk: projected(area_set) for area_set in sets}
    pairs = [
        (one, other) for one in sets for other in sets if one != other and (changed is None or changed in (one, other))
    ]
    rows: list[Crosswalk] = []
    for one, other in pairs:
        Crosswalk.objects.filter(from_area__set=one, to_set=other).delete()
        rows += rows_between(shapes[one.pk], shapes[other.pk], other)
    Crosswalk.objects.bulk_create(rows, batch_size=1_000)
    return len(rows)


def projected(area_set: AreaSet) -> dict[int, BaseGeometry]:
    return {area.pk: reproject(shape_of(area.boundary), WGS84, LAMBERT_72) for area in area_set.areas.all()}


def rows_between(ones: dict[int, BaseGeometry], others: dict[int, BaseGeometry], to_set: AreaSet) -> list[Crosswalk]:
    from_keys, to_keys = list(ones), list(others)
    left, right = np.array(list(ones.values())), np.array(list(others.values()))
    first, second = shapely.STRtree(right).query(left, predicate="intersects")
    surfaces = shapely.area(shapely.intersection(left[first], right[second]))
    parts: dict[int, dict[int, float]] = {key: {} for key in from_keys}
    for one, other, surface in zip(first, second, surfaces, strict=True):
        parts[from_keys[one]][to_keys[other]] = float(surface)
    return [
        Crosswalk(from_area_id=key, to_set=to_set, to_area_id=other, share=share)
        for key, shape in ones.items()
        for other, share in shares(shape.area, parts[key]).items()
    ]


def overlaps(area: Area, to_set: AreaSet) -> list[Crosswalk]:
    """The stored shares of one area in another set, the largest first."""
    return list(area.crosswalk.filter(to_set=to_set).select_related("to_area").order_by("-share"))


def overlaps_of(area: Area) -> list[Crosswalk]:
    """The stored shares of one area in every set that holds today."""
    current = AreaSet.objects.current()
    rows = area.crosswalk.filter(to_set__in=current).select_related("to_set", "to_area")
    return list(rows.defer("to_area__boundary").order_by("to_set__position", "-share"))
