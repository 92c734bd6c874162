"""The link in a mail: who gets one, what it opens, and when it opens nothing any more."""

import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs import tasks
from kortrijk_gebied.jobs.models import Job, Message
from kortrijk_gebied.keyed import without_keys
from reservations.models import Association, Contact
from reservations.register import links
from reservations.register.erasing import erase
from tests.reservations.asked_by_link import mailed, opened
from tests.reservations.register import contact_of
from tests.reservations.rooms import Rooms

pytestmark = pytest.mark.usefixtures("no_throttle_of_before")


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

    def test_keeps_no_link_here_once_it_is_sent(self, mieke: Contact, client: Client) -> None:
        mailed(client, mieke.email)
        waiting = Message.objects.get()
        tasks.send_message(str(waiting.pk))
        assert "/zaal-vragen/link/***" in Message.objects.get().body
        (letter,) = mail.outbox
        link = re.search(r"https?://\S+/zaal-vragen/link/\S+", str(letter.body))
        assert link
        assert client.get(urlsplit(link[0]).path).status_code == 302

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

    def test_and_session_end_when_the_contact_goes_to_another_association(self, mieke: Contact, client: Client) -> None:
        token = links.token_of(mieke)
        opened(client, mieke)
        Contact.objects.filter(pk=mieke.pk).update(association=Association.objects.create(name="Toneelkring"))
        assert client.get(reverse("room-ask")).headers["Location"] == reverse("room-by-mail")
        assert client.get(reverse("room-link", args=[token])).status_code == 410

    def test_opens_a_session_of_two_hours(
        self, mieke: Contact, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened(client, mieke)
        now = timezone.now()
        for minutes, is_open in ((119, True), (121, False)):
            with monkeypatch.context() as later:
                moment = now + dt.timedelta(minutes=minutes)
                later.setattr(links.timezone, "now", lambda moment=moment: moment)  # type: ignore[attr-defined]
                found = links.contact_of(client.session)
            assert (found == mieke) is is_open

    def test_gives_the_session_a_new_key(self, mieke: Contact, client: Client) -> None:
        """Whoever laid a key in this browser before does not come along."""
        client.get(reverse("room-by-mail"))
        session = client.session
        session["iets"] = "van vroeger"
        session.save()
        before = str(session.session_key)
        client.cookies[settings.SESSION_COOKIE_NAME] = before
        opened(client, mieke)
        assert client.session.session_key != before
        assert not client.session.exists(before)

    def test_is_closed_by_hand(self, mieke: Contact, client: Client) -> None:
        opened(client, mieke)
        client.post(reverse("room-leave"))
        assert client.get(reverse("room-ask")).headers["Location"] == reverse("room-by-mail")
