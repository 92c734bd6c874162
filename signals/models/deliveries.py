"""What tablets sent: each record once, by the key the tablet gave it."""

import hashlib
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from signals.models.attachments import Attachment
from signals.models.reports import Report
from signals.models.signals import Signal
from signals.models.tablets import CityKey, Tablet
from signals.models.tasks import Task
from teams.models import User


class RecordKind(models.TextChoices):
    SIGNAL = "signal", _("signal")
    TASK = "task", _("task")
    ROUND = "round", _("round")
    BRIEFING = "briefing", _("briefing that was read")


class Result(models.TextChoices):
    REGISTERED = "registered", _("registered")
    JOINED = "joined", _("joined")
    TO_DIVIDE = "to_divide", _("to divide")
    ACCEPTED = "accepted", _("accepted")
    DONE = "done", _("done")
    RETURNED = "returned", _("returned")
    STARTED = "started", _("started")
    NOTED = "noted", _("noted")
    ENDED = "ended", _("ended")
    CONFLICT = "conflict", _("overtaken")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def leave_traces(self) -> None:
        """Before they are erased: so that one that comes again is not taken for new."""
        gone = self.values_list("pk", "sha256")
        traces = [DeliveryTrace(digest=DeliveryTrace.digest_of(pk, sha256)) for pk, sha256 in gone]
        DeliveryTrace.objects.bulk_create(traces, ignore_conflicts=True)


class DeliveryTrace(models.Model):
    """A record came once, and its delivery was erased when its time had come. A digest: of whom, from which tablet,
    when or about what it was, nobody reads from it; only the record itself is recognised, if it ever comes again."""

    digest = models.CharField(primary_key=True, max_length=64, editable=False)

    class Meta:
        ordering = ["digest"]
        verbose_name = _("trace of a delivery")
        verbose_name_plural = _("traces of deliveries")

    def __str__(self) -> str:
        return self.digest

    @classmethod
    def is_left_by(cls, pk: uuid.UUID, sha256: str) -> bool:
        return cls.objects.filter(pk=cls.digest_of(pk, sha256)).exists()

    @staticmethod
    def digest_of(pk: uuid.UUID, sha256: str) -> str:
        return hashlib.sha256(f"{pk} {sha256}".encode()).hexdigest()


class Delivery(models.Model):
    """One record of a tablet, that arrived. Its words are in what it became, never here."""

    id = models.UUIDField(primary_key=True, editable=False, help_text="made by the tablet")
    kind = models.CharField(max_length=8, choices=RecordKind)
    schema = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64, help_text="of the record before it was sealed")
    author = models.ForeignKey(User, models.CASCADE, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="whose session brought it")
    tablet = models.ForeignKey(Tablet, models.SET_NULL, null=True, blank=True, related_name="deliveries")
    result = models.CharField(max_length=12, choices=Result)
    message = models.CharField(max_length=400, blank=True, help_text="for its author")
    signal = models.ForeignKey(Signal, models.CASCADE, null=True, blank=True, related_name="deliveries")
    report = models.ForeignKey(Report, models.CASCADE, null=True, blank=True, related_name="deliveries")
    task = models.ForeignKey(Task, models.CASCADE, null=True, blank=True, related_name="+")
    # Its photos are sealed with the same key, and come later.
    key = models.ForeignKey(CityKey, models.SET_NULL, null=True, related_name="+")
    wrapped = models.TextField(blank=True, help_text="the key of the record, until its photos are here")
    received_at = models.DateTimeField(default=timezone.now)
    # As the clock of the tablet had it.
    saved_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    clock_offset_ms = models.BigIntegerField(
        null=True, blank=True, help_text="ours less the tablet's, when it was saved"
    )
    replays = models.PositiveIntegerField(default=0, help_text="how often it came again")
    different_at = models.DateTimeField(null=True, blank=True, help_text="when another came under this id, last")
    locked = models.BooleanField(default=False, help_text="written after a restart, before the PIN was known again")
    writer = models.CharField(max_length=60, blank=True, help_text="who says to have written it, without signing in")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=RecordKind.values), name="delivery_kind_known"),
            models.CheckConstraint(condition=models.Q(result__in=Result.values), name="delivery_result_known"),
            models.CheckConstraint(
                condition=~models.Q(kind="signal") | models.Q(signal__isnull=False, report__isnull=False),
                name="delivery_of_a_signal_has_it",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def missing(self) -> list[str]:
        """The photos that are still to come, by their hash."""
        waiting = self.photos.filter(arrived_at__isnull=True)
        return list(waiting.order_by("position").values_list("sha256", flat=True))


class DeliveredPhoto(models.Model):
    """A photo that belongs to a record: promised with it, sent after it."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64, help_text="of the picture as the tablet saved it")
    arrived_at = models.DateTimeField(null=True, blank=True)
    attachment = models.ForeignKey(Attachment, models.SET_NULL, null=True, blank=True, related_name="+")
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        verbose_name = _("delivered photo")
        verbose_name_plural = _("delivered photos")
        constraints = [
            models.UniqueConstraint(fields=["delivery", "sha256"], name="deliveredphoto_once"),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.position}"
