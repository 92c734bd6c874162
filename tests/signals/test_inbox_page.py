"""The inbox as a page: what stands in it, what it costs, and what reading it leaves behind."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.audit.models import ReadEntry
from signals.models import Signal
from teams.models import User
from tests.cast import Cast, area

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def page(client: Client, **query: str | int) -> str:
    return client.get(reverse("inbox"), query).content.decode()


@pytest.fixture
def bram(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["coordinator"])


def queries(client: Client, **query: str | int) -> int:
    with CaptureQueriesContext(connection) as made:
        assert client.get(reverse("inbox"), query).status_code == 200
    return len(made)


class TestList:
    def test_shows_the_chosen_signal_beside_it(self, bram: Client, report: Make) -> None:
        first, second = report("Onveilige situatie"), report("Onveilige situatie", place="Budastraat")
        shown = page(bram, tab="team", signaal=second.reference)
        assert f'id="row-{first.reference}"' in shown
        assert f'data-reference="{second.reference}"' in shown

    def test_opens_the_first_when_none_is_chosen(self, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        assert f'data-reference="{signal.reference}"' in page(bram, tab="team")

    def test_opens_nothing_secret_unasked(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        joke = sign_in(cast["verpleegkundige"])
        assert "Geen signaal gekozen" in page(joke)
        assert f'data-reference="{signal.reference}"' in page(joke, signaal=signal.reference)

    def test_ignores_a_chosen_signal_that_is_not_for_these_eyes(self, bram: Client, report: Make) -> None:
        signal = report("Bezorgd om iemand", description="Mevrouw opent niet.")
        shown = page(bram, signaal=signal.reference)
        assert "Mevrouw" not in shown
        assert "Geen signaal gekozen" in shown

    def test_a_limited_row_holds_nothing_of_the_signal(self, bram: Client, report: Make) -> None:
        signal = report("Schuldhulp of steun", place="Gasstraat 12", description="Kan de huur niet betalen.")
        shown = page(bram, tab="alles")
        assert "Loopt bij het OCMW · Overleie" in shown
        for secret in (signal.reference, str(signal.pk), "Gasstraat", "huur", "Afspraak maken"):
            assert secret not in shown

    def test_holds_fifty_to_a_page(self, bram: Client, report: Make) -> None:
        for number in range(52):
            report("Onveilige situatie", place=f"Overleiestraat {number}")
        assert page(bram, tab="team").count('<li class="row') == 50
        assert page(bram, tab="team", page=2).count('<li class="row') == 2
        assert page(bram, tab="team", page="onzin").count('<li class="row') == 50


class TestFilters:
    def test_narrow_by_place_word_and_reference(self, bram: Client, report: Make) -> None:
        signal, other = report("Onveilige situatie", place="Budastraat"), report("Onveilige situatie")
        for words in ("buda", signal.reference.lower(), "BUDASTRAAT"):
            shown = page(bram, q=words)
            assert f'id="row-{signal.reference}"' in shown
            assert f'id="row-{other.reference}"' not in shown

    def test_narrow_by_area_subject_owner_and_status(self, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        here: dict[str, str | int] = {
            "tab": "team",
            "gebied": area("Overleie").pk,
            "onderwerp": "straten-en-pleinen",
            "organisatie": "stad",
        }
        assert f'id="row-{signal.reference}"' in page(bram, **here, status="in_progress")
        for other in (
            {"gebied": area("Pius X").pk},
            {"onderwerp": "wonen"},
            {"organisatie": "ocmw"},
            {"kanaal": "app"},
        ):
            assert f'id="row-{signal.reference}"' not in page(bram, **{**here, **other})

    def test_that_are_not_understood_narrow_nothing(self, bram: Client, report: Make) -> None:
        signal = report("Klacht over de dienstverlening")
        shown = page(bram, gebied="x", onderwerp="y", kanaal="z", status="?", organisatie="!", tab="onzin")
        assert f'id="row-{signal.reference}"' in shown

    def test_show_what_has_ended(self, cast: Cast, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        signal.close(by=cast["coordinator"], outcome="In orde.")
        assert f'id="row-{signal.reference}"' in page(bram, tab="alles", status="closed")

    def test_do_not_send_on_to_all_who_searched_there(self, bram: Client) -> None:
        words = {"q": "zeppelin"}
        assert "Zoek in alles" in bram.get(reverse("inbox"), {**words, "tab": "team"}).text
        assert "Zoek in alles" not in bram.get(reverse("inbox"), {**words, "tab": "alles"}).text

    def test_that_leave_nothing_say_so(self, bram: Client) -> None:
        assert "Niets te doen in Overleie. Mooi." in page(bram, gebied=area("Overleie").pk)
        assert "Niets te doen. Mooi." in page(bram)
        assert "Niets gevonden" in page(bram, q="xyz")


class TestRefresh:
    def test_brings_list_tabs_and_menu(self, bram: Client, report: Make) -> None:
        signal = report("Klacht over de dienstverlening")
        shown = bram.get(reverse("inbox-rows"), headers=HTMX).content.decode()
        assert f'id="row-{signal.reference}"' in shown
        assert 'id="tabs"' in shown
        assert 'id="menu-inbox"' in shown
        assert "<html" not in shown

    def test_brings_the_number_of_the_menu_to_a_signal_on_its_own_page(self, bram: Client, report: Make) -> None:
        signal = report("Klacht over de dienstverlening")
        here = reverse("signals:signal", args=[signal.reference])
        for address, brings in ((here, True), (reverse("inbox"), False)):
            headers = {**HTMX, "HX-Current-URL": f"http://testserver{address}"}
            note = {"text": "Gebeld.", "level": 1}
            shown = bram.post(reverse("signals:signal-notes", args=[signal.reference]), note, headers=headers).text
            assert ('id="menu-inbox"' in shown) is brings


class TestCost:
    def test_is_the_same_for_two_and_for_twenty(self, cast: Cast, bram: Client, report: Make) -> None:
        for _ in range(2):
            report("Onveilige situatie")
        queries(bram, tab="team")
        few = queries(bram, tab="team")
        for _ in range(18):
            report("Onveilige situatie", place="Budastraat")
            report("Schuldhulp of steun")
        assert queries(bram, tab="team") == few
        assert few <= 48


class TestReadLog:
    def test_holds_each_secret_row_that_was_shown(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        page(sign_in(cast["verpleegkundige"]), tab="team")
        [entry] = ReadEntry.objects.filter(object_id=signal.pk)
        assert (entry.reader_id, entry.surface) == (cast["verpleegkundige"].pk, "inbox")

    def test_holds_no_row_that_showed_no_words(self, bram: Client, report: Make) -> None:
        report("Schuldhulp of steun")
        report("Onveilige situatie")
        page(bram, tab="alles")
        assert not ReadEntry.objects.exists()


class TestGuard:
    def test_is_closed_for_who_reads_no_signals(self, cast: Cast, sign_in: SignIn) -> None:
        assert sign_in(cast["beheerder"]).get(reverse("inbox")).status_code == 403
        assert sign_in(cast["coordinator"]).get(reverse("inbox")).status_code == 200

    def test_shows_nothing_to_whose_membership_ended(self, cast: Cast, sign_in: SignIn) -> None:
        cast["coordinator"].memberships.update(ends=timezone.localdate() - dt.timedelta(days=1))
        assert sign_in(cast["coordinator"]).get(reverse("inbox")).status_code == 403
