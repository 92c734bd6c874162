"""Where a booking goes whose room closes, and whether it stands there at once.

Who closes decides of their own houses. Elsewhere it stands at once when they, or who made it, book there at once; else
it is asked there, and the keeper of that house answers.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from reservations.alternatives import Alternative, elsewhere
from reservations.models import Booking, BookingState, Room, Space
from reservations.register.asking import NO_RIGHTS, is_for_associations
from reservations.rights import Rights
from teams.access import Access, accesses_of

type Free = Mapping[uuid.UUID, Sequence[Alternative]]


@dataclass(frozen=True)
class Rehousing:
    """`closer` is None for the program itself, which decides everywhere."""

    closer: Rights | None
    makers: Mapping[uuid.UUID, Rights]

    @classmethod
    def of(cls, closer: Access | None, bookings: Collection[Booking]) -> "Rehousing":
        people = {each.created_by for each in bookings if each.created_by}
        makers = Rights.of_each(accesses_of(people))
        return cls(Rights.of(closer) if closer else None, makers)

    def _rights(self, booking: Booking) -> tuple[Rights, Rights]:
        maker = self.makers.get(booking.created_by_id, NO_RIGHTS) if booking.created_by_id else NO_RIGHTS
        return self.closer or NO_RIGHTS, maker

    def may_go(self, booking: Booking, room: Room) -> bool:
        """Into a house of the police goes only what one of both may book there."""
        return (
            self.closer is None
            or is_for_associations(room)
            or any(rights.may_hold(room) for rights in self._rights(booking))
        )

    def state(self, booking: Booking, room: Room) -> BookingState:
        """What becomes of it there: what it was, or a request."""
        was = BookingState(booking.state)
        if self.closer is None or any(rights.books_at_once(room) for rights in self._rights(booking)):
            return was
        held = was == BookingState.HELD and any(rights.may_hold(room) for rights in self._rights(booking))
        return was if held else BookingState.REQUESTED

    def asks(self, booking: Booking, room: Room) -> bool:
        return self.state(booking, room) == BookingState.REQUESTED

    def takes_its_place(self, booking: Booking, room: Room) -> bool:
        """It has a room now, and there none before the keeper says yes."""
        return booking.state != BookingState.REQUESTED and self.asks(booking, room)

    def free(self, bookings: Sequence[Booking], spaces: Collection[Space]) -> Free:
        """Rooms for each at its own time: first those where it stands at once, the nearest first."""
        shut = set(Room.objects.filter(spaces__in=spaces).values_list("pk", flat=True))
        found = elsewhere(bookings, without=shut)
        return {
            each.pk: sorted(
                (one for one in found.get(each.pk, []) if self.may_go(each, one.room)),
                key=lambda one, each=each: (self.asks(each, one.room), one.order),  # type: ignore[misc]
            )
            for each in bookings
        }


def propose(bookings: Sequence[Booking], free: Free) -> dict[uuid.UUID, Alternative | None]:
    """One of its free rooms for each, never the same room twice at once; None where there is none."""
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


def _rooms(free: Free) -> Collection[Room]:
    keys = {each.room.pk for found in free.values() for each in found}
    return Room.objects.filter(pk__in=keys).prefetch_related("spaces")
