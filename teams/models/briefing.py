"""Who read the briefing, which nobody else is told; and what a shift leaves for who comes after."""

import datetime as dt
from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from teams.models.audience import Audience, audience_known, heard_by
from teams.models.people import User
from teams.models.teams import Team

if TYPE_CHECKING:
    from teams.access import Access

NOTES_FOR = dt.timedelta(days=3)  # after that it is no news for who comes after


class BriefingRead(models.Model):
    """One tap a day and area, for the reader alone: from it the next briefing knows what is new. Not for counting."""

    user = models.ForeignKey(User, models.CASCADE, related_name="briefings_read")
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    day = models.DateField(default=timezone.localdate)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("briefing that was read")
        verbose_name_plural = _("briefings that were read")
        constraints = [models.UniqueConstraint(fields=["user", "area", "day"], name="briefingread_once_a_day")]

    def __str__(self) -> str:
        return f"{self.area_id}, {self.day}"


class ShiftNoteQuerySet(models.QuerySet["ShiftNote"]):
    def readable(self, viewer: "Access") -> Self:
        """Of one's own team; and of others what they left for all who work in the area. A note is for who walks
        there next, so the organisation of the team alone is no reason."""
        if viewer.user_id is None:
            return self.none()
        there = models.Q(area_id__in=viewer.areas("view"))
        wider = heard_by(viewer, areas=there, everywhere=models.Q(pk__in=[]))
        own = models.Q(team_id__in=viewer.team_ids) | models.Q(by_id=viewer.user_id)
        return self.filter(own | wider & ~models.Q(audience=Audience.INTERNAL))

    def recent(self) -> Self:
        return self.filter(at__gte=timezone.now() - NOTES_FOR)


@pghistory.track(*history(), model_name="ShiftNoteChange")
class ShiftNote(models.Model):
    """Given on in one tap. What a warden leaves at the end of a round on the tablet stays with that round."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="shift_notes", verbose_name=_("team"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(
        _("for who comes after"), max_length=1000, help_text=_("What the next one must know. No names.")
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    audience = models.CharField(_("for"), max_length=10, choices=Audience, default=Audience.INTERNAL)

    objects = ShiftNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("note of a shift")
        verbose_name_plural = _("notes of shifts")
        constraints = [audience_known("shiftnote")]
        indexes = [models.Index(fields=["area", "-at"], name="shiftnote_of_area")]

    def __str__(self) -> str:
        return f"{self.area_id}, {self.at:%Y-%m-%d %H:%M}"
