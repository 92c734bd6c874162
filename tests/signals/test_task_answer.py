"""A team answers what it was offered."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from signals.models import Signal, SignalEvent, Task
from signals.workflow import TaskStatus
from teams.models import Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]


def at(name: str, task: Task) -> str:
    return reverse(f"signals:{name}", args=[task.pk])


def state(task: Task) -> str:
    return Task.objects.get(pk=task.pk).status


@pytest.fixture
def task(cast: Cast, report: Make) -> Task:
    """Offered by the city to the ward team of the north."""
    ward = Team.objects.get(code="wijkwerking-noord")
    return report("Onveilige situatie").offer(team=ward, title="Toezicht", by=cast["coordinator"])


@pytest.fixture
def lies(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["wijkinspecteur"])


class TestAcceptance:
    def test_accepts_and_records_who(self, cast: Cast, lies: Client, task: Task) -> None:
        assert lies.post(at("task-acceptance", task)).status_code == 302
        task.refresh_from_db()
        assert (task.status, task.accepted_by) == (TaskStatus.ACCEPTED, cast["wijkinspecteur"])
        assert SignalEvent.objects.filter(task=task, kind="accepted", by=cast["wijkinspecteur"]).exists()

    def test_returns_to_the_page_it_came_from(self, lies: Client, task: Task) -> None:
        assert lies.post(at("task-acceptance", task), {"next": "/vandaag/"})["Location"] == "/vandaag/"

    def test_of_another_organisation_is_403(self, cast: Cast, sign_in: SignIn, task: Task) -> None:
        assert sign_in(cast["coordinator"]).post(at("task-acceptance", task)).status_code == 403
        assert state(task) == TaskStatus.OFFERED

    def test_is_404_for_an_outsider(self, cast: Cast, sign_in: SignIn, task: Task) -> None:
        assert sign_in(cast["coordinator.rand"]).post(at("task-acceptance", task)).status_code == 404

    def test_may_be_given_by_the_coordinator_of_the_service(self, cast: Cast, sign_in: SignIn, task: Task) -> None:
        assert sign_in(cast["coordinator.politie"]).post(at("task-acceptance", task)).status_code == 302
        assert state(task) == TaskStatus.ACCEPTED

    def test_twice_is_a_sentence(self, lies: Client, task: Task) -> None:
        lies.post(at("task-acceptance", task))
        answer = lies.post(at("task-acceptance", task), headers={"HX-Request": "true"})
        assert answer.status_code == 422
        assert "Herlaad de pagina" in answer.content.decode()

    @pytest.mark.parametrize("name", ["task-acceptance", "task-return", "task-completion", "task-withdrawal"])
    def test_refuses_get(self, cast: Cast, sign_in: SignIn, task: Task, name: str) -> None:
        assert sign_in(cast["coordinator.politie"]).get(at(name, task)).status_code == 405


class TestReturn:
    def test_keeps_the_reason(self, lies: Client, task: Task) -> None:
        lies.post(at("task-return", task), {"reason": "Geen ploeg vrij."})
        task.refresh_from_db()
        assert (task.status, task.outcome) == (TaskStatus.RETURNED, "Geen ploeg vrij.")

    def test_refuses_without_a_reason(self, lies: Client, task: Task) -> None:
        answer = lies.post(at("task-return", task), {"reason": ""})
        assert answer.status_code == 422
        assert "Zeg in één zin waarom." in answer.content.decode()
        assert state(task) == TaskStatus.OFFERED

    def test_leads_away_when_the_signal_may_no_longer_be_read(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        team = Team.objects.get(code="fluvius-verlichting")
        given = report("Onveilige situatie").offer(team=team, title="Lamp nazien", by=cast["coordinator"])
        pieter = sign_in(cast["fluvius"])
        assert pieter.post(at("task-return", given), {"reason": "Niet van ons."})["Location"] == reverse("inbox")
        assert state(given) == TaskStatus.RETURNED


class TestCompletion:
    def test_says_what_was_done(self, lies: Client, task: Task) -> None:
        lies.post(at("task-acceptance", task))
        lies.post(at("task-completion", task), {"outcome": "Gepatrouilleerd, rustig."})
        task.refresh_from_db()
        assert (task.status, task.outcome) == (TaskStatus.DONE, "Gepatrouilleerd, rustig.")

    def test_refuses_before_it_is_accepted_and_keeps_the_words(self, lies: Client, task: Task) -> None:
        answer = lies.post(at("task-completion", task), {"outcome": "Gepatrouilleerd."})
        assert answer.status_code == 422
        assert "Gepatrouilleerd." in answer.content.decode()


class TestWithdrawal:
    def test_is_for_who_steers_the_signal(self, cast: Cast, sign_in: SignIn, lies: Client, task: Task) -> None:
        assert lies.post(at("task-withdrawal", task)).status_code == 403
        assert sign_in(cast["coordinator"]).post(at("task-withdrawal", task)).status_code == 302
        assert state(task) == TaskStatus.WITHDRAWN


class TestFormPage:
    def test_stands_on_a_page_of_its_own(self, lies: Client, task: Task) -> None:
        page = lies.get(at("task", task), {"doe": "return"}).content.decode()
        assert at("task-return", task) in page
        assert "hx-post" not in page

    def test_without_a_form_leads_to_where_the_task_stands(
        self, lies: Client, task: Task, cast: Cast, sign_in: SignIn, report: Make
    ) -> None:
        """That address a webhook gives: also of matter of which its team reads the task alone."""
        assert lies.get(f"/signalen/taken/{task.pk}/").headers["Location"] == f"/signalen/{task.signal.reference}/"
        worry = report("Bezorgd om iemand")
        worry.share(
            by=cast["verpleegkundige"], team=task.team, text="Graag mee langsgaan.", legal_ground="Noodtoestand",
            purpose="Nagaan", expires_at=timezone.now() + dt.timedelta(days=7),
        )  # fmt: skip
        alone = worry.offer(team=task.team, title="Langsgaan", by=cast["verpleegkundige"])
        assert lies.get(f"/signalen/taken/{alone.pk}/").headers["Location"] == f"/vandaag/#task-{alone.pk}"
        assert sign_in(cast["uitvoerder"]).get(f"/signalen/taken/{alone.pk}/").status_code == 404

    def test_is_404_for_what_cannot_be_done_now(self, lies: Client, task: Task) -> None:
        assert lies.get(at("task", task), {"doe": "completion"}).status_code == 404
