from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from teams.models.people import User


class DigestChoice(models.Model):
    """Who asked for a mail about an area, and up to when they were told."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("every Monday")

    user = models.ForeignKey(User, models.CASCADE, related_name="digests")
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    rhythm = models.CharField(max_length=6, choices=Rhythm)
    told_until = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["user", "area"]
        verbose_name = _("digest by mail")
        verbose_name_plural = _("digests by mail")
        constraints = [
            models.UniqueConstraint(fields=["user", "area"], name="digestchoice_once"),
            models.CheckConstraint(condition=Q(rhythm__in=["daily", "weekly"]), name="digestchoice_rhythm_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.area}, {self.rhythm}"
