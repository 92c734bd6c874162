"""Where a closure or a wall meets bookings at one moment."""

from unittest.mock import patch

import pytest
import time_machine

from kortrijk_gebied.refusals import Refused
from reservations import actions, closing, spaces
from reservations.locking import Busy
from reservations.models import Booking, Closure, Occupancy, Space
from reservations.placing import Taken, place
from reservations.rehousing import Rehousing, propose
from tests.cast import Cast
from tests.reservations.meet import shut
from tests.reservations.proof import wrongs
from tests.reservations.rooms import Rooms, ahead, booked
from tests.reservations.test_placing import wish

pytestmark = pytest.mark.usefixtures("nothing_is_wrong")


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

    def test_shuts_nothing_while_one_has_nowhere_to_go(self, rooms: Rooms) -> None:
        one, two = booked(rooms.half_a, ahead(3)), booked(rooms.half_b, ahead(3))
        with pytest.raises(closing.Stuck) as stuck:
            shut(rooms, ahead(3), choices={one.pk: rooms.bissegem, two.pk: rooms.bissegem})
        assert len(stuck.value.bookings) == 1
        assert set(Booking.objects.values_list("room", "state")) == {
            (rooms.half_a.pk, "confirmed"), (rooms.half_b.pk, "confirmed"),
        }  # fmt: skip
        assert Occupancy.objects.count() == 2

    def test_proposes_one_room_once_also_while_it_is_cleared_up(self, rooms: Rooms) -> None:
        """That of Bissegem takes an hour to clear up, the meeting room none."""
        rooms.half_a.turnaround = 0
        rooms.half_a.save()
        large = booked(rooms.half_a, ahead(3, "20:30"), 1, persons=100)
        small = booked(rooms.half_a, ahead(3, "18:30"), 1.75, persons=60)
        both = [small, large]
        free = Rehousing.of(None, both).free(both, list(rooms.half_a.spaces.all()))
        found = propose(both, free)
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

    def test_asks_the_clock_that_everything_else_asks(self, rooms: Rooms) -> None:
        """Found by a walk: by the clock of the database, days ahead of this one, both were over."""
        with time_machine.travel(ahead(-3), tick=False):
            for room in (rooms.half_a, rooms.half_b):
                booked(room, ahead(1))
                room.withdraw()
            with pytest.raises(Refused, match="verschillende"):
                spaces.join(list(rooms.hall.spaces.all()), name="heel")
        assert Occupancy.objects.count() == 2

    def test_goes_where_a_closure_waits_until_one_side_is_cleared_up(self, rooms: Rooms) -> None:
        """Found by a walk: nobody is there twice, though the closure begins before the hall is cleared up."""
        there = booked(rooms.hall, ahead(3, "18:00"))
        closure = shut(rooms, ahead(3, "20:30"), room=rooms.half_a)
        for room in (rooms.half_a, rooms.half_b):
            room.withdraw()
        whole = spaces.join(list(rooms.hall.spaces.all()), name="heel")
        during = {each.booking_id: each.during for each in whole.occupancies.all()}
        assert during[there.pk].upper == during[None].lower == ahead(3, "21:00")
        assert during[None].upper == closure.ends

    def test_may_stand_between_two_closures(self, rooms: Rooms) -> None:
        for room in (rooms.half_a, rooms.half_b):
            shut(rooms, ahead(3), room=room)
            room.withdraw()
        spaces.join(list(rooms.hall.spaces.all()), name="heel")
        assert Occupancy.objects.count() == 1
