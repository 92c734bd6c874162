"""From the clock of Brussels to moments and back. Nothing else in this app adds hours to a day.

Moments are in UTC: Python compares and subtracts two times of one zone by their clock, and then the hour that comes
twice in October goes missing.
"""

import datetime as dt

from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import A_DAY, BRUSSELS

type Stretch = tuple[dt.datetime, dt.datetime]

CLOCK_CHANGES = dt.time(1, tzinfo=dt.UTC)  # directive 2000/84/EC, articles 2 and 3
MIDNIGHT = dt.time(0)


# Another year is a slip of the hand; and where days end, the clock overflows.
YEARS = range(2000, 2200)


class ClockRefused(Refused):
    """A day and an hour that are not one moment."""

    sentence: Promise

    def __init__(self, day: dt.date, time: dt.time) -> None:
        self.day, self.time = day, time
        super().__init__(str(self.sentence) % {"day": date_format(day), "time": time_format(time)})


class NoSuchTime(ClockRefused):
    """In the night to summer time the clock jumps over it."""

    sentence = gettext_lazy(
        "On %(day)s the clock goes forward at 2.00: there is no %(time)s. "
        "Choose a time before 2.00, or from 3.00 on."
    )  # fmt: skip


class AmbiguousTime(ClockRefused):
    """In the night to winter time it comes twice. Asked again with `later`, it is one moment."""

    sentence = gettext_lazy(
        "On %(day)s the clock goes back, and %(time)s comes twice. "
        "Choose the first (summer time) or the second (winter time)."
    )


def moment(day: dt.date, time: dt.time, *, later: bool | None = None) -> dt.datetime:
    """The moment, in UTC, at which the clock of Brussels shows that. Raises NoSuchTime and, unless `later` says which
    of the two it is, AmbiguousTime."""
    first, second = _readings(day, time)
    if first > second:  # the later offset gives the earlier moment: the clock jumped over it
        raise NoSuchTime(day, time)
    if first < second and later is None:
        raise AmbiguousTime(day, time)
    return second if later else first


def nearest(day: dt.date, time: dt.time, *, later: bool = False) -> dt.datetime:
    """As `moment`, but it never asks: an hour that does not exist is the moment at which the clock jumps."""
    first, second = _readings(day, time)
    if first > second:
        return dt.datetime.combine(day, CLOCK_CHANGES)
    return second if later else first


def stretch(
    day: dt.date, start: dt.time, end: dt.time, *, later: bool | None = None, end_later: bool | None = None
) -> Stretch:
    """From one hour to another; at or before the start it is the next day. `later` answers for both ends unless
    `end_later` says otherwise of the end. Raises NoSuchTime, AmbiguousTime, and Refused when it ends before it starts
    (both in the hour that comes twice)."""
    starts = moment(day, start, later=later)
    ends = moment(last_day(day, start, end), end, later=later if end_later is None else end_later)
    if ends <= starts:
        raise Refused(_("It must end after it starts."))
    return starts, ends


def nearest_stretch(day: dt.date, start: dt.time, end: dt.time) -> Stretch | None:
    """As `stretch`, but it never asks: of an hour that comes twice it starts at the first and ends at the second.
    None when the clock jumps over all of it."""
    starts, ends = nearest(day, start), nearest(last_day(day, start, end), end, later=True)
    return (starts, ends) if starts < ends else None


def check_lasts(starts: dt.datetime, ends: dt.datetime, *, at_most: dt.timedelta) -> None:
    """Refuses what is empty, reversed or without end."""
    lasts = ends.astimezone(dt.UTC) - starts.astimezone(dt.UTC)
    if lasts <= dt.timedelta(0):
        raise Refused(_("It must end after it starts."))
    if lasts > at_most:
        raise Refused(_("That lasts longer than %(days)s days.") % {"days": at_most.days})


def last_day(day: dt.date, start: dt.time, end: dt.time) -> dt.date:
    """On which day something ends that starts on `day`."""
    return day + A_DAY if end <= start else day


def needs_last_day(starts: dt.datetime, ends: dt.datetime) -> bool:
    """Whether two moments on the clock are told by a day and two hours, or the day on which it ends is said as well."""
    return starts.time() == ends.time() or ends.date() != last_day(starts.date(), starts.time(), ends.time())


def minutes_between(start: dt.time, end: dt.time) -> int:
    """How long from one hour to another on the clock; at or before the start it is the next day."""
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return minutes if end > start else minutes + 24 * 60


def on_clock(moment: dt.datetime) -> dt.datetime:
    """What the clock of Brussels shows at a moment; `fold` is 1 in the second of two equal hours."""
    return moment.astimezone(BRUSSELS)


def whole_day(day: dt.date) -> Stretch:
    """From midnight to midnight: 23, 24 or 25 hours."""
    return nearest(day, MIDNIGHT), nearest(day + A_DAY, MIDNIGHT)


def _readings(day: dt.date, time: dt.time) -> Stretch:
    """The moment by the offset before and by the one after a change of the clock; equal on any other day."""
    clock = dt.datetime.combine(day, time.replace(tzinfo=None), tzinfo=BRUSSELS)
    return clock.replace(fold=0).astimezone(dt.UTC), clock.replace(fold=1).astimezone(dt.UTC)
