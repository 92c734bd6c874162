"""What is taken: by a booking or by a closure, space by space. The database lets no two overlap."""

import datetime as dt
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from reservations.models.bookings import Booking
from reservations.models.buildings import Building
from reservations.models.rooms import Space
from teams.models import User

LONGEST_CLOSURE = dt.timedelta(days=366)


class ClosureQuerySet(models.QuerySet["Closure"]):
    def standing(self) -> Self:
        return self.filter(lifted_at__isnull=True)

    def ahead(self) -> Self:
        """Those of now and later, the first first."""
        return self.filter(ends__gt=timezone.now()).order_by("starts")


@pghistory.track(*history(), model_name="ClosureChange")
class Closure(models.Model):
    """Some spaces of a building are shut: works, a leak, an election."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    building = models.ForeignKey(Building, models.PROTECT, related_name="closures")
    spaces = models.ManyToManyField(Space, related_name="closures", verbose_name=_("spaces"))
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=200, help_text=_("Everybody reads this."))
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ClosureQuerySet.as_manager()

    class Meta:
        ordering = ["-starts"]
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="closure_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(ends__lte=models.F("starts") + LONGEST_CLOSURE),
                name="closure_no_longer_than_a_year",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="closure_says_why"),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=False) | models.Q(lifted_by__isnull=True),
                name="closure_lifted_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Occupancy(models.Model):
    """One space, taken. Rows exist only while it is: who cancels lets go by deleting. `during` includes the minutes to
    clear up, stored for `timestamptz + interval` cannot stand in an exclusion."""

    space = models.ForeignKey(Space, models.PROTECT, related_name="occupancies")
    during = DateTimeRangeField()
    booking = models.ForeignKey(Booking, models.CASCADE, null=True, blank=True, related_name="occupancies")
    closure = models.ForeignKey(Closure, models.CASCADE, null=True, blank=True, related_name="occupancies")

    class Meta:
        verbose_name = _("occupancy")
        verbose_name_plural = _("occupancies")
        constraints = [
            ExclusionConstraint(
                name="occupancy_never_two",
                expressions=[("space", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            # An empty range overlaps nothing and would slip past; one without an end would shut a room for ever.
            models.CheckConstraint(condition=models.Q(during__isempty=False), name="occupancy_not_empty"),
            models.CheckConstraint(
                condition=models.Q(during__lower_inf=False, during__upper_inf=False), name="occupancy_has_two_ends"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    during__endswith__lte=models.F("during__startswith") + LONGEST_CLOSURE + dt.timedelta(days=1)
                ),
                name="occupancy_no_longer_than_a_year",
            ),
            models.CheckConstraint(
                condition=models.Q(booking__isnull=False, closure__isnull=True)
                | models.Q(booking__isnull=True, closure__isnull=False),
                name="occupancy_of_a_booking_or_a_closure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.space_id} {self.during}"
