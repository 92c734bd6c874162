"""A season: who asks for which hours before it begins, and by what rule they are divided."""

import datetime as dt
import random
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from reservations.models.buildings import Building
from reservations.models.rooms import Room
from reservations.models.uses import Use, readable_to, use_constraints
from reservations.moments import minutes_between
from teams.access import Access
from teams.models import User
from teams.models.organisations import OrganisationKind

LONGEST_SEASON = dt.timedelta(days=400)
LOTS = 10_000


class Group(models.TextChoices):
    """Kinds of holder, in the order a new season puts them."""

    PARTNER = "partner", _("schools and partners")
    YOUTH = "youth", _("activities for under-18s")
    OCMW = "ocmw", _("the OCMW")
    ASSOCIATION = "association", _("associations")
    CITY = "city", _("the city")
    POLICE = "police", _("the police")


OF_ORGANISATION = {
    OrganisationKind.PARTNER: Group.PARTNER,
    OrganisationKind.OCMW: Group.OCMW,
    OrganisationKind.CITY: Group.CITY,
    OrganisationKind.POLICE: Group.POLICE,
}


def usual_order() -> list[str]:
    return list(Group.values)


def draw() -> int:
    return random.SystemRandom().randrange(LOTS)


class SeasonQuerySet(models.QuerySet["Season"]):
    def kept(self, viewer: Access) -> Self:
        """Who manages every building of it divides it."""
        managed = Building.objects.managed_by(viewer)
        others = Season.buildings.through.objects.filter(season=models.OuterRef("pk")).exclude(building__in=managed)
        return self.filter(buildings__in=managed).exclude(models.Exists(others)).distinct()


@pghistory.track(*history(), model_name="SeasonChange")
class Season(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=80)
    buildings = models.ManyToManyField(Building, related_name="seasons", verbose_name=_("buildings"))
    starts = models.DateField(_("from"))
    ends = models.DateField(_("up to and including"))
    requests_until = models.DateField(_("ask until"))
    # The rule. Few knobs, and each can be said in a sentence.
    order = ArrayField(models.CharField(max_length=12, choices=Group), default=usual_order, verbose_name=_("order"))
    keeps_last = models.BooleanField(_("who had the hour last season goes first"), default=True)
    most_hours = models.PositiveSmallIntegerField(_("most hours a week for one holder"), null=True, blank=True)
    release_days = models.PositiveSmallIntegerField(_("free for all, so many days ahead"), default=14)
    skips_school_holidays = models.BooleanField(_("not in school holidays"), default=True)
    lot = models.PositiveSmallIntegerField(_("lot"), default=draw)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SeasonQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "name"]
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="season_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts"), ends__lte=models.F("starts") + LONGEST_SEASON),
                name="season_of_some_days_to_a_year",
            ),
            models.CheckConstraint(
                condition=models.Q(requests_until__lte=models.F("starts")), name="season_asked_before_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(order__contained_by=list(Group.values), order__contains=list(Group.values)),
                name="season_order_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(most_hours__isnull=True) | models.Q(most_hours__gte=1, most_hours__lte=168),
                name="season_most_hours_of_a_week",
            ),
            models.CheckConstraint(condition=models.Q(release_days__lte=365), name="season_releases_within_a_year"),
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=False) | models.Q(settled_by__isnull=True),
                name="season_settled_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reservations:season", args=[self.pk])

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None

    @property
    def may_be_asked(self) -> bool:
        return not self.is_settled and timezone.localdate() <= self.requests_until


class Outcome(models.TextChoices):
    ASKED = "asked", _("asked")
    GIVEN = "given", _("given")
    REFUSED = "refused", _("not given")
    WITHDRAWN = "withdrawn", _("withdrawn")


class SeasonRequestQuerySet(models.QuerySet["SeasonRequest"]):
    def readable(self, viewer: Access) -> Self:
        """Whose words one may read; that somebody asks for an hour, the keepers of the season see of all."""
        return self.filter(readable_to(viewer, "season__buildings")).distinct()

    def mine(self, viewer: Access) -> Self:
        """Asked by oneself, or for one's own organisation."""
        held = models.Q(created_by_id=viewer.user_id)
        if viewer.organisation_id is not None:
            held |= models.Q(organisation_id=viewer.organisation_id)
        return self.filter(held) if viewer.user_id is not None else self.none()

    def standing(self) -> Self:
        return self.exclude(outcome=Outcome.WITHDRAWN)


@pghistory.track(*history(), model_name="SeasonRequestChange")
class SeasonRequest(Use):
    """One hour of the week, on one of some weekdays. Who wants two, asks twice: a round gives one. Its key is made by
    the form: sent twice it is one request."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    season = models.ForeignKey(Season, models.PROTECT, related_name="requests")
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="+", help_text="none: any room that suits"
    )
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("weekdays"), help_text="Monday is 0")
    start_time = models.TimeField(_("from"))
    end_time = models.TimeField(_("until"), help_text="before the start is past midnight")
    for_youth = models.BooleanField(_("for under-18s"), default=False)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.ASKED)
    because = models.CharField(_("because"), max_length=500, blank=True)
    is_fixed = models.BooleanField(_("decided by hand"), default=False)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SeasonRequestQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("request for a season")
        verbose_name_plural = _("requests for a season")
        constraints = [
            *use_constraints("seasonrequest"),
            models.CheckConstraint(
                condition=models.Q(weekdays__contained_by=list(range(7)), weekdays__len__gte=1),
                name="seasonrequest_weekdays_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(end_time=models.F("start_time")), name="seasonrequest_ends_at_another_hour"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="seasonrequest_outcome_known"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["asked", "withdrawn"]) | ~models.Q(because=""),
                name="seasonrequest_answered_with_a_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reservations:season-request", args=[self.pk])

    @property
    def group(self) -> Group:
        """What counts in the order everybody may check: of who does not share what for it is the kind of holder."""
        if self.for_youth and self.is_shared:
            return Group.YOUTH
        return OF_ORGANISATION[OrganisationKind(self.organisation.kind)] if self.organisation else Group.ASSOCIATION

    @property
    def minutes(self) -> int:
        return minutes_between(self.start_time, self.end_time)
