import re
from collections.abc import Callable

import pytest
from django.test import Client

from areas.crosswalk import rebuild_crosswalks
from areas.models import Area, AreaSet
from kortrijk_gebied import sections
from kortrijk_gebied.sections import Content, Place, Request
from teams.access import Access
from tests.cast import Cast

LICENCE = "Modellicentie gratis hergebruik v1.0"

pytestmark = pytest.mark.usefixtures("areas")


@pytest.fixture
def client(cast: Cast, sign_in: Callable[..., Client]) -> Client:
    return sign_in(cast["coordinator"])


class TestAreaList:
    def test_shows_the_17_first_with_their_licence(self, client: Client) -> None:
        page = client.get("/gebieden/")
        assert [area.code for area in page.context["areas"]][:2] == ["overleie", "pius-x"]
        assert page.context["chosen"].code == "gebieden17"
        assert LICENCE in page.content.decode()

    @pytest.mark.parametrize("code", ["wijken14", "woonzorg8", "binnenstad5", "deelgemeenten8", "wijken-politie"])
    def test_shows_the_set_in_the_url(self, client: Client, code: str) -> None:
        page = client.get("/gebieden/", {"indeling": code})
        assert page.context["chosen"].code == code
        assert AreaSet.objects.get(code=code).source in page.content.decode().replace("&#x27;", "'")

    def test_marks_what_is_provisional(self, client: Client) -> None:
        assert client.get("/gebieden/").content.decode().count(">voorlopig<") == 6
        assert ">voorlopig<" in client.get("/gebieden/?indeling=woonzorg8").content.decode()
        assert ">voorlopig<" not in client.get("/gebieden/?indeling=wijken14").content.decode()

    def test_does_not_know_another_set(self, client: Client) -> None:
        assert client.get("/gebieden/?indeling=marsgebieden").status_code == 404

    def test_sends_a_stranger_to_sign_in(self, cast: Cast) -> None:
        assert Client().get("/gebieden/").status_code == 302

    def test_takes_as_many_queries_for_113_areas_as_for_3(
        self, client: Client, django_assert_max_num_queries: Callable[..., object]
    ) -> None:
        for code in ("patrouille3", "sectoren"):
            with django_assert_max_num_queries(13):  # type: ignore[attr-defined]
                client.get("/gebieden/", {"indeling": code})


class TestAreaPage:
    def test_has_a_place_for_every_section(self, client: Client) -> None:
        page = client.get("/gebieden/overleie/").content.decode()
        for section in sections.sections_on(Place.AREA):
            assert f'hx-get="/gebieden/overleie/blok/{section.key}/?dagen=30"' in page
        assert LICENCE in page
        assert "voorlopige grens" in page

    def test_begins_with_how_it_goes_and_what_is_late_and_ends_with_the_profile(self, client: Client) -> None:
        keys = [section.key for section in sections.sections_on(Place.AREA)]
        assert keys[:2] == ["doing", "signals-late"]
        assert keys[-2:] == ["profile", "figures"]
        assert keys.index("meetings") < keys.index("people") < keys.index("signals-subjects")
        folded = [section.folded for section in sections.sections_on(Place.AREA)]
        assert folded == sorted(folded)  # what is looked up stands below what is read every day
        assert len({"signals-pace"} & set(keys)) == 0  # its median is that of the indicators

    def test_folds_what_is_looked_up_and_nothing_that_asks_for_something(self, client: Client) -> None:
        page = client.get("/gebieden/overleie/?alles=1").content.decode()
        folds = set(re.findall(r'<section class="block folds" id="block-([\w-]+)"', page))
        assert "profile" in folds
        assert not folds & {"doing", "signals-late", "signals-tasks", "actions", "flags", "meetings", "people"}
        assert page.count('<details class="fold">') == len(folds)
        one = client.get("/gebieden/overleie/blok/profile/").content.decode()
        assert '<details class="fold"><summary><h2 id="block-profile-title">' in one

    def test_keeps_everything_open_elsewhere(self, client: Client) -> None:
        assert [each.key for each in sections.sections_on(Place.REPORT) if each.folded]
        for url in ("/vandaag/", "/gebieden/briefing/"):
            assert '<details class="fold">' not in client.get(url).content.decode()

    def test_stays_whole_when_another_map_is_asked_for(self, client: Client) -> None:
        asked = '<input type="hidden" name="alles" value="1">'
        assert asked in client.get("/gebieden/overleie/?alles=1").content.decode()
        assert asked not in client.get("/gebieden/overleie/").content.decode()
        page = client.get("/gebieden/overleie/?kaart=wijken14&dagen=90").content.decode()
        assert "?kaart=wijken14&amp;dagen=90&amp;alles=1" in page

    def test_lists_what_it_holds(self, client: Client) -> None:
        page = client.get("/gebieden/overleie/?alles=1").content.decode()
        contents = page.split('class="contents"')[1].split("</nav>")[0]
        assert 'href="#block-doing"' in contents
        assert '<section id="block-figures" hidden>' in page  # nothing was read in
        assert 'href="#block-figures"' not in contents

    def test_brings_every_section_along_for_who_has_no_javascript(self, client: Client) -> None:
        page = client.get("/gebieden/overleie/?alles=1").content.decode()
        assert "1.996" in page
        assert "hx-get" not in page.split('class="blocks"')[1].split("<aside")[0]

    @pytest.mark.parametrize(("asked", "days"), [("90", 90), ("7", 30), ("x", 30), ("-1", 30), ("", 30)])
    def test_knows_three_periods(self, client: Client, asked: str, days: int) -> None:
        assert client.get("/gebieden/overleie/", {"dagen": asked}).context["days"] == days

    @pytest.mark.parametrize("code", ["34022W09", "zorg-2", "wijk-4", "patrouille-noord", "34022A50-"])
    def test_exists_for_an_area_of_every_set(self, client: Client, code: str) -> None:
        assert client.get(f"/gebieden/{code}/").status_code == 200

    def test_does_not_know_atlantis(self, client: Client) -> None:
        assert client.get("/gebieden/atlantis/").status_code == 404


class TestSection:
    def test_shows_the_profile_with_the_year_of_the_count(self, client: Client) -> None:
        page = client.get("/gebieden/kooigem/blok/profile/").content.decode()
        assert "754 in 2007" in page
        assert "482 hectare" in page

    def test_shows_in_which_other_areas_it_lies(self, client: Client) -> None:
        rebuild_crosswalks()
        page = client.get("/gebieden/kortrijk-west/blok/profile/").content.decode()
        assert "Wijk 9 Pottelberg</a> 7" in page
        assert "Wijk 3 Doorniksewijk</a> 2" in page

    def test_does_not_know_another_key(self, client: Client) -> None:
        assert client.get("/gebieden/kooigem/blok/nonsens/").status_code == 404

    def test_hears_who_asks_and_about_when(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[Request] = []

        def remember(request: Request) -> Content:
            asked.append(request)
            return None

        found = sections.get_section("profile", Place.AREA)
        assert found
        monkeypatch.setitem(sections._sections, "proef", sections.Section(
            "proef", "Proef", found.template, frozenset({Place.AREA}), 1, remember
        ))  # fmt: skip
        answer = client.get("/gebieden/marke/blok/proef/?dagen=90")
        [request] = asked
        assert isinstance(request.viewer, Access)
        assert request.area == Area.objects.get(code="marke")
        assert request.period
        assert 89 <= (request.period.end - request.period.start).days <= 91
        assert '<section id="block-proef" hidden>' in answer.content.decode()
        assert "Proef</h2>" not in answer.content.decode()
