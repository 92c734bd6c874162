"""Where rounds were and what was done on them: per zone, never per person, and never where somebody walked.

Of a zone that one person walked, a count of what was done there is a figure about that person: then only the days on
which it was seen are told. Sums leave it out too, or it could be found by taking away the others.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from areas.models import Area, AreaSet
from kortrijk_gebied.charts import Bar, BarChart
from kortrijk_gebied.workdays import BRUSSELS
from signals.models import PatrolRound, RoundActivity, RoundActivityKind

SCREENED_FOR, LONG_AGO = 30, 7  # days
FEWEST = 2  # people, before what they did together is told


@dataclass
class Seen:
    """`kinds` is None where one person walked."""

    zone: Area | None
    days: int = 0
    last_on: dt.date | None = None
    kinds: dict[str, int] | None = None
    today: dt.date = field(default_factory=timezone.localdate)

    @property
    def is_long_ago(self) -> bool:
        return self.last_on is None or (self.today - self.last_on).days >= LONG_AGO

    @property
    def activities(self) -> list[tuple[str, int]]:
        known = self.kinds or {}
        return [(capfirst(str(kind.label)), known[kind]) for kind in RoundActivityKind if known.get(kind)]


def inner_zones() -> list[Area]:
    zones = Area.objects.current().filter(set__kind=AreaSet.Kind.INNER_CITY).defer("boundary")
    return list(zones.order_by("position", "pk"))


def screening() -> list[Seen]:
    """The zones of the inner city over the last thirty days; what was not seen for longest stands first."""
    today, zones = timezone.localdate(), inner_zones()
    rounds = PatrolRound.objects.filter(zone__in=zones)
    last = dict(rounds.order_by().values_list("zone").annotate(last=Max("started_at")))
    days = _days(rounds.filter(started_at__gte=timezone.now() - dt.timedelta(days=SCREENED_FOR)))
    found = [
        Seen(zone, days.get(zone.pk, 0), timezone.localdate(last[zone.pk]) if zone.pk in last else None, today=today)
        for zone in zones
    ]
    return sorted(found, key=lambda seen: (seen.last_on or dt.date.min, seen.zone.position if seen.zone else 0))


def by_zone(rounds: QuerySet[PatrolRound]) -> list[Seen]:
    """Per zone that was walked, in three queries."""
    rounds = rounds.filter(zone__isnull=False).order_by()
    days, kinds = _days(rounds), _kinds(rounds)
    people = dict(rounds.values_list("zone").annotate(people=Count("by", distinct=True)))
    zones = Area.objects.filter(pk__in=days).defer("boundary").order_by("set__position", "position", "pk")
    return [
        Seen(zone, days[zone.pk], kinds=dict(kinds[zone.pk]) if people[zone.pk] >= FEWEST else None) for zone in zones
    ]


def together(rounds: QuerySet[PatrolRound]) -> Seen:
    """Of all of these rounds as one."""
    rounds = rounds.order_by()
    days = rounds.annotate(day=TruncDate("started_at", tzinfo=BRUSSELS)).aggregate(
        days=Count("day", distinct=True), people=Count("by", distinct=True)
    )
    told = RoundActivity.objects.filter(round__in=rounds).order_by().values_list("kind").annotate(times=Count("pk"))
    return Seen(None, days["days"], kinds=dict(told) if days["people"] >= FEWEST else None)


def chart_of(rows: Iterable[Seen]) -> BarChart | None:
    """Of what was done, without the zones of which nothing may be told."""
    times: dict[str, int] = defaultdict(int)
    for row in rows:
        for kind, count in (row.kinds or {}).items():
            times[kind] += count
    if not times:
        return None
    bars = [Bar(capfirst(str(kind.label)), [times[kind]]) for kind in RoundActivityKind if times[kind]]
    return BarChart(
        title=_("What was done on rounds"),
        description=_("How often each kind of activity was noted on a round."),
        series=[_("times")],
        bars=bars,
        label_heading=_("Activity"),
    )


def _days(rounds: QuerySet[PatrolRound]) -> dict[int, int]:
    seen = rounds.order_by().annotate(day=TruncDate("started_at", tzinfo=BRUSSELS))
    return dict(seen.values_list("zone").annotate(days=Count("day", distinct=True)))


def _kinds(rounds: QuerySet[PatrolRound]) -> dict[Any, dict[str, int]]:
    found: dict[Any, dict[str, int]] = defaultdict(dict)
    told = RoundActivity.objects.filter(round__in=rounds).order_by()
    for zone, kind, times in told.values_list("round__zone", "kind").annotate(times=Count("pk")):
        found[zone][kind] = times
    return found
