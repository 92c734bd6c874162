"""The next cycle of a plan: its tree once more, as what is still to be promised (docs/decisions/059)."""

import datetime as dt
import uuid

from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.workdays import A_DAY
from teams.models.goals import Goal
from teams.models.plans import Plan
from teams.models.teams import Team
from teams.plans.tree import outline

TAKEN_OVER = ["kind", "title", "why", "what", "how", "dimension"]


def years_after(plan: Plan) -> tuple[dt.date, dt.date | None]:
    """From the day after it ended, as many years; without an end from today."""
    if plan.ends is None:
        return timezone.localdate(), None
    starts = plan.ends + A_DAY
    return starts, _years_later(plan.ends, starts.year - plan.starts.year)


def _years_later(day: dt.date, years: int) -> dt.date | None:
    try:
        return day.replace(year=day.year + years) if years else None
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)


def carry_on(former: Plan, plan: Plan) -> None:
    """The goals of the former cycle, in a plan that was just made. What was adopted, evaluated and done stays there;
    a service that stopped does nothing any more."""
    teams = set(Team.objects.executing().valid_on(timezone.localdate()).values_list("pk", flat=True))
    made: dict[uuid.UUID, Goal] = {}
    for goal, _number, _depth in outline(former):
        made[goal.pk] = Goal(
            id=uuid7(), plan=plan, parent=made[goal.parent_id] if goal.parent_id else None, position=goal.position,
            owner_team_id=goal.owner_team_id if goal.owner_team_id in teams else None,
            **{name: getattr(goal, name) for name in TAKEN_OVER},
        )  # fmt: skip
    Goal.objects.bulk_create(made.values())
    about = Goal.phenomena.through.objects
    rows = about.filter(goal__plan=former, phenomenon__active=True).values_list("goal", "phenomenon")
    about.bulk_create([about.model(goal=made[goal], phenomenon_id=each) for goal, each in rows])
