"""How the areas of one set lie over those of another, by surface."""

from decimal import ROUND_DOWN, Decimal

import shapely
from django.db import transaction
from shapely.geometry.base import BaseGeometry

from areas.geometry import LAMBERT_72, WGS84, reproject, shape_of
from areas.models import Area, AreaSet, Crosswalk

STEP = Decimal("0.000001")

type Shares = dict[int | None, Decimal]
"""Primary key of an area to its share; None is what lies outside the set."""


def shares(shape: BaseGeometry, others: dict[int, BaseGeometry]) -> Shares:
    """The shares of `shape` in each of `others`, in metres of Lambert 72; they sum to exactly 1."""
    parts: dict[int | None, float] = {
        key: surface for key, other in others.items() if (surface := shape.intersection(other).area) > 0
    }
    # Areas of one set may overlap by a few square metres, so what lies outside is measured, not subtracted.
    parts[None] = shape.difference(shapely.union_all(list(others.values()))).area if others else shape.area
    total = sum(parts.values())
    rounded = {key: Decimal(part / total).quantize(STEP, ROUND_DOWN) for key, part in parts.items()}
    largest = max(rounded, key=lambda key: rounded[key])
    kept = {key: share for key, share in rounded.items() if share or key is None}
    kept[largest] += 1 - sum(kept.values())
    return kept


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
    keys = list(others)
    tree = shapely.STRtree(list(others.values()))
    rows = []
    for key, shape in ones.items():
        near = {keys[index]: others[keys[index]] for index in tree.query(shape)}
        rows += [
            Crosswalk(from_area_id=key, to_set=to_set, to_area_id=other, share=share)
            for other, share in shares(shape, near).items()
        ]
    return rows


def overlaps(area: Area, to_set: AreaSet) -> list[Crosswalk]:
    """The stored shares of one area in another set, the largest first."""
    return list(area.crosswalk.filter(to_set=to_set).select_related("to_area").order_by("-share"))
