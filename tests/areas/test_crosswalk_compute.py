from decimal import Decimal

import pytest
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from areas.crosswalk import overlaps, rebuild_crosswalks, shares
from areas.models import Area, AreaSet, Crosswalk


class TestShares:
    @given(
        outside=st.floats(0, 1e6),
        parts=st.lists(st.floats(0, 1e6), max_size=8),
        counted_twice=st.floats(0, 5),
    )
    def test_sum_to_exactly_1(self, outside: float, parts: list[float], counted_twice: float) -> None:
        whole = max(sum(parts) + outside - counted_twice, 1.0)
        found = shares(whole, dict(enumerate(parts)))
        assert sum(found.values()) == 1
        assert None in found
        assert all(0 <= share <= 1 for share in found.values())


@pytest.mark.usefixtures("areas")
class TestCrosswalks:
    @pytest.fixture(autouse=True)
    def _computed(self, areas: None) -> None:
        rebuild_crosswalks()

    def test_every_area_adds_up_in_every_other_set(self) -> None:
        sums = Crosswalk.objects.values("from_area", "to_set").annotate(total=Sum("share"))
        assert len(sums) == 187 * 7
        assert {row["total"] for row in sums} == {Decimal(1)}

    def test_a_half_lies_wholly_in_the_area_of_today(self) -> None:
        rows = overlaps(Area.objects.get(code="overleie"), AreaSet.objects.get(code="wijken14"))
        assert [(row.to_area and row.to_area.code, row.share) for row in rows] == [
            ("34022W09", Decimal(1)),
            (None, Decimal(0)),
        ]

    def test_an_area_of_today_is_divided_over_its_halves(self) -> None:
        rows = overlaps(Area.objects.get(code="34022W10"), AreaSet.objects.get(code="gebieden17"))
        found = {row.to_area.code: row.share for row in rows if row.to_area}
        assert found == {
            "kortrijk-zuid-oost": pytest.approx(Decimal("0.669"), abs=Decimal("0.01")),
            "kortrijk-oost": pytest.approx(Decimal("0.331"), abs=Decimal("0.01")),
        }

    def test_a_village_lies_outside_the_inner_city(self) -> None:
        [row] = overlaps(Area.objects.get(code="kooigem"), AreaSet.objects.get(code="binnenstad5"))
        assert (row.to_area, row.share) == (None, Decimal(1))

    def test_a_patrol_sector_reaches_beyond_the_municipality(self) -> None:
        rows = overlaps(Area.objects.get(code="patrouille-noord"), AreaSet.objects.get(code="gebieden17"))
        [outside] = [row for row in rows if row.to_area is None]
        assert outside.share > Decimal("0.4")

    def test_are_computed_again_for_one_changed_set(self) -> None:
        before = Crosswalk.objects.count()
        changed = AreaSet.objects.get(code="binnenstad5")
        assert 0 < rebuild_crosswalks(changed) < before
        assert Crosswalk.objects.count() == before
