"""Whatever a tablet sends, or somebody who plays at being one: an answer in words, and never a page that breaks."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from signals.models import Order, Signal, Tablet
from teams.models import User
from tests.cast import Cast
from tests.field.tablet import FieldTablet, seen

type SignIn = Callable[[User], Client]

RECORD = "berichten/0195d3a0-0000-7000-8000-000000000000/"
LATEST = "9999-12-31T23:59:59-14:00"


class TestBody:
    @pytest.mark.parametrize("body", ["[" * 100_000, '{"waiting":' + "1" * 5000 + "}", '"' + "a" * 6_000_000 + '"'])
    def test_that_no_program_reads_is_told_in_words(self, tablet: FieldTablet, body: str) -> None:
        answer = tablet.client.put(f"/veld/{RECORD}", body, "application/json")
        assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/json")
        assert tablet.client.post("/veld/stand/", body, "application/json").status_code == 204

    @pytest.mark.parametrize("schema", [[], {}, "1", None])
    def test_of_no_schema_stays_on_the_tablet(self, tablet: FieldTablet, schema: object) -> None:
        assert tablet.send(tablet.save("signal", seen(), changes={"schema": schema})).status_code == 422


class TestClock:
    @pytest.mark.parametrize("said", [LATEST, "9998-01-01T00:00:00Z", "0002-01-01T00:00:00Z"])
    def test_that_is_off_by_thousands_of_years_is_shown(
        self, tablet: FieldTablet, cast: Cast, sign_in: SignIn, said: str
    ) -> None:
        changes = {"saved_at": said, "clock_offset_ms": 10**14}
        envelope = tablet.save("signal", seen(), changes=changes)
        assert [tablet.send(envelope, at=said).status_code for _time in range(2)] == [201, 200]
        tablet.client.post("/veld/stand/", {"clock": said, "oldest": said, "waiting": 2}, "application/json")
        page = sign_in(cast["coordinator"])
        assert page.get(f"/signalen/{Signal.objects.get().reference}/").status_code == 200
        assert page.get(reverse("signals:tablets")).status_code == 200


class TestOrder:
    def test_that_was_carried_out_leaves_what_waits_to_be_seen(self, tablet: FieldTablet, cast: Cast) -> None:
        tablet.client.post("/veld/stand/", {"waiting": 2, "attention": 1}, "application/json")
        Tablet.objects.get().give(Order.WIPE, by=cast["coordinator"])
        tablet.client.post("/veld/stand/", {"done": "wipe"}, "application/json")
        found = Tablet.objects.get()
        assert (found.order, found.waiting, found.attention) == ("", 2, 1)
