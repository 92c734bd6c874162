"""Bar charts as plain SVG: the same drawing in a page and in a PDF, and a table with the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from math import ceil
from uuid import uuid4

from django.utils.functional import Promise

WIDTH = 440
LABEL_HEIGHT = 20
BAR_HEIGHT = 12
BAR_STEP = 15
GROUP_GAP = 12
VALUE_ROOM = 60  # to the right of the longest bar, for its number
LEGEND_HEIGHT = 24

type Text = str | Promise

# Class for the page's theme, and the fill that paper keeps. They differ in lightness, not in hue
# alone, and the number stands beside each bar.
SERIES_STYLES = (("bar-now", "#0f5c63"), ("bar-before", "#77807d"), ("bar-year", "#b9bfbd"))


@dataclass(frozen=True)
class Bar:
    """One line of figures: a value per series of the chart; None where there is none."""

    label: Text
    values: Sequence[float | None]


@dataclass(frozen=True)
class DrawnBar:
    y: int
    width: float
    style: str
    fill: str
    value: float
    text_x: float
    text_y: float


@dataclass(frozen=True)
class DrawnGroup:
    label: Text
    label_y: int
    bars: list[DrawnBar]


@dataclass(frozen=True)
class BarChart:
    """Horizontal bars. `description` says in a sentence what the chart shows; it is its alt text."""

    title: Text
    description: Text
    series: Sequence[Text]
    bars: Sequence[Bar]
    label_heading: Text = ""
    # SVG refers to title and description by id, and a page may hold several charts.
    key: str = field(default_factory=lambda: f"chart-{uuid4().hex[:8]}")

    @property
    def height(self) -> int:
        return self._top + len(self.bars) * self._group_height

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def legend(self) -> list[tuple[Text, str, str, int]]:
        """Name, class, fill and x of each series; a single series needs none."""
        if len(self.series) < 2:
            return []
        step = WIDTH // len(self.series)
        return [
            (name, *style, index * step)
            for index, name, style in zip(count(), self.series, SERIES_STYLES, strict=False)
        ]

    @property
    def groups(self) -> list[DrawnGroup]:
        return [
            DrawnGroup(bar.label, y + 14, list(self._drawn(bar, y + LABEL_HEIGHT)))
            for y, bar in zip(count(self._top, self._group_height), self.bars, strict=False)
        ]

    def _drawn(self, bar: Bar, top: int) -> list[DrawnBar]:
        scale = (WIDTH - VALUE_ROOM) / self._largest
        drawn = []
        for index, (value, (style, fill)) in enumerate(zip(bar.values, SERIES_STYLES, strict=False)):
            if value is not None:
                y, width = top + index * BAR_STEP, round(value * scale, 1)
                drawn.append(DrawnBar(y, width, style, fill, value, width + 6, y + BAR_HEIGHT - 1.5))
        return drawn

    @property
    def _largest(self) -> int:
        return max((ceil(value) for bar in self.bars for value in bar.values if value), default=1) or 1

    @property
    def _top(self) -> int:
        return LEGEND_HEIGHT if self.legend else 0

    @property
    def _group_height(self) -> int:
        return LABEL_HEIGHT + len(self.series) * BAR_STEP + GROUP_GAP
