"""Working days and working time, and what a term comes to in them.

Each organisation has its own calendar (`teams.calendars`). Without one the week of a Belgian administration
holds: Monday to Friday, public holidays left out.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import holidays

BRUSSELS = ZoneInfo("Europe/Brussels")
OPENING_TIME = dt.time(9, 0)
CLOSING_TIME = dt.time(17, 0)
A_DAY = dt.timedelta(days=1)
NONE = dt.timedelta(0)


def monday_of(day: dt.date) -> dt.date:
    """Of its week."""
    return day - A_DAY * day.weekday()


@cache
def holidays_of(year: int) -> dict[dt.date, str]:
    """The public holidays of Belgium in a year, by day, with their Dutch names."""
    return dict(sorted(holidays.country_holidays("BE", years=year, language="nl").items()))


def is_holiday(day: dt.date) -> bool:
    return day in holidays_of(day.year)


@dataclass(frozen=True)
class WorkingCalendar:
    """When one organisation works. `weekdays` counts from Monday, 0; `closed` are its own closing days."""

    weekdays: frozenset[int] = frozenset(range(5))
    opens: dt.time = OPENING_TIME
    closes: dt.time = CLOSING_TIME
    keeps_holidays: bool = True
    closed: frozenset[dt.date] = frozenset()

    def is_working_day(self, day: dt.date) -> bool:
        return (
            day.weekday() in self.weekdays
            and day not in self.closed
            and not (self.keeps_holidays and is_holiday(day))
        )  # fmt: skip

    # --- in days ---------------------------------------------------------------------------------

    def add_days(self, day: dt.date, count: int) -> dt.date:
        """The date `count` working days after `day`; with 0, `day` itself or the first working day after it."""
        return _days_after(self, day, count)

    def days_between(self, start: dt.date, end: dt.date) -> int:
        """How many working days came after `start`, up to and including `end`."""
        return sum(self.is_working_day(start + A_DAY * n) for n in range(1, (end - start).days + 1))

    def deadline(self, start: dt.datetime, days: int) -> dt.datetime:
        """Closing time in Brussels, `days` working days after `start`; never before it."""
        at = start.astimezone(BRUSSELS)
        day = self.add_days(at.date(), days)
        if day == at.date() and at.time() >= self.closes:  # due the same day, and that is over
            day = self.add_days(day, 1)
        return self.closing(day)

    # --- in time ---------------------------------------------------------------------------------

    def time_between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """The working time from `start` to `end`; none when that is not later."""
        worked, day, last = NONE, start.astimezone(BRUSSELS).date(), end.astimezone(BRUSSELS).date()
        while day <= last:
            if self.is_working_day(day):
                until, since = min(_utc(end), _utc(self.closing(day))), max(_utc(start), _utc(self._opening(day)))
                worked += max(NONE, until - since)
            day += A_DAY
        return worked

    def after(self, start: dt.datetime, worked: dt.timedelta) -> dt.datetime:
        """The first moment at which `worked` working time has passed since `start`."""
        if worked <= NONE:
            return start
        day = start.astimezone(BRUSSELS).date()
        while True:
            if self.is_working_day(day):
                begin = max(_utc(start), _utc(self._opening(day)))
                room = _utc(self.closing(day)) - begin
                if NONE < worked <= room:
                    return (begin + worked).astimezone(BRUSSELS)
                worked -= max(NONE, room)
            day += A_DAY

    def resumed(self, due: dt.datetime, *, paused_at: dt.datetime, resumed_at: dt.datetime) -> dt.datetime:
        """When a term is due that stood still from `paused_at` to `resumed_at`: it moves by the working time waited,
        so that as much working time is left as there was. A term that was over already stays where it was."""
        if due <= paused_at:
            return due
        return self.after(due, self.time_between(paused_at, resumed_at))

    def _opening(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, self.opens, tzinfo=BRUSSELS)

    def closing(self, day: dt.date) -> dt.datetime:
        """When the work of a day ends, whether or not it is worked that day."""
        return dt.datetime.combine(day, self.closes, tzinfo=BRUSSELS)


@lru_cache(maxsize=50_000)
def _days_after(calendar: WorkingCalendar, day: dt.date, count: int) -> dt.date:
    """An import asks this of the same days again and again."""
    while count > 0 or not calendar.is_working_day(day):
        day += A_DAY
        if calendar.is_working_day(day):
            count -= 1
    return day


def _utc(moment: dt.datetime) -> dt.datetime:
    """Hours are counted in UTC: between two times of one zone Python forgets summer time."""
    return moment.astimezone(dt.UTC)


BELGIAN = WorkingCalendar()


def is_working_day(day: dt.date) -> bool:
    return BELGIAN.is_working_day(day)


def add_working_days(day: dt.date, count: int) -> dt.date:
    return BELGIAN.add_days(day, count)


@lru_cache(maxsize=50_000)
def working_days_between(start: dt.date, end: dt.date) -> int:
    return BELGIAN.days_between(start, end)


def nth_working_day(year: int, month: int, n: int) -> dt.date:
    """The n-th working day of a month, n counting from 1."""
    return add_working_days(dt.date(year, month, 1) - A_DAY, n)


def deadline(start: dt.datetime, working_days: int) -> dt.datetime:
    return BELGIAN.deadline(start, working_days)
