import datetime as dt

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from areas.borders import municipality
from areas.geometry import shape_of
from areas.locate import ON_THE_BORDER, Location, Locator, current_locator, locate, looks_swapped
from areas.models import Area, AreaSet
from tests.areas.conftest import TODAY

OVERLEIE = (3.2622, 50.8340)
KUURNE = (3.2850, 50.8520)
COVERING = {
    "gebieden17", "wijken14", "woonzorg8", "deelgemeenten8", "wijken-politie", "patrouille3", "sectoren",
}  # fmt: skip

# The locator only reads, so examples may share it.
many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
unit = st.floats(0, 1, exclude_max=True)


@pytest.fixture
def locator(areas: None) -> Locator:
    return current_locator()


@pytest.fixture
def whole(areas: None) -> BaseGeometry:
    found = municipality()
    assert found is not None
    return found


@pytest.fixture
def borders(areas: None) -> dict[str, list[BaseGeometry]]:
    """All areas of every covering set; the draw below chooses among them."""
    return {
        code: [shape_of(boundary) for boundary in Area.objects.in_set(code).values_list("boundary", flat=True)]
        for code in sorted(COVERING - {"patrouille3"})
    }


class TestLocating:
    def test_finds_the_area_in_every_set(self, areas: None) -> None:
        found = locate(*OVERLEIE, on=TODAY)
        assert not found.outside
        assert {code: area.code for code, area in found.areas.items()} == {
            "gebieden17": "overleie",
            "wijken14": "34022W09",
            "woonzorg8": "zorg-2",
            "binnenstad5": "zone-noord",
            "deelgemeenten8": "34022Z",
            "wijken-politie": "wijk-4",
            "patrouille3": "patrouille-noord",
            "sectoren": "34022A50-",
        }
        assert len(found.ids) == 8

    def test_finds_no_inner_city_zone_in_a_village(self, areas: None) -> None:
        found = locate(3.3350, 50.7390, on=TODAY)
        assert found.area("binnenstad5") is None
        assert set(found.areas) == COVERING

    def test_says_when_a_place_lies_outside(self, areas: None) -> None:
        assert locate(3.7, 51.05, on=TODAY).outside
        assert locate(3.7, 51.05, on=TODAY).areas == {}

    def test_knows_the_patrol_sector_of_a_place_in_the_police_zone_only(self, areas: None) -> None:
        found = locate(*KUURNE, on=TODAY)
        assert found.outside
        assert set(found.areas) == {"patrouille3"}

    def test_uses_the_sets_of_that_date(self, the_17: AreaSet) -> None:
        AreaSet.objects.filter(pk=the_17.pk).update(valid_to=dt.date(2026, 1, 1))
        assert locate(*OVERLEIE, on=dt.date(2025, 12, 31)).area("gebieden17")
        assert locate(*OVERLEIE, on=dt.date(2026, 1, 1)).area("gebieden17") is None

    def test_sees_a_changed_border_at_once(self, areas: None) -> None:
        before = locate(*OVERLEIE, on=TODAY)
        overleie, pius = Area.objects.get(code="overleie"), Area.objects.get(code="pius-x")
        overleie.boundary, pius.boundary = pius.boundary, overleie.boundary
        overleie.save(update_fields=["boundary"])
        pius.save(update_fields=["boundary"])
        after = locate(*OVERLEIE, on=TODAY)
        assert (before.area("gebieden17"), after.area("gebieden17")) == (overleie, pius)

    def test_keeps_its_borders_while_nothing_changes(self, areas: None) -> None:
        assert current_locator() is current_locator()

    def test_answers_a_batch_in_the_order_asked(self, locator: Locator) -> None:
        spots = [(*OVERLEIE, TODAY), (3.3350, 50.7390, dt.date(2025, 1, 1)), (3.7, 51.05, TODAY)]
        found = locator.locate_all(spots)
        assert found == [locator.locate(lon, lat, on=on) for lon, lat, on in spots]

    def test_is_outside_before_the_first_set(self, areas: None) -> None:
        assert locate(*OVERLEIE, on=dt.date(1900, 1, 1)) == Location(outside=True)

    def test_recognises_exchanged_coordinates(self, areas: None) -> None:
        longitude, latitude = OVERLEIE
        assert looks_swapped(latitude, longitude, on=TODAY)
        assert not looks_swapped(longitude, latitude, on=TODAY)
        assert not looks_swapped(3.7, 51.05, on=TODAY)


class TestEveryPlace:
    """In the municipality: exactly one area in each covering set."""

    @many
    @given(x=unit, y=unit)
    def test_anywhere(self, locator: Locator, whole: BaseGeometry, x: float, y: float) -> None:
        west, south, east, north = whole.bounds
        spot = shapely.Point(west + x * (east - west), south + y * (north - south))
        found = locator.locate(spot.x, spot.y, on=TODAY)
        assert found.outside != whole.covers(spot)
        assert found.outside or set(found.areas) - {"binnenstad5"} == COVERING

    @many
    @given(code=st.sampled_from(sorted(COVERING - {"patrouille3"})), which=unit, along=unit)
    def test_on_a_border(
        self,
        locator: Locator,
        whole: BaseGeometry,
        borders: dict[str, list[BaseGeometry]],
        code: str,
        which: float,
        along: float,
    ) -> None:
        shape = borders[code][int(which * len(borders[code]))]
        spot = shape.boundary.interpolate(along, normalized=True)
        self.has_one_area_each(locator, whole, spot)

    @many
    @given(code=st.sampled_from(sorted(COVERING - {"patrouille3"})), which=unit, corner=unit)
    def test_on_a_corner(
        self,
        locator: Locator,
        whole: BaseGeometry,
        borders: dict[str, list[BaseGeometry]],
        code: str,
        which: float,
        corner: float,
    ) -> None:
        corners = shapely.get_coordinates(borders[code][int(which * len(borders[code]))])
        self.has_one_area_each(locator, whole, shapely.Point(corners[int(corner * len(corners))]))

    @many
    @given(along=unit)
    def test_not_just_outside(self, locator: Locator, whole: BaseGeometry, along: float) -> None:
        ring = whole.buffer(0.00005).boundary
        spot = ring.interpolate(along, normalized=True)
        assert locator.locate(spot.x, spot.y, on=TODAY).outside

    @staticmethod
    def has_one_area_each(locator: Locator, whole: BaseGeometry, spot: shapely.Point) -> None:
        # A drawn sector may reach some centimetres over the border of the municipality.
        found = locator.locate(spot.x, spot.y, on=TODAY)
        assert found.outside != whole.dwithin(spot, ON_THE_BORDER)
        assert found.outside or set(found.areas) >= COVERING
