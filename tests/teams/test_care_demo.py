"""What the demo tells of care: a grid of two years for every care area, with gaps, a secret and a hint."""

import pytest

from signals.demo import areawork_care
from teams.access import access_of
from teams.care.matrix import counted
from teams.models import AttentionCount, CareGrid, GridEntry, PresenceHour
from teams.models.care import care_areas
from tests.cast import Cast
from tests.teams.care import YEAR

pytestmark = pytest.mark.django_db


def test_has_two_years_of_every_care_area_and_may_be_told_again(cast: Cast) -> None:
    for _time in range(2):
        areawork_care.create(cast)
    assert sorted(CareGrid.objects.values_list("year", flat=True)) == [YEAR - 1] * 8 + [YEAR] * 8
    assert set(CareGrid.objects.filter(year=YEAR - 1).values_list("state", flat=True)) == {"fixed"}
    seen = counted(access_of(cast["coordinator.ocmw"]), care_areas(access_of(cast["coordinator.ocmw"])), YEAR)
    assert len(seen) == 8
    assert all(numbers.gaps and numbers.offers for numbers in seen.values())
    assert GridEntry.objects.filter(audience="internal", is_mentioned=True).exists()
    assert AttentionCount.objects.exists()
    assert PresenceHour.objects.filter(service_point__isnull=False).exists()
