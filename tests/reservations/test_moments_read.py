"""The clock of Brussels: one hour a year does not exist, one comes twice."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kortrijk_gebied.refusals import Refused
from reservations.moments import (
    AmbiguousTime,
    NoSuchTime,
    moment,
    nearest,
    nearest_stretch,
    on_clock,
    stretch,
    whole_day,
)

SPRING, AUTUMN = dt.date(2027, 3, 28), dt.date(2026, 10, 25)
HALF_PAST_TWO = dt.time(2, 30)

days = st.dates(dt.date(2024, 1, 1), dt.date(2036, 12, 31)) | st.sampled_from([SPRING, AUTUMN])
minutes = st.builds(dt.time, st.integers(0, 23), st.integers(0, 59)) | st.builds(
    dt.time, st.integers(1, 3), st.integers(0, 59)
)


def utc(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=dt.UTC)


class TestMoment:
    @given(days, minutes)
    def test_comes_back_to_the_same_clock_or_says_why_not(self, day: dt.date, time: dt.time) -> None:
        try:
            found = [moment(day, time)]
        except NoSuchTime:
            hour = (utc(day, 0) + dt.timedelta(minutes=n) for n in range(24 * 60))
            assert all(on_clock(at).replace(tzinfo=None) != dt.datetime.combine(day, time) for at in hour)
            return
        except AmbiguousTime:
            found = [moment(day, time, later=False), moment(day, time, later=True)]
            assert found[1] - found[0] == dt.timedelta(hours=1)
        assert {on_clock(at).replace(tzinfo=None, fold=0) for at in found} == {dt.datetime.combine(day, time)}

    @given(days, minutes, st.booleans())
    def test_is_the_inverse_of_reading_the_clock(self, day: dt.date, time: dt.time, later: bool) -> None:
        at = utc(day, time.hour, time.minute)
        clock = on_clock(at)
        assert moment(clock.date(), clock.time(), later=bool(clock.fold)) == at
        assert nearest(clock.date(), clock.time(), later=bool(clock.fold)) == at

    def test_refuses_the_hour_the_clock_jumps_over(self) -> None:
        with pytest.raises(NoSuchTime) as refused:
            moment(SPRING, HALF_PAST_TWO)
        assert str(refused.value) == (
            "Op 28 maart 2027 gaat de klok om 2.00 uur een uur vooruit: 2.30 uur bestaat die nacht niet. "
            "Kies een tijdstip vóór 2.00 uur, of vanaf 3.00 uur."
        )
        with pytest.raises(NoSuchTime):
            moment(SPRING, HALF_PAST_TWO, later=True)
        assert moment(SPRING, dt.time(3)) == utc(SPRING, 1)

    def test_asks_which_of_two_equal_hours_is_meant(self) -> None:
        with pytest.raises(AmbiguousTime) as refused:
            moment(AUTUMN, HALF_PAST_TWO)
        assert str(refused.value) == (
            "Op 25 oktober 2026 gaat de klok een uur terug en komt 2.30 uur twee keer. "
            "Kies de eerste keer (zomertijd) of de tweede keer (wintertijd)."
        )
        assert moment(AUTUMN, HALF_PAST_TWO, later=False) == utc(AUTUMN, 0, 30)
        assert moment(AUTUMN, HALF_PAST_TWO, later=True) == utc(AUTUMN, 1, 30)


class TestNearest:
    def test_is_the_jump_itself_for_an_hour_that_does_not_exist(self) -> None:
        assert nearest(SPRING, HALF_PAST_TWO) == nearest(SPRING, dt.time(2)) == utc(SPRING, 1)

    @given(days, minutes)
    def test_never_goes_back_while_the_clock_goes_on(self, day: dt.date, time: dt.time) -> None:
        assert nearest(day, dt.time(0)) <= nearest(day, time) <= nearest(day, dt.time(23, 59))


class TestStretch:
    def test_goes_past_midnight_when_it_ends_at_or_before_its_start(self) -> None:
        day = dt.date(2026, 11, 21)
        assert stretch(day, dt.time(22), dt.time(1)) == (utc(day, 21), utc(dt.date(2026, 11, 22), 0))
        assert stretch(day, dt.time(8), dt.time(8)) == (utc(day, 7), utc(dt.date(2026, 11, 22), 7))

    def test_counts_real_hours_in_the_nights_the_clock_changes(self) -> None:
        for eve, hours in [(SPRING, 3), (AUTUMN, 5)]:
            starts, ends = stretch(eve - dt.timedelta(days=1), dt.time(23), dt.time(3))
            assert ends - starts == dt.timedelta(hours=hours)

    def test_takes_one_answer_for_both_ends_or_one_for_each(self) -> None:
        both = (AUTUMN, dt.time(2, 10), dt.time(2, 50))
        assert stretch(*both, later=True) == (utc(AUTUMN, 1, 10), utc(AUTUMN, 1, 50))
        assert stretch(*both, later=False, end_later=True) == (utc(AUTUMN, 0, 10), utc(AUTUMN, 1, 50))
        with pytest.raises(Refused):
            stretch(*both, later=True, end_later=False)

    @given(days, minutes, minutes)
    def test_that_never_asks_is_the_widest_one_on_the_clock(self, day: dt.date, start: dt.time, end: dt.time) -> None:
        wide = nearest_stretch(day, start, end)
        for answers in [(None, None), (False, False), (True, True), (False, True)]:
            try:
                starts, ends = stretch(day, start, end, later=answers[0], end_later=answers[1])
            except Refused:
                continue
            assert wide is not None
            assert wide[0] <= starts < ends <= wide[1]

    def test_is_none_when_the_clock_jumps_over_all_of_it(self) -> None:
        assert nearest_stretch(SPRING, dt.time(2, 10), dt.time(2, 50)) is None


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (dt.date(2026, 11, 21), 24)])
def test_a_whole_day_has_the_hours_it_has(day: dt.date, hours: int) -> None:
    starts, ends = whole_day(day)
    assert ends - starts == dt.timedelta(hours=hours)
