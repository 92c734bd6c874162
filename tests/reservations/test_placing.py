"""A room is never had twice, and who asks hears what is in the way."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from reservations import actions
from reservations.models import Booking, BookingState, Occupancy, RefusalReason, Room
from reservations.placing import Taken, place
from teams.models import Organisation
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked


def wish(room: Room, starts: dt.datetime, hours: float = 2, **details: Any) -> Booking:
    return Booking(
        room=room, starts=starts, ends=starts + dt.timedelta(hours=hours),
        **{"title": "Repetitie", "persons": 10, "state": BookingState.CONFIRMED,
           "organisation": Organisation.objects.get(code="stad"), **details},
    )  # fmt: skip


@pytest.mark.django_db
class TestPlacing:
    def test_takes_every_space_of_the_room_until_it_is_cleared_up(self, rooms: Rooms) -> None:
        booking = wish(rooms.hall, ahead(3))
        assert place([booking]).placed == [booking]
        taken = Occupancy.objects.filter(booking=booking)
        assert {each.space.name for each in taken} == {"Helft A", "Helft B"}
        assert {each.during.upper for each in taken} == {booking.ends + dt.timedelta(minutes=60)}

    @pytest.mark.parametrize(("first", "then"), [("hall", "half_a"), ("half_b", "hall"), ("hall", "hall")])
    def test_refuses_what_has_a_space_in_common(self, rooms: Rooms, first: str, then: str) -> None:
        there = booked(getattr(rooms, first), ahead(3))
        with pytest.raises(Taken) as refused:
            place([wish(getattr(rooms, then), ahead(3, "20:00"))])
        (why,) = {each.booking_id for found in refused.value.in_the_way.values() for each in found}
        assert why == there.pk
        assert Booking.objects.count() == 1

    def test_lets_the_two_halves_be_had_at_once(self, rooms: Rooms) -> None:
        booked(rooms.half_a, ahead(3))
        assert len(place([wish(rooms.half_b, ahead(3))]).placed) == 1

    def test_keeps_the_minutes_to_clear_up_free_on_both_sides(self, rooms: Rooms) -> None:
        booked(rooms.hall, ahead(3, "18:00"))
        with pytest.raises(Taken):
            place([wish(rooms.hall, ahead(3, "20:30"))])
        with pytest.raises(Taken):
            place([wish(rooms.hall, ahead(3, "15:30"))])
        assert (
            len(place([wish(rooms.hall, ahead(3, "21:00"), hours=1), wish(rooms.hall, ahead(3, "15:00"))]).placed) == 2
        )

    def test_writes_once_what_is_asked_twice(self, rooms: Rooms) -> None:
        booking = wish(rooms.hall, ahead(3))
        place([booking])
        again = wish(rooms.hall, ahead(3), id=booking.pk)
        assert place([again]).placed == [booking]
        assert Booking.objects.count() == 1

    def test_keeps_the_refused_ones_of_many_with_their_reason(self, rooms: Rooms) -> None:
        booked(rooms.meeting, ahead(10))
        dates = [wish(rooms.meeting, ahead(day)) for day in (3, 10, 17)]
        done = place(dates, keep_refused=True)
        assert ([each.starts for each in done.placed], len(done.refused)) == ([ahead(3), ahead(17)], 1)
        kept = Booking.objects.get(pk=done.refused[0].pk)
        assert (kept.state, kept.refusal, kept.wants_offer) == ("refused", RefusalReason.OCCUPIED, True)

    def test_sees_that_wishes_of_one_call_meet(self, rooms: Rooms) -> None:
        with pytest.raises(Taken):
            place([wish(rooms.hall, ahead(3)), wish(rooms.half_a, ahead(3, "20:00"))])
        assert not Booking.objects.exists()

    @pytest.mark.parametrize(
        "details",
        [{"persons": 500}, {"layout": "sport"}, {"features": ["piano"]}, {"persons": 130, "layout": "tables"}],
    )
    def test_refuses_what_the_room_does_not_suit(self, rooms: Rooms, details: dict[str, Any]) -> None:
        with pytest.raises(Taken) as refused:
            place([wish(rooms.hall, ahead(3), **details)])
        assert [each.reason for found in refused.value.in_the_way.values() for each in found] == ["unfit"]

    def test_refuses_a_room_withdrawn_meanwhile(self, rooms: Rooms) -> None:
        rooms.meeting.withdraw()
        with pytest.raises(Taken):
            place([wish(rooms.meeting, ahead(3))])

    def test_refuses_what_is_outside_opening_hours(self, rooms: Rooms) -> None:
        rooms.meeting.open_ranges.update(during=(ahead(3, "09:00"), ahead(3, "21:00")))
        assert place([wish(rooms.meeting, ahead(3, "19:00"))]).placed
        with pytest.raises(Taken) as refused:
            place([wish(rooms.meeting, ahead(3, "21:00"), hours=1)])
        assert [each.reason for found in refused.value.in_the_way.values() for each in found] == ["outside_hours"]

    def test_asks_what_is_in_the_way_of_a_year_in_as_many_questions_as_of_a_day(
        self, rooms: Rooms, django_assert_max_num_queries: object
    ) -> None:
        year = [wish(rooms.hall, ahead(7 * week)) for week in range(1, 53)]
        with django_assert_max_num_queries(16):  # type: ignore[operator]
            place(year)
        assert Booking.objects.count() == 52

    @pytest.mark.parametrize(("starts", "hours"), [(3, 0), (3, -2), (3, 24 * 32)])
    def test_lets_the_database_refuse_what_is_empty_reversed_or_endless(
        self, rooms: Rooms, starts: int, hours: float
    ) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            wish(rooms.hall, ahead(starts), hours).save()

    def test_lets_the_database_refuse_two_at_once(self, rooms: Rooms) -> None:
        booked(rooms.hall, ahead(3))
        with pytest.raises(IntegrityError, match="occupancy_never_two"), transaction.atomic():
            booked(rooms.half_a, ahead(3, "20:59"), hours=1)


@pytest.mark.django_db
class TestAHold:
    def hold(self, rooms: Rooms, **details: Any) -> Booking:
        return booked(rooms.hall, ahead(3), state="held", hold_until=timezone.now() + dt.timedelta(hours=2), **details)

    def test_keeps_the_room_until_it_ends(self, rooms: Rooms) -> None:
        held = self.hold(rooms)
        with pytest.raises(Taken):
            place([wish(rooms.hall, ahead(3))])
        with time_machine.travel(timezone.now() + dt.timedelta(hours=3)):
            assert place([wish(rooms.hall, ahead(3))]).placed
        held.refresh_from_db()
        assert (held.state, held.hold_until, held.occupancies.exists()) == ("expired", None, False)

    def test_ends_by_itself(self, rooms: Rooms) -> None:
        held = self.hold(rooms)
        assert actions.expire_run_out() == 0
        with time_machine.travel(timezone.now() + dt.timedelta(hours=3)):
            assert actions.expire_run_out() == 1
        held.refresh_from_db()
        assert held.state == "expired"

    def test_is_overtaken_by_a_keeper_alone_and_whole(self, rooms: Rooms) -> None:
        held = self.hold(rooms)
        confirmed = booked(rooms.meeting, ahead(3))
        with pytest.raises(Taken):
            place([wish(rooms.hall, ahead(3)), wish(rooms.meeting, ahead(3))], over_holds=True)
        held.refresh_from_db()
        assert held.state == "held"
        assert place([wish(rooms.hall, ahead(3))], over_holds=True).placed
        held.refresh_from_db()
        assert (held.state, confirmed.state) == ("expired", "confirmed")

    def test_is_confirmed_before_it_ends(self, rooms: Rooms, cast: Cast) -> None:
        held = self.hold(rooms)
        actions.confirm(held, by=cast["gebouwbeheerder"])
        held.refresh_from_db()
        assert (held.state, held.hold_until, held.occupancies.count()) == ("confirmed", None, 2)


@pytest.mark.django_db
class TestARequest:
    def test_takes_no_place_until_somebody_treats_it(self, rooms: Rooms, cast: Cast) -> None:
        asked = [wish(rooms.hall, ahead(3), state="requested") for _each in range(2)]
        place(asked)
        assert not Occupancy.objects.exists()
        actions.treat(asked[1], by=cast["gebouwbeheerder"])
        with pytest.raises(Taken):
            actions.confirm(asked[0], by=cast["gebouwbeheerder"])
        actions.put_back(asked[1], by=cast["gebouwbeheerder"])
        actions.confirm(asked[0], by=cast["gebouwbeheerder"])
        assert Occupancy.objects.filter(booking=asked[0]).count() == 2


@pytest.mark.django_db
class TestMoving:
    def test_gives_the_old_room_back(self, rooms: Rooms, cast: Cast) -> None:
        booking = booked(rooms.hall, ahead(3))
        actions.move(booking, by=cast["gebouwbeheerder"], room=rooms.bissegem, starts=booking.starts, ends=booking.ends)
        assert [each.space.name for each in Occupancy.objects.all()] == ["Zaal"]

    def test_may_overlap_itself(self, rooms: Rooms, cast: Cast) -> None:
        booking = booked(rooms.hall, ahead(3))
        later = booking.starts + dt.timedelta(hours=1)
        actions.move(booking, by=None, room=rooms.hall, starts=later, ends=later + dt.timedelta(hours=2))
        assert {each.during.lower for each in Occupancy.objects.all()} == {later}

    def test_leaves_it_where_it_was_when_something_is_in_the_way(self, rooms: Rooms) -> None:
        booking, _other = booked(rooms.hall, ahead(3)), booked(rooms.bissegem, ahead(3))
        with pytest.raises(Taken):
            actions.move(booking, by=None, room=rooms.bissegem, starts=booking.starts, ends=booking.ends)
        assert booking.occupancies.count() == 2


@pytest.mark.django_db
class TestWhatComesFree:
    def test_is_offered_to_who_was_refused(self, rooms: Rooms, cast: Cast) -> None:
        from kortrijk_gebied.jobs.models import Job
        from kortrijk_gebied.jobs.registry import perform

        there = booked(rooms.hall, ahead(10))
        waits = wish(rooms.half_a, ahead(10), created_by=cast["gebouwbeheerder"])
        (refused,) = place([waits], keep_refused=True).refused
        assert not Job.objects.filter(kind="offer-freed-rooms").exists()
        actions.cancel(there, by=cast["gebouwbeheerder"])
        perform(Job.objects.claim(Job.objects.get(kind="offer-freed-rooms").pk))  # type: ignore[arg-type]
        refused.refresh_from_db()
        assert (refused.state, refused.occupancies.count()) == ("held", 1)


@pytest.mark.django_db
class TestCancelling:
    @pytest.mark.parametrize(("days", "late"), [(3, True), (10, False)])
    def test_says_whether_it_was_in_time(self, rooms: Rooms, cast: Cast, days: int, late: bool) -> None:
        booking = booked(rooms.hall, ahead(days))
        actions.cancel(booking, by=cast["gebouwbeheerder"])
        booking.refresh_from_db()
        assert (booking.state, booking.cancelled_late, booking.occupancies.count()) == ("cancelled", late, 0)
