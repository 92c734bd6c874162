"""Hours of the week that are somebody's own: the school by day, an association in the evening."""

import datetime as dt
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.workdays import A_DAY
from reservations.models.associations import Association
from reservations.models.buildings import Building
from reservations.models.rooms import Room, Space
from reservations.models.seasons import Season, SeasonRequest
from reservations.models.uses import DISCREET
from teams.access import Access
from teams.models import Organisation, User

LONGEST_ALLOCATION = dt.timedelta(days=800)


class AllocationState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")  # by the division of a season; keeps nobody out
    STANDING = "standing", _("in force")
    WITHDRAWN = "withdrawn", _("withdrawn")


class AllocationQuerySet(models.QuerySet["Allocation"]):
    def standing(self) -> Self:
        return self.filter(state=AllocationState.STANDING)

    def of_now(self) -> Self:
        """Until the last of it is over: a night ends the day after."""
        today = timezone.localdate()
        last_night = models.Q(end_time__lt=models.F("start_time"), last_on=today - A_DAY)
        return self.standing().filter(models.Q(last_on__gte=today) | last_night)

    def with_words(self) -> Self:
        return self.select_related("room__building__owner", "organisation", "association", "season")

    def managed(self, viewer: Access) -> Self:
        return self.filter(room__building__in=Building.objects.managed_by(viewer))

    def held(self, viewer: Access) -> Self:
        """By the viewer's own organisation; of an association also those that were asked by the viewer."""
        held = models.Q(request__created_by_id=viewer.user_id)
        if viewer.organisation_id is not None:
            held |= models.Q(organisation_id=viewer.organisation_id)
        return self.filter(held) if viewer.user_id is not None else self.none()


@pghistory.track(*history(), model_name="AllocationChange")
class Allocation(models.Model):
    """On the clock of Brussels. What it comes to stands in `AllocatedRange` while it is standing, and only then."""

    State = AllocationState

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    room = models.ForeignKey(Room, models.PROTECT, related_name="allocations", verbose_name=_("room"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    association = models.ForeignKey(Association, models.PROTECT, null=True, blank=True, related_name="+")
    season = models.ForeignKey(Season, models.PROTECT, null=True, blank=True, related_name="allocations")
    request = models.OneToOneField(
        SeasonRequest, models.PROTECT, null=True, blank=True, related_name="allocation", editable=False
    )
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("weekdays"), help_text="Monday is 0")
    start_time = models.TimeField(_("from"))
    end_time = models.TimeField(_("until"), help_text="before the start is past midnight")
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    skips_school_holidays = models.BooleanField(_("not in school holidays"), default=False)
    given_back = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("days given back"))
    release_days = models.PositiveSmallIntegerField(_("free for all, so many days ahead"), default=14)
    state = models.CharField(_("state"), max_length=10, choices=AllocationState)
    why = models.CharField(_("why"), max_length=200, help_text=_("Everybody reads this."))
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AllocationQuerySet.as_manager()

    class Meta:
        ordering = ["room", "start_time", "pk"]
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, association__isnull=True)
                | models.Q(organisation__isnull=True, association__isnull=False),
                name="allocation_has_one_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(weekdays__contained_by=list(range(7)), weekdays__len__gte=1),
                name="allocation_weekdays_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(end_time=models.F("start_time")), name="allocation_ends_at_another_hour"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    last_on__gte=models.F("first_on"), last_on__lte=models.F("first_on") + LONGEST_ALLOCATION
                ),
                name="allocation_of_some_days_to_two_years",
            ),
            models.CheckConstraint(condition=models.Q(release_days__lte=365), name="allocation_releases_in_a_year"),
            models.CheckConstraint(
                condition=models.Q(state__in=AllocationState.values), name="allocation_state_known"
            ),
            models.CheckConstraint(condition=~models.Q(why=""), name="allocation_says_why"),
            models.CheckConstraint(
                condition=~models.Q(state="proposed") | models.Q(request__isnull=False, season__isnull=False),
                name="allocation_proposed_for_a_request",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        days = ", ".join(str(WEEKDAYS_ABBR[each]) for each in self.weekdays)
        return f"{days} {self.start_time:%H.%M}-{self.end_time:%H.%M}"

    def get_absolute_url(self) -> str:
        return reverse("reservations:allocation", args=[self.pk])

    @property
    def holder(self) -> Organisation | Association:
        found = self.association or self.organisation
        if found is None:
            raise ValueError("The database lets no allocation be without a holder.")
        return found

    @property
    def is_discreet(self) -> bool:
        """Its holder says no more than its name."""
        return self.organisation is not None and self.organisation.kind in DISCREET

    @property
    def is_standing(self) -> bool:
        return self.state == AllocationState.STANDING


class AllocatedRange(models.Model):
    """A stretch of one space that is kept for who holds the allocation, until `released_at`; the minutes to clear up
    are in it, as in `Occupancy`. Never two of them at once on one space, whoever holds them."""

    allocation = models.ForeignKey(Allocation, models.CASCADE, related_name="ranges")
    space = models.ForeignKey(Space, models.CASCADE, related_name="allocated_ranges")
    during = DateTimeRangeField()
    released_at = models.DateTimeField()

    class Meta:
        verbose_name = _("allocated stretch")
        verbose_name_plural = _("allocated stretches")
        constraints = [
            ExclusionConstraint(
                name="allocatedrange_of_one_holder",
                expressions=[("space", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=models.Q(during__isempty=False), name="allocatedrange_not_empty"),
            models.CheckConstraint(
                condition=models.Q(during__lower_inf=False, during__upper_inf=False),
                name="allocatedrange_has_two_ends",
            ),
        ]
        indexes = [models.Index(fields=["released_at"], name="allocatedrange_released")]

    def __str__(self) -> str:
        return f"{self.space_id} {self.during}"
