"""The list of monthly reports, the documents behind it, and the five lines."""

import datetime as dt
import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from teams import reports
from teams.models import Membership, MonthlyReport, ReportWords, User
from tests.cast import Cast, area

type SignIn = Callable[[User], Client]

NOVEMBER = dt.date(2026, 11, 1)
LIST = reverse("reports:reports")


@pytest.fixture
def drafts(cast: Cast) -> None:
    reports.draft(NOVEMBER)


@pytest.fixture(autouse=True)
def _quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in the document is tested elsewhere."""
    monkeypatch.setattr(reports, "render", lambda report, **options: b"%PDF- of this month")


def copy(organisation: str, name: str = "Overleie") -> MonthlyReport:
    return MonthlyReport.objects.get(area=area(name), organisation__code=organisation)


def document(report: MonthlyReport) -> str:
    return reverse("reports:document", args=[report.pk])


def words(report: MonthlyReport) -> str:
    return reverse("reports:words", args=[report.pk])


class TestList:
    def test_shows_the_copies_of_ones_own_organisation(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        page = sign_in(cast["wijkinspecteur"]).get(LIST)
        assert [report.organisation.code for report, _leaves, _may in page.context["rows"]] == ["politie", "politie"]
        assert "exemplaren voor PZ Vlas" in page.content.decode()

    def test_leaves_out_areas_one_may_not_view(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        page = sign_in(cast["coordinator.rand"]).get(LIST)
        assert [report.area.name for report, _leaves, _may in page.context["rows"]] == ["Bellegem", "Marke"]

    def test_can_be_narrowed_to_a_month_and_an_area(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        reports.draft(dt.date(2026, 10, 1))
        client = sign_in(cast["gebiedswerker"])
        rows = client.get(LIST, {"maand": "2026-10", "gebied": "overleie"}).context["rows"]
        assert [(report.month, report.area.name) for report, _leaves, _may in rows] == [
            (dt.date(2026, 10, 1), "Overleie")
        ]
        assert client.get(LIST, {"maand": "onzin"}).status_code == 200

    def test_says_what_comes_when_there_is_nothing(self, cast: Cast, sign_in: SignIn) -> None:
        assert "Nog geen maandrapporten" in sign_in(cast["gebiedswerker"]).get(LIST).content.decode()

    def test_offers_the_five_lines_to_who_may_write_them(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        link = words(copy("stad"))
        assert link in sign_in(cast["gebiedswerker"]).get(LIST).content.decode()
        assert link not in sign_in(cast["coordinator"]).get(LIST).content.decode()

    def test_asks_as_many_questions_however_long_it_is(
        self, cast: Cast, sign_in: SignIn, drafts: None, django_assert_max_num_queries: Any
    ) -> None:
        for month in range(1, 11):
            reports.draft(dt.date(2026, month, 1))
        client = sign_in(cast["gebiedswerker"])
        with django_assert_max_num_queries(20):
            client.get(LIST)

    def test_asks_who_you_are(self, client: Client, db: None) -> None:
        assert client.get(LIST).status_code == 302


class TestDocument:
    def test_is_the_file_that_was_mailed(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        report = reports.send(copy("politie").pk)
        answer = sign_in(cast["wijkinspecteur"]).get(document(report))
        assert b"".join(answer.streaming_content) == b"%PDF- of this month"  # type: ignore[attr-defined]
        assert answer["Content-Disposition"] == f'attachment; filename="{report.filename}"'

    def test_of_a_draft_is_how_it_looks_now(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        answer = sign_in(cast["wijkinspecteur"]).get(document(copy("politie")))
        assert answer.content == b"%PDF- of this month"
        assert "ontwerp" in answer["Content-Disposition"]

    def test_of_another_organisation_is_not_there(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        for organisation, code in [("politie", 200), ("stad", 404), ("ocmw", 404)]:
            assert sign_in(cast["wijkinspecteur"]).get(document(copy(organisation))).status_code == code

    def test_of_another_area_is_not_there(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        report = copy("stad", "Marke")
        assert sign_in(cast["coordinator"]).get(document(report)).status_code == 404
        assert sign_in(cast["coordinator.rand"]).get(document(report)).status_code == 200

    def test_is_closed_to_who_is_in_no_team_any_more(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        report = copy("politie")
        Membership.objects.filter(user=cast["wijkinspecteur"]).update(ends=timezone.localdate() - dt.timedelta(days=1))
        assert sign_in(cast["wijkinspecteur"]).get(document(report)).status_code == 403
        assert sign_in(cast["coordinator.politie"]).get(document(report)).status_code == 200


def read_on(page: Any) -> str:
    """The stamp of the words that a page shows."""
    found = re.search(r'name="read" value="([^"]*)"', page.content.decode())
    assert found
    return html.unescape(found[1])


class TestWords:
    def test_are_kept_once_for_all_copies(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        answer = sign_in(cast["gebiedswerker"]).post(words(copy("stad")), {"text": "Het plein bleef proper."})
        assert answer.status_code == 302
        kept = ReportWords.objects.get()
        assert (kept.area, kept.month, kept.text, kept.by) == (
            area("Overleie"), NOVEMBER, "Het plein bleef proper.", cast["gebiedswerker"]
        )  # fmt: skip

    def test_can_be_changed_until_the_report_leaves(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        client = sign_in(cast["gebiedswerker"])
        for text in ["Eerst zo.", "Dan zo."]:
            client.post(words(copy("stad")), {"text": text})
        assert ReportWords.objects.get().text == "Dan zo."
        assert "Dan zo." in client.get(words(copy("stad"))).content.decode()

    def test_of_a_colleague_are_not_overwritten_by_a_page_that_was_open_before(
        self, cast: Cast, sign_in: SignIn, drafts: None
    ) -> None:
        client = sign_in(cast["gebiedswerker"])
        read = read_on(client.get(words(copy("stad"))))
        theirs = "Het feest op het plein was druk."
        reports.put_into_words(area=area("Overleie"), month=NOVEMBER, text=theirs, by=cast["coordinator"])
        answer = client.post(words(copy("stad")), {"text": "Mijn lijn.", "read": read})
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert "Bram Vandeputte schreef hier intussen ook." in shown
        assert theirs in shown
        assert "Mijn lijn." in shown
        assert ReportWords.objects.get().text == theirs

        both = {"text": f"{theirs}\nMijn lijn.", "read": read_on(answer)}
        assert client.post(words(copy("stad")), both).status_code == 302
        assert ReportWords.objects.get().lines == [theirs, "Mijn lijn."]

    def test_of_a_colleague_are_not_overwritten_after_a_slip_either(
        self, cast: Cast, sign_in: SignIn, drafts: None
    ) -> None:
        client = sign_in(cast["gebiedswerker"])
        read = read_on(client.get(words(copy("stad"))))
        reports.put_into_words(area=area("Overleie"), month=NOVEMBER, text="Van Bram.", by=cast["coordinator"])
        too_many = client.post(words(copy("stad")), {"text": "\n".join("abcdef"), "read": read})
        again = client.post(words(copy("stad")), {"text": "Vijf lijnen.", "read": read_on(too_many)})
        assert again.status_code == 422
        assert ReportWords.objects.get().text == "Van Bram."

    def test_sent_twice_are_kept_once(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        client = sign_in(cast["gebiedswerker"])
        typed = {"text": "Goed gewerkt.", "read": read_on(client.get(words(copy("stad"))))}
        assert [client.post(words(copy("stad")), typed).status_code for _time in range(2)] == [302, 302]

    def test_that_name_who_is_ill_are_warned_about_once(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        client, typed = sign_in(cast["gebiedswerker"]), {"text": "Jan Peeters is ziek."}
        answer = client.post(words(copy("stad")), typed)
        assert answer.status_code == 422
        assert "een naam bij een woord over gezondheid" in answer.text
        assert "Jan Peeters is ziek." in answer.text
        assert not ReportWords.objects.exists()
        weighed = re.search(r'name="weighed" value="([^"]+)"', answer.text)
        assert weighed
        assert client.post(words(copy("stad")), typed | {"weighed": weighed[1]}).status_code == 302
        assert ReportWords.objects.get().text == "Jan Peeters is ziek."

    def test_page_says_who_reads_it(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        page = sign_in(cast["gebiedswerker"]).get(words(copy("stad"))).content.decode()
        assert "geen personen, geen dossiers" in page

    @pytest.mark.parametrize(
        ("text", "why"), [("\n".join("abcdef"), "vijf lijnen"), ("a" * 601, "600"), ("a\n" * 400, "vijf lijnen")]
    )
    def test_are_five_lines_at_most_and_what_was_typed_stays(
        self, cast: Cast, sign_in: SignIn, drafts: None, text: str, why: str
    ) -> None:
        answer = sign_in(cast["gebiedswerker"]).post(words(copy("stad")), {"text": text})
        assert answer.status_code == 422
        assert why in answer.content.decode()
        assert text.strip()[:9] in answer.content.decode()
        assert not ReportWords.objects.exists()

    def test_are_refused_after_sending_with_a_sentence(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        report = copy("stad")
        reports.send(copy("ocmw").pk)  # another copy of the same words
        answer = sign_in(cast["gebiedswerker"]).post(words(report), {"text": "Te laat."})
        assert answer.status_code == 422
        assert "al verstuurd" in answer.content.decode()
        assert "Te laat." in answer.content.decode()
        assert not ReportWords.objects.exists()

    def test_are_for_who_has_that_function_in_that_team(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        report = copy("stad")
        expected = {
            "gebiedswerker": 302,
            "coordinator": 403,  # in the team, without the function
            "deelgemeente": 403,  # area worker who may view the area, of another team
            "projectmedewerker": 403,
            "buurtwerker": 403,
            "agent": 403,
        }
        for who, code in expected.items():
            assert sign_in(cast[who]).post(words(report), {"text": "Goed."}).status_code == code, who

    def test_of_a_copy_of_another_organisation_are_not_there(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        assert sign_in(cast["gebiedswerker"]).get(words(copy("politie"))).status_code == 404
        assert sign_in(cast["gebiedswerker"]).get(words(copy("stad"))).status_code == 200

    def test_page_takes_no_other_method(self, cast: Cast, sign_in: SignIn, drafts: None) -> None:
        assert sign_in(cast["gebiedswerker"]).put(words(copy("stad"))).status_code == 405
        assert sign_in(cast["gebiedswerker"]).post(document(copy("stad"))).status_code == 405
        assert sign_in(cast["gebiedswerker"]).post(LIST).status_code == 405
