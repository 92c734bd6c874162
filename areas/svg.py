"""A small map of one area set as SVG, the same drawing in a page and in a PDF.

Fill and stroke are presentation attributes, because print applies no stylesheet inside an SVG; on screen the
classes `area`, `here` and `pin` let the theme take over.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from areas.geometry import LAMBERT_72, WGS84, reproject, shape_of
from areas.models import Area, AreaSet, Crosswalk
from areas.version import Version, data_version

WIDTH = 360
MARGIN = 4
# Visvalingam tolerance in metres: at 30 metres to a pixel nobody sees what is left out.
COARSENESS = 40

type Pin = tuple[float, float]
"""Longitude, latitude."""


@dataclass(frozen=True)
class Drawing:
    """Paths of the areas by primary key, and how to put a point among them."""

    paths: dict[int, str]
    height: int
    west: float
    north: float
    scale: float
    margin: float = MARGIN

    def place(self, pin: Pin) -> tuple[float, float]:
        point = reproject(shapely.Point(pin), WGS84, LAMBERT_72)
        return self.to_picture(point.x, point.y)

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """From metres of Lambert 72 to the picture, whose y runs down."""
        return (
            round((x - self.west) * self.scale + self.margin, 1),
            round((self.north - y) * self.scale + self.margin, 1),
        )


def map_over(area: Area, overlaps: Collection[Crosswalk], area_set: AreaSet) -> dict[str, Any]:
    """Another set, with those of its areas marked of which this one lies in a part."""
    drawing = draw(area_set.pk, data_version())
    parts = {row.to_area_id for row in overlaps}
    names = {"area": area.name, "set": area_set.name}
    return {
        "width": WIDTH,
        "height": drawing.height,
        "areas": sorted(
            ({"path": path, "here": pk in parts} for pk, path in drawing.paths.items()),
            key=lambda one: bool(one["here"]),
        ),
        "pin": None,
        "title": _("Map of the set %(set)s; what %(area)s lies in is marked") % names,
    }


def area_map(highlight_area_id: int | None, pin: Pin | None = None) -> dict[str, Any]:
    """What `areas/map.svg` needs: the set of the highlighted area, or the 17 when there is none."""
    here = Area.objects.select_related("set").filter(pk=highlight_area_id).first() if highlight_area_id else None
    area_set = here.set if here else AreaSet.objects.current().filter(kind=AreaSet.Kind.WORKING).first()
    drawing = draw(area_set.pk, data_version()) if area_set else Drawing({}, WIDTH, 0, 0, 1)
    spot = drawing.place(pin) if pin and area_set else None
    return {
        "width": WIDTH,
        "height": drawing.height,
        # The highlighted area comes last, so that its border lies over those of its neighbours.
        "areas": sorted(
            ({"path": path, "here": here is not None and pk == here.pk} for pk, path in drawing.paths.items()),
            key=lambda area: bool(area["here"]),
        ),
        "pin": {"x": spot[0], "y": spot[1]} if spot else None,
        "title": _("Map of the areas, %(area)s marked") % {"area": here.name} if here else _("Map of the areas"),
    }


@lru_cache(maxsize=32)
def draw(set_id: int, version: Version) -> Drawing:
    """Projected and simplified once per version of the borders; neighbours keep a common line."""
    areas = list(Area.objects.filter(set_id=set_id))
    shapes = [reproject(shape_of(area.boundary), WGS84, LAMBERT_72) for area in areas]
    west, south, east, north = shapely.total_bounds(shapes)
    scale = (WIDTH - 2 * MARGIN) / (east - west)
    simple = shapely.coverage_simplify(shapes, COARSENESS)
    blank = Drawing({}, round((north - south) * scale) + 2 * MARGIN, float(west), float(north), float(scale))
    paths = {area.pk: path_of(shape, blank) for area, shape in zip(areas, simple, strict=True)}
    return Drawing(paths, blank.height, blank.west, blank.north, blank.scale)


def path_of(shape: BaseGeometry, drawing: Drawing) -> str:
    pieces = []
    for polygon in shapely.get_parts(shape):
        for ring in (polygon.exterior, *polygon.interiors):
            points = ["{} {}".format(*drawing.to_picture(x, y)) for x, y in ring.coords[:-1]]
            pieces.append("M" + "L".join(points) + "Z")
    return "".join(pieces)
