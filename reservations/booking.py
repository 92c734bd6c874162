"""Somebody asks for a room, and gets what is theirs by right: it is booked, on hold, or asked of the keeper."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations import keepers, notices
from reservations.locking import undisturbed
from reservations.models import Booking, BookingState, Loan
from reservations.models.bookings import LONGEST
from reservations.moments import on_clock
from reservations.placing import place
from reservations.rights import Rights
from teams.access import access_of
from teams.models import User

FURTHEST_YEARS = 2


@undisturbed()
def book(
    booking: Booking, *, by: User, hold: bool = False, over_holds: bool = False, wait: bool = False,
    loans: Sequence[Loan] = (),
) -> Booking:  # fmt: skip
    """Write it in the state it gets by right; asked again with the same key it is the same one. A keeper may take
    what others have on hold. With `wait` what cannot be had is kept as refused, to be offered when it comes free;
    without it `Taken` is raised. Raises `Busy`, and `Refused` with a sentence. The mails stand in the same
    transaction: who has a room was told, whatever falls over after it."""
    may_be_asked(booking)
    rights = Rights.of(access_of(by))
    prepare(booking, rights, by=by, hold=hold)
    over = over_holds and rights.decides(booking.room)
    done = place([booking], over_holds=over, keep_refused=wait, loans=() if wait else loans)
    (made,) = [*done.placed, *done.refused]
    if made is not booking and made.created_by_id != by.pk:
        raise Refused(_("Somebody else used this form already. Open it anew."))
    if made is booking:
        notices.tell(made, notices.MADE[BookingState(made.state)], by=by)
        keepers.tell_keepers([made], by=by)
    return made


def prepare(booking: Booking, rights: Rights, *, by: User, hold: bool = False) -> Booking:
    """The state it gets, and who asked; not written yet."""
    booking.state, booking.created_by = rights.state(booking.room, hold=hold), by
    booking.hold_until = None
    if booking.state == BookingState.HELD:
        until = timezone.now() + dt.timedelta(hours=booking.room.hold_hours)
        booking.hold_until = min(until, booking.starts)
    return booking


def may_be_asked(booking: Booking) -> None:
    """What no room and no keeper can mend."""
    now = timezone.now()
    if booking.starts <= now:
        raise Refused(_("This moment is past. Choose a later one."))
    if booking.ends <= booking.starts:
        raise Refused(_("It must end after it starts."))
    if booking.ends - booking.starts > LONGEST:
        raise Refused(
            _("That is longer than %(days)s days. Book it in parts, or ask the keeper to close the room.")
            % {"days": LONGEST.days}
        )
    furthest = furthest_day()
    if on_clock(booking.starts).date() > furthest:
        raise Refused(
            _("That is too far ahead: bookings go to %(day)s. Ask again when it comes nearer.")
            % {"day": date_format(furthest)}
        )


def furthest_day() -> dt.date:
    today = timezone.localdate()
    return today + dt.timedelta(days=366 * FURTHEST_YEARS)
