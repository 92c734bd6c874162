"""A photo or a document on a signal: always one that we made again ourselves, without what came along unseen."""

from typing import Any, Self

import pghistory
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from signals.models.base import Secret, history, level_known, never_below_its_signal
from signals.models.notes import within_reach
from signals.models.reports import Report
from signals.models.signals import Signal
from teams.access import Access
from teams.models import Organisation, Team, User


class AttachmentKind(models.TextChoices):
    PHOTO = "photo", _("photo")
    DOCUMENT = "document", _("document")


# What we make of them ourselves, whatever was sent.
SUFFIXES = {AttachmentKind.PHOTO: "jpg", AttachmentKind.DOCUMENT: "pdf"}


def stored_as(attachment: "Attachment", filename: str) -> str:
    """The name in the store says nothing: what somebody called a photo may be a secret of its own. Per month,
    so that a sweep can look at one shelf at a time; never the same twice, so that a smudged photo is another file."""
    return f"attachments/{attachment.at:%Y/%m}/{uuid7()}.{SUFFIXES[AttachmentKind(attachment.kind)]}"


def thumbnail_stored_as(attachment: "Attachment", filename: str) -> str:
    return f"thumbnails/{attachment.at:%Y/%m}/{uuid7()}.jpg"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def readable(self, viewer: Access) -> Self:
        return self.filter(within_reach(viewer))

    def contributable(self, viewer: Access) -> Self:
        """Those the viewer may describe and make unrecognisable: who may add to the signal, of what it reads."""
        return self.readable(viewer).filter(signal__in=Signal.objects.contributable(viewer))

    def removable(self, viewer: Access) -> Self:
        """By who steers the signal, and by who brought it."""
        steered = models.Q(signal__in=Signal.objects.writable(viewer))
        own = models.Q(by_id=viewer.user_id, signal__in=Signal.objects.contributable(viewer))
        return self.readable(viewer).filter(steered | own)

    def photos(self) -> Self:
        return self.filter(kind=AttachmentKind.PHOTO)


@pghistory.track(*history(), model_name="AttachmentChange")
class Attachment(Secret):
    signal = models.ForeignKey(Signal, models.CASCADE, related_name="attachments")
    report = models.ForeignKey(Report, models.CASCADE, null=True, blank=True, related_name="attachments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=AttachmentKind, default=AttachmentKind.PHOTO)
    name = models.CharField(_("name"), max_length=100, blank=True, help_text="of a document; photos have none")
    description = models.CharField(_("description"), max_length=300, blank=True)
    file = models.FileField(upload_to=stored_as)
    thumbnail = models.FileField(upload_to=thumbnail_stored_as, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64, help_text="of the file as it was sent, by which a tablet knows it")
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    smudged_at = models.DateTimeField(null=True, blank=True)
    smudged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lost_at = models.DateTimeField(null=True, blank=True, help_text="when a sweep first missed its file")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("photo or document")
        verbose_name_plural = _("photos and documents")
        triggers = [never_below_its_signal()]
        constraints = [
            level_known("attachment"),
            # Of what is secret somebody who may not read it must not notice that it is there already; and two signals
            # that are joined may both have had the same photo.
            models.UniqueConstraint(
                fields=["signal", "report", "sha256"],
                condition=models.Q(level=0),
                name="attachment_open_once_per_report",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="photo", width__gte=1, height__gte=1, pages__isnull=True)
                | models.Q(kind="document", pages__gte=1, width__isnull=True, height__isnull=True, thumbnail="")
                & ~models.Q(name=""),
                name="attachment_is_photo_or_document",
            ),
            models.CheckConstraint(condition=models.Q(size__gte=1), name="attachment_not_empty"),
            models.CheckConstraint(
                condition=models.Q(smudged_at__isnull=True, smudged_by__isnull=True)
                | models.Q(smudged_at__isnull=False, smudged_by__isnull=False, kind="photo"),
                name="attachment_smudged_at_by",
            ),
        ]
        indexes = [
            models.Index(
                fields=["at"], condition=models.Q(kind="photo", thumbnail=""), name="attachment_without_thumbnail"
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.pk)

    def get_absolute_url(self) -> Any:
        return reverse("signals:attachment-page", args=[self.pk])

    @property
    def is_photo(self) -> bool:
        return self.kind == AttachmentKind.PHOTO

    @property
    def is_as_open_as_its_signal(self) -> bool:
        """Then whoever reads the signal reads this too, and its course may speak of it."""
        return self.level == self.signal.level
