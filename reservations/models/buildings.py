from typing import Self

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from teams.access import Access, granted
from teams.models import Organisation


class BuildingKind(models.TextChoices):
    COMMUNITY_CENTRE = "community_centre", _("community centre")
    SERVICE_CENTRE = "service_centre", _("service centre")
    NEIGHBOURHOOD_HOUSE = "neighbourhood_house", _("neighbourhood house")
    YOUTH_CENTRE = "youth_centre", _("youth centre")
    PUBLIC_BUILDING = "public_building", _("public building")
    SCHOOL = "school", _("school")


class BuildingQuerySet(models.QuerySet["Building"]):
    def granted(self, viewer: Access, action: str) -> Self:
        """Buildings on which a team of the viewer holds `action`: view, book, approve, manage."""
        from reservations.models.grants import BuildingGrant

        return self.filter(pk__in=granted(viewer, BuildingGrant, action))

    def managed_by(self, viewer: Access) -> Self:
        """Buildings whose details the viewer keeps."""
        return self.granted(viewer, "manage")


@pghistory.track(model_name="BuildingChange")
class Building(models.Model):
    """A house where people meet, of the city, the OCMW, the police or a partner such as a school."""

    Kind = BuildingKind

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    address = models.CharField(_("address"), max_length=200, blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="buildings", verbose_name=_("area")
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="buildings", verbose_name=_("owner"))
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    access_notes = models.TextField(
        _("getting in"), blank=True, max_length=1000, help_text=_("Entrance, parking, key. Everybody reads this.")
    )
    # Unknown is not no: a wheelchair user must be able to tell the two apart.
    step_free = models.BooleanField(_("entrance without steps"), null=True, blank=True)
    adapted_toilet = models.BooleanField(_("adapted toilet"), null=True, blank=True)
    hearing_loop = models.BooleanField(_("hearing loop"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    objects = BuildingQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("building")
        verbose_name_plural = _("buildings")
        # What a team may be granted on a building; Django's own `view_building` is the first of them.
        permissions = [
            ("book_building", "May book in this building"),
            ("approve_building", "May approve bookings in this building"),
            ("manage_building", "May manage this building"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=BuildingKind.values), name="building_kind_known"),
            models.CheckConstraint(condition=~models.Q(name=""), name="building_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(longitude__isnull=True, latitude__isnull=True)
                # A comparison with an unknown value is unknown, and a check lets that pass.
                | models.Q(longitude__isnull=False, latitude__isnull=False)
                & models.Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="building_point_whole_and_on_earth",
                violation_error_message=_("Give both coordinates, or none."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reservations:building", args=[self.code])

    @property
    def point(self) -> tuple[float, float] | None:
        """Longitude and latitude, when it stands on the map."""
        if self.longitude is None or self.latitude is None:
            return None
        return self.longitude, self.latitude

    @property
    def contact_phone(self) -> str:
        """Whom to call: the house itself, else its owner."""
        return self.phone or self.owner.phone
