from collections.abc import Callable

import pytest
from django.test import Client

from areas.models import Area, Place, SectorWard
from teams.models import User
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("areas")


def administrator_of(kind: str, cast: Cast) -> User:
    """Of the city, the OCMW or the police: each has its own."""
    people = (person for person in cast.values() if person.is_administrator and person.organisation)
    return next(person for person in people if person.organisation.kind == kind)  # type: ignore[union-attr]


@pytest.fixture
def administrator(cast: Cast, sign_in: Callable[..., Client]) -> Client:
    return sign_in(administrator_of("city", cast))


@pytest.fixture
def police(cast: Cast, sign_in: Callable[..., Client]) -> Client:
    return sign_in(administrator_of("police", cast))


@pytest.fixture
def coordinator(cast: Cast, sign_in: Callable[..., Client]) -> Client:
    return sign_in(cast["coordinator"])


class TestWardTable:
    URL = "/beheer/areas/sectorward/"

    def test_draws_the_wards_again_when_a_sector_moves(
        self, police: Client, django_capture_on_commit_callbacks: Callable[..., object]
    ) -> None:
        row = SectorWard.objects.get(sector__code="34022A33-")
        other = Area.objects.get(code="wijk-9")
        before = other.boundary
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            answer = police.post(f"{self.URL}{row.pk}/change/", {"ward": other.pk})
        assert answer.status_code == 302
        other.refresh_from_db()
        assert other.boundary != before

    def test_offers_wards_only(self, police: Client) -> None:
        page = police.get(f"{self.URL}{SectorWard.objects.first().pk}/change/")  # type: ignore[union-attr]
        assert "Wijk 4 Overleie" in page.content.decode()
        assert "Hoog Kortrijk</option>" not in page.content.decode().replace("Wijk 11 Hoog Kortrijk</option>", "")

    def test_is_shown_as_a_list(self, police: Client) -> None:
        assert police.get(self.URL).status_code == 200

    @pytest.mark.parametrize("action", ["add/", "1/delete/"])
    def test_gains_and_loses_no_rows(self, police: Client, action: str) -> None:
        assert police.get(f"{self.URL}{action}").status_code in (302, 403)

    def test_is_not_changed_by_the_administrator_of_the_city(self, administrator: Client) -> None:
        row = SectorWard.objects.get(sector__code="34022A33-")
        ward = {"ward": str(Area.objects.get(code="wijk-9").pk)}
        assert administrator.post(f"{self.URL}{row.pk}/change/", ward).status_code == 403
        row.refresh_from_db()
        assert row.ward.code == "wijk-3"

    def test_is_closed_to_who_is_no_administrator(self, coordinator: Client) -> None:
        assert coordinator.get(self.URL).status_code in (302, 403)


class TestOtherReferenceData:
    @pytest.mark.parametrize("model", ["areaset", "area", "place"])
    def test_is_open_to_an_administrator(self, administrator: Client, coordinator: Client, model: str) -> None:
        assert administrator.get(f"/beheer/areas/{model}/").status_code == 200
        assert coordinator.get(f"/beheer/areas/{model}/").status_code in (302, 403)

    def test_takes_a_new_place(self, administrator: Client) -> None:
        place = {"name": "Nieuwstraat", "locality": "Marke", "kind": "street", "longitude": 3.233, "latitude": 50.806, "source": "stad"}  # fmt: skip  # noqa: E501
        assert administrator.post("/beheer/areas/place/add/", place).status_code == 302
        assert Place.objects.get(name="Nieuwstraat").locality == "Marke"

    def test_refuses_a_place_outside_the_world(self, administrator: Client) -> None:
        place = {"name": "Ver", "kind": "street", "longitude": 333, "latitude": 50.806, "source": "stad"}
        assert administrator.post("/beheer/areas/place/add/", place).status_code == 200
        assert not Place.objects.filter(name="Ver").exists()

    def test_keeps_a_border_that_is_only_looked_at(self, administrator: Client) -> None:
        area = Area.objects.get(code="marke")
        values = {"name": "Marke", "position": 15, "ring": "rand", "inhabitants": 7980, "inhabitants_year": 2007, "inhabitants_source": "pers"}  # fmt: skip  # noqa: E501
        assert administrator.post(f"/beheer/areas/area/{area.pk}/change/", values).status_code == 302
        assert Area.objects.get(code="marke").boundary == area.boundary
