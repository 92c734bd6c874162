"""The week ahead: how much falls due each day for each team, beside what that team got done per day lately.

Counted are tasks the viewer may read, of the teams the viewer works for.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import cast

from django.db.models import Count, Q
from django.utils import timezone

from kortrijk_gebied.workdays import BRUSSELS
from signals.models import Task
from signals.models.tasks import TaskQuerySet
from signals.workflow import TaskStatus, WaitingFor
from teams.access import Access
from teams.calendars import Calendars
from teams.models import Team

DAYS = 7
LATELY = dt.timedelta(weeks=4)
A_TASK = 1  # on a day makes no team busy, however little it does


@dataclass(frozen=True)
class DayCount:
    day: dt.date
    due: int
    is_busy: bool  # more than the team gets done on a working day


@dataclass(frozen=True)
class TeamWeek:
    team: Team
    late: int
    days: list[DayCount]
    done: int
    done_per_day: float | None  # None: it did not work a day lately

    @property
    def due(self) -> int:
        return sum(day.due for day in self.days)


@dataclass
class Forecast:
    days: list[dt.date]
    teams: list[TeamWeek] = field(default_factory=list)

    @property
    def late(self) -> int:
        return sum(week.late for week in self.teams)

    @property
    def due(self) -> int:
        return sum(week.due for week in self.teams)


def forecast(viewer: Access) -> Forecast:
    """The busiest team first; the same queries however many tasks and teams."""
    now = timezone.now()
    today = timezone.localdate(now)
    days = [today + dt.timedelta(days=n) for n in range(DAYS)]
    made = Forecast(days)
    tasks = Task.objects.readable(viewer).filter(team__in=viewer.teams("work") | viewer.team_ids)
    due, done, calendars = _due(tasks, days, now), _done(tasks, now), Calendars()
    for team in Team.objects.filter(pk__in={*due, *done}).select_related("organisation"):
        calendar = calendars.of(team.organisation_id)
        worked = calendar.days_between(today - LATELY, today)
        pace = done.get(team.pk, 0) / worked if worked else None
        row = due.get(team.pk, {})
        counts = [DayCount(day, n := row.get(f"d{at}", 0), n > max(pace or 0, A_TASK)) for at, day in enumerate(days)]
        made.teams.append(TeamWeek(team, row.get("late", 0), counts, done.get(team.pk, 0), pace))
    made.teams.sort(key=lambda week: (-week.due - week.late, week.team.name))
    return made


def _due(tasks: TaskQuerySet, days: list[dt.date], now: dt.datetime) -> dict[int, dict[str, int]]:
    """Per team what is late, and what falls due on each of the days and is not late yet."""
    limits = [dt.datetime.combine(day, dt.time(), tzinfo=BRUSSELS) for day in [*days, days[-1] + dt.timedelta(days=1)]]
    counts = {
        f"d{at}": Count("pk", filter=Q(due_at__gte=max(limits[at], now), due_at__lt=limits[at + 1]))
        for at in range(len(days))
    }
    # While an answer of the reporter is awaited a term stands still: nobody knows yet when it is due.
    running = tasks.live().exclude(signal__waiting_for=WaitingFor.REPORTER)
    rows = running.filter(due_at__lt=limits[-1]).values("team")
    rows = rows.annotate(late=Count("pk", filter=Q(due_at__lt=now)), **counts).order_by()
    return {row["team"]: cast(dict[str, int], row) for row in rows}


def _done(tasks: TaskQuerySet, now: dt.datetime) -> dict[int, int]:
    rows = tasks.filter(status=TaskStatus.DONE, ended_at__gte=now - LATELY).values_list("team")
    return dict(rows.annotate(Count("pk")).order_by())
