import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.ids import uuid7
from teams.models.organisations import Organisation
from teams.models.people import User


@pghistory.track(model_name="MonthlyReportChange")
class MonthlyReport(models.Model):
    """One area, one month, as one organisation may see it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="reports")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reports")
    month = models.DateField(help_text="first day of the month")
    state = models.CharField(max_length=5, choices=State, default=State.DRAFT)
    words = models.TextField(
        _("in our own words"), blank=True, help_text=_("Five lines at most. What went well comes first.")
    )
    words_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    words_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to="reports/%Y/%m/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    drafted_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-month", "area__code", "organisation"]
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        constraints = [
            models.UniqueConstraint(fields=["area", "month", "organisation"], name="monthlyreport_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="monthlyreport_first_of_month"),
            models.CheckConstraint(condition=models.Q(state__in=["draft", "sent"]), name="monthlyreport_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False) & ~models.Q(sha256="")
                | models.Q(state="draft", sent_at__isnull=True),
                name="monthlyreport_sent_at_when_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.month:%Y-%m} {self.organisation}"
