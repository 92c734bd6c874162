"""The map that a tablet carries with it: small, open, and true to what the server says of a place."""

import gzip
from typing import Any

import pytest
import shapely
from django.test import Client
from shapely.geometry.base import BaseGeometry

from areas.geometry import shape_of, square_metres
from areas.models import Address, Area, Place

LARGEST = 250_000

type Map = dict[str, Any]


@pytest.fixture
def carried(kortrijk: None) -> Map:
    found: Map = Client().get("/veld/kaart.json").json()
    return found


def shape(area: Map) -> BaseGeometry:
    """As static/field/atlas.js reads the rings: inside is what an odd number of them surrounds."""
    whole: BaseGeometry = shapely.Polygon()
    for ring in area["rings"]:
        whole = whole.symmetric_difference(shapely.Polygon(ring))
    return whole


class TestFieldMap:
    def test_is_small_and_for_anybody(self, kortrijk: None) -> None:
        answer = Client().get("/veld/kaart.json", headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert not answer.cookies
        assert len(answer.content) < LARGEST
        assert len(gzip.decompress(answer.content)) > len(answer.content)

    def test_comes_once_as_long_as_nothing_changes(self, kortrijk: None) -> None:
        client = Client()
        first = client.get("/veld/kaart.json")
        again = {"If-None-Match": first.headers["ETag"]}
        assert client.get("/veld/kaart.json", headers=again).status_code == 304
        Place.objects.filter(name="Overleiestraat").update(name="Overleiekade")
        changed = client.get("/veld/kaart.json", headers=again)
        assert changed.status_code == 200
        assert changed.json()["version"] != first.json()["version"]
        assert "Overleiekade" in changed.text

    def test_borders_stay_where_they_are_to_a_few_metres(self, carried: Map) -> None:
        exact = {area.pk: shape_of(area.boundary) for area in Area.objects.current().filter(set__code="gebieden17")}
        assert {area["id"] for area in carried["areas"]} == set(exact)
        for area in carried["areas"]:
            moved = square_metres(shape(area).symmetric_difference(exact[area["id"]]))
            assert moved < 0.002 * square_metres(exact[area["id"]]), area["name"]

    def test_holds_each_name_and_the_doors_of_its_street(self, carried: Map) -> None:
        assert len(carried["places"]) == Place.objects.count()
        packed = {carried["places"][at]["name"]: steps for at, *steps in carried["addresses"]}
        steps = packed["Overleiestraat"]
        numbers, east, north = steps[::3], sum(steps[1::3]) / 1e5, sum(steps[2::3]) / 1e5
        last = Address.objects.get(street__name="Overleiestraat", number=numbers[-1])
        assert (east, north) == pytest.approx((last.longitude, last.latitude), abs=1e-5)
        assert len(numbers) < Address.objects.filter(street__name="Overleiestraat").count()
