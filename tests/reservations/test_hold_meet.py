"""Where a hold that runs out, or is taken over, meets a booking or a closure at one moment."""

from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.utils import timezone

from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.refusals import Refused
from reservations import actions, offering
from reservations.locking import Busy
from reservations.models import Booking, Occupancy
from reservations.placing import Taken, expire, place
from tests.reservations.meet import HOUR, held, shut
from tests.reservations.rooms import Rooms, ahead, booked
from tests.reservations.test_placing import wish

pytestmark = pytest.mark.usefixtures("nothing_is_wrong")


@pytest.mark.django_db
class TestAHoldThatRanOut:
    @pytest.mark.parametrize("act", ["confirm", "treat", "cancel", "move", "change", "refuse"])
    def test_is_one_no_more_before_anybody_ended_it(self, rooms: Rooms, act: str) -> None:
        booking = held(rooms.hall)
        asked: dict[str, dict[str, Any]] = {
            "move": {"room": rooms.bissegem, "starts": booking.starts, "ends": booking.ends},
            "change": {"title": "Bal"},
            "refuse": {"answer": "Neen."},
        }
        with time_machine.travel(timezone.now() + HOUR, tick=False), pytest.raises(Refused, match="optie"):
            getattr(actions, act)(booking, by=None, **asked.get(act, {}))
        booking.refresh_from_db()
        assert (booking.state, booking.title) == ("held", "Repetitie")

    def test_makes_place_for_a_request_at_that_very_moment(self, rooms: Rooms) -> None:
        request, hold = booked(rooms.half_a, ahead(3), state="requested"), held(rooms.hall)
        with time_machine.travel(hold.hold_until or ahead(0), tick=False):
            actions.confirm(request, by=None)
        hold.refresh_from_db()
        assert (request.state, hold.state) == ("confirmed", "expired")

    def test_makes_place_for_what_is_moved(self, rooms: Rooms) -> None:
        hold, other = held(rooms.hall), booked(rooms.bissegem, ahead(3))
        with time_machine.travel(hold.hold_until or ahead(0), tick=False):
            actions.move(other, by=None, room=rooms.hall, starts=other.starts, ends=other.ends)
        assert Occupancy.objects.filter(booking=other).count() == 2

    def test_does_not_stop_a_closure(self, rooms: Rooms) -> None:
        hold = held(rooms.hall)
        with time_machine.travel(timezone.now() + 2 * HOUR):
            shut(rooms, ahead(3, "12:00"), 12)
        hold.refresh_from_db()
        assert hold.state == "expired"

    def test_is_offered_to_who_waits_for_the_other_half(self, rooms: Rooms) -> None:
        held(rooms.hall)
        place([wish(rooms.half_b, ahead(3))], keep_refused=True)
        with time_machine.travel(timezone.now() + 2 * HOUR):
            place([wish(rooms.half_a, ahead(3))])
        assert Job.objects.filter(kind=offering.KIND).exists()

    def test_is_ended_in_the_room_where_it_is_by_then(self, rooms: Rooms) -> None:
        hold = held(rooms.hall)
        with time_machine.travel(timezone.now() + 2 * HOUR):
            with patch("reservations.actions.lock_rooms", lambda _rooms: Booking.objects.update(room=rooms.bissegem)):
                assert actions.expire_run_out() == 0
            Booking.objects.update(room=rooms.hall)
            with patch("reservations.actions.lock_rooms", side_effect=Busy("druk")):
                assert actions.expire_run_out() == 0
            assert actions.expire_run_out() == 1
        hold.refresh_from_db()
        assert (hold.state, hold.sequence) == ("expired", 1)


@pytest.mark.django_db
class TestTakingOverHolds:
    def test_goes_date_by_date(self, rooms: Rooms) -> None:
        hold, firm = held(rooms.hall), booked(rooms.meeting, ahead(10))
        kept = held(rooms.bissegem)
        wishes = [
            wish(rooms.hall, ahead(3)), wish(rooms.half_a, ahead(3)), wish(rooms.meeting, ahead(10)),
            wish(rooms.meeting, ahead(17)),
        ]  # fmt: skip
        done = place(wishes, keep_refused=True, over_holds=True)
        assert (done.placed, done.refused) == ([wishes[0], wishes[3]], [wishes[1], wishes[2]])
        states = dict(Booking.objects.values_list("pk", "state"))
        assert [states[each.pk] for each in (hold, firm, kept)] == ["expired", "confirmed", "held"]

    def test_is_for_who_says_so(self, rooms: Rooms) -> None:
        request, hold = booked(rooms.half_a, ahead(3), state="requested"), held(rooms.hall)
        with pytest.raises(Taken):
            actions.confirm(request, by=None)
        actions.confirm(request, by=None, over_holds=True)
        hold.refresh_from_db()
        assert hold.state == "expired"

    def test_ends_nothing_but_holds(self, rooms: Rooms) -> None:
        booked(rooms.hall, ahead(3))
        assert expire(Booking.objects.all(), overtaken=True) == []

    @pytest.mark.parametrize("act", ["confirm", "treat", "hold", "put_back", "cancel"])
    def test_brings_nothing_back_that_ended(self, rooms: Rooms, act: str) -> None:
        over = booked(rooms.hall, ahead(3), state="expired")
        with pytest.raises(Refused, match="vervallen"):
            getattr(actions, act)(over, by=None)
