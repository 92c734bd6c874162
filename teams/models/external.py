"""People of outside at a joint table, such as residents of the Lange Munte. They have no account and see nothing here:
the minutes come to them by mail."""

import datetime as dt
from typing import TYPE_CHECKING, Self

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from teams.models.dated import Dated, ends_after_starts
from teams.models.teams import Team

if TYPE_CHECKING:
    from teams.access import Access


class ExternalMemberQuerySet(models.QuerySet["ExternalMember"]):
    def valid_on(self, day: dt.date) -> Self:
        """Who counts that day: their own dates and those of the team."""
        return self.filter(
            Dated.valid(day),
            models.Q(team__starts__lte=day) & (models.Q(team__ends__isnull=True) | models.Q(team__ends__gte=day)),
        )

    def speaking(self, day: dt.date) -> Self:
        """Who has no mandate that ran out: what a table says leaves the house for who speaks for somebody."""
        return self.valid_on(day).filter(models.Q(mandate_until=None) | models.Q(mandate_until__gte=day))

    def silent(self, day: dt.date) -> Self:
        """They sit there still, and their mandate ran out."""
        return self.valid_on(day).filter(mandate_until__lt=day)

    def readable(self, viewer: "Access") -> Self:
        return self.filter(team__in=Team.objects.readable(viewer))

    def writable(self, viewer: "Access") -> Self:
        """For who manages the areas of the team, and for administrators."""
        kept = Team.objects.set_by(viewer) | Team.objects.managed_by(viewer)
        return self.readable(viewer).filter(team__in=kept.values("pk"))


@pghistory.track(*history(), model_name="ExternalMemberChange")
class ExternalMember(Dated):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    team = models.ForeignKey(Team, models.CASCADE, related_name="external_members", verbose_name=_("team"))
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(
        _("e-mail address"), blank=True, help_text=_("For the minutes. Without one they are given on paper.")
    )
    organisation_name = models.CharField(_("speaks as or for"), max_length=120, blank=True)
    mandate = models.CharField(_("mandate"), max_length=200, blank=True, help_text=_("Who this person speaks for."))
    mandate_until = models.DateField(
        _("mandate until"), null=True, blank=True, help_text=_("Empty: as long as the membership lasts.")
    )

    objects = ExternalMemberQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("member from outside")
        verbose_name_plural = _("members from outside")
        constraints = [
            ends_after_starts("externalmember"),
            models.CheckConstraint(condition=~models.Q(name=""), name="externalmember_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(mandate_until=None) | ~models.Q(mandate=""),
                name="externalmember_mandate_before_its_end",
                violation_error_message=_("Say for whom this person speaks, or leave the end of the mandate empty."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.team_id and self.team.organisation_id is not None:
            raise ValidationError(_("Only a joint team has members from outside: this one reads its own secrets."))

    @property
    def speaks_today(self) -> bool:
        return self.mandate_until is None or self.mandate_until >= timezone.localdate()
