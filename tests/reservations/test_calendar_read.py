"""What other calendars write is read as it was meant: dates that were moved, cancelled, added; and what cannot be read
for certain is left out with its reason, while the rest goes on."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
import vobject

from kortrijk_gebied.ics import ZONE
from reservations import actions
from reservations.feeds.as_a_rule import rule_of
from reservations.feeds.coming_in import dates_in
from reservations.models import Booking, BookingState, CancelledBy
from reservations.school_holidays import load_school_holidays
from tests.cast import Cast
from tests.reservations.calendar_files import BRUSSELS, feed_of, instants, read, weekly
from tests.reservations.rooms import Rooms, at

START, END = "DTSTART;TZID=Europe/Brussels:20270316T193000", "DTEND;TZID=Europe/Brussels:20270316T213000"
WEEKLY = (START, END, "RRULE:FREQ=WEEKLY;COUNT=4")  # 16, 23 and 30 March, 6 April


@pytest.fixture(autouse=True)
def _winter() -> Iterator[None]:
    with time_machine.travel(at(dt.date(2027, 2, 1), "08:00"), tick=False):
        yield


def file(*events: tuple[str, ...], uid: str = "UID:1@vereniging.example") -> bytes:
    lines = [line for event in events for line in ("BEGIN:VEVENT", uid, "SUMMARY:Naailes", *event, "END:VEVENT")]
    whole = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//vereniging//NL",
        *ZONE.decode().split(),
        *lines,
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(whole).encode()


def days(*events: tuple[str, ...]) -> list[str]:
    return [f"{each.starts.astimezone(BRUSSELS):%m-%d %H:%M}" for each in dates_in(file(*events)).dates]


def why(*events: tuple[str, ...]) -> list[str]:
    return [each.why for each in dates_in(file(*events)).left_out]


def with_another(event: tuple[str, ...]) -> bytes:
    """That can be read."""
    other = file((START, END), uid="UID:2@vereniging.example").partition(b"END:VTIMEZONE\r\n")[2]
    return file(event).replace(b"END:VCALENDAR\r\n", other)


class TestADate:
    OF_30_MARCH = "RECURRENCE-ID;TZID=Europe/Brussels:20270330T193000"

    def test_that_was_moved_stands_at_its_new_moment_alone(self) -> None:
        moved = ("DTSTART:20270331T170000Z", "DTEND:20270331T180000Z", self.OF_30_MARCH)
        assert days(WEEKLY, moved) == ["03-16 19:30", "03-23 19:30", "03-31 19:00", "04-06 19:30"]
        assert days(moved, WEEKLY) == days(WEEKLY, moved)

    def test_that_was_cancelled_is_gone(self) -> None:
        cancelled = (START, END, self.OF_30_MARCH, "STATUS:CANCELLED")
        assert days(WEEKLY, cancelled) == ["03-16 19:30", "03-23 19:30", "04-06 19:30"]

    def test_that_was_moved_twice_stands_where_it_was_moved_last(self) -> None:
        first = ("DTSTART:20270331T170000Z", "DTEND:20270331T180000Z", self.OF_30_MARCH, "SEQUENCE:1")
        last = ("DTSTART:20270401T170000Z", "DTEND:20270401T180000Z", self.OF_30_MARCH, "SEQUENCE:2")
        assert "04-01 19:00" in days(WEEKLY, last, first)
        assert "03-31 19:00" not in days(WEEKLY, last, first)

    def test_beside_the_rule_is_added_with_its_own_length(self) -> None:
        beside = "RDATE;TZID=Europe/Brussels;VALUE=PERIOD:20270401T200000/PT3H"
        found = dates_in(file((*WEEKLY, beside, "RDATE:20270402T170000Z"))).dates
        lasts = {f"{each.starts:%m-%d}": (each.ends - each.starts) / dt.timedelta(hours=1) for each in found}
        assert lasts == {"03-16": 2, "03-23": 2, "03-30": 2, "04-01": 3, "04-02": 2, "04-06": 2}

    @pytest.mark.parametrize("said", ["VALUE=DATE:20270323", "TZID=Europe/Brussels:20270323T193000"])
    def test_that_is_left_out_is_gone(self, said: str) -> None:
        assert days((*WEEKLY, f"EXDATE;{said}")) == ["03-16 19:30", "03-30 19:30", "04-06 19:30"]

    @pytest.mark.parametrize(("until", "number"), [("20270323", 2), ("20270323T183000Z", 2), ("20270323T182959Z", 1)])
    def test_on_the_last_day_of_a_rule_is_among_them(self, until: str, number: int) -> None:
        assert len(days((START, END, f"RRULE:FREQ=WEEKLY;UNTIL={until}"))) == number


class TestWhatCannotBeRead:
    @pytest.mark.parametrize(
        ("event", "says"),
        [
            (("DTSTART;VALUE=DATE:20270316",), "hele dagen"),
            ((START,), "tot wanneer"),
            (("DTSTART;TZID=Mars/Base:20270316T193000", "DURATION:PT1H"), "tijdzone"),
            ((*WEEKLY, "EXDATE;TZID=Mars/Base:20270323T193000"), "tijdzone"),
            ((*WEEKLY, "RDATE:morgen"), "RDATE"),
            ((START, END, "RRULE:FREQ=WEEKLY;UNTIL=morgen"), "RRULE"),
            ((*WEEKLY, "RRULE:FREQ=DAILY;COUNT=2"), "RRULE"),
            ((*WEEKLY, "EXRULE:FREQ=MONTHLY"), "niet kunnen lezen"),
            ((START, END, "RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=3"), "eerste datum"),
            ((START, END, "RRULE:FREQ=HOURLY;COUNT=3"), "per dag"),
            ((START, END, "RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=6"), "niet kunnen lezen"),
            ((START, END, "RRULE:FREQ=MONTHLY;BYDAY=1TU;BYMONTHDAY=16"), "niet kunnen lezen"),
            ((START, END, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), "eerste datum"),
            ((*WEEKLY, "RECURRENCE-ID;RANGE=THISANDFUTURE:20270323T183000Z"), "wordt deze reeks anders"),
        ],
    )
    def test_says_why_and_the_rest_goes_on(self, event: tuple[str, ...], says: str) -> None:
        brought = dates_in(with_another(event))
        [left_out] = brought.left_out
        assert says in left_out.why
        assert left_out.title == "Naailes"
        assert len(brought.dates) == 1

    def test_is_what_stands_there_twice_and_otherwise(self) -> None:
        assert why((START, END), ("DTSTART:20270317T183000Z", END)) == [
            "Dit staat twee keer in het bestand, telkens anders."
        ]
        assert why((START, END), (START, END)) == []

    def test_is_not_what_is_over(self) -> None:
        assert why((START, END), ("RECURRENCE-ID:20200101T100000Z", "DTSTART:20200101T100000Z", "DURATION:PT1H")) == []
        assert dates_in(with_another(("DTSTART:20150105T100000Z", "RRULE:FREQ=WEEKLY;UNTIL=20160101"))).left_out == []


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=9", "FREQ=MONTHLY;BYDAY=3TU;COUNT=6",
        "FREQ=DAILY;INTERVAL=3;COUNT=20",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=12;COUNT=5", "FREQ=WEEKLY;WKST=SU;INTERVAL=2;BYDAY=SU,TU;COUNT=8",
        "FREQ=MONTHLY;BYMONTHDAY=16,-1;COUNT=7", "FREQ=WEEKLY;UNTIL=20270701T180000Z",
    ],
)  # fmt: skip
def test_a_rule_is_read_as_another_library_reads_it(rule: str) -> None:
    content = file((START, END, f"RRULE:{rule}", "EXDATE;TZID=Europe/Brussels:20270330T193000"))
    theirs = sorted(instants(content.decode()))
    assert [each.starts for each in dates_in(content).dates] == theirs
    assert len(theirs) > 2


class TestOurOwnFeed:
    """What we wrote comes back as the same dates, read by us and by another library."""

    SERIES: list[dict[str, Any]] = [
        {}, {"weekdays": [1, 3], "times": 8}, {"interval": 3}, {"frequency": "monthly", "nth": 3},
        {"frequency": "monthly", "nth": -1, "interval": 2}, {"school_week": "a"}, {"school_week": "b", "times": 9},
        {"times": 12, "skips_school_holidays": True}, {"skips_public_holidays": False, "weekdays": [0]},
        {"times": None, "until": dt.date(2027, 6, 30), "skips_school_holidays": True, "weekdays": [0]},
        {"weekdays": [5], "start_time": dt.time(23), "end_time": dt.time(5)},
    ]  # fmt: skip

    @pytest.mark.parametrize("rule", SERIES)
    def test_of_every_kind_of_series_is_read_back(self, cast: Cast, rooms: Rooms, rule: dict[str, Any]) -> None:
        load_school_holidays()
        weekly(rooms.meeting, cast["gebiedswerker"], **rule)
        text = read(feed_of(cast["gebiedswerker"])[1])
        there = list(Booking.objects.order_by("starts").values_list("starts", "ends", "title"))
        brought = dates_in(text.encode())
        assert [(each.starts, each.ends, each.title) for each in brought.dates] == there
        assert brought.left_out == []
        assert sorted(instants(text)) == [starts for starts, _ends, _title in there]
        assert len(there) > 4

    def test_of_dates_that_moved_or_were_cancelled_is_read_back(self, cast: Cast, rooms: Rooms) -> None:
        els = cast["gebiedswerker"]
        _series, dates = weekly(rooms.meeting, els)
        later = dates[2].starts + dt.timedelta(days=1, hours=1)
        actions.move(dates[2], by=els, room=rooms.half_a, starts=later, ends=later + dt.timedelta(hours=3))
        actions.cancel(dates[1], by=els, kind=CancelledBy.HOLDER)
        standing = Booking.objects.exclude(state=BookingState.CANCELLED).order_by("starts")
        found = dates_in(read(feed_of(els)[1]).encode()).dates
        assert [(each.starts, each.ends) for each in found] == list(standing.values_list("starts", "ends"))

    @pytest.mark.parametrize(
        ("rule", "said"),
        [
            ({"school_week": "a", "times": 9, "weekdays": [1, 3]}, {"school_week": "a"}),
            ({"frequency": "monthly", "nth": 3}, {"frequency": "monthly", "nth": 3}),
            ({"times": 12, "skips_school_holidays": True}, {"skips_school_holidays": True}),
        ],
    )
    def test_is_said_as_the_rule_it_was(self, cast: Cast, rooms: Rooms, rule: Any, said: dict[str, Any]) -> None:
        load_school_holidays()
        weekly(rooms.meeting, cast["gebiedswerker"], **rule)
        found = rule_of(dates_in(read(feed_of(cast["gebiedswerker"])[1]).encode()).dates)
        assert found is not None
        assert said.items() <= found.items()


def test_the_other_library_reads_what_is_written_here() -> None:
    """The control of the round trip: vobject knows the zone that the file brings along."""
    [event] = vobject.readOne(file(WEEKLY).decode()).vevent_list
    assert event.dtstart.value.hour == 19
