"""The holidays of the Flemish schools, and which week of school is an A and which a B.

The rule stands in article 7 of the decision of the Flemish government of 31 August 2001 on the organisation of the
school year; the table holds what it gives, year by year. An administrator corrects a year the minister changes.

A and B weeks are in no decree: schools count them themselves. Here the week of the first school day of September is an
A week, then they alternate over the weeks in which there is school; a week of holidays is neither and does not count.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from django.db import transaction

from kortrijk_gebied.workdays import A_DAY, monday_of
from reservations.models import SchoolHoliday, SchoolWeek

TABLE = Path(__file__).parent / "fixtures" / "school_holidays.csv"
A_WEEK = dt.timedelta(weeks=1)
SATURDAY = 5


@transaction.atomic
def load_school_holidays() -> int:
    """Add what is missing and touch nothing else; the number of new ones. A holiday that was moved is not missing."""
    known = list(SchoolHoliday.objects.all())
    new = []
    with TABLE.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            holiday = SchoolHoliday(
                name=row["name"],
                starts=dt.date.fromisoformat(row["starts"]),
                ends=dt.date.fromisoformat(row["ends"]),
                source=row["source"],
            )
            if not any(_same(holiday, other) for other in known):
                new.append(holiday)
    SchoolHoliday.objects.bulk_create(new)
    return len(new)


def _same(one: SchoolHoliday, other: SchoolHoliday) -> bool:
    return one.name == other.name and school_year(one.starts) == school_year(other.starts)


def school_year(day: dt.date) -> int:
    """The year in which the school year of a day began, on 1 September."""
    return day.year if day.month >= 9 else day.year - 1


class SchoolCalendar:
    def __init__(self, holidays: Iterable[SchoolHoliday]) -> None:
        self._holidays = list(holidays)
        self._letters: dict[int, dict[dt.date, SchoolWeek]] = {}

    @cached_property
    def days_off(self) -> frozenset[dt.date]:
        return frozenset(day for each in self._holidays for day in _days(each.starts, each.ends))

    @cached_property
    def known_until(self) -> dt.date | None:
        """The last day of which we know whether there is school."""
        return max((each.ends for each in self._holidays), default=None)

    def week(self, day: dt.date) -> SchoolWeek | None:
        """A or B; neither in a holiday."""
        if day in self.days_off:
            return None
        year = school_year(day)
        if year not in self._letters:
            self._letters[year] = dict(self._weeks_of(year))
        return self._letters[year].get(monday_of(day))

    def _weeks_of(self, year: int) -> Iterator[tuple[dt.date, SchoolWeek]]:
        """The weeks with school of a school year, each by its Monday."""
        first = dt.date(year, 9, 1)
        while first.weekday() >= SATURDAY:
            first += A_DAY
        monday, letter = monday_of(first), SchoolWeek.A
        while monday < dt.date(year + 1, 7, 1):
            if not self.days_off.issuperset(_days(monday, monday + 4 * A_DAY)):
                yield monday, letter
                letter = SchoolWeek.B if letter == SchoolWeek.A else SchoolWeek.A
            monday += A_WEEK


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + A_DAY * n for n in range((last - first).days + 1))
