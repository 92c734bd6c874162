"""Shutting rooms: what stands there gets another room, or its holder hears that there is none."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations import keepers, offering
from reservations.actions import cancel, move
from reservations.covering import cover, cover_again
from reservations.lending import lock_with
from reservations.locking import Busy, keep_as_made, lock_building, lock_rooms, undisturbed
from reservations.models import Booking, BookingState, CancelledBy, Closure, Occupancy, Room, Space
from reservations.models.bookings import BookingQuerySet
from reservations.models.occupancy import LONGEST_CLOSURE
from reservations.moments import check_lasts
from reservations.placing import let_go
from reservations.rehousing import Rehousing
from teams.access import access_of
from teams.models import User

type Choices = Mapping[uuid.UUID, Room | None]
"""For each booking that is hit the room it goes to; None cancels it."""


class NewHits(Refused):
    """Somebody booked since the keeper looked: `bookings` need a decision too."""

    def __init__(self, bookings: Sequence[Booking]) -> None:
        super().__init__(_("Meanwhile something else was booked there. Look at it first."))
        self.bookings = bookings


class Stuck(Refused):
    """The rooms chosen for `bookings` cannot take them: somebody has to choose again."""

    def __init__(self, bookings: Sequence[Booking]) -> None:
        super().__init__(_("Not every booking can go where you chose. Choose again; nothing was closed yet."))
        self.bookings = bookings


@dataclass(frozen=True)
class Closed:
    """What became of the bookings."""

    closure: Closure
    moved: list[Booking] = field(default_factory=list)
    asked: list[Booking] = field(default_factory=list)  # in a house where the keeper answers first
    cancelled: list[Booking] = field(default_factory=list)


def hits(spaces: Collection[Space], starts: dt.datetime, ends: dt.datetime) -> BookingQuerySet:
    """The bookings, and the requests, that a closure of these spaces would hit. What is over is hit no more."""
    return (
        Booking.objects.live()
        .overlapping(max(starts, timezone.now()), ends)
        .filter(room__spaces__in=spaces)
        .select_related("room__building", "organisation", "association", "team", "created_by")
        .distinct()
    )


@undisturbed()
def close(closure: Closure, *, spaces: Collection[Space], choices: Choices, by: User) -> Closed:
    """Shut these spaces. Every booking hit goes where `choices` says, as far as `Rehousing` lets it; raises `NewHits`
    when one is not in it and `Stuck` when one cannot be had there, and then nothing is shut: nobody loses a booking
    without somebody who chose so. Asked again with the same closure it is the same one."""
    check_lasts(closure.starts, closure.ends, at_most=LONGEST_CLOSURE)
    keys = {space.pk for space in spaces}
    targets = {room.pk for room in choices.values() if room}
    keep_as_made(targets, keys)
    shut = set(Room.objects.filter(spaces__in=keys).values_list("pk", flat=True))
    locked = lock_rooms(shut | targets, also=keys)
    if known := Closure.objects.filter(pk=closure.pk).first():
        return Closed(known)
    if Space.objects.filter(pk__in=keys, building=closure.building_id).count() < max(len(keys), 1):
        raise Refused(_("The spaces of this building were changed meanwhile. Look at it again."))
    if shut & targets:
        raise Refused(_("A room that closes can take no bookings of another."))
    let_go({room: locked[room] for room in shut}, timezone.now())
    hit = list(hits(spaces, closure.starts, closure.ends))
    if new := [each for each in hit if each.pk not in choices]:
        raise NewHits(new)
    lock_with(hit)
    rehousing = Rehousing.of(access_of(by) if by else None, hit)
    rooms = Room.objects.select_related("building__owner").in_bulk(targets)
    done, stuck = Closed(closure), list[Booking]()
    for booking in hit:
        goes_to = choices[booking.pk]
        if not _decide(booking, rooms[goes_to.pk] if goes_to else None, done, by, rehousing):
            stuck.append(booking)
    if stuck:
        raise Stuck(stuck)
    closure.created_by = by
    closure.save(force_insert=True)
    closure.spaces.set(spaces)
    cover(closure, keys)
    _tell_keepers(done, by)
    return done


def _decide(booking: Booking, room: Room | None, done: Closed, by: User, rehousing: Rehousing) -> bool:
    """Whether it could be done."""
    reason = done.closure.reason
    if room is None:
        cancel(booking, by=by, kind=CancelledBy.CLOSURE, answer=reason)
        done.cancelled.append(booking)
        return True
    if not rehousing.may_go(booking, room):
        raise Refused(_("Nobody of outside books in %(room)s. Choose another room.") % {"room": room})
    asks, was_in = rehousing.takes_its_place(booking, room), booking.room.building_id
    try:
        with transaction.atomic():
            move(
                booking, by=by, room=room, starts=booking.starts, ends=booking.ends, answer=reason,
                by_the_house=True, asks=asks,
            )  # fmt: skip
    except Busy:
        raise  # nobody knows whether its new room is taken
    except Refused:
        return False
    is_new_there = booking.state == BookingState.REQUESTED and (asks or room.building_id != was_in)
    (done.asked if is_new_there else done.moved).append(booking)
    return True


def _tell_keepers(done: Closed, by: User) -> None:
    """Where a booking is asked now its keeper hears it: of a series in one mail."""
    asked = sorted(done.asked, key=lambda each: (each.series_id or each.pk, each.starts))
    for _key, dates in groupby(asked, key=lambda each: each.series_id or each.pk):
        keepers.tell_keepers(list(dates), by=by)


@undisturbed()
def lift(closure: Closure, *, by: User) -> None:
    """Open again, where no other closure stands."""
    lock_building(closure.building_id)
    closure = Closure.objects.select_for_update().get(pk=closure.pk)
    if closure.lifted_at:
        return
    closure.lifted_at, closure.lifted_by = timezone.now(), by
    closure.save(update_fields=["lifted_at", "lifted_by"])
    mine = set(closure.spaces.values_list("pk", flat=True))
    freed = list(Occupancy.objects.filter(closure=closure).values_list("space", "during"))
    Occupancy.objects.filter(closure=closure).delete()
    if freed:
        cover_again(freed)
    offering.look_again(mine)
