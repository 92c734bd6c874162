from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from teams.access import Access
from teams.models import Function, Organisation, User


class ExportForm(models.TextChoices):
    XLSX = "xlsx", _("Excel (XLSX)")
    CSV = "csv", _("CSV, for every program")


class ExportQuerySet(models.QuerySet["Export"]):
    def overseen_by(self, viewer: Access) -> Self:
        """What left the house is for the data protection officer of whoever took it."""
        if viewer.organisation_id is None or not viewer.holds(Function.DATA_PROTECTION_OFFICER):
            return self.none()
        return self.filter(organisation_id=viewer.organisation_id)


class Export(models.Model):
    """That somebody took a list out of the program: which one, how many rows, and whether with names of reporters."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    form = models.CharField(max_length=4, choices=ExportForm)
    tab = models.CharField(max_length=20)
    filters = models.JSONField(default=dict, blank=True)  # as they stood in the address
    with_reporters = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    secret_rows = models.PositiveIntegerField(default=0)  # limited or sealed among them
    finished_at = models.DateTimeField(null=True, blank=True)  # empty: broken off halfway

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints = [
            models.CheckConstraint(condition=models.Q(form__in=ExportForm.values), name="export_form_known"),
            models.CheckConstraint(
                condition=models.Q(secret_rows__lte=models.F("rows")), name="export_secret_rows_among_rows"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-at"], name="export_of_organisation")]

    def __str__(self) -> str:
        return f"{self.by} {self.at:%Y-%m-%d %H:%M}"
