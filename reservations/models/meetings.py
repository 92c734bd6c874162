"""The room a team booked for its meeting. Teams know no rooms; the link is kept here."""

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from reservations.models.bookings import Booking
from teams.models import Meeting


@pghistory.track(*history(), model_name="MeetingBookingChange")
class MeetingBooking(models.Model):
    """The latest booking of a meeting. One that was let go of counts no more, and gives way to another."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="room_booked", verbose_name=_("meeting"))
    booking = models.ForeignKey(Booking, models.CASCADE, related_name="for_meetings", verbose_name=_("booking"))
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("room of a meeting")
        verbose_name_plural = _("rooms of meetings")

    def __str__(self) -> str:
        return f"{self.meeting}: {self.booking}"
