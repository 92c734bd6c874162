"""Area sets and their areas: the ways in which the city is divided, each valid for a while."""

import datetime as dt
from collections.abc import Callable
from typing import cast

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def tracked[M: models.Model](change_model: str) -> Callable[[type[M]], type[M]]:
    """Keep every row as it was, removed ones too, so that an old report can be explained."""
    events = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    return cast(Callable[[type[M]], type[M]], pghistory.track(*events, model_name=change_model))


class SetKind(models.TextChoices):
    WORKING = "working", _("Areas of the area work")
    NEIGHBOURHOOD = "neighbourhood", _("Neighbourhoods of today")
    CARE = "care", _("Care areas")
    INNER_CITY = "inner_city", _("Inner-city zones")
    SUBMUNICIPALITY = "submunicipality", _("Sub-municipalities")
    PATROL = "patrol", _("Patrol sectors")
    WARD = "ward", _("Police wards")
    SECTOR = "sector", _("Statistical sectors")


class AreaSetQuerySet(models.QuerySet["AreaSet"]):
    def valid_on(self, date: dt.date) -> "AreaSetQuerySet":
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=date), valid_from__lte=date)

    def current(self) -> "AreaSetQuerySet":
        return self.valid_on(timezone.localdate())

    def with_area_count(self) -> "AreaSetQuerySet":
        # Django drops the default order of what it groups.
        return self.annotate(area_count=models.Count("areas")).order_by("position", "code")


@tracked("AreaSetChange")
class AreaSet(models.Model):
    """One division of the city. Its code may come back later with other borders, never at the same time."""

    Kind = SetKind

    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=0)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("The first day on which it no longer holds.")
    )
    source = models.TextField(_("source"))
    licence = models.TextField(_("licence"), blank=True)
    covering = models.BooleanField(
        _("covers the municipality"),
        help_text=_("Every place in the municipality lies in exactly one area of it."),
    )
    provisional = models.BooleanField(
        _("provisional division"),
        help_text=_("Not only a border: the division itself still has to be confirmed."),
    )

    objects = AreaSetQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code", "-valid_from"]
        verbose_name = _("area set")
        verbose_name_plural = _("area sets")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SetKind.values), name="area_set_kind_is_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="area_set_ends_after_it_starts",
                violation_error_message=_("The set must end after it starts."),
            ),
            ExclusionConstraint(
                name="area_set_code_once_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (
                        Func("valid_from", "valid_to", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Another set with this code holds in the same period."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('areas:areas')}?indeling={self.code}"


class Ring(models.TextChoices):
    """The council decision of 2007 tells the inner city from the rim."""

    INNER_CITY = "binnenstad", _("Inner city")
    RIM = "rand", _("Rim")


class AreaQuerySet(models.QuerySet["Area"]):
    def valid_on(self, date: dt.date) -> "AreaQuerySet":
        return self.filter(set__in=AreaSet.objects.valid_on(date))

    def current(self) -> "AreaQuerySet":
        return self.valid_on(timezone.localdate())

    def in_set(self, code: str) -> "AreaQuerySet":
        return self.filter(set__code=code)


@tracked("AreaChange")
class Area(models.Model):
    Ring = Ring

    set = models.ForeignKey(AreaSet, on_delete=models.PROTECT, related_name="areas", verbose_name=_("area set"))
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=0)
    ring = models.CharField(_("ring"), max_length=10, choices=Ring, blank=True)
    boundary = models.JSONField(
        _("border"), help_text=_("A GeoJSON Polygon or MultiPolygon, longitude before latitude (WGS84).")
    )
    provisional = models.BooleanField(_("provisional border"), default=False)
    hectares = models.DecimalField(_("hectares"), max_digits=8, decimal_places=1)
    inhabitants = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    inhabitants_year = models.PositiveSmallIntegerField(_("counted in"), null=True, blank=True)
    inhabitants_source = models.CharField(_("source of the count"), max_length=200, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["set", "position", "code"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        # What a team may be granted on an area; Django's own `view_area` is the first of them.
        permissions = [
            ("register_area", "Can register in the area"),
            ("route_area", "Can route in the area"),
            ("work_area", "Can work in the area"),
            ("view_reporter_area", "Can see who reported in the area"),
            ("manage_area", "Can manage the area"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["set", "code"], name="area_code_once_per_set"),
            models.CheckConstraint(condition=Q(ring__in=["", *Ring.values]), name="area_ring_is_known"),
            models.CheckConstraint(
                condition=Q(boundary__type__in=["Polygon", "MultiPolygon"]), name="area_border_is_a_surface"
            ),
            models.CheckConstraint(condition=Q(hectares__gt=0), name="area_has_a_surface"),
            models.CheckConstraint(
                condition=Q(inhabitants__isnull=True, inhabitants_year__isnull=True)
                | Q(inhabitants__isnull=False, inhabitants_year__isnull=False) & ~Q(inhabitants_source=""),
                name="area_count_has_year_and_source",
                violation_error_message=_("A number of inhabitants needs its year and its source."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("areas:area", args=[self.code])
