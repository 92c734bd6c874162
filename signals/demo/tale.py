"""A signal with a past: what the models do live, told afterwards with dates of then.

Nothing here queues mail: nobody is told today what was done months ago.
"""

import datetime as dt
import random

from django.utils import timezone

from signals.contacts import Contact, Draft, draft
from signals.levels import Level
from signals.models import EventKind, Note, Share, Signal, Task
from signals.routing import Router
from signals.workflow import SignalStatus, TaskStatus, status_from_tasks
from teams.models import Team, User


class Tale:
    def __init__(self, contact: Contact, router: Router, reference: str, dice: random.Random) -> None:
        self.made: Draft = draft(contact, router, reference)
        self.signal: Signal = self.made.signal
        self.signal.invented = True
        self.dice, self.now, self.at = dice, timezone.now(), contact.received_at
        self.notes: list[Note] = []
        self.shares: list[Share] = []

    def later(self, hours: float) -> dt.datetime:
        """Time passes: up to so many hours, but never into the future."""
        left = self.now - self.at
        self.at += min(dt.timedelta(hours=self.dice.uniform(hours / 4, hours)), left * 0.8)
        return self.at

    def offer(self, team: Team, title: str, by: User, due_in: dt.timedelta | None = None) -> Task:
        task = Task(
            signal=self.signal, team=team, title=title, level=self.signal.level, offered_at=self.at, offered_by=by,
            due_at=self.signal.due_at if due_in is None else self.now + due_in,
        )  # fmt: skip
        self.made.tasks.append(task)
        self._note(EventKind.OFFERED, by, task)
        if team.organisation_id == self.signal.owner_id:
            self.accept(task, None)
        return task

    def accept(self, task: Task, by: User | None) -> None:
        task.status, task.accepted_at, task.accepted_by = TaskStatus.ACCEPTED, self.at, by
        self._note(EventKind.ACCEPTED, by, task)

    def give_back(self, task: Task, by: User | None, reason: str) -> None:
        self._end(task, TaskStatus.RETURNED, EventKind.RETURNED, by, reason)
        self.signal.surface("returned", self.at)

    def complete(self, task: Task, by: User | None, outcome: str) -> None:
        if task.status == TaskStatus.OFFERED:
            self.accept(task, by)
        self._end(task, TaskStatus.DONE, EventKind.COMPLETED, by, outcome)

    def add_note(self, by: User, text: str) -> None:
        sealed = self.signal.level == Level.SEALED
        self.notes.append(
            Note(
                signal=self.signal, text=text, by=by, at=self.at, level=self.signal.level, organisation=by.organisation,
                team=self.signal.team if sealed else None,
            )
        )  # fmt: skip

    def share(self, by: User, team: Team, text: str, *, legal_ground: str, purpose: str, days: int) -> None:
        self.shares.append(
            Share(
                signal=self.signal, team=team, text=text, legal_ground=legal_ground, purpose=purpose, by=by, at=self.at,
                expires_at=self.now + dt.timedelta(days=days),
            )
        )  # fmt: skip
        self.made.note(EventKind.SHARED, self.at, by, team=team.name)
        self.made.events[-1].level = max(self.signal.level, Level.LIMITED)

    def finish_tasks(self, outcome: str) -> None:
        for task in self.made.tasks:
            if task.is_live:
                self.complete(task, None, outcome)

    def close(self, by: User | None, outcome: str) -> None:
        self.finish_tasks(outcome)
        self.signal.status, self.signal.outcome = SignalStatus.CLOSED, outcome
        self.signal.closed_at, self.signal.closed_by = self.at, by
        self.made.note(EventKind.CLOSED, self.at, by, outcome=outcome)

    def settle(self) -> None:
        """The signal follows its tasks, by the rule that always holds; routine shared with others surfaces."""
        tasks, signal = self.made.tasks, self.signal
        signal.working_team_ids = sorted({task.team.pk for task in tasks if task.counts})
        if signal.is_open:
            statuses = [TaskStatus(task.status) for task in tasks]
            status = status_from_tasks(statuses, routine=signal.routine)
            signal.status = SignalStatus.RESOLVED if status == SignalStatus.CLOSED else status
        if signal.routine and len(tasks) > 1:
            signal.surface("shared", tasks[1].offered_at)

    def _end(self, task: Task, status: TaskStatus, kind: EventKind, by: User | None, outcome: str) -> None:
        task.status, task.ended_at, task.ended_by, task.outcome = status, self.at, by, outcome
        self._note(kind, by, task, outcome=outcome)

    def _note(self, kind: EventKind, by: User | None, task: Task, **data: object) -> None:
        self.made.note(kind, self.at, by, task, team=task.team.name, title=task.title, **data)
