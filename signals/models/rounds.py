"""A warden's round: when it began, what was done, what the next one must know. No route: places are not kept."""

from typing import Self

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.ids import uuid7
from signals.models.base import history
from teams.access import Access
from teams.models import Team, User


class RoundActivityKind(models.TextChoices):
    """What the law lets community wardens do, in the words of the mission."""

    INFORMING = "informing", _("informing")
    MONITORING = "monitoring", _("monitoring")
    SENSITISING = "sensitising", _("sensitising")
    CONTACT = "contact", _("being there")
    CROSSING = "crossing", _("helping children cross")
    EVENT = "event", _("supervision at an event")


class PatrolRoundQuerySet(models.QuerySet["PatrolRound"]):
    def readable(self, viewer: Access) -> Self:
        """One's own, and those of colleagues in one's own team: the next one reads what the one before left."""
        if viewer.user_id is None:
            return self.none()
        return self.filter(models.Q(by_id=viewer.user_id) | models.Q(team_id__in=viewer.team_ids))

    def running(self) -> Self:
        return self.filter(ended_at__isnull=True)


@pghistory.track(*history(), model_name="PatrolRoundChange")
class PatrolRound(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="rounds")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="rounds")
    zone = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="rounds")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(_("for who comes after"), max_length=2000, blank=True)

    objects = PatrolRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("started_at")),
                name="patrolround_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["zone", "-started_at"], name="patrolround_of_zone")]

    def __str__(self) -> str:
        return f"{self.by}, {self.started_at:%Y-%m-%d %H:%M}"


@pghistory.track(*history(), model_name="RoundActivityChange")
class RoundActivity(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(PatrolRound, models.CASCADE, related_name="activities")
    kind = models.CharField(_("kind"), max_length=12, choices=RoundActivityKind)
    at = models.DateTimeField(default=timezone.now)
    text = models.CharField(_("in a few words"), max_length=300, blank=True)

    class Meta:
        ordering = ["at"]
        verbose_name = _("activity of a round")
        verbose_name_plural = _("activities of rounds")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=RoundActivityKind.values), name="roundactivity_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
