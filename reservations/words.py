"""When, and how far, in words: "dinsdag 3 december 2026, 19.30 tot 22.00 uur", "1,2 km"."""

import datetime as dt

from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import gettext as _

from kortrijk_gebied.workdays import A_DAY
from reservations.moments import on_clock

SMALL_HOURS = 6


def when_in_words(starts: dt.datetime, ends: dt.datetime) -> str:
    """An evening until 2.00 is one evening; what lasts days has two days in it."""
    begins, over = on_clock(starts), on_clock(ends)
    words = {
        "day": date_format(begins, "l j F Y"), "start": time_format(begins.time(), "G.i"),
        "end": time_format(over.time()), "last": date_format(over, "l j F Y"),
    }  # fmt: skip
    night = over.date() == begins.date() + A_DAY and over.hour < SMALL_HOURS
    if over.date() == begins.date() or night:
        return _("%(day)s, %(start)s to %(end)s") % words
    return _("%(day)s, %(start)s until %(last)s, %(end)s") % words


def until_in_words(ends: dt.datetime, of: dt.datetime) -> str:
    """The hour; with its day when that is not the day of `of`."""
    over = on_clock(ends)
    if over.date() == on_clock(of).date():
        return time_format(over.time())
    return date_format(over, "DATETIME_FORMAT")


def distance_in_words(metres: float) -> str:
    if metres < 1000:
        return _("%(metres)s m") % {"metres": int(round(metres, -2)) or 100}
    return _("%(km)s km") % {"km": number_format(metres / 1000, 1)}
