"""What a warden hears of what became of it, on the page that needs no tablet: once, alone, and nothing secret."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from signals.levels import Level
from signals.models import Feedback, Signal
from teams.models import User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]


@pytest.fixture
def warden(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["gemeenschapswacht"])


class TestFeedback:
    @pytest.fixture
    def solved(self, cast: Cast, report: Make) -> Signal:
        signal = report(by=cast["gemeenschapswacht"], channel="warden")
        signal.close(by=cast["coordinator"], outcome="Opgeruimd, met dank voor de foto.")
        return signal

    def test_tells_what_became_of_it(self, warden: Client, solved: Signal) -> None:
        page = warden.get(reverse("feedback")).text
        assert "Opgeruimd, met dank voor de foto." in page

    def test_is_new_once(self, warden: Client, solved: Signal) -> None:
        assert 'class="new"' in warden.get(reverse("feedback")).text
        assert 'class="new"' not in warden.get(reverse("feedback")).text
        assert Feedback.objects.get().read_at is not None

    def test_stays_new_for_a_program_that_asks_whether_the_page_is_there(self, warden: Client, solved: Signal) -> None:
        assert warden.head(reverse("feedback")).status_code == 200
        assert 'class="new"' in warden.get(reverse("feedback")).text

    def test_counts_for_this_person_alone(
        self, warden: Client, cast: Cast, sign_in: SignIn, report: Make, solved: Signal
    ) -> None:
        report(by=cast["gemeenschapswacht"], channel="warden")
        assert "Jouw 2 signalen: 1 opgelost." in warden.get(reverse("feedback")).text
        other = sign_in(cast["coordinator"]).get(reverse("feedback")).text
        assert "opgelost." not in other
        assert "Opgeruimd" not in other

    def test_never_tells_how_sealed_matter_ended(self, warden: Client, cast: Cast, report: Make) -> None:
        asked = report("Iemand vraagt hulp", by=cast["gemeenschapswacht"], channel="warden")
        asked.close(by=cast["verpleegkundige"], outcome="Opgenomen in het ziekenhuis.")
        page = warden.get(reverse("feedback")).text
        assert "Bezorgd aan de juiste dienst." in page
        assert "ziekenhuis" not in page
        assert "Jouw 1 signaal: 1 bezorgd aan de juiste dienst." in page

    def test_never_counts_how_matter_limited_to_another_organisation_ended(
        self, warden: Client, cast: Cast, report: Make, solved: Signal
    ) -> None:
        row = report("Burenruzie", by=cast["gemeenschapswacht"], channel="warden")
        assert row.level == Level.LIMITED
        said = "Jouw 2 signalen: 1 opgelost, 1 bezorgd aan de juiste dienst."
        assert said in warden.get(reverse("feedback")).text
        row.close(by=cast["coordinator.politie"], outcome="Bemiddeld.")
        assert said in warden.get(reverse("feedback")).text
        own = report("Zwerfvuil", by=cast["gemeenschapswacht"], channel="warden")
        own.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        said = "Jouw 3 signalen: 1 opgelost, 1 bezorgd aan de juiste dienst."
        assert said in warden.get(reverse("feedback")).text
