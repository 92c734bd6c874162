import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.models import Job
from teams.models import Organisation, User


@pghistory.track(model_name="ReportImportChange")
class ReportImport(models.Model):
    """An uploaded file of reports: how its columns are read, and what came of each row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(_("file"), max_length=200)
    file = models.FileField(upload_to="imports/%Y/%m/")
    mapping = models.JSONField(default=dict, blank=True)
    job = models.OneToOneField(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    imported = models.PositiveIntegerField(default=0)
    already_known = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    rejects = models.FileField(upload_to="imports/%Y/%m/", blank=True)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.name
