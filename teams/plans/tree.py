"""Changing the tree of a plan: each change holds the plan, so that two at once cannot make a circle."""

import uuid
from collections.abc import Iterable, Mapping

from django.db.models import Max
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from teams.models.goals import MOST_DEEP, Goal
from teams.models.plans import Plan

type Parents = Mapping[uuid.UUID, uuid.UUID | None]


def hang(goal: Goal, *, below: Goal | None) -> None:
    """Give a goal its place: last below another. Inside a transaction; the caller saves it."""
    goal.plan.locked()
    _may_hang(goal, below)
    if goal._state.adding or goal.position == 0 or _moves(goal, below):
        last = Goal.objects.filter(plan=goal.plan, parent=below).aggregate(last=Max("position"))["last"]
        goal.position = (last or 0) + 1
    goal.parent = below


def _moves(goal: Goal, below: Goal | None) -> bool:
    kept = Goal.objects.filter(pk=goal.pk).values_list("parent", flat=True).first()
    return kept != (below.pk if below else None)


def _may_hang(goal: Goal, below: Goal | None) -> None:
    if below is None:
        return
    if below.plan_id != goal.plan_id:
        raise Refused(_("A goal stays in its own plan. Make it anew in the other one."))
    parents = dict(Goal.objects.filter(plan=goal.plan_id).values_list("pk", "parent_id"))
    line = list(_up(below.pk, parents))
    if goal.pk in line:
        raise Refused(_("A goal cannot stand below itself or below what stands below it."))
    deepest = max((len(list(_up(pk, parents, goal.pk))) for pk in subtree(goal.pk, parents)), default=1)
    if len(line) + deepest > MOST_DEEP:
        raise Refused(_("The tree of a plan is five levels deep at most. Choose a place higher up."))


def _up(pk: uuid.UUID, parents: Parents, top: uuid.UUID | None = None) -> Iterable[uuid.UUID]:
    step: uuid.UUID | None = pk
    while step is not None:
        yield step
        step = None if step == top else parents.get(step)


def subtree(pk: uuid.UUID, parents: Parents) -> list[uuid.UUID]:
    """A goal and all below it."""
    return [each for each in parents if pk in _up(each, parents)]


def shift(goal: Goal, *, up: bool) -> bool:
    """Change places with the goal before or after it; False when there is none."""
    with goal.locked():
        beside = list(Goal.objects.filter(plan=goal.plan, parent=goal.parent_id).order_by("position", "pk"))
        here = next(place for place, each in enumerate(beside) if each.pk == goal.pk)
        there = here - 1 if up else here + 1
        if not 0 <= there < len(beside):
            return False
        beside[here], beside[there] = beside[there], beside[here]
        for position, each in enumerate(beside, start=1):
            each.position = position
        Goal.objects.bulk_update(beside, ["position"])
        return True


def outline(plan: Plan) -> list[tuple[Goal, str, int]]:
    """Every goal with its number and depth, from top to bottom, in one query."""
    below: dict[uuid.UUID | None, list[Goal]] = {}
    for goal in plan.goals.order_by("position", "pk"):
        below.setdefault(goal.parent_id, []).append(goal)

    def lines(parent: uuid.UUID | None, above: str, depth: int) -> Iterable[tuple[Goal, str, int]]:
        for place, goal in enumerate(below.get(parent, []), start=1):
            yield goal, f"{above}{place}", depth
            yield from lines(goal.pk, f"{above}{place}.", depth + 1)

    return list(lines(None, "", 1))
