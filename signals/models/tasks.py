"""A task: a piece of work offered to one team, which accepts or returns it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

import pghistory
import pgtrigger
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import WorkingCalendar
from signals.levels import Level
from signals.models.base import Secret, history, level_known, never_below_its_signal
from signals.models.events import EventKind
from signals.models.signals import Signal
from signals.visibility import may_read
from signals.workflow import COUNTING_TASK, LIVE_TASK, STARTED_TASK, TASK_TRANSITIONS, TaskStatus
from teams.access import Access
from teams.models import Post, Team, User


def _told() -> models.Exists:
    """Whether a sentence is shared with the team of the task."""
    from signals.models.shares import Share

    shares = Share.objects.current().filter(signal=models.OuterRef("signal_id"), team=models.OuterRef("team_id"))
    return models.Exists(shares)


class TaskQuerySet(models.QuerySet["Task"]):
    def readable(self, viewer: Access) -> Self:
        """Those of the viewer's own teams, and those on signals the viewer may read, as far as their level lets.

        Of sealed matter they reach a team that does not keep it as long as a sentence is shared with it.
        """
        own = models.Q(team_id__in=viewer.team_ids) & (models.Q(signal__level__lt=Level.SEALED) | _told())
        on_readable = models.Q(signal__in=Signal.objects.filter(may_read(viewer)))
        level = (
            models.Q(level=Level.OPEN)
            | models.Q(level=Level.LIMITED, team__organisation_id=viewer.organisation_id)
            | models.Q(level=Level.LIMITED, signal__owner_id=viewer.organisation_id)
            | models.Q(level=Level.SEALED, signal__team_id__in=viewer.sealed_team_ids)
        )
        return self.filter(own | on_readable & level)

    def live(self) -> Self:
        return self.filter(status__in=LIVE_TASK)

    def unseen(self) -> Self:
        """Live tasks that their team may no longer see: of sealed matter it neither keeps nor is told of."""
        return self.live().filter(~_told(), signal__level=Level.SEALED).exclude(team=models.F("signal__team"))

    def ended_with_its_signal(self) -> Self:
        """Somebody was asked, or at it, when the signal ended and took it along."""
        return self.filter(status=TaskStatus.WITHDRAWN, ended_at=models.F("signal__closed_at"))

    def waiting_for_an_answer(self) -> Self:
        return self.filter(status=TaskStatus.OFFERED)


def post_of_its_team() -> pgtrigger.Trigger:
    """A task for a post goes to the team of that post, whoever writes the row."""
    return pgtrigger.Trigger(
        name="post_of_its_team",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("post_id", "team_id"),  # type: ignore[no-untyped-call]
        condition=pgtrigger.Q(new__post__isnull=False),
        func="""
            IF NOT EXISTS (SELECT FROM teams_post WHERE id = NEW.post_id AND team_id = NEW.team_id) THEN
                RAISE EXCEPTION 'the post is not of the team of the task' USING ERRCODE = '23000';
            END IF;
            RETURN NEW;
        """,
    )


@pghistory.track(*history(), model_name="TaskChange")
class Task(Secret):
    signal = models.ForeignKey(Signal, models.CASCADE, related_name="tasks")
    team = models.ForeignKey(Team, models.PROTECT, related_name="tasks", verbose_name=_("team"))
    # Whoever holds it that day: somebody's absence leaves no task without an owner.
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("for the post")
    )
    title = models.CharField(_("what is asked"), max_length=200)
    status = models.CharField(_("status"), max_length=12, choices=TaskStatus, default=TaskStatus.OFFERED)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    offered_at = models.DateTimeField(default=timezone.now)
    offered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.TextField(_("outcome"), blank=True, max_length=2000)  # or the reason of a return

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["offered_at", "pk"]
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        triggers = [never_below_its_signal(), post_of_its_team()]
        constraints = [
            level_known("task"),
            models.CheckConstraint(condition=models.Q(status__in=TaskStatus.values), name="task_status_known"),
            models.CheckConstraint(condition=~models.Q(title=""), name="task_says_what_is_asked"),
            models.CheckConstraint(
                condition=models.Q(status__in=LIVE_TASK, ended_at__isnull=True, ended_by__isnull=True)
                | ~models.Q(status__in=LIVE_TASK) & models.Q(ended_at__isnull=False),
                name="task_ended_at_when_ended",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=False)
                | ~models.Q(status__in=STARTED_TASK | {TaskStatus.DONE}) & models.Q(accepted_by__isnull=True),
                name="task_accepted_at_when_accepted",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[TaskStatus.RETURNED, TaskStatus.DONE]) | ~models.Q(outcome=""),
                name="task_ends_with_words",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "due_at"], name="task_live", condition=models.Q(status__in=LIVE_TASK)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def counts(self) -> bool:
        return self.status in COUNTING_TASK

    @property
    def is_live(self) -> bool:
        return self.status in LIVE_TASK

    def accept(self, *, by: User) -> None:
        with self._transition("accept"):
            self.start(by=by)
            self.signal.follow_tasks(by=by)

    def begin(self, *, by: User) -> None:
        """Somebody is at it now: who offered it sees that it moves."""
        with self._transition("begin"):
            self.status = TaskStatus.IN_PROGRESS
            self.save(update_fields=["status"])
            self._record(EventKind.BEGUN, by=by)
            self.signal.follow_tasks(by=by)

    def give_back(self, *, by: User, reason: str) -> None:
        """Return it to who divides, with the reason. Returned twice in this round, the coordinators of both decide."""
        from signals.offers import tell_that_it_was_returned_twice

        with self._transition("give_back"):
            reason = _words(reason, _g("Say why the task goes back."))
            self.end(TaskStatus.RETURNED, by=by, outcome=reason)
            again = self.signal.tasks.filter(status=TaskStatus.RETURNED, title__iexact=self.title)
            if self.signal.reopened_at:
                again = again.filter(ended_at__gt=self.signal.reopened_at)
            returned = again.count()
            self.signal.surface("returned")
            if returned >= 2:
                self.signal.record(EventKind.RETURNED_TWICE, by=None, count=returned)
                tell_that_it_was_returned_twice(self)
            self.signal.follow_tasks(by=by)

    def complete(self, *, by: User, outcome: str) -> None:
        with self._transition("complete"):
            outcome = _words(outcome, _g("Say in a sentence what was done."))
            self.end(TaskStatus.DONE, by=by, outcome=outcome)
            # Words more secret than the signal do not become how the signal ended.
            self.signal.follow_tasks(by=by, outcome=outcome if self.level <= self.signal.level else "")

    def withdraw(self, *, by: User) -> None:
        with self._transition("withdraw"):
            self.end(TaskStatus.WITHDRAWN, by=by)
            self.signal.follow_tasks(by=by)

    # The two steps below run under the lock of the signal.

    def start(self, *, by: User | None) -> None:
        self.status, self.accepted_by, self.accepted_at = TaskStatus.ACCEPTED, by, timezone.now()
        self.save(update_fields=["status", "accepted_by", "accepted_at"])
        self._record(EventKind.ACCEPTED, by=by)

    def end(
        self, status: TaskStatus, *, by: User | None, outcome: str = "", at: dt.datetime | None = None, **why: str
    ) -> None:
        from signals.offers import call_back

        self.status, self.ended_by, self.ended_at, self.outcome = status, by, at or timezone.now(), outcome
        self.save(update_fields=["status", "ended_by", "ended_at", "outcome"])
        kinds = {
            TaskStatus.RETURNED: EventKind.RETURNED,
            TaskStatus.DONE: EventKind.COMPLETED,
            TaskStatus.WITHDRAWN: EventKind.WITHDRAWN,
        }
        self._record(kinds[status], by=by, outcome=outcome, **why)
        if status == TaskStatus.WITHDRAWN:
            call_back(self)

    def take_up_again(self) -> None:
        """Undo its withdrawal: it is as it was, down to whether somebody was at it."""
        from signals.offers import call_again

        begun = self.signal.events.filter(task=self, kind=EventKind.BEGUN).exists()
        started = TaskStatus.IN_PROGRESS if begun else TaskStatus.ACCEPTED
        self.status = started if self.accepted_at else TaskStatus.OFFERED
        self.ended_at = self.ended_by = None
        self.save(update_fields=["status", "ended_at", "ended_by"])
        if self.status == TaskStatus.OFFERED:
            call_again(self)

    def stood_still(self, calendar: WorkingCalendar, *, since: dt.datetime, until: dt.datetime) -> None:
        """Its term moves with that of its signal, by the working time of who does it."""
        if self.due_at:
            self.due_at = calendar.resumed(self.due_at, paused_at=max(since, self.offered_at), resumed_at=until)
            self.save(update_fields=["due_at"])

    def _record(self, kind: str, *, by: User | None, **data: Any) -> None:
        self.signal.record(kind, by=by, task=self, level=self.level, team=self.team.name, title=self.title, **data)

    @contextmanager
    def _transition(self, action: str) -> Iterator[None]:
        """Lock signal, then task (always in that order), and check that the action may follow."""
        with transaction.atomic():
            signal = Signal.objects.select_for_update(of=("self",)).get(pk=self.signal_id)
            self.refresh_from_db(from_queryset=Task.objects.select_for_update(of=("self",)))
            self.signal = signal
            if self.status not in TASK_TRANSITIONS[action]:
                raise Refused(
                    _g("This task is already %(status)s. Reload the page to see it as it is now.")
                    % {"status": self.get_status_display()}
                )
            yield


def _words(text: str, refusal: str) -> str:
    text = text.strip()
    if not text:
        raise Refused(refusal)
    return text
