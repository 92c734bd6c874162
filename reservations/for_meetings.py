"""A room for a meeting of a team: looked for from its page, linked when it is booked, moved and given back with it."""

import uuid
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations import actions, moves
from reservations.models import Booking, MeetingBooking
from reservations.models.states import LIVE
from reservations.moments import on_clock
from reservations.moves import Moves
from reservations.sight import seen_by
from teams.access import Access, access_of
from teams.meetings.rooms import Place
from teams.models import Meeting, User

MEETING = "overleg"  # in the address of the page that books


def booked_for(meeting: Meeting) -> Booking | None:
    """What was cancelled, refused or not confirmed in time is no room any more."""
    linked = MeetingBooking.objects.filter(meeting=meeting, booking__state__in=LIVE)
    found = linked.select_related("booking__room__building").first()
    return found.booking if found else None


def link(booking: Booking, asked: str, viewer: Access) -> Booking | None:
    """To the meeting that the address names, for who writes in it. Booked anew, the new room counts; the room that it
    had, and that is booked still, is given back to who asks, for them to be told."""
    try:
        key = uuid.UUID(asked)
    except ValueError:
        return None
    meeting = Meeting.objects.writable(viewer).planned().filter(pk=key).first()
    if meeting is None:
        return None
    former = booked_for(meeting)
    MeetingBooking.objects.update_or_create(meeting=meeting, defaults={"booking": booking})
    return former if former and former.pk != booking.pk else None


def stays_too(former: Booking) -> str:
    """Nobody sits in two rooms: that the first one is still theirs is said."""
    return _("%(room)s stays booked too (%(reference)s): cancel it there if you do not need it any more.") % {
        "room": former.room, "reference": former.reference,
    }  # fmt: skip


def _differs(meeting: Meeting, booking: Booking) -> str:
    """A room that one has for longer, to put out chairs, does for the meeting."""
    if not meeting.is_planned or (booking.starts <= meeting.starts and meeting.ends <= booking.ends):
        return ""
    starts, ends = on_clock(booking.starts), on_clock(booking.ends)
    words = {
        "day": date_format(starts, "l j F"), "start": time_format(starts, "G.i"), "end": time_format(ends, "G.i"),
    }  # fmt: skip
    return _("The room is booked for %(day)s, from %(start)s to %(end)s: that is not when you meet.") % words


class RoomsOfMeetings:
    """What the page of a meeting asks (teams/meetings/rooms.py)."""

    def place_of(self, meeting: Meeting, viewer: Access, persons: int) -> Place:
        booking = booked_for(meeting)
        if booking is None:
            is_to_come = meeting.is_planned and meeting.ends > timezone.now()
            return Place(search_url=_search(meeting, persons) if is_to_come else "")
        seen = seen_by(viewer).filter(pk=booking.pk).exists()
        may, differs = Moves.of(booking, viewer), _differs(meeting, booking)
        return Place(
            search_url=_search(meeting, persons) if differs else "", differs=differs, may_move=may.move,
            is_to_come=booking.starts > may.now,
            name=str(booking.room), url=booking.get_absolute_url() if seen else booking.room.get_absolute_url(),
            how=booking.get_state_display(),
            may_cancel=may.cancel,
        )  # fmt: skip

    def move_along(self, meeting: Meeting, *, by: User) -> str:
        booking = booked_for(meeting)
        if booking is None or not _differs(meeting, booking):
            return ""
        if not Moves.of(booking, access_of(by)).writes:
            return _("The room is of somebody else: ask them to move it.")
        try:
            moves.move(booking, by=by, room=booking.room, starts=meeting.starts, ends=meeting.ends)
        except Refused as refusal:
            return str(refusal)
        return ""

    def give_back(self, meeting: Meeting, *, by: User) -> str:
        booking = booked_for(meeting)
        if booking is None:
            return ""
        may = Moves.of(booking, access_of(by))
        if not may.writes:
            return _("The room is of somebody else: ask them to cancel it.")
        if not may.cancel:
            return _("It has begun already: the room stays booked.")
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
