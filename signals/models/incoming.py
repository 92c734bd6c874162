"""A mail that somebody sent to the report desk, exactly as it came, and what became of it."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.models import Job, State
from kortrijk_gebied.refusals import Refused
from signals.models.reports import Report
from teams.access import Access
from teams.models import Function, Organisation, User

# Whoever divides mail among colleagues sees what no program could read.
SORTERS = (Function.DESK_AGENT, Function.COORDINATOR)
# A worker reads a mail within seconds. One that lies longer somebody has to look at.
STUCK_AFTER = dt.timedelta(minutes=30)


class MailState(models.TextChoices):
    RECEIVED = "received", _("received")
    REGISTERED = "registered", _("became a report")
    ADDED = "added", _("added to a report")
    AUTOMATIC = "automatic", _("automatic answer")
    BOUNCE = "bounce", _("mail that came back")
    OWN = "own", _("mail of our own")
    TOO_MANY = "too_many", _("too many of one sender")
    UNREADABLE = "unreadable", _("not readable")


# Nothing was registered, and perhaps it should have been.
LEFT_OVER = frozenset({MailState.UNREADABLE, MailState.TOO_MANY, MailState.AUTOMATIC})


class IncomingMailQuerySet(models.QuerySet["IncomingMail"]):
    def sorted_by(self, viewer: Access) -> Self:
        """What nobody read yet is for the desk and the coordinators of whose mailbox it is."""
        return self.filter(organisation_id=viewer.organisation_id) if viewer.holds(*SORTERS) else self.none()

    def left_over(self) -> Self:
        stuck = models.Q(state=MailState.RECEIVED, received_at__lt=timezone.now() - STUCK_AFTER)
        return self.filter(models.Q(state__in=LEFT_OVER) | stuck, settled_at__isnull=True)

    def with_hope(self) -> Self:
        """`is_given_up`: no job will try to read it any more."""
        key = Concat(models.Value("read-mail:"), Cast("pk", models.TextField()), output_field=models.TextField())
        busy = Job.objects.filter(key=models.OuterRef("job_key"), state__in=[State.WAITING, State.RUNNING])
        return self.annotate(job_key=key, is_given_up=~models.Exists(busy))


def stored_as(mail: "IncomingMail", _filename: str = "") -> str:
    """By its fingerprint: fetched again after a crash, the same mail lands in the same file."""
    return f"mail/{mail.fingerprint[:2]}/{mail.fingerprint}.eml"


class IncomingMail(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64, unique=True)  # of its own headers and all that follows them
    message_id = models.CharField(max_length=300, blank=True)
    sender = models.CharField(max_length=254, blank=True)
    raw = models.FileField(upload_to=stored_as, max_length=200)
    size = models.PositiveIntegerField(help_text="bytes, on the mail server")
    received_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=12, choices=MailState, default=MailState.RECEIVED)
    why = models.CharField(max_length=300, blank=True)
    report = models.ForeignKey(Report, models.CASCADE, null=True, blank=True, related_name="mails")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = IncomingMailQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("incoming mail")
        verbose_name_plural = _("incoming mail")
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=MailState.values), name="mail_state_known"),
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, settled_by__isnull=True)
                | models.Q(settled_at__isnull=False, settled_by__isnull=False),
                name="mail_settled_at_by",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[MailState.REGISTERED, MailState.ADDED]) | models.Q(report__isnull=False),
                name="mail_registered_as_a_report",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[MailState.UNREADABLE, MailState.TOO_MANY]) | ~models.Q(why=""),
                name="mail_refused_with_words",
            ),
        ]
        indexes = [
            models.Index(fields=["sender", "-received_at"], name="mail_of_sender"),
            models.Index(
                fields=["received_at"], name="mail_left_over",
                condition=models.Q(state__in=sorted([MailState.RECEIVED, *LEFT_OVER]), settled_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_left_over(self) -> bool:
        return self.settled_at is None and (self.state in LEFT_OVER or self.state == MailState.RECEIVED)

    def becomes(self, state: MailState, *, report: Report | None = None, why: str = "") -> None:
        self.state, self.report, self.why = state, report, why[:300]
        self.save(update_fields=["state", "report", "why"])

    def settle(self, *, by: User) -> None:
        """A colleague looked at it, and did what there was to do."""
        done = IncomingMail.objects.filter(pk=self.pk, settled_at__isnull=True, state__in=[*LEFT_OVER, "received"])
        if not done.update(settled_at=timezone.now(), settled_by=by):
            raise Refused(_g("Somebody dealt with this mail already."))
