from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Abs, Mod
from django.utils.translation import gettext_lazy as _

from areas.models.place import Place


class AddressQuerySet(models.QuerySet["Address"]):
    def numbered(self, number: int) -> Self:
        """Those that are this number, a part of it, or a range around it."""
        return self.filter(low__lte=number, high__gte=number)

    def nearest_to(self, number: int) -> Self:
        """Per street the one nearest to a number, on the same side when the street has that side."""
        distance = Abs(F("low") - number)
        rows = self.alias(distance=distance, other_side=Mod(distance, 2))
        return rows.order_by("street_id", "other_side", "distance", "number", "box").distinct("street_id")


class Address(models.Model):
    """A house number of a street, or a box in it, from the address register. Nothing refers to it: a signal
    keeps its own words and point, so a newer register may replace these rows."""

    street = models.ForeignKey(
        Place, models.CASCADE, related_name="addresses", verbose_name=_("street"), db_index=False
    )  # fmt: skip
    number = models.CharField(_("number"), max_length=16)
    box = models.CharField(_("box"), max_length=16, blank=True)
    low = models.PositiveIntegerField()  # first and last whole number: 8 and 10 for 8-10
    high = models.PositiveIntegerField()
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    longitude = models.FloatField(_("longitude"))
    latitude = models.FloatField(_("latitude"))
    is_example = models.BooleanField(_("example"), default=False)

    objects = AddressQuerySet.as_manager()

    class Meta:
        ordering = ["street_id", "low", "number", "box"]
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [
            models.UniqueConstraint(fields=["street", "number", "box"], name="address_once"),
            models.CheckConstraint(condition=Q(high__gte=F("low")), name="address_range_goes_up"),
            models.CheckConstraint(
                condition=Q(longitude__range=(-180, 180), latitude__range=(-90, 90)), name="address_on_earth"
            ),
        ]
        indexes = [
            models.Index(fields=["street", "low", "high"], name="address_numbers"),
            models.Index(fields=["latitude", "longitude"], name="address_spot"),
        ]

    def __str__(self) -> str:
        return f"{self.street.name} {self.label}"

    @property
    def label(self) -> str:
        """The number as one says it, with its box."""
        return f"{self.number} bus {self.box}" if self.box else self.number
