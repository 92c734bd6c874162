"""Buildings: looked up by everybody who is signed in, kept by the team that was granted it."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reservations.load import load_buildings
from reservations.models import Building
from teams.models import User
from tests.cast import Cast

type SignIn = Callable[[User], Client]


@pytest.fixture
def buildings(cast: Cast) -> None:
    load_buildings()


class TestLoading:
    def test_brings_every_row_with_its_source(self, buildings: None) -> None:
        assert Building.objects.count() == 25
        assert not Building.objects.filter(source="").exists()
        assert Building.objects.filter(kind="community_centre").count() == 9

    def test_again_changes_nothing(self, buildings: None) -> None:
        Building.objects.filter(code="oc-marke").update(phone="056 12 34 56")
        call_command("load_buildings", verbosity=0)
        assert Building.objects.count() == 25
        assert Building.objects.get(code="oc-marke").phone == "056 12 34 56"

    def test_says_which_names_are_assumed(self, buildings: None) -> None:
        assert Building.objects.filter(is_example=True, source__contains="aangenomen").count() == 6


class TestRooms:
    def test_are_open_to_everybody_who_is_signed_in(
        self, cast: Cast, buildings: None, sign_in: SignIn, client: Client
    ) -> None:
        for who in ["coordinator", "wijkinspecteur", "vereniging", "gebouwbeheerder"]:
            assert "Centrum Overleie" in sign_in(cast[who]).get("/zalen/gebouwen/").content.decode()
        assert client.get("/zalen/gebouwen/").status_code == 302

    def test_are_filtered_by_area_and_kind(self, cast: Cast, buildings: None, sign_in: SignIn) -> None:
        client = sign_in(cast["coordinator"])
        marke = Building.objects.get(code="oc-marke").area
        assert marke
        assert names(client, f"?area={marke.code}") == ["Dienstencentrum ’t Cirkant", "OC Marke"]
        assert names(client, f"?area={marke.code}&kind=community_centre") == ["OC Marke"]
        assert "Geen gebouw gevonden" in client.get("/zalen/gebouwen/?kind=youth_centre&area=marke").content.decode()

    def test_say_whom_to_call(self, cast: Cast, buildings: None, sign_in: SignIn) -> None:
        html = sign_in(cast["coordinator"]).get("/zalen/gebouwen/").content.decode()
        assert 'href="tel:1777"' in html

    def test_cost_the_same_however_many(
        self, cast: Cast, buildings: None, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = sign_in(cast["coordinator"])
        with django_assert_max_num_queries(20) as few:
            client.get("/zalen/gebouwen/")
        one = Building.objects.get(code="oc-marke")
        for number in range(20):
            Building.objects.create(code=f"b{number}", name=f"B{number}", kind=one.kind, owner=one.owner, area=one.area)
        with django_assert_max_num_queries(len(few.captured_queries)):
            client.get("/zalen/gebouwen/")


class TestBuilding:
    url = "/zalen/gebouwen/oc-aalbeke/wijzigen/"
    data = {"phone": "056 11 22 33", "email": "", "access_notes": "Langs de tuin.", "step_free": "true"}

    def test_shows_what_is_known_and_what_is_not(self, cast: Cast, buildings: None, sign_in: SignIn) -> None:
        html = sign_in(cast["agent"]).get("/zalen/gebouwen/oc-aalbeke/").content.decode()
        assert "nog niet bekend" in html
        assert "Bron:" in html
        assert "Gegevens wijzigen" not in html

    def test_is_kept_by_the_team_that_was_granted_it(self, cast: Cast, buildings: None, sign_in: SignIn) -> None:
        client = sign_in(cast["gebouwbeheerder"])
        assert "Gegevens wijzigen" in client.get("/zalen/gebouwen/oc-aalbeke/").content.decode()
        assert client.post(self.url, self.data).status_code == 302
        building = Building.objects.get(code="oc-aalbeke")
        assert (building.phone, building.step_free, building.hearing_loop) == ("056 11 22 33", True, None)

    @pytest.mark.parametrize("who", ["coordinator", "beheerder", "coordinator.ocmw", "fluvius"])
    def test_is_changed_by_nobody_else(self, cast: Cast, buildings: None, sign_in: SignIn, who: str) -> None:
        assert sign_in(cast[who]).post(self.url, self.data).status_code == 403
        assert sign_in(cast["gebouwbeheerder"]).post(self.url, self.data).status_code == 302

    def test_refuses_a_wrong_address_and_keeps_what_was_typed(
        self, cast: Cast, buildings: None, sign_in: SignIn
    ) -> None:
        response = sign_in(cast["gebouwbeheerder"]).post(self.url, {**self.data, "email": "geen adres"})
        assert response.status_code == 422
        assert "Langs de tuin." in response.content.decode()

    def test_that_is_not_there_is_not_found(self, cast: Cast, sign_in: SignIn) -> None:
        assert sign_in(cast["coordinator"]).get("/zalen/gebouwen/luchtkasteel/").status_code == 404

    def test_has_both_coordinates_or_none(self, buildings: None) -> None:
        with pytest.raises(IntegrityError, match="building_point_whole_and_on_earth"):
            Building.objects.filter(code="oc-marke").update(longitude=3.2)


def names(client: Client, query: str) -> list[str]:
    places = client.get(f"/zalen/gebouwen/{query}").context["places"]
    return [building.name for buildings in places.values() for building in buildings]
