import datetime as dt
from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.contrib.auth.models import Group
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from teams.models.dated import Dated as Dated
from teams.models.dated import DateRange as DateRange
from teams.models.dated import ends_after_starts as ends_after_starts
from teams.models.kinds import JOINT_KINDS, TeamKind
from teams.models.kinds import Function as Function
from teams.models.mandates import Mandated, role_constraints
from teams.models.organisations import Organisation
from teams.models.people import User

if TYPE_CHECKING:
    from teams.access import Access


class TeamQuerySet(models.QuerySet["Team"]):
    def valid_on(self, day: dt.date) -> Self:
        return self.filter(Dated.valid(day))

    def executing(self) -> Self:
        """Teams a task can go to: those of one organisation."""
        return self.filter(organisation__isnull=False).exclude(kind=Team.Kind.AREA)

    def readable(self, viewer: "Access") -> Self:
        """Teams whose people the viewer may see: of the own organisation, joint ones of an area that the
        viewer may view, and every team the viewer is in. An administrator sees all joint teams."""
        joint = models.Q(pk__in=Team.areas.through.objects.filter(area__in=viewer.areas("view")).values("team"))
        if viewer.holds(Function.ADMINISTRATOR):
            joint = models.Q()
        own = models.Q(pk__in=viewer.team_ids)
        if viewer.organisation_id is not None:
            own |= models.Q(organisation_id=viewer.organisation_id)
        return self.filter(own | joint & models.Q(organisation__isnull=True))

    def managed_by(self, viewer: "Access") -> Self:
        """Teams to which the viewer, as administrator, may add people of the own organisation."""
        joint = models.Q(organisation__isnull=True) if viewer.holds(Function.ADMINISTRATOR) else models.Q(pk__in=[])
        return self.filter(steers(viewer) | joint)

    def steered_by(self, viewer: "Access") -> Self:
        """Teams whose posts the viewer, as administrator, may change: never a joint one."""
        return self.filter(steers(viewer))

    def set_by(self, viewer: "Access") -> Self:
        """Teams whose settings the viewer may change; those of a joint team are for who manages its areas."""
        managed = Team.areas.through.objects.filter(area__in=viewer.areas("manage")).values("team")
        return self.filter(steers(viewer) | models.Q(organisation__isnull=True, pk__in=managed))


def steers(viewer: "Access") -> models.Q:
    """The function alone is not enough, and the grant alone neither."""
    if viewer.organisation_id is None or not viewer.holds(Function.ADMINISTRATOR):
        return models.Q(pk__in=[])
    return models.Q(pk__in=viewer.teams("manage"), organisation_id=viewer.organisation_id)


@pghistory.track(model_name="TeamChange")
class Team(Dated):
    """People who work together. A joint team has no organisation: it meets and follows, it executes nothing."""

    Kind = TeamKind

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="teams",
        verbose_name=_("organisation"),
    )
    areas = models.ManyToManyField(Area, blank=True, related_name="teams", verbose_name=_("areas"))
    group = models.OneToOneField(Group, models.PROTECT, editable=False, related_name="team")
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    purpose = models.TextField(
        _("task of the team"), max_length=2_000, blank=True, help_text=_("What this team is there for, in a few lines.")
    )
    exit_criteria = models.TextField(
        _("done when"), max_length=2_000, blank=True, help_text=_("How everybody sees that its work is finished.")
    )
    report_after_working_days = models.PositiveSmallIntegerField(
        _("monthly report leaves on working day"),
        default=3,
        help_text=_("0 sends it as soon as it is drafted."),
    )

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        permissions = [
            ("work_team", "May do the tasks of this team"),
            ("view_sealed_team", "May read sealed matter of this team"),
            ("manage_team", "May manage the people of this team"),
        ]
        constraints = [
            ends_after_starts("team"),
            models.CheckConstraint(condition=models.Q(kind__in=TeamKind.values), name="team_kind_known"),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False) | models.Q(kind__in=JOINT_KINDS),
                name="team_without_organisation_is_joint",
                violation_error_message=_("A team that executes work belongs to one organisation."),
            ),
            models.CheckConstraint(
                condition=models.Q(report_after_working_days__lte=15), name="team_report_within_the_month"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def gets_reports(self) -> bool:
        """The table of an area gets its monthly report; other tables follow no area."""
        return self.organisation_id is None and self.kind == TeamKind.AREA

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Every team has a group, on which guardian hangs its grants."""
        with transaction.atomic():
            if not self.group_id:
                self.group = Group.objects.create(name=f"team:{self.code}")
            super().save(*args, **kwargs)

    def clean(self) -> None:
        """It does not end as the last one in which somebody reads what is sealed."""
        from teams.keeping import why_not_end

        super().clean()
        if self.kind == TeamKind.PROJECT and self.ends is None and not self.exit_criteria.strip():
            raise ValidationError({"exit_criteria": _("Say when a project ends, or when it is done: one of both.")})
        if self.pk and (reason := why_not_end(self)):
            raise ValidationError(reason)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def valid_on(self, day: dt.date) -> Self:
        """Memberships that count on a day: their own dates, those of the team, and an active person."""
        return self.filter(
            Dated.valid(day),
            models.Q(team__starts__lte=day) & (models.Q(team__ends__isnull=True) | models.Q(team__ends__gte=day)),
            user__is_active=True,
        )

    def readable(self, viewer: "Access") -> Self:
        return self.filter(team__in=Team.objects.readable(viewer))

    def managed_by(self, viewer: "Access") -> Self:
        return self.filter(team__in=Team.objects.managed_by(viewer), user__organisation_id=viewer.organisation_id)


@pghistory.track(model_name="MembershipChange")
class Membership(Mandated, Dated):
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships", verbose_name=_("team"))
    function = models.CharField(_("function"), max_length=30, choices=Function)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["team__name", "user__name"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            ends_after_starts("membership"),
            models.CheckConstraint(condition=models.Q(function__in=Function.values), name="membership_function_known"),
            *role_constraints("membership"),
            ExclusionConstraint(
                name="membership_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("team", RangeOperators.EQUAL),
                    ("function", RangeOperators.EQUAL),
                    (DateRange("starts", "ends", models.Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person already holds this function in this team in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_function_display()}, {self.team}"

    def clean(self) -> None:
        """A team of one organisation holds people of that organisation only: its grants reach its secrets. And
        the last one who reads what is sealed stays until there is another."""
        from teams.keeping import why_not_change

        super().clean()
        if self.team_id and self.user_id:
            team_of, person_of = self.team.organisation_id, self.user.organisation_id
            if team_of is not None and team_of != person_of:
                raise ValidationError(
                    _("%(person)s works for another organisation than %(team)s.")
                    % {"person": self.user, "team": self.team}
                )
        if self.pk and self.starts and (reason := why_not_change(self)):
            raise ValidationError(reason)
