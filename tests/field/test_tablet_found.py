"""Who finds a tablet in the middle of a shift has its session, its cookies and its lock screen; and reads nothing."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kortrijk_gebied.ids import uuid7
from signals.models import Order, Shift, Signal, Tablet, Task
from teams.models import Team
from tests.cast import Cast

WORD = "what the page of the shift alone knows"
TITLE = "Fietswrak wegnemen"


def begin(client: Client, word: str, pk: uuid.UUID | None = None) -> Any:
    asked = {"id": str(pk or uuid7()), "name": "Tablet 3", "word": word}
    return client.post("/veld/dienst/", asked, "application/json")


def read(client: Client, **headers: str) -> str:
    answer = client.get("/veld/gegevens/", headers=headers)
    assert (answer.status_code == 200) == (TITLE in answer.text)
    return str(answer.status_code)


@pytest.fixture
def found(cast: Cast, report: Callable[..., Signal]) -> Client:
    """The tablet of Mo."""
    Task.objects.create(signal=report(), team=Team.objects.get(code="gemeenschapswachten"), title=TITLE)
    client = Client()
    client.force_login(cast["gemeenschapswacht"])
    assert begin(client, WORD).status_code == 201
    return client


class TestReading:
    def test_is_for_the_page_in_which_the_shift_began(self, found: Client) -> None:
        """Whoever finds it can type the address."""
        assert [read(found), read(found, X_Word="?"), read(found, X_Word=WORD)] == ["403", "403", "200"]

    def test_stops_as_soon_as_the_tablet_is_asked_something(self, found: Client, cast: Cast) -> None:
        """Also where nobody lets the shell hear of it."""
        Tablet.objects.get().give(Order.SIGN_OUT, by=cast["coordinator"])
        assert read(found, X_Word=WORD) == "403"


class TestShift:
    def test_starts_after_signing_in_and_not_with_the_session_of_another(self, found: Client, cast: Cast) -> None:
        assert [begin(found, word).status_code for word in ("", "their own")] == [401, 401]
        assert Shift.objects.get().ended_at is None
        assert begin(found, WORD, Shift.objects.get().pk).status_code == 201  # its answer got lost
        found.logout()
        found.force_login(cast["gemeenschapswacht"])
        assert begin(found, "another").status_code == 201
        assert [read(found, X_Word=WORD), read(found, X_Word="another")] == ["403", "200"]

    def test_that_goes_on_in_another_session_opens_the_tablet_alone_there(self, found: Client, cast: Cast) -> None:
        found.logout()
        found.force_login(cast["gemeenschapswacht"])
        assert found.get("/vandaag/").status_code == 200
        assert begin(found, WORD, Shift.objects.get().pk).status_code == 201
        assert found.get("/vandaag/").status_code == 302
        assert [read(found), read(found, X_Word=WORD)] == ["403", "200"]
