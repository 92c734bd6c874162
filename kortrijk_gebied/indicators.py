"""The registry of indicators: figures that say at a glance how an area is doing.

Each app registers its own. An indicator does not know who looks: what it counts is open to all who work in the area,
so its figure is the same for everybody, and nothing of what is sealed or limited can be read off it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from kortrijk_gebied.sections import Period

type Text = str | Promise


@dataclass(frozen=True)
class Measure:
    """A figure, and of how many cases it was made: of a few, nothing is concluded."""

    value: float
    cases: float
    year: int | None = None  # of what it is held against, such as inhabitants


@dataclass(frozen=True)
class Past:
    """Areas of today, and which share of what lay in an area (of today or before) counts for each of them."""

    areas: Sequence[Any]
    shares: Mapping[int, Sequence[tuple[int, float]]]

    @property
    def keys(self) -> list[int]:
        """Of all areas in which something may lie that counts."""
        return sorted(self.shares)


type Values = Mapping[int, Measure]
"""By key of the area; one of which nothing is known is left out."""

type Measured = Callable[[Past, Sequence[Period]], list[Values]]
"""One `Values` per period. A fixed number of queries, however many the areas and periods."""


@dataclass(frozen=True)
class Indicator:
    key: str
    title: Text
    unit: Text
    order: int
    values: Measured
    up_is_good: bool | None = None  # None: more says nothing of better
    more: Text = ""  # "slower than before"; empty for the common words
    less: Text = ""
    digits: int = 0
    is_share: bool = False  # a percentage: of a few cases there is none
    per_case: bool = False  # such as a median: of a few cases it tells of those few


_indicators: dict[str, Indicator] = {}


def register(indicator: Indicator) -> None:
    _indicators[indicator.key] = indicator


def indicators() -> list[Indicator]:
    return sorted(_indicators.values(), key=lambda each: (each.order, each.key))
