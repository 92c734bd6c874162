"""One use of one room, from a moment to a moment."""

import datetime as dt
from typing import Self

import pghistory
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from kortrijk_gebied.ids import spoken_reference, uuid7
from reservations.models.associations import Contact
from reservations.models.rooms import Room
from reservations.models.series import Series
from reservations.models.states import ENDED, LIVE, OCCUPYING, BookingState, CancelledBy, RefusalReason
from reservations.models.uses import Use, readable_to, use_constraints
from teams.access import Access
from teams.models import User

LONGEST = dt.timedelta(days=31)


def new_reference() -> str:
    return spoken_reference("R")


class BookingQuerySet(models.QuerySet["Booking"]):
    def readable(self, viewer: Access) -> Self:
        """Of the rest one sees that the room is taken, and whom of the building to ask."""
        return self.filter(readable_to(viewer))

    def writable(self, viewer: Access) -> Self:
        """Who may change or cancel: who made it, the team that holds it, and the keepers of the building."""
        if viewer.user_id is None:
            return self.none()
        kept = Room.objects.granted(viewer, "approve")
        return self.filter(
            models.Q(created_by_id=viewer.user_id) | models.Q(team_id__in=viewer.team_ids) | models.Q(room__in=kept)
        )

    def occupying(self) -> Self:
        return self.filter(state__in=OCCUPYING)

    def live(self) -> Self:
        return self.filter(state__in=LIVE)

    def overlapping(self, starts: dt.datetime, ends: dt.datetime) -> Self:
        # None lasts longer: with that the index on `starts` is enough.
        return self.filter(starts__lt=ends, starts__gt=starts - LONGEST, ends__gt=starts)

    def run_out(self, now: dt.datetime) -> Self:
        """Holds whose time is over."""
        return self.filter(state=BookingState.HELD, hold_until__lte=now)


@pghistory.track(*history(), model_name="BookingChange")
class Booking(Use):
    """Its key is made by whoever asks: asked twice it is one booking. While it stands in an occupying state the spaces
    of its room hold it in `Occupancy`, the minutes to clear up included."""

    State = BookingState
    # The `sequence` that stood on the screen of whoever decides about it; None asks nothing.
    seen: int | None = None

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    room = models.ForeignKey(Room, models.PROTECT, related_name="bookings")
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="bookings")
    series_on = models.DateField(null=True, blank=True, help_text="its day in the series, wherever it was moved to")
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    state = models.CharField(_("state"), max_length=12, choices=BookingState)
    hold_until = models.DateTimeField(_("on hold until"), null=True, blank=True)
    refusal = models.CharField(_("why not"), max_length=16, choices=RefusalReason, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    wants_offer = models.BooleanField(_("tell me when it comes free"), default=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_kind = models.CharField(_("cancelled by"), max_length=8, choices=CancelledBy, blank=True)
    cancelled_late = models.BooleanField(_("cancelled late"), default=False)
    headcount = models.PositiveIntegerField(_("how many came"), null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    counted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    sequence = models.PositiveIntegerField(default=0, help_text="how often it changed, for calendars (RFC 5545)")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # Who asked by the link in a mail; nobody signed in then, and `created_by` is empty.
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="bookings")

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "room"]
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        constraints = [
            *use_constraints("booking"),
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="booking_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(ends__lte=models.F("starts") + LONGEST), name="booking_no_longer_than_a_month"
            ),
            models.CheckConstraint(condition=models.Q(state__in=BookingState.values), name="booking_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="held", hold_until__isnull=False)
                | ~models.Q(state="held") & models.Q(hold_until__isnull=True),
                name="booking_hold_has_an_end",
            ),
            models.CheckConstraint(
                condition=models.Q(refusal__in=["", *RefusalReason.values]), name="booking_refusal_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="refused") & ~models.Q(refusal="")
                | ~models.Q(state="refused") & models.Q(refusal=""),
                name="booking_refused_with_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(cancelled_kind__in=["", *CancelledBy.values]), name="booking_cancelled_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="cancelled", cancelled_at__isnull=False) & ~models.Q(cancelled_kind="")
                | ~models.Q(state="cancelled")
                & models.Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancelled_kind=""),
                name="booking_cancelled_by_and_at",
            ),
            models.CheckConstraint(
                condition=models.Q(counted_at__isnull=True, counted_by__isnull=True, headcount__isnull=True)
                | models.Q(counted_at__isnull=False),
                name="booking_counted_by_and_at",
            ),
            models.CheckConstraint(
                condition=models.Q(series__isnull=True, series_on__isnull=True)
                | models.Q(series__isnull=False, series_on__isnull=False),
                name="booking_of_a_series_has_its_day",
            ),
            models.UniqueConstraint(fields=["series", "series_on"], name="booking_once_per_day_of_a_series"),
        ]
        # And a trigger of the database: migration 0005, tests/reservations/test_booking_guard.py
        indexes = [
            models.Index(fields=["room", "starts"], name="booking_of_room"),
            models.Index(fields=["starts"], name="booking_starts"),
            models.Index(fields=["state", "starts"], name="booking_by_state"),
            models.Index(fields=["hold_until"], condition=models.Q(state="held"), name="booking_holds"),
            models.Index(fields=["association", "starts"], name="booking_of_association"),
            models.Index(fields=["team", "starts"], name="booking_of_team"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("reservations:booking", args=[self.reference])

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED

    @property
    def occupies(self) -> bool:
        return self.state in OCCUPYING
