"""The monthly reports of the demo city say what the rule says, on whatever day the city is loaded."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from kortrijk_gebied.periods import previous_month
from signals.demo.city import _months
from teams import reports
from teams.models import MonthlyReport
from tests.cast import Cast


class TestMonths:
    @pytest.mark.parametrize(
        ("today", "waits"),
        [("2026-11-22", "2026-11-01"), ("2026-11-04", "2026-11-01"), ("2026-11-03", "2026-10-01")],
    )
    def test_leave_on_the_third_working_day_whenever_the_city_is_loaded(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch, today: str, waits: str
    ) -> None:
        sent: list[dt.date] = []
        monkeypatch.setattr(reports, "send", lambda pk: sent.append(MonthlyReport.objects.get(pk=pk).month))
        with time_machine.travel(f"{today}T10:00:00+01:00", tick=False):
            _months(cast)
            drafts = MonthlyReport.objects.filter(month=waits)
            assert drafts.exists()
            assert {day.isoformat() for day in reports.leaves_on(drafts, timezone.localdate()).values() if day} == {
                {"2026-11-01": "2026-12-03", "2026-10-01": "2026-11-04"}[waits]
            }
        assert set(sent) == {previous_month(dt.date.fromisoformat(waits))}
