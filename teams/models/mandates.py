"""For whom a member speaks, until when, and what part they play at the table."""

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.models.dated import DateRange


class Role(models.TextChoices):
    MEMBER = "member", _("member")
    CHAIR = "chair", _("chair")
    LEADER = "leader", _("project leader for the content")
    GUIDE = "guide", _("process guide")
    REPORTER = "reporter", _("reporter of meetings")


# Of these a team has one at a time.
ONE_AT_A_TIME = (Role.CHAIR, Role.LEADER)


class Mandated(models.Model):
    """Without the words of a mandate somebody speaks for nobody but themselves."""

    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.MEMBER)
    mandate = models.CharField(_("mandate"), max_length=200, blank=True, help_text=_("Who this person speaks for."))
    mandate_until = models.DateField(
        _("mandate until"), null=True, blank=True, help_text=_("Empty: as long as the membership lasts.")
    )

    class Meta:
        abstract = True

    def has_mandate_on(self, day: dt.date) -> bool:
        return bool(self.mandate) and (self.mandate_until is None or self.mandate_until >= day)

    @property
    def speaks_today(self) -> bool:
        return self.has_mandate_on(timezone.localdate())

    def speaks_for(self, day: dt.date) -> str:
        """The mandate as it counts that day; empty when there is none, or no longer."""
        return self.mandate if self.has_mandate_on(day) else ""


def role_constraints(name: str) -> list[models.BaseConstraint]:
    """Who knows the matter and who guides the talk are two people: that is why a project has both."""
    during = (DateRange("starts", "ends", models.Value("[]")), RangeOperators.OVERLAPS)
    return [
        models.CheckConstraint(condition=models.Q(role__in=Role.values), name=f"{name}_role_known"),
        models.CheckConstraint(
            condition=models.Q(mandate_until=None) | ~models.Q(mandate=""),
            name=f"{name}_mandate_before_its_end",
            violation_error_message=_("Say for whom this person speaks, or leave the end of the mandate empty."),
        ),
        ExclusionConstraint(
            name=f"{name}_one_chair_one_leader",
            expressions=[("team", RangeOperators.EQUAL), ("role", RangeOperators.EQUAL), during],
            condition=models.Q(role__in=ONE_AT_A_TIME),
            violation_error_message=_("In that period somebody else has this role. End theirs first."),
        ),
        ExclusionConstraint(
            name=f"{name}_leader_is_no_guide",
            expressions=[
                ("team", RangeOperators.EQUAL),
                ("user", RangeOperators.EQUAL),
                ("role", RangeOperators.NOT_EQUAL),
                during,
            ],
            condition=models.Q(role__in=[Role.LEADER, Role.GUIDE]),
            violation_error_message=_(
                "Who leads a project for its content does not guide its process at the same time. Ask somebody else."
            ),
        ),
    ]
