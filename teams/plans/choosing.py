"""To which goal of which plan something may be hung."""

from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.models.goals import HEADINGS, Goal
from teams.models.plans import Plan

if TYPE_CHECKING:
    from teams.access import Access


def goals_for(viewer: "Access", kept: UUID | None = None) -> "QuerySet[Goal]":
    """Goals of the plans that run and that a viewer may read, and of those the one that is kept."""
    plans = Plan.objects.readable(viewer)
    running = Q(plan__in=plans.valid_on(timezone.localdate())) & ~Q(kind__in=HEADINGS)
    rows = Goal.objects.filter(running | Q(pk=kept, plan__in=plans)).select_related("plan")
    return rows.order_by("plan__title", "plan", "parent__position", "position", "pk")


def by_plan(goals: "QuerySet[Goal]") -> list[Any]:
    """As the choices of a field: a group for each plan."""
    grouped = groupby(goals, key=lambda goal: goal.plan)
    return [("", _("no goal")), *[(plan.title, [(goal.pk, goal.title) for goal in some]) for plan, some in grouped]]


def shown_goal(goal_id: UUID | None, viewer: "Access") -> Goal | None:
    """The goal something hangs on, for who may read its plan."""
    if goal_id is None:
        return None
    rows = Goal.objects.filter(pk=goal_id, plan__in=Plan.objects.readable(viewer))
    return rows.select_related("plan").first()
