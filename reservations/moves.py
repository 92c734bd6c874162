"""What somebody may do with a booking now, and what happens to it next."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations import actions, keepers
from reservations.locking import undisturbed
from reservations.models import Booking, BookingState, CancelledBy, RefusalReason, Room
from reservations.models.states import LIVE, TRANSITIONS
from reservations.moments import on_clock
from reservations.rights import Rights
from teams.access import Access, access_of
from teams.models import User

# Once said yes to, it has a place; in another room the keeper says yes anew.
GIVEN = {BookingState.HELD, BookingState.IN_TREATMENT, BookingState.CONFIRMED}


@dataclass(frozen=True)
class Moves:
    """`decides` is a keeper of the building, `writes` who holds the booking or keeps the building."""

    booking: Booking
    rights: Rights
    writes: bool
    now: dt.datetime

    @classmethod
    def of(cls, booking: Booking, viewer: Access) -> "Moves":
        writes = Booking.objects.writable(viewer).filter(pk=booking.pk).exists()
        return cls(booking, Rights.of(viewer), writes, timezone.now())

    @property
    def decides(self) -> bool:
        return self.rights.decides(self.booking.room)

    def _can(self, action: str) -> bool:
        return self.writes and self.booking.state in TRANSITIONS[action] and self.booking.ends > self.now

    @property
    def confirm(self) -> bool:
        return self._can("confirm") and self.rights.may_confirm(self.booking)

    @property
    def treat(self) -> bool:
        return self._can("treat") and self.decides

    @property
    def put_back(self) -> bool:
        return self._can("put_back") and self.decides

    @property
    def refuse(self) -> bool:
        return self._can("refuse") and self.decides

    @property
    def move(self) -> bool:
        return self._can("move") and self.booking.starts > self.now

    @property
    def change(self) -> bool:
        return self._can("change")

    @property
    def cancel(self) -> bool:
        """What has begun is had: its holder does not make it undone, nor half paid."""
        begun = self.booking.state == BookingState.CONFIRMED and self.booking.starts <= self.now
        return self._can("cancel") and (self.decides or not begun)

    @property
    def count(self) -> bool:
        """Who keeps the house saw who came; once it has begun."""
        return self.decides and self.booking.state in TRANSITIONS["count"] and self.booking.starts <= self.now

    @property
    def is_late(self) -> bool:
        """Said before somebody cancels: from now on it counts as late."""
        if self.decides or self.booking.state == BookingState.REQUESTED:
            return False
        return self.now > actions.late_from(self.booking)

    @property
    def again(self) -> bool:
        """What was let go of can be had again, at the same time, while it is still to come."""
        gone = (BookingState.CANCELLED, BookingState.EXPIRED)
        return self.writes and self.booking.state in gone and self.booking.starts > self.now

    @property
    def any(self) -> bool:
        return self.confirm or self.treat or self.put_back or self.refuse or self.move or self.change or self.cancel


def who_cancels(booking: Booking, by: User) -> CancelledBy:
    """Who holds it, or the building: a keeper who cancels their own booking holds it."""
    viewer = access_of(by)
    own = booking.created_by_id == by.pk or booking.team_id in viewer.team_ids
    return CancelledBy.HOLDER if own or not Rights.of(viewer).decides(booking.room) else CancelledBy.KEEPER


class AsksYes(Refused):
    """It stays where it is; there one can only ask."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            _("In %(room)s the keeper says yes first. Ask for it; what you have stays yours meanwhile.")
            % {"room": room}
        )


def asks_yes(booking: Booking, room: Room, rights: Rights) -> bool:
    """Whether it has a place that it loses there, until the keeper says yes."""
    held = booking.state == BookingState.HELD and rights.may_hold(room)
    return booking.state in GIVEN and not held and not rights.books_at_once(room)


@undisturbed()
def move(booking: Booking, *, by: User, room: Room, starts: dt.datetime, ends: dt.datetime) -> None:
    """To where the mover may book at once; what was only asked may be asked elsewhere. The keepers there hear it."""
    rights, before = Rights.of(access_of(by)), booking.room

    def may(as_it_stands: Booking) -> None:
        """Looked at again once nobody else changes it: a yes may have come in between."""
        if as_it_stands.state in LIVE and as_it_stands.starts <= timezone.now():
            raise Refused(_("It has begun already: it cannot be moved any more."))
        if asks_yes(as_it_stands, room, rights):
            raise AsksYes(room)

    may(booking)
    actions.move(booking, by=by, room=room, starts=starts, ends=ends, may=may)
    if booking.state == BookingState.REQUESTED and before.building_id != booking.room.building_id:
        keepers.tell_keepers([booking], by=by)
        keepers.tell_gone([booking], before, by=by)


def next_in_words(booking: Booking) -> str:
    """What the state means for who holds it, and what comes next."""
    words = {
        "building": booking.room.building.name,
        "hold": date_format(on_clock(booking.hold_until), "DATETIME_FORMAT") if booking.hold_until else "",
    }
    if booking.state == BookingState.REFUSED:
        return _refused(booking)
    if booking.state == BookingState.CANCELLED:
        late = _("It was cancelled late: the room could hardly be given to others any more.")
        return late if booking.cancelled_late else _("It was cancelled in time. The room is free for others.")
    said = {
        BookingState.REQUESTED: _("The keeper of %(building)s answers. Until then the room is not yours yet."),
        BookingState.HELD: _("The room is kept until %(hold)s. Not confirmed by then, it is free again."),
        BookingState.IN_TREATMENT: _("The keeper of %(building)s looks at it. Meanwhile nobody gets in between."),
        BookingState.CONFIRMED: _("The room is yours."),
        BookingState.EXPIRED: _("The hold ended and the room went free. Book it again if it still is."),
        BookingState.NO_SHOW: _("Nobody came."),
    }
    if booking.state == BookingState.CONFIRMED and booking.ends <= timezone.now():
        return _("This is over.")
    return said[BookingState(booking.state)] % words


def _refused(booking: Booking) -> str:
    if booking.refusal == RefusalReason.DECIDED:
        return _("The keeper of %(building)s said no.") % {"building": booking.room.building.name}
    reason = RefusalReason(booking.refusal).label
    if booking.wants_offer and booking.starts > timezone.now():
        return _("It could not be had: %(reason)s. When it comes free you get a mail.") % {"reason": reason}
    return _("It could not be had: %(reason)s.") % {"reason": reason}
