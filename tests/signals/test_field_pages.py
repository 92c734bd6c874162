"""The other pages of the tablet: tasks of one's team, and what became of what one raised."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.audit.models import ReadEntry
from signals.levels import Level
from signals.models import Feedback, Signal
from teams.models import Team, User
from tests.cast import KOOIGEM, Cast

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
        page = warden.get(reverse("field-feedback")).text
        assert "Opgeruimd, met dank voor de foto." in page

    def test_is_new_once(self, warden: Client, solved: Signal) -> None:
        assert 'class="new"' in warden.get(reverse("field-feedback")).text
        assert 'class="new"' not in warden.get(reverse("field-feedback")).text
        assert Feedback.objects.get().read_at is not None

    def test_stays_new_for_a_program_that_asks_whether_the_page_is_there(self, warden: Client, solved: Signal) -> None:
        assert warden.head(reverse("field-feedback")).status_code == 200
        assert 'class="new"' in warden.get(reverse("field-feedback")).text

    def test_counts_for_this_person_alone(
        self, warden: Client, cast: Cast, sign_in: SignIn, report: Make, solved: Signal
    ) -> None:
        report(by=cast["gemeenschapswacht"], channel="warden")
        assert "Jouw 2 signalen: 1 opgelost." in warden.get(reverse("field-feedback")).text
        other = sign_in(cast["coordinator"]).get(reverse("field-feedback")).text
        assert "opgelost." not in other
        assert "Opgeruimd" not in other

    def test_never_tells_how_sealed_matter_ended(self, warden: Client, cast: Cast, report: Make) -> None:
        asked = report("Iemand vraagt hulp", by=cast["gemeenschapswacht"], channel="warden")
        asked.close(by=cast["verpleegkundige"], outcome="Opgenomen in het ziekenhuis.")
        page = warden.get(reverse("field-feedback")).text
        assert "Bezorgd aan de juiste dienst." in page
        assert "ziekenhuis" not in page
        assert "Jouw 1 signaal: 1 bezorgd aan de juiste dienst." in page

    def test_never_counts_how_matter_limited_to_another_organisation_ended(
        self, warden: Client, cast: Cast, report: Make, solved: Signal
    ) -> None:
        row = report("Burenruzie", by=cast["gemeenschapswacht"], channel="warden")
        assert row.level == Level.LIMITED
        said = "Jouw 2 signalen: 1 opgelost, 1 bezorgd aan de juiste dienst."
        assert said in warden.get(reverse("field-feedback")).text
        row.close(by=cast["coordinator.politie"], outcome="Bemiddeld.")
        assert said in warden.get(reverse("field-feedback")).text
        own = report("Zwerfvuil", by=cast["gemeenschapswacht"], channel="warden")
        own.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        said = "Jouw 3 signalen: 1 opgelost, 1 bezorgd aan de juiste dienst."
        assert said in warden.get(reverse("field-feedback")).text


class TestTasks:
    def test_of_my_team_can_be_done_here(self, warden: Client, cast: Cast, report: Make) -> None:
        task = report("Drugsmateriaal gevonden").offer(
            team=Team.objects.get(code="gemeenschapswachten"), title="Extra ronde", by=cast["coordinator"]
        )
        assert warden.head(reverse("field-tasks")).status_code == 200
        page = warden.get(reverse("field-tasks"))
        assert "Extra ronde" in page.text
        done = {"outcome": "Twee rondes gelopen.", "next": reverse("field-tasks")}
        answer = warden.post(reverse("signals:task-completion", args=[task.pk]), done)
        assert answer["Location"] == reverse("field-tasks")
        task.refresh_from_db()
        assert task.status == "done"

    def test_of_other_teams_are_not_here(self, warden: Client, report: Make) -> None:
        report("Straatverlichting")
        assert "Lamp herstellen" not in warden.get(reverse("field-tasks")).text

    def test_on_what_i_may_not_read_show_the_task_only(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        worry = report("Bezorgd om iemand", at=KOOIGEM, place="Dorpsplein 3")
        south = Team.objects.get(code="wijkwerking-zuid")
        share_for(worry, south, cast["verpleegkundige"])
        worry.offer(team=south, title="Samen aanbellen", by=cast["verpleegkundige"])
        page = sign_in(cast["wijkinspecteur.zuid"]).get(reverse("field-tasks")).text
        assert "Samen aanbellen" in page
        assert "Dorpsplein" not in page
        assert "Bezorgd om iemand" not in page
        assert ReadEntry.objects.filter(reference=worry.reference, surface="tablet").exists()

    def test_cost_the_same_number_of_queries_however_many(
        self, warden: Client, cast: Cast, report: Make, django_assert_max_num_queries: Callable[..., object]
    ) -> None:
        team = Team.objects.get(code="gemeenschapswachten")
        for number in range(12):
            report("Drugsmateriaal gevonden").offer(team=team, title=f"Ronde {number}", by=cast["coordinator"])
        with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
            assert warden.get(reverse("field-tasks")).text.count('class="job"') == 12


def share_for(signal: Signal, team: Team, by: User) -> None:
    signal.share(
        by=by, team=team, text="Graag rustig aanbellen.", legal_ground="toestemming", purpose="samen langsgaan",
        expires_at=timezone.now() + dt.timedelta(days=9),
    )  # fmt: skip
