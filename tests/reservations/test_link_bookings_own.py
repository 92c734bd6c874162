"""What an association has, for its contact behind the link: shown, cancelled, and nothing of others."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reservations.models import Association, Booking, Contact
from tests.cast import Cast
from tests.reservations.asked_by_link import opened
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = pytest.mark.usefixtures("no_throttle_of_before")


class TestOwn:
    def test_shows_and_cancels_what_the_association_has(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        mine = booked(rooms.hall, ahead(9), association=rooms.choir, title="Repetitie van het koor", is_shared=True)
        opened(client, mieke)
        assert "Repetitie van het koor" in client.get(reverse("room-ask"), follow=True).text
        client.post(reverse("room-cancellation", args=[mine.reference]))
        mine.refresh_from_db()
        assert (mine.state, mine.cancelled_kind, mine.cancelled_by) == ("cancelled", "holder", None)

    def test_of_what_a_colleague_does_not_share_shows_room_and_moment(
        self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        words: dict[str, Any] = {"association": rooms.choir, "title": "Geheim overleg", "answer": "Geheim antwoord"}
        theirs = booked(rooms.hall, ahead(9), by=cast["gebiedswerker"], is_shared=False, **words)
        opened(client, mieke)
        page = client.get(reverse("room-ask"), follow=True).text
        assert theirs.reference in page
        assert "Grote zaal, OC Marke" in page
        assert "Geheim" not in page
        Booking.objects.update(contact=mieke)
        assert "Geheim overleg" in client.get(reverse("room-ask"), follow=True).text

    def test_never_touches_what_others_have(self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client) -> None:
        other = Association.objects.create(name="Toneelkring")
        theirs = [
            booked(rooms.hall, ahead(9), association=other, title="Geheim stuk"),
            booked(rooms.bissegem, ahead(9), by=cast["gebiedswerker"], title="Geheim overleg"),
        ]
        opened(client, mieke)
        page = client.get(reverse("room-ask"), follow=True).text
        for each in theirs:
            assert each.title not in page
            assert client.post(reverse("room-cancellation", args=[each.reference])).status_code == 404
            each.refresh_from_db()
            assert each.state == "confirmed"

    def test_neither_shows_nor_cancels_what_is_over(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        over = booked(rooms.hall, ahead(-3), association=rooms.choir, is_shared=True)
        opened(client, mieke)
        assert over.reference not in client.get(reverse("room-ask"), follow=True).text
        assert client.post(reverse("room-cancellation", args=[over.reference])).status_code == 404
