"""The tasks of one's own teams: offered, running, late. What they hang on is named only where it may be read."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from kortrijk_gebied.audit.models import Look, record
from signals.levels import Level
from signals.models import Signal, Task
from signals.models.tasks import TaskQuerySet
from signals.workflow import TaskStatus
from teams.access import Access
from teams.models import User


@dataclass(frozen=True)
class Item:
    """`signal` is None when only the task itself was given to the viewer's team, not the matter."""

    task: Task
    signal: Signal | None
    may_work: bool

    @property
    def is_late(self) -> bool:
        return self.task.due_at is not None and self.task.due_at < timezone.now()


def own_tasks(viewer: Access) -> TaskQuerySet:
    """Live tasks of the teams one is a member of, the most urgent first."""
    live = Task.objects.readable(viewer).live().filter(team_id__in=viewer.team_ids)
    return live.order_by(F("due_at").asc(nulls_last=True), "offered_at")


def offered(viewer: Access) -> TaskQuerySet:
    return own_tasks(viewer).filter(status=TaskStatus.OFFERED)


def running(viewer: Access) -> TaskQuerySet:
    return own_tasks(viewer).filter(status=TaskStatus.ACCEPTED)


def due_before(tasks: TaskQuerySet, moment: dt.datetime) -> TaskQuerySet:
    return tasks.filter(due_at__lt=moment)


def items_of(tasks: TaskQuerySet, viewer: Access, most: int) -> list[Item]:
    """The first tasks as a list to show, in one query."""
    readable = Signal.objects.readable(viewer).filter(pk=OuterRef("signal_id"))
    rows = tasks.annotate(signal_is_readable=Exists(readable)).select_related(
        "team__organisation", "signal__category", "signal__area"
    )[:most]
    return [
        Item(
            task,
            task.signal if getattr(task, "signal_is_readable", False) else None,
            task.team_id in viewer.teams("work"),
        )
        for task in rows
    ]


def shown(items: Iterable[Item], *, by: User, surface: str) -> list[Item]:
    """Log the secret ones among tasks that are about to be shown."""
    items = list(items)
    looks = []
    for item in items:
        level = max(item.task.level, item.signal.level if item.signal else Level.OPEN)
        if level > Level.OPEN:
            signal = item.task.signal
            looks.append(Look(signal.owner_id, "task", item.task.pk, signal.reference, level))
    if looks:
        record(looks, reader_id=by.pk, reader_name=by.name, organisation_id=by.organisation_id, surface=surface)
    return items
