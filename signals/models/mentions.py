from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from signals.models.notes import Note
from teams.access import Access
from teams.models import User


class MentionQuerySet(models.QuerySet["Mention"]):
    def of(self, user: User, viewer: Access) -> Self:
        """Those of a person, on notes that this person may still read."""
        return self.filter(user=user, note__in=Note.objects.readable(viewer))

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Mention(models.Model):
    """Somebody was called by name in a note. The words stay in the note, under its level."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    note = models.ForeignKey(Note, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(User, models.CASCADE, related_name="mentions")
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="mentioned_once_per_note")]
        indexes = [models.Index(fields=["user"], name="mention_unread", condition=models.Q(read_at__isnull=True))]

    def __str__(self) -> str:
        return str(self.pk)
