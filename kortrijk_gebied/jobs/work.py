"""What a job and a mail have in common: a state, attempts, and a lease that a worker takes on it."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Now
from django.utils import timezone

from kortrijk_gebied.ids import uuid7

LEASE = dt.timedelta(minutes=5)
MAX_ATTEMPTS = 5
LONGEST_PAUSE = dt.timedelta(hours=1)


class State(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class LeaseLost(Exception):
    """Another worker took the job over; this one must stop and leave it alone."""


class WorkQuerySet[M: "Work"](models.QuerySet[M]):
    def due(self) -> Self:
        """Waiting and its moment has come, or running with a lease that ran out."""
        return self.filter(
            models.Q(state=State.WAITING, run_after__lte=Now()) | models.Q(state=State.RUNNING, lease_until__lt=Now())
        )

    def claim(self, pk: Any) -> M | None:
        """Take one due row for ourselves, or None when another worker has it or it is not due."""
        with transaction.atomic():
            work = self.due().select_for_update(skip_locked=True).filter(pk=pk).first()
            if work is None:
                return None
            if work.attempts >= work.max_attempts:  # each time its worker died, which may be the work's own doing
                work.fail(work.error or "Its workers died.", final=True)
                return None
            work.state = State.RUNNING
            work.attempts += 1
            work.lease_until = timezone.now() + LEASE
            work.save(update_fields=["state", "attempts", "lease_until"])
        return work

    def give_back(self, start: str) -> int:
        """Let those whose keys begin so, and which were taken back before they left, leave after all."""
        taken = self.filter(key__startswith=start, state=State.WITHDRAWN, error="")
        return taken.update(state=State.WAITING, finished_at=None)


class Work(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=MAX_ATTEMPTS)
    run_after = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_busy(self) -> bool:
        """It still has to begin, or to end."""
        return self.state in (State.WAITING, State.RUNNING)

    @property
    def message_id(self) -> str:
        """Of the one mail it sends, the same however often it is tried."""
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
        return f"<{self.pk}@{domain}>"

    def finish(self) -> None:
        self.state, self.error, self.finished_at, self.lease_until = State.DONE, "", timezone.now(), None
        self._write("state", "error", "finished_at", "lease_until")

    def _write(self, *fields: str) -> bool:
        """Write these fields, unless another worker took over meanwhile: each one counts as an attempt."""
        mine = type(self)._default_manager.filter(pk=self.pk, attempts=self.attempts)
        mine = mine.filter(state__in=[State.WAITING, State.RUNNING])
        return bool(mine.update(**{field: getattr(self, field) for field in fields}))

    def fail(self, error: str, *, final: bool = False) -> None:
        """Try again later, each time after twice as long, until the attempts are used up."""
        self.error, self.lease_until = error[:2000], None
        if final or self.attempts >= self.max_attempts:
            self.state, self.finished_at = State.FAILED, timezone.now()
        else:
            self.state = State.WAITING
            self.run_after = timezone.now() + min(dt.timedelta(seconds=30 * 2 ** min(self.attempts, 9)), LONGEST_PAUSE)
        self._write("state", "error", "lease_until", "run_after", "finished_at")


def work_constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(condition=models.Q(state__in=State.values), name=f"{name}_state_known"),
        models.CheckConstraint(
            condition=models.Q(state=State.RUNNING, lease_until__isnull=False)
            | (~models.Q(state=State.RUNNING) & models.Q(lease_until__isnull=True)),
            name=f"{name}_lease_while_running",
        ),
        models.CheckConstraint(
            condition=models.Q(state__in=[State.WAITING, State.RUNNING], finished_at__isnull=True)
            | models.Q(state__in=[State.DONE, State.FAILED, State.WITHDRAWN], finished_at__isnull=False),
            name=f"{name}_finished_at_when_over",
        ),
    ]


def work_indexes(name: str) -> list[models.Index]:
    open_states = models.Q(state__in=[State.WAITING, State.RUNNING])
    return [models.Index(fields=["run_after"], name=f"{name}_open", condition=open_states)]
