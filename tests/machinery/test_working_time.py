"""Working time: what a calendar counts, and a term that stood still for a while."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kortrijk_gebied.workdays import BELGIAN, BRUSSELS, NONE, WorkingCalendar

HOUR = dt.timedelta(hours=1)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


days = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
calendars = st.builds(
    WorkingCalendar,
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    opens=st.sampled_from([dt.time(0), dt.time(7, 30), dt.time(9)]),
    closes=st.sampled_from([dt.time(12), dt.time(17), dt.time(23, 59)]),
    keeps_holidays=st.booleans(),
    closed=st.frozensets(days, max_size=5),
)
# In UTC: by the clock of Brussels an hour in October comes twice and one in March never.
moments = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31), timezones=st.just(dt.UTC))
waits = st.timedeltas(NONE, dt.timedelta(days=40))


class TestWorkingTime:
    @pytest.mark.parametrize(
        ("start", "end", "hours"),
        [
            ("2026-11-20T16:00", "2026-11-23T10:00", 2),  # Friday afternoon to Monday morning
            ("2026-11-21T08:00", "2026-11-22T20:00", 0),  # a weekend
            ("2026-11-10T12:00", "2026-11-12T12:00", 8),  # over Armistice Day
            ("2026-11-20T10:00", "2026-11-20T09:00", 0),  # backwards
            ("2026-11-20T05:00", "2026-11-20T23:00", 8),
        ],
    )
    def test_leaves_out_nights_weekends_and_holidays(self, start: str, end: str, hours: int) -> None:
        assert BELGIAN.time_between(at(start), at(end)) == hours * HOUR

    def test_counts_the_hours_of_the_night_that_the_clock_changes(self) -> None:
        always = WorkingCalendar(frozenset(range(7)), dt.time(0), dt.time(23, 59), keeps_holidays=False)
        assert always.time_between(at("2026-10-25T00:00"), at("2026-10-25T12:00")) == 13 * HOUR
        assert always.time_between(at("2026-03-29T00:00"), at("2026-03-29T12:00")) == 11 * HOUR

    @given(calendars, moments, waits)
    def test_passed_is_what_was_asked(
        self, calendar: WorkingCalendar, start: dt.datetime, worked: dt.timedelta
    ) -> None:
        end = calendar.after(start, worked)
        assert calendar.time_between(start, end) == worked
        assert end >= start

    @given(calendars, moments, waits, waits)
    def test_adds_up(self, calendar: WorkingCalendar, start: dt.datetime, one: dt.timedelta, two: dt.timedelta) -> None:
        middle, end = start + one, start + one + two
        parts = calendar.time_between(start, middle) + calendar.time_between(middle, end)
        assert parts == calendar.time_between(start, end)


class TestStandingStill:
    def test_moves_the_term_by_the_working_time_waited(self) -> None:
        due = at("2026-11-25T17:00")
        moved = BELGIAN.resumed(due, paused_at=at("2026-11-20T16:00"), resumed_at=at("2026-11-23T10:00"))
        assert moved == at("2026-11-26T11:00")  # an hour on Friday and an hour on Monday

    def test_does_not_revive_a_term_that_was_over(self) -> None:
        due = at("2026-11-19T17:00")
        assert BELGIAN.resumed(due, paused_at=at("2026-11-20T09:00"), resumed_at=at("2026-12-20T09:00")) == due

    @given(calendars, moments, waits, waits)
    def test_leaves_as_much_working_time_as_there_was(
        self, calendar: WorkingCalendar, paused: dt.datetime, left: dt.timedelta, wait: dt.timedelta
    ) -> None:
        due, resumed = calendar.after(paused, left), paused + wait
        moved = calendar.resumed(due, paused_at=paused, resumed_at=resumed)
        assert calendar.time_between(resumed, moved) == calendar.time_between(paused, due)

    @given(calendars, moments, moments, waits)
    def test_never_comes_earlier(
        self, calendar: WorkingCalendar, due: dt.datetime, paused: dt.datetime, wait: dt.timedelta
    ) -> None:
        assert calendar.resumed(due, paused_at=paused, resumed_at=paused + wait) >= due

    @given(calendars, moments, waits, waits, waits)
    def test_in_two_parts_is_standing_still_at_once(
        self, calendar: WorkingCalendar, paused: dt.datetime, left: dt.timedelta, one: dt.timedelta, two: dt.timedelta
    ) -> None:
        due, middle, end = calendar.after(paused, left + HOUR), paused + one, paused + one + two
        twice = calendar.resumed(
            calendar.resumed(due, paused_at=paused, resumed_at=middle), paused_at=middle, resumed_at=end
        )
        assert twice == calendar.resumed(due, paused_at=paused, resumed_at=end)

    @given(calendars, moments, moments, waits, waits)
    def test_longer_is_never_due_sooner(
        self, calendar: WorkingCalendar, due: dt.datetime, paused: dt.datetime, one: dt.timedelta, two: dt.timedelta
    ) -> None:
        short = calendar.resumed(due, paused_at=paused, resumed_at=paused + one)
        assert calendar.resumed(due, paused_at=paused, resumed_at=paused + one + two) >= short


class TestDeadline:
    @given(calendars, moments, st.integers(0, 30))
    def test_is_at_closing_time_of_a_working_day_after_the_start(
        self, calendar: WorkingCalendar, start: dt.datetime, count: int
    ) -> None:
        due = calendar.deadline(start, count)
        assert calendar.is_working_day(due.date())
        assert due.timetz().replace(tzinfo=None) == calendar.closes
        assert due > start

    @given(calendars, days, st.integers(0, 30))
    def test_counts_as_many_days_as_were_given(self, calendar: WorkingCalendar, start: dt.date, count: int) -> None:
        end = calendar.add_days(start, count)
        assert calendar.days_between(start, end) == max(count, int(not calendar.is_working_day(start)))

    def test_knows_a_bridge_day(self) -> None:
        bridge = WorkingCalendar(closed=frozenset([dt.date(2026, 11, 12)]))
        assert bridge.deadline(at("2026-11-10T10:00"), 1) == at("2026-11-13T17:00")
        assert BELGIAN.deadline(at("2026-11-10T10:00"), 1) == at("2026-11-12T17:00")
