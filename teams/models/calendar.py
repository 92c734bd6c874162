"""When an organisation works: its week, and the days on which it is closed besides."""

import datetime as dt
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.workdays import CLOSING_TIME, OPENING_TIME
from teams.models.organisations import Organisation

if TYPE_CHECKING:
    from teams.access import Access


def monday_to_friday() -> list[int]:
    return list(range(5))


@pghistory.track(model_name="WorkingWeekChange")
class WorkingWeek(models.Model):
    """The days and hours of an organisation. Terms are counted in them; one without a row works office hours."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="working_week")
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=list(WEEKDAYS.items())), default=monday_to_friday,
        verbose_name=_("working days"),
    )  # fmt: skip
    opens = models.TimeField(_("from"), default=OPENING_TIME)
    closes = models.TimeField(_("until"), default=CLOSING_TIME)
    keeps_holidays = models.BooleanField(_("closed on public holidays"), default=True)

    class Meta:
        verbose_name = _("working week")
        verbose_name_plural = _("working weeks")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekdays__len__gte=1) & models.Q(weekdays__contained_by=list(range(7))),
                name="workingweek_has_days",
                violation_error_message=_("Tick at least one working day: otherwise no term ever ends."),
            ),
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")),
                name="workingweek_closes_after_it_opens",
                violation_error_message=_("The day ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class ClosingDayQuerySet(models.QuerySet["ClosingDay"]):
    def kept_by(self, viewer: "Access") -> Self:
        return self.filter(organisation_id=viewer.organisation_id)

    def from_day(self, day: dt.date) -> Self:
        return self.filter(day__gte=day)


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), model_name="ClosingDayChange"
)
class ClosingDay(models.Model):
    """A day on which one organisation does not work, such as a bridge day."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="closing_days")
    day = models.DateField(_("day"))
    name = models.CharField(_("what for"), max_length=60)

    objects = ClosingDayQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        verbose_name = _("closing day")
        verbose_name_plural = _("closing days")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "day"],
                name="closingday_once",
                violation_error_message=_("This day is already in the list."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}"
