"""A plan as plain data: what is kept when it is published, and what every page and document is drawn from."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from django.utils import timezone

from teams.models.action_words import Dimension
from teams.models.goals import HEADINGS, Goal, GoalKind
from teams.models.plans import Plan, PlanKind, PlanPhase
from teams.plans.progress import Progress


@dataclass
class Node:
    """One goal where it stands in the tree, with what hangs on it and below it."""

    number: str
    data: Mapping[str, Any]
    below: list["Node"] = field(default_factory=list)
    progress: Progress = field(default_factory=Progress)
    titles: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.data["id"])

    @property
    def depth(self) -> int:
        return self.number.count(".") + 1

    @property
    def kind(self) -> str:
        return str(GoalKind(self.data["kind"]).label)

    @property
    def dimension(self) -> str:
        return str(Dimension(self.data["dimension"]).label) if self.data["dimension"] else ""

    @property
    def is_heading(self) -> bool:
        return self.data["kind"] in HEADINGS

    @property
    def is_unowned(self) -> bool:
        """Nobody does it: it has no service, and no goals below it that might have one."""
        below = [node for node in self.walk() if node is not self and not node.is_heading]
        return not below and not self.is_heading and not self.data["owner"]

    @property
    def adopted_on(self) -> dt.date | None:
        return _day(self.data["adopted_on"])

    @property
    def evaluated_on(self) -> dt.date | None:
        return _day(self.data["evaluated_on"])

    def walk(self) -> Iterator["Node"]:
        yield self
        for node in self.below:
            yield from node.walk()


@dataclass
class Frozen:
    """A plan as it was, or is, written."""

    data: Mapping[str, Any]
    tops: list[Node]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        below: dict[str | None, list[Any]] = defaultdict(list)
        for goal in data["goals"]:
            below[goal["parent"]].append(goal)

        def nodes(parent: str | None, above: str) -> list[Node]:
            return [
                Node(number := f"{above}{place}", goal, nodes(goal["id"], f"{number}."))
                for place, goal in enumerate(below[parent], start=1)
            ]

        return cls(data, nodes(None, ""))

    @property
    def kind(self) -> str:
        return str(PlanKind(self.data["kind"]).label)

    @property
    def phase(self) -> str:
        return str(PlanPhase(self.data["phase"]).label) if self.data["phase"] else ""

    @property
    def starts(self) -> dt.date:
        return dt.date.fromisoformat(self.data["starts"])

    @property
    def ends(self) -> dt.date | None:
        return _day(self.data["ends"])

    @property
    def nodes(self) -> list[Node]:
        return [node for top in self.tops for node in top.walk()]


def contents(plan: Plan) -> dict[str, Any]:
    """All that a plan says, in four queries however large it is."""
    goals = plan.goals.select_related("owner_team").prefetch_related("phenomena").order_by("position", "pk")
    today = timezone.localdate()
    last = min(today, plan.ends or today)
    return {
        "title": plan.title,
        "kind": plan.kind,
        "foreword": plan.foreword,
        "team": plan.team.name,
        "keeper": plan.keeper,
        "starts": plan.starts.isoformat(),
        "ends": plan.ends.isoformat() if plan.ends else None,
        "phase": plan.phase,
        "cycle": plan.cycle,
        "areas": list(plan.areas.order_by("set", "position", "pk").values_list("name", flat=True)),
        "goals": [_goal(goal, last) for goal in goals],
    }


def _goal(goal: Goal, last: dt.date) -> dict[str, Any]:
    """A service that stopped while the plan goes on does nothing more: on `last` somebody else has to."""
    service = goal.owner_team
    return {
        "id": str(goal.pk),
        "parent": str(goal.parent_id) if goal.parent_id else None,
        **{name: getattr(goal, name) for name in ("kind", "title", "why", "what", "how", "dimension", "evaluation")},
        "owner": service.name if service and (service.ends is None or service.ends >= last) else "",
        "phenomena": [phenomenon.name for phenomenon in goal.phenomena.all()],
        "evaluated_on": goal.evaluated_on.isoformat() if goal.evaluated_on else None,
        "adopted_on": timezone.localdate(goal.adopted_at).isoformat() if goal.adopted_at else None,
    }


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
