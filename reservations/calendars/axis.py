"""The hours along a table, as the clock of Brussels shows them: 23 on the last Sunday of March, 25 in October."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kortrijk_gebied.workdays import A_DAY, monday_of
from reservations.moments import Stretch, on_clock, whole_day

type Hour = tuple[int, int]  # on the clock, and 1 for the second of the two that are called alike

AN_HOUR = dt.timedelta(hours=1)
STEPS = (15, 5, 1)  # minutes
SHOWN_AT_LEAST: tuple[Hour, Hour] = ((8, 0), (20, 0))
NIGHT_ENDS: Hour = (7, 0)
MORNING = dt.time(6)  # what lasts no longer belongs to the evening before


@dataclass(frozen=True)
class Axis:
    """Every hour is cut in as many steps: a cell is so many steps long. A night in which nothing happens is one step,
    after the hours of `gaps`."""

    hours: tuple[Hour, ...]
    step: int = STEPS[0]
    gaps: frozenset[Hour] = frozenset()

    @property
    def per_hour(self) -> int:
        return 60 // self.step

    @property
    def steps(self) -> int:
        return len(self.hours) * self.per_hour + len(self.gaps)

    def comes_twice(self, hour: Hour) -> bool:
        return (hour[0], 0) in self.hours and (hour[0], 1) in self.hours

    def edges(self, day: dt.date) -> tuple[dt.datetime, ...]:
        """Where each step begins on a day, and where the last one ends. Of an hour that this day does not have all
        steps begin at one moment: they take no time."""
        found: list[dt.datetime] = []
        for hour, (begins, ends) in self._stretches(day):
            step = (ends - begins) / self.per_hour
            found += [begins + step * n for n in range(self.per_hour)]
            if hour in self.gaps or hour == self.hours[-1]:
                found.append(ends)
        return tuple(found)

    def marks(self, day: dt.date) -> list[dt.datetime]:
        """Where hours begin, and where a night does."""
        return sorted({moment for _hour, stretch in self._stretches(day) for moment in stretch})

    def _stretches(self, day: dt.date) -> list[tuple[Hour, Stretch]]:
        begins = dict(zip(hours_of(day), _on_the_hour(day), strict=True))
        found = []
        for hour in self.hours:
            # One that this day does not have stands where the next one begins.
            begin = begins.get(hour) or min(moment for other, moment in begins.items() if other > hour)
            found.append((hour, (begin, begin + AN_HOUR if hour in begins else begin)))
        return found


def hours_of(day: dt.date) -> list[Hour]:
    return [(clock.hour, clock.fold) for clock in map(on_clock, _on_the_hour(day))]


def _on_the_hour(day: dt.date) -> list[dt.datetime]:
    starts, ends = whole_day(day)
    return [starts + AN_HOUR * n for n in range((ends - starts) // AN_HOUR)]


def axis_of(
    days: Sequence[dt.date], *, opened: Iterable[Stretch] = (), taken: Iterable[Stretch] = (), whole: bool = False
) -> Axis:
    """As long as what happens on these days asks for: by day, when houses open and shut, and whenever a room is taken.
    `whole` shows every hour. What begins or ends between two steps makes the steps smaller."""
    known = sorted({hour for day in days for hour in hours_of(day)})
    wanted = set(known) if whole else {hour for hour in known if SHOWN_AT_LEAST[0] <= hour < SHOWN_AT_LEAST[1]}
    minutes: set[int] = set()
    stretches = {*((False, use) for use in taken), *((True, stretch) for stretch in opened)}
    for day in days:
        within = whole_day(day)
        for is_open, stretch in stretches:
            if part := clip(stretch, within):
                minutes |= {moment.minute for moment in part}
                hours = _hours_in(part)
                wanted |= {hour for hour in hours if not is_open or hour >= NIGHT_ENDS}
                wanted |= {hours[0]} if part[0] > within[0] else set()
                wanted |= {hours[-1]} if part[1] < within[1] else set()
    shown = _without_holes(known, wanted)
    gaps = {one for one, other in pairwise(shown) if known.index(other) > known.index(one) + 1}
    step = next(step for step in STEPS if all(minute % step == 0 for minute in minutes))
    return Axis(tuple(shown), step, frozenset(gaps))


def _hours_in(part: Stretch) -> list[Hour]:
    first = part[0].replace(minute=0, second=0, microsecond=0)
    clocks = (on_clock(first + AN_HOUR * n) for n in range((part[1] - part[0]) // AN_HOUR + 2))
    return [(clock.hour, clock.fold) for clock in clocks if clock < part[1]]


def _without_holes(known: list[Hour], wanted: set[Hour]) -> list[Hour]:
    """An hour between two that are shown is shown; two or more are a gap."""
    around = zip([None, *known], known, [*known[1:], None], strict=False)
    return [hour for before, hour, after in around if hour in wanted or (before in wanted and after in wanted)]


def clip(stretch: Stretch, within: Stretch) -> Stretch | None:
    """What of a stretch lies within another."""
    starts, ends = max(stretch[0], within[0]), min(stretch[1], within[1])
    return (starts, ends) if starts < ends else None


def week_of(day: dt.date) -> list[dt.date]:
    return [monday_of(day) + A_DAY * n for n in range(7)]
