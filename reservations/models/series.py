"""A booking that comes back: every week, every other week, the second Tuesday of the month, in A weeks."""

from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from reservations.models.rooms import Room
from reservations.models.uses import Use, readable_to, use_constraints
from teams.access import Access
from teams.models import User


class Frequency(models.TextChoices):
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month, on a weekday")


class SchoolWeek(models.TextChoices):
    A = "a", _("A weeks")
    B = "b", _("B weeks")


LONGEST_SERIES = 400  # dates


class SeriesQuerySet(models.QuerySet["Series"]):
    def readable(self, viewer: Access) -> Self:
        """By its own words: one date of it may be shared, and the others not."""
        return self.filter(readable_to(viewer))


@pghistory.track(*history(), model_name="SeriesChange")
class Series(Use):
    """The rule, on the clock of Brussels: 19.30 stays 19.30 when the clock changes. It always ends: on a day, or after
    so many times. Its dates are bookings (`Booking.series`), the refused ones too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    room = models.ForeignKey(Room, models.PROTECT, related_name="series")
    frequency = models.CharField(_("how often"), max_length=8, choices=Frequency, default=Frequency.WEEKLY)
    interval = models.PositiveSmallIntegerField(_("every so many weeks or months"), default=1)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("weekdays"), help_text="Monday is 0")
    nth = models.SmallIntegerField(
        _("which in the month"), null=True, blank=True, help_text="1 to 4; -1 is the last; of a monthly series alone"
    )
    school_week = models.CharField(_("school weeks"), max_length=1, choices=SchoolWeek, blank=True)
    skips_public_holidays = models.BooleanField(_("not on public holidays"), default=True)
    skips_school_holidays = models.BooleanField(_("not in school holidays"), default=False)
    first_on = models.DateField(_("first time"))
    until = models.DateField(_("up to and including"), null=True, blank=True)
    times = models.PositiveSmallIntegerField(_("how many times"), null=True, blank=True)
    start_time = models.TimeField(_("from"))
    end_time = models.TimeField(_("until"), help_text="at or before the start is past midnight")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("series")
        verbose_name_plural = _("series")
        constraints = [
            *use_constraints("series"),
            models.CheckConstraint(
                condition=models.Q(frequency="weekly", nth__isnull=True)
                | models.Q(frequency="monthly", nth__in=[1, 2, 3, 4, -1], school_week=""),
                name="series_rule_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=False, times__isnull=True)
                | models.Q(until__isnull=True, times__isnull=False),
                name="series_ends_one_way",
            ),
            models.CheckConstraint(condition=models.Q(frequency__in=Frequency.values), name="series_frequency_known"),
            models.CheckConstraint(
                condition=models.Q(school_week__in=["", *SchoolWeek.values]), name="series_school_week_known"
            ),
            models.CheckConstraint(
                condition=models.Q(interval__gte=1, interval__lte=52), name="series_comes_within_a_year"
            ),
            models.CheckConstraint(
                condition=models.Q(times__isnull=True) | models.Q(times__gte=1, times__lte=LONGEST_SERIES),
                name="series_times_bounded",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("first_on")),
                name="series_ends_after_its_first",
            ),
            models.CheckConstraint(
                condition=models.Q(weekdays__contained_by=list(range(7)), weekdays__len__gte=1),
                name="series_weekdays_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reservations:series", args=[self.pk])
