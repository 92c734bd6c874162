"""Public holidays and closing days, by name: a round goes on then only when it says so, and the planner sees which."""

import datetime as dt
from collections.abc import Iterable

from kortrijk_gebied.workdays import holidays_of
from teams.models import ClosingDay, RotaShift, WorkingWeek
from teams.rota.facts import Plan

AT_MOST = 60  # days on a page


def closed_days(organisation_id: int | None, first: dt.date, last: dt.date) -> dict[dt.date, str]:
    """In two queries; of an organisation that works on public holidays its closing days alone."""
    week = WorkingWeek.objects.filter(organisation=organisation_id).first()
    found: dict[dt.date, str] = {}
    if week is None or week.keeps_holidays:
        for year in range(first.year, last.year + 1):
            found |= {day: name for day, name in holidays_of(year).items() if first <= day <= last}
    own = ClosingDay.objects.filter(organisation=organisation_id, day__gte=first, day__lte=last)
    return found | dict(own.values_list("day", "name"))


def with_closed_days(rows: Iterable[RotaShift]) -> list[RotaShift]:
    """With the name of the day on which they fall; asked once for each organisation."""
    shifts = list(rows)
    if not shifts:
        return []
    first, last = min(shift.day for shift in shifts), max(shift.day for shift in shifts)
    organisations = {shift.version.rota.team.organisation_id for shift in shifts}
    closed = {each: closed_days(each, first, last) for each in organisations}
    for shift in shifts:
        shift.closed_for = closed[shift.version.rota.team.organisation_id].get(shift.day, "")
    return shifts


def to_come(plan: Plan, today: dt.date) -> list[tuple[dt.date, str, list[str]]]:
    """The days of the periods on which the organisation is closed, what for, and which rounds go on."""
    days = sorted(day for day in plan.closed if day >= today and any(day in period for period in plan.periods))
    return [(day, plan.closed[day], [each.name for each in plan.rounds_on(day)]) for day in days[:AT_MOST]]
