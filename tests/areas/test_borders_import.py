import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from areas.geometry import LAMBERT_72, LAMBERT_2008, WGS84, boundary_of, reproject, shape_of
from areas.locate import locate
from areas.models import Area, AreaSet, Crosswalk
from tests.areas.conftest import TODAY

NOORD = ("overleie", "pius-x")
OVERLEIE = (3.2622, 50.8340)


def geojson(borders: dict[str, Any], srid: int = WGS84) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": code.title()},
            "geometry": reproject(shape_of(boundary), WGS84, srid).__geo_interface__,
        }
        for code, boundary in borders.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def boundaries(*codes: str) -> dict[str, Any]:
    return {area.code: area.boundary for area in Area.objects.in_set("gebieden17").filter(code__in=codes)}


def state() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (AreaSet, Area, Crosswalk)]


@pytest.fixture
def file(tmp_path: Path, areas: None) -> Path:
    return tmp_path / "grenzen.geojson"


def run(file: Path, *options: str) -> None:
    call_command("import_areas", str(file), "--set", "gebieden17", *options)


class TestCorrecting:
    @pytest.mark.parametrize("srid", [WGS84, LAMBERT_72, LAMBERT_2008])
    def test_replaces_provisional_borders(self, file: Path, srid: int) -> None:
        one, other = (boundaries(*NOORD)[code] for code in NOORD)
        ids = set(Area.objects.values_list("pk", flat=True))
        file.write_text(geojson({"overleie": other, "pius-x": one}, srid), "utf-8")
        run(file, "--srid", str(srid))
        found = locate(*OVERLEIE, on=TODAY).area("gebieden17")
        assert found is not None
        assert (found.code, found.provisional) == ("pius-x", False)
        assert set(Area.objects.values_list("pk", flat=True)) == ids

    def test_keeps_the_old_border_in_the_history(self, file: Path) -> None:
        before = boundaries(*NOORD)
        file.write_text(geojson({"overleie": before["pius-x"], "pius-x": before["overleie"]}), "utf-8")
        run(file)
        with connection.cursor() as cursor:
            cursor.execute("SELECT boundary FROM areas_areachange WHERE code = 'overleie' ORDER BY pgh_id LIMIT 1")
            assert json.loads(cursor.fetchone()[0]) == before["overleie"]

    def test_computes_the_overlaps_again(self, file: Path) -> None:
        file.write_text(geojson(boundaries(*NOORD)), "utf-8")
        run(file)
        assert Crosswalk.objects.filter(from_area__code="overleie").exists()


class TestSucceeding:
    def test_ends_the_set_and_begins_its_successor(self, file: Path, the_17: AreaSet) -> None:
        all_17 = boundaries(*the_17.areas.values_list("code", flat=True))
        all_17["overleie"], all_17["pius-x"] = all_17["pius-x"], all_17["overleie"]
        file.write_text(geojson(all_17), "utf-8")
        run(file, "--valid-from", "2026-07-01")
        the_17.refresh_from_db()
        assert the_17.valid_to == dt.date(2026, 7, 1)
        before = locate(*OVERLEIE, on=dt.date(2026, 6, 30)).area("gebieden17")
        after = locate(*OVERLEIE, on=dt.date(2026, 7, 1)).area("gebieden17")
        assert before
        assert after
        assert (before.code, after.code, after.ring) == ("overleie", "pius-x", "binnenstad")

    def test_refuses_a_date_before_the_present_set(self, file: Path) -> None:
        file.write_text(geojson(boundaries(*NOORD)), "utf-8")
        with pytest.raises(CommandError, match="moeten ingaan na"):
            run(file, "--valid-from", "1999-01-01")


class TestRefusing:
    """Says in Dutch what is wrong and leaves everything as it was."""

    def refused(self, file: Path, sentence: str, *options: str) -> None:
        before = state()
        with pytest.raises(CommandError, match=sentence):
            run(file, *options)
        assert state() == before

    def test_a_file_that_is_not_there(self, file: Path) -> None:
        self.refused(file, "kan niet geopend worden")

    @pytest.mark.parametrize(
        "text",
        [
            "geen json",
            "[]",
            "{}",
            '{"features": [{}]}',
            '{"features": [{"properties": {"code": "x"}, "geometry": null}]}',
        ],
    )
    def test_a_file_of_another_kind(self, file: Path, text: str) -> None:
        file.write_text(text, "utf-8")
        self.refused(file, "geen GeoJSON-bestand")

    def test_an_empty_file(self, file: Path) -> None:
        file.write_text('{"features": []}', "utf-8")
        self.refused(file, "geen enkel gebied")

    def test_an_unknown_area(self, file: Path) -> None:
        file.write_text(geojson({"atlantis": boundaries("overleie")["overleie"]}), "utf-8")
        self.refused(file, "geen gebied met de code atlantis")

    def test_a_code_that_stands_twice(self, file: Path) -> None:
        features = json.loads(geojson(boundaries("overleie")))["features"] * 2
        file.write_text(json.dumps({"features": features}), "utf-8")
        self.refused(file, "staat twee keer")

    def test_a_border_that_crosses_itself(self, file: Path) -> None:
        bow_tie = [[3.26, 50.83], [3.27, 50.84], [3.27, 50.83], [3.26, 50.84], [3.26, 50.83]]
        file.write_text(geojson({"overleie": {"type": "Polygon", "coordinates": [bow_tie]}}), "utf-8")
        self.refused(file, "kruist zichzelf")

    def test_a_line(self, file: Path) -> None:
        line = {"type": "LineString", "coordinates": [[3.26, 50.83], [3.27, 50.84]]}
        file.write_text(geojson({"overleie": line}), "utf-8")
        self.refused(file, "geen oppervlak")

    def test_exchanged_coordinates(self, file: Path) -> None:
        [ring] = boundaries("overleie")["overleie"]["coordinates"]
        swapped = {"type": "Polygon", "coordinates": [[[lat, lon] for lon, lat in ring]]}
        file.write_text(geojson({"overleie": swapped}), "utf-8")
        self.refused(file, "eerst lengte, dan breedte")

    def test_the_wrong_coordinate_system(self, file: Path) -> None:
        file.write_text(geojson(boundaries("overleie"), LAMBERT_72), "utf-8")
        self.refused(file, "Controleer het coördinatenstelsel", "--srid", "3812")

    def test_a_hole_in_the_municipality(self, file: Path) -> None:
        small = boundary_of(shape_of(boundaries("bellegem")["bellegem"]).buffer(-0.01))
        file.write_text(geojson({"bellegem": small}), "utf-8")
        self.refused(file, "van de gemeente in geen enkel gebied")

    def test_areas_that_overlap(self, file: Path) -> None:
        large = boundary_of(shape_of(boundaries("bellegem")["bellegem"]).buffer(0.01))
        file.write_text(geojson({"bellegem": large}), "utf-8")
        self.refused(file, "overlappen")

    def test_an_unknown_set(self, file: Path) -> None:
        with pytest.raises(CommandError, match="geen indeling met de code"):
            call_command("import_areas", str(file), "--set", "marsgebieden")
