"""What a house says of getting in and what its rooms say never contradict each other, and who looks finds the truth."""

from collections.abc import Callable

import pytest
from django.test import Client

from reservations.accessible import agree, facts_of
from reservations.models import Building, Feature, Room
from teams.models import User
from tests.cast import Cast
from tests.reservations.rooms import Rooms

type SignIn = Callable[[User], Client]
HOUSE = "/zalen/gebouwen/oc-marke/"


@pytest.fixture
def nele(cast: Cast, rooms: Rooms, sign_in: SignIn) -> Client:
    return sign_in(cast["gebouwbeheerder"])


def rooms_with(feature: Feature, house: Building) -> int:
    return house.rooms.filter(features__contains=[feature]).count()


def test_a_house_with_steps_has_no_room_without(nele: Client, rooms: Rooms) -> None:
    house = rooms.hall.building
    assert rooms_with(Feature.STEP_FREE, house) == 4
    assert nele.post(f"{HOUSE}wijzigen/", {"step_free": "false"}).status_code == 302
    assert rooms_with(Feature.STEP_FREE, house) == 0
    assert "zonder trappen</li>" not in nele.get(f"{HOUSE}zalen/grote-zaal/").content.decode()


def test_the_toilet_of_a_house_is_of_all_its_rooms(nele: Client, rooms: Rooms) -> None:
    assert nele.post(f"{HOUSE}wijzigen/", {"adapted_toilet": "true"}).status_code == 302
    assert rooms_with(Feature.ADAPTED_TOILET, rooms.hall.building) == 4


def test_a_room_cannot_have_what_its_house_has_not(nele: Client, rooms: Rooms) -> None:
    Building.objects.filter(code="oc-marke").update(hearing_loop=False)
    sent = {"name": "Vergaderzaal", "turnaround": 0, "hold_hours": 48, "notice_days": 7, "seats_rows": 20}
    page = nele.post(f"{HOUSE}zalen/vergaderzaal/wijzigen/", {**sent, "features": ["hearing_loop"]})
    assert page.status_code == 422
    assert "Dit heeft het huis niet, zegt zijn bladzijde: ringleiding" in page.content.decode()


def test_what_the_house_does_not_say_its_rooms_do(nele: Client, rooms: Rooms) -> None:
    """And of an example it is said that it is one."""
    Room.objects.filter(pk=rooms.meeting.pk).update(features=["hearing_loop"], is_example=True)
    said = {str(fact.name): (fact.words, fact.is_example) for fact in facts_of(rooms.hall.building, Room.objects.all())}
    assert said["Ringleiding"] == ("in 1 van 7 zalen", True)
    assert said["Aangepast toilet"] == ("nog niet bekend", False)
    loop = " ".join(
        nele.get(f"{HOUSE}zalen/vergaderzaal/").content.decode().partition("Ringleiding</dt>")[2][:90].split()
    )
    assert loop.startswith("<dd>ja")
    assert "in 1 van 4 zalen" in nele.get(HOUSE).content.decode()


def test_how_to_get_in_stands_on_the_page(nele: Client, rooms: Rooms) -> None:
    assert "access-notes" not in nele.get(HOUSE).content.decode()
    house = rooms.hall.building
    house.access_notes = "Bel aan bij de zij-ingang."
    house.save()
    agree(house)
    assert "Bel aan bij de zij-ingang." in nele.get(HOUSE).content.decode()
