"""A series in a calendar of another program begins when its bookings do, whatever became of single dates."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from reservations import actions
from reservations.models import Booking, CancelledBy, SchoolHoliday
from reservations.series_changes import change_from
from tests.cast import Cast
from tests.reservations.calendar_files import events, feed_of, instants, moment, read, weekly
from tests.reservations.rooms import Rooms, at, booked


@pytest.fixture(autouse=True)
def _winter() -> Iterator[None]:
    with time_machine.travel(at(dt.date(2027, 2, 1), "08:00"), tick=False):
        yield


class TestSeries:
    def test_is_one_event_on_the_clock_of_brussels(self, cast: Cast, rooms: Rooms) -> None:
        _series, dates = weekly(rooms.meeting, cast["gebiedswerker"])
        text = read(feed_of(cast["gebiedswerker"])[1])
        [event] = events(text)
        assert event.rrule.value.startswith("FREQ=WEEKLY")
        assert sorted(instants(text)) == [each.starts for each in dates]
        assert {each.starts.hour for each in dates} == {17, 18}  # in UTC, before and after the change

    def test_tells_of_a_date_that_moved_and_leaves_out_one_that_was_cancelled(self, cast: Cast, rooms: Rooms) -> None:
        els = cast["gebiedswerker"]
        _series, dates = weekly(rooms.meeting, els)
        later = dates[2].starts + dt.timedelta(days=1, hours=1)
        actions.move(dates[2], by=els, room=rooms.half_a, starts=later, ends=later + dt.timedelta(hours=2))
        actions.cancel(dates[1], by=els, kind=CancelledBy.HOLDER)
        text = read(feed_of(els)[1])
        found = instants(text)
        assert sorted(found) == sorted([dates[0].starts, later, dates[3].starts, dates[4].starts])
        assert "Helft A" in found[later].location.value or rooms.half_a.name in found[later].location.value
        whole, apart = events(text)
        assert whole.uid.value == apart.uid.value
        assert int(whole.sequence.value) >= 2
        assert moment(apart.recurrence_id.value) == moment(at(dt.date(2027, 3, 30), "19:30"))

    def test_in_a_weeks_names_each_date(self, cast: Cast, rooms: Rooms) -> None:
        SchoolHoliday.objects.bulk_create(
            SchoolHoliday(name=name, starts=starts, ends=starts + dt.timedelta(days=10))
            for name, starts in (("Zomer", dt.date(2026, 7, 1)), ("Kerst", dt.date(2027, 12, 25)))
        )
        _series, dates = weekly(rooms.meeting, cast["gebiedswerker"], school_week="a")
        text = read(feed_of(cast["gebiedswerker"])[1])
        [event] = events(text)
        assert hasattr(event, "rdate")
        assert not hasattr(event, "rrule")
        assert sorted(instants(text)) == [each.starts for each in dates]

    def test_of_a_night_in_which_the_clock_changes_keeps_each_end(self, cast: Cast, rooms: Rooms) -> None:
        """On Saturday 27 March from 23.00 to 5.00 is an hour shorter than on other Saturdays."""
        _series, dates = weekly(
            rooms.meeting, cast["gebiedswerker"], weekdays=[5], times=3, start_time=dt.time(23), end_time=dt.time(5)
        )
        found = instants(read(feed_of(cast["gebiedswerker"])[1]))
        assert sorted(found) == [each.starts for each in dates]
        for each in dates:
            event = found[each.starts]
            lasts = moment(event.dtend.value) - moment(event.dtstart.value)
            assert lasts == each.ends.astimezone(dt.UTC) - each.starts.astimezone(dt.UTC)

    def test_that_was_cancelled_whole_says_so(self, cast: Cast, rooms: Rooms) -> None:
        els = cast["gebiedswerker"]
        for each in weekly(rooms.meeting, els)[1]:
            actions.cancel(each, by=els, kind=CancelledBy.HOLDER)
        assert [event.status.value for event in events(read(feed_of(els)[1]))] == ["CANCELLED"]

    def test_cut_in_two_counts_on_in_both_halves(self, cast: Cast, rooms: Rooms) -> None:
        els = cast["gebiedswerker"]
        series, dates = weekly(rooms.meeting, els)
        address = feed_of(els)[1]
        for each in dates[3:]:
            actions.change(each, by=els, title="Generale")
        before = int(events(read(address))[0].sequence.value)
        use: dict[str, object] = {"title": "Repetitie"}
        change_from(series, dates[2].series_on, by=els, room=rooms.meeting, start=dt.time(20), end=dt.time(22), use=use)
        text = read(address)
        of_old = [event for event in events(text) if event.uid.value.startswith(str(series.pk))]
        assert [int(event.sequence.value) > before for event in of_old] == [True]
        starts = [each.starts for each in Booking.objects.order_by("starts")]
        assert sorted(instants(text)) == starts
        assert len({event.uid.value for event in events(text)}) == 2


class TestSingle:
    def test_in_the_hour_that_comes_twice_begins_at_the_right_one(self, cast: Cast, rooms: Rooms) -> None:
        second = dt.datetime(2027, 10, 31, 1, 30, tzinfo=dt.UTC)  # 2.30 for the second time
        booked(rooms.meeting, second, 1, by=cast["gebiedswerker"])
        assert list(instants(read(feed_of(cast["gebiedswerker"])[1]))) == [second]
