"""Where a booking that is placed, moved, changed or cancelled meets what stands there at one moment."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection

from kortrijk_gebied.refusals import Refused
from reservations import actions
from reservations.locking import Busy
from reservations.models import Booking, Room
from reservations.placing import Taken, place
from teams.models import Organisation
from tests.cast import Cast
from tests.reservations.allocated import given
from tests.reservations.meet import HOUR
from tests.reservations.proof import wrongs
from tests.reservations.rooms import Rooms, ahead, at, booked
from tests.reservations.test_placing import wish

pytestmark = pytest.mark.usefixtures("nothing_is_wrong")


@pytest.mark.django_db
class TestMoving:
    def test_leaves_what_is_over_where_it_was(self, rooms: Rooms) -> None:
        over, ahead_of_us = booked(rooms.hall, ahead(-3)), booked(rooms.hall, ahead(3))
        for booking, starts in ((over, ahead(4)), (ahead_of_us, ahead(-4))):
            with pytest.raises(Refused, match="voorbij"):
                actions.move(booking, by=None, room=rooms.bissegem, starts=starts, ends=starts + HOUR)

    def test_clears_up_as_long_as_its_new_room_takes_by_now(self, rooms: Rooms) -> None:
        booking = booked(rooms.meeting, ahead(3))
        Room.objects.filter(pk=rooms.half_a.pk).update(turnaround=45)
        actions.move(booking, by=None, room=rooms.half_a, starts=booking.starts, ends=booking.ends)
        assert booking.occupancies.get().during.upper == booking.ends + dt.timedelta(minutes=45)

    def test_is_seen_by_who_looked_before(self, rooms: Rooms) -> None:
        stale = booked(rooms.hall, ahead(3))
        actions.move(Booking.objects.get(), by=None, room=rooms.bissegem, starts=stale.starts, ends=stale.ends)
        with pytest.raises(Busy):
            actions.cancel(stale, by=None)


@pytest.mark.django_db
class TestPlacing:
    def test_clears_up_as_long_as_the_room_takes_by_now(self, rooms: Rooms) -> None:
        booking = wish(rooms.half_a, ahead(3))
        Room.objects.filter(pk=rooms.half_a.pk).update(turnaround=45)
        place([booking])
        assert booking.occupancies.get().during.upper == booking.ends + dt.timedelta(minutes=45)

    def test_clears_up_so_long_also_after_a_request_of_before(self, rooms: Rooms) -> None:
        request = booked(rooms.half_a, ahead(3), state="requested")
        Room.objects.filter(pk=rooms.half_a.pk).update(turnaround=45)
        actions.confirm(request, by=None)
        assert request.occupancies.get().during.upper == request.ends + dt.timedelta(minutes=45)

    @pytest.mark.parametrize("night", [dt.date(2027, 3, 28), dt.date(2027, 10, 31)])
    def test_clears_up_for_so_many_minutes_when_the_clock_changes(self, rooms: Rooms, night: dt.date) -> None:
        ends = at(night, "03:30")  # an hour less, or more, after 0.30 than the clock says
        booking = wish(rooms.hall, at(night, "00:30"))
        booking.ends = ends
        with time_machine.travel(at(dt.date(2026, 11, 22))):
            place([booking])
        during = booking.occupancies.all()[0].during
        assert during.upper - ends.astimezone(dt.UTC) == HOUR

    @pytest.mark.parametrize("order", [(18, 20), (20, 18)])
    def test_lets_one_begin_when_the_other_ends(self, rooms: Rooms, order: tuple[int, int]) -> None:
        assert len(place([wish(rooms.meeting, ahead(3, f"{hour}:00")) for hour in order]).placed) == 2

    def test_keeps_nothing_for_who_is_refused(self, rooms: Rooms) -> None:
        wishes = [wish(rooms.meeting, ahead(3, f"{hour}:00")) for hour in (18, 19, 20)]
        assert place(wishes, keep_refused=True).placed == [wishes[0], wishes[2]]

    def test_asks_for_a_request_what_it_asks_for_a_booking(self, rooms: Rooms) -> None:
        with pytest.raises(Taken):
            place([wish(rooms.hall, ahead(3)), wish(rooms.half_a, ahead(3), state="requested")])
        assert place([wish(rooms.hall, ahead(3), state="requested"), wish(rooms.half_a, ahead(3))]).placed


@pytest.mark.django_db
class TestCancelling:
    def test_is_in_time_by_the_clock_on_the_wall(self, rooms: Rooms) -> None:
        """Seven days before Monday 19.30 is Monday 19.30, though there are 169 hours in between."""
        with time_machine.travel(at(dt.date(2027, 10, 25), "19:00"), tick=False) as clock:
            one, two = (booked(room, at(dt.date(2027, 11, 1), "19:30")) for room in (rooms.half_a, rooms.half_b))
            actions.cancel(one, by=None)
            clock.move_to(at(dt.date(2027, 10, 25), "19:31"), tick=False)
            actions.cancel(two, by=None)
        assert (one.cancelled_late, two.cancelled_late) == (False, True)


@pytest.mark.django_db
class TestChanging:
    def test_asks_whether_the_room_suits_what_is_new_alone(self, rooms: Rooms) -> None:
        booking = booked(rooms.half_a, ahead(3), persons=60)
        with pytest.raises(Taken):
            actions.change(booking, by=None, persons=121)
        rooms.half_a.withdraw()
        actions.change(booking, by=None, title="Bal", persons=60)
        booking.refresh_from_db()
        assert (booking.title, booking.persons, booking.sequence) == ("Bal", 60, 1)

    def test_hands_hours_kept_for_one_holder_to_no_other(self, rooms: Rooms, cast: Cast) -> None:
        given(rooms.half_a, by=cast["gebouwbeheerder"], association=rooms.choir)
        booking = booked(rooms.half_a, ahead(20, "19:00"), association=rooms.choir)
        with pytest.raises(Taken) as refused:
            actions.change(booking, by=None, association=None, organisation=cast["gebiedswerker"].organisation)
        assert [one.reason for one in refused.value.in_the_way[booking.pk]] == ["allocated"]
        actions.change(booking, by=None, title="Generale")

    def test_ends_when_it_is_over(self, rooms: Rooms, cast: Cast) -> None:
        booking = booked(rooms.half_a, ahead(-1), association=rooms.choir)
        with pytest.raises(Refused, match="voorbij"):
            actions.change(booking, by=None, association=None, organisation=cast["gebiedswerker"].organisation)


@pytest.mark.django_db(transaction=True)
def test_six_who_book_at_once_have_each_half_once(cast: Cast) -> None:
    from tests.reservations import rooms as world

    rooms = world.make()
    city = Organisation.objects.get(code="stad")
    some = [rooms.hall, rooms.half_a, rooms.half_b]

    def asks(number: int) -> int:
        had = 0
        try:
            for slot in range(6):
                starts = ahead(3, f"{8 + 2 * slot:02}:00")
                room = Room.objects.select_related("building").get(pk=some[(number + slot) % 3].pk)
                booking = Booking(
                    room=room, starts=starts, ends=starts + HOUR / 2, state="confirmed", title="Om het eerst",
                    persons=10, organisation=city,
                )  # fmt: skip
                try:
                    had += len(place([booking]).placed)
                except Taken:
                    continue
        finally:
            connection.close()
        return had

    with ThreadPoolExecutor(6) as people:
        had = sum(people.map(asks, range(6)))
    assert had == Booking.objects.count() >= 6
    assert wrongs() == {}
