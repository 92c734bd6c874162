"""A series in words: "elke dinsdag van 19.30 tot 22.00 uur, tot en met 30 juni 2027, niet op feestdagen"."""

import datetime as dt

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reservations.models import Frequency, SchoolWeek, Series

EVERY_DAY = 7
NTH = {
    1: gettext_lazy("first"),
    2: gettext_lazy("second"),
    3: gettext_lazy("third"),
    4: gettext_lazy("fourth"),
    -1: gettext_lazy("last"),
}


def in_words(series: Series) -> str:
    parts = [f"{_rhythm(series)} {hours_in_words(series.start_time, series.end_time)}", _end(series)]
    if series.skips_public_holidays:
        parts.append(_("not on public holidays"))
    if series.skips_school_holidays and not series.school_week:  # in A and B weeks there is school
        parts.append(_("not in school holidays"))
    return ", ".join(part for part in parts if part)


def hours_in_words(start: dt.time, end: dt.time) -> str:
    return _("from %(start)s to %(end)s") % {"start": time_format(start, "G.i"), "end": time_format(end)}


def _rhythm(series: Series) -> str:
    words = {
        "days": get_text_list([str(WEEKDAYS[each]) for each in sorted(series.weekdays)], _("and")),
        "nth": NTH[series.nth] if series.nth else "",
        "n": series.interval,
    }
    if series.frequency == Frequency.MONTHLY:
        return ngettext(
            "every %(nth)s %(days)s of the month", "every %(n)s months on the %(nth)s %(days)s", series.interval
        ) % words  # fmt: skip
    if series.school_week == SchoolWeek.A:
        return _("every %(days)s in A weeks") % words
    if series.school_week == SchoolWeek.B:
        return _("every %(days)s in B weeks") % words
    if len(series.weekdays) == EVERY_DAY and series.interval == 1:
        return _("every day of the week")
    return ngettext("every %(days)s", "every %(n)s weeks on %(days)s", series.interval) % words


def _end(series: Series) -> str:
    if series.until:
        return _("up to and including %(day)s") % {"day": date_format(series.until)}
    if series.times:
        return ngettext("%(n)s time", "%(n)s times", series.times) % {"n": series.times}
    return ""
