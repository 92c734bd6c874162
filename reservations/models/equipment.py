"""Things that are lent: how many there are, where they lie, and who has them from when to when."""

import datetime as dt
from typing import Self

import pghistory
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from reservations.models import stock_proofs
from reservations.models.associations import Association
from reservations.models.bookings import LONGEST, Booking
from reservations.models.buildings import Building, BuildingQuerySet
from reservations.models.loan_states import RUNNING, TAKING, LoanState
from reservations.models.uses import readable_to
from teams.access import Access
from teams.models import Organisation, Team, User


class EquipmentQuerySet(models.QuerySet["Equipment"]):
    def granted(self, viewer: Access, action: str) -> Self:
        """What lies in the buildings on which a team of the viewer holds `action`."""
        return self.filter(building__in=BuildingQuerySet(Building).granted(viewer, action))


@pghistory.track(*history(), model_name="EquipmentChange")
class Equipment(models.Model):
    """One kind of thing in one place: 40 folding tables in OC Marke."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    building = models.ForeignKey(Building, models.PROTECT, related_name="equipment", verbose_name=_("where it lies"))
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("owner"))
    quantity = models.PositiveIntegerField(_("how many there are"))
    unusable = models.PositiveIntegerField(
        _("of which lost or broken"), default=0, help_text=_("These cannot be lent.")
    )
    unit = models.CharField(
        _("counted in"), max_length=20, blank=True, help_text=_("Pieces, parts of two metres, sets. Empty is pieces.")
    )
    condition = models.TextField(_("condition and use"), max_length=1000, blank=True)
    is_portable = models.BooleanField(
        _("may leave the building"), default=True, help_text=_("Otherwise it goes with a room of that building alone.")
    )
    needs_approval = models.BooleanField(_("somebody of the building says yes first"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    objects = EquipmentQuerySet.as_manager()

    class Meta:
        ordering = ["name", "building__name"]
        verbose_name = _("piece of equipment")
        verbose_name_plural = _("equipment")
        constraints = [
            models.UniqueConstraint(fields=["building", "name"], name="equipment_one_name_per_building"),
            models.CheckConstraint(condition=~models.Q(name=""), name="equipment_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(unusable__lte=models.F("quantity")), name="equipment_no_more_broken_than_there_is",
                violation_error_message=_("More pieces cannot be broken than there are."),
            ),
        ]  # fmt: skip
        triggers = [stock_proofs.of_equipment()]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reservations:equipment-item", args=[self.code])

    @property
    def lendable(self) -> int:
        return self.quantity - self.unusable


class LoanQuerySet(models.QuerySet["Loan"]):
    def readable(self, viewer: Access) -> Self:
        """Whose words the viewer may read: of a loan with a room those who read the booking; of one alone as there."""
        with_room = models.Q(booking__in=Booking.objects.readable(viewer))
        alone = models.Q(booking__isnull=True) & readable_to(viewer, "equipment__building")
        return self.filter(with_room | alone)

    def writable(self, viewer: Access) -> Self:
        """Who may cancel it: who asked, the team that holds it, and the keepers of where the things lie."""
        if viewer.user_id is None:
            return self.none()
        kept = models.Q(equipment__in=Equipment.objects.granted(viewer, "approve"))
        held = models.Q(team_id__in=viewer.team_ids) | models.Q(booking__in=Booking.objects.writable(viewer))
        return self.filter(models.Q(created_by_id=viewer.user_id) | held | kept)

    def taking(self) -> Self:
        return self.filter(state__in=TAKING)

    def running(self) -> Self:
        return self.filter(state__in=RUNNING)

    def remarkable(self) -> Self:
        """Over, and something was said of how they went or came, or not all were in order: the last first."""
        said = ~models.Q(picked_up_condition="") | ~models.Q(returned_condition="")
        over = self.filter(said | models.Q(returned_quantity__lt=models.F("quantity")), state=LoanState.RETURNED)
        return over.order_by("-returned_at", "pk")

    def late(self, now: dt.datetime) -> Self:
        """Still out though they were due, the longest first."""
        return self.filter(state=LoanState.OUT, ends__lte=now).order_by("ends", "pk")


@pghistory.track(*history(), model_name="LoanChange")
class Loan(models.Model):
    """So many of a thing, from a moment to a moment: alone, or with a booking, whose holder and moment are its own."""

    State = LoanState

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="loans")
    booking = models.ForeignKey(Booking, models.PROTECT, null=True, blank=True, related_name="loans")
    title = models.CharField(_("what for"), max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team"))
    association = models.ForeignKey(
        Association, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("association")
    )
    is_shared = models.BooleanField(_("others may see what for"), default=True)
    quantity = models.PositiveIntegerField(_("how many"))
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    state = models.CharField(_("state"), max_length=10, choices=LoanState)
    answer = models.CharField(_("answer"), max_length=400, blank=True)
    picked_up_at = models.DateTimeField(null=True, blank=True)
    picked_up_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    picked_up_condition = models.CharField(_("how it went along"), max_length=400, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    returned_quantity = models.PositiveIntegerField(_("back in order"), null=True, blank=True)
    returned_condition = models.CharField(_("how it came back"), max_length=400, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = LoanQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "equipment"]
        verbose_name = _("loan")
        verbose_name_plural = _("loans")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    booking__isnull=False, organisation__isnull=True, association__isnull=True, team__isnull=True,
                    title="",
                )
                | models.Q(booking__isnull=True, organisation__isnull=False, association__isnull=True)
                & ~models.Q(title="")
                | models.Q(booking__isnull=True, organisation__isnull=True, association__isnull=False)
                & models.Q(team__isnull=True)
                & ~models.Q(title=""),
                name="loan_of_a_booking_or_one_holder",
            ),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="loan_of_something"),
            models.CheckConstraint(condition=models.Q(state__in=LoanState.values), name="loan_state_known"),
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="loan_ends_after_it_starts"),
            models.CheckConstraint(
                condition=models.Q(ends__lte=models.F("starts") + 2 * LONGEST), name="loan_comes_back_some_day"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["out", "returned"], picked_up_at__isnull=False)
                | models.Q(state__in=["asked", "confirmed", "cancelled"], picked_up_at__isnull=True)
                & models.Q(picked_up_by__isnull=True, picked_up_condition=""),
                name="loan_picked_up_by_and_at",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state="returned", returned_at__isnull=False, returned_quantity__isnull=False,
                    returned_quantity__lte=models.F("quantity"),
                )
                | ~models.Q(state="returned")
                & models.Q(
                    returned_at__isnull=True, returned_by__isnull=True, returned_quantity__isnull=True,
                    returned_condition="",
                ),
                name="loan_returned_by_and_at",
            ),
        ]  # fmt: skip
        triggers = [stock_proofs.of_a_loan()]
        indexes = [
            models.Index(fields=["equipment", "starts"], name="loan_of_equipment"),
            models.Index(fields=["ends"], condition=models.Q(state="out"), name="loan_out"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.equipment}"

    def get_absolute_url(self) -> str:
        return reverse("reservations:loan", args=[self.pk])

    @property
    def holder(self) -> Organisation | Association:
        found = self.booking.holder if self.booking else self.association or self.organisation
        if found is None:
            raise ValueError("The database lets no loan be without a holder.")
        return found

    @property
    def purpose(self) -> str:
        return self.booking.title if self.booking else self.title

    @property
    def came_back_worse(self) -> bool:
        return self.returned_quantity is not None and self.returned_quantity < self.quantity

    @property
    def is_late(self) -> bool:
        return self.state == LoanState.OUT and self.ends <= timezone.now()
