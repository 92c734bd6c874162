"""A stretch of time split over the moments of the week, as the clock of Brussels shows them.

Which moment holds the clock says; how long it lasted is counted in real minutes. In the night to winter time the
evening of 20.00 to 3.00 is eight hours long and costs eight, in the night to summer time six.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kortrijk_gebied.workdays import A_DAY, is_holiday
from reservations.models.tariffs import DayKind
from reservations.moments import nearest, on_clock

SATURDAY = 5
MINUTE = dt.timedelta(minutes=1)

type Week = Mapping[str, Sequence[tuple[dt.time, int]]]
"""Of each kind of day its bands in order: the hour from which a moment holds, and its key."""


@dataclass(frozen=True)
class Stay:
    """So many minutes on end in one moment."""

    moment: int
    minutes: int


def kind_of(day: dt.date) -> DayKind:
    return DayKind.WEEKEND if day.weekday() >= SATURDAY or is_holiday(day) else DayKind.WEEKDAY


def stays(starts: dt.datetime, ends: dt.datetime, week: Week) -> list[Stay]:
    """In order of time; what follows in the same moment is one stay, over midnight too. They last as long as the
    whole. A week without bands has none."""
    found: list[Stay] = []
    for moment, begins, over in _bands(starts, ends, week):
        minutes = round((min(over, ends) - max(begins, starts)) / MINUTE)
        if minutes <= 0:
            continue
        if found and found[-1].moment == moment:
            minutes += found.pop().minutes
        found.append(Stay(moment, minutes))
    return found


def _bands(starts: dt.datetime, ends: dt.datetime, week: Week) -> Iterator[tuple[int, dt.datetime, dt.datetime]]:
    """Every band of every day it touches, in UTC, end to end."""
    day, last = on_clock(starts).date(), on_clock(ends).date()
    while day <= last:
        bands = list(week.get(kind_of(day), ()))
        if bands and bands[0][0] > dt.time(0):  # the night goes on as the evening of such a day does
            bands.insert(0, (dt.time(0), bands[-1][1]))
        edges = [*(nearest(day, hour) for hour, _moment in bands), nearest(day + A_DAY, dt.time(0))]
        for number, (_hour, moment) in enumerate(bands):
            yield moment, edges[number], edges[number + 1]
        day += A_DAY
