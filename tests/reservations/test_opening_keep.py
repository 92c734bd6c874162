"""Opening hours are written by keepers, who see beforehand whom they leave standing outside."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from reservations.models import Booking, OpeningPeriod, OpenRange
from reservations.moments import on_clock
from teams.models import User
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked

type SignIn = Callable[[User], Client]
HOUSE = "/zalen/gebouwen/oc-marke/openingsuren/"
ADD = f"{HOUSE}nieuw/"


@pytest.fixture
def nele(cast: Cast, rooms: Rooms, sign_in: SignIn) -> Client:
    return sign_in(cast["gebouwbeheerder"])


def one_day(day: dt.date, **changed: Any) -> dict[str, Any]:
    """Other hours on one day: from nine to five, whatever weekday it is."""
    number = day.weekday()
    hours = {f"opens_{number}": "09:00", f"closes_{number}": "17:00"}
    return {"name": "Korte dag", "kind": "exception", "starts": str(day), "ends": str(day), **hours, **changed}


def open_on(room: Any, day: dt.date) -> list[tuple[str, str]]:
    found = OpenRange.objects.filter(room=room).order_by("during")
    moments = [(on_clock(each.during.lower), on_clock(each.during.upper)) for each in found]
    return [(f"{opens:%H:%M}", f"{closes:%d/%m %H:%M}") for opens, closes in moments if opens.date() == day]


class TestWriting:
    def test_counts_at_once_for_every_room(self, nele: Client, rooms: Rooms) -> None:
        day = ahead(6).date()
        assert nele.post(ADD, one_day(day)).status_code == 302
        for room in (rooms.hall, rooms.meeting):
            assert open_on(room, day) == [("09:00", f"{day:%d/%m} 17:00")]

    def test_goes_past_midnight(self, nele: Client, rooms: Rooms) -> None:
        day = ahead(6).date()
        number = day.weekday()
        evening = {f"opens_{number}_2": "19:00", f"closes_{number}_2": "01:00"}
        assert nele.post(ADD, one_day(day, **evening)).status_code == 302
        [first, second] = open_on(rooms.hall, day)
        assert first == ("09:00", f"{day:%d/%m} 17:00")
        # The day after is open day and night: one stretch with the evening.
        assert second[0] == "19:00"
        assert "19.00 tot 1.00 uur de dag erna" in nele.get(HOUSE).content.decode()

    def test_is_for_one_room_when_asked(self, nele: Client, rooms: Rooms) -> None:
        day = ahead(6).date()
        # A room with hours of its own keeps those: outside them the room is shut.
        assert nele.post(ADD, one_day(day, room=rooms.meeting.pk)).status_code == 302
        assert open_on(rooms.meeting, day) == [("09:00", f"{day:%d/%m} 17:00")]
        assert open_on(rooms.hall, day) != open_on(rooms.meeting, day)

    def test_changes_and_removes_what_was_written(self, nele: Client, rooms: Rooms) -> None:
        day = ahead(6).date()
        nele.post(ADD, one_day(day))
        period = OpeningPeriod.objects.get(name="Korte dag")
        assert 'value="09:00"' in nele.get(f"{HOUSE}{period.pk}/").content.decode()
        nele.post(f"{HOUSE}{period.pk}/", one_day(day, **{f"closes_{day.weekday()}": "12:00"}))
        assert open_on(rooms.hall, day) == [("09:00", f"{day:%d/%m} 12:00")]
        assert nele.post(f"{HOUSE}{period.pk}/weg/").status_code == 302
        assert open_on(rooms.hall, day) == []  # open day and night again: no stretch begins that day
        assert OpenRange.objects.filter(room=rooms.hall, during__contains=ahead(6, "23:00")).exists()

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"opens_0": "09:00", "closes_0": ""}, "Vul beide uren in, of geen."),
            ({"opens_0": "", "closes_0": "09:00"}, "Vul beide uren in, of geen."),
            (
                {"opens_0": "09:00", "closes_0": "12:00", "opens_0_2": "11:00", "closes_0_2": "13:00"},
                "lopen door de eerste heen",
            ),
            ({"starts": "2027-02-02", "ends": "2027-02-01"}, "Deze dag ligt voor de eerste."),
            ({"ends": "2127-02-01"}, "ligt te ver vooruit"),
            ({"name": ""}, "Naam"),
            ({"room": "999999"}, ""),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, nele: Client, rooms: Rooms, changed: dict[str, str], said: str
    ) -> None:
        data = {**one_day(dt.date(2027, 2, 2)), "opens_5": "07:07", "closes_5": "08:00", **changed}
        response = nele.post(ADD, data)
        html = response.content.decode()
        assert response.status_code == 422
        assert said in html
        assert 'value="07:07"' in html
        assert not OpeningPeriod.objects.filter(name="Korte dag").exists()

    def test_refuses_a_year_without_hours(self, nele: Client, rooms: Rooms) -> None:
        data = {"name": "Leeg", "kind": "year", "starts": "2027-01-01", "ends": "2027-12-31"}
        assert nele.post(ADD, data).status_code == 422
        assert nele.post(ADD, {**data, "kind": "exception"}).status_code == 302  # shut on purpose


class TestCopying:
    def test_fills_in_other_weekdays_and_saves_nothing(self, nele: Client, rooms: Rooms) -> None:
        data = {"name": "Winter", "opens_0": "08:15", "closes_0": "17:45", "opens_6": "10:10", "neem": "weekdays"}
        response = nele.post(ADD, data)
        html = response.content.decode()
        assert response.status_code == 200
        assert (html.count('value="08:15"'), html.count('value="10:10"')) == (5, 1)
        assert 'value="Winter"' in html
        assert nele.post(ADD, {**data, "neem": "all"}).content.decode().count('value="17:45"') == 7
        assert not OpeningPeriod.objects.filter(name="Winter").exists()


class TestWarning:
    def test_lists_who_would_stand_outside_before_anything_is_saved(
        self, nele: Client, rooms: Rooms, cast: Cast
    ) -> None:
        evening = ahead(6)
        mine = booked(rooms.hall, evening, by=cast["gebiedswerker"], title="Toneelrepetitie")
        booked(rooms.hall, ahead(6, "10:00"), by=cast["gebiedswerker"], title="Ochtendkoffie")
        booked(rooms.meeting, ahead(6, "20:00"), by=cast["verpleegkundige"], title="ZEEPGEHEIM")
        response = nele.post(ADD, one_day(evening.date()))
        html = response.content.decode()
        assert response.status_code == 422
        assert "Toneelrepetitie" in html
        assert "Ochtendkoffie" not in html
        assert "ZEEPGEHEIM" not in html
        assert "bezet" in html
        assert not OpeningPeriod.objects.filter(name="Korte dag").exists()
        assert OpenRange.objects.filter(room=rooms.hall, during__contains=evening).exists()

        again = one_day(evening.date(), gezien=response.context["seen"])
        assert nele.post(ADD, again).status_code == 302
        assert not OpenRange.objects.filter(room=rooms.hall, during__contains=evening).exists()
        mine.refresh_from_db()
        assert mine.state == Booking.State.CONFIRMED
        assert "2 reservaties staan buiten de uren" in nele.get(HOUSE).content.decode()

    def test_asks_again_about_who_came_meanwhile(self, nele: Client, rooms: Rooms) -> None:
        evening = ahead(6)
        booked(rooms.hall, evening)
        seen = nele.post(ADD, one_day(evening.date())).context["seen"]
        booked(rooms.meeting, evening)
        assert nele.post(ADD, one_day(evening.date(), gezien=seen)).status_code == 422

    def test_comes_before_a_removal_too(self, nele: Client, rooms: Rooms) -> None:
        booked(rooms.hall, ahead(3))
        always = OpeningPeriod.objects.get(building=rooms.hall.building)
        response = nele.post(f"{HOUSE}{always.pk}/weg/")
        assert response.status_code == 422
        assert OpeningPeriod.objects.filter(pk=always.pk).exists()

    def test_shows_what_it_would_come_to(self, nele: Client, rooms: Rooms) -> None:
        day = timezone.localdate() + dt.timedelta(days=2)
        response = nele.post(ADD, one_day(day, bekijk="1"))
        assert response.status_code == 200
        assert "9.00 tot 17.00" in response.content.decode()
        assert not OpeningPeriod.objects.filter(name="Korte dag").exists()


class TestKeepers:
    def test_alone_write_hours(self, nele: Client, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        period = OpeningPeriod.objects.get(building=rooms.hall.building)
        other = sign_in(cast["coordinator.ocmw"])
        for url in (ADD, f"{HOUSE}{period.pk}/", f"{HOUSE}{period.pk}/weg/"):
            assert other.post(url, one_day(ahead(6).date())).status_code == 403
        foreign = OpeningPeriod.objects.get(building=rooms.ocmw.building)
        assert nele.get(f"{HOUSE}{foreign.pk}/").status_code == 404
        assert nele.get(f"{HOUSE}{period.pk}/").status_code == 200
