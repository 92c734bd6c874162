"""Two signals that turned out to be one, and what moved when they were put together: enough to undo it."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from signals.models.base import history
from signals.models.signals import Signal
from teams.models import User


@pghistory.track(*history(), model_name="JoiningChange")
class Joining(models.Model):
    """`signal` went on in `into`. The arrays hold keys of rows that moved, or were withdrawn for it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    signal = models.ForeignKey(Signal, models.CASCADE, related_name="joinings")
    into = models.ForeignKey(Signal, models.CASCADE, related_name="took_in")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    report_ids = ArrayField(models.UUIDField(), default=list, blank=True)
    attachment_ids = ArrayField(models.UUIDField(), default=list, blank=True)
    share_ids = ArrayField(models.UUIDField(), default=list, blank=True)
    task_ids = ArrayField(models.UUIDField(), default=list, blank=True)
    withdrawn_ids = ArrayField(models.UUIDField(), default=list, blank=True)  # tasks their team had there already

    class Meta:
        verbose_name = _("joining")
        verbose_name_plural = _("joinings")
        constraints = [
            models.UniqueConstraint(
                fields=["signal"], condition=models.Q(undone_at__isnull=True), name="signal_joined_once"
            ),
            models.CheckConstraint(condition=~models.Q(signal=models.F("into")), name="joining_of_two"),
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_by__isnull=True)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
                name="joining_undone_at_by",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


def lock_joined(signal: Signal) -> list[Signal]:
    """What goes on in this signal, and in that again: it is the same matter, as secret and of the same owner.

    The caller holds the lock of `signal`; that of what was joined always comes after that of what it goes on in.
    """
    found = list(
        Signal.objects.select_for_update(of=("self",))
        .filter(joinings__into=signal, joinings__undone_at__isnull=True)
        .order_by("pk")
    )
    return [one for first in found for one in (first, *lock_joined(first))]
