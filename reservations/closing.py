"""Shutting rooms: what stands there gets another room, or its holder hears that there is none."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations import offering
from reservations.actions import cancel, move
from reservations.alternatives import Alternative, elsewhere
from reservations.locking import lock_rooms
from reservations.models import Booking, CancelledBy, Closure, Occupancy, Room, Space
from reservations.models.bookings import BookingQuerySet
from reservations.placing import blocked
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
        starts, ends = blocked(booking)
        found[booking.pk] = next(
            (
                each
                for each in free.get(booking.pk, [])
                if not any(
                    made_of[each.room.pk] & taken and starts < over and ends > begun for taken, begun, over in given
                )
            ),
            None,
        )
        if chosen := found[booking.pk]:
            given.append((made_of[chosen.room.pk], starts, ends + dt.timedelta(minutes=chosen.room.turnaround)))
    return found


def _rooms(free: Mapping[uuid.UUID, list[Alternative]]) -> Collection[Room]:
    keys = {each.room.pk for found in free.values() for each in found}
    return Room.objects.filter(pk__in=keys).prefetch_related("spaces")


@transaction.atomic
def close(closure: Closure, *, spaces: Collection[Space], choices: Choices, by: User) -> Closed:
    """Shut these spaces. Every booking hit goes where `choices` says; raises `NewHits` when one is not in it, and
    then nothing is shut. Asked again with the same closure it is the same one."""
    rooms = set(Room.objects.filter(spaces__in=spaces).values_list("pk", flat=True))
    lock_rooms(rooms | {room.pk for room in choices.values() if room}, also=[space.pk for space in spaces])
    if Closure.objects.filter(pk=closure.pk).exists():
        return Closed(Closure.objects.get(pk=closure.pk))
    hit = list(hits(spaces, closure.starts, closure.ends))
    if new := [each for each in hit if each.pk not in choices]:
        raise NewHits(new)
    closure.created_by = by
    closure.save(force_insert=True)
    closure.spaces.set(spaces)
    done = Closed(closure)
    for booking in hit:
        _decide(booking, choices[booking.pk], closure, done, by)
    cover(closure)
    return done


def _decide(booking: Booking, room: Room | None, closure: Closure, done: Closed, by: User) -> None:
    if room is not None:
        try:
            with transaction.atomic():
                move(booking, by=by, room=room, starts=booking.starts, ends=booking.ends, answer=closure.reason)
        except Refused:
            done.stuck.append(booking)
        else:
            done.moved.append(booking)
            return
    else:
        done.cancelled.append(booking)
    cancel(booking, by=by, kind=CancelledBy.CLOSURE, answer=closure.reason)


def cover(closure: Closure) -> None:
    """Take its spaces, as far as another closure does not have them already."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO reservations_occupancy (space_id, during, closure_id)
            SELECT shut.space_id, part, shut.closure_id
            FROM reservations_closure_spaces shut
            JOIN reservations_closure c ON c.id = shut.closure_id
            CROSS JOIN LATERAL unnest(
                tstzmultirange(tstzrange(c.starts, c.ends)) - (
                    SELECT coalesce(range_agg(o.during), '{}') FROM reservations_occupancy o
                    WHERE o.space_id = shut.space_id AND o.during && tstzrange(c.starts, c.ends)
                )
            ) AS part
            WHERE shut.closure_id = %s
            """,
            [closure.pk],
        )


@transaction.atomic
def lift(closure: Closure, *, by: User) -> None:
    """Open again, where no other closure stands."""
    near = (
        Closure.objects.standing()
        .filter(building=closure.building_id, starts__lt=closure.ends, ends__gt=closure.starts)
        .order_by("created_at")
    )
    lock_rooms([], also=Space.objects.filter(building=closure.building_id).values_list("pk", flat=True))
    closure = Closure.objects.select_for_update().get(pk=closure.pk)
    if closure.lifted_at:
        return
    closure.lifted_at, closure.lifted_by = timezone.now(), by
    closure.save(update_fields=["lifted_at", "lifted_by"])
    Occupancy.objects.filter(closure=closure).delete()
    for other in near:
        cover(other)
    offering.look_again(closure.spaces.values_list("pk", flat=True))
