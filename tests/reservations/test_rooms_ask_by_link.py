"""A contact of an association asks for a room by the link in a mail, and nobody else does by any link."""

import datetime as dt
import re
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.models import Job, Message
from kortrijk_gebied.jobs.registry import perform
from kortrijk_gebied.keyed import without_keys
from kortrijk_gebied.refusals import Refused
from reservations import actions, closing
from reservations.finding import near_misses
from reservations.models import Association, Booking, Closure, Contact, Room
from reservations.obstacles import obstacles
from reservations.register import asking, links
from reservations.register.erasing import erase
from reservations.why_not import why_not
from teams.access import Access, access_of
from tests.cast import Cast
from tests.reservations.allocated import given
from tests.reservations.prices import price, workday
from tests.reservations.register import contact_of
from tests.reservations.rooms import Rooms, ahead, booked

DAY = ahead(20)
WISH = {
    "dag": f"{DAY:%Y-%m-%d}", "van": "12:00", "tot": "16:00", "personen": "40", "opstelling": "tables",
    "waarvoor": "Koffietafel",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_throttle_of_before() -> None:
    cache.clear()


@pytest.fixture
def mieke(rooms: Rooms) -> Contact:
    return contact_of(rooms.choir)


def mailed(client: Client, address: str) -> HttpResponse:
    answer: Any = client.post(reverse("room-by-mail"), {"email": address})
    for job in Job.objects.filter(kind=links.KIND, state="waiting"):
        perform(job)
    return answer  # type: ignore[no-any-return]


def opened(client: Client, contact: Contact) -> None:
    client.get(reverse("room-link", args=[links.token_of(contact)]))


def asked(client: Client, room: Any, key: str = "018f0000-0000-7000-8000-000000000001", **said: str) -> Any:
    choice = f"{room.pk}@{DAY.replace(hour=12, minute=0).isoformat()}"
    return client.post(f"{reverse('room-ask')}?sleutel={key}", {**WISH, "keuze": choice, **said})


class TestMail:
    def test_brings_a_link_to_who_is_known(self, mieke: Contact, client: Client) -> None:
        answer = mailed(client, "MIEKE@koor.example")
        assert "Als we dit adres kennen, krijgt u zo een mail" in answer.text
        mail = Message.objects.get()
        link = re.search(r"https?://\S+/zaal-vragen/link/\S+", mail.body)
        assert mail.to == mieke.email
        assert link
        page = client.get(urlsplit(link[0]).path, follow=True)
        assert "Zangkoor Sint-Brixius" in page.text
        assert page.redirect_chain[0][0] == reverse("room-ask")

    def test_answers_the_same_to_who_is_not_known(self, mieke: Contact, client: Client) -> None:
        known, unknown = mailed(client, "mieke@koor.example"), mailed(client, "niemand@elders.example")
        assert re.sub(r"nonce\S+", "", known.text) == re.sub(r"nonce\S+", "", unknown.text)
        assert Job.objects.filter(kind=links.KIND).count() == 2
        assert Message.objects.count() == 1

    def test_keeps_no_address_that_a_stranger_typed(self, rooms: Rooms, client: Client) -> None:
        mailed(client, "niemand@elders.example")
        assert Job.objects.get(kind=links.KIND).payload == {}

    @pytest.mark.parametrize("details", [
        {"may_ask": False}, {"consent_on": dt.date(2020, 1, 1), "kept_until": dt.date(2021, 1, 1)},
    ])  # fmt: skip
    def test_goes_to_nobody_without_the_right(self, rooms: Rooms, client: Client, details: dict[str, Any]) -> None:
        contact_of(rooms.choir, **details)
        mailed(client, "mieke@koor.example")
        assert not Message.objects.exists()

    def test_brings_a_link_for_each_association_apart(self, mieke: Contact, client: Client) -> None:
        contact_of(Association.objects.create(name="Toneelkring"))
        mailed(client, "mieke@koor.example")
        bodies = list(Message.objects.values_list("body", flat=True))
        assert len(bodies) == 2
        assert [body.count("/zaal-vragen/link/") for body in bodies] == [1, 1]

    def test_is_sent_to_one_address_no_more_than_three_times_an_hour(self, mieke: Contact, client: Client) -> None:
        for _time in range(5):
            assert mailed(client, "mieke@koor.example").status_code == 200
        assert Message.objects.count() == 3


class TestLink:
    def test_leaves_no_key_in_the_address_nor_in_a_log_nor_in_a_cache(self, mieke: Contact, client: Client) -> None:
        token = links.token_of(mieke)
        answer = client.get(reverse("room-link", args=[token]))
        assert token not in answer.headers["Location"]
        assert token not in without_keys(f"GET /zaal-vragen/link/{token}/ 302")
        page = client.get(reverse("room-ask"), follow=True)
        assert page.headers["Cache-Control"] == "no-store, private"
        assert page.headers["Referrer-Policy"] == "same-origin"

    def test_opens_nothing_after_two_hours(
        self, mieke: Contact, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        token = links.token_of(mieke)
        later = timezone.now() + dt.timedelta(hours=2, minutes=1)
        monkeypatch.setattr(signing.time, "time", lambda: later.timestamp())  # type: ignore[attr-defined]
        assert client.get(reverse("room-link", args=[token])).status_code == 410

    def test_that_was_tampered_with_opens_nothing(self, mieke: Contact, client: Client) -> None:
        token = links.token_of(mieke)
        for wrong in (token[:-2] + "aa", token.replace(token[3], "x", 1), signing.dumps([str(mieke.pk), 1, "x"])):
            assert client.get(reverse("room-link", args=[wrong])).status_code == 410
        assert client.get(reverse("room-link", args=[token])).status_code == 302

    def test_for_one_purpose_serves_no_other(self, mieke: Contact, client: Client) -> None:
        assert client.get(reverse("contact-renewal", args=[links.token_of(mieke)])).status_code == 410

    @pytest.mark.parametrize("change", [
        {"may_ask": False}, {"email": "andere@koor.example"},
        {"consent_on": dt.date(2020, 1, 1), "kept_until": dt.date(2021, 1, 1)},
    ])  # fmt: skip
    def test_and_session_end_with_the_right(self, mieke: Contact, client: Client, change: dict[str, Any]) -> None:
        token = links.token_of(mieke)
        opened(client, mieke)
        assert client.get(reverse("room-ask"), follow=True).status_code == 200
        Contact.objects.filter(pk=mieke.pk).update(**change)
        assert client.get(reverse("room-ask")).headers["Location"] == reverse("room-by-mail")
        assert client.get(reverse("room-link", args=[token])).status_code == 410

    def test_and_session_end_with_the_contact_and_the_association(self, mieke: Contact, client: Client) -> None:
        opened(client, mieke)
        Association.objects.filter(pk=mieke.association_id).update(ended_on=timezone.localdate())
        assert client.get(reverse("room-ask")).headers["Location"] == reverse("room-by-mail")
        Association.objects.filter(pk=mieke.association_id).update(ended_on=None)
        opened(client, mieke)
        erase(mieke)
        assert client.get(reverse("room-ask")).headers["Location"] == reverse("room-by-mail")

    def test_is_closed_by_hand(self, mieke: Contact, client: Client) -> None:
        opened(client, mieke)
        client.post(reverse("room-leave"))
        assert client.get(reverse("room-ask")).headers["Location"] == reverse("room-by-mail")


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
        address = f"{reverse('room-ask')}?sleutel=018f0000-0000-7000-8000-000000000002"
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

    def test_shows_what_is_free_but_never_a_room_of_the_police(
        self, mieke: Contact, rooms: Rooms, client: Client
    ) -> None:
        opened(client, mieke)
        page = client.post(
            f"{reverse('room-ask')}?sleutel=018f0000-0000-7000-8000-000000000002",
            {**WISH, "personen": "12", "opstelling": "", "zoek": "1"},
        )
        assert "OC Bissegem" in page.text
        assert "PZ Vlas" not in page.text
        refused = asked(client, rooms.police, personen="12", opstelling="")
        assert "Deze zaal kunt u hier niet vragen" in refused.text
        assert not Booking.objects.exists()

    def test_finds_what_is_kept_for_the_association(
        self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        given(rooms.bissegem, by=cast["gebouwbeheerder"], association=rooms.choir)
        opened(client, mieke)
        evening = {**WISH, "van": "19:00", "tot": "21:00", "zoek": "1"}
        page = client.post(f"{reverse('room-ask')}?sleutel=018f0000-0000-7000-8000-000000000002", evening)
        assert "OC Bissegem" in page.text

    def test_is_not_crowded_out_by_rooms_of_the_police(self, rooms: Rooms) -> None:
        wish = Booking(starts=DAY, ends=ahead(20, "21:00"), persons=5, layout="", features=[])
        others = {each.pk for each in Room.objects.exclude(pk=rooms.bissegem.pk)}
        assert asking.not_for_associations() == {rooms.police.pk}
        with patch("reservations.finding.MOST_OFFERS", 1):
            (found,) = near_misses(wish, rights=asking.NO_RIGHTS, without=others)
        assert found.room == rooms.bissegem

    def test_hears_that_a_room_is_taken_but_not_by_whom(
        self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        booked(rooms.hall, DAY.replace(hour=11, minute=0), 4, by=cast["gebiedswerker"], title="Geheim overleg")
        opened(client, mieke)
        page = asked(client, rooms.hall)
        assert page.status_code == 409
        assert "Grote zaal is dan niet vrij" in page.text
        assert "OC Bissegem" in page.text
        assert all(word not in page.text for word in ("Geheim overleg", cast["gebiedswerker"].name))

    def test_hears_that_a_room_is_closed_or_kept_but_not_why_nor_for_whom(self, rooms: Rooms, cast: Cast) -> None:
        keeper, evening = cast["gebouwbeheerder"], {"starts": ahead(20, "19:00"), "ends": ahead(20, "20:00")}
        given(rooms.bissegem, by=keeper, association=rooms.choir)
        shut = Closure(building=rooms.hall.building, reason="Geheim lek", **evening)
        closing.close(shut, spaces=list(rooms.hall.spaces.all()), choices={}, by=keeper)
        wishes = [Booking(room=room, persons=5, **evening) for room in (rooms.hall, rooms.bissegem)]
        for viewer, hears in ((Access(), False), (access_of(cast["gebiedswerker"]), True)):
            found = why_not(wishes, obstacles(wishes), viewer)
            said = " ".join(each.text for whys in found.values() for each in whys)
            assert "Gesloten tot" in said
            assert "Voorbehouden voor" in said
            assert [word in said for word in ("Geheim lek", "Zangkoor")] == [hears, hears]

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
        address = f"{reverse('room-ask')}?sleutel=018f0000-0000-7000-8000-000000000002"
        assert "€ 40,00" in client.post(address, {**wish, "zoek": "1"}).text.replace("\xa0", " ")
        client.post(address, {**wish, "keuze": f"{rooms.hall.pk}@{weekday.isoformat()}"})
        assert "Prijs: € 40,00" in Message.objects.get(to=mieke.email).body.replace("\xa0", " ")
        cancelled = client.post(reverse("room-cancellation", args=[Booking.objects.get().reference]), follow=True).text
        assert "Er is niets meer voor verschuldigd." in cancelled

    def test_for_the_same_room_and_moment_again_is_refused(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        opened(client, mieke)
        asked(client, rooms.hall)
        page = asked(client, rooms.hall, key="018f0000-0000-7000-8000-000000000009")
        assert "Uw vereniging heeft of vroeg deze zaal al" in page.text
        assert Booking.objects.count() == 1

    def test_no_more_than_twenty_wait(self, mieke: Contact, rooms: Rooms) -> None:
        for number in range(asking.MOST_OPEN):
            booked(rooms.hall, ahead(30 + number), association=rooms.choir, state="requested")
        wish = Booking(room=rooms.hall, starts=ahead(60), ends=ahead(60, "21:00"), persons=5, title="Nog een")
        with pytest.raises(Refused, match="Er wachten al veel aanvragen"):
            asking.ask(wish, mieke)


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
