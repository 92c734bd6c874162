"""One area drawn large, with dots in it: what lies where, the same drawing in a page and in a PDF.

As in `areas.svg`, fill and stroke are presentation attributes, and classes let the theme take over on screen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import starmap

import shapely

from areas.geometry import LAMBERT_72, WGS84, reproject, shape_of
from areas.models import Area, AreaSet
from areas.svg import MARGIN as INSET
from areas.svg import Drawing, path_of
from areas.version import Version, data_version

WIDTH, HIGHEST, MARGIN = 440, 320, 14
COARSENESS = 8  # metres; a pixel is five metres in the smallest area
LABEL_HEIGHT, LETTER = 11, 5.4  # at a font size of 10

type Spot = tuple[float, float, bool]
"""Longitude, latitude, and whether it is marked as urgent."""


@dataclass(frozen=True)
class Label:
    text: str
    x: float
    y: float

    def covers(self, other: "Label") -> bool:
        reach = (len(self.text) + len(other.text)) * LETTER / 2
        return abs(self.y - other.y) < LABEL_HEIGHT and abs(self.x - other.x) < reach


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    urgent: bool


@dataclass(frozen=True)
class CloseUp:
    area: Area
    height: int
    here: str
    around: list[str]
    labels: list[Label]
    dots: list[Dot]
    width: int = WIDTH


def close_up(area: Area, spots: Iterable[Spot]) -> CloseUp:
    drawing, here, around, labels = _draw(area.pk, data_version())
    # The urgent ones come last, so that they lie on top.
    dots = [Dot(*drawing.place((longitude, latitude)), urgent) for longitude, latitude, urgent in spots]
    return CloseUp(area, drawing.height, here, around, labels, sorted(dots, key=lambda dot: dot.urgent))


@lru_cache(maxsize=64)
def _draw(area_id: int, version: Version) -> tuple[Drawing, str, list[str], list[Label]]:
    area = Area.objects.get(pk=area_id)
    shape = reproject(shape_of(area.boundary), WGS84, LAMBERT_72)
    west, south, east, north = shape.bounds
    scale = min((WIDTH - 2 * MARGIN) / (east - west), (HIGHEST - 2 * MARGIN) / (north - south))
    # Centred: what is left beside the area shows its neighbours.
    aside, above = (WIDTH / scale - (east - west)) / 2, MARGIN / scale
    window = shapely.box(west - aside, south - above, east + aside, north + above)
    drawing = Drawing(
        {},
        height=round((north - south) * scale) + 2 * MARGIN,
        west=west - aside + INSET / scale,
        north=north + above - INSET / scale,
        scale=scale,
    )
    neighbours = [
        reproject(shape_of(other.boundary), WGS84, LAMBERT_72).intersection(window)
        for other in Area.objects.filter(set_id=area.set_id).exclude(pk=area.pk)
    ]
    around = [
        path_of(part.simplify(COARSENESS), drawing)
        for other in neighbours
        for part in shapely.get_parts(other)
        if part.geom_type == "Polygon" and not part.is_empty  # neighbours outside the window leave nothing
    ]
    return drawing, path_of(shape.simplify(COARSENESS), drawing), around, _labels(shape, drawing)


def _labels(shape: shapely.geometry.base.BaseGeometry, drawing: Drawing) -> list[Label]:
    """Names of the statistical sectors inside, the largest first, those left out that would lie over another."""
    sectors = Area.objects.current().filter(set__kind=AreaSet.Kind.SECTOR).order_by("-hectares")
    centres = [(sector.name, shape_of(sector.boundary).representative_point()) for sector in sectors]
    inside = [
        (name, *drawing.place((centre.x, centre.y)))
        for name, centre in centres
        if shape.contains(reproject(centre, WGS84, LAMBERT_72))
    ]
    kept: list[Label] = []
    for label in starmap(Label, inside):
        half = len(label.text) * LETTER / 2
        if half < label.x < WIDTH - half and not any(label.covers(other) for other in kept):
            kept.append(label)
    return kept
