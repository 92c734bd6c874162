"""The map that a tablet carries with it: areas, names and enough house numbers to say where one stands.

No secret is in it and nothing of it is exact to the metre: it names a place to somebody who sees the place.
"""

import hashlib
import json
from functools import lru_cache
from itertools import groupby
from typing import Any, cast

import shapely
from django.db import connection
from shapely.geometry.base import BaseGeometry

from areas.distance import metres_between
from areas.geometry import LAMBERT_72, WGS84, reproject, shape_of
from areas.models import Address, Area, AreaSet, Place
from areas.version import data_version

# Visvalingam tolerance: a bend of less than 6 by 6 metres goes. Finer than what GPS tells.
COARSENESS = 6
# Metres between two house numbers that are kept: "near no. 48" needs no closer.
APART = 20
LABEL_PRECISION = 1e-4  # degrees, some ten metres

type Stamp = tuple[object, ...]


def offline_map() -> tuple[str, str]:
    """The JSON as text, and its version: the same text always has the same version."""
    return _written(stamp())


def stamp() -> Stamp:
    """What changes when one of the rows does. Addresses are replaced, never rewritten; names may be corrected."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT sum(hashtextextended(concat_ws('|', id, name, locality, kind, longitude, latitude), 0))"
            " FROM areas_place), (SELECT count(*) FROM areas_address), (SELECT max(id) FROM areas_address)"
        )
        row: Stamp = cursor.fetchone()
    return (*data_version(), *row)


@lru_cache(maxsize=2)
def _written(stamp: Stamp) -> tuple[str, str]:
    places = list(Place.objects.order_by("name", "locality", "kind"))
    content = {
        "areas": _areas(),
        "places": [_place(place) for place in places],
        "addresses": _addresses({place.pk: at for at, place in enumerate(places)}),
    }
    version = hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]
    return json.dumps({"version": version, **content}, ensure_ascii=False, separators=(",", ":")), version


def _areas() -> list[dict[str, Any]]:
    areas = list(Area.objects.current().filter(set__kind=AreaSet.Kind.WORKING).order_by("position", "name"))
    exact = [reproject(shape_of(area.boundary), WGS84, LAMBERT_72) for area in areas]
    # Together, so that neighbours keep one line and no hair of land falls between them.
    simple = cast(list[BaseGeometry], list(shapely.coverage_simplify(exact, COARSENESS))) if exact else []
    return [
        {"id": area.pk, "name": area.name, "rings": _rings(shape), "label": _label(area)}
        for area, shape in zip(areas, simple, strict=True)
    ]


def _rings(shape: BaseGeometry) -> list[list[list[float]]]:
    """Outer and inner rings alike: a point lies in the area when a ray from it crosses an odd number of lines."""
    polygons = cast(list[shapely.Polygon], list(shapely.get_parts(reproject(shape, LAMBERT_72, WGS84))))
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return [[[round(x, 5), round(y, 5)] for x, y in ring.coords[:-1]] for ring in rings]


def _label(area: Area) -> list[float]:
    circle = shapely.maximum_inscribed_circle(cast(shapely.Polygon, shape_of(area.boundary)), LABEL_PRECISION)
    longitude, latitude = circle.coords[0]
    return [round(longitude, 5), round(latitude, 5)]


def _place(place: Place) -> dict[str, Any]:
    return {
        "name": place.name,
        "kind": place.kind,
        "longitude": round(place.longitude, 5),
        "latitude": round(place.latitude, 5),
        "locality": place.locality,
    }


def _addresses(position: dict[int, int]) -> list[list[Any]]:
    """Per street its place in the list of places, then number, east and north, each as a step from the one before
    in hundred-thousandths of a degree: a city of 37,000 doors so takes 70 kB, compressed and with all its names."""
    rows = Address.objects.filter(street__in=position).order_by("street_id", "low", "number", "box")
    streets = []
    for street, doors in groupby(rows.values_list("street_id", "number", "longitude", "latitude"), lambda row: row[0]):
        kept: list[Any] = []
        seen: dict[int, tuple[float, float]] = {}  # the last one kept on either side of the street
        x = y = 0
        for _street, number, longitude, latitude in doors:
            side = int("".join(filter(str.isdigit, number)) or 0) % 2
            if side in seen and metres_between(*seen[side], longitude, latitude) < APART:
                continue
            seen[side] = (longitude, latitude)
            east, north = round(longitude * 100_000), round(latitude * 100_000)
            kept += [number, east - x, north - y]
            x, y = east, north
        streets.append([position[street], *kept])
    return streets
