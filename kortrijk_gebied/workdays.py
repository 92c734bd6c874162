"""Working days of a Belgian administration: Monday to Friday, public holidays left out."""

import datetime as dt
from functools import cache
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


def nth_working_day(year: int, month: int, n: int) -> dt.date:
    """The n-th working day of a month, n counting from 1."""
    return add_working_days(dt.date(year, month, 1) - dt.timedelta(days=1), n)


def deadline(start: dt.datetime, working_days: int) -> dt.datetime:
    """Closing time in Brussels, `working_days` working days after `start`."""
    day = add_working_days(start.astimezone(BRUSSELS).date(), working_days)
    return dt.datetime.combine(day, CLOSING_TIME, tzinfo=BRUSSELS)
