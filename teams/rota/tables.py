"""The two tables of a rota: persons by periods, and the zones of a week with their rounds."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import groupby

from django.utils import timezone

from areas.models import Area
from teams.models import RotaShift, RotaTurn, RotaVersion, User
from teams.rota.facts import Days, Plan
from teams.rota.reading import plan_of
from teams.rota.rules import gaps
from teams.rota.zones import zones_of

MOST_PERIODS = 8
A_WEEK = dt.timedelta(days=7)


@dataclass
class Line:
    person: User
    cells: list[tuple[Days, list[RotaTurn]]]


@dataclass
class Grid:
    periods: list[Days]
    lines: list[Line]
    left_out: int  # periods that are over


def grid(version: RotaVersion, plan: Plan) -> Grid:
    """From the period before this one. Statistics of persons it has none: where one goes, not how often."""
    today = timezone.localdate()
    running = next((number for number, period in enumerate(plan.periods) if today <= period.ends), 0)
    first = max(0, running - 1)
    periods = list(plan.periods)[first : first + MOST_PERIODS]
    if not periods:
        return Grid([], [], 0)
    turns = version.turns.filter(ends__gte=periods[0].starts).select_related("user", "zone").defer("zone__boundary")
    ordered = sorted(turns, key=lambda turn: (turn.user.name, str(turn.user_id), turn.starts))
    lines = []
    for _user, group in groupby(ordered, key=lambda turn: turn.user_id):
        own = list(group)
        cells = [(period, [t for t in own if period.common(Days(t.starts, t.ends))]) for period in periods]
        lines.append(Line(own[0].user, cells))
    return Grid(periods, lines, first)


@dataclass
class Cell:
    day: dt.date
    shifts: list[RotaShift] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)  # rounds that nobody walks
    closed_for: str = ""


@dataclass
class ZoneWeek:
    zone: Area
    cells: list[Cell]


def week(version: RotaVersion, monday: dt.date) -> list[ZoneWeek]:
    """With what nobody walks, also because somebody fell out since; a round of who is away stands there no more."""
    days = Days(monday, monday + A_WEEK - dt.timedelta(days=1))
    plan = plan_of(version.rota, version)
    people = plan.by_key
    zones = zones_of(version.rota, version)
    found = {(zone.pk, day): Cell(day, closed_for=plan.closed.get(day, "")) for zone in zones for day in days}
    rows = version.shifts.filter(day__gte=days.starts, day__lte=days.ends).select_related("user")
    for shift in rows.order_by("day", "starts", "user__name", "pk"):
        warden = people.get(shift.user_id)
        if warden and warden.is_there(shift.day) and (shift.zone_id, shift.day) in found:
            found[shift.zone_id, shift.day].shifts.append(shift)
    for gap in gaps(plan, days):
        found[gap.zone, gap.day].gaps.append(gap.name)
    return [ZoneWeek(zone, [found[zone.pk, day] for day in days]) for zone in zones]
