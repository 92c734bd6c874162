import datetime as dt

import pytest
from django.utils import timezone

from kortrijk_gebied.retention import kept_since, years_before
from tests.machinery import production

LEAP_DAY = dt.datetime(2028, 2, 29, 12, tzinfo=dt.UTC)


class TestYearsBefore:
    @pytest.mark.parametrize(("years", "expected"), [(4, "2024-02-29"), (1, "2027-02-28"), (10, "2018-02-28")])
    def test_knows_what_the_29th_of_february_was_then(self, years: int, expected: str) -> None:
        assert years_before(LEAP_DAY, years).isoformat().startswith(f"{expected}T12:00")


class TestKeptSince:
    def test_counts_days_and_years_as_the_settings_say(self) -> None:
        assert abs(timezone.now() - kept_since("refusal_days") - dt.timedelta(days=30)) < dt.timedelta(minutes=1)
        assert kept_since("signal_years").year == timezone.now().year - 10


class TestSettings:
    def test_refuse_to_keep_nothing_at_all(self) -> None:
        done = production.run("check", RETENTION_SIGNAL_YEARS="0")
        assert done.returncode != 0
        assert "RETENTION_" in done.stderr
