"""What a rule can ask of a report besides subject, place, channel and level: when it came, and its words."""

import datetime as dt
import re
from dataclasses import dataclass

from areas.typed import plain
from kortrijk_gebied.workdays import BRUSSELS

MIDNIGHT = dt.time(0)
# Shorter beginnings stand in half of all sentences.
SHORTEST_STEM = 3
BETWEEN_STEMS = re.compile(r"[,;\n]+")


@dataclass(frozen=True)
class Window:
    """A part of the week, by the clock of Brussels. Days count from Monday, 0, and both ends are part of it.

    In one stretch: from the first day at the first hour to the last day at the last hour, such as a weekend.
    Otherwise each of the days between those hours; a night belongs to the day on which it begins.
    """

    day_from: int | None = None
    day_until: int | None = None
    time_from: dt.time | None = None
    time_until: dt.time | None = None
    in_one_stretch: bool = False

    @property
    def is_always(self) -> bool:
        return self.day_from is None and self.time_from is None

    def holds(self, moment: dt.datetime) -> bool:
        at = moment.astimezone(BRUSSELS)
        day, time = at.weekday(), at.time()
        if self.in_one_stretch:
            return _between((self.day_from or 0, self.time_from or MIDNIGHT), (day, time),
                            (self.day_until or 0, self.time_until or MIDNIGHT))  # fmt: skip
        if self.time_from is None or self.time_until is None:
            return self._holds_day(day)
        if self.time_from < self.time_until:
            return self.time_from <= time < self.time_until and self._holds_day(day)
        if time < self.time_until:  # past midnight
            return self._holds_day((day - 1) % 7)
        return time >= self.time_from and self._holds_day(day)

    def _holds_day(self, day: int) -> bool:
        if self.day_from is None or self.day_until is None:
            return True
        return (day - self.day_from) % 7 <= (self.day_until - self.day_from) % 7


def _between(start: tuple[int, dt.time], at: tuple[int, dt.time], end: tuple[int, dt.time]) -> bool:
    """Whether a moment lies in a part of the week that may run over its end."""
    return start <= at < end if start < end else at >= start or at < end


def stems_of(words: str) -> list[str]:
    """What stands between the commas, without capitals and accents."""
    return list(dict.fromkeys(filter(None, map(plain, BETWEEN_STEMS.split(words)))))


def pattern_of(words: str) -> re.Pattern[str] | None:
    """Finds a word that begins like one of them, in a text without capitals and accents."""
    stems = stems_of(words)
    return re.compile(rf"(?:^| )(?:{'|'.join(map(re.escape, stems))})") if stems else None
