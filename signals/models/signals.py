"""The signal: the matter itself, with place, category, owner and status."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.refusals import Refused
from signals.levels import Level
from signals.models.base import Secret, history, level_known
from signals.models.categories import Category
from signals.models.events import EventKind, SignalEvent
from signals.models.reports import Located, whole_point
from signals.visibility import SignalQuerySet
from signals.workflow import (
    ENDED,
    LIVE_TASK,
    OPEN,
    SIGNAL_TRANSITIONS,
    SignalStatus,
    TaskStatus,
    status_from_tasks,
)
from teams.access import keeps_sealed_matter
from teams.models import Organisation, Team, User

if TYPE_CHECKING:
    from signals.models.notes import Note
    from signals.models.shares import Share
    from signals.models.tasks import Task

# The same words by the same person within this time are a form sent twice.
SENT_TWICE = dt.timedelta(minutes=1)


@pghistory.track(*history(), model_name="SignalChange")
class Signal(Secret, Located):
    reference = models.CharField(_("reference"), max_length=12, unique=True, editable=False)
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="signals", verbose_name=_("category"), db_index=False
    )
    description = models.TextField(_("description"), max_length=5000)
    status = models.CharField(_("status"), max_length=12, choices=SignalStatus, default=SignalStatus.TO_DIVIDE)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="signals", verbose_name=_("owner"))
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="signals", verbose_name=_("team")
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="signals", verbose_name=_("area"), db_index=False
    )
    area_ids = ArrayField(models.IntegerField(), default=list, blank=True)  # in every set valid at its date
    working_team_ids = ArrayField(models.IntegerField(), default=list, blank=True)  # teams with a task that counts
    routine = models.BooleanField(default=False)
    rule = models.ForeignKey("signals.RoutingRule", models.SET_NULL, null=True, blank=True, related_name="signals")
    route_reason = models.TextField(blank=True)  # which rule sent it where, and why, as it was then
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    report_count = models.PositiveIntegerField(default=1)
    reported_at = models.DateTimeField(_("reported"), default=timezone.now)
    last_reported_at = models.DateTimeField(default=timezone.now)
    surfaced_at = models.DateTimeField(null=True, blank=True)
    surfaced_why = models.CharField(max_length=12, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.TextField(_("outcome"), blank=True, max_length=2000)
    invented = models.BooleanField(_("example"), default=False)  # made up for the demo, and says so

    objects = SignalQuerySet.as_manager()

    class Meta:
        verbose_name = _("signal")
        verbose_name_plural = _("signals")
        constraints = [
            level_known("signal"),
            whole_point("signal"),
            models.CheckConstraint(condition=models.Q(status__in=SignalStatus.values), name="signal_status_known"),
            models.CheckConstraint(
                condition=models.Q(status__in=ENDED, closed_at__isnull=False)
                | models.Q(status__in=OPEN, closed_at__isnull=True, closed_by__isnull=True),
                name="signal_closed_at_when_ended",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=ENDED) | ~models.Q(outcome=""),
                name="signal_ends_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=~models.Q(level=Level.SEALED) | models.Q(team__isnull=False),
                name="signal_sealed_has_a_team",
            ),
            models.CheckConstraint(
                condition=models.Q(surfaced_at__isnull=True, surfaced_why="")
                | models.Q(surfaced_at__isnull=False) & ~models.Q(surfaced_why=""),
                name="signal_surfaced_with_reason",
            ),
            models.CheckConstraint(condition=models.Q(report_count__gte=1), name="signal_has_a_report"),
            models.CheckConstraint(
                condition=models.Q(last_reported_at__gte=models.F("reported_at")),
                name="signal_last_report_not_first",
            ),
        ]
        indexes = [  # those that begin with a key of another row stand in for its own (db_index=False)
            models.Index(fields=["area", "due_at"], name="signal_open_in_area", condition=models.Q(status__in=OPEN)),
            models.Index(fields=["owner", "status"], name="signal_open_of_owner", condition=models.Q(status__in=OPEN)),
            models.Index(fields=["team", "due_at"], name="signal_open_of_team", condition=models.Q(status__in=OPEN)),
            models.Index(fields=["area", "-reported_at"], name="signal_area_reported"),
            models.Index(fields=["category", "-reported_at"], name="signal_category_reported"),
            models.Index(
                fields=["latitude", "longitude"], name="signal_open_spot", condition=models.Q(status__in=OPEN)
            ),
            GinIndex(fields=["area_ids"], name="signal_area_ids"),
            GinIndex(fields=["working_team_ids"], name="signal_working_teams"),
            models.Index(fields=["-closed_at"], name="signal_ended", condition=models.Q(status__in=ENDED)),
            GinIndex(fields=["place"], opclasses=["gin_trgm_ops"], name="signal_place_words"),
            GinIndex(fields=["description"], opclasses=["gin_trgm_ops"], name="signal_description_words"),
        ]

    def __str__(self) -> str:
        return self.reference

    # --- what it is ------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        return f"{self.category.name} · {self.place}" if self.place else self.category.name

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

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
                signal=self, team=team, title=title, level=level, due_at=due_at or self.due_at, offered_by=by
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
            for task in self.tasks.filter(status__in=[TaskStatus.OFFERED, TaskStatus.ACCEPTED]):
                task.end(TaskStatus.WITHDRAWN, by=by)
            self.status, self.outcome, self.closed_by = SignalStatus.CLOSED, outcome, by
            self.closed_at = at or timezone.now()
            self._note_working_teams()
            self.save(update_fields=["status", "outcome", "closed_by", "closed_at", "working_team_ids"])
            self.record(EventKind.CLOSED, by=by, at=self.closed_at, outcome=outcome)
            tell_who_raised_it(signal=self, by=by)

    def cancel(self, *, by: User, reason: str) -> None:
        """End it without work: a mistake, or nothing there. Whoever raised it hears the reason."""
        from signals.actions import tell_who_raised_it

        reason = reason.strip()
        with self._locked("cancel"):
            if not reason:
                raise Refused(_g("Say why this signal is cancelled."))
            for task in self.tasks.filter(status__in=[TaskStatus.OFFERED, TaskStatus.ACCEPTED]):
                task.end(TaskStatus.WITHDRAWN, by=by)
            self.status, self.outcome, self.closed_by = SignalStatus.CANCELLED, reason, by
            self.closed_at = timezone.now()
            self._note_working_teams()
            self.save(update_fields=["status", "outcome", "closed_by", "closed_at", "working_team_ids"])
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
        from signals.actions import hush_what_was_told

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
            self._take_along(level)
            hush_what_was_told(signal=self)
            self.record(EventKind.LEVEL_RAISED, by=by, to=str(Level(level).name.lower()))

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

    def _take_along(self, level: int) -> None:
        """Raise what hangs on it. What its keepers could read they go on reading, under their own name; what was
        another organisation's alone stays that."""
        for parts in (self.notes, self.attachments):
            read_here = models.Q(level=Level.OPEN) | models.Q(level=Level.LIMITED, organisation_id=self.owner_id)
            parts.filter(read_here, level__lt=level).update(
                level=level, organisation_id=self.owner_id, team_id=self.team_id if level == Level.SEALED else None
            )
        for rows in (self.tasks, self.events, self.notes, self.attachments):
            rows.filter(level__lt=level).update(level=level)

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
        """Write in the course of the signal what somebody did."""
        return SignalEvent.objects.create(
            signal=self, kind=kind, by=by, at=at or timezone.now(), task=task, data=data,
            level=self.level if level is None else max(level, self.level),
        )  # fmt: skip
