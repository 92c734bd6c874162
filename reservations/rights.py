"""What somebody may do with a room, and so what becomes of a booking they make."""

from dataclasses import dataclass

from reservations.models import Booking, BookingState, Building, Equipment, Room
from teams.access import Access


@dataclass(frozen=True)
class Rights:
    """The keys of the buildings in which the viewer decides (`keeps`) and in which they may book (`books`). Hours that
    are kept for their `organisation` are free to them."""

    keeps: frozenset[int]
    books: frozenset[int]
    organisation: int | None = None

    @classmethod
    def of(cls, viewer: Access) -> "Rights":
        kept, booked = (
            frozenset(Building.objects.granted(viewer, action).values_list("pk", flat=True))
            for action in ("approve", "book")
        )
        return cls(kept, kept | booked, viewer.organisation_id)

    def decides(self, room: Room) -> bool:
        return room.building_id in self.keeps

    def may_hold(self, room: Room) -> bool:
        """A hold keeps others out: for who books there anyway."""
        return room.building_id in self.books

    def books_at_once(self, room: Room) -> bool:
        return self.decides(room) or (self.may_hold(room) and not room.needs_approval)

    def keeps_stock(self, equipment: Equipment) -> bool:
        return equipment.building_id in self.keeps

    def lends_at_once(self, equipment: Equipment) -> bool:
        return self.keeps_stock(equipment) or (equipment.building_id in self.books and not equipment.needs_approval)

    def state(self, room: Room, *, hold: bool = False) -> BookingState:
        """Everybody who is signed in may ask."""
        if hold and self.may_hold(room):
            return BookingState.HELD
        return BookingState.CONFIRMED if self.books_at_once(room) else BookingState.REQUESTED

    def may_confirm(self, booking: Booking) -> bool:
        """The keeper says yes to anything; who holds a room that asks nobody's yes says it themselves."""
        if self.decides(booking.room):
            return True
        return booking.state == BookingState.HELD and self.books_at_once(booking.room)
