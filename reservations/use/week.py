"""The week as a drawing: weekday by hour, the fuller the stronger. Its figure stands in each cell, and in a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst

from reservations.use.hours import Hours

CELL, HEIGHT, LEFT, TOP = 38, 30, 92, 24
# By quarters of the share, as they are on paper and on a light page; use.css turns them over for a dark one.
# The ink on each can be read (4,5 to 1).
SHADES = [("#eef4f4", "#26302e"), ("#c5dcde", "#26302e"), ("#7fb3b8", "#1b2422"), ("#2f7c84", "#ffffff"),
          ("#0f5c63", "#ffffff")]  # fmt: skip
BOUNDS = (0.1, 0.3, 0.5, 0.7)


@dataclass(frozen=True)
class Cell:
    """`percent` is None where nothing is open at that hour."""

    x: int
    y: int
    percent: int | None
    level: int = 0
    fill: str = ""
    ink: str = ""

    @property
    def text_x(self) -> float:
        return self.x + CELL / 2

    @property
    def text_y(self) -> int:
        return self.y + 20


@dataclass(frozen=True)
class WeekChart:
    week: Mapping[tuple[int, int], Hours]
    key: str = "week"

    @cached_property
    def hours(self) -> list[int]:
        """From the first hour that is open on any day to the last."""
        found = [hour for (_day, hour), here in self.week.items() if here.open]
        return list(range(min(found), max(found) + 1)) if found else []

    @property
    def width(self) -> int:
        return LEFT + CELL * len(self.hours)

    @property
    def height(self) -> int:
        return TOP + HEIGHT * 7

    @property
    def heads(self) -> list[tuple[int, int]]:
        return [(hour, LEFT + CELL * at) for at, hour in enumerate(self.hours)]

    @cached_property
    def days(self) -> list[tuple[str, int, list[Cell]]]:
        """Name, where its word stands, and a cell for each hour."""
        return [
            (capfirst(str(name)), TOP + HEIGHT * day + 20, [self._cell(day, at, hour) for at, hour in
                                                             enumerate(self.hours)])
            for day, name in sorted(WEEKDAYS.items())
        ]  # fmt: skip

    def _cell(self, day: int, at: int, hour: int) -> Cell:
        share = self.week.get((day, hour), Hours()).share
        x, y = LEFT + CELL * at, TOP + HEIGHT * day
        if share is None:
            return Cell(x, y, None)
        level = sum(share >= bound for bound in BOUNDS)
        return Cell(x, y, round(100 * share), level, *SHADES[level])
