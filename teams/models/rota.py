"""Who of a team serves which zone in which period, in versions: what was told to people is never changed under them."""

import datetime as dt
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from areas.within import zones_over
from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from teams.models.grants import TeamGrant
from teams.models.people import User
from teams.models.teams import DateRange, Function, Membership, Team, ends_after_starts

if TYPE_CHECKING:
    from teams.access import Access

SERVING = Function.COMMUNITY_WARDEN
# Who makes a rota for a team they are in, or whose tasks or people are theirs to arrange.
MANAGERS = (Function.COORDINATOR, Function.PROJECT_OFFICER, Function.ADMINISTRATOR)


ARRANGING = ("work_team", "manage_team")


def rota_teams_of(viewer: "Access") -> models.QuerySet[Team]:
    """Teams for which the viewer may make a rota. Function and right are of one membership: who coordinates elsewhere
    and is a plain member here makes none here."""
    if viewer.organisation_id is None or not viewer.holds(*MANAGERS):
        return Team.objects.none()
    mine = Membership.objects.valid_on(timezone.localdate()).filter(user=viewer.user_id, function__in=MANAGERS)
    granted = TeamGrant.objects.filter(group__in=mine.values("team__group"), permission__codename__in=ARRANGING)
    reach = models.Q(pk__in=mine.values("team")) | models.Q(pk__in=granted.values("content_object"))
    return Team.objects.filter(reach, organisation_id=viewer.organisation_id)


def makers_of(team: Team) -> models.QuerySet[User]:
    """The other way round: who may make its rota. Administrators only where there is nobody else: they may everything,
    and do something else all day."""
    granted = TeamGrant.objects.filter(content_object=team, permission__codename__in=ARRANGING).values("group")
    held = Membership.objects.valid_on(timezone.localdate()).filter(
        models.Q(team=team) | models.Q(team__group__in=granted), function__in=MANAGERS
    )
    found = User.objects.filter(is_active=True, organisation=team.organisation_id).order_by("pk")
    nearest = found.filter(pk__in=held.exclude(function=Function.ADMINISTRATOR).values("user"))
    return nearest if nearest.exists() else found.filter(pk__in=held.values("user"))


class RotaQuerySet(models.QuerySet["Rota"]):
    def writable(self, viewer: "Access") -> Self:
        return self.filter(team__in=rota_teams_of(viewer))

    def inside(self, viewer: "Access") -> Self:
        """Whose rounds per person the viewer reads: those of the own team, and who arranges it."""
        own = models.Q(team__in=viewer.team_ids) | models.Q(team__in=rota_teams_of(viewer))
        return self.filter(own).distinct()

    def readable(self, viewer: "Access") -> Self:
        """Also who may view a part of one of its zones: they see who serves there, not each one's rounds."""
        seen = viewer.areas("view")
        zones = Rota.zones.through.objects.filter(models.Q(area__in=zones_over(seen)) | models.Q(area__in=seen))
        inside = models.Q(pk__in=Rota.objects.inside(viewer).values("pk"))
        return self.filter(inside | models.Q(pk__in=zones.values("rota")))


@pghistory.track(*history(), model_name="RotaChange")
class Rota(models.Model):
    """The wardens of a team move on to the next zone with each period, in the order of the zones."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    team = models.OneToOneField(Team, models.PROTECT, related_name="rota", verbose_name=_("team"))
    zones = models.ManyToManyField(Area, related_name="+", verbose_name=_("zones"))
    months = models.PositiveSmallIntegerField(_("months in a period"), default=2)
    first_on = models.DateField(_("first day of the first period"))
    notice_days = models.PositiveSmallIntegerField(
        _("days of notice"), default=14, help_text=_("Publishing later than this asks you to confirm.")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = RotaQuerySet.as_manager()

    class Meta:
        ordering = ["team__name", "pk"]
        verbose_name = _("rota")
        verbose_name_plural = _("rotas")
        constraints = [
            models.CheckConstraint(condition=models.Q(months__gte=1, months__lte=12), name="rota_months_in_a_year"),
            models.CheckConstraint(condition=models.Q(notice_days__lte=90), name="rota_notice_within_a_season"),
            models.CheckConstraint(
                condition=models.Q(first_on__day__lte=28),
                name="rota_begins_on_a_day_of_every_month",
                violation_error_message=_("Let it begin on a day that every month has: the 1st to the 28th."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Rota of %(team)s") % {"team": self.team.name})

    def get_absolute_url(self) -> str:
        return reverse("rota:rota", args=[self.pk])

    @property
    def published(self) -> "RotaVersion | None":
        """What holds now."""
        return self.versions.filter(state=VersionState.PUBLISHED).order_by("-number").first()

    def published_by_then(self, day: dt.date) -> "RotaVersion | None":
        """What held on a day: a version keeps no rounds of long before it. Before the first, the first."""
        published = self.versions.filter(state=VersionState.PUBLISHED).order_by("-number")
        return published.filter(published_at__date__lte=day).first() or published.last()

    @property
    def draft(self) -> "RotaVersion | None":
        return self.versions.filter(state=VersionState.DRAFT).first()


class VersionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")


@pghistory.track(*history(), model_name="RotaVersionChange")
class RotaVersion(models.Model):
    """A whole rota as it was told at once. A published one is frozen; who changes something begins the next."""

    State = VersionState

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rota = models.ForeignKey(Rota, models.CASCADE, related_name="versions", verbose_name=_("rota"))
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=9, choices=VersionState, default=VersionState.DRAFT)
    note = models.CharField(_("note for the team"), max_length=300, blank=True)
    accepted = models.CharField(_("rules broken knowingly"), max_length=1000, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    class Meta:
        ordering = ["rota", "-number"]
        verbose_name = _("version of a rota")
        verbose_name_plural = _("versions of rotas")
        constraints = [
            models.UniqueConstraint(fields=["rota", "number"], name="rotaversion_number_once"),
            models.UniqueConstraint(
                fields=["rota"], condition=models.Q(state="draft"), name="rotaversion_one_draft_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft"], published_at__isnull=True, published_by__isnull=True)
                | models.Q(state__in=["published"], published_at__isnull=False, published_by__isnull=False),
                name="rotaversion_published_at_by",
            ),
        ]

    def __str__(self) -> str:
        return str(_("version %(number)s") % {"number": self.number})

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT


class RotaTurn(models.Model):
    """One person's zone in one period, or in the part of it in which the person is in the team. Written with its
    version and frozen with it: the versions are its history."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(RotaVersion, models.CASCADE, related_name="turns")
    user = models.ForeignKey(User, models.CASCADE, related_name="rota_turns", verbose_name=_("person"))
    zone = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("zone"))
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))

    class Meta:
        ordering = ["starts", "zone__position", "user__name", "pk"]
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        constraints = [
            ends_after_starts("rotaturn"),
            ExclusionConstraint(
                name="rotaturn_one_zone_at_a_time",
                expressions=[
                    ("version", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (DateRange("starts", "ends", models.Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["user", "starts"], name="rotaturn_of_person")]

    def __str__(self) -> str:
        return f"{self.user}, {self.zone.name}, {self.starts:%Y-%m-%d}"

    @property
    def is_now(self) -> bool:
        return self.starts <= timezone.localdate() <= self.ends
