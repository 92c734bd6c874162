"""The address register: what comes in, what is refused, and what a second time changes."""

import gzip
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pyproj import Transformer

from areas.load import load_areas
from areas.models import Address, Place

pytestmark = pytest.mark.usefixtures("areas")

HEADER = "straatnaam;huisnummer;busnummer;postcode;gemeente;x;y"
MARKE, KOOIGEM, GHENT = (3.2330, 50.8060), (3.3380, 50.7380), (3.72, 51.05)


def lambert(point: tuple[float, float], system: int = 31370) -> tuple[str, str]:
    x, y = Transformer.from_crs(4326, system, always_xy=True).transform(*point)
    return f"{x:.2f}", f"{y:.2f}"


def row(name: str = "Vlaswegel", number: str = "1", box: str = "", at: tuple[float, float] = MARKE) -> str:
    return ";".join([name, number, box, "8510", "Kortrijk", *lambert(at)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "adressen.csv"


def run(file: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8", **options: Any) -> tuple[str, str]:
    file.write_bytes("\r\n".join([header, *rows]).encode(encoding))
    out, err = StringIO(), StringIO()
    call_command("import_addresses", str(file), stdout=out, stderr=err, **options)
    return out.getvalue().strip(), err.getvalue()


def doors(name: str = "Vlaswegel") -> list[str]:
    return [address.label for address in Address.objects.filter(street__name=name)]


class TestTaking:
    def test_makes_the_street_in_the_sub_municipality_where_it_lies(self, file: Path) -> None:
        said, _err = run(file, row(number="8"), row(number="8A"), row(number="8", box="3"))
        assert said == "new 3, changed 0, already known 0, rejected 0, gone 0"
        street = Place.objects.get(name="Vlaswegel")
        assert (street.locality, street.kind, street.is_example) == ("Marke", "street", False)
        assert street.source == "Adressenregister, Digitaal Vlaanderen"
        assert sorted(doors()) == ["8", "8 bus 3", "8A"]

    def test_tells_streets_of_one_name_apart(self, file: Path) -> None:
        run(file, row(), row(at=KOOIGEM))
        assert set(Place.objects.filter(name="Vlaswegel").values_list("locality", flat=True)) == {"Marke", "Kooigem"}

    @pytest.mark.parametrize("system", [31370, 3812])
    def test_knows_both_coordinate_systems_of_the_country(self, file: Path, system: int) -> None:
        x, y = lambert(MARKE, system)
        run(file, f"Vlaswegel;1;;8510;Kortrijk;{x};{y}")
        door = Address.objects.get(street__name="Vlaswegel")
        assert (door.longitude, door.latitude) == pytest.approx(MARKE, abs=1e-6)

    def test_reads_degrees_too(self, file: Path) -> None:
        run(file, "Vlaswegel;1;3,2330;50,8060", header="straatnaam;huisnummer;lengtegraad;breedtegraad")
        assert Address.objects.get(street__name="Vlaswegel").longitude == pytest.approx(3.2330)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    def test_reads_what_programs_write(self, file: Path, encoding: str) -> None:
        run(file, row("Condéwegel").replace(".", ","), encoding=encoding)
        assert doors("Condéwegel") == ["1"]

    def test_reads_commas_and_the_names_of_other_editions(self, file: Path) -> None:
        x, y = lambert(MARKE)
        header = "EPSG:31370_x,EPSG:31370_y,EPSG:4326_lat,EPSG:4326_lon,box_number,house_number,municipality_name_nl"
        run(
            file, f"{x},{y},50.8,3.2,,12,Kortrijk,8510,Vlaswegel,current",
            header=f"{header},postcode,streetname_nl,status",
        )  # fmt: skip
        assert doors() == ["12"]

    def test_unpacks(self, tmp_path: Path) -> None:
        packed = tmp_path / "adressen.csv.gz"
        packed.write_bytes(gzip.compress(f"{HEADER}\n{row()}\n".encode()))
        call_command("import_addresses", str(packed), stdout=StringIO())
        assert doors() == ["1"]

    def test_lays_the_street_at_the_door_in_its_middle(self, file: Path) -> None:
        spots = [(MARKE[0] + step / 1000, MARKE[1]) for step in (0, 1, 5)]
        run(file, *[row(number=str(number), at=spot) for number, spot in enumerate(spots, start=1)])
        assert Place.objects.get(name="Vlaswegel").longitude == pytest.approx(spots[1][0], abs=1e-6)


class TestRefusing:
    @pytest.mark.parametrize(
        ("line", "why"),
        [
            (row(at=GHENT), "ligt buiten de gemeente"),
            (row(name=""), "De straat ontbreekt"),
            (row(name="x" * 121), "naam is te lang"),
            (row(number="onbekend"), "“onbekend” is geen huisnummer."),
            (row(number="1", box="x" * 20), "is geen huisnummer"),
            ("Vlaswegel;1;;8510;Kortrijk;;", "coördinaten ontbreken"),
            ("Vlaswegel;1;;8510;Kortrijk;0;0", "nergens in België"),
            ("Vlaswegel;1;;8510;Kortrijk;nan;nan", "nergens in België"),
            ("Vlaswegel;1", "De rij heeft 2 kolommen"),
        ],
    )
    def test_says_why_and_takes_the_rest(self, file: Path, line: str, why: str) -> None:
        said, err = run(file, line, row("Anderewegel"))
        assert said == "new 1, changed 0, already known 0, rejected 1, gone 0"
        assert "row 2: " in err
        assert why in err

    def test_leaves_out_what_is_not_in_use(self, file: Path) -> None:
        _said, err = run(file, f"{row()};gehistoreerd", header=f"{HEADER};status")
        assert "niet meer in gebruik" in err
        assert doors() == []

    def test_takes_an_address_once(self, file: Path) -> None:
        said, err = run(file, row(), row(at=(MARKE[0] + 0.001, MARKE[1])))
        assert said.startswith("new 1,")
        assert "row 3: Dit adres staat twee keer in het bestand." in err

    def test_keeps_the_refused_rows_in_a_file(self, file: Path, tmp_path: Path) -> None:
        rejects = tmp_path / "geweigerd.csv"
        run(file, *[row(number=f"x{number}") for number in range(25)], rejects=rejects)
        lines = rejects.read_text("utf-8-sig").splitlines()
        assert len(lines) == 26
        assert lines[1].endswith('"2";"“x0” is geen huisnummer."')

    def test_says_on_screen_how_many_more_there_are(self, file: Path) -> None:
        _said, err = run(file, *[row(number=f"x{number}") for number in range(25)])
        assert "and 5 more" in err

    @pytest.mark.parametrize(
        ("header", "why"),
        [("straatnaam;huisnummer", "geen kolom “x”, “y”"), ("a;b;c", "“straatnaam”"), ("", "leeg")],
    )
    def test_of_a_file_that_is_no_register_says_what_is_missing(self, file: Path, header: str, why: str) -> None:
        with pytest.raises(CommandError, match=why):
            run(file, header=header)

    def test_of_a_file_that_is_not_there(self, file: Path) -> None:
        with pytest.raises(CommandError, match="No such file"):
            call_command("import_addresses", str(file))


class TestASecondTime:
    def test_changes_nothing(self, file: Path) -> None:
        run(file, row(), row(number="2"), row(at=KOOIGEM))
        before = list(Address.objects.order_by("pk").values()), list(Place.objects.order_by("pk").values())
        said, _err = run(file, row(), row(number="2"), row(at=KOOIGEM))
        assert said == "new 0, changed 0, already known 3, rejected 0, gone 0"
        assert (list(Address.objects.order_by("pk").values()), list(Place.objects.order_by("pk").values())) == before

    def test_moves_a_door_that_was_measured_again(self, file: Path) -> None:
        run(file, row())
        door = Address.objects.get(street__name="Vlaswegel")
        said, _err = run(file, row(at=(MARKE[0] + 0.0005, MARKE[1])))
        assert said.startswith("new 0, changed 1,")
        again = Address.objects.get(street__name="Vlaswegel")
        assert again.pk == door.pk
        assert again.longitude == pytest.approx(MARKE[0] + 0.0005, abs=1e-6)

    def test_keeps_what_a_part_of_the_register_does_not_name(self, file: Path) -> None:
        run(file, row(), row(number="2"))
        run(file, row(number="3"))
        assert sorted(doors()) == ["1", "2", "3"]

    def test_with_the_whole_register_drops_what_is_not_in_it(self, file: Path) -> None:
        Place.objects.create(
            name="Ons eigen pleintje", locality="Marke", kind="square", longitude=3.2, latitude=50.8, source="Stad"
        )
        run(file, row(), row("Oudewegel"))
        said, _err = run(file, row(), complete=True)
        assert said.startswith("new 0, changed 0, already known 1, rejected 0, gone ")
        assert Address.objects.count() == 1
        assert not Place.objects.filter(name="Oudewegel").exists()
        assert not Place.objects.filter(is_example=True, kind__in=["street", "square"]).exists()
        assert Place.objects.filter(kind="neighbourhood").exists()
        assert Place.objects.filter(name="Ons eigen pleintje").exists()


class TestExamples:
    def test_become_real_without_the_numbers_that_were_invented(self, file: Path) -> None:
        spot = Place.objects.get(name="Overleiestraat")
        run(file, row("Overleiestraat", "7", at=(spot.longitude, spot.latitude)))
        street = Place.objects.get(name="Overleiestraat")
        assert (street.pk, street.is_example) == (spot.pk, False)
        assert doors("Overleiestraat") == ["7"]

    def test_keep_their_kind(self, file: Path) -> None:
        spot = Place.objects.get(name="Grote Markt")
        run(file, row("Grote Markt", "1", at=(spot.longitude, spot.latitude)))
        assert Place.objects.get(name="Grote Markt").kind == "square"

    def test_are_marked_when_the_file_is_one(self, file: Path) -> None:
        run(file, row(), example=True)
        assert Address.objects.get(street__name="Vlaswegel").is_example
        assert Place.objects.get(name="Vlaswegel").is_example

    def test_do_not_come_back_once_there_is_a_register(self, file: Path) -> None:
        run(file, row(), complete=True)
        load_areas(overlaps=False)
        assert not Address.objects.filter(is_example=True).exists()
        assert not Place.objects.filter(is_example=True, kind="street").exists()

    def test_all_say_that_they_are(self) -> None:
        assert Address.objects.count() > 400
        assert not Address.objects.filter(is_example=False).exists()
        assert not Address.objects.filter(street__is_example=False).exists()
