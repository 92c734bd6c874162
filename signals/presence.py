"""Where rounds were and what was done on them: per zone, never per person, and never where somebody walked.

Who went round with one colleague subtracts the own rounds and has those of the colleague; so of a zone something is
counted only where three went. And only in whole months that are over: a sum that grows every day tells, beside the
rota, what one person did today. Of the days until now it is told when a zone was seen last, which is what screening is
for. A sum is made of what may be told of each zone, or the others could be found by subtracting.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from areas.models import Area, AreaSet
from kortrijk_gebied.charts import Bar, BarChart
from kortrijk_gebied.periods import month_period, previous_month
from kortrijk_gebied.retention import kept_since
from kortrijk_gebied.workdays import BRUSSELS
from signals.models import PatrolRound, RoundActivity, RoundActivityKind

LONG_AGO = 7  # days
FEWEST = 3  # people, before what they did together is told


@dataclass(frozen=True)
class Screened:
    """When a zone was seen last. Within the last days the day itself is not told: it would be of one person."""

    zone: Area
    last_on: dt.date | None
    today: dt.date

    @property
    def is_long_ago(self) -> bool:
        return self.last_on is None or (self.today - self.last_on).days >= LONG_AGO


@dataclass(frozen=True)
class Seen:
    """Rounds of a whole month, of one zone or of several. `days` is None where fewer than three went round."""

    zone: Area | None
    days: int | None
    kinds: dict[str, int] = field(default_factory=dict)

    @property
    def activities(self) -> list[tuple[str, int]]:
        return [(capfirst(str(kind.label)), self.kinds[kind]) for kind in RoundActivityKind if self.kinds.get(kind)]


def inner_zones() -> list[Area]:
    zones = Area.objects.current().filter(set__kind=AreaSet.Kind.INNER_CITY).defer("boundary")
    return list(zones.order_by("position", "pk"))


def screening() -> list[Screened]:
    """The zones of the inner city; what was not seen for longest stands first, what was seen lately in its order."""
    today, zones = timezone.localdate(), inner_zones()
    last = dict(
        PatrolRound.objects.filter(zone__in=zones).order_by().values_list("zone").annotate(last=Max("started_at"))
    )
    found = [Screened(zone, timezone.localdate(last[zone.pk]) if zone.pk in last else None, today) for zone in zones]
    return sorted(found, key=lambda seen: (seen.last_on or dt.date.min) if seen.is_long_ago else dt.date.max)


def months_kept() -> list[dt.date]:
    """Months that are over and of which every round is still kept, by their first day; the last one always."""
    last = previous_month(timezone.localdate())
    before, kept = previous_month(last), timezone.localdate(kept_since("shift_days"))
    return [last, before] if before > kept else [last]


def by_zone(month: dt.date, where: Q | None = None) -> list[Seen]:
    """Per zone that was walked in the month in which this day falls, in three queries."""
    rounds = _of_month(month, where)
    days = rounds.annotate(day=TruncDate("started_at", tzinfo=BRUSSELS))
    walked = (
        days.order_by().values("zone").annotate(days=Count("day", distinct=True), people=Count("by", distinct=True))
    )
    told = {row["zone"]: row["days"] if row["people"] >= FEWEST else None for row in walked}
    kinds: dict[int, dict[str, int]] = defaultdict(dict)
    noted = RoundActivity.objects.filter(round__in=rounds).order_by().values_list("round__zone", "kind")
    for zone, kind, times in noted.annotate(times=Count("pk")):
        kinds[zone][kind] = times
    zones = Area.objects.filter(pk__in=told).defer("boundary").order_by("set__position", "position", "pk")
    return [
        Seen(zone, told[zone.pk], kinds[zone.pk] if told[zone.pk] is not None else {}) for zone in zones
    ]  # fmt: skip


def together(month: dt.date, where: Q) -> Seen | None:
    """Of these rounds as one, by what may be told of each zone; None where nobody went."""
    rows = by_zone(month, where)
    told = [row.zone for row in rows if row.zone and row.days is not None]
    if not told:
        return Seen(None, None) if rows else None
    days = _of_month(month, where).filter(zone__in=told).annotate(day=TruncDate("started_at", tzinfo=BRUSSELS))
    return Seen(None, days.order_by().values("day").distinct().count(), _sum(rows))


def chart_of(rows: Iterable[Seen]) -> BarChart | None:
    """Of what was done, without the zones of which nothing may be told."""
    times = _sum(rows)
    if not times:
        return None
    bars = [Bar(capfirst(str(kind.label)), [times[kind]]) for kind in RoundActivityKind if times.get(kind)]
    return BarChart(
        title=_("What was done on rounds"),
        description=_("How often each kind of activity was noted on a round."),
        series=[_("times")],
        bars=bars,
        label_heading=_("Activity"),
    )


def _of_month(month: dt.date, where: Q | None) -> QuerySet[PatrolRound]:
    period = month_period(month)
    rounds = PatrolRound.objects.filter(started_at__gte=period.start, started_at__lt=period.end, zone__isnull=False)
    return rounds if where is None else rounds.filter(where)


def _sum(rows: Iterable[Seen]) -> dict[str, int]:
    times: dict[str, int] = defaultdict(int)
    for row in rows:
        for kind, count in row.kinds.items():
            times[kind] += count
    return dict(times)
