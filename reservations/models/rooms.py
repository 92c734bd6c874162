"""Rooms, and the spaces they are made of. A hall is half A and half B: who has the hall has both halves."""

from collections.abc import Iterable
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from reservations.models.buildings import Building, BuildingQuerySet
from teams.access import Access


class Feature(models.TextChoices):
    KITCHEN = "kitchen", _("kitchen")
    BAR = "bar", _("bar")
    PROJECTOR = "projector", _("projector")
    SOUND = "sound", _("sound installation")
    STAGE = "stage", _("stage")
    PIANO = "piano", _("piano")
    BLACKOUT = "blackout", _("can be darkened")
    WIFI = "wifi", _("wifi")
    SPORTS_FLOOR = "sports_floor", _("sports floor")
    SHOWERS = "showers", _("showers")
    WORKSHOP = "workshop", _("workshop with sink")
    TERRACE = "terrace", _("terrace or garden")
    PARKING = "parking", _("parking")
    STEP_FREE = "step_free", _("without steps")
    HEARING_LOOP = "hearing_loop", _("hearing loop")
    ADAPTED_TOILET = "adapted_toilet", _("adapted toilet")


class Layout(models.TextChoices):
    """How a room is set up."""

    TABLES = "tables", _("tables")
    ROWS = "rows", _("chairs in rows")
    MEETING = "meeting", _("one meeting table")
    DINNER = "dinner", _("laid tables")
    STANDING = "standing", _("standing")
    SPORT = "sport", _("sport")
    EMPTY = "empty", _("empty floor")


class Space(models.Model):
    """A leaf: what is locked and occupied. No two bookings ever have one at the same moment."""

    building = models.ForeignKey(Building, models.PROTECT, related_name="spaces")
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["building", "name"]
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        constraints = [
            models.UniqueConstraint(fields=["building", "name"], name="space_one_name_per_building"),
            models.CheckConstraint(condition=~models.Q(name=""), name="space_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class RoomQuerySet(models.QuerySet["Room"]):
    def in_use(self) -> Self:
        """Those that can be booked: a room withdrawn stays for what was booked in it."""
        return self.filter(withdrawn_at__isnull=True)

    def granted(self, viewer: Access, action: str) -> Self:
        """Rooms of the buildings on which a team of the viewer holds `action` (book, approve, manage)."""
        return self.filter(building__in=BuildingQuerySet(Building).granted(viewer, action))

    def seating(self, persons: int, layout: str = "") -> Self:
        """Rooms that hold so many people, in that set-up when one is asked."""
        fits = RoomSetup.objects.filter(room=models.OuterRef("pk"), capacity__gte=persons)
        return self.filter(models.Exists(fits.filter(layout=layout) if layout else fits))


@pghistory.track(*history(), model_name="RoomChange")
class Room(models.Model):
    """What people book: one or more spaces of a building under one name."""

    building = models.ForeignKey(Building, models.PROTECT, related_name="rooms")
    code = models.SlugField(max_length=60)
    name = models.CharField(_("name"), max_length=80)
    description = models.TextField(_("description"), max_length=1000, blank=True)
    spaces = models.ManyToManyField(Space, related_name="rooms", verbose_name=_("spaces"))
    features = ArrayField(
        models.CharField(max_length=20, choices=Feature), default=list, blank=True, verbose_name=_("features")
    )
    turnaround = models.PositiveSmallIntegerField(
        _("minutes to clear up"), default=0, help_text=_("Kept free after each use.")
    )
    needs_approval = models.BooleanField(_("somebody of the building says yes first"), default=True)
    hold_hours = models.PositiveSmallIntegerField(_("hours a hold lasts"), default=48)
    notice_days = models.PositiveSmallIntegerField(
        _("days before which cancelling is in time"), default=7, help_text=_("Later than that it counts as late.")
    )
    tariff = models.ForeignKey(
        "reservations.Tariff", models.PROTECT, null=True, blank=True, related_name="rooms", verbose_name=_("tariff")
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    is_example = models.BooleanField(_("example"), default=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    # What other tables say of it, so that its history tells that too; `describe` writes it.
    described = models.TextField(_("spaces and set-ups"), blank=True, default="", editable=False)

    objects = RoomQuerySet.as_manager()

    class Meta:
        ordering = ["building__name", "name"]
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [
            models.UniqueConstraint(fields=["building", "code"], name="room_one_code_per_building"),
            models.CheckConstraint(condition=~models.Q(name=""), name="room_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(features__contained_by=list(Feature.values)), name="room_features_known"
            ),
            models.CheckConstraint(condition=models.Q(turnaround__lte=24 * 60), name="room_turnaround_within_a_day"),
            models.CheckConstraint(
                condition=models.Q(hold_hours__gte=1, hold_hours__lte=24 * 60), name="room_hold_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.building}, {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("reservations:room", args=[self.building.code, self.code])

    @property
    def is_in_use(self) -> bool:
        return self.withdrawn_at is None

    @property
    def feature_names(self) -> list[str]:
        return [str(Feature(feature).label) for feature in self.features]

    def describe(self) -> None:
        """Called by whoever changed its spaces or its set-ups, in the same transaction."""
        setups = self.setups.order_by("-capacity", "layout").values_list("layout", "capacity")
        words = described(self.spaces.order_by("name").values_list("name", flat=True), setups)
        Room.objects.filter(pk=self.pk).exclude(described=words).update(described=words)
        self.described = words

    def withdraw(self) -> None:
        """Nobody books it from now on; what was booked stands until somebody moves it."""
        Room.objects.filter(pk=self.pk, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())

    def bring_back(self) -> None:
        Room.objects.filter(pk=self.pk).update(withdrawn_at=None)


def described(spaces: Iterable[str], setups: Iterable[tuple[str, int]]) -> str:
    """Helft A + Helft B; tafels 60, stoelen in rijen 120."""
    seats = ", ".join(f"{Layout(layout).label} {capacity}" for layout, capacity in setups)
    return f"{' + '.join(spaces)}; {seats}"


class RoomSetup(models.Model):
    """How many people a room holds in one set-up."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="setups")
    layout = models.CharField(_("set-up"), max_length=10, choices=Layout)
    capacity = models.PositiveIntegerField(_("persons"))

    class Meta:
        ordering = ["room", "-capacity"]
        verbose_name = _("set-up")
        verbose_name_plural = _("set-ups")
        constraints = [
            models.UniqueConstraint(fields=["room", "layout"], name="roomsetup_one_per_layout"),
            models.CheckConstraint(condition=models.Q(layout__in=Layout.values), name="roomsetup_layout_known"),
            models.CheckConstraint(condition=models.Q(capacity__gte=1), name="roomsetup_holds_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.get_layout_display()}: {self.capacity}"
