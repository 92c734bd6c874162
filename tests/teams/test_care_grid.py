"""The care grid: who reads which line, where something lacks, and what a year may still become."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kortrijk_gebied.refusals import Refused
from teams.access import access_of
from teams.care.comparing import compare
from teams.care.matrix import Asked, Cell, matrix
from teams.models import CareGrid, CareNeed, GridEntry, TargetGroup, User
from teams.models.audience import Audience
from tests.cast import Cast
from tests.teams.care import YEAR, care, line, need

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


def first_cell(viewer: User, *, asked: Asked | None = None, code: str = "zorg-2") -> Cell:
    return matrix(access_of(viewer), care(code), YEAR, asked).rows[0].cells[0]


class TestReading:
    def test_shows_what_is_for_partners_to_all_who_may_view_the_area(self, cast: Cast) -> None:
        found = line(cast["verpleegkundige"])
        for who in ("verpleegkundige", "coordinator", "wijkinspecteur"):
            assert first_cell(cast[who]).offers == [found]

    def test_keeps_an_internal_line_of_the_ocmw_from_city_and_police(self, cast: Cast) -> None:
        found = line(cast["verpleegkundige"], audience=Audience.INTERNAL)
        for who in ("coordinator", "projectmedewerker", "wijkinspecteur", "coordinator.politie"):
            assert first_cell(cast[who]).is_empty
            assert not GridEntry.objects.readable(access_of(cast[who])).exists()
        assert first_cell(cast["buurtwerker"]).offers == [found]

    def test_shows_nobody_an_area_they_may_not_view(self, cast: Cast, sign_in: SignIn) -> None:
        line(cast["verpleegkundige"], code="zorg-7")
        client = sign_in(cast["uitvoerder"])  # of the north alone
        assert client.get(reverse("care:matrix", args=["zorg-7", YEAR])).status_code == 404
        assert client.get(reverse("care:matrix", args=["zorg-2", YEAR])).status_code == 200
        assert not GridEntry.objects.readable(access_of(cast["uitvoerder"])).exists()

    def test_costs_the_same_however_much_stands_in_it(self, cast: Cast) -> None:
        def asked() -> int:
            viewer = access_of(cast["verpleegkundige"])
            with CaptureQueriesContext(connection) as queries:
                names = {
                    entry.organisation.name for cell in matrix(viewer, care(), YEAR).cells for entry in cell.offers
                }
            assert names == {"OCMW Kortrijk"}
            return len(queries)

        line(cast["verpleegkundige"])
        one = asked()
        for which in range(12):
            line(cast["verpleegkundige"], f"Soep {which}")
        assert asked() == one


class TestGap:
    def test_is_a_need_without_an_offer(self, cast: Cast) -> None:
        need(cast["verpleegkundige"])
        assert first_cell(cast["coordinator"]).is_gap
        line(cast["verpleegkundige"])
        assert not first_cell(cast["coordinator"]).is_gap

    def test_is_no_gap_to_who_reads_the_internal_offer(self, cast: Cast) -> None:
        need(cast["verpleegkundige"])
        line(cast["verpleegkundige"], audience=Audience.INTERNAL)
        assert not first_cell(cast["verpleegkundige"]).is_gap

    def test_looks_the_same_to_others_with_and_without_an_internal_offer(self, cast: Cast, sign_in: SignIn) -> None:
        need(cast["verpleegkundige"])
        client = sign_in(cast["wijkinspecteur"])
        address = reverse("care:matrix", args=["zorg-2", YEAR])
        before = client.get(address).content
        for year in (YEAR, YEAR - 1, YEAR + 1):
            line(cast["verpleegkundige"], "Geheim", year=year, audience=Audience.INTERNAL, source="Geheime bron")
        after = client.get(address).content
        assert without_tokens(before) == without_tokens(after)

    def test_gives_way_to_a_hint_when_the_organisation_says_so(self, cast: Cast, sign_in: SignIn) -> None:
        need(cast["verpleegkundige"])
        line(cast["verpleegkundige"], "Geheim aanbod", audience=Audience.INTERNAL, is_mentioned=True, source="Geheim")
        cell = first_cell(cast["wijkinspecteur"])
        assert not cell.is_gap
        assert [each.code for each in cell.hints] == ["ocmw"]
        page = sign_in(cast["wijkinspecteur"]).get(reverse("care:matrix", args=["zorg-2", YEAR])).content.decode()
        assert "vraag OCMW Kortrijk" in page
        assert "Geheim" not in page

    def test_hints_at_the_own_offer_in_what_everybody_reads_alone(self, cast: Cast) -> None:
        found = line(cast["verpleegkundige"], audience=Audience.INTERNAL, is_mentioned=True)
        own = first_cell(cast["buurtwerker"])
        assert (own.offers, own.hints) == ([found], [])
        shared = first_cell(cast["buurtwerker"], asked=Asked(shared_only=True))
        assert (shared.offers, [each.code for each in shared.hints]) == ([], ["ocmw"])

    def test_hints_only_at_an_internal_offer(self, cast: Cast) -> None:
        for wrong in ({"audience": Audience.PARTNERS}, {"audience": Audience.INTERNAL, "kind": "need"}):
            with pytest.raises(IntegrityError, match="gridentry_mentions_own_offer"), transaction.atomic():
                line(cast["verpleegkundige"], is_mentioned=True, **wrong)

    def test_of_a_meeting_counts_only_what_all_may_read(self, cast: Cast) -> None:
        need(cast["verpleegkundige"])
        line(cast["verpleegkundige"], audience=Audience.INTERNAL)
        assert first_cell(cast["verpleegkundige"], asked=Asked(shared_only=True)).is_gap

    def test_has_a_word_and_an_icon(self, cast: Cast, sign_in: SignIn) -> None:
        need(cast["verpleegkundige"])
        page = sign_in(cast["coordinator"]).get(reverse("care:matrix", args=["zorg-2", YEAR])).content.decode()
        assert "icons.svg#warning" in page
        assert "<strong>Gat</strong>" in page


def without_tokens(page: bytes) -> list[str]:
    return [line for line in page.decode().splitlines() if "csrf" not in line.lower() and "nonce" not in line]


class TestFilters:
    def test_show_one_target_group_and_one_need(self, cast: Cast) -> None:
        group, wanted = TargetGroup.objects.all()[1], CareNeed.objects.all()[2]
        found = matrix(access_of(cast["coordinator"]), care(), YEAR, Asked(group=group.pk, need=wanted.pk))
        assert [(cell.group, cell.need) for cell in found.cells] == [(group, wanted)]

    def test_show_the_rows_with_a_gap(self, cast: Cast) -> None:
        need(cast["verpleegkundige"], need=CareNeed.objects.all()[3])
        line(cast["verpleegkundige"])
        found = matrix(access_of(cast["coordinator"]), care(), YEAR, Asked(gaps_only=True))
        assert [row.need for row in found.rows] == [CareNeed.objects.all()[3]]

    def test_leave_out_what_they_do_not_understand(self, cast: Cast, sign_in: SignIn) -> None:
        address = reverse("care:matrix", args=["zorg-2", YEAR])
        assert sign_in(cast["coordinator"]).get(f"{address}?doelgroep=x&nood=99999").status_code == 200


class TestFixedYear:
    def test_takes_no_line_any_more(self, cast: Cast) -> None:
        found = line(cast["verpleegkundige"])
        found.grid.fix(by=cast["coordinator.ocmw"])
        found.text = "Anders"
        with pytest.raises(Refused, match=str(YEAR)):
            found.put()
        with pytest.raises(Refused):
            found.remove(by=cast["verpleegkundige"])
        assert GridEntry.objects.get().text == "Soep aan huis"

    def test_is_fixed_once_by_the_first(self, cast: Cast) -> None:
        grid = line(cast["verpleegkundige"]).grid
        grid.fix(by=cast["coordinator.ocmw"])
        grid.fix(by=cast["verpleegkundige"])
        assert CareGrid.objects.get().fixed_by == cast["coordinator.ocmw"]


class TestTakingOver:
    def test_copies_every_line_with_its_source_and_its_audience(self, cast: Cast) -> None:
        first = line(cast["verpleegkundige"], audience=Audience.INTERNAL, is_mentioned=True)
        line(cast["projectmedewerker"], "Buurtrestaurant")
        target = first.grid.take_over(by=cast["coordinator.ocmw"])
        copied = GridEntry.objects.get(grid=target, copied_from=first)
        assert target.year == YEAR + 1
        assert (copied.source, copied.audience, copied.is_mentioned) == (first.source, "internal", True)
        assert set(GridEntry.objects.filter(grid=target).values_list("organisation__code", flat=True)) == {
            "ocmw",
            "stad",
        }

    def test_brings_nothing_twice_and_nothing_back_that_was_removed(self, cast: Cast) -> None:
        first, other = line(cast["verpleegkundige"]), line(cast["verpleegkundige"], "Boodschappendienst")
        target = first.grid.take_over(by=cast["coordinator.ocmw"])
        GridEntry.objects.get(grid=target, copied_from=other).remove(by=cast["verpleegkundige"])
        line(cast["verpleegkundige"], "Nieuw sinds vorige week")
        first.grid.take_over(by=cast["coordinator.ocmw"])
        there = GridEntry.objects.standing().filter(grid=target)
        assert sorted(there.values_list("text", flat=True)) == ["Nieuw sinds vorige week", "Soep aan huis"]

    def test_goes_out_of_a_fixed_year_and_into_none(self, cast: Cast) -> None:
        first = line(cast["verpleegkundige"])
        first.grid.fix(by=cast["coordinator.ocmw"])
        target = first.grid.take_over(by=cast["coordinator.ocmw"])
        target.fix(by=cast["coordinator.ocmw"])
        with pytest.raises(Refused):
            first.grid.take_over(by=cast["coordinator.ocmw"])


class TestComparison:
    def test_tells_what_came_went_and_is_said_otherwise(self, cast: Cast) -> None:
        by = cast["verpleegkundige"]
        kept, gone, changed = (line(by, text, year=YEAR - 1) for text in ("Blijft", "Verdwijnt", "Eens per week"))
        kept.grid.take_over(by=by)
        GridEntry.objects.get(copied_from=gone).remove(by=by)
        GridEntry.objects.filter(copied_from=changed).update(text="Elke dag")
        new = line(by, "Komt erbij")
        found = compare(access_of(cast["coordinator"]), care(), YEAR - 1, YEAR)
        assert (found.came, found.went, found.same) == ([new], [gone], 1)
        assert [(one.text, other.text) for one, other in found.changed] == [("Eens per week", "Elke dag")]

    def test_knows_a_line_that_was_typed_again(self, cast: Cast) -> None:
        line(cast["verpleegkundige"], year=YEAR - 1)
        line(cast["verpleegkundige"])
        assert compare(access_of(cast["coordinator"]), care(), YEAR - 1, YEAR).same == 1

    def test_says_nothing_of_what_the_viewer_may_not_read(self, cast: Cast) -> None:
        line(cast["verpleegkundige"], year=YEAR - 1, audience=Audience.INTERNAL)
        line(cast["verpleegkundige"], "Ander geheim", audience=Audience.INTERNAL)
        found = compare(access_of(cast["wijkinspecteur"]), care(), YEAR - 1, YEAR)
        assert (found.came, found.went, found.changed, found.same) == ([], [], [], 0)
        assert compare(access_of(cast["buurtwerker"]), care(), YEAR - 1, YEAR).came
