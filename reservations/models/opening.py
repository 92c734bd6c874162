"""When a house is open. Periods say it per weekday; what they come to, day by day, stands in OpenRange."""

import datetime as dt
from collections.abc import Iterable

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from reservations.models.buildings import Building
from reservations.models.rooms import Room


class PeriodKind(models.TextChoices):
    """Of two periods that hold on one day, the one further down this list counts, whether the building or the room
    says it; of one kind that of the room."""

    YEAR = "year", _("the whole year")
    SCHOOL_HOLIDAYS = "school_holidays", _("school holidays")  # counts on those days alone
    PUBLIC_HOLIDAYS = "public_holidays", _("public holidays")
    EXCEPTION = "exception", _("these days only")


PRIORITY = list(PeriodKind)


@pghistory.track(*history(), model_name="OpeningPeriodChange")
class OpeningPeriod(models.Model):
    """Hours that hold from a day to a day, of a building, or of one room that keeps its own. A weekday without hours
    is a closed one."""

    Kind = PeriodKind

    building = models.ForeignKey(Building, models.CASCADE, related_name="opening_periods")
    room = models.ForeignKey(Room, models.CASCADE, null=True, blank=True, related_name="opening_periods")
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=16, choices=PeriodKind, default=PeriodKind.YEAR)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("up to and including"))
    # Its spans in words, so that its history tells of them too; `describe` writes it.
    described = models.TextField(_("hours"), blank=True, default="", editable=False)

    class Meta:
        ordering = ["building", "starts", "pk"]
        verbose_name = _("opening period")
        verbose_name_plural = _("opening periods")
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=PeriodKind.values), name="openingperiod_kind_known"),
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")), name="openingperiod_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def describe(self) -> None:
        """Called by whoever changed its hours, in the same transaction."""
        words = described(self.spans.order_by("weekday", "opens").values_list("weekday", "opens", "closes"))
        OpeningPeriod.objects.filter(pk=self.pk).exclude(described=words).update(described=words)
        self.described = words


def described(spans: Iterable[tuple[int, dt.time, dt.time]]) -> str:
    """Ma 9.00–12.00, 13.00–17.00; di 9.00–12.00."""
    by_day: dict[int, list[str]] = {}
    for weekday, opens, closes in spans:
        by_day.setdefault(weekday, []).append(f"{time_format(opens, 'G.i')}–{time_format(closes, 'G.i')}")
    return "; ".join(f"{WEEKDAYS_ABBR[weekday]} {', '.join(hours)}" for weekday, hours in by_day.items())


class OpeningSpan(models.Model):
    """Hours on one weekday (Monday is 0), on the clock of Brussels. Closing at or before opening is past midnight."""

    period = models.ForeignKey(OpeningPeriod, models.CASCADE, related_name="spans")
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        ordering = ["period", "weekday", "opens"]
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="openingspan_weekday_known"),
            models.UniqueConstraint(fields=["period", "weekday", "opens"], name="openingspan_one_per_hour"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}-{self.closes:%H:%M}"


class OpenRange(models.Model):
    """A stretch during which a room is open, worked out from the periods. Never two that touch: one joined stretch."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="open_ranges")
    during = DateTimeRangeField()

    class Meta:
        verbose_name = _("open stretch")
        verbose_name_plural = _("open stretches")
        constraints = [
            models.CheckConstraint(condition=models.Q(during__isempty=False), name="openrange_not_empty"),
            models.CheckConstraint(
                condition=models.Q(during__lower_inf=False, during__upper_inf=False), name="openrange_has_two_ends"
            ),
            ExclusionConstraint(
                name="openrange_of_a_room_apart",
                expressions=[("room", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
        ]
        indexes = [GistIndex(fields=["during"], name="openrange_during")]

    def __str__(self) -> str:
        return f"{self.room_id} {self.during}"


class SchoolHoliday(models.Model):
    """A holiday of the Flemish schools, first to last day."""

    name = models.CharField(_("name"), max_length=60)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("up to and including"))
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["starts"]
        verbose_name = _("school holiday")
        verbose_name_plural = _("school holidays")
        constraints = [
            models.UniqueConstraint(fields=["name", "starts"], name="schoolholiday_once"),
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")), name="schoolholiday_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts.year}"
