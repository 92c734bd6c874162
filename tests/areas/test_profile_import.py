import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from areas.doing import lines_of, whole_days
from areas.figures import figures_of
from areas.models import Area, ProfileFigure
from areas.profile_import import read
from kortrijk_gebied.sections import Period
from signals.models import Signal
from teams.models import User
from teams.views.profile import MOST_REFUSED
from tests.areas.figures import HEADER, given, row
from tests.cast import Cast, area

pytestmark = pytest.mark.django_db

EXAMPLE = Path("areas/fixtures/profielcijfers.csv")


class TestReading:
    def test_keeps_area_group_year_unit_and_source(self, kortrijk: None) -> None:
        assert str(given(row(value="1.234,5", group="65+", unit="m²"))) == "added 1, changed 0, the same 0, refused 0"
        figure = ProfileFigure.objects.get()
        assert (figure.area, figure.value, figure.year) == (area("Overleie"), Decimal("1234.5"), 2024)
        assert (figure.target_group, figure.unit, figure.source) == ("65+", "m²", "Statbel")

    def test_again_changes_nothing_and_a_better_figure_takes_its_place(self, kortrijk: None) -> None:
        given(row())
        assert str(given(row())) == "added 0, changed 0, the same 1, refused 0"
        assert str(given(row(value="13"))) == "added 0, changed 1, the same 0, refused 0"
        assert ProfileFigure.objects.get().value == 13

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
    def test_knows_the_signs_of_both_encodings(self, kortrijk: None, encoding: str) -> None:
        given(row(group="één ouder"), encoding=encoding)
        assert ProfileFigure.objects.get().target_group == "één ouder"

    def test_of_the_municipality_is_of_the_whole_city(self, kortrijk: None) -> None:
        given(row(code="34022", value="10"), row())
        [figure] = figures_of(area("Overleie"))["Bevolking"]
        assert (figure.value, figure.city) == (Decimal("12.5"), 10)  # type: ignore[attr-defined]

    def test_takes_the_example_whole(self, kortrijk: None) -> None:
        with EXAMPLE.open("rb") as file:
            report = read(file)
        assert (report.added, report.refused) == (216, [])
        assert {figure.source for figure in ProfileFigure.objects.all()} == {"voorbeeldcijfers, geen officiële telling"}

    @pytest.mark.parametrize("delimiter", [",", "\t"])
    def test_knows_other_signs_between_the_columns(self, kortrijk: None, delimiter: str) -> None:
        rows = [HEADER, row(value='"12,5"' if delimiter == "," else "12,5")]
        report = read(io.BytesIO("\n".join(line.replace(";", delimiter) for line in rows).encode()))
        assert (report.added, report.refused) == (1, [])
        assert ProfileFigure.objects.get().value == Decimal("12.5")

    @pytest.mark.parametrize(
        ("text", "value"),
        [("12,5", "12.5"), ("1234", "1234"), ("1 234,56", "1234.56"), ("1.234.567", "1234567"), ("-0,4", "-0.4"),
         ("1\u202f234", "1234")],
    )  # fmt: skip
    def test_knows_numbers_as_they_are_written_here(self, kortrijk: None, text: str, value: str) -> None:
        given(row(value=text, unit="aantal"))
        assert ProfileFigure.objects.get().value == Decimal(value)

    def test_of_a_newer_year_stands_beside_the_older_one_and_is_the_one_shown(self, kortrijk: None) -> None:
        given(row(year=2023, value="11"))
        assert given(row(year=2024)).added == 1
        [figure] = figures_of(area("Overleie"))["Bevolking"]
        assert (figure.year, figure.value, ProfileFigure.objects.count()) == (2024, Decimal("12.5"), 2)

    def test_keeps_what_a_corrected_figure_was(self, kortrijk: None) -> None:
        given(row())
        given(row(value="13"))
        changes = apps.get_model("areas", "ProfileFigureChange").objects.values_list("value", flat=True)
        assert list(changes) == [Decimal("12.5")]


class TestIndicators:
    def test_count_by_the_new_number_of_inhabitants_as_soon_as_it_was_read_in(self, report: Callable[..., Any]) -> None:
        now = timezone.now()
        Signal.objects.filter(pk=report().pk).update(reported_at=now - dt.timedelta(days=10))

        def inhabitants() -> int:
            period = whole_days(Period(now - dt.timedelta(days=30), now))
            lines = {line.indicator.key: line for line in lines_of(area("Overleie"), period)}
            return round(1000 / (lines["signals-per-thousand"].now or 0))

        cache.clear()
        assert inhabitants() == 1996
        for year, number in ((2024, "4.700"), (2025, "4.812"), (2025, "4.815")):
            given(f"overleie;;{year};Bevolking;Inwoners;;aantal;{number};Stadsmonitor")
            assert inhabitants() == int(number.replace(".", ""))
        ProfileFigure.objects.all().delete()
        assert inhabitants() == 1996


class TestPage:
    def test_is_for_who_manages_areas(self, cast: Cast, sign_in: Callable[[User], Client]) -> None:
        url = reverse("profile-import")
        file = SimpleUploadedFile("cijfers.csv", "\n".join([HEADER, row(), row(code="nergens")]).encode())
        answer: Any = sign_in(cast["gebiedswerker"]).post(url, {"file": file})
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "nergens" in page
        assert ProfileFigure.objects.count() == 1
        assert sign_in(cast["gebiedswerker"]).post(url, {}).status_code == 422
        assert sign_in(cast["wijkinspecteur"]).get(url).status_code == 403

    def test_says_so_when_more_was_refused_than_stands_there(
        self, cast: Cast, sign_in: Callable[[User], Client]
    ) -> None:
        client, url = sign_in(cast["gebiedswerker"]), reverse("profile-import")
        for count, says in ((MOST_REFUSED, False), (MOST_REFUSED + 1, True)):
            rows = [HEADER, *[row(code=f"nergens-{number}") for number in range(count)]]
            page = client.post(url, {"file": SimpleUploadedFile("cijfers.csv", "\n".join(rows).encode())})
            shown = page.content.decode()
            assert f"Geweigerd: {count}" in shown
            assert ("alleen de eerste 200" in shown) == says

    def test_of_the_area_shows_year_source_group_and_city(self, cast: Cast, sign_in: Callable[[User], Client]) -> None:
        given(row(group="65+"), row(group="65+", year=2023, value="11"), row(code="34022", group="65+", value="9,9"))
        url = reverse("areas:area-section", args=["overleie", "figures"])
        page = sign_in(cast["wijkinspecteur"]).get(url).content.decode()
        for shown in ("65+", "12,5", "9,9", "2024", "Statbel"):
            assert shown in page
        assert "2023" not in page
        assert Area.objects.count()

    def test_is_done_by_command_too(self, kortrijk: None, tmp_path: Path, capsys: Any) -> None:
        file = tmp_path / "cijfers.csv"
        file.write_text("\n".join([HEADER, row(), row(code="nergens")]), "utf-8")
        call_command("import_profile", str(file))
        said = capsys.readouterr()
        assert "added 1" in said.out
        assert "row 3" in said.err
