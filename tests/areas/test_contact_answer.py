from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from areas.models import Place
from kortrijk_gebied import sections
from kortrijk_gebied.sections import Content, Request
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("areas")


@pytest.fixture
def client(cast: Cast, sign_in: Callable[..., Client]) -> Client:
    return sign_in(cast["agent"])


def found(page: Any) -> dict[str, str]:
    return {name: area.code for name, area in page.context["found"]}


class TestWhomToCall:
    def test_asks_for_a_place_and_says_what_to_do_when_it_is_urgent(self, client: Client) -> None:
        page = client.get("/gebieden/wie-bel-ik/")
        assert "Spoed? Bel" in page.content.decode()
        assert "spot" not in page.context or page.context["spot"] is None

    def test_finds_the_areas_of_a_street_with_a_typing_error(self, client: Client) -> None:
        page = client.get("/gebieden/wie-bel-ik/", {"q": "overleistraat"})
        assert page.context["match"].place.name == "Overleiestraat"
        assert found(page)["Gebieden"] == "overleie"
        assert found(page)["Politiewijken"] == "wijk-4"

    def test_offers_other_places_that_were_perhaps_meant(self, client: Client) -> None:
        page = client.get("/gebieden/wie-bel-ik/", {"q": "meensesteenweg"})
        other = next(match for match in page.context["matches"] if match != page.context["match"])
        assert f"?plek={other.key}&amp;q=meensesteenweg" in page.content.decode()

    def test_takes_the_place_that_was_chosen(self, client: Client) -> None:
        bissegem = Place.objects.get(name="Meensesteenweg", locality="Bissegem")
        page = client.get("/gebieden/wie-bel-ik/", {"q": "meensesteenweg", "plek": str(bissegem.pk)})
        assert found(page)["Gebieden"] == "bissegem"

    def test_finds_the_areas_of_a_click_on_the_map(self, client: Client) -> None:
        page = client.get("/gebieden/wie-bel-ik/", {"lon": "3.3350", "lat": "50.7390"})
        assert found(page)["Gebieden"] == "kooigem"

    def test_says_that_a_spot_lies_outside(self, client: Client) -> None:
        page = client.get("/gebieden/wie-bel-ik/", {"lon": "3.2850", "lat": "50.8520"})
        assert "ligt buiten Kortrijk" in page.content.decode()
        assert found(page) == {"Patrouillesectoren": "patrouille-noord"}

    def test_keeps_what_was_typed_when_nothing_is_found(self, client: Client) -> None:
        page = client.get("/gebieden/wie-bel-ik/", {"q": "xyzzyq"}).content.decode()
        assert "“xyzzyq” staat niet in onze lijst" in page
        assert 'value="xyzzyq"' in page

    @pytest.mark.parametrize("wrong", [{"lon": "oost", "lat": "50.8"}, {"lon": "999", "lat": "0"}, {"plek": "0"}])
    def test_refuses_what_is_no_spot(self, client: Client, wrong: dict[str, str]) -> None:
        page = client.get("/gebieden/wie-bel-ik/", wrong)
        assert page.status_code == 200
        assert "kunnen we niet opzoeken" in page.content.decode()

    def test_answers_in_place_and_gives_the_page_its_address(self, client: Client) -> None:
        answer = client.get("/gebieden/wie-bel-ik/antwoord/", {"q": "grote markt"})
        assert answer.headers["HX-Push-Url"] == "/gebieden/wie-bel-ik/?q=grote+markt"
        assert answer.content.decode().lstrip().startswith('<div id="answer"')

    def test_is_for_members_only(self, cast: Cast) -> None:
        assert Client().get("/gebieden/wie-bel-ik/").status_code == 302
        assert Client().get("/gebieden/wie-bel-ik/antwoord/").status_code == 302

    def test_shows_what_the_rooms_above_know_of_the_spot(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[Request] = []

        def who(request: Request) -> Content:
            asked.append(request)
            return {"area": request.area, "others": {}, "density": None}

        place = frozenset({sections.Place.CONTACT})
        block = sections.Section("proef", "Proefblok", "areas/sections/profile.html", place, 1, who)
        monkeypatch.setitem(sections._sections, "proef", block)
        page = client.get("/gebieden/wie-bel-ik/", {"lon": "3.3350", "lat": "50.7390"})
        assert "Proefblok" in page.content.decode()
        [request] = asked
        assert request.area.code == "kooigem"
        assert request.extra
        assert request.extra["spot"] == (3.3350, 50.7390)
        assert not request.extra["location"].outside
