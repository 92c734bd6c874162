"""What there is to do: an activity of an association or an organisation, once or week after week."""

import datetime as dt
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from reservations.models.associations import Association
from reservations.models.bookings import Booking
from reservations.models.buildings import Building
from reservations.models.series import Series
from teams.access import Access
from teams.models import Organisation, User


class ActivityKind(models.TextChoices):
    ACTIVITY = "activity", _("activity")
    MEAL = "meal", _("meal")
    COURSE = "course", _("course")
    SITTING = "sitting", _("sitting day")
    OPEN = "open", _("open house")


class Target(models.TextChoices):
    CHILDREN = "children", _("children")
    YOUNG = "young", _("young people")
    ADULTS = "adults", _("adults")
    SENIORS = "seniors", _("seniors")
    FAMILIES = "families", _("families")
    NEWCOMERS = "newcomers", _("newcomers")
    CARERS = "carers", _("informal carers")


class ActivityQuerySet(models.QuerySet["Activity"]):
    def public(self) -> Self:
        return self.filter(is_public=True)

    def readable(self, viewer: Access) -> Self:
        """What is public, what associations do, and what one's own organisation does."""
        if viewer.user_id is None and viewer.organisation_id is None:
            return self.none()
        mine = models.Q(is_public=True) | models.Q(association__isnull=False)
        if viewer.organisation_id is not None:
            mine |= models.Q(organisation_id=viewer.organisation_id)
        return self.filter(mine)

    def writable(self, viewer: Access) -> Self:
        """Those of one's own organisation; those of associations are for who keeps the register."""
        from reservations.register.rights import keeps_register, tells

        mine = models.Q(pk__in=[])
        if tells(viewer):
            mine |= models.Q(organisation_id=viewer.organisation_id)
        if keeps_register(viewer):
            mine |= models.Q(association__isnull=False)
        return self.filter(mine)


@pghistory.track(*history(), model_name="ActivityChange")
class Activity(models.Model):
    """On the clock of Brussels. Without weekdays it is once, on `first_on`; with weekdays it comes back up to and
    including `until`, every `interval` weeks, or as the `nth` of the month; or it is on `days` of its own.
    `ActivityDate` holds what that comes to. Days of its own may have hours of their own: `day_starts` and `day_ends`,
    one for each of `days` in order; both are empty while `start_time` and `end_time` hold on every day."""

    Kind = ActivityKind

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=ActivityKind, default=ActivityKind.ACTIVITY)
    targets = ArrayField(
        models.CharField(max_length=10, choices=Target), default=list, blank=True, verbose_name=_("for whom")
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="activities", verbose_name=_("area"))
    building = models.ForeignKey(
        Building, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("building")
    )
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("The room, or another address."))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    association = models.ForeignKey(
        Association, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("association")
    )
    contact_line = models.CharField(
        _("to register or to ask"), max_length=200, blank=True,
        help_text=_("Everybody reads this: a number or address of the organisation, not of a person."),
    )  # fmt: skip
    price = models.CharField(_("price"), max_length=120, blank=True)
    first_on = models.DateField(_("day"))
    until = models.DateField(_("up to and including"), null=True, blank=True)
    start_time = models.TimeField(_("from"))
    end_time = models.TimeField(_("until"), help_text="at or before the start is past midnight")
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name=_("weekdays"),
        help_text="Monday is 0; none: once",
    )  # fmt: skip
    interval = models.PositiveSmallIntegerField(_("every so many weeks or months"), default=1)
    nth = models.SmallIntegerField(_("which in the month"), null=True, blank=True)
    skips_public_holidays = models.BooleanField(_("not on public holidays"), default=True)
    skips_school_holidays = models.BooleanField(_("not in school holidays"), default=False)
    days = ArrayField(
        models.DateField(), default=list, blank=True, verbose_name=_("on these days"),
        help_text="instead of a rule; the first of them is `first_on`",
    )  # fmt: skip
    day_starts = ArrayField(models.TimeField(), default=list, blank=True, verbose_name=_("from, on each of these days"))
    day_ends = ArrayField(models.TimeField(), default=list, blank=True, verbose_name=_("until, on each of these days"))
    cancelled_on = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("does not take place on"))
    is_public = models.BooleanField(_("everybody may read it"), default=False)
    booking = models.ForeignKey(Booking, models.SET_NULL, null=True, blank=True, related_name="activities")
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="activities")
    uit_id = models.CharField(max_length=36, null=True, blank=True, unique=True, editable=False)
    uit_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="of what came in: other than that, we changed it"
    )
    is_example = models.BooleanField(_("example"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["title", "first_on"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="activity_has_a_title"),
            models.CheckConstraint(condition=models.Q(kind__in=ActivityKind.values), name="activity_kind_known"),
            models.CheckConstraint(
                condition=models.Q(targets__contained_by=list(Target.values)), name="activity_targets_known"
            ),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, association__isnull=True)
                | models.Q(organisation__isnull=True, association__isnull=False),
                name="activity_has_one_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(weekdays__len=0, until__isnull=True, nth__isnull=True)
                | models.Q(weekdays__len__gte=1, until__isnull=False, until__gte=models.F("first_on")),
                name="activity_once_or_until_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(days__len=0) | models.Q(weekdays__len=0), name="activity_days_or_a_rule"
            ),
            models.CheckConstraint(
                condition=models.Q(day_starts__len=0, day_ends__len=0)
                | models.Q(day_starts__len=models.F("days__len"), day_ends__len=models.F("days__len")),
                name="activity_hours_for_each_day",
            ),
            models.CheckConstraint(
                condition=models.Q(weekdays__contained_by=list(range(7))), name="activity_weekdays_known"
            ),
            models.CheckConstraint(
                condition=models.Q(nth__isnull=True) | models.Q(nth__in=[1, 2, 3, 4, -1]), name="activity_nth_known"
            ),
            models.CheckConstraint(
                condition=models.Q(interval__gte=1, interval__lte=52), name="activity_comes_within_a_year"
            ),
            models.CheckConstraint(
                condition=models.Q(booking__isnull=True) | models.Q(series__isnull=True),
                name="activity_of_one_booking",
            ),
        ]
        indexes = [models.Index(fields=["association"], name="activity_of_association")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reservations:activity", args=[self.pk])

    @property
    def holder(self) -> Organisation | Association:
        found = self.association or self.organisation
        if found is None:
            raise ValueError("The database lets no activity be without a holder.")
        return found

    @property
    def target_names(self) -> list[str]:
        return [str(Target(target).label) for target in self.targets]

    @property
    def repeats(self) -> bool:
        return bool(self.weekdays)

    @property
    def where(self) -> str:
        return ", ".join(part for part in (self.place, self.building.name if self.building else "") if part)


class ActivityDateQuerySet(models.QuerySet["ActivityDate"]):
    def between(self, first: dt.datetime, last: dt.datetime) -> Self:
        return self.filter(starts__lt=last, ends__gt=first)


class ActivityDate(models.Model):
    """Worked out from the rule whenever the activity is written (`activities.dates`)."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="dates")
    on = models.DateField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    is_cancelled = models.BooleanField(default=False)

    objects = ActivityDateQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "activity__title"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "on"], name="activitydate_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="activitydate_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["starts"], name="activitydate_starts")]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.on}"
