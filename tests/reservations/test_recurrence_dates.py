"""On which days a series falls, and how it is said. No row is written: a rule is thought out before it is kept."""

import datetime as dt
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import BRUSSELS, is_holiday
from reservations.models import SchoolHoliday, Series
from reservations.models.series import LONGEST_SERIES
from reservations.recurrence import dates_of, faults, first_match, rrule_of
from reservations.recurrence_words import in_words

TUESDAY, THURSDAY, FRIDAY = 1, 3, 4
HOLIDAYS = [
    SchoolHoliday(name="Herfstvakantie", starts=dt.date(2026, 11, 2), ends=dt.date(2026, 11, 8)),
    SchoolHoliday(name="Kerstvakantie", starts=dt.date(2026, 12, 21), ends=dt.date(2027, 1, 3)),
    SchoolHoliday(name="Zomervakantie", starts=dt.date(2027, 7, 1), ends=dt.date(2027, 8, 31)),
]


def weekly(*weekdays: int, **rule: Any) -> Series:
    ends = {} if "times" in rule or "until" in rule else {"until": dt.date(2027, 6, 30)}
    given = {
        "first_on": dt.date(2026, 9, 1), "start_time": dt.time(19, 30), "end_time": dt.time(22), **ends, **rule,
    }  # fmt: skip
    return Series(weekdays=list(weekdays), **given)


def monthly(nth: int, *weekdays: int, **rule: Any) -> Series:
    return weekly(*weekdays, frequency="monthly", nth=nth, **rule)


def days(series: Series, holidays: list[SchoolHoliday] = HOLIDAYS) -> list[str]:
    return [f"{day:%d/%m}" for day in dates_of(series, holidays)]


@st.composite
def rules(draw: st.DrawFn) -> Series:
    weekdays = draw(st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True))
    first = draw(st.dates(dt.date(2026, 9, 1), dt.date(2027, 1, 31)))
    rule: dict[str, Any] = {"first_on": first, "interval": draw(st.integers(1, 4))}
    rule |= draw(
        st.builds(lambda n: {"times": n}, st.integers(1, 12))
        | st.builds(lambda n: {"until": first + dt.timedelta(days=n)}, st.integers(0, 120))
    )
    rule |= {name: draw(st.booleans()) for name in ("skips_public_holidays", "skips_school_holidays")}
    nth = draw(st.sampled_from([None, 1, 2, 3, 4, -1]))
    return weekly(*weekdays, **rule) if nth is None else monthly(nth, *weekdays, **rule)


class TestDates:
    def test_every_other_week_counts_from_the_first_of_its_days(self) -> None:
        fridays = weekly(FRIDAY, first_on=dt.date(2026, 9, 5), interval=2, times=3)  # a Saturday
        assert first_match(fridays) == dt.date(2026, 9, 11)
        assert days(fridays) == ["11/09", "25/09", "09/10"]

    def test_monthly_takes_the_nth_or_the_last_weekday(self) -> None:
        assert days(monthly(2, TUESDAY, times=3)) == ["08/09", "13/10", "10/11"]
        assert days(monthly(-1, THURSDAY, interval=2, times=3)) == ["24/09", "26/11", "28/01"]

    def test_skipped_days_are_not_among_the_times(self) -> None:
        friday_after_easter = weekly(FRIDAY, first_on=dt.date(2026, 12, 18), times=3)
        assert days(friday_after_easter) == ["18/12", "08/01", "15/01"]  # Christmas and New Year's Day are Fridays
        both_skipped = weekly(TUESDAY, first_on=dt.date(2026, 12, 15), times=2, skips_school_holidays=True)
        assert days(both_skipped) == ["15/12", "05/01"]

    def test_a_and_b_weeks_together_are_the_weeks_of_school(self) -> None:
        until = {"until": dt.date(2026, 12, 31)}
        a, b = days(weekly(TUESDAY, school_week="a", **until)), days(weekly(TUESDAY, school_week="b", **until))
        assert a[:2] == ["01/09", "15/09"]
        assert b[:2] == ["08/09", "22/09"]
        assert sorted(a + b) == sorted(days(weekly(TUESDAY, skips_school_holidays=True, **until)))

    @given(rules())
    def test_are_in_order_on_the_weekdays_and_never_on_a_skipped_day(self, series: Series) -> None:
        try:
            found = dates_of(series, HOLIDAYS)
        except Refused:
            return
        assert found == sorted(set(found))
        assert {day.weekday() for day in found} <= set(series.weekdays)
        assert found[0] >= series.first_on
        assert len(found) == series.times or (series.until and found[-1] <= series.until)
        assert not (series.skips_public_holidays and any(map(is_holiday, found)))
        assert not series.skips_school_holidays or not any(
            each.starts <= day <= each.ends for each in HOLIDAYS for day in found
        )

    @given(rules())
    def test_are_those_another_library_reads_in_the_rrule(self, series: Series) -> None:
        try:
            rule = rrule_of(series, HOLIDAYS)
        except Refused:
            return
        assert rule is not None
        start = dt.datetime.combine(rule.starts_on, series.start_time, tzinfo=BRUSSELS)
        read = {at.date() for at in rrulestr(rule.rrule, dtstart=start)}
        assert sorted(read.difference(rule.exdates)) == dates_of(series, HOLIDAYS)
        assert read.issuperset(rule.exdates)

    def test_of_school_weeks_have_no_rrule(self) -> None:
        assert rrule_of(weekly(TUESDAY, school_week="a"), HOLIDAYS) is None


class TestRefusal:
    @pytest.mark.parametrize(
        ("series", "field", "words"),
        [
            (weekly(TUESDAY, until=None), "until", "heeft een einde"),
            (weekly(TUESDAY, until=dt.date(2026, 10, 1), times=3), "until", "niet allebei"),
            (weekly(TUESDAY, until=dt.date(2026, 8, 31)), "until", "vóór de eerste"),
            (weekly(), "weekdays", "minstens één weekdag"),
            (weekly(TUESDAY, frequency="monthly"), "nth", "hoeveelste"),
            (weekly(TUESDAY, school_week="a", interval=2), "interval", "vanzelf"),
            (weekly(TUESDAY, interval=0), "interval", "van 1 tot 52"),
            (weekly(TUESDAY, times=LONGEST_SERIES + 1), "times", "400"),
        ],
    )
    def test_says_what_is_wrong_at_its_field(self, series: Series, field: str, words: str) -> None:
        assert words in faults(series)[field]
        with pytest.raises(Refused, match=words):
            dates_of(series, HOLIDAYS)

    @pytest.mark.parametrize(
        ("series", "words"),
        [
            (weekly(*range(7), until=dt.date(2028, 6, 30)), "meer dan 400 keer"),
            (weekly(TUESDAY, interval=52, times=20), "meer dan 10 jaar"),
            (weekly(FRIDAY, until=dt.date(2026, 9, 2)), "geen enkele datum"),
            (weekly(TUESDAY, skips_school_holidays=True, until=dt.date(2027, 9, 30)), "tot en met 31 augustus 2027"),
        ],
    )
    def test_says_what_is_wrong_with_the_dates(self, series: Series, words: str) -> None:
        with pytest.raises(Refused, match=words):
            dates_of(series, HOLIDAYS)

    def test_names_what_is_missing_when_no_school_holiday_is_known(self) -> None:
        with pytest.raises(Refused, match="nog niet ingevuld"):
            dates_of(weekly(TUESDAY, school_week="b"), [])


class TestWords:
    @pytest.mark.parametrize(
        ("series", "words"),
        [
            (weekly(TUESDAY), "elke dinsdag van 19.30 tot 22.00 uur, tot en met 30 juni 2027, niet op feestdagen"),
            (
                weekly(THURSDAY, TUESDAY, interval=2, times=10, skips_public_holidays=False),
                "om de 2 weken op dinsdag en donderdag van 19.30 tot 22.00 uur, 10 keer",
            ),
            (
                monthly(-1, FRIDAY, times=1, skips_public_holidays=False, skips_school_holidays=True),
                "elke laatste vrijdag van de maand van 19.30 tot 22.00 uur, 1 keer, niet in schoolvakanties",
            ),
            (
                monthly(2, TUESDAY, interval=3, times=4, skips_public_holidays=False),
                "om de 3 maanden op de tweede dinsdag van 19.30 tot 22.00 uur, 4 keer",
            ),
            (
                weekly(TUESDAY, school_week="b", times=4, skips_public_holidays=False),
                "elke dinsdag in de B-weken van 19.30 tot 22.00 uur, 4 keer",
            ),
            (
                weekly(*range(7), times=4, skips_public_holidays=False, end_time=dt.time(1)),
                "elke dag van 19.30 tot 1.00 uur, 4 keer",
            ),
        ],
    )
    def test_say_the_rule(self, series: Series, words: str) -> None:
        assert in_words(series) == words
