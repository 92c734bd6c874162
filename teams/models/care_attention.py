"""Attention for people over 75, and neighbours for neighbours: counts and appointments, and nobody's name.

There is no field here in which a name could stand. Who was visited stays where that work is done.
"""

from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from teams.models.care import care_areas
from teams.models.organisations import Organisation, OrganisationKind
from teams.models.people import User
from teams.models.service_points import ServicePoint
from teams.models.teams import Function, Team

if TYPE_CHECKING:
    from teams.access import Access


def reads_attention(viewer: "Access", organisation: Organisation | None) -> bool:
    """The OCMW alone: for everybody else it does not exist, not even as a number."""
    is_own = organisation is not None and organisation.pk == viewer.organisation_id
    return bool(is_own and organisation.kind == OrganisationKind.OCMW and viewer.areas("view"))  # type: ignore[union-attr]


def counts_attention(viewer: "Access", organisation: Organisation | None) -> bool:
    counting = (Function.SOCIAL_NURSE, Function.NEIGHBOURHOOD_WORKER, Function.COORDINATOR)
    return reads_attention(viewer, organisation) and viewer.holds(*counting)


class Programme(models.TextChoices):
    OVER_75 = "over_75", _("attention for people over 75")
    NEIGHBOURS = "neighbours", _("neighbours for neighbours")


class InCareAreas[M: models.Model](models.QuerySet[M]):
    def readable(self, viewer: "Access") -> Self:
        return self.filter(area__in=care_areas(viewer))


@pghistory.track(*history(), model_name="AttentionCountChange")
class AttentionCount(models.Model):
    """How many contacts a month brought in a care area."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("care area"))
    programme = models.CharField(_("programme"), max_length=12, choices=Programme)
    month = models.DateField(_("month"), help_text=_("Any day of it."))
    contacts = models.PositiveSmallIntegerField(_("contacts made"))
    volunteers = models.PositiveSmallIntegerField(_("volunteers who helped"), null=True, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = InCareAreas["AttentionCount"].as_manager()

    class Meta:
        ordering = ["-month", "area__code", "programme"]
        verbose_name = _("count of attention contacts")
        verbose_name_plural = _("counts of attention contacts")
        constraints = [
            models.CheckConstraint(condition=models.Q(programme__in=Programme.values), name="attentioncount_known"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="attentioncount_of_a_month"),
            models.UniqueConstraint(fields=["area", "programme", "month"], name="attentioncount_once_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.month:%Y-%m}"

    def keep(self, *, by: User) -> None:
        """The count of a month; counted again, the later count stands."""
        values = {"contacts": self.contacts, "volunteers": self.volunteers, "by": by, "at": timezone.now()}
        AttentionCount.objects.update_or_create(
            area=self.area, programme=self.programme, month=self.month.replace(day=1), defaults=values
        )


@pghistory.track(*history(), model_name="AttentionAppointmentChange")
class AttentionAppointment(models.Model):
    """A team will be somewhere. With whom stands nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("care area"))
    programme = models.CharField(_("programme"), max_length=12, choices=Programme)
    day = models.DateField(_("day"))
    hour = models.TimeField(_("from"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("team"))
    place = models.ForeignKey(ServicePoint, models.PROTECT, related_name="+", verbose_name=_("service point"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True, editable=False)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = InCareAreas["AttentionAppointment"].as_manager()

    class Meta:
        ordering = ["day", "hour", "id"]
        verbose_name = _("attention appointment")
        verbose_name_plural = _("attention appointments")
        constraints = [
            models.CheckConstraint(condition=models.Q(programme__in=Programme.values), name="attentionappt_known"),
            models.UniqueConstraint(
                fields=["area", "programme", "day", "hour", "team", "place"], name="attentionappt_once",
                violation_error_message=_("This appointment stands in the list already."),
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None, done_by=None)
                | models.Q(done_at__isnull=False, done_by__isnull=False),
                name="attentionappt_done_by_somebody",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.area_id} {self.day:%Y-%m-%d}"

    @transaction.atomic
    def finish(self, *, by: User) -> None:
        AttentionAppointment.objects.filter(pk=self.pk, done_at__isnull=True).update(done_at=timezone.now(), done_by=by)
