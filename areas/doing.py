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
from kortrijk_gebied.indicators import Indicator, Measure, Values, indicators
from kortrijk_gebied.periods import before, year_before
from kortrijk_gebied.sections import Period

# The same for every reader, so it is worked out once for all of them; of a year, which changes slower, for longer.
KEPT_SECONDS_A_DAY = 20
# Of fewer cases a share or a change says nothing.
FEW = 5
# So much more than usual is worth a word.
MORE, LESS = 1.25, 0.8
BAR_WIDTH, BAR_HEIGHT, STEP = 72, 6, 8
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
    def usual(self) -> float | None:
        """A median of two signals is only that of those two, and no part of what is usual."""
        past = [measure for measure in self.measures[1:] if measure]
        enough = [measure for measure in past if not self.indicator.per_case or measure.cases >= FEW]
        return fmean(measure.value for measure in enough or past) if past else None

    @property
    def cases(self) -> list[float]:
        """Of each period in which anything was measured."""
        return [measure.cases for measure in self.measures if measure]

    @property
    def is_few(self) -> bool:
        """From many to none is a fall; of a median both sides count."""
        now, past = self.cases[0], max(self.cases[1:])
        return (min if self.indicator.per_case else max)(now, past) < FEW

    @property
    def course(self) -> int:
        """1: more than usual, -1: less, 0: as usual."""
        if self.now is None or self.usual is None or self.is_few:
            return 0
        if self.now > self.usual * MORE:
            return 1
        return -1 if self.now < self.usual * LESS else 0

    @property
    def words(self) -> str:
        if self.now is None:
            return _("none, or too few of it")
        if self.usual is None:
            return _("nothing to compare with")
        if self.is_few:
            return _("too few to compare")
        usual = {1: self.indicator.more or _("more than usual"), -1: self.indicator.less or _("less than usual")}
        return str(usual.get(self.course, _("as usual")))

    @property
    def percent(self) -> int | None:
        """Only when there was enough of it in every period that it is made of."""
        if self.now is None or not self.usual or not self.course or min(self.cases) < FEW:
            return None
        return round(100 * (self.now / self.usual - 1))

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


def whole_days(period: Period) -> Period:
    """The days that are over: an hour of today beside whole days of before would look like a fall."""
    end = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    days = max(round((period.end - period.start) / dt.timedelta(days=1)), 1)
    start = (end - dt.timedelta(days=days)).replace(hour=0)
    return Period(start, end)


def last_day(period: Period) -> dt.date:
    return timezone.localdate(period.end - dt.timedelta(microseconds=1))


def compared(period: Period) -> list[Period]:
    return [period, before(period), year_before(period)]


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
    key = f"indicators:{area.set_id}:{period.start.isoformat()}:{period.end.isoformat()}"
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        past = past_of(list(Area.objects.filter(set=area.set_id).select_related("set").defer("boundary")))
        periods = compared(period)
        found = {indicator.key: indicator.values(past, periods) for indicator in indicators()}
        days = (period.end - period.start) // dt.timedelta(days=1)
        cache.set(key, found, KEPT_SECONDS_A_DAY * days)
    return found
