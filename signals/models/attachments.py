from typing import Any, Self

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from signals.models.base import Secret, history, level_known, never_below_its_signal
from signals.models.notes import within_reach
from signals.models.reports import Report
from signals.models.signals import Signal
from teams.access import Access
from teams.models import Organisation, Team, User


def stored_as(attachment: "Attachment", filename: str) -> str:
    """The name on disk says nothing: what somebody called a photo may be a secret of its own."""
    return f"attachments/{attachment.pk}.jpg"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def readable(self, viewer: Access) -> Self:
        return self.filter(within_reach(viewer))


@pghistory.track(*history(), model_name="AttachmentChange")
class Attachment(Secret):
    """A photo, always one that we encoded again ourselves: without the metadata it came with."""

    signal = models.ForeignKey(Signal, models.CASCADE, related_name="attachments")
    report = models.ForeignKey(Report, models.CASCADE, null=True, blank=True, related_name="attachments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    file = models.FileField(upload_to=stored_as)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        triggers = [never_below_its_signal()]
        constraints = [
            level_known("attachment"),
            models.UniqueConstraint(fields=["signal", "sha256"], name="attachment_once_per_signal"),
            models.CheckConstraint(
                condition=models.Q(width__gte=1, height__gte=1, size__gte=1), name="attachment_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> Any:
        from django.urls import reverse

        return reverse("signals:attachment", args=[self.pk])
