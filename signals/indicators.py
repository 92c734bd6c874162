"""What signals tell of how an area is doing. Of what is open to all alone: so the figure is the same for every reader,
and with or without what is sealed or limited."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import Any

import numpy as np
from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from areas.models import Crosswalk
from areas.people import inhabitants_of
from areas.succession import A_PART
from kortrijk_gebied.indicators import Indicator, Measure, Past, Values, register
from kortrijk_gebied.periods import month_period, previous_month
from kortrijk_gebied.retention import kept_since
from kortrijk_gebied.sections import Period
from kortrijk_gebied.workdays import BRUSSELS, holidays_of
from signals.levels import Level
from signals.models import Signal
from signals.models.rounds import PatrolRound
from signals.presence import FEWEST
from signals.statistics import within
from signals.visibility import SignalQuerySet
from signals.workflow import ENDED, OPEN, SignalStatus

A_DAY = np.timedelta64(1, "D")
A_MONTH = 30.4  # days

type Sums = list[dict[int, float]]
"""Per period, by area of today."""


def counted(past: Past) -> SignalQuerySet:
    return Signal.objects.filter(level=Level.OPEN, area__in=past.keys)


def in_any(name: str, periods: Sequence[Period]) -> Q:
    """Between the first and the last of periods that touch, so that an index is gone through once."""
    wanted, ordered = Q(), sorted(periods, key=lambda period: period.start)
    start = ordered[0].start
    for one, other in pairwise([*ordered, None]):
        if one and (other is None or other.start > one.end):
            wanted |= Q(**{f"{name}__gte": start, f"{name}__lt": one.end})
            start = other.start if other else start
    return wanted


def divided(past: Past, rows: Sequence[tuple[int, Sequence[float]]], count: int) -> Sums:
    sums: Sums = [defaultdict(float) for _number in range(count)]
    for area, numbers in rows:
        for new, share in past.shares.get(area, ()):
            for number, amount in enumerate(numbers):
                sums[number][new] += amount * share
    return sums


def _reported(past: Past, periods: Sequence[Period], condition: Q) -> Sums:
    """One query, by the index of areas and moments of report."""
    counts = {f"p{n}": Count("pk", filter=within("reported_at", period)) for n, period in enumerate(periods)}
    found = counted(past).filter(in_any("reported_at", periods), condition)
    rows = found.order_by().values("area").annotate(**counts)
    names = list(counts)
    return divided(past, [(row["area"], [row[name] for name in names]) for row in rows], len(periods))


def per_thousand(past: Past, periods: Sequence[Period]) -> list[Values]:
    """Areas of which nobody counted the inhabitants are left out."""
    people = inhabitants_of(past.areas)
    return [
        {pk: Measure(1000 * sums.get(pk, 0) / of.number, sums.get(pk, 0), of.year) for pk, of in people.items()}
        for sums in _reported(past, periods, Q())
    ]


def recurring(past: Past, periods: Sequence[Period]) -> list[Values]:
    found = _reported(past, periods, Q(surfaced_why="repeated"))
    return [{area.pk: Measure(sums.get(area.pk, 0), sums.get(area.pk, 0)) for area in past.areas} for sums in found]


def median_days(past: Past, periods: Sequence[Period]) -> list[Values]:
    """Working days, counted as the report counts them (`signals.statistics.pace`), by day of report and of closing."""
    counts = {f"p{n}": Count("pk", filter=within("closed_at", period)) for n, period in enumerate(periods)}
    rows = list(
        counted(past)
        .filter(in_any("closed_at", periods), status=SignalStatus.CLOSED, closed_at__gt=F("reported_at"))
        .annotate(start=TruncDate("reported_at", tzinfo=BRUSSELS), end=TruncDate("closed_at", tzinfo=BRUSSELS))
        .order_by()
        .values("area", "start", "end")
        .annotate(**counts)
        .values_list("area", "start", "end", *counts)
    )
    if not rows:
        return [{} for _period in periods]
    starts = np.array([row[1] for row in rows], dtype="datetime64[D]")
    ends = np.array([row[2] for row in rows], dtype="datetime64[D]")
    years = range(int(str(starts.min())[:4]), int(str(ends.max())[:4]) + 1)
    closed = [day for year in years for day in holidays_of(year)]
    days = np.busday_count(starts + A_DAY, ends + A_DAY, holidays=np.array(closed, dtype="datetime64[D]"))
    return [_medians(past, rows, days, 3 + number) for number in range(len(periods))]


def _medians(past: Past, rows: Sequence[tuple[Any, ...]], days: Any, column: int) -> Values:
    """Weighed: of a former area a share of each case counts."""
    weights: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for row, length in zip(rows, days.tolist(), strict=True):
        for new, share in past.shares.get(row[0], ()) if row[column] else ():
            weights[new][length] += row[column] * share
    return {pk: Measure(middle(lengths), sum(lengths.values())) for pk, lengths in weights.items()}


def middle(lengths: Mapping[int, float]) -> float:
    """The median of weighed lengths; of an even number the mean of the two in the middle."""
    half, seen, ordered = sum(lengths.values()) / 2, 0.0, sorted(lengths)
    for number, length in enumerate(ordered):
        seen += lengths[length]
        if seen == half and number + 1 < len(ordered):
            return (length + ordered[number + 1]) / 2
        if seen >= half:
            return length
    return ordered[-1]


def share_late(past: Past, periods: Sequence[Period]) -> list[Values]:
    """Of what was open at the end of each period the percentage past its term. Two queries: what is open still, by the
    index of that; and what was closed since the first of those moments, by that of what ended."""
    moments = [period.end for period in periods]
    counts: dict[str, Count] = {}
    for number, moment in enumerate(moments):
        there = Q(reported_at__lt=moment)
        counts |= {
            f"o{number}": Count("pk", filter=there),
            f"l{number}": Count("pk", filter=there & Q(due_at__lt=moment)),
        }
    ended: dict[str, Count] = {}
    was_open = Q()  # at any of the moments: what came and went between two of them need not be added up
    for number, moment in enumerate(moments):
        there = Q(reported_at__lt=moment, closed_at__gte=moment)
        was_open |= there
        ended |= {
            f"o{number}": Count("pk", filter=there),
            f"l{number}": Count("pk", filter=there & Q(due_at__lt=moment)),
        }
    still = counted(past).filter(status__in=OPEN).order_by().values("area").annotate(**counts)
    since = counted(past).filter(was_open, status__in=ENDED, closed_at__gte=min(moments)).order_by().values("area")
    names = list(counts)
    rows = [(row["area"], [row[name] for name in names]) for row in [*still, *since.annotate(**ended)]]
    sums = divided(past, rows, len(names))
    found: list[Values] = []
    for number in range(len(moments)):
        all_open, late = sums[2 * number], sums[2 * number + 1]
        found.append({pk: Measure(100 * late.get(pk, 0) / all_, all_) for pk, all_ in all_open.items() if all_})
    return found


def days_with_a_round(past: Past, periods: Sequence[Period]) -> list[Values]:
    """By anybody: a day of two rounds is a day. A zone counts for the areas of which it covers a part. In whole months
    that are over, and of a zone of three people or more, as in `signals.presence`: over days until now each next look
    would tell what one person did, and ninety days less thirty those of whom went round alone before. Nor is there a
    figure of a time of which rounds are erased."""
    months, kept = months_of(periods), kept_since("shift_days")
    rows = list(
        PatrolRound.objects.filter(in_any("started_at", [*chain(*months)]), zone__isnull=False)
        .annotate(day=TruncDate("started_at", tzinfo=BRUSSELS))
        .order_by()
        .values_list("zone", "day", "by")
        .distinct()
    )
    places = _areas_of_zones(past, {zone for zone, _day, _by in rows if zone})
    return [_days_told(past, places, rows, each) if each[-1].start >= kept else {} for each in months]


def months_of(periods: Sequence[Period]) -> list[list[Period]]:
    """For thirty days until now the last month that is over, for the thirty before the one before it, and so on."""
    until, found = periods[0].end, []
    for period in periods:
        back = round((until - period.end).days / A_MONTH)
        length = max(round((period.end - period.start).days / A_MONTH), 1)
        days = accumulate(range(back + length), lambda day, _n: previous_month(day), initial=localdate(until))
        found.append([month_period(day) for day in [*days][back + 1 :]])
    return found


def _days_told(
    past: Past, places: dict[int, list[int]], rows: Sequence[tuple[int | None, Any, Any]], months: Sequence[Period]
) -> Values:
    days: dict[tuple[int, Any], set[object]] = defaultdict(set)
    people: dict[tuple[int, Any], set[object]] = defaultdict(set)
    wanted = {localdate(month.start) for month in months}
    for zone, day, by in rows:
        if zone and (month := day.replace(day=1)) in wanted:
            days[zone, month].add(day)
            people[zone, month].add(by)
    of_area: dict[int, set[object]] = {area.pk: set() for area in past.areas}
    hidden: set[int] = set()
    for (zone, month), seen in days.items():
        for pk in places.get(zone, ()):
            of_area[pk] |= seen if len(people[zone, month]) >= FEWEST else set()
            hidden |= {pk} if len(people[zone, month]) < FEWEST else set()
    return {pk: Measure(len(seen), len(seen)) for pk, seen in of_area.items() if seen or pk not in hidden}


def _areas_of_zones(past: Past, zones: set[int]) -> dict[int, list[int]]:
    known = {zone: [new for new, _share in past.shares[zone]] for zone in zones if zone in past.shares}
    parts = Crosswalk.objects.filter(
        from_area__in=zones - set(known), to_area__in=[area.pk for area in past.areas], share__gte=A_PART
    )
    for zone, area in parts.values_list("from_area", "to_area"):
        known.setdefault(zone, []).append(area or 0)
    return known


for indicator in (
    Indicator("signals-per-thousand", _("Signals"), _("per 1,000 inhabitants"), 10, per_thousand, digits=1),
    Indicator("signals-days", _("Handling time"), _("working days, the middle one"), 20, median_days, False,
              _("slower than before"), _("faster than before"), digits=1, per_case=True),
    Indicator("signals-late", _("Late"), _("percent of what is open"), 30, share_late, False, is_share=True,
              per_case=True),
    Indicator("signals-recurring", _("Reported again and again"), _("places"), 40, recurring, False),
    Indicator("rounds-days", _("Presence on the street"), _("days with a round, in whole months that are over"), 60,
              days_with_a_round, True),
):  # fmt: skip
    register(indicator)
