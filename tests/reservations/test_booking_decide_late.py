"""Somebody decides about what stands on their screen; meanwhile it changed, or the clock did."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.refusals import Refused
from reservations import actions, moves
from reservations.booking import book
from reservations.locking import lock_rooms
from reservations.models import Booking
from reservations.moves import AsksYes, Moves
from teams.access import access_of
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, at, booked

pytestmark = pytest.mark.django_db


def page(name: str, booking: Booking) -> str:
    return reverse(f"reservations:booking-{name}", args=[booking.reference])


class TestVersion:
    def test_of_a_booking_moved_meanwhile_is_refused_with_what_changed(
        self, rooms: Rooms, cast: Cast, sign_in: Any
    ) -> None:
        one = booked(rooms.hall, ahead(9), by=cast["gebiedswerker"], state="requested")
        seen = one.sequence
        actions.move(one, by=cast["gebiedswerker"], room=rooms.half_a, starts=one.starts, ends=one.ends)
        client: Client = sign_in(cast["gebouwbeheerder"])
        answer = client.post(page("confirmation", one), {"versie": seen})
        assert answer.status_code == 409
        words = answer.content.decode()
        assert "intussen verplaatst: van OC Marke, Grote zaal" in words
        assert "naar OC Marke, Helft A" in words
        one.refresh_from_db()
        assert one.state == "requested"
        assert client.post(page("confirmation", one), {"versie": one.sequence}).status_code == 302

    def test_keeps_what_was_typed(self, rooms: Rooms, cast: Cast, sign_in: Any) -> None:
        one = booked(rooms.hall, ahead(9), by=cast["gebiedswerker"], state="requested")
        actions.change(one, by=cast["gebiedswerker"], title="Anders")
        typed = {"versie": 0, "antwoord": "Er is die avond verbouwing."}
        answer = sign_in(cast["gebouwbeheerder"]).post(page("refusal", one), typed)
        assert answer.status_code == 409
        words = answer.content.decode()
        assert "De gegevens van deze reservatie zijn intussen gewijzigd." in words
        assert words.count("Er is die avond verbouwing.") >= 1

    def test_stands_in_every_form_that_decides(self, rooms: Rooms, cast: Cast, sign_in: Any) -> None:
        one = booked(rooms.hall, ahead(9), by=cast["gebiedswerker"], state="requested")
        client = sign_in(cast["gebouwbeheerder"])
        for url, least in ((one.get_absolute_url(), 4), (reverse("reservations:requests"), 3)):
            assert client.get(url).content.decode().count('name="versie"') >= least


class TestMove:
    def test_looks_again_at_the_state_once_nobody_changes_it(
        self, rooms: Rooms, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A keeper says yes while somebody moves their request to a room where the keeper says yes first."""
        one = booked(rooms.hall, ahead(9), by=cast["gebiedswerker"], state="requested")

        def says_yes_first(*asked: Any, **more: Any) -> Any:
            monkeypatch.setattr(actions, "lock_rooms", lock_rooms)
            actions.confirm(Booking.objects.get(pk=one.pk), by=cast["gebouwbeheerder"])
            return lock_rooms(*asked, **more)

        monkeypatch.setattr(actions, "lock_rooms", says_yes_first)
        with pytest.raises(AsksYes):
            moves.move(one, by=cast["gebiedswerker"], room=rooms.half_a, starts=one.starts, ends=one.ends)


class TestLate:
    @pytest.mark.parametrize(("clock", "late"), [("19:29", False), ("19:31", True)])
    def test_is_by_the_clock_of_brussels(self, rooms: Rooms, cast: Cast, clock: str, late: bool) -> None:
        """Seven days before, though the clock went forward in between: 28 March 2027."""
        rooms.bissegem.notice_days = 7
        rooms.bissegem.save(update_fields=["notice_days"])
        one = booked(rooms.bissegem, at(dt.date(2027, 3, 31), "19:30"), by=cast["gebiedswerker"])
        with time_machine.travel(at(dt.date(2027, 3, 24), clock), tick=False):
            assert Moves.of(one, access_of(cast["gebiedswerker"])).is_late is late
            actions.cancel(one, by=cast["gebiedswerker"])
        assert one.cancelled_late is late


def test_a_booking_and_its_mails_are_one_act(rooms: Rooms, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """What falls over while somebody is told takes the booking along: it can be asked for again."""

    def falls_over(*_asked: object, **_more: object) -> None:
        raise Refused("De stekker ging eruit.")

    monkeypatch.setattr("reservations.keepers.post", falls_over)
    one = Booking(
        room=rooms.hall, starts=ahead(9), ends=ahead(9, "22:00"), title="Quiz", persons=9,
        organisation=cast["gebiedswerker"].organisation,
    )  # fmt: skip
    with pytest.raises(Refused):
        book(one, by=cast["gebiedswerker"])
    assert not Booking.objects.exists()
