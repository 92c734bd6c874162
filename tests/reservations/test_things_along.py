"""Things that go along: with every date of a series, and with a booking that stands already."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from kortrijk_gebied.ids import uuid7
from reservations.models import Booking, Loan, Series
from tests.cast import Cast
from tests.reservations.booking_pages import address, typed
from tests.reservations.rooms import Rooms, ahead, booked
from tests.reservations.stock import lent, thing

pytestmark = pytest.mark.django_db


def weekly(rooms: Rooms, tables: Any, number: int = 6) -> dict[str, Any]:
    first = ahead(7)
    dates: dict[str, Any] = {f"d-{(first + dt.timedelta(weeks=week)).date()}": "take" for week in range(3)}
    along = {"materiaal1": tables.pk, "hoeveel1": number}
    return typed(rooms.bissegem, first, herhaal="weekly", keren="3", **along, **dates)


class TestSeries:
    def test_takes_its_things_along_on_every_date(self, rooms: Rooms, cast: Cast, sign_in: Any) -> None:
        tables, client, key = thing(rooms.bissegem, 10), sign_in(cast["gebiedswerker"]), uuid7()
        sent = weekly(rooms, tables)
        assert "3 data." in client.post(address(key), sent).content.decode()
        for _twice in range(2):
            client.post(address(key), {**sent, "boek": "1"})
        assert Booking.objects.filter(series=Series.objects.get(), state="confirmed").count() == 3
        assert [each.quantity for each in Loan.objects.all()] == [6, 6, 6]

    def test_has_the_room_without_them_where_there_are_not_enough(self, rooms: Rooms, cast: Cast, sign_in: Any) -> None:
        tables = thing(rooms.bissegem, 10)
        lent(tables, ahead(14), by=cast["gebouwbeheerder"], quantity=5)
        page = sign_in(cast["gebiedswerker"]).post(address(), {**weekly(rooms, tables), "boek": "1"}, follow=True)
        assert "de zaal heb je, het materiaal niet" in page.content.decode()
        assert Booking.objects.filter(state="confirmed").count() == 3
        assert Loan.objects.exclude(booking=None).count() == 2


class TestBooking:
    def test_takes_things_along_later_once(self, rooms: Rooms, cast: Cast, sign_in: Any) -> None:
        tables, client = thing(rooms.bissegem, 10), sign_in(cast["gebiedswerker"])
        one = booked(rooms.bissegem, ahead(5), by=cast["gebiedswerker"])
        page = reverse("reservations:booking-things", args=[one.reference])
        assert page in client.get(one.get_absolute_url()).content.decode()
        sent = {"materiaal1": tables.pk, "hoeveel1": 4, "sleutel": str(uuid7())}
        for _twice in range(2):
            assert client.post(page, sent).status_code == 302
        loan = Loan.objects.get()
        assert (loan.booking, loan.starts, loan.state, loan.quantity) == (one, one.starts, "confirmed", 4)

    def test_is_refused_more_than_there_is_and_keeps_what_was_typed(
        self, rooms: Rooms, cast: Cast, sign_in: Any
    ) -> None:
        tables = thing(rooms.bissegem, 10)
        one = booked(rooms.bissegem, ahead(5), by=cast["gebiedswerker"])
        page = reverse("reservations:booking-things", args=[one.reference])
        answer = sign_in(cast["gebiedswerker"]).post(page, {"materiaal1": tables.pk, "hoeveel1": 11, "sleutel": "1"})
        assert answer.status_code == 409
        assert 'value="11"' in answer.content.decode()
        assert not Loan.objects.exists()

    def test_takes_nothing_along_once_it_is_cancelled(self, rooms: Rooms, cast: Cast, sign_in: Any) -> None:
        tables = thing(rooms.bissegem, 10)
        one = booked(rooms.bissegem, ahead(5), by=cast["gebiedswerker"], state="refused", refusal="occupied")
        page = reverse("reservations:booking-things", args=[one.reference])
        answer = sign_in(cast["gebiedswerker"]).post(page, {"materiaal1": tables.pk, "hoeveel1": 1, "sleutel": "1"})
        assert answer.status_code == 409
        assert not Loan.objects.exists()

    def test_gives_a_thing_back_before_its_moment(self, rooms: Rooms, cast: Cast, sign_in: Any) -> None:
        tables, client = thing(rooms.bissegem, 10), sign_in(cast["gebiedswerker"])
        one = booked(rooms.bissegem, ahead(5), by=cast["gebiedswerker"])
        page = reverse("reservations:booking-things", args=[one.reference])
        client.post(page, {"materiaal1": tables.pk, "hoeveel1": 4, "sleutel": "1"})
        client.post(reverse("reservations:loan-cancellation", args=[Loan.objects.get().pk]))
        assert Loan.objects.get().state == "cancelled"
        one.refresh_from_db()
        assert one.state == "confirmed"
