"""The page of one booking: who may open it, and what each may do there."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from reservations.models import Booking
from tests.cast import Cast
from tests.reservations.booking_pages import typed
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = pytest.mark.django_db
type SignIn = Callable[..., Client]


def go(name: str, booking: Booking) -> str:
    return reverse(f"reservations:booking{name}", args=[booking.reference])


class TestOpening:
    def test_is_not_there_for_who_may_not_read_it(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        secret = booked(rooms.ocmw, ahead(3), by=cast["verpleegkundige"], title="Zebra")
        for name in ("", "-history", "-move", "-change"):
            assert sign_in(cast["gebiedswerker"]).get(go(name, secret)).status_code == 404
            assert sign_in(cast["verpleegkundige"]).get(go(name, secret)).status_code == 200
        for name in ("-confirmation", "-cancellation", "-refusal", "-treatment", "-return", "-again", "-move"):
            assert sign_in(cast["gebiedswerker"]).post(go(name, secret), {"antwoord": "x"}).status_code == 404
        secret.refresh_from_db()
        assert secret.state == "confirmed"

    def test_shows_a_keeper_who_may_not_read_it_whose_it_is_and_when(
        self, rooms: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        secret = booked(
            rooms.bissegem, ahead(3), by=cast["verpleegkundige"], title="Zebra", note="Zebra", persons=83_417,
            is_shared=False,
        )  # fmt: skip
        keeper = sign_in(cast["gebouwbeheerder"])
        for name in ("", "-move"):
            page = keeper.get(go(name, secret)).content.decode()
            assert "Zebra" not in page
            assert "83417" not in page.replace(".", "")
            assert cast["verpleegkundige"].name not in page
        assert "OCMW" in keeper.get(go("", secret)).content.decode()
        assert [keeper.get(go(name, secret)).status_code for name in ("-change", "-history")] == [403, 403]
        assert "Zebra" in sign_in(cast["verpleegkundige"]).get(go("", secret)).content.decode()

    def test_reads_what_is_shared_and_changes_nothing(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        theirs = booked(rooms.bissegem, ahead(3), by=cast["gebiedswerker"])
        agent = sign_in(cast["wijkinspecteur"])
        assert agent.get(go("", theirs)).status_code == 200
        for name in ("-cancellation", "-confirmation", "-refusal", "-move"):
            assert agent.post(go(name, theirs)).status_code == 403
        assert sign_in(cast["gebiedswerker"]).post(go("-cancellation", theirs)).status_code == 302

    def test_says_what_happens_next(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        asked = booked(rooms.hall, ahead(3), by=cast["gebiedswerker"], state="requested")
        page = sign_in(cast["gebiedswerker"]).get(go("", asked)).content.decode()
        assert "De zaalbeheerder van OC Marke antwoordt. Tot dan is de zaal nog niet van jou." in page


class TestCancelling:
    def test_says_beforehand_that_it_is_late(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        late = booked(rooms.bissegem, ahead(3), by=cast["gebiedswerker"])
        timely = booked(rooms.bissegem, ahead(30), by=cast["gebiedswerker"])
        assert "Dit is te laat: minder dan 7 dagen vooraf." in client.get(go("", late)).content.decode()
        assert "te laat" not in client.get(go("", timely)).content.decode()
        client.post(go("-cancellation", late), {"antwoord": "Ziek"})
        late.refresh_from_db()
        assert (late.state, late.cancelled_late, late.cancelled_kind, late.answer) == (
            "cancelled",
            True,
            "holder",
            "Ziek",
        )

    def test_can_be_undone_while_the_room_is_free(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        client, mine = sign_in(cast["gebiedswerker"]), booked(rooms.bissegem, ahead(3), by=cast["gebiedswerker"])
        client.post(go("-cancellation", mine))
        first, again = (client.post(go("-again", mine)) for _each in range(2))
        assert first["Location"] == again["Location"] != mine.get_absolute_url()
        assert Booking.objects.occupying().count() == 1

    def test_by_the_keeper_is_told_to_who_made_it(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        theirs = booked(rooms.bissegem, ahead(3), by=cast["verpleegkundige"], title="Zebra", is_shared=False)
        sign_in(cast["gebouwbeheerder"]).post(go("-cancellation", theirs), {"antwoord": "Verwarming stuk."})
        theirs.refresh_from_db()
        (mail,) = Message.objects.all()
        assert (theirs.cancelled_kind, theirs.cancelled_late, mail.to) == (
            "keeper",
            False,
            cast["verpleegkundige"].email,
        )
        assert "Zebra" not in mail.subject + mail.body
        assert "Verwarming stuk." in mail.body
        assert theirs.get_absolute_url() in mail.body


class TestConfirming:
    def hold(self, rooms: Rooms, cast: Cast, room: str) -> Booking:
        until = timezone.now() + dt.timedelta(hours=2)
        return booked(getattr(rooms, room), ahead(3), by=cast["gebiedswerker"], state="held", hold_until=until)

    def test_is_for_the_holder_where_nobody_is_asked(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        own, kept = self.hold(rooms, cast, "bissegem"), self.hold(rooms, cast, "hall")
        client = sign_in(cast["gebiedswerker"])
        assert client.post(go("-confirmation", own)).status_code == 302
        assert client.post(go("-confirmation", kept)).status_code == 403
        assert sign_in(cast["gebouwbeheerder"]).post(go("-confirmation", kept)).status_code == 302
        assert Booking.objects.filter(state="confirmed").count() == 2

    def test_of_a_hold_that_ended_meanwhile_is_refused_with_a_way_on(
        self, rooms: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        own = self.hold(rooms, cast, "bissegem")
        Booking.objects.filter(pk=own.pk).update(hold_until=timezone.now() - dt.timedelta(minutes=1))
        response = sign_in(cast["gebiedswerker"]).post(go("-confirmation", own))
        assert response.status_code == 409
        assert "De optie is vervallen op" in response.content.decode()
        assert "?kopie=" in response.content.decode()


class TestMoving:
    def test_goes_to_another_room_by_one_press(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        mine = booked(rooms.bissegem, ahead(3), by=cast["gebiedswerker"])
        client = sign_in(cast["gebiedswerker"])
        assert "Vergaderzaal" in client.get(go("-move", mine)).content.decode()
        sent = {**typed(rooms.bissegem, ahead(3)), "keuze": f"{rooms.meeting.pk}@{ahead(3).isoformat()}"}
        assert client.post(go("-move", mine), sent).status_code == 302
        mine.refresh_from_db()
        assert mine.room == rooms.meeting

    def test_asks_the_keeper_where_one_says_yes_first(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        mine = booked(rooms.bissegem, ahead(3), by=cast["gebiedswerker"])
        response = sign_in(cast["gebiedswerker"]).post(go("-move", mine), typed(rooms.hall, ahead(3)))
        assert response.status_code == 409
        assert "zegt eerst de zaalbeheerder ja" in response.content.decode()
        mine.refresh_from_db()
        assert mine.room == rooms.bissegem
        assert sign_in(cast["gebouwbeheerder"]).post(go("-move", mine), typed(rooms.hall, ahead(3))).status_code == 302

    def test_says_what_is_in_the_way(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        mine = booked(rooms.bissegem, ahead(3), by=cast["gebiedswerker"])
        booked(rooms.bissegem, ahead(4), by=cast["gebouwbeheerder"], title="Quiz")
        response = sign_in(cast["gebiedswerker"]).post(go("-move", mine), typed(rooms.bissegem, ahead(4)))
        assert response.status_code == 409
        assert "Quiz" in response.content.decode()


class TestChanging:
    def test_refuses_more_people_than_the_room_holds(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        mine = booked(rooms.meeting, ahead(3), by=cast["gebiedswerker"])
        client = sign_in(cast["gebiedswerker"])
        words: dict[str, Any] = {"waarvoor": "Overleg", "voor": "eigen", "gedeeld": "on"}
        response = client.post(go("-change", mine), {**words, "personen": "40"})
        assert response.status_code == 409
        assert "hoogstens 20 mensen" in response.content.decode()
        assert client.post(go("-change", mine), {**words, "personen": "12"}).status_code == 302
        mine.refresh_from_db()
        assert (mine.title, mine.persons, mine.sequence) == ("Overleg", 12, 1)
