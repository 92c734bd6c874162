"""The hours along a table, as the clock of Brussels shows them: 23 of them on the last Sunday of March, 25 in October."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kortrijk_gebied.workdays import A_DAY
from reservations.moments import Stretch, on_clock, whole_day

type Hour = tuple[int, int]  # on the clock, and 1 for the second of the two that are called alike

AN_HOUR = dt.timedelta(hours=1)
STEPS = (15, 5, 1)  # minutes
SHOWN_AT_LEAST = ((8, 0), (19, 1))
NIGHT_ENDS = 7


@dataclass(frozen=True)
class Axis:
    """Every hour is cut in as many steps: a cell is so many steps long."""

    hours: tuple[Hour, ...]
    step: int = STEPS[0]

    @property
    def per_hour(self) -> int:
        return 60 // self.step

    def comes_twice(self, hour: Hour) -> bool:
        return (hour[0], 0) in self.hours and (hour[0], 1) in self.hours

    def edges(self, day: dt.date) -> tuple[dt.datetime, ...]:
        """Where each step begins on a day, and where the last one ends. Of an hour that this day does not have all
        steps begin at one moment: they take no time."""
        begins = dict(zip(hours_of(day), _on_the_hour(day), strict=True))
        end = whole_day(day)[1]
        found: list[dt.datetime] = []
        for hour in self.hours:
            begin = begins.get(hour)
            later = [moment for other, moment in begins.items() if other > hour]
            first, step = (begin, self.step) if begin else (min(later, default=end), 0)
            found += [first + dt.timedelta(minutes=step * n) for n in range(self.per_hour)]
        last = found[-1] + dt.timedelta(minutes=self.step) if self.hours[-1] in begins else found[-1]
        return (*found, last)


def hours_of(day: dt.date) -> list[Hour]:
    return [(clock.hour, clock.fold) for clock in map(on_clock, _on_the_hour(day))]


def _on_the_hour(day: dt.date) -> list[dt.datetime]:
    starts, ends = whole_day(day)
    return [starts + AN_HOUR * n for n in range((ends - starts) // AN_HOUR)]


def axis_of(
    days: Sequence[dt.date], *, opened: Iterable[Stretch] = (), taken: Iterable[Stretch] = (), whole: bool = False
) -> Axis:
    """As long as what happens on these days asks for: by day, when houses are open, and whenever a room is taken.
    `whole` shows the night too. What begins or ends between two steps makes the steps smaller."""
    taken, opened = list(taken), list(opened)
    parts = [part for stretch in taken for day in days if (part := clip(stretch, whole_day(day)))]
    by_day = [part for stretch in opened for day in days if (part := clip(stretch, _by_day(day)))]
    wanted = [*SHOWN_AT_LEAST, *(hour for part in [*parts, *by_day] for hour in _first_and_last(part))]
    first, last = min(wanted), max(wanted)
    known = sorted({hour for day in days for hour in hours_of(day)})
    shown = tuple(hour for hour in known if whole or first <= hour <= last)
    minutes = {moment.minute for part in [*parts, *opened] for moment in part}
    return Axis(shown, next(step for step in STEPS if all(minute % step == 0 for minute in minutes)))


def _by_day(day: dt.date) -> Stretch:
    starts, ends = whole_day(day)
    return next(at for at in _on_the_hour(day) if on_clock(at).hour == NIGHT_ENDS), ends


def _first_and_last(part: Stretch) -> tuple[Hour, Hour]:
    first, last = on_clock(part[0]), on_clock(part[1] - dt.timedelta(microseconds=1))
    return (first.hour, first.fold), (last.hour, last.fold)


def clip(stretch: Stretch, within: Stretch) -> Stretch | None:
    """What of a stretch lies within another."""
    starts, ends = max(stretch[0], within[0]), min(stretch[1], within[1])
    return (starts, ends) if starts < ends else None


def week_of(day: dt.date) -> list[dt.date]:
    monday = day - A_DAY * day.weekday()
    return [monday + A_DAY * n for n in range(7)]
