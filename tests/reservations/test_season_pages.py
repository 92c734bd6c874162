"""Seasons and hours on their pages: what is refused says why and keeps what was typed; what is done is done once."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from reservations.calendars.reading import read
from reservations.calendars.tables import fill, of_day
from reservations.models import Allocation, Booking, Group, Season, SeasonRequest
from reservations.moments import whole_day
from reservations.seasons.deciding import keep
from reservations.seasons.settling import settle
from teams.access import access_of
from teams.models import Organisation, User
from tests.cast import Cast
from tests.reservations.allocated import given
from tests.reservations.rooms import Rooms, ahead, booked
from tests.reservations.seasons import FIRST, asked, season

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


def hours(rooms: Rooms, **more: Any) -> dict[str, Any]:
    today = timezone.localdate()
    ocmw = Organisation.objects.get(code="ocmw").pk
    return {
        "id": uuid7(), "room": rooms.bissegem.pk, "holder": f"organisatie:{ocmw}", "weekdays": ["3"],
        "start_time": "14:00", "end_time": "16:00", "first_on": today, "last_on": today + dt.timedelta(days=60),
        "release_days": "7", "why": "Elke donderdag.", **more,
    }  # fmt: skip


class TestGivingHours:
    def test_gives_them_once_however_often_it_is_sent(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        client, sent = sign_in(cast["gebouwbeheerder"]), hours(rooms)
        url = reverse("reservations:allocation-add", args=["oc-bissegem"])
        for _again in range(2):
            assert client.post(url, sent).status_code == 302
        assert Allocation.objects.standing().count() == 1

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"end_time": "13:00"}, "dan duurt het 23 uur"),
            ({"weekdays": []}, "Vink minstens één dag aan"),
            ({"last_on": "2020-01-01"}, "De laatste dag valt vóór de eerste"),
            ({"last_on": "2099-01-01"}, "hoogstens twee jaar"),
        ],
    )
    def test_says_what_is_wrong(
        self, rooms: Rooms, cast: Cast, sign_in: SignIn, wrong: dict[str, Any], said: str
    ) -> None:
        url = reverse("reservations:allocation-add", args=["oc-bissegem"])
        shown = sign_in(cast["gebouwbeheerder"]).post(url, hours(rooms, **wrong))
        assert shown.status_code == 422
        assert said in shown.content.decode()
        assert "Elke donderdag." in shown.content.decode()

    def test_names_who_has_them_already(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        given(rooms.bissegem, by=cast["gebouwbeheerder"], start_time=dt.time(15))
        url = reverse("reservations:allocation-add", args=["oc-bissegem"])
        shown = sign_in(cast["gebouwbeheerder"]).post(url, hours(rooms))
        assert "al voorbehouden voor Stad Kortrijk" in shown.content.decode()

    def test_lists_what_stands_there_and_stays(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        booked(rooms.bissegem, ahead(20), by=cast["gebiedswerker"], title="Buurtfeest")
        booked(rooms.bissegem, ahead(21), by=cast["verpleegkundige"], title="Rouwgroep", is_shared=False)
        one = given(rooms.bissegem, by=cast["gebouwbeheerder"], association=rooms.choir)
        shown = sign_in(cast["gebouwbeheerder"]).get(one.get_absolute_url()).content.decode()
        assert "Buurtfeest" in shown
        assert "Rouwgroep" not in shown


class TestHoursOnTheirPage:
    def test_of_a_building_ask_the_database_the_same_of_many(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        client, url = sign_in(cast["agent"]), reverse("reservations:allocations", args=["oc-bissegem"])
        counts = []
        for start in (8, 10, 12):
            given(
                rooms.bissegem, by=cast["gebouwbeheerder"], start_time=dt.time(start), end_time=dt.time(start, 30),
                last_on=timezone.localdate() + dt.timedelta(days=9),
            )  # fmt: skip
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            counts.append(len(queries))
        assert counts[0] == counts[-1]

    def test_are_booked_all_at_once_and_once(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        one = given(
            rooms.hall, by=cast["gebouwbeheerder"], weekdays=[1], organisation=cast["gebiedswerker"].organisation
        )
        client, url = sign_in(cast["gebiedswerker"]), reverse("reservations:allocation-series", args=[one.pk])
        for _again in range(2):
            client.post(url, {"id": uuid7(), "title": "Repetitie", "persons": "20", "is_shared": "on"})
        made = Booking.objects.all()
        assert made.count() == one.ranges.filter(during__startswith__date__gt=timezone.localdate()).count() / 2
        assert {each.state for each in made} == {"confirmed"}

    def test_shown_in_the_calendar_until_they_come_free(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        given(rooms.bissegem, by=cast["gebouwbeheerder"], association=rooms.choir)
        client, url = sign_in(cast["agent"]), reverse("reservations:calendar-day")
        far, near = (client.get(f"{url}?dag={ahead(days):%Y-%m-%d}").content.decode() for days in (20, 3))
        assert "Voorbehouden voor Zangkoor" in far
        assert "Voorbehouden voor Zangkoor" not in near

    def test_in_a_month_count_as_no_use(self, rooms: Rooms, cast: Cast) -> None:
        """What is kept and not booked makes a day no fuller."""
        given(rooms.bissegem, by=cast["gebouwbeheerder"], association=rooms.choir)
        day = ahead(20).date()
        picture = read(access_of(cast["agent"]), [rooms.bissegem], *whole_day(day))
        filled = fill(day, of_day(picture, rooms.bissegem, day))
        assert (filled.kind, filled.uses, filled.level) == ("free", 0, 0)


class TestSeason:
    def test_has_an_order_in_which_each_stands_once(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebouwbeheerder"])
        order = [*reversed(Group.values)]
        sent = {
            "name": "Najaar", "buildings": [rooms.bissegem.building.pk], "starts": FIRST, "release_days": "14",
            "ends": FIRST + dt.timedelta(days=90), "requests_until": timezone.localdate(),
            **{f"place_{number}": each for number, each in enumerate(order)},
        }  # fmt: skip
        twice = client.post(reverse("reservations:season-add"), {**sent, "place_0": order[1]})
        assert "Deze heeft al een plaats" in twice.content.decode()
        assert client.post(reverse("reservations:season-add"), sent).status_code == 302
        assert Season.objects.get().order == order

    def test_of_another_house_is_not_ones_own_to_make(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        sent = {"name": "Najaar", "buildings": [rooms.ocmw.building.pk]}
        shown = sign_in(cast["gebouwbeheerder"]).post(reverse("reservations:season-add"), sent)
        assert shown.status_code == 422
        assert not Season.objects.exists()

    def test_over_two_owners_is_divided_by_who_keeps_both(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        both = season(rooms.bissegem.building, rooms.ocmw.building)
        nele = access_of(cast["gebouwbeheerder"])
        assert not Season.objects.kept(nele).exists()
        both.buildings.set([rooms.bissegem.building])
        assert Season.objects.kept(nele).exists()


class TestTheDivision:
    def test_says_how_many_get_nothing_and_has_them_first(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        spring = season(rooms.bissegem.building)
        client, url = sign_in(cast["gebouwbeheerder"]), reverse("reservations:season-division", args=[spring.pk])
        assert "Nog niemand vroeg een uur. Dat kan tot en met" in client.get(url).content.decode()
        asked(spring, by=cast["gebiedswerker"], holder="Scouts", for_youth=True)
        asked(spring, by=cast["gebiedswerker"], holder="Judo")
        page = client.get(url).content.decode()
        assert "1 aanvraag krijgt een uur, 1 krijgt niets." in page
        assert "verdeel daarna opnieuw" in page
        assert "Heeft nu" not in page
        assert page.index(">Judo<") < page.index(">Scouts<")
        client.post(url)
        again = client.get(url).content.decode()
        assert "Heeft nu" in again
        assert "Verdeel zo" not in again  # it would change nothing
        assert "als het vastgesteld is, niet meer" in client.get(spring.get_absolute_url()).content.decode()


class TestAsking:
    def sent(self, **more: Any) -> dict[str, Any]:
        return {
            "id": uuid7(), "title": "Training", "holder": "eigen", "weekdays": ["1"], "start_time": "19:00",
            "end_time": "20:30", "persons": "20", "is_shared": "on", **more,
        }  # fmt: skip

    def test_twice_with_one_form_is_one_request(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        spring = season(rooms.bissegem.building)
        client, sent = sign_in(cast["gebiedswerker"]), self.sent()
        url = reverse("reservations:season-request-add", args=[spring.pk])
        for _again in range(2):
            assert client.post(url, sent).status_code == 302
        assert SeasonRequest.objects.count() == 1

    def test_too_late_says_until_when_it_could(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        past = season(rooms.bissegem.building, requests_until=timezone.localdate() - dt.timedelta(days=1))
        url = reverse("reservations:season-request-add", args=[past.pk])
        shown = sign_in(cast["gebiedswerker"]).post(url, self.sent())
        assert shown.status_code == 422
        assert "Vragen voor Voorjaar kon tot en met" in shown.content.decode()

    def test_by_hand_the_keeper_refuses_with_a_reason(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        spring = season(rooms.bissegem.building)
        wish = asked(spring, by=cast["gebiedswerker"])
        url = reverse("reservations:season-request-decision", args=[wish.pk])
        client = sign_in(cast["gebouwbeheerder"])
        assert client.post(url, {"weiger": "1"}).status_code == 422
        assert client.post(url, {"weiger": "1", "because": "De vloer."}).status_code == 302
        wish.refresh_from_db()
        assert (wish.outcome, wish.is_fixed) == ("refused", True)

    def test_withdrawn_asks_no_more(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        spring = season(rooms.bissegem.building)
        wish = asked(spring, by=cast["gebiedswerker"])
        keep(spring, by=cast["gebouwbeheerder"])
        sign_in(cast["gebiedswerker"]).post(reverse("reservations:season-request-withdrawal", args=[wish.pk]))
        assert settle(spring, by=cast["gebouwbeheerder"]) == 0

    def test_what_became_of_a_request_is_on_record(self, rooms: Rooms, cast: Cast) -> None:
        spring = season(rooms.bissegem.building)
        wish = asked(spring, by=cast["gebiedswerker"])
        keep(spring, by=cast["gebouwbeheerder"])
        before = apps.get_model("reservations", "SeasonRequestChange").objects.get(pgh_obj_id=wish.pk)
        assert before.outcome == "asked"
