"""What periods come to: against a model that goes through the minutes, and in the rows of the rooms."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from kortrijk_gebied.workdays import is_holiday
from reservations.models import Building, OpeningPeriod, OpeningSpan, OpenRange, PeriodKind, SchoolHoliday
from reservations.moments import on_clock
from reservations.openings import hours_on, is_open, week_of, work_out, work_out_all
from reservations.timetable import Timetable, joined
from tests.reservations.rooms import Rooms, at

A_DAY, STEP = dt.timedelta(days=1), dt.timedelta(minutes=15)
ROOM = 7
# About Easter Sunday with summer time and a school holiday from its Monday on; about winter time; about Christmas.
MIDDLES = [dt.date(2027, 3, 28), dt.date(2026, 10, 25), dt.date(2026, 12, 25)]
HOLIDAYS = [SchoolHoliday(name="Paasvakantie", starts=dt.date(2027, 3, 29), ends=dt.date(2027, 4, 11))]

quarters = st.builds(dt.time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45])) | st.builds(
    dt.time, st.integers(0, 3), st.sampled_from([0, 30])
)


@st.composite
def houses(draw: st.DrawFn) -> tuple[dt.date, list[OpeningPeriod], list[OpeningSpan]]:
    middle = draw(st.sampled_from(MIDDLES))
    periods, spans = [], []
    for pk in range(1, draw(st.integers(1, 5)) + 1):
        starts = middle + A_DAY * draw(st.integers(-4, 2))
        period = OpeningPeriod(
            pk=pk, room_id=draw(st.sampled_from([None, ROOM])), kind=draw(st.sampled_from(PeriodKind.values)),
            starts=starts, ends=starts + A_DAY * draw(st.integers(0, 6)),
        )  # fmt: skip
        periods.append(period)
        for weekday, opens, closes in draw(st.lists(st.tuples(st.integers(0, 6), quarters, quarters), max_size=8)):
            spans.append(OpeningSpan(period=period, weekday=weekday, opens=opens, closes=closes))
    return middle, periods, spans


def counting(day: dt.date, periods: list[OpeningPeriod], room: int | None) -> OpeningPeriod | None:
    """The priorities once more, one by one."""
    out = any(each.starts <= day <= each.ends for each in HOLIDAYS)
    for kind in ["exception", "public_holidays", "school_holidays", "year"]:
        if (kind == "public_holidays" and not is_holiday(day)) or (kind == "school_holidays" and not out):
            continue
        for owner in [room, None]:
            mine = [p for p in periods if (p.room_id, p.kind) == (owner, kind) and p.starts <= day <= p.ends]
            if mine:
                return sorted(mine, key=lambda each: (each.starts, each.pk))[-1]
    return None


def quarters_open(
    middle: dt.date, periods: list[OpeningPeriod], spans: list[OpeningSpan], room: int | None
) -> set[dt.datetime]:
    """Which quarters of an hour of three days are open, by what the clock on the wall shows before and after."""
    begins = dt.datetime.combine(middle - 3 * A_DAY, dt.time(22), dt.UTC)
    clock = [(t, on_clock(t).replace(tzinfo=None)) for t in (begins + STEP * n for n in range(6 * 24 * 4))]
    found = set()
    for day in (middle + A_DAY * n for n in range(-2, 2)):
        period = counting(day, periods, room)
        for span in spans:
            if period is None or span.period_id != period.pk or span.weekday != day.weekday():
                continue
            opens, closes = dt.datetime.combine(day, span.opens), dt.datetime.combine(day, span.closes)
            closes += A_DAY * (closes <= opens)
            first = min(t for t, wall in clock if wall >= opens)
            last = max(t for t, wall in clock if wall <= closes)
            found |= {t for t, wall in clock if t >= first and (wall < closes or t < last)}
    return {t for t in found if abs((on_clock(t).date() - middle).days) <= 1}


class TestStretches:
    @given(houses(), st.sampled_from([None, ROOM]))
    def test_are_what_the_clock_on_the_wall_says(
        self, house: tuple[dt.date, list[OpeningPeriod], list[OpeningSpan]], room: int | None
    ) -> None:
        middle, periods, spans = house
        found = Timetable(periods, spans, HOLIDAYS).stretches(middle - A_DAY, middle + A_DAY, room)
        assert all(one[1] < other[0] for one, other in pairwise(found)), "they touch"
        within = {opens + STEP * n for opens, closes in found for n in range(int((closes - opens) / STEP))}
        assert within == quarters_open(middle, periods, spans, room)

    @pytest.mark.parametrize(
        ("sunday", "opens", "closes", "utc"),
        [
            ("2026-10-25", "02:30", "08:00", ("00:30", "07:00")),  # the first of two half past twos
            ("2026-10-25", "00:00", "02:30", ("22:00", "01:30")),  # the second
            ("2026-10-25", "00:00", "03:00", ("22:00", "02:00")),
            ("2027-03-28", "02:30", "08:00", ("01:00", "06:00")),  # the next hour there is
            ("2027-03-28", "00:00", "02:30", ("23:00", "01:00")),
            ("2027-03-28", "02:00", "02:45", None),
        ],
    )
    def test_in_the_nights_the_clock_changes_are_the_widest(
        self, sunday: str, opens: str, closes: str, utc: tuple[str, str] | None
    ) -> None:
        day = dt.date.fromisoformat(sunday)
        year = OpeningPeriod(pk=1, kind=PeriodKind.YEAR, starts=day, ends=day)
        hours = OpeningSpan(
            period=year, weekday=6, opens=dt.time.fromisoformat(opens), closes=dt.time.fromisoformat(closes)
        )
        found = Timetable([year], [hours], []).stretches(day, day)
        assert [tuple(f"{end:%H:%M}" for end in each) for each in found] == ([utc] if utc else [])

    @given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5))))
    def test_joined_are_the_same_time_without_two_that_touch(self, pieces: list[tuple[int, int]]) -> None:
        zero = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
        given = [(zero + STEP * start, zero + STEP * (start + length)) for start, length in pieces]
        found = joined(given)
        assert all(one[1] < other[0] for one, other in pairwise(found))
        assert all(any(opens <= each[0] and each[1] <= closes for opens, closes in found) for each in given)
        assert {end for each in found for end in each} <= {end for each in given for end in each}


@pytest.fixture
def near(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six weeks instead of three years: as true, and quicker."""
    monkeypatch.setattr("reservations.openings.BACK", 5 * A_DAY)
    monkeypatch.setattr("reservations.openings.AHEAD", 40 * A_DAY)


@pytest.fixture
def marke(rooms: Rooms) -> Building:
    """OC Marke with nothing written down yet."""
    building = rooms.hall.building
    OpeningPeriod.objects.filter(building=building).delete()
    OpenRange.objects.filter(room__building=building).delete()
    return building


def keep(building: Building, hours: str, *, weekdays: range = range(7), **period: Any) -> OpeningPeriod:
    details = {"name": "Het jaar", "starts": dt.date(2020, 1, 1), "ends": dt.date(2040, 12, 31)}
    made = OpeningPeriod.objects.create(building=building, **{**details, **period})
    opens, _, closes = hours.partition("-")
    if hours:
        OpeningSpan.objects.bulk_create(
            OpeningSpan(
                period=made, weekday=day, opens=dt.time.fromisoformat(opens), closes=dt.time.fromisoformat(closes)
            )
            for day in weekdays
        )
    return made


def rows(building: Building) -> set[tuple[int, int]]:
    return set(OpenRange.objects.filter(room__building=building).values_list("pk", "room_id"))


class TestWorkOut:
    TODAY = dt.date(2026, 11, 22)

    def test_opens_every_room_from_400_days_back_to_800_ahead(self, marke: Building, rooms: Rooms) -> None:
        keep(marke, "08:00-22:00")
        assert work_out(marke, today=self.TODAY) == 1201 * 4
        mine = OpenRange.objects.filter(room=rooms.hall).order_by("during").values_list("during", flat=True)
        assert mine[0].lower == at(self.TODAY - 400 * A_DAY, "08:00")
        assert mine[1200].upper == at(self.TODAY + 800 * A_DAY, "22:00")

    def test_joins_day_and_night_to_one_stretch(self, marke: Building, rooms: Rooms) -> None:
        keep(marke, "00:00-00:00")
        work_out(marke, today=self.TODAY)
        assert OpenRange.objects.filter(room=rooms.hall).count() == 1

    def test_writes_only_what_differs(self, near: None, marke: Building, rooms: Rooms) -> None:
        keep(marke, "08:00-22:00")
        work_out(marke, today=self.TODAY)
        before = rows(marke)
        assert work_out(marke, today=self.TODAY) == 0
        assert rows(marke) == before
        monday = dt.date(2026, 12, 7)
        keep(marke, "", room=rooms.meeting, kind=PeriodKind.EXCEPTION, starts=monday, ends=monday + 4 * A_DAY)
        assert work_out(marke, today=self.TODAY) == 5
        assert len(before - rows(marke)) == 5

    def test_moves_its_horizon_by_a_day(self, near: None, marke: Building) -> None:
        keep(marke, "08:00-22:00")
        work_out(marke, today=self.TODAY)
        assert work_out(marke, today=self.TODAY + A_DAY) == 2 * 4  # a day goes, a day comes

    def test_leaves_the_other_houses_alone(self, near: None, marke: Building, rooms: Rooms) -> None:
        before = rows(rooms.bissegem.building)
        work_out(marke)
        assert before == rows(rooms.bissegem.building) != set()

    def test_asks_as_much_for_one_room_as_for_many(
        self, near: None, marke: Building, rooms: Rooms, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for kind in PeriodKind:
            keep(marke, "08:00-22:00", kind=kind)
        keep(marke, "09:00-12:00", room=rooms.half_a)
        with django_assert_num_queries(9):  # a savepoint and its end, the lock, five tables, what is new
            work_out(marke)

    def test_goes_round_all_houses(self, near: None, marke: Building, rooms: Rooms) -> None:
        keep(marke, "08:00-22:00")
        assert work_out_all() == Building.objects.filter(rooms__isnull=False).distinct().count()


class TestLooking:
    def test_an_evening_goes_past_midnight(self, near: None, marke: Building, rooms: Rooms) -> None:
        keep(marke, "18:00-02:00", weekdays=range(4, 5))
        friday = dt.date(2026, 12, 4)
        work_out(marke, today=friday)
        assert hours_on(marke, friday) == hours_on(rooms.hall, friday) == [
            (at(friday, "18:00"), at(friday + A_DAY, "02:00"))
        ]  # fmt: skip
        assert hours_on(marke, friday + A_DAY) == []
        assert is_open(rooms.hall, at(friday, "20:00"), at(friday + A_DAY, "02:00"))
        assert not is_open(rooms.hall, at(friday, "20:00"), at(friday + A_DAY, "02:01"))
        assert not is_open(rooms.hall, at(friday, "20:00"), at(friday, "20:00"))

    def test_a_week_says_which_period_counts(self, marke: Building) -> None:
        year = keep(marke, "08:00-22:00")
        closed = keep(marke, "", name="Feestdagen", kind=PeriodKind.PUBLIC_HOLIDAYS)
        week = week_of(marke, dt.date(2026, 12, 27))
        assert [day.day.day for day in week] == [21, 22, 23, 24, 25, 26, 27]
        assert [day.period for day in week] == [year] * 4 + [closed] + [year] * 2
        assert week[4].hours == []

    def test_a_room_with_hours_of_its_own_keeps_those(self, marke: Building, rooms: Rooms) -> None:
        keep(marke, "08:00-22:00")
        keep(marke, "18:00-22:00", room=rooms.half_a, starts=dt.date(2026, 12, 1), ends=dt.date(2026, 12, 31))
        day = dt.date(2026, 12, 1)
        assert hours_on(rooms.half_a, day) == [(at(day, "18:00"), at(day, "22:00"))]
        assert hours_on(rooms.half_b, day) == [(at(day, "08:00"), at(day, "22:00"))]
        assert hours_on(rooms.half_a, day - A_DAY)[0][0] == at(day - A_DAY, "08:00")

    def test_a_house_that_is_shut_is_shut_for_its_rooms(self, marke: Building, rooms: Rooms) -> None:
        """Unless the room says otherwise for those very days."""
        keep(marke, "18:00-22:00", room=rooms.half_a)
        keep(marke, "", kind=PeriodKind.PUBLIC_HOLIDAYS)
        day = dt.date(2026, 12, 25)
        assert hours_on(rooms.half_a, day) == []
        keep(marke, "10:00-12:00", room=rooms.half_a, kind=PeriodKind.EXCEPTION, starts=day, ends=day)
        keep(marke, "", kind=PeriodKind.EXCEPTION, starts=day, ends=day)
        assert hours_on(rooms.half_a, day) == [(at(day, "10:00"), at(day, "12:00"))]
        assert hours_on(rooms.half_b, day) == []


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_keep_what_both_wrote(self, near: None, marke: Building, rooms: Rooms) -> None:
        """Each writes hours the other does not see yet; who comes second reads them, and works out both."""
        keep(marke, "08:00-22:00")
        start, monday = Barrier(2), timezone.localdate() + dt.timedelta(days=30)

        def write(day: dt.date) -> None:
            try:
                with transaction.atomic():
                    keep(marke, "", kind=PeriodKind.EXCEPTION, starts=day, ends=day)
                    start.wait()
                    work_out(marke)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(write, [monday, monday + A_DAY]))
        assert work_out(marke) == 0
        assert not is_open(rooms.hall, at(monday, "10:00"), at(monday, "11:00"))
        assert not is_open(rooms.hall, at(monday + A_DAY, "10:00"), at(monday + A_DAY, "11:00"))
