"""What is on today in an area, for who goes round there: nothing of what its holder does not share."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked, make
from tests.reservations.test_activities_tell import activity

type SignIn = Callable[[Any], Client]


@pytest.fixture
def rooms(cast: Cast) -> Rooms:
    return make()


def code_of(rooms: Rooms) -> str:
    area = rooms.hall.building.area
    assert area is not None
    return area.code


def today(client: Client, code: str) -> Any:
    blocks = client.get(f"/gebieden/briefing/?gebied={code}").context["blocks"]
    return next((block.content for block in blocks if block.section.key == "rooms-today"), None)


class TestToday:
    def test_has_what_is_shared_and_counts_the_rest(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        with time_machine.travel(timezone.localtime().replace(hour=8, minute=0), tick=False):
            booked(rooms.hall, ahead(0, "10:00"), title="Repetitie koor", by=cast["gebouwbeheerder"])
            booked(rooms.hall, ahead(0, "14:00"), title="Gesprekken", is_shared=False, by=cast["verpleegkundige"])
            booked(rooms.hall, ahead(1, "10:00"), title="Morgen", by=cast["gebouwbeheerder"])
            booked(rooms.hall, ahead(0, "19:00"), title="Op de wachtlijst", state="requested")
            code = code_of(rooms)
            city, ocmw = sign_in(cast["deelgemeente"]), sign_in(cast["verpleegkundige"])
            assert [each.title for each in today(city, code)["bookings"]] == ["Repetitie koor"]
            assert today(city, code)["others"] == 1
            assert [each.title for each in today(ocmw, code)["bookings"]] == ["Repetitie koor", "Gesprekken"]
            assert today(ocmw, code)["others"] == 0
            page = city.get(f"/gebieden/briefing/?gebied={code}").content.decode()
            assert "Gesprekken" not in page
            assert cast["gebouwbeheerder"].name not in page[page.index("<main") :]

    def test_has_what_there_is_to_do_of_ones_own_house_and_of_all(
        self, cast: Cast, sign_in: SignIn, rooms: Rooms
    ) -> None:
        police: dict[str, Any] = {
            "organisation": cast["wijkinspecteur"].organisation,
            "association": None,
            "is_public": False,
        }
        with time_machine.travel(timezone.localtime().replace(hour=8, minute=0), tick=False):
            kinds: list[tuple[str, dict[str, Any]]] = [("Turnles", {}), ("Infomoment wijkwerking", police)]
            for title, of in kinds:
                activity(title, area=rooms.hall.building.area, first_on=timezone.localdate(),
                         start_time=dt.time(9), end_time=dt.time(10), **of)  # fmt: skip
            city, inspector = sign_in(cast["deelgemeente"]), sign_in(cast["wijkinspecteur.zuid"])
            code = code_of(rooms)
            assert [date.activity.title for date in today(city, code)["dates"]] == ["Turnles"]
            assert {date.activity.title for date in today(inspector, code)["dates"]} == {
                "Turnles", "Infomoment wijkwerking",
            }  # fmt: skip

    def test_follows_the_clock_whatever_it_is(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        with time_machine.travel(timezone.localtime().replace(hour=8, minute=0), tick=False):
            for title, start in (("Ontbijt", 9), ("Turnles", 15)):
                activity(title, area=rooms.hall.building.area, first_on=timezone.localdate(),
                         start_time=dt.time(start), end_time=dt.time(start + 1))  # fmt: skip
            booked(rooms.hall, ahead(0, "10:00"), title="Repetitie koor", by=cast["gebouwbeheerder"])
            page = sign_in(cast["deelgemeente"]).get(f"/gebieden/briefing/?gebied={code_of(rooms)}").content.decode()
            places = [page.index(title) for title in ("Ontbijt", "Repetitie koor", "Turnles")]
            assert places == sorted(places)

    def test_is_over_when_it_is_over(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        with time_machine.travel(timezone.localtime().replace(hour=15, minute=0), tick=False):
            booked(rooms.hall, ahead(0, "10:00"), title="Vanmorgen")
            assert today(sign_in(cast["deelgemeente"]), code_of(rooms)) is None
