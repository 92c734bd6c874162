import pytest
import shapely
from django.core.management import call_command

from areas.fixtures.derive import derive
from areas.geometry import hectares, shape_of
from areas.load import features_of, load_areas
from areas.locate import locate
from areas.models import Area, AreaSet, Place, SectorWard
from tests.areas.conftest import TODAY

pytestmark = pytest.mark.usefixtures("areas")

COUNTS = {
    "gebieden17": 17,
    "wijken14": 14,
    "woonzorg8": 8,
    "binnenstad5": 5,
    "deelgemeenten8": 8,
    "wijken-politie": 19,
    "patrouille3": 3,
    "sectoren": 113,
}
HALVES = [
    ("34022W09", "overleie", "pius-x"),
    ("34022W10", "kortrijk-oost", "kortrijk-zuid-oost"),
    ("34022W12", "hoog-kortrijk", "lange-munte"),
]


class TestLoading:
    def test_brings_every_set_complete(self) -> None:
        assert {s.code: s.areas.count() for s in AreaSet.objects.all()} == COUNTS

    def test_twice_changes_nothing(self) -> None:
        before = list(Area.objects.values())
        again = load_areas(overlaps=False)
        assert (again.areas, again.places) == (0, 0)
        assert list(Area.objects.values()) == before

    def test_leaves_a_border_that_was_imported_since(self) -> None:
        Area.objects.filter(code="overleie").update(provisional=False)
        load_areas(overlaps=False)
        assert not Area.objects.get(code="overleie").provisional

    def test_works_as_a_command(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("load_areas")
        assert "area sets 8, new areas 0" in capsys.readouterr().out

    def test_gives_every_set_its_source_and_licence(self) -> None:
        assert all(s.source and s.licence for s in AreaSet.objects.all())
        assert "Modellicentie gratis hergebruik v1.0" in AreaSet.objects.get(code="gebieden17").licence


class TestTheSeventeen:
    @pytest.mark.parametrize(("whole", "one", "other"), HALVES)
    def test_two_halves_are_exactly_the_area_of_today(self, whole: str, one: str, other: str) -> None:
        today, *halves = (shape_of(Area.objects.get(code=code).boundary) for code in (whole, one, other))
        assert shapely.union_all(halves).equals(today)
        assert halves[0].intersection(halves[1]).area == 0

    def test_only_the_six_halves_are_provisional(self) -> None:
        provisional = Area.objects.in_set("gebieden17").filter(provisional=True)
        assert {area.code for area in provisional} == {half for _, *pair in HALVES for half in pair}

    def test_eleven_keep_the_border_of_today(self) -> None:
        certain = Area.objects.in_set("gebieden17").filter(provisional=False)
        today = [area.boundary for area in Area.objects.in_set("wijken14")]
        assert certain.count() == 11
        assert all(area.boundary in today for area in certain)

    def test_eight_lie_in_the_inner_city_and_nine_in_the_rim(self) -> None:
        rings = list(Area.objects.in_set("gebieden17").values_list("ring", flat=True))
        assert (rings.count("binnenstad"), rings.count("rand")) == (8, 9)

    def test_a_number_of_inhabitants_comes_with_its_year(self) -> None:
        kooigem = Area.objects.get(code="kooigem")
        assert (kooigem.inhabitants, kooigem.inhabitants_year) == (754, 2007)


class TestPlaces:
    def test_lie_in_the_municipality(self) -> None:
        outside = [p for p in Place.objects.all() if locate(p.longitude, p.latitude, on=TODAY).outside]
        assert outside == []

    def test_a_neighbourhood_lies_in_its_own_sector(self) -> None:
        for feature in features_of("sectoren"):
            found = locate(*feature["properties"]["centre"], on=TODAY).area("sectoren")
            assert found is not None
            assert found.code == feature["properties"]["code"]

    def test_are_marked_as_examples(self) -> None:
        assert not Place.objects.filter(is_example=False).exists()


class TestWards:
    def test_every_sector_has_one(self) -> None:
        assert SectorWard.objects.count() == 113


class TestDerivation:
    def test_draws_what_is_committed(self) -> None:
        for code, shapes in derive().items():
            committed = {f["properties"]["code"]: shape_of(f["geometry"]) for f in features_of(code)}
            assert list(shapes) == list(committed)
            for area, shape in shapes.items():
                assert hectares(shape) == pytest.approx(hectares(committed[area]), abs=1)
