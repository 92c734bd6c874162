"""The words of a booking are changed by two people at once: nobody takes back unseen what the other wrote."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from teams.models import User
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked

type SignIn = Callable[[User], Client]


def opened(client: Client, url: str) -> dict[str, Any]:
    """What the page sends when nobody touches it."""
    page = client.get(url)
    fields = {bound.html_name: bound.value() for bound in page.context["form"] if bound.value()}
    return {**fields, "versie": page.context["booking"].sequence}


def test_is_saved_over_a_colleague_only_by_who_saw_it(rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
    one = booked(rooms.meeting, ahead(5), by=cast["gebiedswerker"], title="Overleg", persons=8)
    url = f"{one.get_absolute_url()}wijziging/"
    els, nele = sign_in(cast["gebiedswerker"]), sign_in(cast["gebouwbeheerder"])
    hers = opened(els, url)
    fewer = opened(nele, url)
    assert nele.post(url, {**fewer, "personen": 6}).status_code == 302
    title = next(name for name, value in hers.items() if value == "Overleg")
    again = els.post(url, {**hers, title: "Wijkoverleg"})
    one.refresh_from_db()
    assert (again.status_code, one.title, one.persons) == (422, "Overleg", 6)
    words = again.content.decode()
    assert "intussen gewijzigd" in words
    assert 'value="Wijkoverleg"' in words  # what was typed still stands there
    assert els.post(url, {**hers, title: "Wijkoverleg", "versie": again.context["booking"].sequence}).status_code == 302
