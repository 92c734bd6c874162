"""What happens to a signal: offered, closed, reopened, left waiting; and how it follows its tasks.

Its columns are in matter.py, the lock and the course in held.py, who may know what in told.py.
"""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pghistory
from django.utils import timezone
from django.utils.translation import gettext as _g

from kortrijk_gebied.refusals import Refused
from signals.levels import Level
from signals.models.base import history
from signals.models.corrected import Corrected
from signals.models.events import EventKind
from signals.models.resting import WAITING_FIELDS
from signals.visibility import SignalQuerySet
from signals.workflow import (
    LIVE_TASK,
    SIGNAL_TRANSITIONS,
    SignalStatus,
    TaskStatus,
    status_from_tasks,
)
from teams.models import Post, Team, User

if TYPE_CHECKING:
    from signals.models.tasks import Task


@pghistory.track(*history(), model_name="SignalChange")
class Signal(Corrected):
    objects = SignalQuerySet.as_manager()

    class Meta(Corrected.Meta):
        abstract = False

    # --- what happens to it ----------------------------------------------------------------------

    def offer(
        self, *, team: Team, title: str, by: User, due_at: dt.datetime | None = None, level: int = Level.OPEN,
        post: Post | None = None,
    ) -> "Task":  # fmt: skip
        """Offer a piece of work to a team, or to a post in it. Within the owner's organisation it is accepted at
        once."""
        from signals.models.tasks import Task
        from signals.offers import tell_who_is_asked

        with self.locked("offer"):
            if team.organisation_id is None:
                raise Refused(_g("%(team)s executes no tasks: choose a team of one organisation.") % {"team": team})
            if post is not None and post.team_id != team.pk:
                raise Refused(_g("%(post)s is a post in another team.") % {"post": str(post).capitalize()})
            if not self.may_be_asked(team):
                raise Refused(
                    _g("This signal is sealed. Share a sentence with %(team)s first; then you can offer a task.")
                    % {"team": team}
                )
            if self.tasks.filter(team=team, status__in=LIVE_TASK, title=title).exists():
                raise Refused(_g("%(team)s was offered this task already.") % {"team": team})
            task = Task.objects.create(
                signal=self,
                team=team,
                post=post,
                title=title,
                level=level,
                due_at=due_at or self.due_of_an_offer(team),
                offered_by=by,
            )
            self.record(EventKind.OFFERED, by=by, task=task, level=task.level, team=team.name, title=title)
            if team.organisation_id == self.owner_id:
                task.start(by=by)
            elif self.routine:
                self.surface("shared")
            if task.status == TaskStatus.OFFERED:
                tell_who_is_asked(task)
            self.follow_tasks(by=by)
        return task

    def close(self, *, by: User | None, outcome: str, at: dt.datetime | None = None) -> None:
        """End the matter. Whoever raised it hears of it; tasks still running are withdrawn."""
        from signals.actions import tell_who_raised_it

        outcome = outcome.strip()
        with self.locked("close"):
            if not outcome:
                raise Refused(_g("Say in a sentence how it ended: the reporter reads it."))
            self.end_as(SignalStatus.CLOSED, by=by, outcome=outcome, at=at or timezone.now())
            self.record(EventKind.CLOSED, by=by, at=self.closed_at, outcome=outcome)
            tell_who_raised_it(signal=self, by=by)

    def cancel(self, *, by: User, reason: str) -> None:
        """End it without work: a mistake, or nothing there. Whoever raised it hears the reason."""
        from signals.actions import tell_who_raised_it
        from signals.receipts import take_back_receipts

        reason = reason.strip()
        with self.locked("cancel"):
            if not reason:
                raise Refused(_g("Say why this signal is cancelled."))
            self.end_as(SignalStatus.CANCELLED, by=by, outcome=reason, at=timezone.now())
            self.record(EventKind.CANCELLED, by=by, reason=reason)
            take_back_receipts(self)
            tell_who_raised_it(signal=self, by=by)

    def reopen(self, *, by: User | None, reason: str) -> None:
        """It was not over. What had been told is not taken back, only mail that has not left yet.

        It is nobody's until somebody takes it up; whoever did the work before is asked first.
        """
        from signals.actions import ask_again, withdraw_what_was_told

        reason = reason.strip()
        with self.locked("reopen"):
            if not reason:
                raise Refused(_g("Say why this signal is reopened."))
            withdraw_what_was_told(signal=self)
            self.record(EventKind.REOPENED, by=by, reason=reason)  # whom the end concerned, hears that it was not
            before, self.reopened_at = self.reopened_at, timezone.now()
            self.due_at = self.due_of_an_offer(self.team)
            self._open_again()
            self.surface("reopened")
            ask_again(signal=self, by=by, since=before)

    def lift(self, *, by: User) -> None:
        """Bring routine into the area inbox by hand."""
        with self.locked("lift"):
            if self.surfaced_at is None:
                self.surface("lifted")
                self.record(EventKind.LIFTED, by=by)

    # --- what keeps it consistent ------------------------------------------------------------------

    def end_as(self, status: SignalStatus, *, by: User | None, outcome: str, at: dt.datetime) -> None:
        """End it, with everything that still runs on it or waits, all at one moment: by that an undo
        (signals/undoing.py) knows it again. The row is written once, so its history holds it as it was before."""
        from signals.handing import withdraw_pending

        withdraw_pending(signal=self, by=by, at=at)
        self._withdraw_tasks(by=by, at=at)
        self.forget_waiting()
        self.status, self.outcome, self.closed_by, self.closed_at = status, outcome, by, at
        self.save(update_fields=["status", "outcome", "closed_by", "closed_at", "due_at", *WAITING_FIELDS])
        self.note_working_teams()

    def stop_work(self, *, by: User | None) -> None:
        """Nobody of ours works on it any longer, nor waits. The caller holds the lock."""
        self.break_off_waiting(by=by)
        self._withdraw_tasks(by=by, at=timezone.now())
        self.note_working_teams()

    def _withdraw_tasks(self, *, by: User | None, at: dt.datetime) -> None:
        for task in self.tasks.live():
            task.end(TaskStatus.WITHDRAWN, by=by, at=at)

    def come_back(self, *, by: User | None) -> None:
        """It was referred outside, and is ours after all. The caller holds the lock."""
        if self.status in SIGNAL_TRANSITIONS["take_back"]:
            self.status = SignalStatus.TO_DIVIDE
            self.surface("declined")
            self.follow_tasks(by=by)

    def _open_again(self) -> None:
        self.status, self.closed_at, self.closed_by, self.outcome = SignalStatus.REOPENED, None, None, ""
        self.save(update_fields=["status", "outcome", "closed_by", "closed_at", "reopened_at", "due_at"])

    def note_working_teams(self, tasks: Iterable["Task"] | None = None) -> None:
        rows = self.tasks.all() if tasks is None else tasks
        self.working_team_ids = sorted({task.team_id for task in rows if task.counts})
        self.save(update_fields=["working_team_ids"])

    def follow_tasks(self, *, by: User | None, outcome: str = "") -> None:
        """Apply the one rule by which a signal follows its tasks. The caller holds the lock."""
        tasks = list(self.tasks.all())
        self.note_working_teams(tasks)
        round_began = self.reopened_at
        now = [TaskStatus(t.status) for t in tasks if not (round_began and t.ended_at and t.ended_at <= round_began)]
        status = status_from_tasks(now, routine=self.routine, held=SignalStatus(self.status))
        if status != self.status:
            self.break_off_waiting(by=by)
        if status == SignalStatus.CLOSED and outcome:
            self.close(by=by, outcome=outcome)
            return
        # Nobody just said how it ended: what is left was done, the rest returned or withdrawn.
        self.status = SignalStatus.RESOLVED if status == SignalStatus.CLOSED else status
        self.save(update_fields=["status"])
