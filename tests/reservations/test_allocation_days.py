"""The days of hours that are somebody's own: who has each, how many are booked at once, who hears what comes free."""

import datetime as dt

import pytest

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.models import Job
from reservations import offering
from reservations.booking import furthest_day
from reservations.models import Allocation, Booking
from reservations.moments import on_clock
from reservations.seasons.days import book_all, days_ahead
from reservations.seasons.giving import give_back, withdraw
from teams.access import access_of
from tests.cast import Cast
from tests.reservations.allocated import given
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = pytest.mark.django_db


class TestADay:
    def test_is_booked_by_who_holds_it_and_taken_by_another(self, rooms: Rooms, cast: Cast) -> None:
        booked(rooms.bissegem, ahead(2, "19:00"), by=cast["gebiedswerker"])
        booked(rooms.bissegem, ahead(3, "19:00"), by=cast["verpleegkundige"], title="Rouwgroep", is_shared=False)
        one = given(rooms.bissegem, by=cast["gebouwbeheerder"])
        days = {each.on: each for each in days_ahead(one, access_of(cast["gebiedswerker"]))}
        own, others = (days[on_clock(ahead(number)).date()] for number in (2, 3))
        assert (own.is_booked, own.is_taken, own.booking is not None) == (True, False, True)
        assert (others.is_booked, others.is_taken, others.booking) == (False, True, None)

    def test_further_than_anybody_books_is_booked_later(self, rooms: Rooms, cast: Cast) -> None:
        els, last = cast["gebiedswerker"], furthest_day()
        one = given(
            rooms.bissegem, by=cast["gebouwbeheerder"], weekdays=[last.weekday()],
            first_on=last - dt.timedelta(days=8), last_on=last + dt.timedelta(days=30),
        )  # fmt: skip
        made = book_all(
            one, {"id": uuid7(), "title": "Repetitie", "persons": 9, "is_shared": True}, by=els, viewer=access_of(els)
        )
        assert max(on_clock(each.starts).date() for each in [*made.placed, *made.refused]) == last


class TestWhatComesFree:
    @pytest.fixture
    def waiting(self, rooms: Rooms, cast: Cast) -> Booking:
        return booked(
            rooms.bissegem, ahead(20, "19:00"), by=cast["verpleegkundige"], state="refused", refusal="allocated",
            wants_offer=True,
        )  # fmt: skip

    @pytest.mark.parametrize("how", ["withdrawn", "given back"])
    def test_is_offered_to_who_waits_for_it(self, rooms: Rooms, cast: Cast, waiting: Booking, how: str) -> None:
        one: Allocation = given(rooms.bissegem, by=cast["gebouwbeheerder"])
        assert not Job.objects.filter(kind=offering.KIND).exists()
        if how == "withdrawn":
            withdraw(one, by=cast["gebouwbeheerder"])
        else:
            give_back(one, on_clock(waiting.starts).date(), by=cast["gebouwbeheerder"])
        assert Job.objects.filter(kind=offering.KIND).count() == 1
