"""The one place where bookings get a room: locks, one question what is in the way, then the rows."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations import lending, notices, offering
from reservations.covering import cover_again
from reservations.locking import lock_rooms, undisturbed
from reservations.models import Booking, BookingState, Loan, Occupancy, RefusalReason, Room
from reservations.models.bookings import LONGEST, BookingQuerySet, new_reference
from reservations.models.states import OCCUPYING
from reservations.moments import check_lasts
from reservations.obstacles import Obstacle, obstacles
from reservations.prices import quoting

type Spaces = Mapping[int, list[int]]
type InTheWay = Mapping[uuid.UUID, list[Obstacle]]


class Taken(Refused):
    """What was asked for cannot be had; `in_the_way` says why, by the key of each booking."""

    def __init__(self, in_the_way: InTheWay) -> None:
        super().__init__(_("The room cannot be had then."))
        self.in_the_way = in_the_way


@dataclass(frozen=True)
class Placed:
    """What became of what was asked: with a room, or refused with its reasons."""

    placed: list[Booking] = field(default_factory=list)
    refused: list[Booking] = field(default_factory=list)
    in_the_way: InTheWay = field(default_factory=dict)
    without_things: list[Booking] = field(default_factory=list)  # of a series: they have the room, not what went along


@undisturbed()
def place(
    bookings: Sequence[Booking], *, keep_refused: bool = False, over_holds: bool = False, loans: Sequence[Loan] = ()
) -> Placed:
    """Write these bookings, each in the state it asks for, when nothing is in their way.

    All or nothing, unless `keep_refused`: then those that cannot be had are kept as refused, with their reason. Asked
    again with the same keys it answers the same and writes nothing. `over_holds` takes what others have on hold.
    `loans` are things that go along: a booking that cannot have them is not written either. Raises `Taken`, `Refused`
    for the things, and `Busy` when a room stays locked.
    """
    for each in bookings:
        check_lasts(each.starts, each.ends, at_most=LONGEST)
    spaces = lock_rooms({each.room_id for each in bookings})
    rooms = Room.objects.select_related("building").in_bulk(spaces)  # as they are now that nobody changes them
    known = Booking.objects.in_bulk([each.pk for each in bookings])
    bookings = [each for each in bookings if each.pk not in known]
    for each in bookings:
        each.room = rooms[each.room_id]
    now = timezone.now()
    let_go(spaces, now)
    found = obstacles(bookings, now=now)
    in_the_way = _in_the_way(bookings, spaces, but_for_holds(found) if over_holds else found)
    if in_the_way and not keep_refused:
        raise Taken(in_the_way)
    overtake({key: each for key, each in found.items() if key not in in_the_way})
    placed = [each for each in bookings if each.pk not in in_the_way]
    refused = [refuse(each, in_the_way[each.pk][0].reason) for each in bookings if each.pk in in_the_way]
    _write([*placed, *refused])
    occupy(placed, spaces)
    quoting.say(placed)
    lending.lend_with(placed, loans)
    before = _as_before(known.values())
    return Placed([*before.placed, *placed], [*before.refused, *refused], in_the_way)


def _as_before(known: Iterable[Booking]) -> Placed:
    """Asked before: what became of them then."""
    refused = [each for each in known if each.state == BookingState.REFUSED]
    return Placed([each for each in known if each.state != BookingState.REFUSED], refused)


def _in_the_way(bookings: Sequence[Booking], spaces: Spaces, found: InTheWay) -> InTheWay:
    """Also what these bookings would do to each other: the first in order has the room."""
    found = dict(found)
    taken: dict[int, list[tuple[dt.datetime, dt.datetime]]] = defaultdict(list)
    for each in bookings:
        if each.pk in found:
            continue
        starts, ends = blocked(each)
        mine = spaces[each.room_id]
        if any(
            starts < other_ends and other_starts < ends for space in mine for other_starts, other_ends in taken[space]
        ):
            found[each.pk] = [Obstacle(RefusalReason.OCCUPIED, None, None, starts, ends)]
            continue
        for space in mine if each.state in OCCUPYING else ():
            taken[space].append((starts, ends))
    return found


def blocked(booking: Booking) -> tuple[dt.datetime, dt.datetime]:
    """From when to when its spaces are taken: until the room is cleared up. Counted in UTC, where a minute is one."""
    return (
        booking.starts.astimezone(dt.UTC),
        booking.ends.astimezone(dt.UTC) + dt.timedelta(minutes=booking.room.turnaround),
    )


def occupy(bookings: Sequence[Booking], spaces: Spaces) -> None:
    """Take the spaces of those that stand in an occupying state. The spaces are locked, and nothing is in the way."""
    Occupancy.objects.bulk_create(
        Occupancy(space_id=space, during=DateTimeTZRange(*blocked(each)), booking=each)
        for each in bookings
        if each.state in OCCUPYING
        for space in spaces[each.room_id]
    )


def vacate(bookings: Collection[Booking]) -> None:
    """They let go of their spaces, which are locked. A closure may have stood around them: it has those spaces now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM reservations_occupancy WHERE booking_id = ANY(%s) RETURNING space_id, during",
            [[each.pk for each in bookings]],
        )
        freed = cursor.fetchall()
    if freed:
        cover_again(freed)
        offering.look_again({space for space, _during in freed})


def let_go(spaces: Spaces, now: dt.datetime) -> list[Booking]:
    """End the holds that ran out and still stand in these spaces."""
    wanted = {space for found in spaces.values() for space in found}
    there = Occupancy.objects.filter(space__in=wanted, booking__isnull=False)
    return expire(Booking.objects.run_out(now).filter(pk__in=there.values("booking")))


def expire(holds: BookingQuerySet, *, overtaken: bool = False) -> list[Booking]:
    """Their holders are told. A hold of a hall may be ended at once by who has locked one half and by who has locked
    the other: so row by row, in one order, and only what is still a hold by then."""
    over = list(
        holds.filter(state=BookingState.HELD)
        .select_for_update(of=("self",))
        .select_related("room__building", "created_by")
        .order_by("pk")
    )
    if over:
        vacate(over)
        lending.end_with(over)
    for each in over:
        each.state, each.hold_until = BookingState.EXPIRED, None
        each.sequence += 1
        each.save(update_fields=["state", "hold_until", "sequence"])
        notices.tell(each, notices.OVERTAKEN if overtaken else notices.EXPIRED)
    return over


def but_for_holds(found: InTheWay) -> InTheWay:
    """What would remain in the way if every hold gave way."""
    keys = {one.booking_id for each in found.values() for one in each if one.booking_id}
    held = set(Booking.objects.filter(pk__in=keys, state=BookingState.HELD).values_list("pk", flat=True))
    return {key: rest for key, each in found.items() if (rest := [one for one in each if one.booking_id not in held])}


def overtake(found: InTheWay) -> None:
    """Ends the holds that are in the way. The spaces are locked."""
    if keys := {one.booking_id for each in found.values() for one in each if one.booking_id}:
        expire(Booking.objects.filter(pk__in=keys), overtaken=True)


def refuse(booking: Booking, reason: RefusalReason) -> Booking:
    """Not written yet."""
    booking.state, booking.refusal, booking.hold_until = BookingState.REFUSED, reason, None
    booking.wants_offer = reason in offering.WANT_OF_ROOM
    return booking


def _write(bookings: Sequence[Booking]) -> None:
    """References are drawn, not counted: of many one may be taken."""
    for _attempt in range(3):
        _redraw(bookings)
        try:
            with transaction.atomic():
                Booking.objects.bulk_create(bookings)
                return
        except IntegrityError as problem:
            if "reference" not in str(problem):
                raise
    raise Refused(_("Many people are booking here at this moment. Try again in a minute."))


def _redraw(bookings: Sequence[Booking]) -> None:
    mine = [each.reference for each in bookings]
    taken = set(Booking.objects.filter(reference__in=mine).values_list("reference", flat=True))
    for each in bookings:
        while each.reference in taken:
            each.reference = new_reference()
        taken.add(each.reference)
