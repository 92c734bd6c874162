"""One act on many signals: chosen, then done row by row, each with its own result, and taken back in one go."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.models import Job
from signals.models.signals import Signal
from teams.access import Access
from teams.models import User

KEPT = dt.timedelta(days=30)  # what was done stands in the course of each signal; here only how it went
FORGOTTEN = dt.timedelta(days=1)  # a choice that nobody did anything with


class Act(models.TextChoices):
    OFFER = "taak", _("Offer task")
    CLOSE = "afronding", _("Finish")
    TAG = "label", _("Tag")
    UNTAG = "label-weg", _("Take tag away")
    EXPORT = "export", _("Export")


class BulkState(models.TextChoices):
    CHOSEN = "chosen", _("chosen")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class RowState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    UNDONE = "undone", _("undone")
    KEPT = "kept", _("not undone")


class BulkQuerySet(models.QuerySet["Bulk"]):
    def of(self, viewer: Access) -> Self:
        """A choice is its maker's alone."""
        return self.filter(by_id=viewer.user_id)

    def worn_out(self) -> Self:
        now = timezone.now()
        return self.filter(Q(at__lt=now - KEPT) | Q(at__lt=now - FORGOTTEN, state=BulkState.CHOSEN))


class Bulk(models.Model):
    """Its key makes it repeatable: sent twice, it is done once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    act = models.CharField(max_length=10, choices=Act)
    details = models.JSONField(default=dict, blank=True)
    back = models.CharField(max_length=2000, blank=True)  # the list it was chosen in
    state = models.CharField(max_length=10, choices=BulkState, default=BulkState.CHOSEN)
    undo_until = models.DateTimeField(null=True, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = BulkQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulk action")
        verbose_name_plural = _("bulk actions")
        constraints = [
            models.CheckConstraint(condition=Q(act__in=Act.values), name="bulk_act_known"),
            models.CheckConstraint(condition=Q(state__in=BulkState.values), name="bulk_state_known"),
            models.CheckConstraint(
                condition=Q(state=BulkState.CHOSEN) | Q(undo_until__isnull=False), name="bulk_has_time_to_undo"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_busy(self) -> bool:
        return self.state in (BulkState.RUNNING, BulkState.UNDOING)

    @property
    def can_be_undone(self) -> bool:
        return self.state == BulkState.DONE and self.undo_until is not None and timezone.now() < self.undo_until

    @property
    def outcome(self) -> dict[str, Any]:
        """How many rows are in which state."""
        counts = dict(self.rows.values_list("state").annotate(models.Count("pk")))
        return {state: counts.get(state, 0) for state in RowState.values} | {"total": sum(counts.values())}


class BulkRow(models.Model):
    id = models.BigAutoField(primary_key=True)
    bulk = models.ForeignKey(Bulk, models.CASCADE, related_name="rows", db_index=False)
    signal = models.ForeignKey(Signal, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=RowState, default=RowState.WAITING)
    words = models.CharField(max_length=300, blank=True)  # why not
    made = models.UUIDField(null=True, blank=True)  # the task or the tag that undoing takes away

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["bulk", "signal"], name="bulkrow_once"),
            models.CheckConstraint(condition=Q(state__in=RowState.values), name="bulkrow_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[RowState.REFUSED, RowState.KEPT]) | ~Q(words=""),
                name="bulkrow_refused_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signal_id}: {self.state}"
