"""A room for what comes back: on how many of the dates, why not on the others, and what nearly does."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from reservations.booking import may_be_asked
from reservations.finding_series import Found, find_series
from reservations.models import Booking, Closure, Frequency, Occupancy, Room, Series
from reservations.near import near_named
from reservations.rights import Rights
from teams.access import access_of
from tests.cast import Cast
from tests.reservations.booking_pages import typed
from tests.reservations.rooms import Rooms, ahead, at, booked

pytestmark = pytest.mark.django_db


def first_tuesday() -> dt.date:
    day = ahead(2).date()
    return day + dt.timedelta(days=(1 - day.weekday()) % 7)


def tuesday(number: int, clock: str = "19:30") -> dt.datetime:
    return at(first_tuesday() + dt.timedelta(weeks=number), clock)


def found(
    cast: Cast, *, persons: int = 20, layout: str = "tables", near: str = "", weeks: int = 10, **more: Any
) -> Found:
    rule = Series(
        frequency=Frequency.WEEKLY, interval=1, weekdays=[1], first_on=first_tuesday(), until=more.get("until"),
        times=None if "until" in more else weeks,
        start_time=dt.time(19, 30), end_time=dt.time(22), skips_public_holidays=False,
    )  # fmt: skip
    wish = Booking(persons=persons, layout=layout, features=more.get("features", []), starts=ahead(3), ends=ahead(4))
    may_be_asked(wish)
    rights = Rights.of(access_of(cast["gebiedswerker"]))
    return find_series(rule, wish, rights=rights, near=near_named(near) if near else None)


def of(answer: Found, room: Room) -> Any:
    return next(each for each in answer.options if each.room == room)


class TestOptions:
    def test_come_with_most_dates_first_and_say_how_many(self, rooms: Rooms, cast: Cast) -> None:
        booked(rooms.bissegem, tuesday(2))
        options = found(cast, persons=60).options
        assert [each.room for each in options] == [rooms.half_a, rooms.half_b, rooms.hall, rooms.bissegem]
        assert options[0].said == "alle 10 dinsdagen vrij"
        assert of(found(cast), rooms.bissegem).said == "9 van de 10 dinsdagen vrij"

    def test_say_why_not_on_the_others(self, rooms: Rooms, cast: Cast) -> None:
        for number in range(4):
            booked(rooms.bissegem, tuesday(number))
        closure = Closure.objects.create(
            building=rooms.bissegem.building, starts=tuesday(6), ends=tuesday(6, "23:00"), reason="Dak",
            created_by=cast["gebouwbeheerder"],
        )  # fmt: skip
        for space in rooms.bissegem.spaces.all():
            Occupancy.objects.create(space=space, during=(closure.starts, closure.ends), closure=closure)
        reasons = of(found(cast), rooms.bissegem).reasons
        assert f"gesloten op {date_format(tuesday(6), 'j F')}" in reasons
        assert "op 4 data bezet" in reasons

    def test_count_the_minutes_to_clear_up(self, rooms: Rooms, cast: Cast) -> None:
        booked(rooms.bissegem, tuesday(1, "22:30"))  # an hour is kept free after the evening
        assert of(found(cast), rooms.bissegem).free == 9

    def test_of_as_many_dates_the_nearest_comes_first_and_says_how_far(self, rooms: Rooms, cast: Cast) -> None:
        first = found(cast, near="Bissegem").options[0]
        assert (first.room, first.reasons[0]) == (rooms.bissegem, "in Bissegem")
        assert any("km van OC Marke" in each for each in found(cast, near="OC Marke").options[-1].reasons)

    def test_say_of_which_parts_a_room_is_made(self, rooms: Rooms, cast: Cast) -> None:
        assert "Helft A en Helft B samen" in of(found(cast, persons=100), rooms.hall).reasons

    def test_are_one_question_for_a_year(self, rooms: Rooms, cast: Cast, django_assert_max_num_queries: Any) -> None:
        with django_assert_max_num_queries(14):
            found(cast, weeks=52)


class TestNearMisses:
    def test_are_another_hour_of_the_nearest_room(self, rooms: Rooms, cast: Cast) -> None:
        for number in range(3):
            booked(rooms.ocmw, tuesday(number, "18:30"), 2)
        miss = found(cast, near="Overleie").near[0]
        assert (miss.room, miss.reasons[0], miss.said) == (rooms.ocmw, "21.00 uur kan wel", "alle 10 dinsdagen vrij")

    def test_are_another_weekday(self, rooms: Rooms, cast: Cast) -> None:
        for number in range(10):
            booked(rooms.ocmw, tuesday(number, "12:00"), 12)
        miss = found(cast, near="Overleie").near[0]
        assert (miss.reasons[0], miss.said) == ("niet op dinsdag, wel op maandag", "alle 10 maandagen vrij")

    def test_are_no_weekday_on_which_the_rule_has_no_date(self, rooms: Rooms, cast: Cast) -> None:
        """From one Tuesday to that same Tuesday: there is no other day in it."""
        booked(rooms.ocmw, tuesday(0, "12:00"), 12)
        answer = found(cast, near="Overleie", until=first_tuesday())
        assert answer.options
        assert not [each for each in answer.near if "niet op dinsdag" in each.reasons[0]]

    def test_are_rooms_that_lack_one_thing(self, rooms: Rooms, cast: Cast) -> None:
        answer = found(cast, persons=100, features=["kitchen"])
        assert answer.options == []
        assert {each.reasons[0] for each in answer.near} == {"zonder keuken"}

    def test_are_none_where_the_nearest_room_is_free(self, rooms: Rooms, cast: Cast) -> None:
        booked(rooms.hall, tuesday(1))
        assert found(cast, near="Overleie").near == []


class TestPage:
    def test_reads_a_sentence_into_the_fields(self, rooms: Rooms, cast: Cast, sign_in: Any) -> None:
        sentence = "20 mensen, tafels, dinsdagavond wekelijks, dicht bij Overleie, met keuken en springkasteel"
        response = sign_in(cast["verpleegkundige"]).get(
            reverse("reservations:booking-add"), {"wens": sentence}, follow=True
        )
        page = response.content.decode()
        assert "‘springkasteel’ begrepen we niet." in page
        assert 'name="plek" value="Overleie"' in page
        assert "Cursuslokaal" in page
        assert "dinsdagen vrij" in page

    def test_asks_for_nothing_that_nobody_said(self, rooms: Rooms, cast: Cast, sign_in: Any) -> None:
        asked = {"wens": "20 mensen elke dinsdag om 20 uur, 5 keer"}
        page = sign_in(cast["gebiedswerker"]).get(reverse("reservations:booking-add"), asked, follow=True)
        assert "alle 5 dinsdagen vrij" in page.content.decode()

    def test_leads_from_a_room_to_its_dates(self, rooms: Rooms, cast: Cast, sign_in: Any) -> None:
        client = sign_in(cast["gebiedswerker"])
        weekly: dict[str, Any] = {"herhaal": "weekly", "keren": "5", "opstelling": "tables"}
        address = f"{reverse('reservations:booking-add')}?sleutel=0193a8a0-0000-7000-8000-000000000001"
        page = client.post(address, typed(None, tuesday(0), **weekly, zoek="1")).content.decode()
        key = f"{rooms.bissegem.pk}@{tuesday(0).isoformat()}"
        assert f'value="{key}"' in page
        dates = client.post(address, typed(None, tuesday(0), **weekly, keuze=key))
        assert "5 data." in dates.content.decode()

    def test_takes_another_weekday_as_a_whole(self, rooms: Rooms, cast: Cast, sign_in: Any) -> None:
        client = sign_in(cast["gebiedswerker"])
        address = f"{reverse('reservations:booking-add')}?sleutel=0193a8a0-0000-7000-8000-000000000002"
        wednesday = at(first_tuesday() + dt.timedelta(days=1), "19:30")
        sent = typed(
            None,
            tuesday(0),
            herhaal="weekly",
            keren="5",
            dagen="1",
            keuze=f"{rooms.bissegem.pk}@{wednesday.isoformat()}",
        )
        assert "elke woensdag" in client.post(address, sent).content.decode()

    def test_says_what_is_missing_of_the_rule(self, rooms: Rooms, cast: Cast, sign_in: Any) -> None:
        address = f"{reverse('reservations:booking-add')}?sleutel=0193a8a0-0000-7000-8000-000000000003"
        page = sign_in(cast["gebiedswerker"]).post(address, typed(None, tuesday(0), herhaal="weekly", zoek="1"))
        assert "Een reeks heeft een einde" in page.content.decode()

    def test_refuses_a_street_nobody_knows(self, rooms: Rooms, cast: Cast, sign_in: Any) -> None:
        address = f"{reverse('reservations:booking-add')}?sleutel=0193a8a0-0000-7000-8000-000000000004"
        page = sign_in(cast["gebiedswerker"]).post(address, typed(None, tuesday(0), plek="Nergenslaan", zoek="1"))
        assert page.status_code == 422
        assert "kennen we niet" in page.content.decode()
