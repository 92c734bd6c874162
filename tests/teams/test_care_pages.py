"""The pages of the care grid: who writes, who only reads, and what comes on paper."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from kortrijk_gebied.refusals import Refused
from teams.access import access_of, grant
from teams.models import CareGrid, CareNeed, GridEntry, ServicePoint, ServicePointPlace, TargetGroup, Team, User
from teams.models.audience import Audience
from tests.cast import Cast, area
from tests.teams.care import YEAR, a_day, line, need, typed

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
MATRIX = ["zorg-2", YEAR]


class TestAddition:
    def test_makes_a_line_of_the_own_organisation(self, cast: Cast, sign_in: SignIn) -> None:
        answer = sign_in(cast["verpleegkundige"]).post(reverse("care:entry-add", args=MATRIX), typed())
        assert answer.status_code == 302
        found = GridEntry.objects.get()
        assert (found.organisation.code, found.by, found.grid.year) == ("ocmw", cast["verpleegkundige"], YEAR)

    def test_leads_back_to_the_line(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["verpleegkundige"])
        answer = client.post(reverse("care:entry-add", args=MATRIX), typed())
        found = GridEntry.objects.get()
        assert answer.headers["Location"] == reverse("care:matrix", args=MATRIX) + f"#lijn-{found.pk}"
        page = client.get(reverse("care:matrix", args=MATRIX)).content.decode()
        assert page.count(f'id="lijn-{found.pk}" tabindex="-1"') == 1
        changed = client.post(reverse("care:entry", args=[found.pk]), typed(text="Elke dag soep"))
        assert changed.headers["Location"] == answer.headers["Location"]
        gone = client.post(reverse("care:entry-removal", args=[found.pk])).headers["Location"]
        assert f'id="{gone.partition("#")[2]}"' in client.get(gone).content.decode()

    def test_makes_one_line_of_a_form_that_came_twice(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["verpleegkundige"])
        for _time in range(2):
            assert client.post(reverse("care:entry-add", args=MATRIX), typed()).status_code == 302
        assert GridEntry.objects.count() == 1

    def test_refuses_a_line_without_source_and_keeps_what_was_typed(self, cast: Cast, sign_in: SignIn) -> None:
        answer = sign_in(cast["verpleegkundige"]).post(reverse("care:entry-add", args=MATRIX), typed(source=" "))
        assert answer.status_code == 422
        assert "Soep aan huis" in answer.content.decode()
        assert not GridEntry.objects.exists()
        assert not CareGrid.objects.exists()

    def test_warns_of_a_telephone_number_that_others_would_read(self, cast: Cast, sign_in: SignIn) -> None:
        words = typed(text="Bel mevrouw op 0475 12 34 56")
        answer = sign_in(cast["verpleegkundige"]).post(reverse("care:entry-add", args=MATRIX), words)
        assert answer.status_code == 422

    @pytest.mark.parametrize("who", ["coordinator", "wijkinspecteur", "gemeenschapswacht", "dienstencentrum"])
    def test_is_not_for_who_only_reads(self, cast: Cast, sign_in: SignIn, who: str) -> None:
        client = sign_in(cast[who])
        assert client.get(reverse("care:matrix", args=MATRIX)).status_code == 200
        assert client.post(reverse("care:entry-add", args=MATRIX), typed()).status_code == 403

    def test_is_for_a_partner_who_may_view_the_area(self, cast: Cast, sign_in: SignIn) -> None:
        grant(Team.objects.get(code="school-wegwijzer"), "view", area("Overleie"))
        answer = sign_in(cast["vereniging"]).post(reverse("care:entry-add", args=MATRIX), typed())
        assert answer.status_code == 302
        assert GridEntry.objects.get().organisation.code == "school"

    def test_is_refused_in_a_fixed_year_in_words(self, cast: Cast, sign_in: SignIn) -> None:
        line(cast["verpleegkundige"]).grid.fix(by=cast["coordinator.ocmw"])
        answer = sign_in(cast["verpleegkundige"]).post(reverse("care:entry-add", args=MATRIX), typed())
        assert answer.status_code == 422
        assert "vastgesteld" in answer.content.decode()

    def test_is_nowhere_in_a_year_far_away(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["verpleegkundige"])
        assert client.get(reverse("care:matrix", args=["zorg-2", YEAR + 3])).status_code == 404

    def test_offers_points_and_teams_of_today_and_what_a_line_has(self, cast: Cast, sign_in: SignIn) -> None:
        point = ServicePoint.objects.get(code="t-cirkant")
        found = line(cast["verpleegkundige"], service_point=point)
        ServicePointPlace.objects.filter(point=point).update(ends=a_day(-1))
        client = sign_in(cast["verpleegkundige"])
        new = client.get(reverse("care:entry-add", args=MATRIX)).context["form"]
        old = client.get(reverse("care:entry", args=[found.pk])).context["form"]
        assert [point in form.fields["service_point"].queryset for form in (new, old)] == [False, True]


class TestLine:
    def test_is_changed_and_removed_by_its_organisation(self, cast: Cast, sign_in: SignIn) -> None:
        found = line(cast["verpleegkundige"])
        client = sign_in(cast["buurtwerker"])
        assert client.get(reverse("care:entry", args=[found.pk])).status_code == 200
        assert client.post(reverse("care:entry", args=[found.pk]), typed(text="Elke dag soep")).status_code == 302
        assert GridEntry.objects.get().text == "Elke dag soep"
        assert client.post(reverse("care:entry-removal", args=[found.pk])).status_code == 302
        assert not GridEntry.objects.readable(access_of(cast["buurtwerker"])).exists()

    def test_of_two_writers_lets_the_second_read_first(self, cast: Cast, sign_in: SignIn) -> None:
        made = line(cast["verpleegkundige"])
        first, second = sign_in(cast["verpleegkundige"]), sign_in(cast["coordinator.ocmw"])
        url = reverse("care:entry", args=[made.pk])
        form = first.get(url).context["form"]
        stood = form["stood"].value()
        assert second.post(url, {**typed(text="Soep op dinsdag"), "stood": stood}).status_code == 302
        answer = first.post(url, {**typed(text="Soep op vrijdag"), "stood": stood})
        page = answer.content.decode()
        assert (answer.status_code, "Soep op dinsdag" in page, "Soep op vrijdag" in page) == (422, True, True)
        assert GridEntry.objects.get().text == "Soep op dinsdag"

    def test_does_not_come_back_by_who_still_had_it_open(self, cast: Cast, sign_in: SignIn) -> None:
        made = line(cast["verpleegkundige"])
        client, stale = sign_in(cast["verpleegkundige"]), GridEntry.objects.get(pk=made.pk)
        client.post(reverse("care:entry-removal", args=[made.pk]))
        with pytest.raises(Refused, match="uit het raster gehaald"):
            stale.put()
        assert not GridEntry.objects.standing().exists()

    def test_is_read_only_to_another_organisation(self, cast: Cast, sign_in: SignIn) -> None:
        found = line(cast["verpleegkundige"])
        client = sign_in(cast["projectmedewerker"])
        assert client.get(reverse("care:entry", args=[found.pk])).status_code == 403
        assert client.post(reverse("care:entry-removal", args=[found.pk])).status_code == 403

    def test_marked_internal_does_not_exist_for_another_organisation(self, cast: Cast, sign_in: SignIn) -> None:
        """The refusal of the issue: another organisation reading an OCMW grid entry marked internal."""
        found = line(cast["verpleegkundige"], "Geheim aanbod", audience=Audience.INTERNAL)
        for who in ("projectmedewerker", "coordinator", "wijkinspecteur"):
            client = sign_in(cast[who])
            for address in ("care:entry", "care:entry-removal"):
                assert client.post(reverse(address, args=[found.pk])).status_code == 404
            for page in (reverse("care:grid"), reverse("care:matrix", args=MATRIX),
                         reverse("care:comparison", args=MATRIX), "/gebieden/overleie/blok/care-grid/"):  # fmt: skip
                answer = client.get(page)
                assert answer.status_code == 200
                assert "Geheim" not in answer.content.decode()
            paper = client.get(reverse("care:paper", args=MATRIX)).content
            assert "Geheim" not in text_of(paper)
        assert sign_in(cast["buurtwerker"]).get(reverse("care:entry", args=[found.pk])).status_code == 200


class TestGrid:
    def test_shows_at_a_glance_where_something_stands_and_leads_to_it(self, cast: Cast, sign_in: SignIn) -> None:
        offer, lack = line(cast["verpleegkundige"]), need(cast["verpleegkundige"], need=CareNeed.objects.all()[1])
        page = sign_in(cast["verpleegkundige"]).get(reverse("care:matrix", args=MATRIX)).content.decode()
        for entry, word in ((offer, "Aanbod"), (lack, "Gat")):
            cell = f"cel-{entry.need_id}-{entry.target_group_id}"
            assert word in page.partition(f'href="#{cell}"')[2].partition("</a>")[0]
            assert page.count(f'id="{cell}"') == 1
        assert page.count('class="nothing"') == TargetGroup.objects.count() * CareNeed.objects.count() - 2

    def test_offers_a_new_line_to_who_writes_alone(self, cast: Cast, sign_in: SignIn) -> None:
        need(cast["verpleegkundige"])
        new = reverse("care:entry-add", args=MATRIX)
        for who, times in (("verpleegkundige", CareNeed.objects.count() + 2), ("wijkinspecteur", 0)):
            page = sign_in(cast[who]).get(reverse("care:matrix", args=MATRIX)).content.decode()
            assert page.count(f'href="{new}') == times  # each need, the gap, and above it all


class TestYears:
    def test_are_fixed_and_taken_over_by_the_coordinator_of_the_ocmw(self, cast: Cast, sign_in: SignIn) -> None:
        line(cast["verpleegkundige"])
        client = sign_in(cast["coordinator.ocmw"])
        assert client.post(reverse("care:fixing", args=MATRIX)).status_code == 302
        assert CareGrid.objects.get(year=YEAR).is_fixed
        assert client.post(reverse("care:taking-over", args=MATRIX)).headers["Location"] == reverse(
            "care:matrix", args=["zorg-2", YEAR + 1]
        )
        assert GridEntry.objects.filter(grid__year=YEAR + 1).count() == 1

    @pytest.mark.parametrize("who", ["verpleegkundige", "projectmedewerker", "coordinator", "coordinator.politie"])
    def test_are_not_for_others(self, cast: Cast, sign_in: SignIn, who: str) -> None:
        line(cast["verpleegkundige"])
        for address in ("care:fixing", "care:taking-over"):
            assert sign_in(cast[who]).post(reverse(address, args=MATRIX)).status_code == 403


def text_of(paper: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)


class TestPaper:
    def test_is_a_wide_tagged_page_with_lines_sources_and_gaps(self, cast: Cast, sign_in: SignIn) -> None:
        line(cast["verpleegkundige"], "Soep in Centrum Overleie", need_id=need(cast["verpleegkundige"]).need_id + 1)
        client = sign_in(cast["coordinator"])
        for size, width in (("a3", 1190), ("a4", 841)):
            paper = client.get(reverse("care:paper", args=MATRIX) + f"?papier={size}")
            reader = PdfReader(io.BytesIO(paper.content))
            box = reader.pages[0].mediabox
            assert (int(box.width), box.width > box.height) == (width, True)
            assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
            words = " ".join(text_of(paper.content).split())
            assert "Soep" in words
            assert "Telling van mei" in words
            assert "Gat" in words
            assert reader.metadata
            assert "Noord" in str(reader.metadata.title)


class TestStart:
    def test_shows_the_eight_care_areas_with_the_areas_in_them(self, cast: Cast, sign_in: SignIn) -> None:
        need(cast["verpleegkundige"])
        page = sign_in(cast["verpleegkundige"]).get(reverse("care:grid")).content.decode()
        assert page.count('scope="row"') == 8
        for name in ("Overleie", "Pius X", "1 gat"):
            assert name in page

    def test_shows_only_what_somebody_may_view(self, cast: Cast, sign_in: SignIn) -> None:
        page = sign_in(cast["uitvoerder"]).get(reverse("care:grid")).content.decode()
        assert page.count('scope="row"') == 1

    def test_stands_on_the_page_of_an_area(self, cast: Cast, sign_in: SignIn) -> None:
        need(cast["verpleegkundige"])
        page = sign_in(cast["coordinator"]).get("/gebieden/overleie/blok/care-grid/").content.decode()
        assert "1 gat" in page
        assert sign_in(cast["fluvius"]).get("/gebieden/overleie/blok/care-grid/").content.decode().count("<a ") == 0
