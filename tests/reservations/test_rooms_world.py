"""The houses the other tests stand on are what they say."""

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from reservations.models import Booking, Room
from teams.access import access_of
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked, make


class TestRooms:
    def test_are_made_in_a_handful_of_queries(self, cast: Cast) -> None:
        with CaptureQueriesContext(connection) as asked:
            make()
        assert len(asked) < 40

    def test_of_one_hall_are_its_halves(self, rooms: Rooms) -> None:
        booked(rooms.half_a, ahead(3), by=None)
        booked(rooms.half_b, ahead(3), by=None)
        with pytest.raises(IntegrityError, match="occupancy_never_two"):
            booked(rooms.hall, ahead(3, "20:30"))

    def test_are_free_again_after_clearing_up(self, rooms: Rooms) -> None:
        booked(rooms.hall, ahead(3, "19:00"), hours=2)
        booked(rooms.hall, ahead(3, "22:00"), hours=1)

    def test_are_booked_and_kept_by_whom_the_cast_says(self, cast: Cast, rooms: Rooms) -> None:
        def may(who: str, action: str) -> set[Room]:
            return set(Room.objects.granted(access_of(cast[who]), action))

        city = {rooms.hall, rooms.half_a, rooms.half_b, rooms.meeting, rooms.bissegem}
        assert may("gebouwbeheerder", "approve") == may("gebiedswerker", "book") == city
        assert may("verpleegkundige", "book") == {*city, rooms.ocmw}
        assert may("wijkinspecteur.zuid", "book") == {*city, rooms.police}
        assert may("coordinator.politie", "manage") == {rooms.police}
        assert may("agent", "book") == may("gebiedswerker", "approve") == set()

    def test_hide_what_the_police_does_there(self, cast: Cast, rooms: Rooms) -> None:
        consultation = booked(rooms.police, ahead(1), by=cast["wijkinspecteur"])
        practice = booked(rooms.meeting, ahead(1), association=rooms.choir)
        assert set(Booking.objects.readable(access_of(cast["wijkinspecteur.zuid"]))) == {consultation, practice}
        assert set(Booking.objects.readable(access_of(cast["coordinator"]))) == {practice}
