"""Days that no calendar has, or that lie where calendars end: a sentence, never an error."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from teams.models import User
from tests.cast import Cast
from tests.reservations.booking_pages import address
from tests.reservations.rooms import Rooms

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
