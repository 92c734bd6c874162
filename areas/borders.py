"""Borders from a file: the official ones replace the provisional ones, and what was stays known.

Without a date the borders of the set are corrected in place: the areas stay the same areas. With a date the
set ends there and its successor begins, so that older signals keep the area they had.
"""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import shapely
from django.db import transaction
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from areas.crosswalk import rebuild_crosswalks
from areas.geometry import LAMBERT_72, LAMBERT_2008, WGS84, boundary_of, hectares, reproject, shape_of, square_metres
from areas.models import Area, AreaSet
from kortrijk_gebied.refusals import Refused

SYSTEMS = (WGS84, LAMBERT_2008, LAMBERT_72)
# A drawn border may differ this much from the municipality's, or from its neighbour's, in parts of the whole.
TOLERANCE = 0.005


@dataclass(frozen=True)
class Border:
    code: str
    name: str
    shape: BaseGeometry


@transaction.atomic
def import_borders(path: Path, *, set_code: str, srid: int, valid_from: dt.date | None = None) -> AreaSet:
    """Refused with what is wrong with the file; nothing is changed then."""
    current = AreaSet.objects.filter(code=set_code, valid_to=None).select_for_update().first()
    if current is None:
        known = ", ".join(sorted(set(AreaSet.objects.values_list("code", flat=True))))
        raise Refused(_("There is no area set “%(code)s”. Known: %(known)s.") % {"code": set_code, "known": known})
    borders = read_borders(path, srid)
    refuse_outside(borders)
    area_set = succeed(current, borders, valid_from) if valid_from else correct(current, borders)
    if area_set.covering:
        refuse_holes_and_overlaps(area_set)
    rebuild_crosswalks(area_set)
    return area_set


def correct(area_set: AreaSet, borders: list[Border]) -> AreaSet:
    areas = {area.code: area for area in area_set.areas.all()}
    unknown = sorted({border.code for border in borders} - set(areas))
    if unknown:
        raise Refused(
            _("The set %(set)s has no area with the code %(codes)s. Give a start date to begin a new division.")
            % {"set": area_set.name, "codes": ", ".join(unknown)}
        )
    for border in borders:
        area = areas[border.code]
        area.boundary, area.hectares = boundary_of(border.shape), hectares(border.shape)
        area.provisional = False
        area.save(update_fields=["boundary", "hectares", "provisional"])
    return area_set


def succeed(current: AreaSet, borders: list[Border], valid_from: dt.date) -> AreaSet:
    if valid_from <= current.valid_from:
        raise Refused(
            _("The new borders must begin after %(date)s, when the present ones began.")
            % {"date": current.valid_from.isoformat()}
        )
    before = {area.code: area for area in current.areas.all()}
    current.valid_to = valid_from
    current.save(update_fields=["valid_to"])
    successor = AreaSet.objects.create(
        code=current.code,
        name=current.name,
        kind=current.kind,
        position=current.position,
        valid_from=valid_from,
        source=current.source,
        licence=current.licence,
        covering=current.covering,
        provisional=False,
    )
    Area.objects.bulk_create(
        successor_area(successor, position, border, before.get(border.code)) for position, border in enumerate(borders)
    )
    return successor


def successor_area(area_set: AreaSet, position: int, border: Border, before: Area | None) -> Area:
    area = Area(
        set=area_set,
        code=border.code,
        name=border.name or (before.name if before else border.code),
        position=before.position if before else position,
        boundary=boundary_of(border.shape),
        hectares=hectares(border.shape),
    )
    if before:
        area.ring = before.ring
    return area


def read_borders(path: Path, srid: int) -> list[Border]:
    if srid not in SYSTEMS:
        raise Refused(_("Coordinate system %(srid)s is not known: use 4326, 3812 or 31370.") % {"srid": srid})
    try:
        features = json.loads(path.read_text("utf-8-sig"))["features"]
        borders = [border_from(feature, srid) for feature in features]
    except OSError as error:
        raise Refused(_("The file %(file)s cannot be opened.") % {"file": path.name}) from error
    except (ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        raise Refused(
            _("%(file)s is not a GeoJSON file with areas that have a code and a border.") % {"file": path.name}
        ) from error
    if not borders:
        raise Refused(_("There is no area in the file."))
    refuse_bad_shapes(borders)
    return borders


def border_from(feature: dict[str, dict[str, object]], srid: int) -> Border:
    properties = feature["properties"]
    shape = reproject(shape_of(feature["geometry"]), srid, WGS84)
    return Border(str(properties["code"]), str(properties.get("name") or ""), shape)


def refuse_bad_shapes(borders: Iterable[Border]) -> None:
    seen: set[str] = set()
    for border in borders:
        if border.code in seen:
            raise Refused(_("The code %(code)s stands twice in the file.") % {"code": border.code})
        seen.add(border.code)
        if border.shape.geom_type not in ("Polygon", "MultiPolygon") or border.shape.is_empty:
            raise Refused(_("The border of %(code)s is not a surface.") % {"code": border.code})
        if not border.shape.is_valid:
            raise Refused(
                _("The border of %(code)s crosses itself: %(reason)s.")
                % {"code": border.code, "reason": shapely.is_valid_reason(border.shape)}
            )


def refuse_outside(borders: Iterable[Border]) -> None:
    """A wrong coordinate system or swapped axes put everything far away."""
    whole = municipality()
    for border in borders:
        if whole is not None and not border.shape.intersects(whole):
            raise Refused(
                _(
                    "%(code)s does not lie in the municipality. Check the coordinate system and the order: longitude"
                    " first, then latitude."
                )
                % {"code": border.code}
            )


def refuse_holes_and_overlaps(area_set: AreaSet) -> None:
    whole = municipality()
    shapes = [shape_of(area.boundary) for area in area_set.areas.all()]
    covered = shapely.union_all(shapes)
    if whole is None:
        return
    missing = square_metres(whole.difference(covered)) / square_metres(whole)
    if missing > TOLERANCE:
        raise Refused(
            _("These borders leave %(share)s%% of the municipality without an area.")
            % {"share": f"{missing * 100:.1f}".replace(".", ",")}
        )
    twice = sum(map(square_metres, shapes)) / square_metres(covered) - 1
    if twice > TOLERANCE:
        raise Refused(
            _("These borders overlap: %(share)s%% of the surface lies in two areas.")
            % {"share": f"{twice * 100:.1f}".replace(".", ",")}
        )


def municipality() -> BaseGeometry | None:
    """The sub-municipalities together; None when they are not loaded."""
    parts = Area.objects.current().filter(set__kind=AreaSet.Kind.SUBMUNICIPALITY)
    shapes = [shape_of(area.boundary) for area in parts]
    return shapely.union_all(shapes) if shapes else None
