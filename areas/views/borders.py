"""What the map draws: borders and names, which are open data, and an optional base layer."""

from typing import Any, cast
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request as Fetch
from urllib.request import urlopen

import shapely
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from areas.geometry import shape_of
from areas.models import Area, AreaSet, Place
from areas.version import data_version
from kortrijk_gebied.access import member, public

LOWEST_ZOOM, HIGHEST_ZOOM = 7, 20
LARGEST_TILE = 500_000
LABEL_PRECISION = 1e-4  # degrees, some ten metres
TILE_TYPES = ("image/png", "image/jpeg", "image/webp")


def borders_version(request: HttpRequest, set_code: str) -> str:
    return f'"{set_code}-{"-".join(map(str, data_version()))}"'


@public
@require_safe
@cache_control(public=True, max_age=300)
@condition(etag_func=borders_version)
def borders(request: HttpRequest, set_code: str) -> HttpResponse:
    area_set = get_object_or_404(AreaSet.objects.current(), code=set_code)
    features = [feature(area) for area in area_set.areas.all()]
    return JsonResponse(
        {"type": "FeatureCollection", "features": features, "attribution": area_set.licence},
        content_type="application/geo+json",
    )


def feature(area: Area) -> dict[str, Any]:
    # The middle of the largest circle that fits: where a name has most room.
    shape = cast(shapely.Polygon, shape_of(area.boundary))
    middle = shapely.Point(shapely.maximum_inscribed_circle(shape, LABEL_PRECISION).coords[0])
    return {
        "type": "Feature",
        "geometry": area.boundary,
        "properties": {
            "code": area.code,
            "name": area.name,
            "provisional": area.provisional,
            "url": area.get_absolute_url(),
            "label": [round(middle.x, 5), round(middle.y, 5)],
        },
    }


@public
@require_safe
@cache_control(public=True, max_age=3600)
def places(request: HttpRequest) -> JsonResponse:
    """Names on our own map, so that a click has context."""
    rows = Place.objects.values_list("name", "kind", "longitude", "latitude")
    return JsonResponse({"places": list(rows)})


@member
@require_safe
def tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """One picture of the base layer, fetched by our server so that no page asks another host."""
    address = settings.BASE_MAP_TILES_URL
    if urlsplit(address).scheme not in ("http", "https"):
        raise Http404
    if not (LOWEST_ZOOM <= z <= HIGHEST_ZOOM and x < 2**z and y < 2**z):
        raise Http404
    fetch = Fetch(address.format(z=z, x=x, y=y), headers={"User-Agent": "gebied-kortrijk"})  # noqa: S310
    try:
        with urlopen(fetch, timeout=5) as answer:  # noqa: S310  the scheme was checked above
            kind, picture = answer.headers.get_content_type(), answer.read(LARGEST_TILE + 1)
    except (URLError, TimeoutError, OSError) as error:
        raise Http404 from error
    if kind not in TILE_TYPES or len(picture) > LARGEST_TILE:
        raise Http404
    return HttpResponse(picture, content_type=kind)
