"""Part of a week, and the beginnings of words: what a rule asks of a report besides its subject."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from areas.typed import plain
from kortrijk_gebied.workdays import BRUSSELS
from signals.conditions import Window, pattern_of, stems_of

MONDAY = dt.date(2026, 11, 23)
WEEKEND = Window(4, 0, dt.time(18), dt.time(7), in_one_stretch=True)
NIGHT = Window(None, None, dt.time(22), dt.time(6))
WEEK_NIGHT = Window(0, 4, dt.time(22), dt.time(6))
OFFICE = Window(0, 4, dt.time(9), dt.time(17))


def moment(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """`day` counts from Monday."""
    return dt.datetime.combine(MONDAY + dt.timedelta(days=day), dt.time(hour, minute), tzinfo=BRUSSELS)


class TestWindow:
    @pytest.mark.parametrize(
        ("window", "day", "hour", "holds"),
        [
            (WEEKEND, 4, 17, False),
            (WEEKEND, 4, 18, True),
            (WEEKEND, 5, 3, True),
            (WEEKEND, 6, 23, True),
            (WEEKEND, 0, 6, True),
            (WEEKEND, 0, 7, False),
            (WEEKEND, 2, 20, False),
            (NIGHT, 2, 23, True),
            (NIGHT, 3, 5, True),
            (NIGHT, 3, 6, False),
            (NIGHT, 3, 12, False),
            (WEEK_NIGHT, 5, 3, True),  # the night that began on Friday
            (WEEK_NIGHT, 5, 23, False),
            (WEEK_NIGHT, 0, 3, False),  # that of Sunday
            (OFFICE, 4, 16, True),
            (OFFICE, 4, 17, False),
            (OFFICE, 5, 10, False),
            (Window(5, 6), 6, 12, True),
            (Window(5, 6), 0, 0, False),
            (Window(5, 1), 0, 12, True),  # from Saturday up to and including Tuesday
            (Window(), 3, 12, True),
        ],
    )
    def test_holds(self, window: Window, day: int, hour: int, holds: bool) -> None:
        assert window.holds(moment(day, hour)) is holds

    def test_is_by_the_clock_of_brussels(self) -> None:
        assert NIGHT.holds(dt.datetime(2026, 7, 1, 20, 30, tzinfo=dt.UTC))  # 22.30 in summer
        assert not NIGHT.holds(dt.datetime(2026, 12, 1, 20, 30, tzinfo=dt.UTC))  # 21.30 in winter

    @given(st.integers(0, 6), st.integers(0, 6), st.times(), st.times(), st.integers(0, 7 * 24 * 60 - 1))
    def test_a_stretch_and_what_is_left_of_the_week_are_the_week(
        self, first: int, last: int, begin: dt.time, end: dt.time, minute: int
    ) -> None:
        if (first, begin) == (last, end):
            return
        one = Window(first, last, begin, end, in_one_stretch=True)
        other = Window(last, first, end, begin, in_one_stretch=True)
        at = moment(0, 0) + dt.timedelta(minutes=minute)
        assert one.holds(at) is not other.holds(at)

    @given(st.times(), st.times(), st.integers(0, 7 * 24 * 60 - 1))
    def test_hours_and_the_other_hours_are_the_day(self, begin: dt.time, end: dt.time, minute: int) -> None:
        if begin == end:
            return
        at = moment(0, 0) + dt.timedelta(minutes=minute)
        assert Window(None, None, begin, end).holds(at) is not Window(None, None, end, begin).holds(at)


class TestWords:
    @pytest.mark.parametrize(
        ("words", "text", "found"),
        [
            ("rat, muizen", "Er zitten RATTEN in de tuin.", True),
            ("rat", "De straat ligt vol.", False),  # a beginning, not a middle
            ("café", "Lawaai aan het Cafe op de hoek", True),
            ("cafe", "Lawaai aan het CAFÉ", True),
            ("dode kat", "Er ligt een dode kat.", True),
            ("dode kat", "De dode hond en een kat.", False),
            ("dode kat; dode hond", "Een dode-hond op de weg", True),
            ("c++", "Er staat c in", True),
            ("rat", "", False),
        ],
    )
    def test_are_found_whatever_capitals_and_accents(self, words: str, text: str, found: bool) -> None:
        pattern = pattern_of(words)
        assert pattern is not None
        assert bool(pattern.search(plain(text))) is found

    def test_are_each_counted_once(self) -> None:
        assert stems_of(" Rat,rat ,, RÁT\nmuis;") == ["rat", "muis"]

    @given(st.text())
    def test_never_break_the_pattern(self, words: str) -> None:
        pattern = pattern_of(words)
        assert pattern is None or pattern.search(plain(words)) or len(stems_of(words)) > 1
