"""Days that no calendar has, or that lie where calendars end: a sentence, never an error."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.ids import uuid7
from teams.models import User
from tests.cast import Cast
from tests.reservations.booking_pages import address
from tests.reservations.rooms import Rooms, ahead

type SignIn = Callable[[User], Client]

HOURS = {"van": "20:00", "tot": "01:00", "personen": "3"}


@pytest.mark.parametrize(
    "asked",
    [
        {"dag": "9999-12-31", **HOURS},
        {"dag": "0001-01-01", **HOURS, "van": "00:00"},
        {"dag": "2030-01-01", "totdag": "9999-12-31", **HOURS},
        {"zaal": "²"},
        {"zaal": "a/\0"},
        {"wens": "vanaf januari 0000"},
        {"wens": "elke maandag tot januari 0001"},
        {"wens": "elke maandag vanaf 31/12/9999"},
    ],
)
def test_of_a_wish_are_said_to_be_none(rooms: Rooms, cast: Cast, sign_in: SignIn, asked: dict[str, str]) -> None:
    client = sign_in(cast["gebiedswerker"])
    page = reverse("reservations:booking-add")
    assert client.get(f"{page}?{urlencode(asked)}", follow=True).status_code in {
        200,
        400,
    }  # a NUL in an address is refused before
    assert client.post(address(None), asked).status_code in {200, 422}


def test_of_a_button_are_no_choice(rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
    sent = {"keuze": f"{rooms.hall.pk}@9999-12-31T23:00:00+00:00"}
    assert sign_in(cast["gebiedswerker"]).post(address(None), sent).status_code in {200, 422}


@pytest.mark.parametrize("week", ["9999-12-31", "0001-01-01", "2026-02-30"])
def test_of_a_week_show_this_one(rooms: Rooms, cast: Cast, sign_in: SignIn, week: str) -> None:
    page = f"{reverse('reservations:activities')}?week={week}"
    assert sign_in(cast["coordinator"]).get(page).status_code == 200


FAR = ["9999-12-31", "0001-01-01"]
TOO_FAR = "Dat jaar ligt te ver. Kies er een van 2000 tot 2199."


@pytest.mark.parametrize("day", FAR)
def test_of_a_closure_are_said_to_be_too_far(rooms: Rooms, cast: Cast, sign_in: SignIn, day: str) -> None:
    keeper = sign_in(cast["gebouwbeheerder"])
    page = reverse("reservations:closure-add", args=["oc-marke"])
    sent = {"id": str(uuid7()), "what": "whole", "first_day": day, "last_day": day, "reason": "Lek"}
    _says_so(keeper.post(page, sent), times=2)


@pytest.mark.parametrize("day", FAR)
def test_of_use_and_of_what_if_are_said_to_be_too_far(rooms: Rooms, cast: Cast, sign_in: SignIn, day: str) -> None:
    keeper = sign_in(cast["gebouwbeheerder"])
    for page in ("use", "use-sheet"):
        _says_so(keeper.get(reverse(f"reservations:{page}"), {"van": day, "tot": day}), times=2)
    sent = {"first": day, "last": day, "shift": "0", "close": [rooms.hall.building_id]}
    _says_so(keeper.post(reverse("reservations:consolidation"), sent), times=2)


@pytest.mark.parametrize("day", FAR)
def test_of_hours_are_said_to_be_too_far(rooms: Rooms, cast: Cast, sign_in: SignIn, day: str) -> None:
    keeper = sign_in(cast["gebouwbeheerder"])
    for page in ("period-add", "allocation-add"):
        names = ("starts", "ends") if page == "period-add" else ("first_on", "last_on")
        _says_so(keeper.post(reverse(f"reservations:{page}", args=["oc-marke"]), dict.fromkeys(names, day)), times=2)


def _says_so(response: Any, *, times: int) -> None:
    assert response.status_code == 422
    assert response.content.decode().count(TOO_FAR) >= times


def test_an_evening_that_begins_when_it_ends_is_no_day_of_24_hours(rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast["gebiedswerker"])
    day = {"dag": str(ahead(5).date()), "van": "20:00", "tot": "20:00", "personen": "3", "zoek": "1"}
    page = client.post(address(None), day).content.decode()
    assert "Dit begint en eindigt op hetzelfde uur." in page
    page = client.post(address(None), {**day, "totdag": str(ahead(6).date())}).content.decode()
    assert "zalen vrij" in page
