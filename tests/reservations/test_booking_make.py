"""Somebody books a room on one page: what becomes of it by right, and what is said when it cannot be."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.models import Message
from reservations.models import Booking, OpenRange
from tests.cast import Cast
from tests.reservations.booking_pages import address, send
from tests.reservations.rooms import Rooms, ahead, at, booked

pytestmark = pytest.mark.django_db
type SignIn = Callable[..., Client]


class TestState:
    @pytest.mark.parametrize(
        ("who", "room", "more", "state"),
        [
            ("gebouwbeheerder", "hall", {}, "confirmed"),  # the keeper asks nobody
            ("gebiedswerker", "bissegem", {}, "confirmed"),  # may book, and nobody is asked there
            ("gebiedswerker", "hall", {}, "requested"),  # may book, but the keeper says yes first
            ("gebiedswerker", "hall", {"optie": "1"}, "held"),
            ("agent", "bissegem", {}, "requested"),  # books nowhere, and may ask
            ("agent", "bissegem", {"optie": "1"}, "requested"),  # a hold would keep others out
        ],
    )
    def test_is_what_the_asker_has_a_right_to(
        self, rooms: Rooms, cast: Cast, sign_in: SignIn, who: str, room: str, more: dict[str, Any], state: str
    ) -> None:
        response = send(sign_in(cast[who]), getattr(rooms, room), ahead(3), **more)
        made = Booking.objects.get()
        assert (made.state, made.created_by, response.url) == (state, cast[who], made.get_absolute_url())

    def test_of_a_hold_ends_before_the_room_is_used(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        send(sign_in(cast["gebiedswerker"]), rooms.hall, ahead(30), optie="1")
        hold = Booking.objects.get().hold_until
        assert hold
        assert abs(hold - timezone.now() - dt.timedelta(hours=48)) < dt.timedelta(minutes=1)

    def test_is_held_by_a_team_or_an_association(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        send(sign_in(cast["gebiedswerker"]), rooms.bissegem, ahead(3), voor=f"vereniging:{rooms.choir.pk}")
        assert Booking.objects.get().holder == rooms.choir

    def test_of_the_ocmw_is_not_shared_unless_asked(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["verpleegkundige"])
        assert b'name="gedeeld"' in client.get(address()).content
        assert 'name="gedeeld" id="id_gedeeld" checked' not in client.get(address()).content.decode()
        send(client, rooms.ocmw, ahead(3), gedeeld="")
        assert not Booking.objects.get().is_shared

    def test_tells_nobody_what_they_did_themselves(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        send(sign_in(cast["gebiedswerker"]), rooms.bissegem, ahead(3))
        assert not Message.objects.exists()


class TestKey:
    def test_stands_in_the_address(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        response = sign_in(cast["gebiedswerker"]).get(reverse("reservations:booking-add"), {"zaal": rooms.hall.pk})
        assert response.status_code == 302
        assert "sleutel=" in response["Location"]

    def test_makes_one_booking_of_a_form_sent_twice(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        client, key = sign_in(cast["gebiedswerker"]), uuid7()
        first, again = (send(client, rooms.bissegem, ahead(3), key=key) for _each in range(2))
        assert first.url == again.url == Booking.objects.get().get_absolute_url()
        assert client.get(address(key)).status_code == 302  # a reload, and a second tab

    def test_gives_nobody_what_another_booked(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        key = uuid7()
        send(sign_in(cast["verpleegkundige"]), rooms.ocmw, ahead(3), key=key, gedeeld="", waarvoor="Marker")
        response = send(sign_in(cast["gebiedswerker"]), rooms.bissegem, ahead(3), key=key)
        assert response.status_code == 422
        assert b"Marker" not in response.content


class TestRefusal:
    def refused(self, response: Any, *said: str, status: int = 409) -> str:
        assert response.status_code == status
        page: str = response.content.decode()
        for words in said:
            assert words in page
        assert "Repetitie" in page, "what was typed stands there"
        return page

    def test_says_until_when_and_whom_to_ask(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        other = booked(rooms.hall, ahead(3), by=cast["gebouwbeheerder"], title="Quiz")
        page = self.refused(
            send(sign_in(cast["gebiedswerker"]), rooms.half_a, ahead(3)),
            "Bezet tot 22.30 uur door Stad Kortrijk: Quiz. Vraag het aan Nele Descheemaeker.",
        )
        assert other.get_absolute_url() in page

    def test_offers_another_room_and_another_hour_as_buttons_that_book(
        self, rooms: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        booked(rooms.hall, ahead(3))
        client, key = sign_in(cast["gebiedswerker"]), uuid7()
        page = self.refused(send(client, rooms.hall, ahead(3), key=key, personen="100"), "OC Bissegem", " km verder")
        starts = ahead(3).astimezone(dt.UTC)
        assert f'value="{rooms.bissegem.pk}@' in page
        assert f'value="{rooms.hall.pk}@' in page
        choice = f"{rooms.bissegem.pk}@{ahead(3).isoformat()}"
        assert send(client, rooms.hall, ahead(3), key=key, personen="100", keuze=choice).status_code == 302
        made = Booking.objects.get(pk=key)
        assert (made.room, made.starts, made.state) == (rooms.bissegem, starts, "confirmed")

    def test_may_be_waited_for(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        booked(rooms.bissegem, ahead(3))
        client, key = sign_in(cast["gebiedswerker"]), uuid7()
        self.refused(send(client, rooms.bissegem, ahead(3), key=key), 'name="wacht"')
        response = send(client, rooms.bissegem, ahead(3), key=key, wacht="1")
        kept = Booking.objects.get(pk=key)
        assert (response.status_code, kept.state, kept.wants_offer) == (302, "refused", True)
        page = client.get(response["Location"]).content.decode()
        assert "Komt de zaal vrij, dan krijg je een mail." in page

    @pytest.mark.parametrize("who", ["gebiedswerker", "gebouwbeheerder", "wijkinspecteur"])
    def test_never_says_what_is_not_shared(self, rooms: Rooms, cast: Cast, sign_in: SignIn, who: str) -> None:
        secret: dict[str, Any] = {
            "title": "Intakegesprek Zebra",
            "note": "Zebra",
            "persons": 3,
            "by": cast["verpleegkundige"],
        }
        booked(rooms.bissegem, ahead(3), **secret)
        page = self.refused(send(sign_in(cast[who]), rooms.bissegem, ahead(3)), "Bezet tot 22.30 uur. Vraag het aan")
        assert "Zebra" not in page
        assert "OCMW" not in page.split("refused", 1)[1].split("</ul>")[0]
        assert cast["verpleegkundige"].name not in page
        mine = self.refused(send(sign_in(cast["buurtwerker"]), rooms.bissegem, ahead(3)), "Bezet tot 22.30 uur")
        assert "Zebra" in mine, "who may read it, does"

    def test_names_the_capacity_and_proposes_a_bigger_room(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        self.refused(
            send(sign_in(cast["gebiedswerker"]), rooms.meeting, ahead(3), personen="40"),
            "In Vergaderzaal kunnen hoogstens 20 mensen; gevraagd is plaats voor 40.", "OC Bissegem",
        )  # fmt: skip

    def test_says_the_opening_hours(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        day = ahead(3).date()
        OpenRange.objects.filter(room=rooms.meeting).update(during=(at(day, "09:00"), at(day, "17:00")))
        self.refused(send(sign_in(cast["gebiedswerker"]), rooms.meeting, ahead(3)), "is het open van 9.00 tot 17.00")

    def test_says_that_a_room_was_withdrawn_meanwhile(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        rooms.meeting.withdraw()
        self.refused(send(sign_in(cast["gebiedswerker"]), rooms.meeting, ahead(3)), "Vergaderzaal is ingetrokken")

    @pytest.mark.parametrize(
        ("days", "more", "said"),
        [
            (-1, {}, "Dit moment is voorbij."),
            (800, {}, "Dat is te ver vooruit"),
            (3, {"totdag": (timezone.localdate() + dt.timedelta(days=40)).isoformat()}, "langer dan 31 dagen"),
            (3, {"waarvoor": ""}, "Zeg in een paar woorden waarvoor."),
        ],
    )
    def test_is_a_sentence_at_its_field(
        self, rooms: Rooms, cast: Cast, sign_in: SignIn, days: int, more: dict[str, Any], said: str
    ) -> None:
        response = send(sign_in(cast["gebiedswerker"]), rooms.bissegem, ahead(days), **more)
        assert (response.status_code, Booking.objects.exists()) == (422, False)
        assert said in response.content.decode()

    @time_machine.travel(dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC))
    def test_knows_the_hour_that_march_leaves_out(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        response = send(
            sign_in(cast["gebiedswerker"]), rooms.bissegem, at(dt.date(2026, 3, 29), "01:30"), van="02:30", tot="04:00"
        )
        self.refused(response, "Op 29 maart 2026 gaat de klok", status=422)

    @time_machine.travel(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC))
    @pytest.mark.parametrize(("answer", "hour"), [("1", 0), ("2", 1)])
    def test_asks_which_hour_of_october_is_meant(
        self, rooms: Rooms, cast: Cast, sign_in: SignIn, answer: str, hour: int
    ) -> None:
        client, day = sign_in(cast["gebiedswerker"]), at(dt.date(2026, 10, 25), "01:00")
        self.refused(send(client, rooms.bissegem, day, van="02:30", tot="05:00"), "Het tweede: wintertijd", status=422)
        assert send(client, rooms.bissegem, day, van="02:30", tot="05:00", uur=answer).status_code == 302
        assert Booking.objects.get().starts == dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC)

    def test_lets_a_keeper_take_what_is_on_hold(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        until = timezone.now() + dt.timedelta(hours=9)
        hold = booked(rooms.hall, ahead(3), by=cast["gebiedswerker"], state="held", hold_until=until)
        client = sign_in(cast["gebouwbeheerder"])
        self.refused(send(client, rooms.hall, ahead(3)), 'name="toch"')
        assert 'name="toch"' not in send(sign_in(cast["projectmedewerker"]), rooms.hall, ahead(3)).content.decode()
        assert send(client, rooms.hall, ahead(3), toch="1").status_code == 302
        hold.refresh_from_db()
        assert hold.state == "expired"
        mail = Message.objects.get(to=cast["gebiedswerker"].email)
        assert mail.subject == f"Reservatie {hold.reference}: de optie ging naar iemand anders"


class TestLooking:
    def test_lists_the_free_rooms_that_suit_with_why(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        booked(rooms.hall, ahead(3))
        client = sign_in(cast["gebiedswerker"])
        page = client.get(
            address(), {"sleutel": str(uuid7()), "dag": ahead(3).date().isoformat(), "van": "19:30", "tot": "22:00",
                        "personen": "100", "bij": "bissegem"},
        ).content.decode()  # fmt: skip
        assert "1 zaal vrij" in page
        assert "in Bissegem" in page
        assert "plaats voor 220" in page
        assert "OC Marke" not in page

    def test_books_by_one_press(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        send(client, None, ahead(3), keuze=f"{rooms.bissegem.pk}@{ahead(3).isoformat()}")
        assert Booking.objects.get().room == rooms.bissegem

    def test_says_what_nearly_suits(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        for room in (rooms.hall, rooms.bissegem):
            booked(room, ahead(3))
        page = send(sign_in(cast["gebiedswerker"]), None, ahead(3), personen="100", zoek="1").content.decode()
        assert "Dit wel bijna" in page
        assert "3 uur vroeger" in page

    def test_answers_a_fragment_with_the_list_alone(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        sent = {"zoek": "1", "dag": ahead(3).date().isoformat(), "van": "19:30", "tot": "22:00", "personen": "9"}
        response = client.post(address(), sent, headers={"HX-Request": "true"})
        assert "<html" not in response.content.decode()
        assert "OC Bissegem" in response.content.decode()

    def test_takes_as_many_questions_for_one_room_as_for_seven(
        self, rooms: Rooms, cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
    ) -> None:
        client = sign_in(cast["gebiedswerker"])
        client.get(address())
        with django_assert_max_num_queries(30):
            client.get(f"{address()}&dag={ahead(3).date().isoformat()}&van=19:30&tot=22:00&personen=5")
