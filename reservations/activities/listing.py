"""Activities as they are read: day by day of a week, and the opening hours of a centre as a week."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dates import WEEKDAYS

from areas.models import Area
from kortrijk_gebied.workdays import A_DAY, monday_of
from reservations.models import Activity, ActivityDate, ActivityKind, Building
from reservations.models.activities import ActivityDateQuerySet, ActivityQuerySet
from reservations.moments import on_clock, whole_day

A_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Day:
    day: dt.date
    dates: list[ActivityDate]


def week_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """Its Monday and its Sunday."""
    monday = monday_of(day)
    return monday, monday + A_DAY * 6


def dates(activities: models.QuerySet[Activity], first: dt.date, last: dt.date) -> ActivityDateQuerySet:
    """With all that a line says; one query."""
    found = ActivityDate.objects.between(whole_day(first)[0], whole_day(last)[1]).filter(activity__in=activities)
    return found.select_related(
        "activity__area", "activity__building", "activity__organisation", "activity__association"
    ).defer("activity__area__boundary").order_by("starts", "activity__title")  # fmt: skip


def by_day(found: Iterable[ActivityDate], first: dt.date) -> list[Day]:
    """What began before the first day and lasts stands on the first day."""
    return [
        Day(day, list(of_day))
        for day, of_day in groupby(found, key=lambda each: max(on_clock(each.starts).date(), first))
    ]


def wanted(found: ActivityQuerySet, asked: Mapping[str, Any]) -> ActivityQuerySet:
    """By area, kind and target group. Open houses only when asked for: every day of every centre hides the rest."""
    area: Area | None = asked.get("gebied")
    if area:
        found = found.filter(area=area)
    if asked.get("doelgroep"):
        found = found.filter(targets__contains=[asked["doelgroep"]])
    if asked.get("soort"):
        return found.filter(kind=asked["soort"])
    return found.exclude(kind=ActivityKind.OPEN)


def with_next(found: ActivityQuerySet) -> ActivityQuerySet:
    """Each with `next_on`, when it comes again; those that are over last."""
    coming = ActivityDate.objects.filter(activity=models.OuterRef("pk"), is_cancelled=False, ends__gt=timezone.now())
    nearest = coming.order_by("starts").values("starts")[:1]
    return found.annotate(next_on=models.Subquery(nearest)).order_by(
        models.F("next_on").asc(nulls_last=True), "title"
    )  # fmt: skip


# --- opening hours of a centre --------------------------------------------------------------------------


@dataclass(frozen=True)
class OpenWeek:
    """The hours of one centre in one week: seven times a weekday with what is said of it."""

    building: Building
    days: list[tuple[str, list[ActivityDate]]]


def open_weeks(activities: ActivityQuerySet, day: dt.date) -> list[OpenWeek]:
    """Of every centre with an open house in the week of `day`."""
    first, last = week_of(day)
    found = dates(activities.filter(kind=ActivityKind.OPEN, building__isnull=False), first, last)
    by_house: dict[Building, dict[dt.date, list[ActivityDate]]] = defaultdict(lambda: defaultdict(list))
    for each in found:
        if each.activity.building:
            by_house[each.activity.building][each.on].append(each)
    return [
        OpenWeek(house, [(str(WEEKDAYS[n]).capitalize(), hours[first + A_DAY * n]) for n in range(7)])
        for house, hours in sorted(by_house.items(), key=lambda one: one[0].name)
    ]
