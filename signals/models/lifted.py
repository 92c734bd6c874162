"""What of ours stands behind a line of the inventory or a point on an agenda.

No history is kept of these: when the matter becomes secret the link is gone, and nothing tells that it was there.
"""

from typing import Self

from django.db import models
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from signals.levels import Level
from signals.models.dossiers import Dossier
from signals.models.signals import Signal
from teams.access import Access
from teams.models import Action, AgendaPoint, User

ONE_OF_BOTH = models.Q(signal__isnull=False, dossier__isnull=True) | models.Q(
    signal__isnull=True, dossier__isnull=False
)


class LiftedQuerySet[M: models.Model](models.QuerySet[M]):
    def readable(self, viewer: Access) -> Self:
        """Only what is open, whatever else the viewer may read: these stand on pages of a mixed group."""
        signals = Signal.objects.readable(viewer).filter(level=Level.OPEN, category__about_persons=False)
        dossiers = Dossier.objects.readable(viewer).filter(level=Level.OPEN)
        return self.filter(models.Q(signal__in=signals) | models.Q(dossier__in=dossiers))


class Lifted(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    signal = models.ForeignKey(Signal, models.CASCADE, null=True, blank=True, related_name="%(class)s_rows")
    dossier = models.ForeignKey(Dossier, models.CASCADE, null=True, blank=True, related_name="%(class)s_rows")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    @property
    def matter(self) -> Signal | Dossier:
        found = self.signal or self.dossier
        assert found is not None  # noqa: S101  the constraint says so
        return found


class ActionEvidence(Lifted):
    action = models.ForeignKey(Action, models.CASCADE, related_name="evidence")

    objects = LiftedQuerySet["ActionEvidence"].as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "action evidence"
        constraints = [
            models.CheckConstraint(condition=ONE_OF_BOTH, name="action_evidence_of_one"),
            models.UniqueConstraint(fields=["action", "signal"], name="action_evidence_signal_once"),
            models.UniqueConstraint(fields=["action", "dossier"], name="action_evidence_dossier_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class AgendaSubject(Lifted):
    point = models.OneToOneField(AgendaPoint, models.CASCADE, related_name="subject")

    objects = LiftedQuerySet["AgendaSubject"].as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=ONE_OF_BOTH, name="agenda_subject_of_one")]

    def __str__(self) -> str:
        return str(self.pk)
