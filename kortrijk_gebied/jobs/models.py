"""Work behind the page, as rows with a state, a unique key and a lease.

A row is written in the transaction that causes the work; Celery only wakes it. What was never woken,
or whose worker died, is found by the sweeper. The broker may lose anything; the database may not.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.utils import timezone

from kortrijk_gebied.jobs.bounces import Bounce
from kortrijk_gebied.jobs.work import (
    LEASE,
    MAX_ATTEMPTS,
    LeaseLost,
    State,
    Work,
    WorkQuerySet,
    work_constraints,
    work_indexes,
)
from kortrijk_gebied.keyed import without_keys

__all__ = ["MAX_ATTEMPTS", "Job", "LeaseLost", "Message", "State", "enqueue", "post"]

# Once an hour in the end: three days, as mail servers do, so that one that is away loses nothing.
MAIL_ATTEMPTS = 80
BOUNCES = "Not sent: mail to this address came back lately."
STOPPED = "Not sent: this account was stopped."


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
        constraints = work_constraints("job")
        indexes = work_indexes("job")

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


class Message(Work):
    """One mail to one address. `run_after` gives an undo its time; `withdraw()` uses it.

    SMTP cannot be exactly-once: a worker that dies between the server's yes and our commit sends
    again. The Message-ID is fixed, so that a duplicate can be recognised as one.
    """

    max_attempts = models.PositiveSmallIntegerField(default=MAIL_ATTEMPTS)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    # [{"name", "type", and "path" in the media storage or "text" itself}]
    attachments = models.JSONField(default=list, blank=True)
    reader_id = models.UUIDField(null=True, blank=True)  # the colleague it is for; a plain id, as of a job

    objects = WorkQuerySet["Message"].as_manager()

    class Meta:
        constraints = work_constraints("message")
        indexes = work_indexes("message")

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

    def finish(self) -> None:
        """Once it is sent, an address in it that is a key is one no more here: nobody gets in by reading our tables."""
        self.body = without_keys(self.body)
        self._write("body")
        super().finish()

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
            if "text" in attachment:  # small enough to go, and to be erased, with the row
                mail.attach(attachment["name"], attachment["text"], attachment["type"])
                continue
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
