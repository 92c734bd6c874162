"""What a use costs: the sum, without the database."""

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reservations.models import DayKind, Unit
from reservations.prices.bands import stays
from reservations.prices.money import NOTHING, cents, euros, vat_within
from reservations.prices.reckoning import Line, NoPrice, Price, Rate, Terms, reckon
from tests.reservations.rooms import at

DAY, EVENING, WEEKEND = 1, 2, 3
WEEK: dict[str, list[tuple[dt.time, int]]] = {
    DayKind.WEEKDAY: [(dt.time(8), DAY), (dt.time(18), EVENING)],
    DayKind.WEEKEND: [(dt.time(0), WEEKEND)],
}
NAMES = {DAY: "dagtarief", EVENING: "avondtarief", WEEKEND: "weekendtarief"}
MONDAY, FRIDAY = dt.date(2027, 3, 1), dt.date(2027, 3, 5)
HOUR = dt.timedelta(hours=1)


def terms(day: str = "10", evening: str = "12.50", weekend: str = "20", unit: str = Unit.HOUR, **more: object) -> Terms:
    amounts = {DAY: day, EVENING: evening, WEEKEND: weekend}
    rates = {moment: Rate(NAMES[moment], unit, Decimal(amount)) for moment, amount in amounts.items()}
    return Terms(WEEK, rates, **more)  # type: ignore[arg-type]


AMOUNTS = st.decimals("0", "500", places=2)
MINUTES = st.integers(1, 6 * 24 * 60)
STARTS = st.datetimes(dt.datetime(2026, 10, 1), dt.datetime(2027, 4, 10)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=dt.UTC)
)
TERMS = st.builds(
    lambda amounts, units, vat, minimum: Terms(
        WEEK,
        {key: Rate(NAMES[key], units[key - 1], amounts[key - 1]) for key in NAMES},
        vat_rate=vat,
        minimum=minimum,
    ),
    st.tuples(AMOUNTS, AMOUNTS, AMOUNTS),
    st.tuples(*[st.sampled_from(list(Unit))] * 3),
    st.sampled_from([0, 6, 21]),
    AMOUNTS,
)


class TestALine:
    def test_says_how_long_which_rate_and_what_it_costs(self) -> None:
        price = reckon(at(MONDAY, "19:00"), at(MONDAY, "21:00"), terms())
        assert [line.words for line in price.lines] == ["2 uur avondtarief à €\N{NO-BREAK SPACE}12,50"]
        assert price.total == Decimal("25.00")

    def test_changes_where_the_moment_does(self) -> None:
        price = reckon(at(MONDAY, "16:30"), at(MONDAY, "20:00"), terms())
        assert [(line.moment, line.quantity, line.total) for line in price.lines] == [
            ("dagtarief", 90, Decimal("15.00")), ("avondtarief", 120, Decimal("25.00")),
        ]  # fmt: skip

    def test_of_a_friday_night_becomes_a_weekend_at_midnight(self) -> None:
        price = reckon(at(FRIDAY, "22:00"), at(FRIDAY + dt.timedelta(1), "02:00"), terms())
        assert [line.moment for line in price.lines] == ["avondtarief", "weekendtarief"]

    def test_takes_a_public_holiday_for_a_weekend(self) -> None:
        easter_monday = dt.date(2027, 3, 29)
        assert stays(at(easter_monday, "10:00"), at(easter_monday, "11:00"), WEEK)[0].moment == WEEKEND

    def test_of_the_small_hours_of_a_weekday_is_of_its_evening(self) -> None:
        assert stays(at(MONDAY, "03:00"), at(MONDAY, "04:00"), WEEK)[0].moment == EVENING

    def test_begins_at_midnight_and_with_the_first_minute(self) -> None:
        """Of a day of three moments, the first from half past midnight on."""
        week = {kind: [(dt.time(0, 30), 1), (dt.time(8), 2), (dt.time(18), 3)] for kind in WEEK}
        day = at(MONDAY)
        found = stays(day, day + dt.timedelta(minutes=31), week)
        assert [(each.moment, each.minutes) for each in found] == [(3, 30), (1, 1)]

    def test_of_half_days_counts_what_is_begun(self) -> None:
        price = reckon(at(MONDAY, "08:00"), at(MONDAY, "12:30"), terms(unit=Unit.HALF_DAY))
        assert (price.lines[0].words, price.total) == (
            "2 halve dagen dagtarief à €\N{NO-BREAK SPACE}10,00",
            Decimal(20),
        )

    def test_per_time_costs_the_same_however_long(self) -> None:
        assert reckon(at(MONDAY, "08:00"), at(MONDAY, "17:00"), terms(unit=Unit.FLAT)).total == 10

    def test_is_read_back_as_it_was_kept(self) -> None:
        (line,) = reckon(at(MONDAY, "19:00"), at(MONDAY, "20:20"), terms()).lines
        assert Line.read(line.stored()) == line
        assert line.words.startswith("1 u. 20 min. avondtarief")

    def test_cannot_be_of_a_moment_without_a_price(self) -> None:
        without = Terms(WEEK, {DAY: Rate("dagtarief", Unit.HOUR, Decimal(1))})
        with pytest.raises(NoPrice):
            reckon(at(MONDAY, "19:00"), at(MONDAY, "20:00"), without)
        with pytest.raises(NoPrice):
            reckon(at(MONDAY, "19:00"), at(MONDAY, "20:00"), Terms({}, {}))


class TestTheNightTheClockChanges:
    """Real hours are paid: 20.00 to 3.00 lasts eight in October and six in March."""

    @pytest.mark.parametrize(("saturday", "hours"), [(dt.date(2026, 10, 24), 8), (dt.date(2027, 3, 27), 6)])
    def test_counts_the_hours_there_are(self, saturday: dt.date, hours: int) -> None:
        price = reckon(at(saturday, "20:00"), at(saturday + dt.timedelta(1), "03:00"), terms())
        assert price.total == 20 * hours


class TestTheMinimum:
    def test_is_a_line_of_its_own(self) -> None:
        price = reckon(at(MONDAY, "10:00"), at(MONDAY, "11:00"), terms(minimum=Decimal(30)))
        assert [line.total for line in price.lines] == [10, 20]
        assert price.lines[1].words == "aanvulling tot het minimum van €\N{NO-BREAK SPACE}30,00"

    def test_makes_nothing_of_what_is_free(self) -> None:
        free = terms("0", "0", "0", minimum=Decimal(30), deposit=Decimal(100))
        assert reckon(at(MONDAY, "10:00"), at(MONDAY, "11:00"), free) == Price(
            [Line("use", NOTHING, "dagtarief", Unit.HOUR, 60, Decimal(0))]
        )


class TestADiscount:
    def test_is_a_part_or_an_amount_and_never_more_than_all(self) -> None:
        price = reckon(at(MONDAY, "19:00"), at(MONDAY, "21:00"), terms())
        assert price.less(percent=25).total == Decimal("18.75")
        assert price.less(amount=Decimal(10)).total == Decimal("15.00")
        assert price.less(amount=Decimal(100)).total == 0

    def test_counts_when_it_is_cancelled_late(self) -> None:
        price = reckon(at(MONDAY, "19:00"), at(MONDAY, "21:00"), terms(deposit=Decimal(50))).less(percent=50)
        late = price.cancelled_late(50)
        assert (late.total, late.deposit) == (Decimal("6.25"), Decimal(0))
        assert late.in_words == "laat geannuleerd: 50 % van €\N{NO-BREAK SPACE}12,50"


class TestVat:
    def test_is_within_what_is_paid(self) -> None:
        assert vat_within(Decimal(121), 21) == 21
        assert vat_within(Decimal("10.00"), 6) == Decimal("0.57")
        assert vat_within(Decimal(10), 0) == 0

    def test_half_a_cent_goes_up(self) -> None:
        assert (cents(Decimal("0.005")), cents(Decimal("-0.005"))) == (Decimal("0.01"), Decimal("-0.01"))

    def test_amounts_read_as_here(self) -> None:
        assert euros(Decimal("-1234.5")) == "-€\N{NO-BREAK SPACE}1.234,50"
        assert euros(Decimal(0)) == "€\N{NO-BREAK SPACE}0,00"
        assert euros(Decimal("0.5")) == "€\N{NO-BREAK SPACE}0,50"


class TestWhateverTheHours:
    @given(STARTS, MINUTES, TERMS)
    def test_the_total_is_the_sum_of_the_lines_and_never_below_nothing(
        self, starts: dt.datetime, minutes: int, terms: Terms
    ) -> None:
        ends = starts + dt.timedelta(minutes=minutes)
        price = reckon(starts, ends, terms)
        assert price.total == sum(line.total for line in price.lines) >= 0
        assert all(line.total == cents(line.total) >= 0 for line in price.lines)
        assert 0 <= price.vat <= price.total
        assert sum(stay.minutes for stay in stays(starts, ends, WEEK)) == minutes

    @given(STARTS, MINUTES, TERMS)
    def test_cut_where_the_moment_changes_it_costs_the_same(
        self, starts: dt.datetime, minutes: int, terms: Terms
    ) -> None:
        alike = Terms(WEEK, terms.rates)  # without a minimum, which is of each use
        whole = reckon(starts, starts + dt.timedelta(minutes=minutes), alike)
        edges, moment = [starts], starts
        for stay in stays(starts, starts + dt.timedelta(minutes=minutes), WEEK):
            edges.append(moment := moment + dt.timedelta(minutes=stay.minutes))
        parts = [reckon(begins, over, alike) for begins, over in pairwise(edges)]
        assert sum(each.total for each in parts) == whole.total

    @given(STARTS, MINUTES, TERMS)
    def test_the_order_of_the_rates_does_not_matter(self, starts: dt.datetime, minutes: int, terms: Terms) -> None:
        turned = Terms(
            dict(reversed(list(WEEK.items()))), dict(reversed(list(terms.rates.items()))), terms.vat_rate, terms.minimum
        )
        ends = starts + dt.timedelta(minutes=minutes)
        assert reckon(starts, ends, turned) == reckon(starts, ends, terms)

    @given(STARTS, MINUTES, TERMS, st.integers(1, 100), AMOUNTS)
    def test_a_discount_leaves_nothing_below_nothing(
        self, starts: dt.datetime, minutes: int, terms: Terms, percent: int, amount: Decimal
    ) -> None:
        price = reckon(starts, starts + dt.timedelta(minutes=minutes), terms)
        for less in (price.less(percent=percent), price.less(amount=amount), price.cancelled_late(percent)):
            assert 0 <= less.total <= price.total
