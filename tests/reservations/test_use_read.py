"""How rooms are used: hours against hours, people against seats, and nothing of who is not shared."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from areas.models import Area
from kortrijk_gebied.sections import Request
from reservations.models import Booking, Closure, Layout, Occupancy, OpenRange, Room
from reservations.sections import rooms as section_of
from reservations.use.hours import Hours, hours_of, week_of
from reservations.use.people import people_of
from teams.access import Access, access_of
from tests.cast import Cast
from tests.reservations.rooms import Rooms, at, booked

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 2)
PAGE = reverse("reservations:use")


def opened(room: Room, hours: str, day: dt.date = MONDAY) -> None:
    OpenRange.objects.filter(room=room).delete()
    opens, closes = hours.split("-")
    OpenRange.objects.create(room=room, during=(at(day, opens), at(day, closes)))


@pytest.fixture
def marke(rooms: Rooms) -> Rooms:
    """On one Monday the halls of Marke are open from 8 to 18, ten hours."""
    for room in (rooms.hall, rooms.half_a, rooms.half_b):
        opened(room, "08:00-18:00")
    return rooms


class TestHours:
    def test_of_a_hall_count_for_both_halves_and_once_for_each(self, marke: Rooms) -> None:
        booked(marke.hall, at(MONDAY, "10:00"), 2)
        booked(marke.half_a, at(MONDAY, "14:00"), 1)
        found = hours_of([marke.hall.pk, marke.half_a.pk, marke.half_b.pk], MONDAY, MONDAY)
        assert found.rooms == {
            marke.hall.pk: Hours(10, 3), marke.half_a.pk: Hours(10, 3), marke.half_b.pk: Hours(10, 2),
        }  # fmt: skip
        assert found.buildings == {marke.hall.building_id: Hours(20, 5)}
        assert found.all.share == 0.25

    def test_count_within_the_opening_hours_and_without_clearing_up(self, marke: Rooms) -> None:
        booked(marke.half_a, at(MONDAY, "17:00"), 3)
        booked(marke.half_a, at(MONDAY, "07:00"), 1)
        assert hours_of([marke.half_a.pk], MONDAY, MONDAY).rooms == {marke.half_a.pk: Hours(10, 1)}

    def test_are_less_by_what_was_closed(self, marke: Rooms) -> None:
        closure = Closure.objects.create(
            building=marke.hall.building, starts=at(MONDAY, "08:00"), ends=at(MONDAY, "12:00"), reason="Lek"
        )
        Occupancy.objects.create(
            space=marke.half_a.spaces.get(), during=(closure.starts, closure.ends), closure=closure
        )
        found = hours_of([marke.hall.pk, marke.half_a.pk], MONDAY, MONDAY)
        assert found.rooms == {marke.hall.pk: Hours(6), marke.half_a.pk: Hours(6)}
        assert found.buildings == {marke.hall.building_id: Hours(16)}

    def test_count_what_took_place_and_what_nobody_came_to(self, marke: Rooms) -> None:
        booked(marke.half_a, at(MONDAY, "09:00"), 1, state=Booking.State.NO_SHOW)
        booked(marke.half_a, at(MONDAY, "11:00"), 1, state=Booking.State.REQUESTED)
        assert hours_of([marke.half_a.pk], MONDAY, MONDAY).all == Hours(10, 1)

    def test_stand_at_the_hour_of_the_clock(self, rooms: Rooms) -> None:
        """From 1.30 to 3.30 in the night the clock goes back: three hours, of which that of 2 o'clock twice."""
        sunday = dt.date(2026, 10, 25)
        booked(rooms.half_a, at(sunday, "01:30"), ends=at(sunday, "03:30"))
        week = week_of([rooms.half_a.pk], sunday, sunday)
        assert {hour: here.used for (_day, hour), here in week.items() if here.used} == {1: 0.5, 2: 2, 3: 0.5}
        assert sum(week.values(), Hours()) == Hours(25, 3)
        assert {day for day, _hour in week} == {6}


class TestPeople:
    def test_are_who_came_or_else_who_was_expected(self, rooms: Rooms, cast: Cast) -> None:
        now = at(MONDAY, "23:00")
        booked(rooms.half_a, at(MONDAY, "10:00"), persons=40, layout=Layout.TABLES, headcount=30, counted_at=now)
        booked(rooms.half_a, at(MONDAY, "14:00"), persons=20)
        booked(rooms.half_a, at(MONDAY, "19:00"), persons=9, state="no_show", headcount=0, counted_at=now)
        found = people_of(access_of(cast["gebiedswerker"]), [rooms.half_a.pk], MONDAY, MONDAY)[rooms.half_a.pk]
        assert (found.uses, found.hidden, found.no_shows) == (3, 0, 1)
        assert (found.persons, found.seats) == (50, 60 + 120 + 120)
        assert (found.counted, found.came, found.expected_of_counted) == (2, 30, 49)

    def test_of_what_is_not_shared_are_told_to_its_own_and_to_the_keeper(self, rooms: Rooms, cast: Cast) -> None:
        booked(rooms.meeting, at(MONDAY, "10:00"), by=cast["verpleegkundige"], persons=7, state="no_show",
               headcount=0, counted_at=at(MONDAY, "12:00"))  # fmt: skip
        seen = {
            role: people_of(access_of(cast[role]), [rooms.meeting.pk], MONDAY, MONDAY)[rooms.meeting.pk]
            for role in ("coordinator", "coordinator.politie", "beheerder", "verpleegkundige", "gebouwbeheerder")
        }
        assert {role: (each.hidden, each.no_shows, each.seats) for role, each in seen.items()} == {
            "coordinator": (1, 0, 0), "coordinator.politie": (1, 0, 0), "beheerder": (1, 0, 0),
            "verpleegkundige": (0, 1, 20), "gebouwbeheerder": (0, 1, 20),
        }  # fmt: skip


class TestThePage:
    def test_shows_week_and_table_in_as_many_queries_for_more(
        self, rooms: Rooms, cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client.force_login(cast["gebiedswerker"])
        booked(rooms.police, at(MONDAY, "10:00"))
        with CaptureQueriesContext(connection) as one:
            client.get(PAGE, {"van": "2026-11-02", "tot": "2026-11-08"})
        for day in range(5):
            booked(rooms.hall, at(MONDAY + dt.timedelta(days=day), "10:00"), persons=50)
        with django_assert_num_queries(len(one)):
            page = client.get(PAGE, {"van": "2026-11-02", "tot": "2026-11-08"}).content.decode()
        assert "<svg" in page
        assert "OC Marke" in page
        page = client.get(PAGE, {"van": "2026-11-02", "tot": "2026-11-08", "gebouw": "oc-marke"}).content.decode()
        assert "De zalen van OC Marke" in page
        sheet = client.get(reverse("reservations:use-sheet"), {"van": "2026-11-02", "tot": "2026-11-08"})
        assert b"Grote zaal" in b"".join(sheet)

    @pytest.mark.parametrize("wrong", ["van=2026-11-08&tot=2026-11-01", "van=2020-01-01", "van=x", "gebouw=nergens"])
    def test_says_what_it_did_not_understand(self, rooms: Rooms, cast: Cast, client: Client, wrong: str) -> None:
        client.force_login(cast["gebiedswerker"])
        for page in (PAGE, reverse("reservations:use-sheet")):
            answer = client.get(f"{page}?{wrong}")
            assert answer.status_code == 422
            assert b"error-summary" in answer.content


def test_an_area_shows_its_rooms_and_one_without_shows_nothing(rooms: Rooms) -> None:
    content = section_of(Request(viewer=Access(), area=rooms.hall.building.area))
    assert content is not None
    assert [line.of for line in content["report"].by_building] == [rooms.hall.building]
    assert section_of(Request(viewer=Access(), area=Area.objects.get(set__code="gebieden17", name="Kooigem"))) is None
