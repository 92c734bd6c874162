"""Work behind the page, as rows with a state, a unique key and a lease.

A row is written in the transaction that causes the work; Celery only wakes it. What was never woken,
or whose worker died, is found by the sweeper. The broker may lose anything; the database may not.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any, Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.db.models.functions import Now
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.bounces import Bounce

LEASE = dt.timedelta(minutes=5)
MAX_ATTEMPTS = 5
# Once an hour in the end: three days, as mail servers do, so that one that is away loses nothing.
MAIL_ATTEMPTS = 80
LONGEST_PAUSE = dt.timedelta(hours=1)
BOUNCES = "Not sent: mail to this address came back lately."
STOPPED = "Not sent: this account was stopped."


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


class Work(models.Model):
    """What a job and a message have in common."""

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


def _work_constraints(name: str) -> list[models.BaseConstraint]:
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


def _work_indexes(name: str) -> list[models.Index]:
    open_states = models.Q(state__in=[State.WAITING, State.RUNNING])
    return [models.Index(fields=["run_after"], name=f"{name}_open", condition=open_states)]


class Job(Work):
    """Something a worker does: an import, a report. `kind` names a handler in the registry."""

    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    by_id = models.UUIDField(null=True, blank=True)  # who asked; a plain id, for this room knows no app above it

    objects = WorkQuerySet["Job"].as_manager()

    class Meta:
        constraints = _work_constraints("job")
        indexes = _work_indexes("job")

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def advance(self, progress: int, total: int) -> None:
        """Report progress and renew the lease: a job that moves is not dead.

        Raises LeaseLost when it was thought dead and somebody else does it by now: what is in the same
        transaction is then taken back.
        """
        self.progress, self.total, self.lease_until = progress, total, timezone.now() + LEASE
        if not self._write("progress", "total", "lease_until"):
            raise LeaseLost(self.key)

    def count(self, **numbers: int) -> None:
        """Add to the result, in the transaction of what is counted, and renew the lease. Raises LeaseLost too."""
        for name, number in numbers.items():
            self.result[name] = self.result.get(name, 0) + number
        self.lease_until = timezone.now() + LEASE
        if not self._write("result", "lease_until"):
            raise LeaseLost(self.key)


class MessageQuerySet(WorkQuerySet["Message"]):
    def give_back(self, start: str) -> int:
        """Let mails whose keys begin so, and which were taken back before they left, leave after all."""
        taken = self.filter(key__startswith=start, state=State.WITHDRAWN, error="")
        return taken.update(state=State.WAITING, finished_at=None)


class Message(Work):
    """One mail to one address. `run_after` gives an undo its time; `withdraw()` uses it.

    SMTP cannot be exactly-once: a worker that dies between the server's yes and our commit sends
    again. The Message-ID is fixed, so that a duplicate can be recognised as one.
    """

    max_attempts = models.PositiveSmallIntegerField(default=MAIL_ATTEMPTS)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    attachments = models.JSONField(default=list, blank=True)  # [{"name", "path", "type"}] in the media storage
    reader_id = models.UUIDField(null=True, blank=True)  # the colleague it is for; a plain id, as of a job

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = _work_constraints("message")
        indexes = _work_indexes("message")

    def __str__(self) -> str:
        return f"{self.subject} ({self.state})"

    def withdraw(self) -> bool:
        """Take back a message that has not left; False when it is too late."""
        taken = Message.objects.filter(pk=self.pk, state=State.WAITING).update(
            state=State.WITHDRAWN, finished_at=timezone.now()
        )
        return bool(taken)

    @property
    def is_for_somebody_stopped(self) -> bool:
        """Whether the account of the colleague it is for was stopped since it was written."""
        people = get_user_model()._default_manager
        return self.reader_id is not None and not people.filter(pk=self.reader_id, is_active=True).exists()

    def drop(self, why: str) -> None:
        """It does not leave after all."""
        self.state, self.error, self.finished_at, self.lease_until = State.WITHDRAWN, why, timezone.now(), None
        self._write("state", "error", "finished_at", "lease_until")

    def deliver(self) -> None:
        mail = EmailMultiAlternatives(
            self.subject,
            self.body,
            settings.DEFAULT_FROM_EMAIL,
            [self.to],
            # No program answers what a program sent (RFC 3834): else two of them might go on for ever.
            headers={"Message-ID": self.message_id, "Auto-Submitted": "auto-generated"},
        )
        for attachment in self.attachments:
            with default_storage.open(attachment["path"]) as file:
                mail.attach(attachment["name"], file.read(), attachment["type"])
        mail.send()


def enqueue(
    kind: str,
    *,
    key: str,
    payload: dict[str, Any] | None = None,
    by_id: uuid.UUID | None = None,
    run_after: dt.datetime | None = None,
    max_attempts: int = MAX_ATTEMPTS,
) -> Job:
    """Write a job once per key and wake a worker after commit."""
    from kortrijk_gebied.jobs import tasks

    job, created = Job.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "payload": payload or {},
            "by_id": by_id,
            "run_after": run_after or timezone.now(),
            "max_attempts": max_attempts,
        },
    )
    if created and run_after is None:
        transaction.on_commit(lambda: tasks.wake(tasks.run_job, job.pk))
    return job


def post(
    *,
    key: str,
    to: str,
    subject: str,
    body: str,
    attachments: Sequence[dict[str, str]] = (),
    send_after: dt.datetime | None = None,
    reader_id: uuid.UUID | None = None,
) -> Message:
    """Write a mail once per key; it leaves after commit, or at `send_after`; to an address that bounces never, nor to
    a colleague (`reader_id`) whose account is stopped by then."""
    from kortrijk_gebied.jobs import tasks

    gone: dict[str, Any] = {}
    if Bounce.is_current(to):
        gone = {"state": State.WITHDRAWN, "finished_at": timezone.now(), "error": BOUNCES}
    message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            **gone,
            "to": to,
            "subject": " ".join(subject.split())[:200],
            "body": body,
            "attachments": list(attachments),
            "reader_id": reader_id,
            "run_after": send_after or timezone.now(),
        },
    )
    if created and send_after is None and not gone:
        transaction.on_commit(lambda: tasks.wake(tasks.send_message, message.pk))
    return message
