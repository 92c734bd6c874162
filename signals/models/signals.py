"""What happens to a signal: offered, shared, made more secret, closed, reopened. Its columns: matter.py."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _g

from kortrijk_gebied.refusals import Refused
from signals.levels import Level
from signals.models.base import history
from signals.models.events import EventKind, SignalEvent, Unseen
from signals.models.matter import Matter
from signals.visibility import SignalQuerySet
from signals.workflow import (
    LIVE_TASK,
    SIGNAL_TRANSITIONS,
    SignalStatus,
    TaskStatus,
    status_from_tasks,
)
from teams.access import keeps_sealed_matter
from teams.models import Team, User

if TYPE_CHECKING:
    from signals.models.notes import Note
    from signals.models.shares import Share
    from signals.models.tasks import Task

# The same words by the same person within this time are a form sent twice.
SENT_TWICE = dt.timedelta(minutes=1)


@pghistory.track(*history(), model_name="SignalChange")
class Signal(Matter):
    objects = SignalQuerySet.as_manager()

    class Meta(Matter.Meta):
        abstract = False

    # --- what happens to it ----------------------------------------------------------------------

    def offer(
        self, *, team: Team, title: str, by: User, due_at: dt.datetime | None = None, level: int = Level.OPEN
    ) -> "Task":
        """Offer a piece of work to a team. Within the owner's organisation it is accepted at once."""
        from signals.models.tasks import Task

        with self._locked("offer"):
            if team.organisation_id is None:
                raise Refused(_g("%(team)s executes no tasks: choose a team of one organisation.") % {"team": team})
            if self.level == Level.SEALED and team.pk != self.team_id and not self._is_shared_with(team):
                raise Refused(
                    _g("This signal is sealed. Share a sentence with %(team)s first; then you can offer a task.")
                    % {"team": team}
                )
            if self.tasks.filter(team=team, status__in=LIVE_TASK, title=title).exists():
                raise Refused(_g("%(team)s was offered this task already.") % {"team": team})
            task = Task.objects.create(
                signal=self,
                team=team,
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
            self.follow_tasks(by=by)
        return task

    def close(self, *, by: User | None, outcome: str, at: dt.datetime | None = None) -> None:
        """End the matter. Whoever raised it hears of it; tasks still running are withdrawn."""
        from signals.actions import tell_who_raised_it

        outcome = outcome.strip()
        with self._locked("close"):
            if not outcome:
                raise Refused(_g("Say in a sentence how it ended: the reporter reads it."))
            self._end(SignalStatus.CLOSED, by=by, outcome=outcome, at=at or timezone.now())
            self.record(EventKind.CLOSED, by=by, at=self.closed_at, outcome=outcome)
            tell_who_raised_it(signal=self, by=by)

    def cancel(self, *, by: User, reason: str) -> None:
        """End it without work: a mistake, or nothing there. Whoever raised it hears the reason."""
        from signals.actions import tell_who_raised_it

        reason = reason.strip()
        with self._locked("cancel"):
            if not reason:
                raise Refused(_g("Say why this signal is cancelled."))
            self._end(SignalStatus.CANCELLED, by=by, outcome=reason, at=timezone.now())
            self.record(EventKind.CANCELLED, by=by, reason=reason)
            tell_who_raised_it(signal=self, by=by)

    def reopen(self, *, by: User, reason: str) -> None:
        """It was not over. What had been told is not taken back, only mail that has not left yet."""
        from signals.actions import withdraw_what_was_told

        reason = reason.strip()
        with self._locked("reopen"):
            if not reason:
                raise Refused(_g("Say why this signal is reopened."))
            withdraw_what_was_told(signal=self)
            self.closed_at, self.closed_by, self.outcome = None, None, ""
            self.status = SignalStatus.TO_DIVIDE
            self.save(update_fields=["status", "outcome", "closed_by", "closed_at"])
            self.surface("reopened")
            self.record(EventKind.REOPENED, by=by, reason=reason)

    def lift(self, *, by: User) -> None:
        """Bring routine into the area inbox by hand."""
        with self._locked("lift"):
            if self.surfaced_at is None:
                self.surface("lifted")
                self.record(EventKind.LIFTED, by=by)

    def surface(self, why: str, at: dt.datetime | None = None) -> None:
        """Show it in the area inbox from now on. The first reason stays."""
        if self.surfaced_at is None:
            self.surfaced_at, self.surfaced_why = at or timezone.now(), why
            if not self._state.adding:
                self.save(update_fields=["surfaced_at", "surfaced_why"])

    def raise_level(self, *, by: User, level: int) -> None:
        """Make it more secret, with everything that hangs on it. Lowering is a handover's matter."""
        from signals.actions import hush_what_was_told, take_along, withdraw_unseen_tasks

        with self._locked():
            if level <= self.level:
                raise Refused(_g("A signal can only become more secret."))
            if level == Level.SEALED and self.team_id is None:
                if self.owner.intake_team_id is None:
                    raise Refused(_g("Name the team that keeps this signal first."))
                self.team_id = self.owner.intake_team_id
            if level == Level.SEALED and self.team and not keeps_sealed_matter(self.team):
                raise Refused(
                    _g("Nobody in %(team)s may read sealed matter: then it would be lost.") % {"team": self.team}
                )
            self.level = level
            self.save(update_fields=["level", "team"])
            take_along(signal=self)
            hush_what_was_told(signal=self)
            self.record(EventKind.LEVEL_RAISED, by=by, to=str(Level(level).name.lower()))
            withdraw_unseen_tasks(signal=self, by=by, why=Unseen.SEALED)

    def share(
        self, *, by: User, team: Team, text: str, legal_ground: str, purpose: str, expires_at: dt.datetime
    ) -> "Share":
        """Give another team one sentence, written for it; never the original text."""
        from signals.models.shares import Share

        with self._locked():
            share = Share(
                signal=self, team=team, text=text.strip(), legal_ground=legal_ground.strip(),
                purpose=purpose.strip(), by=by, expires_at=expires_at,
            )  # fmt: skip
            share.full_clean()
            if team.organisation_id is None:
                raise Refused(_g("%(team)s is of several organisations: share with a team of one.") % {"team": team})
            # Sent twice it is one: ending it must end it.
            if twin := Share.objects.current().filter(signal=self, team=team, text=share.text).first():
                return twin
            share.save()
            self.record(EventKind.SHARED, by=by, level=max(self.level, Level.LIMITED), team=team.name)
            if self.routine:
                self.surface("shared")
        return share

    def add_note(self, *, by: User, text: str, level: int = Level.OPEN, team: Team | None = None) -> "Note":
        from signals.models.notes import Note

        text = text.strip()
        if not text:
            raise Refused(_g("An empty note says nothing."))
        with self._locked():
            note = Note(signal=self, by=by, text=text, level=max(level, self.level), organisation=by.organisation)
            note.team = team or (self.team if note.level == Level.SEALED else None)
            just_now = self.notes.filter(
                at__gt=note.at - SENT_TWICE, by=by, text=text, level=note.level, team=note.team
            )
            if twin := just_now.first():
                return twin
            note.save()
        return note

    # --- what keeps it consistent ------------------------------------------------------------------

    def _end(self, status: SignalStatus, *, by: User | None, outcome: str, at: dt.datetime) -> None:
        for task in self.tasks.live():
            task.end(TaskStatus.WITHDRAWN, by=by)
        self.status, self.outcome, self.closed_by, self.closed_at = status, outcome, by, at
        self._note_working_teams()
        self.save(update_fields=["status", "outcome", "closed_by", "closed_at", "working_team_ids"])

    @contextmanager
    def _locked(self, action: str | None = None) -> Iterator[None]:
        """Hold the row for the length of a transition, with its state as it is now, and check that it may."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=Signal.objects.select_for_update(of=("self",)))
            if action and self.status not in SIGNAL_TRANSITIONS[action]:
                raise Refused(
                    _g("This signal is already %(status)s. Reload the page to see it as it is now.")
                    % {"status": self.get_status_display()}
                )
            yield

    def _is_shared_with(self, team: Team) -> bool:
        from signals.models.shares import Share

        return Share.objects.current().filter(signal=self, team=team).exists()

    def _note_working_teams(self, tasks: Iterable["Task"] | None = None) -> None:
        rows = self.tasks.all() if tasks is None else tasks
        self.working_team_ids = sorted({task.team_id for task in rows if task.counts})

    def follow_tasks(self, *, by: User | None, outcome: str = "") -> None:
        """Apply the one rule by which a signal follows its tasks. The caller holds the lock."""
        tasks = list(self.tasks.all())
        self._note_working_teams(tasks)
        status = status_from_tasks([TaskStatus(task.status) for task in tasks], routine=self.routine)
        if status == SignalStatus.CLOSED and outcome:
            self.save(update_fields=["working_team_ids"])
            self.close(by=by, outcome=outcome)
            return
        # Nobody just said how it ended: what is left was done, the rest returned or withdrawn.
        self.status = SignalStatus.RESOLVED if status == SignalStatus.CLOSED else status
        self.save(update_fields=["status", "working_team_ids"])

    def record(
        self, kind: str, *, by: User | None, at: dt.datetime | None = None, level: int | None = None,
        task: "Task | None" = None, **data: Any,
    ) -> SignalEvent:  # fmt: skip
        """Write in the course of the signal what somebody did, and let partners whom it concerns hear of it."""
        from signals.webhooks.announce import announce

        event = SignalEvent.objects.create(
            signal=self, kind=kind, by=by, at=at or timezone.now(), task=task, data=data,
            level=self.level if level is None else max(level, self.level),
        )  # fmt: skip
        announce(event)
        return event
