"""The demo shows a meeting with minutes, one to come, an open agenda, and one that need not be."""

import pytest
from django.utils import timezone

from signals.demo import areawork_meetings
from teams.models import Action, AgendaPoint, Meeting, PointCorrection
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_shows_each_of_them_and_may_be_repeated(cast: Cast) -> None:
    for _time in range(2):
        areawork_meetings.create(cast)
    assert {one.state for one in Meeting.objects.all()} == {"held", "planned"}
    assert AgendaPoint.objects.waiting().count() == 2
    assert Action.objects.filter(kind="agreement", point__isnull=False).count() == 3
    corrected = PointCorrection.objects.get()  # the hour that was wrong stays in sight
    assert "16.00" in corrected.was_decision
    assert "16.30" in corrected.point.decision
    (needless,) = Meeting.objects.needless(timezone.now())
    assert needless.team.code == areawork_meetings.BELLEGEM
