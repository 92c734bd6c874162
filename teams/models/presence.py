"""When somebody, or somebody of a team, can be found at a place every week."""

import datetime as dt
from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from teams.models.dated import Dated, ends_after_starts
from teams.models.people import User
from teams.models.service_points import ServicePoint
from teams.models.teams import Team

if TYPE_CHECKING:
    from teams.access import Access


class PresenceHourQuerySet(models.QuerySet["PresenceHour"]):
    def valid_on(self, day: dt.date) -> Self:
        return self.filter(Dated.valid(day))

    def not_over(self, day: dt.date) -> Self:
        """What is so that day, or will be."""
        return self.filter(models.Q(ends=None) | models.Q(ends__gte=day))

    def somebody_there(self, day: dt.date) -> Self:
        """Of who works here still, and of teams that exist still."""
        team = models.Q(team=None) | models.Q(team__in=Team.objects.valid_on(day))
        return self.valid_on(day).filter(team, models.Q(user=None) | models.Q(user__is_active=True))

    def writable(self, viewer: "Access") -> Self:
        """The own ones, and those of a team one is in or manages."""
        managed = Team.objects.managed_by(viewer).values("pk")
        of_team = models.Q(team__in=viewer.team_ids) | models.Q(team__in=managed)
        return self.filter(models.Q(user=viewer.user_id, user__isnull=False) | of_team)


@pghistory.track(*history(), model_name="PresenceHourChange")
class PresenceHour(Dated):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="presence_hours", verbose_name=_("person")
    )
    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="presence_hours", verbose_name=_("team")
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="presence_hours", verbose_name=_("area")
    )
    place = models.CharField(_("where"), max_length=120)
    service_point = models.ForeignKey(
        ServicePoint, models.PROTECT, null=True, blank=True, related_name="presence_hours",
        verbose_name=_("service point"),
    )  # fmt: skip
    weekday = models.PositiveSmallIntegerField(_("day"), choices=list(WEEKDAYS.items()))
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"))
    is_public = models.BooleanField(
        _("residents may come too"), default=False,
        help_text=_("It stands on the public page of the area as well, without anybody’s name."),
    )  # fmt: skip
    note = models.CharField(
        _("note"), max_length=120, blank=True, help_text=_("For instance “only the first Tuesday of the month”.")
    )

    objects = PresenceHourQuerySet.as_manager()

    class Meta:
        ordering = ["weekday", "opens", "id"]
        verbose_name = _("presence hours")
        verbose_name_plural = _("presence hours")
        constraints = [
            ends_after_starts("presencehour"),
            models.CheckConstraint(condition=models.Q(weekday__in=list(WEEKDAYS)), name="presencehour_weekday_known"),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | models.Q(team__isnull=False),
                name="presencehour_is_somebodys",
                violation_error_message=_("Say who is there: a person or a team."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_public=False) | models.Q(area__isnull=False),
                name="presencehour_public_in_an_area",
                violation_error_message=_("Say in which area: residents look for it there."),
            ),
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")),
                name="presencehour_closes_after_it_opens",
                violation_error_message=_("The day ends before it begins."),
            ),
        ]
        indexes = [models.Index(fields=["area", "weekday"], name="presencehour_in_area")]

    def __str__(self) -> str:
        hours = f"{time_format(self.opens, 'G.i')}–{time_format(self.closes)}"
        return f"{self.get_weekday_display()} {hours}, {self.place}"

    def end(self) -> None:
        """Today is its last day; what had not begun was never there."""
        today = timezone.localdate()
        if self.starts > today:
            self.delete()
        elif self.ends is None or self.ends > today:
            self.ends = today
            self.save(update_fields=["ends"])
