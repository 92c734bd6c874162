"""Working days of a Belgian administration: Monday to Friday, public holidays left out."""

import datetime as dt
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import holidays

BRUSSELS = ZoneInfo("Europe/Brussels")
CLOSING_TIME = dt.time(17, 0)


@cache
def _holidays_of(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("BE", years=year))


def is_working_day(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in _holidays_of(day.year)


def add_working_days(day: dt.date, count: int) -> dt.date:
    """The date `count` working days after `day`; with 0, `day` itself or the first working day after it."""
    while count > 0 or not is_working_day(day):
        day += dt.timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


@lru_cache(maxsize=50_000)
def working_days_between(start: dt.date, end: dt.date) -> int:
    """How many working days came after `start`, up to and including `end`."""
    days = (start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(map(is_working_day, days))


def nth_working_day(year: int, month: int, n: int) -> dt.date:
    """The n-th working day of a month, n counting from 1."""
    return add_working_days(dt.date(year, month, 1) - dt.timedelta(days=1), n)


def deadline(start: dt.datetime, working_days: int) -> dt.datetime:
    """Closing time in Brussels, `working_days` working days after `start`; never before it."""
    day = add_working_days(start.astimezone(BRUSSELS).date(), working_days)
    if dt.datetime.combine(day, CLOSING_TIME, tzinfo=BRUSSELS) <= start:  # due the same day, and that is over
        day = add_working_days(day, 1)
    return dt.datetime.combine(day, CLOSING_TIME, tzinfo=BRUSSELS)
