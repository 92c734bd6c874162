"""The document itself, opened again: what it says, to whom, and what it keeps to itself."""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from kortrijk_gebied.pdf import StaticOnly, render_pdf, static_file
from kortrijk_gebied.workdays import BRUSSELS
from signals.models import Signal
from teams import reports
from teams.models import MonthlyReport
from tests.cast import Cast, area

type Make = Callable[..., Signal]

NOVEMBER = dt.date(2026, 11, 1)
RECEIVED = dt.datetime(2026, 11, 5, 9, tzinfo=BRUSSELS)


@pytest.fixture(autouse=True)
def _third_working_day() -> Any:
    with time_machine.travel(dt.datetime(2026, 12, 3, 6, 30, tzinfo=BRUSSELS)):
        yield


def copy(organisation: str, name: str = "Overleie") -> PdfReader:
    report = MonthlyReport.objects.get(
        pk=next(r.pk for r in reports.draft(NOVEMBER, area(name)) if r.organisation.code == organisation)
    )
    return PdfReader(io.BytesIO(reports.render(report)))


def words(document: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def elements(node: Any) -> Iterator[DictionaryObject]:
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for child in node:
            yield from elements(child)
    elif isinstance(node, DictionaryObject):
        yield node
        if "/K" in node:
            yield from elements(node["/K"])


class TestDocument:
    def test_is_tagged_titled_and_dutch(self, cast: Cast, report: Make) -> None:
        report(received_at=RECEIVED)
        document = copy("stad")
        root = document.root_object
        assert document.metadata
        assert document.metadata.title == "Maandrapport Overleie, november 2026"
        assert str(root["/Lang"]) == "nl-BE"
        assert root["/MarkInfo"]["/Marked"].value is True  # type: ignore[index]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True  # type: ignore[index]
        assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()  # type: ignore[union-attr]

    def test_has_an_outline_and_numbered_pages(self, cast: Cast, report: Make) -> None:
        report(received_at=RECEIVED)
        document = copy("stad")
        outline = [item.title for item in document.outline]  # type: ignore[union-attr]
        assert outline == [
            "Waar er iets openstaat", "Wat er gemeld werd", "Meer of minder dan vroeger", "Wat te laat is",
            "Wat bij anderen loopt",
        ]  # fmt: skip
        assert 1 <= len(document.pages) <= 4
        assert f"pagina 1 van {len(document.pages)}" in document.pages[0].extract_text()

    def test_has_words_for_every_picture(self, cast: Cast, report: Make) -> None:
        report(received_at=RECEIVED)
        figures = [
            node for node in elements(copy("stad").root_object["/StructTreeRoot"]) if node.get("/S") == "/Figure"
        ]
        alternatives = [str(figure["/Alt"]) for figure in figures]
        assert alternatives == [
            "Kaart van Overleie met 1 open signalen, waarvan 1 te laat",
            "Signalen per hoofdonderwerp",
        ]

    def test_says_whose_borders_it_draws_and_that_they_are_provisional(self, cast: Cast) -> None:
        text = words(copy("stad"))
        assert "Wijken voor omgevingsanalyse. © gemeentebesturen" in text
        assert "voorlopige grens" in text

    def test_is_in_our_own_font(self, cast: Cast) -> None:
        fonts = {
            str(font.get_object()["/BaseFont"])
            for page in copy("stad").pages
            for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
        }
        assert fonts
        assert all("Atkinson" in font for font in fonts)

    def test_stays_within_four_pages_in_a_busy_month(self, cast: Cast, report: Make) -> None:
        subjects = [
            "Sluikstort",
            "Zwerfvuil",
            "Dood dier",
            "Groenbeheer",
            "Put in de weg",
            "Fietswrak",
            "Woonkwaliteit",
        ]
        for number in range(35):
            report(subjects[number % 7], received_at=RECEIVED, at=(3.2600 + number / 10_000, 50.8335))
        reports.put_into_words(
            area=area("Overleie"), month=NOVEMBER, text="\n".join(["Een lange lijn " * 8] * 5), by=cast["gebiedswerker"]
        )
        document = copy("stad")
        assert len(document.pages) <= 4
        assert "En nog 18 andere." in words(document)

    def test_stands_when_there_is_nothing_to_tell(self, cast: Cast) -> None:
        text = words(copy("stad", "Marke"))
        assert "In deze periode werd niets gemeld." in text
        assert "Op 30 november 2026 was niets te laat." in text


class TestSecrets:
    @pytest.fixture
    def matter(self, cast: Cast, report: Make) -> None:
        marks = {"received_at": RECEIVED}
        report("Sluikstort", description="MERK-open", place="Zichtbare straat", **marks)
        report("Burenruzie", description="MERK-politie", place="MERK-plaatspolitie", at=(3.2600, 50.8340), **marks)
        report("Schuldhulp of steun", description="MERK-ocmw", place="MERK-plaatsocmw", at=(3.2590, 50.8330), **marks)
        report("Bezorgd om iemand", description="MERK-zegel", place="MERK-plaatszegel", at=(3.2610, 50.8338), **marks)

    @pytest.mark.parametrize("organisation", ["stad", "ocmw", "politie"])
    def test_no_copy_holds_words_or_subject_of_limited_or_sealed_matter(self, matter: None, organisation: str) -> None:
        document = copy(organisation)
        text = words(document) + str([dict(node) for node in elements(document.root_object["/StructTreeRoot"])])
        assert "Zichtbare straat" in text  # what is open stands in it
        for secret in ["MERK", "Burenruzie", "Schuldhulp", "Bezorgd", "Zorg om personen"]:
            assert secret not in text

    def test_limited_matter_is_a_number_for_its_owner_and_existence_for_others(self, matter: None) -> None:
        police, city = words(copy("politie")), words(copy("stad"))
        assert "Beperkt, zonder onderwerp 1" in police
        assert "Er loopt één zaak bij OCMW Kortrijk." in police
        assert "bij PZ Vlas" not in police
        assert "Beperkt, zonder onderwerp" not in city
        assert "Er loopt één zaak bij OCMW Kortrijk." in city
        assert "Er loopt één zaak bij PZ Vlas." in city

    def test_sealed_matter_changes_nothing_in_any_copy(self, cast: Cast, report: Make) -> None:
        organisations = ["stad", "ocmw", "politie"]
        first = [words(copy(organisation)) for organisation in organisations]
        report("Bezorgd om iemand", received_at=RECEIVED)
        assert [words(copy(organisation)) for organisation in organisations] == first

    def test_each_copy_says_for_whom_it_is_and_what_it_leaves_out(self, cast: Cast) -> None:
        said = "Dit exemplaar is voor PZ Vlas. Wat enkel Stad Kortrijk of OCMW Kortrijk mag lezen, staat er niet in"
        assert said in words(copy("politie"))
        assert "Dit exemplaar is voor Stad Kortrijk." in words(copy("stad"))


class TestFetching:
    @pytest.mark.parametrize("address", ["http://127.0.0.1/", "file:///etc/hostname", "data:text/css,a{}", "ftp://a/"])
    def test_is_refused_for_all_but_our_static_files(self, address: str) -> None:
        with pytest.raises(ValueError, match="static"):
            StaticOnly().fetch(address)

    def test_does_not_leave_the_folder(self) -> None:
        assert static_file("report.css").is_file()
        with pytest.raises(ValueError, match="No such static file"):
            static_file("../kortrijk_gebied/settings.py")

    def test_typed_markup_is_text(self, cast: Cast) -> None:
        reports.put_into_words(
            area=area("Overleie"),
            month=NOVEMBER,
            text="<img src='file:///etc/hostname'> & zo",
            by=cast["gebiedswerker"],
        )
        assert "<img src='file:///etc/hostname'> & zo" in words(copy("stad"))

    def test_a_document_needs_no_signals_at_all(self, cast: Cast) -> None:
        assert render_pdf("reports/monthly.html", {**reports.contents(reports.draft(NOVEMBER)[0])}).startswith(b"%PDF")
