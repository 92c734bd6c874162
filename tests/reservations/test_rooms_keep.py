"""Keepers describe the rooms of their building; what is booked there they cannot pull away."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from reservations.models import Occupancy, OpenRange, Room, Space
from teams.models import User
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked

type SignIn = Callable[[User], Client]
HOUSE = "/zalen/gebouwen/oc-marke/"
ADD = f"{HOUSE}zalen/nieuw/"
EDIT = f"{HOUSE}zalen/grote-zaal/wijzigen/"
DATA = {"name": "Foyer", "turnaround": "15", "hold_hours": "24", "notice_days": "3", "seats_standing": "80"}


def of_hall(rooms: Rooms, **changed: Any) -> dict[str, Any]:
    spaces = [str(space.pk) for space in rooms.hall.spaces.all()]
    return {**DATA, "name": "Grote zaal", "spaces": spaces, **changed}


class TestAdding:
    def test_makes_a_room_that_stands_alone(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        response = sign_in(cast["gebouwbeheerder"]).post(ADD, {**DATA, "features": ["bar", "kitchen"]})
        assert response.status_code == 302
        made = Room.objects.get(code="foyer")
        assert response["Location"] == made.get_absolute_url()
        assert [space.name for space in made.spaces.all()] == ["Foyer"]
        assert (made.features, made.turnaround, made.needs_approval) == (["bar", "kitchen"], 15, False)
        assert [(setup.layout, setup.capacity) for setup in made.setups.all()] == [("standing", 80)]
        assert OpenRange.objects.filter(room=made).exists()  # its hours are worked out at once

    def test_makes_one_of_spaces_that_are_there_and_new_ones(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        half = rooms.half_a.spaces.get()
        data = {**DATA, "spaces": [half.pk], "new_spaces": "Tuin\n\n  Terras  "}
        assert sign_in(cast["gebouwbeheerder"]).post(ADD, data).status_code == 302
        assert {space.name for space in Room.objects.get(code="foyer").spaces.all()} == {"Helft A", "Tuin", "Terras"}

    def test_gives_each_room_an_address_of_its_own(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        client = sign_in(cast["gebouwbeheerder"])
        client.post(ADD, {**DATA, "name": "Foyer?"})
        client.post(ADD, {**DATA, "name": "Foyer!"})
        assert set(Room.objects.filter(name__startswith="Foyer").values_list("code", flat=True)) == {
            "foyer", "foyer-2",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"seats_standing": ""}, "hoeveel personen in de zaal kunnen"),
            ({"seats_standing": "0"}, "Opstelling|1"),
            ({"name": "grote ZAAL"}, "heet al zo"),
            ({"new_spaces": "Helft A"}, "Er is al een ruimte met die naam"),
            ({"new_spaces": "Tuin\nTuin"}, "Er is al een ruimte met die naam"),
            ({"new_spaces": "x" * 81}, "hoogstens 80 tekens"),
            ({"hold_hours": "0"}, ""),
            ({"turnaround": "2000"}, ""),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, cast: Cast, rooms: Rooms, sign_in: SignIn, changed: dict[str, str], said: str
    ) -> None:
        response = sign_in(cast["gebouwbeheerder"]).post(ADD, {**DATA, "description": "Met bar.", **changed})
        html = response.content.decode()
        assert response.status_code == 422
        assert "Met bar." in html
        assert said.partition("|")[2] or said in html
        assert not Room.objects.filter(code="foyer").exists()


class TestEditing:
    def test_changes_set_ups_and_rules(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        data = of_hall(rooms, seats_standing="", seats_rows="200", needs_approval="on")
        assert sign_in(cast["gebouwbeheerder"]).post(EDIT, data).status_code == 302
        hall = Room.objects.get(pk=rooms.hall.pk)
        assert {setup.layout: setup.capacity for setup in hall.setups.all()} == {"rows": 200}
        assert (hall.turnaround, hall.hold_hours, hall.needs_approval) == (15, 24, True)

    def test_leaves_the_spaces_of_a_booking_alone(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        booking = booked(rooms.hall, ahead(2))
        half = str(rooms.half_a.spaces.get().pk)
        client = sign_in(cast["gebouwbeheerder"])
        refused = client.post(EDIT, of_hall(rooms, spaces=[half]))
        assert refused.status_code == 422
        assert "staat nog 1 reservatie" in refused.content.decode()
        assert rooms.hall.spaces.count() == 2
        Occupancy.objects.filter(booking=booking).delete()
        booking.delete()
        assert client.post(EDIT, of_hall(rooms, spaces=[half])).status_code == 302
        assert rooms.hall.spaces.count() == 1

    def test_takes_no_space_of_another_building(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        other = str(rooms.bissegem.spaces.get().pk)
        assert sign_in(cast["gebouwbeheerder"]).post(EDIT, of_hall(rooms, spaces=[other])).status_code == 422

    @pytest.mark.parametrize("who", ["agent", "coordinator", "coordinator.ocmw", "beheerder"])
    def test_is_for_keepers_of_the_building(self, who: str, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        for url in (ADD, EDIT, f"{HOUSE}zalen/grote-zaal/intrekking/"):
            assert sign_in(cast[who]).post(url, DATA).status_code == 403
        assert sign_in(cast["gebouwbeheerder"]).post(ADD, DATA).status_code == 302
        assert Space.objects.filter(name="Foyer").count() == 1


class TestWithdrawing:
    url = f"{HOUSE}zalen/vergaderzaal/"

    def test_leaves_what_is_booked_and_says_so(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        booked(rooms.meeting, ahead(2))
        client = sign_in(cast["gebouwbeheerder"])
        html = client.post(f"{self.url}intrekking/", follow=True).content.decode()
        assert "nog 1 reservatie" in html
        assert not Room.objects.in_use().filter(pk=rooms.meeting.pk).exists()
        assert Occupancy.objects.filter(booking__room=rooms.meeting).exists()
        assert client.post(f"{self.url}terugkeer/").status_code == 302
        assert Room.objects.in_use().filter(pk=rooms.meeting.pk).exists()
        assert client.post(f"{self.url}terugkeer/").status_code == 404

    def test_stands_in_the_history(self, cast: Cast, rooms: Rooms, sign_in: SignIn) -> None:
        client = sign_in(cast["gebouwbeheerder"])
        client.post(f"{self.url}intrekking/")
        client.post(f"{HOUSE}zalen/grote-zaal/wijzigen/", of_hall(rooms, features=["bar", "kitchen"]))
        html = client.get(f"{HOUSE}geschiedenis/").content.decode()
        assert "Ingetrokken" in html
        assert "<ins>toog, keuken</ins>" in html
        assert sign_in(cast["agent"]).get(f"{HOUSE}geschiedenis/").status_code == 403
