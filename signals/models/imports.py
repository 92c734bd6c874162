from typing import Self

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.models import MAX_ATTEMPTS, Job, State
from teams.access import Access
from teams.models import Organisation, User


class ReportImportQuerySet(models.QuerySet["ReportImport"]):
    def listed(self, viewer: Access) -> Self:
        """That there was an import, and its counts, is for colleagues."""
        return self.filter(organisation_id=viewer.organisation_id)

    def readable(self, viewer: Access) -> Self:
        """What is in the file may be sealed for them: that is for who gave it, and knew it already."""
        return self.filter(by_id=viewer.user_id, organisation_id=viewer.organisation_id)


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

    objects = ReportImportQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.name

    @property
    def stage(self) -> str:
        """How far it is, in words. The list fetches the jobs along."""
        if self.job is None:
            return _g("not started")
        if self.job.is_busy:
            return _g("busy")
        return _g("done") if self.job.state == State.DONE else _g("stopped")

    @property
    def why_it_stopped(self) -> str:
        """A sentence for people; the traceback of a program is not one."""
        if self.job is None or not self.job.error:
            return ""
        if self.job.attempts >= MAX_ATTEMPTS:
            return _g("Something went wrong with us. The administrator can see what.")
        return self.job.error
