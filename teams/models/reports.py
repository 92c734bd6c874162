from typing import TYPE_CHECKING, Self

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.ids import uuid7
from teams.models.organisations import Organisation
from teams.models.people import User

if TYPE_CHECKING:
    from teams.access import Access

MOST_LINES = 5
MOST_CHARACTERS = 600


def at_most_five_lines(text: str) -> None:
    if len([line for line in text.splitlines() if line.strip()]) > MOST_LINES:
        raise ValidationError(_("At most five lines: choose what matters most."))


class MonthlyReportQuerySet(models.QuerySet["MonthlyReport"]):
    def readable(self, viewer: "Access") -> Self:
        """Copies of the viewer's own organisation, of areas the viewer may view."""
        return self.filter(organisation_id=viewer.organisation_id, area_id__in=viewer.areas("view"))

    def drafts(self) -> Self:
        return self.filter(state=MonthlyReport.State.DRAFT)

    def sent(self) -> Self:
        return self.filter(state=MonthlyReport.State.SENT)


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
    file = models.FileField(upload_to="reports/%Y/%m/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    drafted_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MonthlyReportQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "area__position", "organisation"]
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        constraints = [
            models.UniqueConstraint(fields=["area", "month", "organisation"], name="monthlyreport_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="monthlyreport_first_of_month"),
            models.CheckConstraint(condition=models.Q(state__in=["draft", "sent"]), name="monthlyreport_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False) & ~models.Q(sha256="") & ~models.Q(file="")
                | models.Q(state="draft", sent_at__isnull=True, sha256="", file=""),
                name="monthlyreport_sent_at_when_sent",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-month"], name="monthlyreport_of")]

    def __str__(self) -> str:
        return f"{self.area} {self.month:%Y-%m} {self.organisation}"

    @property
    def is_sent(self) -> bool:
        return self.state == self.State.SENT

    @property
    def filename(self) -> str:
        return f"maandrapport-{self.area.code}-{self.month:%Y-%m}-{self.organisation.code}.pdf"


@pghistory.track(model_name="ReportWordsChange")
class ReportWords(models.Model):
    """What people of the area themselves say about a month: one text, the same in every organisation's copy.

    The readers are a mixed group, so it holds only what all of them may read.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    month = models.DateField(help_text="first day of the month")
    text = models.TextField(
        _("in our own words"), max_length=MOST_CHARACTERS, blank=True, validators=[at_most_five_lines],
        help_text=_("Five lines at most. What went well comes first."),
    )  # fmt: skip
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("words with a monthly report")
        verbose_name_plural = _("words with monthly reports")
        constraints = [
            models.UniqueConstraint(fields=["area", "month"], name="reportwords_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="reportwords_first_of_month"),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.month:%Y-%m}"

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]

    @property
    def stamp(self) -> str:
        """Tells one text from the one that came after it; empty before the first."""
        return self.at.isoformat() if self.pk else ""
