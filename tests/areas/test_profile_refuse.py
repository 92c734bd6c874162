"""What is no figure is told of with its line and a reason; the rest of the file is kept."""

import io

import pytest
from django.utils import timezone

from areas.models import AreaSet, ProfileFigure
from areas.profile_import import read
from kortrijk_gebied.tables import Unreadable
from tests.areas.figures import HEADER, given, reasons, row, sectors_of
from tests.cast import area

pytestmark = pytest.mark.django_db


class TestRefusing:
    @pytest.mark.parametrize(
        ("given_row", "reason"),
        [
            (row(code="nergens"), "Geen enkel gebied van vandaag heeft de code “nergens”."),
            (row(code=""), "Geen enkel gebied van vandaag heeft de code “”."),
            (row(year=1979), "“1979” is geen jaar van 1980 tot en met"),
            (row(year="24"), "“24” is geen jaar"),
            (row(year=timezone.localdate().year + 1), "is geen jaar"),
            (row(value="veel"), "“veel” is geen getal zoals 1.234,5."),
            (row(value=""), "“” is geen getal"),
            (row(value="12.5"), "“12.5” is geen getal"),
            (row(value="0.125", unit="aantal"), "“0.125” is geen getal"),
            (row(value="1.234 567", unit="aantal"), "“1.234 567” is geen getal"),
            (row(value="12.345"), "“12.345” procent kan niet: schrijf decimalen met een komma."),
            (row(value="1" + "0" * 10, unit="aantal"), "is te groot"),
            (row(group="x" * 81), "is te lang"),
            (row(group="\0"), "onleesbare tekens"),
            (row(group="\x85"), "onleesbare tekens"),
            (row().replace("Statbel", ""), "De indicator of de bron ontbreekt."),
            (row().replace("Aandeel", " "), "De indicator of de bron ontbreekt."),
            (row() + ";", "De rij heeft 10 kolommen, de kop heeft er 9."),
        ],
    )
    def test_says_why_in_words(self, kortrijk: None, given_row: str, reason: str) -> None:
        # Far enough down that nobody looks there to guess what kind of file it is.
        good = [row(year=year, group=str(n)) for year in range(1980, 2025) for n in range(5)]
        report = given(*good, given_row)
        assert reason in reasons(report)[len(good) + 2]
        assert ProfileFigure.objects.count() == len(good) == report.added  # the rest is kept

    def test_takes_the_first_of_two(self, kortrijk: None) -> None:
        assert "het eerste telt" in reasons(given(row(value="1"), row(value="2")))[3]
        assert ProfileFigure.objects.get().value == 1

    def test_of_signs_that_no_encoding_knows(self, kortrijk: None) -> None:
        lines = [HEADER.encode(), row(group="een").encode(), row(group="?").encode().replace(b"?", b"\x81")]
        assert "onleesbare tekens" in reasons(read(io.BytesIO(b"\n".join(lines))))[3]
        assert ProfileFigure.objects.get().target_group == "een"

    @pytest.mark.parametrize(
        ("file", "reason"),
        [
            (HEADER.replace(";", "|"), "één kolom"),
            ("", "leeg"),
            ("Gebied (code);Jaar;Indicator;Waarde", "“Bron”"),
        ],
    )
    def test_of_a_whole_file_says_what_to_do(self, kortrijk: None, file: str, reason: str) -> None:
        with pytest.raises(Unreadable, match=reason):
            read(io.BytesIO(file.encode()))

    def test_tells_the_line_and_the_reason_and_keeps_the_rest(self, kortrijk: None) -> None:
        report = given(
            row(code="nergens"), row(year=1850), row(year="dit jaar"), row(year=2999), row(value="veel"),
            row(value="0.5"), row(), row(), row(code="marke"), "overleie;te kort",
        )  # fmt: skip
        assert list(reasons(report)) == [2, 3, 4, 5, 6, 7, 9, 11]
        assert "nergens" in reasons(report)[2]
        assert ProfileFigure.objects.count() == 2

    def test_of_a_file_without_its_columns_or_of_another_kind(self, kortrijk: None) -> None:
        with pytest.raises(Unreadable, match="Gebied"):
            given("overleie;2024", header="Wijk;Jaar")
        with pytest.raises(Unreadable):
            read(io.BytesIO(b"PK\x03\x04"))

    def test_of_sectors_adds_up_counts_alone_and_whole_areas_alone(self, kortrijk: None) -> None:
        parts = sectors_of("Overleie")
        assert len(parts) > 1
        rows = [row(code=part.from_area.code, unit="aantal", value="100") for part in parts]
        report = given(*rows)
        figure = ProfileFigure.objects.get(area=area("Overleie"))
        assert figure.value == round(sum(100 * part.share for part in parts))
        assert "sectoren" in figure.source
        assert not any(refusal.line in range(2, len(rows) + 2) for refusal in report.refused)
        ProfileFigure.objects.all().delete()
        assert len(given(*rows[1:]).refused) == len(rows) - 1
        assert not ProfileFigure.objects.exists()

    def test_adds_up_no_percentages(self, kortrijk: None) -> None:
        told = reasons(given(*[row(code=part.from_area.code) for part in sectors_of("Overleie")]))
        assert set(told.values()) == {"Van een statistische sector nemen we alleen aantallen: % kan je niet optellen."}
        assert not ProfileFigure.objects.exists()

    def test_takes_the_figure_of_the_area_itself_above_a_sum(self, kortrijk: None) -> None:
        rows = [row(code=part.from_area.code, unit="aantal", value="100") for part in sectors_of("Overleie")]
        given(*rows, row(unit="aantal", value="777"))
        assert ProfileFigure.objects.get(area=area("Overleie")).value == 777

    def test_of_an_area_of_before_says_so(self, kortrijk: None) -> None:
        assert given(row(code="zorg-2")).added == 1
        AreaSet.objects.filter(code="woonzorg8").update(valid_to=timezone.localdate())
        assert "“zorg-2”" in reasons(given(row(code="zorg-2", year=2023)))[2]

    def test_stands_in_the_order_of_the_file(self, kortrijk: None) -> None:
        sector = row(code=sectors_of("Overleie")[0].from_area.code, unit="aantal")  # known once all is read
        assert list(reasons(given(sector, row(code="nergens")))) == [2, 3]
