"""A contact of an association asks for a room by the link in a mail, and nobody else does by any link."""

import re
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from reservations.models import Booking, Contact
from reservations.register import asking
from tests.cast import Cast
from tests.reservations.asked_by_link import DAY, KEYS, WISH, asked, opened, page_of
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = pytest.mark.usefixtures("no_throttle_of_before")


class TestRequest:
    def test_is_only_asked_though_the_room_asks_nobody(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        opened(client, mieke)
        assert asked(client, rooms.bissegem).status_code == 302
        booking = Booking.objects.get()
        assert (booking.state, booking.association, booking.contact) == ("requested", rooms.choir, mieke)
        assert (booking.created_by, booking.is_shared, booking.title) == (None, False, "Koffietafel")
        assert "De zaalbeheerder antwoordt" in Message.objects.get(to=mieke.email).body

    def test_speaks_to_citizens_as_citizens(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        opened(client, mieke)
        address = page_of(2)
        told = [
            client.post(address, {**WISH, "personen": "", "zoek": "1"}).text,
            asked(client, rooms.hall, personen="400").text,
        ]
        told = [text.partition("<main")[2].partition("</main>")[0] for text in told]
        assert "Vul in hoeveel mensen er komen." in told[0]
        assert "hoogstens 120 mensen" in told[1]
        assert re.findall(r".*\b[Jj](?:e|ij|ouw)\b.*", "\n".join(told)) == []

    def test_sent_twice_is_one(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        opened(client, mieke)
        asked(client, rooms.hall)
        asked(client, rooms.hall)
        assert Booking.objects.count() == 1

    def test_for_another_room_needs_another_form(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        opened(client, mieke)
        asked(client, rooms.hall)
        page = asked(client, rooms.bissegem)
        assert page.status_code == 422
        assert f"vroeg u al {Booking.objects.get().reference}" in page.text

    def test_without_its_mails_is_not_written(self, mieke: Contact, rooms: Rooms) -> None:
        wish = Booking(room=rooms.hall, starts=DAY, ends=ahead(20, "21:00"), persons=5, title="Nog een")
        with (
            patch("reservations.register.asking.keepers.tell_keepers", side_effect=RuntimeError("stuk")),
            CaptureQueriesContext(connection) as said,
            pytest.raises(RuntimeError),
        ):
            asking.ask(wish, mieke)
        assert not Booking.objects.exists()
        assert not Message.objects.exists()
        assert any("FOR NO KEY UPDATE" in each["sql"] for each in said.captured_queries)

    def test_with_the_key_of_somebody_else_is_refused(
        self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        theirs = booked(rooms.hall, ahead(9), by=cast["gebiedswerker"], title="Geheim overleg")
        opened(client, mieke)
        page = asked(client, rooms.bissegem, key=str(theirs.pk))
        assert page.status_code == 422
        assert "Geheim overleg" not in page.text
        assert Booking.objects.count() == 1

    def test_with_the_key_of_a_colleague_for_the_same_room_and_moment_is_refused_too(
        self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        theirs = booked(rooms.hall, DAY.replace(hour=12, minute=0), 4, by=cast["gebiedswerker"])
        mine = booked(rooms.hall, DAY.replace(hour=12, minute=0), 4, association=rooms.choir, state="requested")
        opened(client, mieke)
        for each in (theirs, mine):  # a colleague wrote the second one down for the association
            page = asked(client, rooms.hall, key=str(each.pk))
            assert page.status_code == 422
            assert "Iemand anders gebruikte dit formulier al" in page.text
        assert theirs.reference not in page.text

    def test_for_the_same_room_and_moment_again_is_refused(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        opened(client, mieke)
        asked(client, rooms.hall)
        page = asked(client, rooms.hall, key=KEYS[9])
        assert "Uw vereniging heeft of vroeg deze zaal al" in page.text
        assert Booking.objects.count() == 1

    def test_no_more_than_twenty_wait(self, mieke: Contact, rooms: Rooms) -> None:
        for number in range(asking.MOST_OPEN):
            booked(rooms.hall, ahead(30 + number), association=rooms.choir, state="requested")
        wish = Booking(room=rooms.hall, starts=ahead(60), ends=ahead(60, "21:00"), persons=5, title="Nog een")
        with pytest.raises(Refused, match="Er wachten al veel aanvragen"):
            asking.ask(wish, mieke)
