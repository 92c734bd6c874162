"""The tasks of one's own teams: offered, running, late. What they hang on is named only where it may be read."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from kortrijk_gebied.audit.models import Look, record
from signals.levels import Level
from signals.models import EventKind, Signal, SignalEvent, Task
from signals.models.tasks import TaskQuerySet
from signals.workflow import STARTED_TASK, TaskStatus
from teams.access import Access
from teams.models import Function, Post, PostHolder, User

CORRECTED = (EventKind.NEW_SUBJECT, EventKind.NEW_PLACE)


@dataclass(frozen=True)
class Item:
    """`signal` is None when only the task itself was given to the viewer's team, not the matter."""

    task: Task
    signal: Signal | None
    may_work: bool
    is_corrected: bool = False  # since they were asked it turned out to be about something else, or elsewhere

    @property
    def is_late(self) -> bool:
        return self.task.due_at is not None and self.task.due_at < timezone.now()


def _held() -> QuerySet[PostHolder]:
    """Who holds the post of a task today."""
    return PostHolder.objects.valid_on(timezone.localdate()).filter(post=OuterRef("post"))


def own_tasks(viewer: Access) -> TaskQuerySet:
    """Live tasks of the teams one is a member of, the most urgent first. What is for a post is for its holder;
    of a post that nobody holds today it is for the whole team again."""
    mine = Q(post__isnull=True) | Exists(_held().filter(user=viewer.user_id)) | ~Exists(_held())
    live = Task.objects.readable(viewer).live().filter(mine, team_id__in=viewer.team_ids)
    return live.order_by(F("due_at").asc(nulls_last=True), "offered_at", "pk")


def without_holder(viewer: Access) -> TaskQuerySet:
    """For who coordinates: live tasks for a post that nobody holds today, in teams one works for but is not in."""
    if not viewer.holds(Function.COORDINATOR):
        return Task.objects.none()
    teams = viewer.teams("work") - viewer.team_ids
    live = Task.objects.readable(viewer).live().filter(~Exists(_held()), post__isnull=False, team_id__in=teams)
    return live.order_by(F("due_at").asc(nulls_last=True), "offered_at", "pk")


def offered(viewer: Access) -> TaskQuerySet:
    return own_tasks(viewer).filter(status=TaskStatus.OFFERED)


def running(viewer: Access) -> TaskQuerySet:
    return own_tasks(viewer).filter(status__in=STARTED_TASK)


def due_before(tasks: TaskQuerySet, moment: dt.datetime) -> TaskQuerySet:
    return tasks.filter(due_at__lt=moment)


def items_of(tasks: TaskQuerySet, viewer: Access, most: int) -> list[Item]:
    """The first tasks as a list to show, in one query."""
    readable = Signal.objects.readable(viewer).filter(pk=OuterRef("signal_id"))
    posts = Prefetch("post", Post.objects.with_holders(timezone.localdate()))
    corrected = SignalEvent.objects.filter(
        signal=OuterRef("signal_id"), kind__in=CORRECTED, at__gt=OuterRef("offered_at")
    )
    rows = (
        tasks.annotate(signal_is_readable=Exists(readable), is_corrected=Exists(corrected))
        .select_related("team__organisation", "signal__category", "signal__area")
        .defer("signal__area__boundary")
        .prefetch_related(posts)[:most]
    )
    return [_item(task, viewer) for task in rows]


def _item(task: Any, viewer: Access) -> Item:
    """Of what may not be read, not even that it was corrected."""
    signal = task.signal if task.signal_is_readable else None
    return Item(task, signal, task.team_id in viewer.teams("work"), signal is not None and task.is_corrected)


def shown(items: Iterable[Item], *, by: User, surface: str, once_since: dt.datetime | None = None) -> list[Item]:
    """Log the secret ones among tasks that are about to be shown."""
    items = list(items)
    looks = []
    for item in items:
        level = max(item.task.level, item.signal.level if item.signal else Level.OPEN)
        if level > Level.OPEN:
            signal = item.task.signal
            looks.append(Look(signal.owner_id, "task", item.task.pk, signal.reference, level))
    if looks:
        record(looks, reader_id=by.pk, reader_name=by.name, organisation_id=by.organisation_id, surface=surface,
               once_since=once_since)  # fmt: skip
    return items
