"""Who is away and who answers meanwhile. Why somebody is away is nobody's business here: there is no place for it."""

import datetime as dt
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from teams.models.people import User
from teams.models.teams import DateRange, Function, Membership, ends_after_starts

if TYPE_CHECKING:
    from teams.access import Access

# Who keeps up the absences of the colleagues of the own organisation.
KEEPERS = (Function.COORDINATOR, Function.ADMINISTRATOR)


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: dt.date) -> Self:
        return self.between(day, day)

    def between(self, first: dt.date, last: dt.date) -> Self:
        """With at least one day from `first` up to and including `last`."""
        return self.filter(starts__lte=last, ends__gte=first)

    def with_replacement(self, day: dt.date) -> Self:
        """With `is_covered`: whether the replacement works here and is there that day."""
        away = Absence.objects.on(day).filter(user=models.OuterRef("pk"))
        there = User.objects.filter(~models.Exists(away), pk=models.OuterRef("replaced_by"), is_active=True)
        return self.on(day).annotate(is_covered=models.Exists(there)).select_related("replaced_by")

    def readable(self, viewer: "Access") -> Self:
        """The own ones, those of the own organisation, and of who sits in a team with the viewer."""
        if viewer.user_id is None:
            return self.none()
        beside = Membership.objects.valid_on(timezone.localdate()).filter(team__in=viewer.team_ids)
        known = models.Q(user=viewer.user_id) | models.Q(user__in=beside.values("user"))
        if viewer.organisation_id is not None:
            known |= models.Q(user__organisation_id=viewer.organisation_id)
        return self.filter(known)

    def writable(self, viewer: "Access") -> Self:
        """The own ones; of everybody in the own organisation for who keeps its people or its areas."""
        if viewer.user_id is None:
            return self.none()
        kept = models.Q(user=viewer.user_id)
        if viewer.organisation_id is not None and viewer.holds(*KEEPERS):
            kept |= models.Q(user__organisation_id=viewer.organisation_id)
        return self.filter(kept)


@pghistory.track(*history(), model_name="AbsenceChange")
class Absence(models.Model):
    """Days on which a person is away, both included. A replacement is a name to call: it gives no right at all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="absences", verbose_name=_("person"))
    starts = models.DateField(_("first day"), default=timezone.localdate)
    ends = models.DateField(_("last day"))
    replaced_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="absences_covered", verbose_name=_("replaced by"),
    )  # fmt: skip

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "id"]
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            ends_after_starts("absence"),
            models.CheckConstraint(
                condition=models.Q(replaced_by=None) | ~models.Q(replaced_by=models.F("user")),
                name="absence_replaced_by_another",
                violation_error_message=_("Nobody replaces themselves."),
            ),
            ExclusionConstraint(
                name="absence_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (DateRange("starts", "ends", models.Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("These days overlap another absence of this person."),
            ),
        ]
        indexes = [models.Index(fields=["ends", "starts"], name="absence_between")]

    def __str__(self) -> str:
        return f"{self.user} {self.starts:%Y-%m-%d} - {self.ends:%Y-%m-%d}"

    @property
    def standing_in(self) -> User | None:
        """Who answers on the day that was asked for `with_replacement`."""
        return self.replaced_by if getattr(self, "is_covered", False) else None

    def clean(self) -> None:
        # Before the constraints: PostgreSQL cannot even compare a period that ends before it starts.
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("The end lies before the start.")})
        if self.replaced_by and (reason := self.why_not_replaced_by(self.replaced_by)):
            raise ValidationError({"replaced_by": reason})

    def why_not_replaced_by(self, person: User) -> str:
        """The sentence that refuses somebody as replacement; empty when nothing stands in the way."""
        if person.pk == self.user_id:
            return str(_("Nobody replaces themselves."))
        if not person.is_active:
            return str(_("%(person)s does not work here any more.") % {"person": person})
        if person.organisation_id is None or person.organisation_id != self.user.organisation_id:
            return str(_("%(person)s works for another organisation.") % {"person": person})
        if self.starts and self.ends and person.absences.between(self.starts, self.ends).exists():
            return str(_("%(person)s is away in these days too.") % {"person": person})
        return ""
