"""Who hears what of a request by the link: the contact, the keeper of the house, and the price."""

from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from reservations import actions
from reservations.finding import key_of
from reservations.models import Association, Booking, Contact
from reservations.prices.money import euros
from reservations.register import asking
from tests.cast import Cast
from tests.reservations.asked_by_link import DAY, WISH, asked, opened, page_of
from tests.reservations.prices import price, workday
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = pytest.mark.usefixtures("no_throttle_of_before")


class TestAnswer:
    def test_is_answered_by_mail(self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client) -> None:
        opened(client, mieke)
        asked(client, rooms.hall)
        actions.confirm(Booking.objects.get(), by=cast["gebouwbeheerder"])
        mail = Message.objects.get(to=mieke.email, key__contains="confirmed")
        assert "De zaal is voor u." in mail.body
        assert "Koffietafel" not in mail.body
        assert mail.attachments[0]["name"] == "reservatie.ics"

    def test_is_read_by_the_keeper_with_who_asked_and_the_number(
        self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        opened(client, mieke)
        asked(client, rooms.hall)
        keeper, other = Client(), Client()
        keeper.force_login(cast["gebouwbeheerder"])
        other.force_login(cast["gebiedswerker"])
        page = keeper.get(reverse("reservations:requests")).text
        assert all(word in page for word in ("Koffietafel", "Mieke Vandorpe", "056 00 12 34"))
        reference = Booking.objects.get().reference
        assert "Mieke Vandorpe" in keeper.get(reverse("reservations:booking", args=[reference])).text
        assert other.get(reverse("reservations:booking", args=[reference])).status_code == 404

    def test_is_told_the_price_before_and_after(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        price(rooms)
        weekday = workday(ahead(20, "12:00"))
        opened(client, mieke)
        wish = {**WISH, "dag": f"{weekday:%Y-%m-%d}"}
        address = page_of(2)
        assert "€ 40,00" in client.post(address, {**wish, "zoek": "1"}).text.replace("\xa0", " ")
        client.post(address, {**wish, "keuze": f"{rooms.hall.pk}@{weekday.isoformat()}"})
        assert "Prijs: € 40,00" in Message.objects.get(to=mieke.email).body.replace("\xa0", " ")
        cancelled = client.post(reverse("room-cancellation", args=[Booking.objects.get().reference]), follow=True).text
        assert "Er is niets meer voor verschuldigd." in cancelled

    def test_without_a_known_price_says_that_it_comes_later(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        price(rooms)
        Association.objects.filter(pk=rooms.choir.pk).update(price_group=None)
        opened(client, mieke)
        offered = client.post(page_of(2), {**WISH, "zoek": "1"}).text
        assert "de prijs hoort u nog" in offered
        assert "prijs nog niet bekend" not in offered
        choice = key_of(rooms.hall, DAY.replace(hour=12, minute=0))
        page = client.post(page_of(), {**WISH, "keuze": choice}, follow=True)
        assert page.text.count("De prijs hoort u nog") == 2  # just said, and beside the request
        assert "De prijs hoort u nog." in Message.objects.get(to=mieke.email).body

    def test_cannot_be_yes_before_the_price_is_known(
        self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        price(rooms)
        group = rooms.choir.price_group
        Association.objects.filter(pk=rooms.choir.pk).update(price_group=None)
        opened(client, mieke)
        asked(client, rooms.hall)
        with pytest.raises(Refused, match="geen prijsgroep"):
            actions.confirm(Booking.objects.get(), by=cast["gebouwbeheerder"])
        Association.objects.filter(pk=rooms.choir.pk).update(price_group=group)
        actions.confirm(Booking.objects.get(), by=cast["gebouwbeheerder"])
        assert "Prijs: €" in Message.objects.get(to=mieke.email, key__contains="confirmed").body

    def test_shows_the_price_beside_what_was_asked(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        price(rooms)
        opened(client, mieke)
        asked(client, rooms.hall)
        amount = euros(Booking.objects.get().quotes.get().total)
        assert f'<p class="term">{amount}</p>' in client.get(page_of(3)).text


class TestCancellation:
    def test_is_heard_by_who_keeps_the_house_and_nobody_else(
        self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        opened(client, mieke)
        asked(client, rooms.hall)
        Message.objects.all().delete()
        booking = Booking.objects.get()
        client.post(reverse("room-cancellation", args=[booking.reference]))
        keepers = {cast["gebouwbeheerder"].email, cast["deelgemeente"].email}
        mails = Message.objects.exclude(to=mieke.email)
        assert {mail.to for mail in mails} == keepers
        body = mails[0].body
        assert all(word in body for word in ("Zangkoor Sint-Brixius annuleerde", "Grote zaal", booking.reference))
        assert "Koffietafel" not in body

    def test_is_told_once_to_a_keeper_who_wrote_it_down(
        self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        keeper = cast["gebouwbeheerder"]
        mine = booked(rooms.hall, ahead(9), by=keeper, association=rooms.choir)
        opened(client, mieke)
        client.post(reverse("room-cancellation", args=[mine.reference]))
        assert Message.objects.filter(to=keeper.email).count() == 1

    def test_without_its_mails_is_not_done(self, mieke: Contact, rooms: Rooms) -> None:
        mine = booked(rooms.hall, ahead(9), association=rooms.choir)
        with (
            patch("reservations.register.asking.keepers.tell_cancelled", side_effect=RuntimeError("stuk")),
            pytest.raises(RuntimeError),
        ):
            asking.cancel(mine, mieke)
        mine.refresh_from_db()
        assert mine.state == "confirmed"
