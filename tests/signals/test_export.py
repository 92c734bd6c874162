"""The list of the inbox as a file: the same rows, what may be read of them, and on record who took it."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied import sheets
from kortrijk_gebied.audit.models import ReadEntry
from signals import export as exporting
from signals.inbox import Tab
from signals.levels import Level
from signals.models import Export, Signal
from signals.rows import Row, rows_of
from signals.views.inbox import box_of
from teams.access import access_of
from teams.models import AreaGrant, Organisation, User
from tests.cast import MARKE, Cast

pytestmark = pytest.mark.django_db

type Report = Callable[..., Signal]
type SignIn = Callable[[User], Client]
URL = "/signalen/export/"


def taken(client: Client, query: str = "tab=alles", **chosen: str) -> list[dict[str, str]]:
    """The rows of the file, by the heading of their columns."""
    answer = client.post(f"{URL}?{query}", {"form": "csv", **chosen})
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def numbers(client: Client, query: str = "tab=alles") -> list[str]:
    return [row["Nummer"] for row in taken(client, query)]


@pytest.fixture
def bram(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["coordinator"])


class TestFile:
    def test_holds_what_stands_on_the_screen(self, bram: Client, report: Report, cast: Cast) -> None:
        signal = report(place="Overleiestraat 8", description="Drie zetels.")
        (row,) = taken(bram)
        assert (row["Nummer"], row["Onderwerp"], row["Plaats"]) == (signal.reference, "Sluikstort", "Overleiestraat 8")
        assert (row["Gebied"], row["Eigenaar"], row["Omschrijving"]) == ("Overleie", "Stad Kortrijk", "Drie zetels.")
        assert row["Teams aan het werk"] == "Team Net Kortrijk Noord"
        assert row["Geheimhouding"] == "open"
        assert row["Breedtegraad"].startswith("50,8")

    @pytest.mark.parametrize("query", [f"tab={tab}" for tab in Tab.values] + [
        "tab=alles&status=closed", "tab=alles&onderwerp=sluikstort", "tab=alles&q=overleiestraat",
        "tab=alles&geheim=on",
    ])  # fmt: skip
    def test_is_the_list_of_the_same_address(
        self, bram: Client, report: Report, cast: Cast, rf: Any, query: str
    ) -> None:
        """In the same order, less what may not be read."""
        for subject in ("Sluikstort", "Zwerfvuil", "Burenruzie", "Onveilige situatie", "Bezorgd om iemand"):
            report(subject)
        report("Sluikstort", at=None, place="ergens")
        report("Sluikstort", at=MARKE)
        report("Zwerfvuil").close(by=cast["coordinator"], outcome="Opgeruimd.")
        request = rf.get(f"/postvak/?{query}")
        request.user = cast["coordinator"]
        box, _form = box_of(request)
        on_screen: list[Row] = rows_of(box.page(1).object_list, access_of(cast["coordinator"]))
        assert numbers(bram, query) == [row.signal.reference for row in on_screen if row.signal]

    def test_opens_in_excel(self, bram: Client, report: Report) -> None:
        signal = report(description="=HYPERLINK(1)")
        answer = bram.post(f"{URL}?tab=alles", {"form": "xlsx"})
        sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
        assert sheet is not None
        assert answer["Content-Disposition"].endswith('.xlsx"')
        assert sheet["A2"].value == signal.reference
        assert sheet["N2"].value == "=HYPERLINK(1)"
        assert sheet["N2"].data_type == "s"
        assert sheet["I2"].is_date

    def test_runs_nothing_in_a_spreadsheet(self, bram: Client, report: Report) -> None:
        report(description="=HYPERLINK(1)", place="@SUM(A1)")
        (row,) = taken(bram)
        assert (row["Omschrijving"], row["Plaats"]) == ("'=HYPERLINK(1)", "'@SUM(A1)")

    def test_comes_in_pieces(self, bram: Client, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(exporting, "AT_ONCE", 2)
        made = {report().reference for _time in range(5)}
        assert set(numbers(bram)) == made
        assert Export.objects.get().rows == 5

    def test_costs_as_many_queries_however_many_rows(
        self, bram: Client, report: Report, cast: Cast, django_assert_num_queries: Any
    ) -> None:
        report()
        taken(bram)
        with CaptureQueriesContext(connection) as one:
            taken(bram, with_reporters="on")
        cost = len(one)
        for _time in range(5):
            report(name="Rosa")
        with django_assert_num_queries(cost):
            taken(bram, with_reporters="on")

    def test_may_be_empty(self, bram: Client, kortrijk: None) -> None:
        assert taken(bram) == []


class TestRightsTakenAway:
    """While a list is on its way: after the first piece somebody loses a right, or a signal its readers."""

    LAST = "Afgebroken: je mag minder lezen dan toen deze lijst begon. Maak de uitvoer opnieuw."

    @pytest.fixture
    def parts(self, bram: Client, report: Report, monkeypatch: pytest.MonkeyPatch) -> Iterator[bytes]:
        """As a browser reads it: the heading first, then signal by signal."""
        for module in (exporting, sheets):
            monkeypatch.setattr(module, "AT_ONCE" if module is exporting else "ROWS_AT_ONCE", 1)
        for word in ("eerst", "tweede", "derde"):
            report(description=word)
        answer = bram.post(f"{URL}?tab=alles", {"form": "csv"})
        parts: Iterator[bytes] = iter(answer.streaming_content)  # type: ignore[attr-defined]
        assert "eerst" in (next(parts) + next(parts)).decode()
        return parts

    def lose_team(self, bram: User) -> None:
        bram.memberships.update(ends=timezone.localdate() - dt.timedelta(days=1))

    def lose_grant(self, bram: User) -> None:
        AreaGrant.objects.filter(
            group__team__memberships__user=bram, permission__codename="view_reporter_area"
        ).delete()

    def be_stopped(self, bram: User) -> None:
        User.objects.filter(pk=bram.pk).update(is_active=False)

    def move(self, bram: User) -> None:
        User.objects.filter(pk=bram.pk).update(organisation=Organisation.objects.get(code="ocmw"))

    @pytest.mark.parametrize("lose", [lose_team, lose_grant, be_stopped, move], ids=lambda lose: lose.__name__)
    def test_ends_it_with_a_sentence(self, cast: Cast, parts: Iterator[bytes], lose: Callable[..., None]) -> None:
        lose(self, cast["coordinator"])
        rest = b"".join(parts).decode()
        assert [word for word in ("tweede", "derde") if word in rest] == []
        assert self.LAST in rest
        kept = Export.objects.get()
        assert (kept.rows, kept.finished_at) == (1, None)

    def test_leaves_a_whole_excel_file(self, cast: Cast, sign_in: SignIn, report: Report) -> None:
        report()
        user = cast["coordinator"]
        answer = sign_in(user).post(f"{URL}?tab=alles", {"form": "xlsx"})
        self.be_stopped(user)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
        assert sheet is not None
        assert [row[0].value for row in sheet.iter_rows()] == ["Nummer", self.LAST]

    def test_more_rights_change_nothing(self, cast: Cast, parts: Iterator[bytes]) -> None:
        desk = cast["agent"].memberships.get()
        cast["coordinator"].memberships.create(team=desk.team, function=desk.function, starts=desk.starts)
        rest = b"".join(parts).decode()
        assert all(word in rest for word in ("tweede", "derde"))
        assert Export.objects.get().finished_at is not None

    def test_leaves_out_what_became_secret(self, cast: Cast, parts: Iterator[bytes]) -> None:
        signal = Signal.objects.get(description="tweede")
        Signal.objects.filter(pk=signal.pk).update(level=Level.LIMITED, owner=Organisation.objects.get(code="politie"))
        rest = b"".join(parts).decode()
        assert [word for word in ("tweede", "derde") if word in rest] == ["derde"]
        kept = Export.objects.get()
        assert (kept.rows, kept.finished_at is None) == (2, False)


class TestSecrets:
    def test_limited_rows_leave_nothing_behind(self, bram: Client, report: Report) -> None:
        report("Burenruzie")
        assert taken(bram) == []
        assert Export.objects.get().rows == 0
        assert "Burenruzie" not in bram.get(f"{URL}?tab=alles").text

    def test_page_counts_only_what_may_be_read(self, bram: Client, report: Report) -> None:
        report()
        report("Burenruzie")
        assert "1 signaal, zoals je postvak" in bram.get(f"{URL}?tab=alles").text

    def test_open_rows_are_not_logged(self, bram: Client, report: Report) -> None:
        report()
        taken(bram)
        assert not ReadEntry.objects.exists()


class TestReporters:
    def told(self, report: Report) -> None:
        report(name="Rosa Vercruysse", email="rosa@voorbeeld.example", phone="056 11 22 33")

    def test_are_not_in_it_unasked(self, bram: Client, report: Report) -> None:
        self.told(report)
        assert "Rosa" not in str(taken(bram))
        assert not Export.objects.get().with_reporters

    def test_are_in_it_for_who_may_see_them_and_asks(self, bram: Client, report: Report) -> None:
        self.told(report)
        (row,) = taken(bram, with_reporters="on")
        assert (row["Melders"], row["E-mailadressen van melders"]) == ("Rosa Vercruysse", "rosa@voorbeeld.example")
        assert row["Telefoonnummers van melders"] == "056 11 22 33"
        assert Export.objects.get().with_reporters

    def test_of_another_owner_are_not_in_it_whoever_asks(self, cast: Cast, sign_in: SignIn, report: Report) -> None:
        self.told(report)
        (row,) = taken(sign_in(cast["coordinator.politie"]), with_reporters="on")
        assert row["Melders"] == ""

    def test_cannot_be_asked_by_who_may_not_see_them(self, cast: Cast, sign_in: SignIn, report: Report) -> None:
        self.told(report)
        client = sign_in(cast["gebiedswerker"])
        assert "with_reporters" not in client.get(URL).text
        assert client.post(f"{URL}?tab=alles", {"form": "csv", "with_reporters": "on"}).status_code == 403
        assert not Export.objects.exists()


class TestRecord:
    def test_says_who_took_what(self, bram: Client, report: Report, cast: Cast) -> None:
        report()
        taken(bram, "tab=alles&onderwerp=sluikstort&q=zetel&page=1&signaal=x")
        row = Export.objects.get()
        assert (row.by, row.tab, row.form, row.rows) == (cast["coordinator"], "alles", "csv", 1)
        assert row.filters == {"tab": "alles", "onderwerp": "sluikstort", "q": "*"}  # not the words
        assert row.finished_at is not None

    def test_shows_what_was_broken_off(self, bram: Client, report: Report, cast: Cast, sign_in: SignIn) -> None:
        report()
        bram.post(f"{URL}?tab=alles", {"form": "csv"})  # and never read
        assert Export.objects.get().finished_at is None
        assert "afgebroken" in sign_in(cast["dpo"]).get(reverse("signals:exports")).text

    def test_is_for_the_officer_of_who_took_it(self, bram: Client, report: Report, cast: Cast, sign_in: SignIn) -> None:
        report(name="Rosa")
        taken(bram, "tab=alles&q=zetel", with_reporters="on")
        page = sign_in(cast["dpo"]).get(reverse("signals:exports")).text
        assert "Bram Vandeputte" in page
        assert "met een zoekwoord" in page
        assert "zetel" not in page
        assert "Bram" not in sign_in(cast["dpo.ocmw"]).get(reverse("signals:exports")).text
        assert bram.get(reverse("signals:exports")).status_code == 403

    def test_is_read_with_as_many_queries_however_much_was_taken(
        self, bram: Client, report: Report, cast: Cast, sign_in: SignIn, django_assert_num_queries: Any
    ) -> None:
        report()
        officer, page = sign_in(cast["dpo"]), reverse("signals:exports")
        taken(bram)
        officer.get(page)
        with CaptureQueriesContext(connection) as one:
            officer.get(page)
        cost = len(one)
        for subject in ("sluikstort", "zwerfvuil", "graffiti-en-wildplak"):
            taken(bram, f"tab=alles&onderwerp={subject}")
        taken(sign_in(cast["agent"]))
        with django_assert_num_queries(cost):
            assert len(officer.get(page).context["rows"]) == 5

    def test_is_not_made_by_looking(self, bram: Client, report: Report) -> None:
        report()
        bram.get(f"{URL}?tab=alles")
        assert not Export.objects.exists()

    @pytest.mark.parametrize("form", ["", "pdf"])
    def test_is_not_made_of_a_form_that_does_not_exist(self, bram: Client, report: Report, form: str) -> None:
        report()
        assert bram.post(f"{URL}?tab=alles", {"form": form}).status_code == 422
        assert not Export.objects.exists()


class TestPage:
    def test_says_when_there_is_nothing(self, bram: Client, kortrijk: None) -> None:
        assert "Niets om mee te nemen" in bram.get(URL).text

    def test_leads_back_to_the_same_list(self, bram: Client, report: Report) -> None:
        report()
        assert 'href="/postvak/?tab=alles&amp;q=overleie"' in bram.get(f"{URL}?tab=alles&q=overleie").text
