"""On which days a series falls."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import is_holiday
from reservations.models import Frequency, SchoolHoliday, Series
from reservations.models.series import LONGEST_SERIES
from reservations.moments import nearest
from reservations.school_holidays import SchoolCalendar

FURTHEST_YEARS = 10
WITHOUT_COUNTING = 1


@dataclass(frozen=True)
class CalendarRule:
    """A series for other calendars (RFC 5545): an RRULE from its first date on, and the days it leaves out. A date
    whose hour does not exist is in it too: what becomes of a date is for its booking to say."""

    starts_on: dt.date
    rrule: str
    exdates: list[dt.date]
    dates: list[dt.date]  # that are left


def faults(series: Series) -> dict[str, str]:
    """What is wrong with a rule: a sentence per field, as a form shows it."""
    found = {}
    if not series.weekdays:
        found["weekdays"] = _("Choose at least one weekday.")
    if series.frequency == Frequency.MONTHLY and series.nth is None:
        found["nth"] = _("Choose which one of the month: the first, second, third, fourth or last.")
    if not 1 <= series.interval <= 52:
        found["interval"] = _("Choose a number from 1 to 52.")
    elif series.school_week and series.interval > 1:
        found["interval"] = _("A and B weeks come every other week by themselves: choose every week.")
    if series.until is None and series.times is None:
        found["until"] = _("A series ends. Choose its last day, or how many times it is.")
    elif series.until is not None and series.times is not None:
        found["until"] = _("Choose a last day or a number of times, not both.")
    elif series.until is not None and series.until < series.first_on:
        found["until"] = _("The last day comes before the first. Choose a later one.")
    if series.times is not None and not 1 <= series.times <= LONGEST_SERIES:
        found["times"] = _("Choose a number of times from 1 to %(most)s.") % {"most": LONGEST_SERIES}
    return found


def first_match(series: Series) -> dt.date:
    """The day of the rule on or after `first_on`, holidays not looked at. Weeks and months are counted from there."""
    return next(_days(series, series.first_on, WITHOUT_COUNTING))


def dates_of(series: Series, holidays: Iterable[SchoolHoliday]) -> list[dt.date]:
    """The days, in order, without those that are skipped; "ten times" is ten of them. Raises Refused with a sentence
    when the rule is not whole, has no day at all, too many, or asks for school holidays nobody knows yet."""
    for sentence in faults(series).values():
        raise Refused(sentence)
    calendar, found = SchoolCalendar(holidays), list[dt.date]()
    for day in _all_days(series):
        if _counts(series, day, calendar):
            found.append(day)
        if len(found) > LONGEST_SERIES:
            raise Refused(_("That is more than %(most)s times. Choose an earlier last day.") % {"most": LONGEST_SERIES})
        if len(found) == series.times:
            return found
    if series.times:
        raise Refused(_("That goes on for more than %(years)s years. Choose fewer times.") % {"years": FURTHEST_YEARS})
    if not found:
        raise Refused(_("This series has no date at all. Choose a later last day, or other weekdays."))
    return found


def rrule_of(series: Series, holidays: Iterable[SchoolHoliday]) -> CalendarRule | None:
    """None for A and B weeks: no RRULE says those, write each date (RDATE). Raises Refused as `dates_of` does."""
    if series.school_week:
        return None
    dates = dates_of(series, holidays)
    first, last = dates[0], dates[-1]
    nth = str(series.nth or "")
    parts = {
        "FREQ": series.frequency.upper(),
        "INTERVAL": str(series.interval),
        "BYDAY": ",".join(f"{nth}{weekday(each)}" for each in sorted(series.weekdays)),
        # Never COUNT: that would count the days left out. In UTC, as RFC 5545 wants it of a start with a zone.
        "UNTIL": f"{nearest(last, series.start_time, later=True):%Y%m%dT%H%M%SZ}",
    }
    regular = takewhile(lambda day: day <= last, _days(series, first, series.interval))
    return CalendarRule(
        starts_on=first,
        rrule=";".join(f"{name}={value}" for name, value in parts.items()),
        exdates=sorted(set(regular).difference(dates)),
        dates=dates,
    )


def _counts(series: Series, day: dt.date, calendar: SchoolCalendar) -> bool:
    if series.school_week or series.skips_school_holidays:
        _must_be_known(day, calendar)
    return not (
        (series.skips_public_holidays and is_holiday(day))
        or (series.skips_school_holidays and day in calendar.days_off)
        or (series.school_week and calendar.week(day) != series.school_week)
    )


def _must_be_known(day: dt.date, calendar: SchoolCalendar) -> None:
    if calendar.known_until is None:
        raise Refused(_("The school holidays are not filled in yet. Ask an administrator."))
    if day > calendar.known_until:
        raise Refused(
            _("We know the school holidays up to %(day)s. Let the series end by then.")
            % {"day": date_format(calendar.known_until)}
        )


def _all_days(series: Series) -> Iterator[dt.date]:
    """Those of the rule, holidays and all, to its last day or as far as a series goes."""
    first = first_match(series)
    last = series.until or first + dt.timedelta(days=366 * FURTHEST_YEARS)
    return takewhile(lambda day: day <= last, _days(series, first, series.interval))


def _days(series: Series, first: dt.date, interval: int) -> Iterator[dt.date]:
    """Without end, from `first` on."""
    rule = rrule(
        MONTHLY if series.frequency == Frequency.MONTHLY else WEEKLY,
        dtstart=dt.datetime.combine(first, dt.time.min),
        interval=interval,
        byweekday=[weekday(each)(series.nth) if series.nth else weekday(each) for each in series.weekdays],
    )
    return (at.date() for at in rule)
