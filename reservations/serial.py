"""A series becomes bookings: every date with what is in its way and what could be instead, then all in one act."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations import keepers
from reservations.along import Things, lend_with_each
from reservations.alternatives import Alternative, elsewhere, other_times
from reservations.booking import may_be_asked, prepare
from reservations.finding import Option, at_another_time, instead, read_key
from reservations.locking import lock_rooms
from reservations.models import Booking, BookingState, RefusalReason, Room, SchoolHoliday, Series
from reservations.models.uses import Use
from reservations.moments import AmbiguousTime, NoSuchTime, nearest_stretch, on_clock, stretch
from reservations.obstacles import obstacles
from reservations.placing import Placed, place, refuse
from reservations.recurrence import dates_of
from reservations.rights import Rights
from reservations.why_not import Why, why_not
from teams.access import Access, access_of
from teams.models import User

TAKE, WAIT, SKIP = "take", "wait", "skip"
MOST_PER_DATE = 3

type Choices = Mapping[dt.date, str]
"""For a date TAKE, WAIT (keep it as refused, and offer it when it comes free), SKIP, or the key of an `Option`."""


@dataclass(frozen=True)
class Date:
    """One date of a series. `booking` is not written."""

    on: dt.date
    booking: Booking
    why: list[Why] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    exists: bool = True  # False when the clock jumps over it

    @property
    def is_free(self) -> bool:
        return self.exists and not self.why

    @property
    def proposed(self) -> str:
        """What is ticked beforehand: the room asked for, else the best there is instead, else to wait for it."""
        if self.is_free:
            return TAKE
        return self.options[0].key if self.options else WAIT if self.exists else SKIP


def preview(series: Series, *, by: User) -> list[Date]:
    viewer = access_of(by)
    return seen(series, viewer, Rights.of(viewer))


def seen(series: Series, viewer: Access, rights: Rights, *, without: Collection[int] = ()) -> list[Date]:
    """All dates in one answer; in as many questions to the database for 52 as for one. `without` are rooms not to
    propose."""
    bookings = {on: booking_on(series, on) for on in dates_of(series, SchoolHoliday.objects.all())}
    may_be_asked_all(bookings)
    real = [booking for booking in bookings.values() if booking.refusal != RefusalReason.NO_SUCH_TIME]
    in_the_way = obstacles(real)
    hindered = [booking for booking in real if booking.pk in in_the_way]
    reasons = why_not(hindered, in_the_way, viewer)
    options = _options(hindered, rights, without)
    return [
        Date(
            on, booking, reasons.get(booking.pk, []), options.get(booking.pk, []),
            exists=booking.refusal != RefusalReason.NO_SUCH_TIME,
        )
        for on, booking in bookings.items()
    ]  # fmt: skip


def may_be_asked_all(bookings: Mapping[dt.date, Booking]) -> None:
    """Its first and its last date say it for all."""
    if bookings:
        may_be_asked(bookings[min(bookings)])
        may_be_asked(bookings[max(bookings)])


def _options(hindered: Sequence[Booking], rights: Rights, without: Collection[int]) -> dict[uuid.UUID, list[Option]]:
    if not hindered:
        return {}
    rooms, times = elsewhere(hindered, without=without), other_times(hindered)
    often = Counter(found.room.pk for each in rooms.values() for found in each)

    def best(found: Alternative) -> tuple[object, ...]:
        """A group that has to go elsewhere goes to one place rather than to eight, the same building if it can."""
        return found.metres != 0, -often[found.room.pk], found.order

    return {
        each.pk: [
            *(instead(each, found, rights) for found in sorted(rooms.get(each.pk, []), key=best)[:MOST_PER_DATE]),
            *(at_another_time(each, start, rights) for start in times.get(each.pk, [])[:MOST_PER_DATE]),
        ][:MOST_PER_DATE]
        for each in hindered
    }


def key_of_date(series: Series, on: dt.date) -> uuid.UUID:
    """The same however often somebody sends the form: a date is booked once."""
    return uuid.uuid5(series.pk, on.isoformat())


def booking_on(series: Series, on: dt.date) -> Booking:
    """At 19.30 on the clock, summer and winter. An hour that comes twice is from its first to its last; of one that
    does not exist the booking is refused beforehand."""
    starts, ends, exists = moments_on(series, on)
    refusal = "" if exists else RefusalReason.NO_SUCH_TIME
    return Booking(
        id=key_of_date(series, on), series=series, series_on=on, room=series.room, starts=starts, ends=ends,
        refusal=refusal, **use_of(series),
    )  # fmt: skip


def moments_on(series: Series, on: dt.date) -> tuple[dt.datetime, dt.datetime, bool]:
    """From when to when it is on that day; the last says whether there is such an hour."""
    try:
        return *stretch(on, series.start_time, series.end_time), True
    except AmbiguousTime:
        exists = True
    except NoSuchTime:
        exists = False
    # Where the clock jumps over all of it: the hour that comes instead.
    found = nearest_stretch(on, series.start_time, series.end_time) or stretch(on, dt.time(3), dt.time(4))
    return *found, exists


def use_of(of: Use) -> dict[str, Any]:
    names = ("title", "organisation", "team", "association", "persons", "layout", "features", "is_shared", "note")
    return {name: getattr(of, name) for name in names}


@transaction.atomic
def book_series(
    series: Series, choices: Choices, *, by: User, at_once: bool = False, things: Things | None = None
) -> Placed:
    """Write the series and the dates that were chosen, each in the state it gets by right, with its `things`. What
    cannot be had any more is kept as refused, with its reason, and offered when it comes free. Sent again it writes
    nothing more.
    `at_once` is for hours that a keeper gave already: they need no second yes."""
    rights, wanted = Rights.of(access_of(by)), wanted_of(series, choices)
    for each in wanted:
        if each.refusal == RefusalReason.NO_SUCH_TIME:
            refuse(each, RefusalReason.NO_SUCH_TIME).created_by = by
        else:
            prepare(each, rights, by=by)
            each.state = BookingState.CONFIRMED if at_once else each.state
    lock_rooms({each.room_id for each in wanted})  # before looking: the same form sent twice at once is one series
    known = Series.objects.filter(pk=series.pk).first()
    if known and known.created_by_id != by.pk:
        raise Refused(_("Somebody else used this form already. Open it anew."))
    if known is None:
        series.created_by = by
        series.save(force_insert=True)
    done = place(wanted, keep_refused=True)
    made = [*done.placed, *done.refused]
    refused = [each for each in made if each.state == BookingState.REFUSED]
    if known is None:
        keepers.tell_keepers(made, by=by)
    placed = [each for each in made if each not in refused]
    without = lend_with_each(placed, things, by=by) if things and known is None else []
    return Placed(placed, refused, done.in_the_way, without)


def wanted_of(series: Series, choices: Choices) -> list[Booking]:
    """The bookings of the dates that were chosen, not written yet. Raises Refused with a sentence."""
    rooms = _rooms(choices)
    wanted = [
        _chosen(series, on, choices.get(on, SKIP), rooms)
        for on in dates_of(series, SchoolHoliday.objects.all())
        if choices.get(on, SKIP) != SKIP
    ]
    if not wanted:
        raise Refused(_("Choose at least one date."))
    may_be_asked_all({each.series_on: each for each in wanted if each.series_on})
    return wanted


def _rooms(choices: Choices) -> dict[int, Room]:
    keys = {found[0] for choice in choices.values() if (found := read_key(choice))}
    return Room.objects.select_related("building").in_bulk(keys)


def _chosen(series: Series, on: dt.date, choice: str, rooms: Mapping[int, Room]) -> Booking:
    """The booking of a date, elsewhere or at another hour of that day when that was chosen."""
    booking = booking_on(series, on)
    found = read_key(choice)
    if found is None or found[0] not in rooms:
        return booking
    lasts = booking.ends - booking.starts
    booking.room, booking.starts, booking.ends = rooms[found[0]], found[1], found[1] + lasts
    booking.refusal = ""
    if abs((on_clock(booking.starts).date() - on).days) > 1:
        raise Refused(_("That moment is of another day. Look at the dates again."))
    return booking
