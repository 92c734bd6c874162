"""What a building or a room looks like. Everybody who is signed in sees it."""

from typing import Self

import pghistory
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from reservations.models.buildings import Building, BuildingQuerySet
from reservations.models.rooms import Room
from teams.access import Access
from teams.models import User


def stored_as(_photo: "Photo", _filename: str) -> str:
    """What somebody called the file is nobody's business, and a name is never used twice."""
    return f"rooms/{uuid7()}.jpg"


class PhotoQuerySet(models.QuerySet["Photo"]):
    def granted(self, viewer: Access, action: str) -> Self:
        kept = BuildingQuerySet(Building).granted(viewer, action)
        return self.filter(models.Q(building__in=kept) | models.Q(room__building__in=kept))


@pghistory.track(*history(), model_name="PhotoChange")
class Photo(models.Model):
    """Of a building or of a room of it; always a picture that we made again ourselves."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    building = models.ForeignKey(Building, models.CASCADE, null=True, blank=True, related_name="photos")
    room = models.ForeignKey(Room, models.CASCADE, null=True, blank=True, related_name="photos")
    description = models.CharField(
        _("what one sees"), max_length=200, help_text=_("In a sentence, for who cannot see the photo.")
    )
    position = models.PositiveSmallIntegerField(default=0)
    file = models.FileField(upload_to=stored_as)
    thumbnail = models.FileField(upload_to=stored_as)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["position", "added_at"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(building__isnull=False, room__isnull=True)
                | models.Q(building__isnull=True, room__isnull=False),
                name="photo_of_a_building_or_a_room",
            ),
            models.CheckConstraint(condition=~models.Q(description=""), name="photo_says_what_one_sees"),
            models.CheckConstraint(condition=models.Q(width__gte=1, height__gte=1), name="photo_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.description

    def get_absolute_url(self) -> str:
        return reverse("reservations:photo", args=[self.pk])

    @property
    def of(self) -> Building | Room:
        found = self.building or self.room
        if found is None:
            raise ValueError("The database lets no photo be of nothing.")
        return found
