"""What somebody may do with a room, and so what becomes of a booking they make."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from reservations.models import Booking, BookingState, Building, BuildingGrant, Equipment, Room
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

    @classmethod
    def of_each(cls, viewers: Mapping[uuid.UUID, Access]) -> dict[uuid.UUID, "Rights"]:
        """Of many people, in one query."""
        teams = {team for viewer in viewers.values() for team in viewer.team_ids}
        rows = BuildingGrant.objects.filter(
            group__team__in=teams, permission__codename__in=["approve_building", "book_building"]
        )
        held: dict[tuple[int, str], set[int]] = defaultdict(set)
        for team, codename, building in rows.values_list("group__team", "permission__codename", "content_object_id"):
            held[team, codename].add(building)

        def houses(viewer: Access, codename: str) -> frozenset[int]:
            return frozenset(pk for team in viewer.team_ids for pk in held[team, codename])

        kept = {key: houses(viewer, "approve_building") for key, viewer in viewers.items()}
        return {
            key: cls(kept[key], kept[key] | houses(viewer, "book_building"), viewer.organisation_id)
            for key, viewer in viewers.items()
        }

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
