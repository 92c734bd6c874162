"""Making plans for tests: a programme of the area team of Overleie, with a service for what it promises."""

import datetime as dt
from typing import Any

from kortrijk_gebied.ids import uuid7
from teams.models import Action, Goal, Plan, Team, User
from teams.models.action_words import ActionStatus
from teams.models.audience import Audience
from teams.plans.tree import hang
from tests.cast import area

TEAM = "gebiedsteam-overleie-pius-x"


def a_plan(title: str = "Wijkprogramma Overleie", kind: str = "programme", **details: Any) -> Plan:
    team = Team.objects.get(code=details.pop("team", TEAM))
    places = details.pop("areas", ["Overleie"])
    plan = Plan(title=title, kind=kind, team=team, starts=dt.date(2026, 1, 1), **details)
    plan.lie_in([area(name) for name in places])
    return plan


def a_goal(
    plan: Plan, title: str, *, below: Goal | None = None, kind: str = "item", owner: str = "", **more: Any
) -> Goal:
    goal = Goal(id=uuid7(), plan=plan, title=title, kind=kind, **more)
    goal.owner_team = Team.objects.get(code=owner) if owner else None
    hang(goal, below=below)
    goal.save()
    return goal


def an_action(goal: Goal, title: str, *, by: User, status: str = "running", **more: Any) -> Action:
    ended = status in (ActionStatus.DONE, ActionStatus.DROPPED)
    about: dict[str, Any] = {"done_at": goal.plan.created_at, "done_by": by, "result": "Gedaan."} if ended else {}
    action = Action(
        title=title, team=goal.plan.team, owner=by, goal=goal, status=status,
        **{"audience": Audience.PARTNERS, **about, **more},
    )  # fmt: skip
    action.lie_in(goal.plan.areas.all())
    return action
