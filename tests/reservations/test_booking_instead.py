"""What is offered for what cannot be had, can be had."""

import pytest

from reservations.finding import offers
from reservations.models import Booking, Building, Room
from reservations.rights import Rights
from tests.reservations.rooms import Rooms, ahead

pytestmark = pytest.mark.django_db
NOBODY = Rights(frozenset(), frozenset())


def offered(room: Room, persons: int) -> dict[Room, list[str]]:
    wanted = Booking(room=room, starts=ahead(3, "19:00"), ends=ahead(3, "21:00"), persons=persons)
    return {each.room: each.reasons for each in offers(wanted, rights=NOBODY)}


def test_is_no_other_hour_of_a_room_that_is_too_small(rooms: Rooms) -> None:
    assert rooms.half_b in offered(rooms.half_b, 100)
    assert set(offered(rooms.half_b, 200)) == {rooms.hall, rooms.bissegem}


def test_is_in_the_same_building_only_where_it_is(rooms: Rooms) -> None:
    """Two houses at one spot of the map are neighbours."""
    Building.objects.update(longitude=3.22, latitude=50.8)
    found = offered(rooms.meeting, 60)
    near = {room for room, reasons in found.items() if "in hetzelfde gebouw" in reasons}
    assert near == {rooms.hall, rooms.half_a, rooms.half_b}
    assert rooms.bissegem in found
