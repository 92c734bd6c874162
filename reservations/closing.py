"""Shutting rooms: what stands there gets another room, or its holder hears that there is none."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations import offering
from reservations.actions import cancel, move
from reservations.alternatives import Alternative, elsewhere
from reservations.covering import cover, cover_again
from reservations.lending import lock_with
from reservations.locking import Busy, keep_as_made, lock_building, lock_rooms, undisturbed
from reservations.models import Booking, CancelledBy, Closure, Occupancy, Room, Space
from reservations.models.bookings import BookingQuerySet
from reservations.models.occupancy import LONGEST_CLOSURE
from reservations.moments import check_lasts
from reservations.placing import let_go
from teams.models import User

type Choices = Mapping[uuid.UUID, Room | None]
"""For each booking that is hit the room it goes to; None cancels it."""


class NewHits(Refused):
    """Somebody booked since the keeper looked: `bookings` need a decision too."""

    def __init__(self, bookings: Sequence[Booking]) -> None:
        super().__init__(_("Meanwhile something else was booked there. Look at it first."))
        self.bookings = bookings


@dataclass(frozen=True)
class Closed:
    """What became of the bookings."""

    closure: Closure
    moved: list[Booking] = field(default_factory=list)
    cancelled: list[Booking] = field(default_factory=list)
    stuck: list[Booking] = field(default_factory=list)  # their new room was taken meanwhile: cancelled too


def hits(spaces: Collection[Space], starts: dt.datetime, ends: dt.datetime) -> BookingQuerySet:
    """The bookings, and the requests, that a closure of these spaces would hit. What is over is hit no more."""
    return (
        Booking.objects.live()
        .overlapping(max(starts, timezone.now()), ends)
        .filter(room__spaces__in=spaces)
        .select_related("room__building", "organisation", "association", "team")
        .distinct()
    )


def propose(bookings: Sequence[Booking], spaces: Collection[Space]) -> dict[uuid.UUID, Alternative | None]:
    """An equivalent room for each, at its own time, never the same room twice at once; None where there is none."""
    shut = set(Room.objects.filter(spaces__in=spaces).values_list("pk", flat=True))
    free = elsewhere(bookings, without=shut)
    made_of = {room.pk: set(room.spaces.all()) for room in _rooms(free)}
    given: list[tuple[set[Space], dt.datetime, dt.datetime]] = []
    found: dict[uuid.UUID, Alternative | None] = {}
    for booking in sorted(bookings, key=lambda each: (-each.persons, each.starts, each.pk)):  # the hardest first
        found[booking.pk] = next(
            (
                each
                for each in free.get(booking.pk, [])
                if not any(
                    made_of[each.room.pk] & taken and booking.starts < over and _cleared(booking, each.room) > begun
                    for taken, begun, over in given
                )
            ),
            None,
        )
        if chosen := found[booking.pk]:
            given.append((made_of[chosen.room.pk], booking.starts, _cleared(booking, chosen.room)))
    return found


def _cleared(booking: Booking, room: Room) -> dt.datetime:
    """When that room would be free again after it."""
    return booking.ends.astimezone(dt.UTC) + dt.timedelta(minutes=room.turnaround)


def _rooms(free: Mapping[uuid.UUID, list[Alternative]]) -> Collection[Room]:
    keys = {each.room.pk for found in free.values() for each in found}
    return Room.objects.filter(pk__in=keys).prefetch_related("spaces")


@undisturbed()
def close(closure: Closure, *, spaces: Collection[Space], choices: Choices, by: User) -> Closed:
    """Shut these spaces. Every booking hit goes where `choices` says; raises `NewHits` when one is not in it, and
    then nothing is shut. Asked again with the same closure it is the same one."""
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
    done = Closed(closure)
    for booking in hit:
        _decide(booking, choices[booking.pk], closure, done, by)
    closure.created_by = by
    closure.save(force_insert=True)
    closure.spaces.set(spaces)
    cover(closure, keys)
    return done


def _decide(booking: Booking, room: Room | None, closure: Closure, done: Closed, by: User) -> None:
    if room is not None:
        try:
            with transaction.atomic():
                move(
                    booking, by=by, room=room, starts=booking.starts, ends=booking.ends, answer=closure.reason,
                    by_the_house=True,
                )  # fmt: skip
        except Busy:
            raise  # nobody knows whether its new room is taken
        except Refused:
            done.stuck.append(booking)
        else:
            done.moved.append(booking)
            return
    else:
        done.cancelled.append(booking)
    cancel(booking, by=by, kind=CancelledBy.CLOSURE, answer=closure.reason)


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
