"""What a calendar program reads (RFC 5545): a booking or a closure as an event of the file."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Event

from kortrijk_gebied.ics import calendar, uid, when
from reservations.models import Booking, BookingState, Closure, Room

__all__ = ["Revisions", "calendar", "of_booking", "of_closure", "of_taken", "uid", "when", "words"]

STATUS = {
    BookingState.REQUESTED: "TENTATIVE",
    BookingState.HELD: "TENTATIVE",
    BookingState.IN_TREATMENT: "TENTATIVE",
    BookingState.CONFIRMED: "CONFIRMED",
    BookingState.NO_SHOW: "CONFIRMED",
}
CANCELLED = "CANCELLED"  # of every other state


@dataclass(frozen=True)
class Revisions:
    """When bookings changed, and how often their series did: a calendar takes the higher number."""

    changed_at: Mapping[uuid.UUID, dt.datetime] = field(default_factory=dict)
    of_series: Mapping[uuid.UUID, int] = field(default_factory=dict)

    def at(self, booking: Booking) -> dt.datetime:
        return self.changed_at.get(booking.pk, booking.created_at).replace(microsecond=0)

    def sequence(self, booking: Booking) -> int:
        """All dates of a series count with it: a date that is told of apart is never older than the whole."""
        return self.of_series.get(booking.series_id, 0) if booking.series_id else booking.sequence


def of_booking(booking: Booking, revisions: Revisions) -> Event:
    """One that stands alone."""
    event = words(booking, revisions)
    when(event, booking.starts, booking.ends)
    return event


def of_taken(booking: Booking, *, since: dt.datetime) -> Event:
    """Of what is not the reader's to read: that the room is taken. Nothing in it leads to the booking, not even its
    key, nor says when it was made or how often it changed."""
    event = Event()
    event.add("uid", uid(salted_hmac("reservations.feeds", str(booking.pk), algorithm="sha256").hexdigest()[:32]))
    event.add("dtstamp", since.replace(microsecond=0))
    event.add("summary", _("Taken"))
    event.add("location", _place(booking.room))
    event.add("class", "PRIVATE")
    event.add("status", "CONFIRMED")
    when(event, booking.starts, booking.ends)
    return event


def of_closure(closure: Closure, place: str) -> Event:
    event = Event()
    event.add("uid", uid(closure.pk))
    event.add("dtstamp", closure.created_at.replace(microsecond=0))
    event.add("summary", _("Closed: %(reason)s") % {"reason": closure.reason})
    event.add("location", place)
    event.add("status", "CONFIRMED")
    when(event, closure.starts, closure.ends)
    return event


def words(booking: Booking, revisions: Revisions) -> Event:
    """The note for the keeper stays here: whose computer keeps the calendar nobody knows."""
    event = Event()
    event.add("uid", uid(booking.series_id or booking.pk))
    event.add("sequence", revisions.sequence(booking))
    event.add("dtstamp", revisions.at(booking))
    event.add("last-modified", revisions.at(booking))
    event.add("summary", booking.title)
    event.add("description", _about(booking))
    event.add("location", _place(booking.room))
    event.add(
        "url",
        f"{settings.SITE_URL}{booking.series.get_absolute_url() if booking.series else booking.get_absolute_url()}",
    )
    event.add("class", "PUBLIC" if booking.is_shared else "PRIVATE")
    event.add("status", STATUS.get(BookingState(booking.state), CANCELLED))
    return event


def _about(booking: Booking) -> str:
    holder = booking.team.name if booking.team else booking.holder.name
    state = "" if booking.state == BookingState.CONFIRMED else str(booking.get_state_display()).capitalize()
    persons = ngettext("%(count)s person", "%(count)s persons", booking.persons) % {"count": booking.persons}
    return "\n".join(line for line in (holder, persons, state) if line)


def _place(room: Room) -> str:
    return ", ".join(filter(None, (room.building.name, room.name, room.building.address)))
