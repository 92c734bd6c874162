from typing import Self

from django.db import models
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from signals.models.signals import Signal
from teams.models import User


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def of(self, user: User) -> Self:
        """Feedback is for the person who raised it, wherever that person works by now, and for nobody else."""
        return self.filter(user=user)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def unread_first(self) -> Self:
        return self.alias(is_read=models.Q(read_at__isnull=False)).order_by("is_read", "-at", "-pk")


class Feedback(models.Model):
    """What became of a signal, told to the colleague who raised it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="feedback")
    signal = models.ForeignKey(Signal, models.CASCADE, related_name="feedback")
    subject = models.CharField(max_length=300)
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name_plural = "feedback"
        constraints = [
            models.UniqueConstraint(fields=["user", "signal", "at"], name="feedback_once_per_end"),
        ]
        indexes = [models.Index(fields=["user", "-at"], name="feedback_user")]

    def __str__(self) -> str:
        return self.subject
