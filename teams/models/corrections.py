"""An ended point of an agenda was corrected: what stood there first stays in sight, with who corrected it and why."""

import datetime as dt

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from teams.models.meetings import AgendaPoint, PointState
from teams.models.people import User


@pghistory.track(*history(), model_name="PointCorrectionChange")
class PointCorrection(models.Model):
    """The point itself holds how it stands now; each row here what stood there before."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    point = models.ForeignKey(AgendaPoint, models.CASCADE, related_name="corrections", verbose_name=_("agenda point"))
    was_state = models.CharField(_("state"), max_length=7, choices=PointState)
    was_decision = models.TextField(_("decision"), max_length=2000, blank=True)
    reason = models.CharField(_("why it is corrected"), max_length=300)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("correction of an agenda point")
        verbose_name_plural = _("corrections of agenda points")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(was_state__in=["decided", "noted", "dropped"]), name="pointcorrection_of_an_end"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="pointcorrection_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.point}, {self.at:%Y-%m-%d}"


def said_at(point: AgendaPoint) -> dt.datetime | None:
    """When it ended, or was last corrected."""
    last: dt.datetime | None = PointCorrection.objects.filter(point=point).aggregate(last=models.Max("at"))["last"]
    return last or point.decided_at
