"""How is this area doing: each indicator beside its own past and beside the city."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.models import Area
from areas.past import past_of
from areas.version import data_version, figures_version
from kortrijk_gebied.indicators import Indicator, Measure, Values, indicators
from kortrijk_gebied.periods import before, names, year_before
from kortrijk_gebied.sections import Period

# The same for every reader, so it is worked out once for all of them; of a year, which changes slower, for longer.
KEPT_SECONDS_A_DAY = 20
# Of fewer cases a share or a change says nothing.
FEW = 5
# So much more than before is worth a word.
MORE, LESS = 1.25, 0.8
BAR_WIDTH, BAR_HEIGHT, STEP = 72, 6, 8
COLORS = ("warning", "success", "neutral")
FILLS = (("bar-now", "#0f5c63"), ("bar-before", "#77807d"), ("bar-year", "#b9bfbd"))


@dataclass(frozen=True)
class Bar:
    y: int
    width: float
    style: str
    fill: str


@dataclass(frozen=True)
class Line:
    """One indicator of one area: now, in the period before, a year earlier, and the mean of the areas of the city."""

    indicator: Indicator
    measures: list[Measure | None] = field(default_factory=list)
    city: float | None = None

    @property
    def values(self) -> list[float | None]:
        return [measure.value if measure else None for measure in self.measures]

    @property
    def past(self) -> list[float | None]:
        return self.values[1:]

    @property
    def now(self) -> float | None:
        return self.values[0]

    @property
    def before(self) -> float | None:
        """The period just before, and no other: a mean with a year ago would call what doubled "as before"."""
        return self.values[1]

    @property
    def cases(self) -> list[float]:
        """Of this period and the one before, when anything was measured then."""
        return [measure.cases for measure in self.measures[:2] if measure]

    @property
    def is_few(self) -> bool:
        """From many to none is a fall; of a median both sides count."""
        return (min if self.indicator.per_case else max)(self.cases) < FEW

    @property
    def course(self) -> int:
        """1: more than before, -1: less, 0: as before."""
        if self.now is None or self.before is None or self.is_few:
            return 0
        if self.now > self.before * MORE:
            return 1
        return -1 if self.now < self.before * LESS else 0

    @property
    def year(self) -> int | None:
        return self.measures[0].year if self.measures[0] else None

    @property
    def words(self) -> str:
        if self.now is None:
            return _("none, or too few of it")
        if self.before is None:
            return _("nothing to compare with")
        if self.is_few:
            return _("too few to compare")
        said = {1: self.indicator.more or _("more than before"), -1: self.indicator.less or _("less than before")}
        return str(said.get(self.course, _("as before")))

    @property
    def percent(self) -> int | None:
        """Only when there was enough of it in both periods."""
        if self.now is None or not self.before or not self.course or min(self.cases) < FEW:
            return None
        return round(100 * (self.now / self.before - 1))

    @property
    def color(self) -> str:
        if not self.course or self.indicator.up_is_good is None:
            return "neutral"
        return "success" if (self.course > 0) == self.indicator.up_is_good else "warning"

    @property
    def bars(self) -> list[Bar]:
        largest = max((value for value in [*self.values, self.city] if value), default=0) or 1
        return [
            Bar(number * STEP, max(round(BAR_WIDTH * value / largest, 1), 0.5), *FILLS[number])
            for number, value in enumerate(self.values)
            if value is not None
        ]

    @property
    def width(self) -> int:
        return BAR_WIDTH

    @property
    def height(self) -> int:
        return len(self.measures) * STEP


@dataclass(frozen=True)
class Summary:
    """What changed, in one sentence each: for the worse, for the better, and what is neither."""

    worse: list[Line]
    better: list[Line]
    other: list[Line]
    told: int  # how many of the lines could be compared

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Summary":
        moved = {color: [line for line in lines if line.course and line.color == color] for color in COLORS}
        told = sum(line.now is not None and line.before is not None and not line.is_few for line in lines)
        return cls(moved["warning"], moved["success"], moved["neutral"], told)


def whole_days(period: Period) -> Period:
    """The days that are over: an hour of today beside whole days of before would look like a fall."""
    end = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    days = max((end.date() - timezone.localdate(period.start)).days, 1)
    start = (end - dt.timedelta(days=days)).replace(hour=0)
    return Period(start, end)


def last_day(period: Period) -> dt.date:
    return timezone.localdate(period.end - dt.timedelta(microseconds=1))


def compared(period: Period) -> dict[str, Period]:
    """By name. Of a year the one before is a year ago: nothing stands there twice."""
    shown = dict(zip(names(period), (period, before(period), year_before(period)), strict=True))
    if year_before(period).end > before(period).start:
        shown.pop(names(period)[2])
    return shown


def lines_of(area: Area, period: Period) -> list[Line]:
    found = _of_all(area, period)
    return [_line(indicator, found[indicator.key], area) for indicator in indicators() if indicator.key in found]


def _line(indicator: Indicator, values: Sequence[Values], area: Area) -> Line:
    everywhere = [
        measure.value for measure in values[0].values() if not indicator.per_case or measure.cases >= FEW
    ]  # a median of one would weigh as much as one of a hundred
    # A period in which nothing was counted anywhere is one before anybody counted: it is no past to compare with.
    known = [any(measure.cases for measure in each.values()) for each in values]
    measures = [
        each.get(area.pk) if is_known else None for each, is_known in zip(values, [True, *known[1:]], strict=True)
    ]
    shown = [measure if measure and _says(indicator, measure) else None for measure in measures]
    return Line(indicator, shown, fmean(everywhere) if everywhere else None)


def _says(indicator: Indicator, measure: Measure) -> bool:
    return not indicator.is_share or measure.cases >= FEW


def _of_all(area: Area, period: Period) -> dict[str, Any]:
    """Of all areas of its set at once: the mean of the city asks for them anyway."""
    days = (period.end - period.start) // dt.timedelta(days=1)
    version = "-".join(map(str, (*data_version(), *figures_version())))
    key = f"indicators:{area.set_id}:{timezone.localdate(period.end)}:{days}:{version}"
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        past = past_of(list(Area.objects.filter(set=area.set_id).select_related("set").defer("boundary")))
        periods = list(compared(period).values())
        found = {indicator.key: indicator.values(past, periods) for indicator in indicators()}
        cache.set(key, found, KEPT_SECONDS_A_DAY * days)
    return found
