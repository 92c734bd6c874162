"""What the OCMW and the police borrow for is theirs: others see that it is lent, and the keeper also whose it is."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.ids import uuid7
from reservations.models import Booking, Equipment, Loan
from teams.models import User
from tests.cast import Cast
from tests.permissions.surfaces import Look
from tests.reservations.rooms import Rooms, ahead, booked, make
from tests.reservations.stock import lent, thing

pytestmark = pytest.mark.django_db

WORD = "kwibbel"
# Who keeps the house, who coordinates, who reads logs elsewhere, and a partner.
OTHERS = ["gebouwbeheerder", "coordinator", "dpo", "vereniging"]
type SignIn = Callable[[User], Client]


@pytest.fixture
def rooms(cast: Cast) -> Rooms:
    return make()


@pytest.fixture
def tables(rooms: Rooms) -> Equipment:
    return thing(rooms.hall, 50)


@pytest.fixture(params=["verpleegkundige", "wijkinspecteur"])
def planted(request: pytest.FixtureRequest, rooms: Rooms, tables: Equipment, cast: Cast) -> tuple[str, list[Loan]]:
    """Late, promised tomorrow, asked, and with a room; none of it shared."""
    by = cast[request.param]
    of: dict[str, Any] = {"title": f"{WORD} doel", "is_shared": False, "by": by}
    room = booked(rooms.hall, ahead(1, "10:00"), title=f"{WORD} gesprek", is_shared=False, by=by)
    return request.param, [
        lent(tables, ahead(-4), state="out", **of),
        lent(tables, ahead(1, "09:00"), **of),
        lent(tables, ahead(5), state="asked", **of),
        lent(tables, room.starts, by=by, title="", organisation=None, booking=room),
    ]


def looks(tables: Equipment, loans: list[Loan]) -> Iterator[Look]:
    """Everywhere a loan could show."""
    for name in ("rooms", "reservations:equipment", "reservations:loan-counter", "reservations:calendar-duty"):
        yield Look(reverse(name))
    for name in ("equipment-item", "equipment-edit", "equipment-history", "loan-add"):
        yield Look(reverse(f"reservations:{name}", args=[tables.code]))
    yield Look(f"{reverse('reservations:loan-add', args=[tables.code])}?sleutel={loans[1].pk}")
    sent = {"aantal": "50", "dag": f"{loans[1].starts:%Y-%m-%d}", "van": "09:00", "tot": "12:00", "waarvoor": "x"}
    yield Look(f"{reverse('reservations:loan-add', args=[tables.code])}?sleutel={uuid7()}", sent)
    for each in loans:
        yield Look(reverse("reservations:loan", args=[each.pk]))
        for name in ("return", "pickup", "confirmation", "cancellation"):
            yield Look(reverse(f"reservations:loan-{name}", args=[each.pk]), {"aantal": "x"})


def said(client: Client, look: Look) -> str:
    response = client.get(look.url) if look.typed is None else client.post(look.url, look.typed, follow=True)
    return response.text


@pytest.mark.parametrize("who", OTHERS)
def test_what_for_is_read_nowhere_by_others(
    cast: Cast, sign_in: SignIn, tables: Equipment, planted: tuple[str, list[Loan]], who: str
) -> None:
    client = sign_in(cast[who])
    holder = cast[planted[0]].name
    for look in looks(tables, planted[1]):
        text = said(client, look)
        assert WORD not in text, look.name
        assert holder not in text, look.name


def test_a_keeper_sees_whose_it_is_and_others_that_it_is_lent(
    cast: Cast, sign_in: SignIn, tables: Equipment, planted: tuple[str, list[Loan]]
) -> None:
    whose = cast[planted[0]].organisation
    assert whose is not None
    item = reverse("reservations:equipment-item", args=[tables.code])
    kept, other = (sign_in(cast[who]).get(item).text for who in ("gebouwbeheerder", "coordinator"))
    lines = [html.split('class="bookings"')[1].split("</ul>")[0] for html in (kept, other)]
    assert [whose.name in each for each in lines] == [True, False]
    assert all("Uitgeleend" in each for each in lines)


def test_who_holds_it_reads_it(cast: Cast, sign_in: SignIn, tables: Equipment, planted: tuple[str, list[Loan]]) -> None:
    """The control: the same places, with the words."""
    client = sign_in(cast[planted[0]])
    assert WORD in client.get(reverse("reservations:equipment-item", args=[tables.code])).text
    assert all(WORD in client.get(reverse("reservations:loan", args=[each.pk])).text for each in planted[1])
    assert Booking.objects.count() == 1
