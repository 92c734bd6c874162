"""The tables of a calendar, with no database: every minute in one cell, nothing twice, and the clock as it is."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kortrijk_gebied.workdays import A_DAY
from reservations.calendars.axis import Axis, axis_of, hours_of, week_of
from reservations.calendars.grid import Cell, Kind, Piece, Taken, free_cut, lay, minutes_of, pieces
from reservations.moments import Stretch, moment, on_clock, whole_day

TUESDAY = dt.date(2026, 11, 24)
SPRING, AUTUMN = dt.date(2027, 3, 28), dt.date(2026, 10, 25)
MINUTE = dt.timedelta(minutes=1)


def at(clock: str, day: dt.date = TUESDAY) -> dt.datetime:
    return moment(day, dt.time.fromisoformat(clock))


def taken(starts: str, ends: str, by: str = "koor") -> Taken:
    return Taken(at(starts), at(ends), by)


def said(parts: list[Piece]) -> list[tuple[str, str, str, tuple[object, ...]]]:
    return [(f"{on_clock(p.starts):%H:%M}", f"{on_clock(p.ends):%H:%M}", p.kind, p.takers) for p in parts]


class TestPieces:
    def test_are_open_minus_taken(self) -> None:
        found = pieces([taken("10:00", "12:00")], [(at("09:00"), at("22:00"))], at("08:00"), at("23:00"))
        assert said(found) == [
            ("08:00", "09:00", "shut", ()),
            ("09:00", "10:00", "free", ()),
            ("10:00", "12:00", "taken", ("koor",)),
            ("12:00", "22:00", "free", ()),
            ("22:00", "23:00", "shut", ()),
        ]

    def test_of_a_hall_name_who_has_each_half(self) -> None:
        halves = [taken("10:00", "12:00", "helft a"), taken("11:00", "13:00", "helft b")]
        found = pieces(halves, [], at("10:00"), at("13:00"))
        assert [(p[0], p[3]) for p in said(found)] == [
            ("10:00", ("helft a",)), ("11:00", ("helft a", "helft b")), ("12:00", ("helft b",)),
        ]  # fmt: skip

    def test_of_two_who_follow_each_other_are_two(self) -> None:
        found = pieces([taken("10:00", "11:00", "a"), taken("11:00", "12:00", "b")], [], at("10:00"), at("12:00"))
        assert len(found) == 2

    def test_of_who_was_there_before_begin_where_the_table_does(self) -> None:
        night = Taken(at("20:00", TUESDAY - A_DAY), at("02:00"), "bal")
        found = pieces([night], [], *whole_day(TUESDAY))
        assert said(found)[0] == ("00:00", "02:00", "taken", ("bal",))

    def test_that_are_free_are_cut_by_the_hour(self) -> None:
        parts = pieces([taken("10:30", "11:45")], [(at("09:00"), at("13:00"))], at("09:00"), at("13:00"))
        hours = [at(f"{hour:02}:00") for hour in range(24)]
        free = [part for part in free_cut(parts, hours) if part.kind == Kind.FREE]
        assert [(p[0], p[1]) for p in said(free)] == [
            ("09:00", "10:00"), ("10:00", "10:30"), ("11:45", "12:00"), ("12:00", "13:00"),
        ]  # fmt: skip


class TestAxis:
    def test_has_as_many_hours_as_the_day(self) -> None:
        assert [len(hours_of(day)) for day in (SPRING, TUESDAY, AUTUMN)] == [23, 24, 25]
        assert (2, 0) not in hours_of(SPRING)
        assert hours_of(AUTUMN)[2:4] == [(2, 0), (2, 1)]

    def test_shows_the_day_and_what_is_open_or_booked_outside_it(self) -> None:
        assert [hour for hour, _ in axis_of([TUESDAY]).hours] == list(range(8, 20))
        evening = axis_of([TUESDAY], opened=[(at("09:00"), at("22:30"))], taken=[(at("06:30"), at("07:00"))])
        assert [hour for hour, _ in evening.hours] == list(range(6, 23))

    def test_leaves_the_night_of_a_house_that_never_shuts_out(self) -> None:
        assert axis_of([TUESDAY], opened=[whole_day(TUESDAY)]).hours[0] == (7, 0)
        assert len(axis_of([TUESDAY], whole=True).hours) == 24

    def test_makes_one_step_of_a_night_after_a_feast(self) -> None:
        axis = axis_of([TUESDAY], taken=[(at("20:00", TUESDAY - A_DAY), at("01:30"))])
        assert [hour for hour, _ in axis.hours] == [0, 1, *range(8, 20)]
        assert axis.gaps == {(1, 0)}
        assert axis.edges(TUESDAY)[7:10] == (at("01:45"), at("02:00"), at("08:00"))

    def test_takes_smaller_steps_when_it_must(self) -> None:
        assert axis_of([TUESDAY], taken=[(at("10:20"), at("11:00"))]).step == 5
        assert axis_of([TUESDAY], taken=[(at("10:07"), at("11:00"))]).step == 1

    @pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (TUESDAY, 24), (AUTUMN, 25)])
    def test_ends_when_the_day_ends(self, day: dt.date, hours: int) -> None:
        edges = axis_of([day], whole=True).edges(day)
        assert (edges[0], edges[-1]) == whole_day(day)
        assert edges[-1] - edges[0] == dt.timedelta(hours=hours)

    def test_of_a_week_with_an_hour_twice_has_it_on_one_day(self) -> None:
        days = week_of(AUTUMN)
        axis = axis_of(days, whole=True)
        assert len(axis.hours) == 25
        assert axis.comes_twice((2, 0))
        for day in days:
            cells = lay(pieces([], [], *whole_day(day)), axis.edges(day))
            assert len(cells) == 1  # who sleeps through it does not notice

    def test_of_a_week_with_an_hour_too_few_says_on_which_day(self) -> None:
        axis = axis_of(week_of(SPRING), whole=True)
        edges = axis.edges(SPRING)
        after = moment(SPRING, dt.time(3))
        around = [Taken(whole_day(SPRING)[0], after, "a"), Taken(after, whole_day(SPRING)[1], "b")]
        cells = lay(pieces(around, [], edges[0], edges[-1]), edges)
        assert [cell.piece.kind for cell in cells] == [Kind.TAKEN, Kind.ABSENT, Kind.TAKEN]
        assert (cells[1].first, cells[1].span) == (8, 4)


DAYS = st.sampled_from([SPRING, AUTUMN, TUESDAY])
TIMES = st.integers(min_value=-300, max_value=1800)


@st.composite
def use(draw: st.DrawFn) -> tuple[int, int, str]:
    starts = draw(TIMES)
    return starts, starts + draw(st.integers(min_value=1, max_value=900)), draw(st.sampled_from("abc"))


class TestCells:
    """Whatever is taken and whatever is open, on a day of 23, 24 or 25 hours."""

    @given(
        day=DAYS, uses=st.lists(use(), max_size=6), opened=st.lists(use(), max_size=3), week=st.booleans(),
        whole=st.booleans(),
    )  # fmt: skip
    def test_hold_every_minute_once(
        self, day: dt.date, uses: list[tuple[int, int, str]], opened: list[tuple[int, int, str]], week: bool,
        whole: bool,
    ) -> None:  # fmt: skip
        midnight = whole_day(day)[0]
        takes = [Taken(midnight + MINUTE * a, midnight + MINUTE * b, by) for a, b, by in uses]
        opens: list[Stretch] = [(midnight + MINUTE * a, midnight + MINUTE * b) for a, b, _ in opened]
        axis = axis_of(
            week_of(day) if week else [day],
            opened=opens, taken=[(each.starts, each.ends) for each in takes], whole=whole,
        )  # fmt: skip
        edges = axis.edges(day)
        cells = lay(free_cut(pieces(takes, opens, edges[0], edges[-1]), axis.marks(day)), edges)
        self.check_spans(cells, axis, edges)
        for take in takes:
            inside = min(take.ends, whole_day(day)[1]) - max(take.starts, midnight)
            shown = sum(cell.piece.minutes for cell in cells if take.by in cell.piece.takers)
            assert shown * MINUTE >= max(inside, dt.timedelta(0))
        everybody = {take.by for take in takes}
        for minute in range(0, (edges[-1] - edges[0]) // MINUTE, 7):
            now = edges[0] + MINUTE * minute
            [cell] = [cell for cell in cells if cell.piece.starts <= now < cell.piece.ends]
            assert set(cell.piece.takers) == {t.by for t in takes if t.starts <= now < t.ends}
            assert everybody.issuperset(cell.piece.takers)
            is_open = any(begin <= now < end for begin, end in opens)
            assert cell.piece.kind == (Kind.TAKEN if cell.piece.takers else Kind.FREE if is_open else Kind.SHUT)

    @staticmethod
    def check_spans(cells: list[Cell], axis: Axis, edges: tuple[dt.datetime, ...]) -> None:
        assert sum(cell.span for cell in cells) == axis.steps == len(edges) - 1
        assert cells[0].first == 0
        assert all(one.first + one.span == other.first for one, other in pairwise(cells))
        for cell in cells:
            assert edges[cell.first] == cell.piece.starts
            assert edges[cell.first + cell.span] == cell.piece.ends

    def test_know_how_long_is_free(self) -> None:
        found = pieces([taken("10:00", "12:00")], [(at("09:00"), at("22:00"))], at("00:00"), at("23:00"))
        assert (minutes_of(found, Kind.FREE), minutes_of(found, Kind.TAKEN)) == (11 * 60, 120)
