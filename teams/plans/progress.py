"""How far a goal is: counted from the actions that hang on it and on what stands below it."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from kortrijk_gebied.charts import Bar, BarChart
from teams.models.action_words import OPEN, ActionStatus, Dimension
from teams.models.audience import Audience
from teams.models.inventory import Action

if TYPE_CHECKING:
    from teams.access import Access
    from teams.plans.freezing import Frozen, Node


@dataclass(frozen=True)
class Progress:
    """Of the actions that were not dropped."""

    total: int = 0
    done: int = 0
    overdue: int = 0

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(self.total + other.total, self.done + other.done, self.overdue + other.overdue)


def counts(actions: "QuerySet[Action]", goals: Iterable[str]) -> dict[uuid.UUID, Progress]:
    """What hangs on each goal itself, in one query."""
    rows = (
        actions.filter(goal__in=list(goals))
        .exclude(status=ActionStatus.DROPPED)
        .order_by()
        .values_list("goal")
        .annotate(
            total=Count("pk"),
            done=Count("pk", filter=Q(status=ActionStatus.DONE)),
            overdue=Count("pk", filter=Q(status__in=OPEN, due_on__lt=timezone.localdate())),
        )
    )
    return {goal: Progress(total, done, overdue) for goal, total, done, overdue in rows if goal}


def roll_up(nodes: "Iterable[Node]", own: Mapping[uuid.UUID, Progress]) -> Progress:
    """Write on each node what is below it, itself included; returns that of all together."""
    together = Progress()
    for node in nodes:
        node.progress = own.get(uuid.UUID(node.key), Progress()) + roll_up(node.below, own)
        together += node.progress
    return together


def for_viewer(plan: "Frozen", viewer: "Access") -> Progress:
    """Counts only what the viewer may read."""
    return roll_up(plan.tops, counts(Action.objects.readable(viewer), (node.key for node in plan.nodes)))


def for_everybody(plan: "Frozen") -> Progress:
    """For who reads the published plan: numbers of what is meant for others than the own house, and the titles of what
    is meant for everybody."""
    heard = Action.objects.filter(audience__in=[Audience.PARTNERS, Audience.PUBLIC])
    nodes = {node.key: node for node in plan.nodes}
    titled = heard.filter(audience=Audience.PUBLIC, goal__in=list(nodes)).exclude(status=ActionStatus.DROPPED)
    for goal, title in titled.order_by("due_on", "pk").values_list("goal", "title"):
        nodes[str(goal)].titles.append(title)
    return roll_up(plan.tops, counts(heard, nodes))


def balance(plan: "Frozen", title: Any, description: Any, heading: Any) -> BarChart | None:
    """How many goals below each top of the tree are of each dimension; of points without anything below them all
    together, for one each says nothing. None when no goal says which it is."""
    groups = [(top.data["title"], list(top.walk())) for top in plan.tops]
    if not any(top.below for top in plan.tops):
        groups = [(plan.data["title"], plan.tops)]
    bars = []
    for name, nodes in groups:
        found = [node.data["dimension"] for node in nodes if node.data["dimension"]]
        if found:
            bars.append(Bar(name, [found.count(dimension) for dimension in Dimension.values]))
    if not bars:
        return None
    return BarChart(title, description, [str(label) for label in Dimension.labels], bars, heading)
