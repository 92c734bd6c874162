"""The list as a thing to work with: columns, counts per filter, news, dots on the map, tags on a signal."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.audit.models import ReadEntry
from signals.levels import Level
from signals.models import InboxChoice, Signal, Tag
from signals.models.tags import normalised, tag_signal
from teams.access import access_of
from teams.models import User
from tests.cast import KOOIGEM, MARKE, OVERLEIE, Cast, area

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]


@pytest.fixture
def bram(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["coordinator"])


class TestColumns:
    def test_are_few_until_somebody_chooses(self, bram: Client, cast: Cast, report: Make) -> None:
        signal = report("Onveilige situatie")
        assert 'class="row-facts"' not in bram.get(reverse("inbox"), {"tab": "team"}).text
        answer = bram.post(reverse("inbox-choice"), {"kolom": ["nummer", "gebied", "onzin"], "next": "/postvak/?q=x"})
        assert answer["Location"] == "/postvak/?q=x"
        assert InboxChoice.of(cast["coordinator"]) == ["nummer", "gebied"]
        assert (
            f'<p class="row-facts">{signal.reference} · Overleie</p>'
            in bram.get(reverse("inbox"), {"tab": "team"}).text
        )

    def test_say_nothing_of_a_limited_row(self, bram: Client, report: Make) -> None:
        signal = report("Schuldhulp of steun")
        bram.post(reverse("inbox-choice"), {"kolom": ["nummer", "status", "gemeld", "meldingen", "labels"]})
        page = bram.get(reverse("inbox"), {"tab": "alles"}).text
        assert "Loopt bij het OCMW · Overleie" in page
        assert signal.reference not in page
        assert 'class="row-facts"' not in page

    def test_cost_the_same_for_two_and_for_ten(self, bram: Client, report: Make) -> None:
        bram.post(reverse("inbox-choice"), {"kolom": ["nummer", "labels"]})

        def queries() -> int:
            with CaptureQueriesContext(connection) as made:
                bram.get(reverse("inbox"), {"tab": "team"})
            return len(made)

        for _ in range(2):
            report("Onveilige situatie")
        queries()
        few = queries()
        for _ in range(8):
            report("Onveilige situatie", place="Budastraat")
        assert queries() == few


class TestSearch:
    def test_longer_than_one_can_type_still_narrows(self, bram: Client, report: Make) -> None:
        report()
        assert "Overleiestraat" not in bram.get(f"/postvak/?tab=alles&q={'nietsisditwoord ' * 20}").text


class TestCounts:
    def test_stand_behind_each_choice(self, bram: Client, report: Make) -> None:
        report()
        report()
        report("Fietswrak")
        more = bram.get(reverse("inbox-counts"), {"tab": "alles"}).text
        assert "Sluikstort (2)" in more
        assert "telefoon (3)" in more
        assert "Stad Kortrijk (3)" in more
        narrowed = bram.get(reverse("inbox-counts"), {"tab": "alles", "onderwerp": "fietswrak"}).text
        assert "Sluikstort (2)" in narrowed  # as if its own filter were not there
        assert "telefoon (1)" in narrowed

    def test_of_areas_stand_behind_each_area(self, bram: Client, report: Make) -> None:
        report()
        areas = bram.get(reverse("inbox-counts"), {"tab": "alles", "deel": "gebied"}).text
        assert 'Overleie <span class="number">1</span>' in areas

    def test_leave_out_what_may_not_be_read(self, bram: Client, report: Make) -> None:
        query = {"tab": "alles"}
        before = bram.get(reverse("inbox-counts"), query).text
        report("Bezorgd om iemand")
        assert bram.get(reverse("inbox-counts"), query).text == before
        report("Schuldhulp of steun")
        after = bram.get(reverse("inbox-counts"), query).text
        assert "OCMW Kortrijk (1)" in after  # as its row in the list shows
        assert "Schuldhulp of steun (" not in after
        assert "telefoon (" not in after

    def test_of_what_ended_are_not_made(self, bram: Client) -> None:
        assert bram.get(reverse("inbox-counts"), {"tab": "alles", "status": "closed"}).status_code == 200


class TestNews:
    def ask(self, client: Client, since: dt.datetime, **query: str) -> tuple[int, str]:
        answer = client.get(reverse("inbox-news"), {"sinds": since.isoformat(), "tab": "team", **query})
        return answer.status_code, answer.text

    def test_says_how_many_came(self, bram: Client, report: Make) -> None:
        report("Onveilige situatie")
        since = timezone.now()
        assert self.ask(bram, since) == (204, "")
        for _ in range(3):
            report("Onveilige situatie")
        code, text = self.ask(bram, since)
        assert code == 200
        assert "3 nieuwe signalen, toon" in text
        assert self.ask(bram, since, gezegd="3") == (204, "")
        assert self.ask(bram, since, onderwerp="fietswrak") == (204, "")

    def test_is_silent_on_what_may_not_be_read(self, bram: Client, report: Make) -> None:
        since = timezone.now()
        report("Bezorgd om iemand")
        report("Schuldhulp of steun")
        assert self.ask(bram, since, tab="alles") == (204, "")

    @pytest.mark.parametrize("since", ["", "gisteren", "2026-01-01"])
    def test_needs_a_moment(self, bram: Client, since: str) -> None:
        assert bram.get(reverse("inbox-news"), {"sinds": since}).status_code == 204


class TestMap:
    def points(self, client: Client, **query: str) -> list[str]:
        rows = client.get(reverse("inbox-points"), {"tab": "alles", **query}).json()["points"]
        return sorted(reference for reference, _lon, _lat in rows)

    def test_has_the_open_matter_of_the_list(self, bram: Client, report: Make) -> None:
        signal, nowhere = report(), report(at=None)
        assert self.points(bram) == [signal.reference]
        assert nowhere.reference not in self.points(bram)

    def test_has_nothing_secret_and_leaves_no_look(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        report("Bezorgd om iemand")
        joke = sign_in(cast["verpleegkundige"])
        assert self.points(joke) == []
        assert ReadEntry.objects.count() == 0
        page = joke.get(reverse("inbox"), {"tab": "alles", "weergave": "kaart"}).text
        assert 'data-lon="' in page  # in the row itself, whose words are shown and on record
        assert ReadEntry.objects.count() == 1

    def test_as_a_filter_shows_what_lies_on_it(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        amber = sign_in(cast["agent"])
        here, there = report(at=OVERLEIE), report(at=MARKE)
        frame = f"{OVERLEIE[0] - 0.01},{OVERLEIE[1] - 0.01},{OVERLEIE[0] + 0.01},{OVERLEIE[1] + 0.01}"
        page = amber.get(reverse("inbox"), {"tab": "alles", "kader": frame}).text
        assert f'id="row-{here.reference}"' in page
        assert f'id="row-{there.reference}"' not in page
        for nonsense in ("x", "1,2,3", "9,9,1,1", "nan,nan,nan,nan"):
            assert there.reference in amber.get(reverse("inbox"), {"tab": "alles", "kader": nonsense}).text

    def test_as_a_filter_goes_along_to_another_tab_as_its_number_says(self, bram: Client, report: Make) -> None:
        """The number beside a tab counts within the frame, so the tab opens within it."""
        report("Onveilige situatie", at=OVERLEIE)
        seen = {"tab": "alles", "weergave": "kaart", "kader": "3,50,3.1,50.1"}
        page = bram.get(reverse("inbox"), seen).text
        tab = re.search(r'<a href="([^"]*tab=team[^"]*)"[^>]*>Mijn team<b>(\d+)</b>', page)
        assert tab is not None
        assert "kader=3%2C50%2C3.1%2C50.1" in tab[1]
        assert tab[2] == "0"

    def test_as_a_filter_tells_nothing_of_limited_rows(self, bram: Client, report: Make) -> None:
        report("Schuldhulp of steun", at=OVERLEIE)
        page = bram.get(reverse("inbox"), {"tab": "alles", "kader": "3,50,4,51"}).text
        assert "Loopt bij het OCMW" not in page


class TestTags:
    def test_have_one_spelling(self) -> None:
        assert normalised(" #Hotspot   Station, ") == "hotspot station"

    def test_are_found_and_shown_where_the_signal_may_be_read(
        self, bram: Client, cast: Cast, sign_in: SignIn, report: Make
    ) -> None:
        signal, other = report("Onveilige situatie"), report("Onveilige situatie")
        tag_signal(signal=signal, name="Hotspot", by=cast["coordinator"])
        page = bram.get(reverse("inbox"), {"label": "hotspot", "tab": "team"}).text
        assert f'id="row-{signal.reference}"' in page
        assert f'id="row-{other.reference}"' not in page
        bram.post(reverse("inbox-choice"), {"kolom": ["labels"]})
        assert "#hotspot" in bram.get(reverse("inbox"), {"tab": "team"}).text

    def test_on_what_is_secret_show_nowhere(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        sealed = report("Bezorgd om iemand", at=KOOIGEM)
        tag_signal(signal=sealed, name="kwibbelzucht", by=cast["verpleegkundige"])
        assert [tag.name for tag in Tag.objects.to_choose_from(access_of(cast["verpleegkundige"]))] == ["kwibbelzucht"]
        for who in ("buurtwerker", "coordinator.ocmw", "coordinator"):
            assert not Tag.objects.to_choose_from(access_of(cast[who])).exists()
            page = sign_in(cast[who]).get(reverse("inbox"), {"tab": "alles", "label": "kwibbelzucht"}).text
            assert sealed.reference not in page

    def test_belong_to_the_organisation_that_owns_the_matter(self, cast: Cast, report: Make) -> None:
        tag_signal(signal=report(), name="hotspot", by=cast["coordinator"])
        tag_signal(signal=report("Burenruzie"), name="hotspot", by=cast["coordinator.politie"])
        assert {str(tag.organisation.code) for tag in Tag.objects.all()} == {"stad", "politie"}

    def test_survive_that_the_signal_becomes_secret_for_its_keepers_alone(
        self, cast: Cast, bram: Client, report: Make
    ) -> None:
        signal = report()
        tag_signal(signal=signal, name="hotspot", by=cast["coordinator"])
        signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        assert Tag.objects.readable(access_of(cast["coordinator"])).exists()
        assert not Tag.objects.readable(access_of(cast["wijkinspecteur"])).exists()


def test_an_area_has_its_own_number(bram: Client, report: Make) -> None:
    report()
    page = bram.get(reverse("inbox"), {"tab": "alles", "gebied": str(area("Overleie").pk)}).text
    assert "Gebied: Overleie" in page
