"""What people type and press to lend something, and what the counter does with it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kortrijk_gebied.ids import uuid7
from reservations.models import Booking, Equipment, Loan, LoanState
from reservations.moments import on_clock
from teams.models import User
from tests.cast import Cast
from tests.reservations.booking_pages import address, typed
from tests.reservations.rooms import Rooms, ahead
from tests.reservations.stock import lent, thing

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


def sent_to(client: Client, address: str, sent: dict[str, Any]) -> Any:
    return client.post(address, sent)


def borrow(client: Client, equipment: Equipment, quantity: int, key: object = None) -> Any:
    sent = {
        "aantal": str(quantity), "dag": f"{on_clock(ahead(5)):%Y-%m-%d}", "van": "10:00", "tot": "18:00",
        "waarvoor": "Straatfeest", "voor": "eigen", "gedeeld": "on",
    }  # fmt: skip
    return client.post(f"{reverse('reservations:loan-add', args=[equipment.code])}?sleutel={key or uuid7()}", sent)


class TestLendingAlone:
    def test_is_done_once_however_often_it_is_sent(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        client, tables, key = sign_in(cast["gebiedswerker"]), thing(rooms.hall), uuid7()
        first, again = (borrow(client, tables, 4, key) for _time in range(2))
        assert first.url == again.url == Loan.objects.get().get_absolute_url()

    def test_says_how_many_there_are_left(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        tables = thing(rooms.hall)
        lent(tables, ahead(5, "12:00"), by=cast["gebiedswerker"], quantity=7)
        answer = borrow(sign_in(cast["gebiedswerker"]), tables, 4)
        assert answer.status_code == 422
        assert "dan 3 vrij" in answer.text
        assert Loan.objects.count() == 1


class TestWithARoom:
    def test_books_both(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        tables = thing(rooms.hall)
        things: dict[str, Any] = {
            "materiaal1": str(tables.pk),
            "hoeveel1": "6",
            "materiaal2": str(tables.pk),
            "hoeveel2": "2",
        }
        answer = sign_in(cast["gebiedswerker"]).post(address(), typed(rooms.meeting, ahead(5), **things), follow=True)
        assert Booking.objects.get().loans.get().quantity == 8
        assert f"8 × {tables.name}" in answer.text

    @pytest.mark.parametrize(("number", "says"), [("11", "dan 10 vrij"), ("", "Zeg hoeveel.")])
    def test_books_neither(self, cast: Cast, sign_in: SignIn, rooms: Rooms, number: str, says: str) -> None:
        things: dict[str, Any] = {"materiaal1": str(thing(rooms.hall).pk), "hoeveel1": number}
        answer = sign_in(cast["gebiedswerker"]).post(address(), typed(rooms.meeting, ahead(5), **things))
        assert (answer.status_code, Booking.objects.exists()) == (422, False)
        assert says in answer.text
        assert f'value="{things["materiaal1"]}" selected' in answer.text


class TestTheCounter:
    def test_takes_back_what_came_in_order(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        client, tables = sign_in(cast["gebouwbeheerder"]), thing(rooms.hall)
        late = lent(tables, ahead(-4), by=cast["gebiedswerker"], quantity=5, state="out")
        counter = reverse("reservations:loan-counter")
        assert "1 uitlening is te laat" in client.get(counter).text
        sent = {"aantal": "4", "staat": "Een poot krom", "next": counter}
        assert sent_to(client, reverse("reservations:loan-return", args=[late.pk]), sent).url == counter
        late.refresh_from_db()
        assert (late.state, late.returned_quantity) == (LoanState.RETURNED, 4)
        assert "Er gaat niets mee" in client.get(counter).text

    def test_asks_as_much_of_the_database_for_many_as_for_one(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        client, tables = sign_in(cast["gebouwbeheerder"]), thing(rooms.hall, 100)
        pages = [reverse("reservations:loan-counter"), reverse("reservations:equipment"), tables.get_absolute_url()]
        asked = []
        for number in (1, 12):
            for days in range(number):
                lent(tables, ahead(-4 - days), by=cast["gebiedswerker"], quantity=2, state="out")
            with CaptureQueriesContext(connection) as queries:
                answers = [client.get(page).status_code for page in pages]
            assert answers == [200, 200, 200]
            asked.append(len(queries))
        assert asked[0] == asked[1]


class TestTheStock:
    def test_goes_no_lower_than_what_is_promised(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        client, tables = sign_in(cast["gebouwbeheerder"]), thing(rooms.hall)
        lent(tables, ahead(5), by=cast["gebiedswerker"], quantity=6)
        page = reverse("reservations:equipment-edit", args=[tables.code])
        sent = {"name": "Tafels", "building": tables.building_id, "unusable": "0", "is_portable": "on"}
        refused = client.post(page, {**sent, "quantity": "5"})
        assert refused.status_code == 422
        assert "6 uitgeleend of beloofd" in refused.text
        assert client.post(page, {**sent, "quantity": "6"}).status_code == 302

    def test_gets_something_new(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        sent = {"name": "Vlaggen", "building": rooms.hall.building_id, "quantity": "12", "unusable": "0"}
        answer = sent_to(sign_in(cast["gebouwbeheerder"]), reverse("reservations:equipment-add"), sent)
        made = Equipment.objects.get()
        assert (answer.url, made.owner) == (made.get_absolute_url(), rooms.hall.building.owner)

    def test_is_free_at_the_moment_that_is_asked(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        tables = thing(rooms.hall)
        lent(tables, ahead(5, "12:00"), by=cast["gebiedswerker"], quantity=7)
        query = f"?dag={on_clock(ahead(5)):%Y-%m-%d}&van=10:00&tot=18:00"
        page = sign_in(cast["agent"]).get(reverse("reservations:equipment") + query).text
        assert "<strong>3</strong> van 10" in page
