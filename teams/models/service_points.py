"""Where people can go: service centres, antennas, desks and neighbourhood houses. They move over time."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.locate import locate
from areas.models import Area, Crosswalk
from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from teams.models.dated import Dated, DateRange, ends_after_starts
from teams.models.organisations import Organisation

if TYPE_CHECKING:
    from teams.models.presence import PresenceHour

# So much of an area lies in another one when it lies there whole, but for the width of a line.
WHOLE = "0.99"


class ServicePointKind(models.TextChoices):
    SERVICE_CENTRE = "service_centre", _("service centre")
    NEIGHBOURHOOD_HOUSE = "neighbourhood_house", _("neighbourhood house")
    COMMUNITY_CENTRE = "community_centre", _("community centre")
    ANTENNA = "antenna", _("antenna")
    DESK = "desk", _("desk")
    SITTING = "sitting", _("sitting days")


class ServicePointQuerySet(models.QuerySet["ServicePoint"]):
    def with_places(self, day: dt.date) -> Self:
        """With where each of them is that day, as `current`, and who sits there, as `sittings`: two queries more."""
        from teams.models.presence import PresenceHour

        places = ServicePointPlace.objects.filter(Dated.valid(day)).select_related("area").order_by("starts")
        hours = PresenceHour.objects.valid_on(day).select_related("team", "user").order_by("weekday", "opens", "id")
        return self.select_related("organisation").prefetch_related(
            models.Prefetch("places", places, to_attr="places_that_day"),
            models.Prefetch("presence_hours", hours, to_attr="hours_that_day"),
        )

    def within_sight(self, day: dt.date) -> Self:
        """What is somewhere that day, or will be: not what closed for good."""
        there = ServicePointPlace.objects.filter(models.Q(ends=None) | models.Q(ends__gte=day))
        return self.filter(pk__in=there.values("point"))

    def within(self, area_ids: list[int], day: dt.date) -> Self:
        there = ServicePointPlace.objects.filter(Dated.valid(day), area_ids__overlap=area_ids)
        return self.filter(pk__in=there.values("point"))


@pghistory.track(*history(), model_name="ServicePointChange")
class ServicePoint(models.Model):
    Kind = ServicePointKind

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=ServicePointKind)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    offers = models.TextField(
        _("what it offers"), max_length=600, blank=True, help_text=_("A line for each, such as “hot meals at noon”.")
    )
    hours = models.CharField(_("opening hours"), max_length=200, blank=True)
    is_single_contact = models.BooleanField(
        _("single contact point of its area"), default=False,
        help_text=_("Where people of the area can go with any question."),
    )  # fmt: skip
    is_public = models.BooleanField(
        _("everybody may know of it"), default=True,
        help_text=_("It stands on the public page with its address, hours and what it offers."),
    )  # fmt: skip
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = ServicePointQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("service point")
        verbose_name_plural = _("service points")
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=ServicePointKind.values), name="servicepoint_kind_known")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("care:service-point", args=[self.code])

    @property
    def current(self) -> "ServicePointPlace | None":
        """Where it is on the day it was asked for `with_places`."""
        places: list[ServicePointPlace] = getattr(self, "places_that_day", [])
        return places[0] if places else None

    @property
    def sittings(self) -> "list[PresenceHour]":
        return getattr(self, "hours_that_day", [])

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.offers.splitlines() if line.strip()]

    @transaction.atomic
    def move(self, place: "ServicePointPlace") -> None:
        """It opens at the new place on its first day, and closed at the former one the day before. The same move once
        more changes nothing."""
        ServicePoint.objects.select_for_update().get(pk=self.pk)
        last = self.places.order_by("-starts").first()
        place.point = self
        if last and last.starts == place.starts and (last.address, last.area_id) == (place.address, place.area_id):
            return
        if last and place.starts <= last.starts:
            said = _g("It is at its present place since %(day)s: a move comes after that day.")
            raise Refused(said % {"day": date_format(last.starts)})
        if last and (last.ends is None or last.ends >= place.starts):
            last.ends = place.starts - dt.timedelta(days=1)
            last.save(update_fields=["ends"])
        place.save()

    @transaction.atomic
    def stay(self, place: Any) -> None:
        """The move to that place, still ahead, is not made: it stays where it was. Not its first place, which it has
        to have."""
        ServicePoint.objects.select_for_update().get(pk=self.pk)
        before, last = ([None, None, *self.places.order_by("starts")])[-2:]
        if last is None or last.pk != place or last.starts <= timezone.localdate():
            return
        if before is None:
            raise Refused(_g("It has no other place. Change this one with a move."))
        if before.ends == last.starts - dt.timedelta(days=1):
            before.ends = None
        last.delete()
        before.save(update_fields=["ends"])


@pghistory.track(*history(), model_name="ServicePointPlaceChange")
class ServicePointPlace(Dated):
    """Where a point is for a while. Of some only the area is known: what is not known stays empty."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    point = models.ForeignKey(ServicePoint, models.CASCADE, related_name="places", verbose_name=_("service point"))
    address = models.CharField(_("address"), max_length=200, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area"),
        help_text=_("When the spot on the map is not known."),
    )  # fmt: skip
    area_ids = ArrayField(models.IntegerField(), default=list, editable=False)

    class Meta:
        ordering = ["-starts"]
        verbose_name = _("place of a service point")
        verbose_name_plural = _("places of service points")
        indexes = [GinIndex(fields=["area_ids"], name="servicepointplace_areas")]
        constraints = [
            ends_after_starts("servicepointplace"),
            models.CheckConstraint(
                condition=models.Q(longitude=None, latitude=None)
                | models.Q(longitude__isnull=False, latitude__isnull=False),
                name="servicepointplace_spot_is_whole",
                violation_error_message=_("A spot needs both its longitude and its latitude."),
            ),
            ExclusionConstraint(
                name="servicepointplace_one_at_a_time",
                expressions=[
                    ("point", RangeOperators.EQUAL),
                    (DateRange("starts", "ends", models.Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The point is at another place in that period."),
            ),
        ]

    def __str__(self) -> str:
        return self.address or (self.area.name if self.area else "")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is None:
            self.area_ids = self._areas()
        super().save(*args, **kwargs)

    def _areas(self) -> list[int]:
        """In every set its area on the first day; of an area alone those in which it lies whole."""
        if self.longitude is not None and self.latitude is not None:
            return locate(self.longitude, self.latitude, on=self.starts).ids
        if self.area_id is None:
            return []
        whole = Crosswalk.objects.filter(from_area=self.area_id, to_area__isnull=False, share__gte=WHOLE)
        return sorted({self.area_id, *whole.values_list("to_area_id", flat=True)})
