"""What an allocation comes to: its days, and from when to when on each. Pure rules of time."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import A_DAY
from reservations.models import Allocation, SchoolHoliday
from reservations.moments import MIDNIGHT, Stretch, minutes_between, nearest, nearest_stretch
from reservations.school_holidays import SchoolCalendar

LONGEST_NIGHT = 16  # hours; what lasts longer past midnight is a slip of the hand


@dataclass(frozen=True)
class Day:
    """One day of it; from `released_at` on everybody may have what the holder did not book."""

    on: dt.date
    starts: dt.datetime
    ends: dt.datetime
    released_at: dt.datetime


def check_hours(start: dt.time, end: dt.time) -> None:
    """What ends before it starts ends the next day."""
    if start == end:
        raise Refused(_("It begins and ends at the same hour. Choose another end."))
    hours, rest = divmod(minutes_between(start, end), 60)
    if end < start and (hours, rest) > (LONGEST_NIGHT, 0):
        raise Refused(
            _("Ending before it starts is the next day, and then it lasts %(hours)s hours: %(most)s at most.")
            % {"hours": hours + bool(rest), "most": LONGEST_NIGHT}
        )


def days_of(allocation: Allocation, holidays: Iterable[SchoolHoliday]) -> Iterator[Day]:
    """All of them, without those in school holidays when it skips these, and those given back. What passes midnight is
    of the day on which it begins, and released with it."""
    off = SchoolCalendar(holidays).days_off if allocation.skips_school_holidays else frozenset()
    back = set(allocation.given_back)
    on = allocation.first_on
    while on <= allocation.last_on:
        if on.weekday() in allocation.weekdays and on not in off and on not in back:
            hours = nearest_stretch(on, allocation.start_time, allocation.end_time)
            if hours:  # else the clock jumps over all of it
                yield Day(on, *hours, release_of(allocation.release_days, on))
        on += A_DAY


def release_of(days_ahead: int, on: dt.date) -> dt.datetime:
    """Midnight, so many days before; with none ahead it is the midnight with which that day begins."""
    return nearest(on - A_DAY * days_ahead, MIDNIGHT)


def with_clearing(day: Day, turnaround: int) -> Stretch:
    """As in `Occupancy`: until the room is cleared up."""
    return day.starts, day.ends + dt.timedelta(minutes=turnaround)
