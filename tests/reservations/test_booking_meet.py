"""Where a hold, a closure, a wall and a booking meet at one moment."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.refusals import Refused
from reservations import actions, closing, offering, spaces
from reservations.locking import Busy
from reservations.models import Booking, CancelledBy, Closure, Occupancy, Room, Space
from reservations.placing import Taken, expire, place
from teams.models import Organisation
from tests.cast import Cast
from tests.reservations.allocated import given
from tests.reservations.proof import wrongs
from tests.reservations.rooms import Rooms, ahead, at, booked
from tests.reservations.test_placing import wish

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _nothing_is_wrong(request: pytest.FixtureRequest) -> object:
    yield
    if "rooms" in request.fixturenames:
        assert wrongs() == {}


def held(room: Room, *, hours: float = 1, **details: Any) -> Booking:
    return booked(room, ahead(3), state="held", hold_until=timezone.now() + hours * HOUR, **details)


def shut(
    rooms: Rooms, starts: dt.datetime, hours: float = 4, *, room: Room | None = None, **choices: object
) -> Closure:
    room = room or rooms.hall
    closure = Closure(building=room.building, starts=starts, ends=starts + hours * HOUR, reason="Lek")
    done = closing.close(closure, spaces=list(room.spaces.all()), choices=choices.get("choices", {}), by=None)  # type: ignore[arg-type]
    return done.closure


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


@pytest.mark.django_db
class TestAClosure:
    def test_stays_shut_when_the_booking_before_it_goes(self, rooms: Rooms) -> None:
        """Its hour to clear up ran into the closure."""
        before = booked(rooms.hall, ahead(3, "18:00"))
        shut(rooms, ahead(3, "20:00"))
        actions.cancel(before, by=None)
        with pytest.raises(Taken):
            place([wish(rooms.half_a, ahead(3, "19:00"), 1.5)])
        assert place([wish(rooms.half_a, ahead(3, "18:00"), 1.5)]).placed

    def test_moves_nothing_to_what_it_shuts(self, rooms: Rooms) -> None:
        there = booked(rooms.half_a, ahead(3))
        with pytest.raises(Refused, match="sluit"):
            shut(rooms, ahead(3), choices={there.pk: rooms.half_b})
        assert not Closure.objects.exists()

    def test_cancels_nothing_because_somebody_was_busy(self, rooms: Rooms) -> None:
        there = booked(rooms.half_a, ahead(3))
        with patch("reservations.closing.move", side_effect=Busy("druk")), pytest.raises(Busy):
            shut(rooms, ahead(3), choices={there.pk: rooms.bissegem})
        there.refresh_from_db()
        assert there.state == "confirmed"

    @pytest.mark.parametrize("change", ["split", "other building", "nothing"])
    def test_is_of_spaces_that_stand_in_its_building(self, rooms: Rooms, change: str) -> None:
        chosen = list((rooms.bissegem if change == "other building" else rooms.hall).spaces.all())
        if change == "split":
            spaces.split(chosen[0], into=["links", "rechts"])
        closure = Closure(building=rooms.hall.building, starts=ahead(3), ends=ahead(4), reason="Lek")
        with pytest.raises(Refused, match="gewijzigd"):
            closing.close(closure, spaces=[] if change == "nothing" else chosen, choices={}, by=None)  # type: ignore[arg-type]

    def test_is_made_once_and_lifted_once(self, rooms: Rooms, cast: Cast) -> None:
        closure = shut(rooms, ahead(3))
        again = Closure(pk=closure.pk, building=closure.building, starts=ahead(5), ends=ahead(6), reason="Brand")
        done = closing.close(again, spaces=list(rooms.hall.spaces.all()), choices={}, by=cast["gebouwbeheerder"])
        assert (done.closure.reason, Closure.objects.count()) == ("Lek", 1)
        closing.lift(closure, by=cast["gebouwbeheerder"])
        closing.lift(closure, by=cast["coordinator"])
        closure.refresh_from_db()
        assert (closure.lifted_by, Occupancy.objects.count()) == (cast["gebouwbeheerder"], 0)

    def test_opens_what_no_other_closure_shuts(self, rooms: Rooms) -> None:
        first, second = shut(rooms, ahead(3, "12:00")), shut(rooms, ahead(3, "14:00"), 1, room=rooms.half_a)
        assert not second.occupancies.exists()
        closing.lift(first, by=None)  # type: ignore[arg-type]
        assert [(each.space.name, each.during.lower) for each in second.occupancies.all()] == [
            ("Helft A", ahead(3, "14:00"))
        ]

    def test_asks_about_what_was_booked_meanwhile(self, rooms: Rooms) -> None:
        there = booked(rooms.half_a, ahead(3))
        with pytest.raises(closing.NewHits) as refused:
            shut(rooms, ahead(3))
        assert refused.value.bookings == [there]

    def test_cancels_what_has_nowhere_to_go(self, rooms: Rooms) -> None:
        one, two = booked(rooms.half_a, ahead(3)), booked(rooms.half_b, ahead(3))
        shut(rooms, ahead(3), choices={one.pk: rooms.bissegem, two.pk: rooms.bissegem})
        states = sorted(Booking.objects.values_list("room__code", "state", "cancelled_kind"))
        assert [each[1:] for each in states if each[0] == "zaal"] == [("confirmed", "")]
        assert sum(each[1:] == ("cancelled", CancelledBy.CLOSURE) for each in states) == 1

    def test_proposes_one_room_once_also_while_it_is_cleared_up(self, rooms: Rooms) -> None:
        """That of Bissegem takes an hour to clear up, the meeting room none."""
        rooms.half_a.turnaround = 0
        rooms.half_a.save()
        large = booked(rooms.half_a, ahead(3, "20:30"), 1, persons=100)
        small = booked(rooms.half_a, ahead(3, "18:30"), 1.75, persons=60)
        found = closing.propose([small, large], list(rooms.half_a.spaces.all()))
        chosen = {key: each.room if each else None for key, each in found.items()}
        assert chosen[large.pk] != chosen[small.pk]


@pytest.mark.django_db
class TestAWall:
    def test_takes_nothing_from_anybody(self, rooms: Rooms) -> None:
        there = booked(rooms.meeting, ahead(3))
        shut(rooms, ahead(5), room=rooms.meeting)
        parts = spaces.split(rooms.meeting.spaces.get(), into=["links", " rechts ", ""])
        assert (there.occupancies.count(), wrongs()) == (2, {})
        whole = spaces.join(parts, name="Vergaderzaal")
        assert [each.space for each in there.occupancies.all()] == [whole]
        assert list(rooms.meeting.spaces.all()) == [whole]
        assert Closure.objects.get().spaces.get() == whole

    @pytest.mark.parametrize("names", [["links"], ["links", " "], ["links", "links"], ["Helft A", "rechts"]])
    def test_needs_two_names_of_its_own(self, rooms: Rooms, names: list[str]) -> None:
        with pytest.raises(Refused):
            spaces.split(rooms.meeting.spaces.get(), into=names)
        assert rooms.meeting.spaces.get().name == "Vergaderzaal"

    def test_is_taken_out_between_what_stands_there_still(self, rooms: Rooms) -> None:
        space = rooms.meeting.spaces.get()
        spaces.split(space, into=["links", "rechts"])
        with pytest.raises(Refused):
            spaces.split(space, into=["een", "twee"])
        with pytest.raises(Refused):
            spaces.join([space, rooms.hall.spaces.all()[0]], name="heel")

    @pytest.mark.parametrize("chosen", ["one", "none", "two houses", "part of a room"])
    def test_is_not_taken_out_between(self, rooms: Rooms, chosen: str) -> None:
        a, b = rooms.hall.spaces.all()
        between = {"one": [a], "none": [], "two houses": [a, rooms.bissegem.spaces.get()], "part of a room": [a, b]}
        with pytest.raises(Refused):
            spaces.join(between[chosen], name="heel")
        assert Space.objects.filter(name="heel").count() == 0

    @pytest.mark.parametrize(("days", "stands"), [(3, True), (-3, False)])
    def test_waits_for_two_who_are_there_at_once(self, rooms: Rooms, days: int, stands: bool) -> None:
        both = [booked(room, ahead(days)) for room in (rooms.half_a, rooms.half_b)]
        for room in (rooms.half_a, rooms.half_b):
            room.withdraw()
        if stands:
            with pytest.raises(Refused, match="verschillende"):
                spaces.join(list(rooms.hall.spaces.all()), name="heel")
        else:
            spaces.join(list(rooms.hall.spaces.all()), name="heel")
            assert not Occupancy.objects.filter(booking__in=both).exists()

    def test_may_stand_between_two_closures(self, rooms: Rooms) -> None:
        for room in (rooms.half_a, rooms.half_b):
            shut(rooms, ahead(3), room=room)
            room.withdraw()
        spaces.join(list(rooms.hall.spaces.all()), name="heel")
        assert Occupancy.objects.count() == 1


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
