"""What may be done with a booking. Each locks the spaces first, the row after, checks, and writes its fields alone."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs import rounds
from kortrijk_gebied.refusals import Refused
from reservations import keepers, lending, notices
from reservations.changed import changed_since
from reservations.locking import Busy, lock_rooms, undisturbed
from reservations.models import Booking, BookingState, CancelledBy, RefusalReason, Room
from reservations.models.bookings import LONGEST
from reservations.models.states import TRANSITIONS
from reservations.moments import check_lasts, on_clock
from reservations.obstacles import obstacles
from reservations.placing import Spaces, Taken, but_for_holds, expire, let_go, occupy, overtake, vacate
from reservations.prices import quoting
from teams.models import User

type By = User | None
"""None is the program itself, or the contact of an association by a link."""


class ChangedSince(Refused):
    """Somebody decided about what stood on their screen (`Booking.seen`), and it is not so any more."""

    def __init__(self, booking: Booking) -> None:
        super().__init__(f"{changed_since(booking, booking.seen)} {_('Look at it again and decide then.')}")


@contextmanager
def _at_work(booking: Booking, action: str, *rooms: int) -> Iterator[Spaces]:
    """With the booking as it stands and its spaces (and those of `rooms`) locked; refused where `action` cannot be. A
    hold that ran out is one no more, though nobody ended it yet: to everybody else the room is free."""
    with undisturbed():
        spaces = lock_rooms({booking.room_id, *rooms})
        before = booking.room_id
        booking.refresh_from_db(from_queryset=Booking.objects.select_for_update(of=("self",)).select_related("room"))
        if booking.room_id != before:
            raise Busy(_("This booking was moved at this moment. Look at it again."))
        if booking.seen is not None and booking.seen != booking.sequence:
            raise ChangedSince(booking)
        if booking.state not in TRANSITIONS[action]:
            raise Refused(_("This booking is %(state)s: that cannot be done any more.") % {"state": _state(booking)})
        if booking.hold_until and booking.hold_until <= timezone.now():
            raise Refused(_("The hold ended on %(moment)s. Ask for the room again.") % {"moment": _moment(booking)})
        yield spaces
        lending.follow(booking)


def _state(booking: Booking) -> str:
    return booking.get_state_display()


def _write(booking: Booking, **fields: object) -> None:
    for name, value in fields.items():
        setattr(booking, name, value)
    booking.sequence += 1
    booking.save(update_fields=[*fields, "sequence"])


def _take(booking: Booking, spaces: Spaces, state: BookingState, *, over_holds: bool = False, **fields: object) -> None:
    """Bring it into an occupying state, when nothing is in the way."""
    if not booking.occupies:
        now = timezone.now()
        let_go(spaces, now)
        found = obstacles([booking], now=now)
        if in_the_way := but_for_holds(found) if over_holds else found:
            raise Taken(in_the_way)
        overtake(found)
    fresh = not booking.occupies
    _write(booking, state=state, hold_until=fields.pop("hold_until", None), refusal="", **fields)
    if fresh:
        occupy([booking], spaces)
        quoting.say_if_unsaid(booking)


def confirm(booking: Booking, *, by: By, answer: str = "", over_holds: bool = False) -> None:
    """`over_holds`, for a keeper: what others have on hold there ends, and they are told."""
    with _at_work(booking, "confirm") as spaces:
        _take(booking, spaces, BookingState.CONFIRMED, over_holds=over_holds, answer=answer)
        notices.tell(booking, notices.CONFIRMED, by=by)


def _moment(booking: Booking) -> str:
    return date_format(timezone.localtime(booking.hold_until), "j F H.i") if booking.hold_until else ""


def hold(booking: Booking, *, by: By, hours: int | None = None) -> None:
    """Give it the room for a while: the holder says yes before then. For what was refused too, when it came free."""
    with _at_work(booking, "hold") as spaces:
        until = timezone.now() + dt.timedelta(hours=hours or booking.room.hold_hours)
        if until > booking.starts:
            until = booking.starts
        if until <= timezone.now():
            raise Refused(_("This moment is over."))
        _take(booking, spaces, BookingState.HELD, hold_until=until, wants_offer=False)
        notices.tell(booking, notices.OFFERED, by=by)


def ask_again(booking: Booking, *, by: By) -> None:
    """What was refused for want of room and came free, where its holder may not say yes: the keeper is asked."""
    with _at_work(booking, "ask_again"):
        now = timezone.now()
        if booking.starts <= now:
            raise Refused(_("This moment is over."))
        if in_the_way := obstacles([booking], now=now):
            raise Taken(in_the_way)
        _write(booking, state=BookingState.REQUESTED, refusal="", wants_offer=False)
        if quoting.current_of(booking) is None:
            quoting.say([booking])
        notices.tell(booking, notices.FREED, by=by)
        keepers.tell_keepers([booking], by=by)


def treat(booking: Booking, *, by: By) -> None:
    """Somebody of the building looks at it: from now on nobody gets in between."""
    with _at_work(booking, "treat") as spaces:
        _take(booking, spaces, BookingState.IN_TREATMENT)


def put_back(booking: Booking, *, by: By) -> None:
    with _at_work(booking, "put_back"):
        _write(booking, state=BookingState.REQUESTED)
        vacate([booking])


def refuse(booking: Booking, *, by: By, answer: str, reason: RefusalReason = RefusalReason.DECIDED) -> None:
    if not answer.strip():
        raise Refused(_("Say why: whoever asked reads it."))
    with _at_work(booking, "refuse"):
        _write(booking, state=BookingState.REFUSED, refusal=reason, hold_until=None, answer=answer.strip())
        vacate([booking])
        notices.tell(booking, notices.REFUSED, by=by)


def late_from(booking: Booking) -> dt.datetime:
    """From then on cancelling is late: the same hour on the clock so many days before, whatever the clock did since."""
    return on_clock(booking.starts) - dt.timedelta(days=booking.room.notice_days)


def cancel(booking: Booking, *, by: By, kind: CancelledBy = CancelledBy.HOLDER, answer: str = "") -> None:
    with _at_work(booking, "cancel"):
        now = timezone.now()
        if booking.ends <= now:
            raise Refused(_("This moment is over: what is over cannot be cancelled."))
        if kind == CancelledBy.HOLDER and booking.state == BookingState.CONFIRMED and booking.starts <= now:
            raise Refused(_("It has begun already: only the keeper of the building cancels it now."))
        was = booking.state
        late = kind == CancelledBy.HOLDER and now > late_from(booking)
        _write(
            booking, state=BookingState.CANCELLED, hold_until=None, cancelled_at=now, cancelled_by=by,
            cancelled_kind=kind, cancelled_late=late and booking.state != BookingState.REQUESTED, answer=answer,
        )  # fmt: skip
        vacate([booking])
        quoting.cancelled(booking, by=by, was=was)
        notices.tell(booking, notices.CANCELLED, by=by)


def move(
    booking: Booking, *, by: By, room: Room, starts: dt.datetime, ends: dt.datetime, answer: str = "",
    by_the_house: bool = False, may: Callable[[Booking], None] | None = None, asks: bool = False,
) -> None:  # fmt: skip
    """To another room or moment, when nothing but itself is in the way there. What it asked for comes along. Whom the
    house moves never pays more for it. `may` refuses by how it stands once nobody changes it any more. With `asks` it
    is a request there, and lets go of the place it has."""
    check_lasts(starts, ends, at_most=LONGEST)
    with _at_work(booking, "move", room.pk) as spaces:
        if may:
            may(booking)
        now = timezone.now()
        if min(booking.ends, ends) <= now:
            raise Refused(_("This moment is over."))
        let_go(spaces, now)
        room = Room.objects.select_related("building").get(pk=room.pk)  # as it is now that nobody changes it
        wanted = Booking(
            pk=booking.pk, room=room, starts=starts, ends=ends, persons=booking.persons, layout=booking.layout,
            features=booking.features, organisation_id=booking.organisation_id, association_id=booking.association_id,
        )  # fmt: skip
        if in_the_way := obstacles([wanted], ignoring=[booking.pk], now=now):
            raise Taken(in_the_way)
        vacate([booking])
        state = {"state": BookingState.REQUESTED, "hold_until": None} if asks else {}
        _write(booking, room=room, starts=starts, ends=ends, answer=answer or booking.answer, **state)
        occupy([booking], spaces)
        quoting.moved(booking, by=by, never_more=by_the_house)
        notices.tell(booking, notices.ASKED_ELSEWHERE if asks else notices.MOVED, by=by)


def change(booking: Booking, *, by: By, **fields: Any) -> None:
    """What it is for, not where or when, until it is over. Refused when the room does not suit what is asked now; what
    it needed before it has, though the room was changed or withdrawn since. Hours kept for one holder go to no other.
    """
    with _at_work(booking, "change"):
        if booking.ends <= timezone.now():
            raise Refused(_("This moment is over: what is over is not changed any more."))
        _check_change(booking, fields)
        before = booking.holder
        _write(booking, **fields)
        if booking.holder != before:
            quoting.changed_holder(booking, by=by)
        notices.tell(booking, notices.CHANGED, by=by)


def _check_change(booking: Booking, fields: dict[str, Any]) -> None:
    def differing(*names: str) -> bool:
        return any(name in fields and fields[name] != getattr(booking, name) for name in names)

    reasons = []
    if differing("persons", "layout", "features"):
        reasons.append(RefusalReason.UNFIT)
    if differing("organisation", "association"):
        reasons.append(RefusalReason.ALLOCATED)
    if reasons:
        names = ("persons", "layout", "features", "organisation", "association")
        asked = {name: fields.get(name, getattr(booking, name)) for name in names}
        wanted = Booking(pk=booking.pk, room=booking.room, starts=booking.starts, ends=booking.ends, **asked)
        found = obstacles([wanted], ignoring=[booking.pk]).get(booking.pk, [])
        if in_the_way := [one for one in found if one.reason in reasons]:
            raise Taken({booking.pk: in_the_way})


def count(booking: Booking, *, by: User, headcount: int) -> None:
    """How many came; nobody is a no-show. Said again, the last counts."""
    with _at_work(booking, "count"):
        if booking.starts > timezone.now():
            raise Refused(_("It has not begun yet."))
        state = BookingState.CONFIRMED if headcount else BookingState.NO_SHOW
        _write(booking, state=state, headcount=headcount, counted_at=timezone.now(), counted_by=by)


def expire_run_out() -> int:
    """End every hold whose time is over; how many. Beat wakes it every minute."""
    over = Booking.objects.run_out(timezone.now()).order_by("hold_until")[:200]
    return rounds.each(over, _expire, about="holds that ran out")


def _expire(booking: Booking) -> int:
    with suppress(Busy), undisturbed():  # the next minute comes
        lock_rooms({booking.room_id})
        return len(expire(Booking.objects.run_out(timezone.now()).filter(pk=booking.pk, room=booking.room_id)))
    return 0
