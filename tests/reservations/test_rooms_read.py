"""The page of a building and of a room: what everybody who is signed in may know of them."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reservations.hours import days_of, in_a_line, in_words
from reservations.models import Closure, OpeningPeriod, OpeningSpan, OpenRange, Room, RoomSetup, Space
from reservations.parts import parts_of
from teams.models import User
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, at, booked

type SignIn = Callable[[User], Client]
HOUSE = "/zalen/gebouwen/oc-marke/"
HALL = f"{HOUSE}zalen/grote-zaal/"


class TestBuilding:
    def test_shows_its_rooms_with_how_many_they_hold(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        html = sign_in(cast["agent"]).get(HOUSE).content.decode()
        assert "stoelen in rijen 240" in html
        assert "podium" in html
        assert f'href="/zalen/reserveren/?zaal={rooms.hall.building.code}/{rooms.hall.code}"' in html

    def test_tells_unknown_from_no(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        house = rooms.hall.building
        house.step_free, house.hearing_loop = False, None
        house.save(update_fields=["step_free", "hearing_loop"])
        html = sign_in(cast["agent"]).get(HOUSE).content.decode()
        loop, steps = html.partition("Ringleiding")[2], html.partition("Ingang zonder trappen")[2]
        assert loop[:60].count("nog niet bekend") == 1
        assert steps[:60].count("nee") == 1

    def test_leaves_out_what_is_withdrawn(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        rooms.meeting.withdraw()
        assert "Vergaderzaal" not in sign_in(cast["agent"]).get(HOUSE).content.decode()
        assert "Vergaderzaal" in sign_in(cast["gebouwbeheerder"]).get(HOUSE).content.decode()

    def test_warns_of_a_closure_ahead(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        client = sign_in(cast["agent"])
        shut = Closure.objects.create(
            building=rooms.hall.building, starts=ahead(3), ends=ahead(5), reason="Lek in het dak"
        )
        shut.spaces.set(rooms.half_a.spaces.all())
        assert "Gesloten: Helft A" in " ".join(client.get(HOUSE).content.decode().split())
        assert "Lek in het dak" in client.get(HALL).content.decode()
        assert "Lek in het dak" not in client.get(f"{HOUSE}zalen/helft-b/").content.decode()

    def test_takes_a_closure_out_of_the_hours_of_the_week(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        today = ahead(0).date()
        shut = Closure.objects.create(
            building=rooms.hall.building, starts=ahead(2, "00:00"), ends=ahead(3, "12:00"), reason="Lek"
        )
        shut.spaces.set(Space.objects.filter(building=rooms.hall.building))
        [week] = sign_in(cast["agent"]).get(HOUSE).context["weeks"]
        days = {(day.on - today).days: day for day in week.days}
        assert (days[2].hours, days[2].reason) == ((), "Lek")
        assert days[3].hours == ("dag en nacht",)
        assert "12.00" in days[3].reason
        assert not days[4].reason

    def test_says_nothing_of_who_is_there(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        booked(rooms.hall, ahead(1), by=cast["verpleegkundige"], title="ZEEPGEHEIM")
        for url in (HOUSE, HALL, f"{HOUSE}geschiedenis/"):
            assert "ZEEPGEHEIM" not in sign_in(cast["gebouwbeheerder"]).get(url).content.decode()

    def test_costs_the_same_however_many_rooms(
        self, cast: Cast, rooms: Rooms, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = sign_in(cast["agent"])
        with django_assert_max_num_queries(30) as few:
            client.get(HOUSE)
        house = rooms.hall.building
        for number in range(8):
            space = Space.objects.create(building=house, name=f"S{number}")
            room = Room.objects.create(building=house, code=f"r{number}", name=f"R{number}")
            room.spaces.add(space)
            RoomSetup.objects.create(room=room, layout="rows", capacity=9)
        with django_assert_max_num_queries(len(few.captured_queries)):
            client.get(HOUSE)


class TestRoom:
    def test_is_not_there_under_another_building(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        client = sign_in(cast["agent"])
        assert client.get(HALL).status_code == 200
        assert client.get("/zalen/gebouwen/oc-bissegem/zalen/grote-zaal/").status_code == 404

    def test_that_is_withdrawn_cannot_be_booked_from_its_page(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        client = sign_in(cast["agent"])
        assert "reserveren/?zaal=oc-marke/grote-zaal" in client.get(HALL).content.decode()
        rooms.hall.withdraw()
        assert "reserveren/?zaal=oc-marke/grote-zaal" not in client.get(HALL).content.decode()


class TestParts:
    def test_of_a_hall_are_its_halves(self, rooms: Rooms) -> None:
        found = parts_of(rooms.hall, [rooms.hall, rooms.half_a, rooms.half_b, rooms.meeting])
        assert found.made_of == [rooms.half_a, rooms.half_b]
        assert not found.within
        assert parts_of(rooms.half_a, [rooms.hall, rooms.half_a, rooms.half_b]).part_of == [rooms.hall]
        assert not parts_of(rooms.meeting, [rooms.hall, rooms.meeting])

    def test_that_do_not_fill_it_lie_within(self, rooms: Rooms) -> None:
        assert parts_of(rooms.hall, [rooms.hall, rooms.half_a]).within == [rooms.half_a]

    def test_are_named_once_when_they_have_parts_themselves(self, rooms: Rooms) -> None:
        quarter = Room.objects.create(building=rooms.hall.building, code="kwart", name="Kwart")
        extra = Space.objects.create(building=rooms.hall.building, name="Kwart")
        quarter.spaces.add(extra)
        rooms.half_a.spaces.add(extra)
        rooms.hall.spaces.add(extra)
        found = parts_of(rooms.hall, [rooms.hall, rooms.half_a, rooms.half_b, quarter])
        assert found.made_of == [rooms.half_a, rooms.half_b]


class TestHours:
    monday = dt.date(2027, 3, 1)

    def said(self, *stretches: tuple[dt.datetime, dt.datetime]) -> list[tuple[str, ...]]:
        return [day.hours for day in days_of(stretches, self.monday, 3)]

    def test_past_midnight_stand_with_the_evening(self) -> None:
        evening = (at(self.monday, "19:00"), at(dt.date(2027, 3, 2), "01:00"))
        assert self.said(evening) == [("19.00 tot 1.00 uur de dag erna",), (), ()]

    def test_day_and_night_are_said_each_day(self) -> None:
        always = (at(dt.date(2027, 1, 1)), at(dt.date(2028, 1, 1)))
        assert self.said(always) == [("dag en nacht",)] * 3

    def test_until_midnight_end_at_24(self) -> None:
        assert self.said((at(self.monday, "20:00"), at(dt.date(2027, 3, 2))))[0] == ("20.00 tot 24.00",)

    def test_of_a_long_weekend_fill_each_day(self) -> None:
        fair = (at(self.monday, "08:00"), at(dt.date(2027, 3, 3), "18:00"))
        assert self.said(fair) == [("8.00 tot 24.00",), ("dag en nacht",), ("0.00 tot 18.00",)]

    def test_of_alike_days_are_said_together(self) -> None:
        spans = [OpeningSpan(weekday=day, opens=dt.time(9), closes=dt.time(17)) for day in range(5)]
        assert in_words(spans) == [("ma–vr", "9.00 tot 17.00"), ("za–zo", "gesloten")]
        assert in_a_line(spans) == "ma–vr 9.00 tot 17.00"
        assert in_a_line([]) == "gesloten"

    def test_other_ones_ahead_stand_on_the_page(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        day = ahead(5).date()
        OpeningPeriod.objects.create(
            building=rooms.hall.building, name="Verkiezingen", kind="exception", starts=day, ends=day
        )
        html = " ".join(sign_in(cast["agent"]).get(HOUSE).content.decode().split())
        assert "Verkiezingen:" in html

    def test_that_differ_between_rooms_are_shown_apart(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        OpenRange.objects.filter(room=rooms.meeting).delete()
        weeks = sign_in(cast["agent"]).get(HOUSE).context["weeks"]
        assert [[room.name for room in week.rooms] for week in weeks] == [
            ["Grote zaal", "Helft A", "Helft B"], ["Vergaderzaal"],
        ]  # fmt: skip


@pytest.mark.parametrize("who", ["agent", "vereniging", "fluvius"])
def test_everybody_who_is_signed_in_looks_up_a_room(who: str, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
    assert sign_in(cast[who]).get(HALL).status_code == 200
    assert Client().get(HALL).status_code == 302
