"""A room for a meeting of a team: looked for from its page, linked when it is booked, given back with it."""

import uuid
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations import actions
from reservations.models import Booking, MeetingBooking
from reservations.models.states import LIVE
from reservations.moments import on_clock
from reservations.sight import seen_by
from teams.access import Access
from teams.meetings.rooms import Place
from teams.models import Meeting, User

MEETING = "overleg"  # in the address of the page that books


def booked_for(meeting: Meeting) -> Booking | None:
    """What was cancelled, refused or not confirmed in time is no room any more."""
    linked = MeetingBooking.objects.filter(meeting=meeting, booking__state__in=LIVE)
    found = linked.select_related("booking__room__building").first()
    return found.booking if found else None


def link(booking: Booking, asked: str, viewer: Access) -> None:
    """To the meeting that the address names, for who writes in it. Booked anew, the new room counts."""
    try:
        key = uuid.UUID(asked)
    except ValueError:
        return
    meeting = Meeting.objects.writable(viewer).planned().filter(pk=key).first()
    if meeting is not None:
        MeetingBooking.objects.update_or_create(meeting=meeting, defaults={"booking": booking})


class RoomsOfMeetings:
    """What the page of a meeting asks (teams/meetings/rooms.py)."""

    def place_of(self, meeting: Meeting, viewer: Access, persons: int) -> Place:
        booking = booked_for(meeting)
        if booking is None:
            return Place(search_url=_search(meeting, persons) if meeting.is_planned else "")
        seen = seen_by(viewer).filter(pk=booking.pk).exists()
        return Place(
            name=str(booking.room), url=booking.get_absolute_url() if seen else booking.room.get_absolute_url(),
            how=booking.get_state_display(),
            may_cancel=Booking.objects.writable(viewer).filter(pk=booking.pk).exists(),
        )  # fmt: skip

    def give_back(self, meeting: Meeting, *, by: User) -> str:
        from teams.access import access_of

        booking = booked_for(meeting)
        if booking is None:
            return ""
        if not Booking.objects.writable(access_of(by)).filter(pk=booking.pk).exists():
            return _("The room is of somebody else: ask them to cancel it.")
        try:
            actions.cancel(booking, by=by)
        except Refused as refusal:
            return str(refusal)
        return ""


def _search(meeting: Meeting, persons: int) -> str:
    starts, ends = on_clock(meeting.starts), on_clock(meeting.ends)
    near = meeting.team.areas.current().order_by("position", "pk").first()
    asked = {
        "dag": starts.date().isoformat(), "van": f"{starts:%H:%M}", "tot": f"{ends:%H:%M}",
        "personen": max(persons, 1), "waarvoor": meeting.team.name, **({"bij": near.code} if near else {}),
        MEETING: meeting.pk,
    }  # fmt: skip
    return f"{reverse('reservations:booking-add')}?{urlencode(asked)}"
