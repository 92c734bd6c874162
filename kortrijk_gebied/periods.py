"""Periods and what they are compared with: a month with a month, thirty days with the thirty before."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kortrijk_gebied.sections import Period
from kortrijk_gebied.workdays import BRUSSELS


def month_period(day: dt.date) -> Period:
    """The whole month in which a day falls, by the clock of Brussels."""
    first = day.replace(day=1)
    return Period(_midnight(first), _midnight(next_month(first)))


def next_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def previous_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def before(period: Period) -> Period:
    """The month before a month; before anything else, as many days."""
    if is_month(period):
        return month_period(previous_month(localtime(period.start, BRUSSELS).date()))
    return Period(period.start - (period.end - period.start), period.start)


def year_before(period: Period) -> Period:
    """The same month a year earlier; of other periods the same days of the week, 52 weeks earlier."""
    if is_month(period):
        first = localtime(period.start, BRUSSELS).date()
        return month_period(first.replace(year=first.year - 1))
    return Period(period.start - dt.timedelta(weeks=52), period.end - dt.timedelta(weeks=52))


def is_month(period: Period) -> bool:
    first = localtime(period.start, BRUSSELS).date()
    return period == month_period(first)


def names(period: Period) -> tuple[str, str, str]:
    """What to call a period, the one before and the one a year earlier."""
    if is_month(period):
        shown = (period, before(period), year_before(period))
        now, earlier, year = (date_format(localtime(p.start, BRUSSELS), "F Y") for p in shown)
        return now, earlier, year
    days = round((period.end - period.start) / dt.timedelta(days=1))
    return (
        ngettext("last %(days)s day", "last %(days)s days", days) % {"days": days},
        ngettext("the %(days)s day before", "the %(days)s days before", days) % {"days": days},
        _("a year earlier"),
    )


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=BRUSSELS)
