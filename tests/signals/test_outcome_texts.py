"""A signal or task is ended with a standard text, filled in for it, or with a sentence of one's own."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from kortrijk_gebied.jobs.models import Message
from signals.models import Category, Signal, StandardText, Task
from teams.models import Organisation, Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]


@pytest.fixture
def text(cast: Cast) -> StandardText:
    return StandardText.objects.create(
        organisation=Organisation.objects.get(code="stad"), use="outcome", title="Nagekeken",
        category=Category.objects.get(code="onveilige-situatie"), text="Nagekeken in {plaats}.",
    )  # fmt: skip


def close(client: Client, signal: Signal, **data: str) -> int:
    return client.post(f"/signalen/{signal.reference}/afronding/", data).status_code


class TestStandardText:
    def test_is_offered_filled_in(self, cast: Cast, sign_in: SignIn, report: Make, text: StandardText) -> None:
        signal = report("Onveilige situatie")
        shown = sign_in(cast["coordinator"]).get(f"/signalen/{signal.reference}/?doe=closure").content.decode()
        assert 'data-text="Nagekeken in Overleiestraat."' in shown

    def test_alone_is_the_outcome(self, cast: Cast, sign_in: SignIn, report: Make, text: StandardText) -> None:
        signal = report("Onveilige situatie")
        assert close(sign_in(cast["coordinator"]), signal, standard=str(text.pk), outcome="") == 302
        signal.refresh_from_db()
        assert signal.outcome == "Nagekeken in Overleiestraat."

    def test_gives_way_to_what_was_typed(self, cast: Cast, sign_in: SignIn, report: Make, text: StandardText) -> None:
        signal = report("Onveilige situatie")
        close(sign_in(cast["coordinator"]), signal, standard=str(text.pk), outcome="Hersteld.")
        signal.refresh_from_db()
        assert signal.outcome == "Hersteld."

    def test_of_another_subject_is_not_offered(
        self, cast: Cast, sign_in: SignIn, report: Make, text: StandardText
    ) -> None:
        signal = report("Leegstand en verloedering")
        shown = sign_in(cast["coordinator"]).get(f"/signalen/{signal.reference}/?doe=closure").content.decode()
        assert "Nagekeken in" not in shown


class TestTask:
    """Who does the work has the texts of their own organisation, and sees the mail that their words become."""

    TEXT = "Opgeruimd door {dienst} in {plaats}."
    FILLED = "Opgeruimd door Team Net Kortrijk Noord in Overleiestraat."

    @pytest.fixture
    def text(self, cast: Cast) -> StandardText:
        return StandardText.objects.create(
            organisation=Organisation.objects.get(code="stad"), use="outcome", title="Opgeruimd", text=self.TEXT
        )

    @pytest.fixture
    def rubbish(self, report: Make, text: StandardText) -> Task:
        """Routine, with one who waits for an answer; it went straight to Team Net."""
        task: Task = report("Sluikstort", email="rosa@voorbeeld.example", wants_answer=True).tasks.get()
        return task

    def form(self, client: Client, task: Task) -> str:
        answer = client.get(f"/signalen/taken/{task.pk}/?doe=completion")
        assert answer.status_code == 200
        return answer.text

    def test_is_offered_the_text_filled_in_and_its_mail(self, cast: Cast, sign_in: SignIn, rubbish: Task) -> None:
        shown = self.form(sign_in(cast["uitvoerder"]), rubbish)
        assert f'data-text="{self.FILLED}"' in shown
        assert "De melder leest" in shown
        assert 'data-mirror="outcome"' in shown

    def test_ends_with_the_text_alone_and_that_is_mailed(
        self, cast: Cast, sign_in: SignIn, rubbish: Task, text: StandardText
    ) -> None:
        address = f"/signalen/taken/{rubbish.pk}/uitvoering/"
        assert sign_in(cast["uitvoerder"]).post(address, {"standard": str(text.pk)}).status_code in (302, 303)
        rubbish.refresh_from_db()
        assert rubbish.outcome == rubbish.signal.outcome == self.FILLED
        assert self.FILLED in Message.objects.get(key__startswith="closed:").body

    def test_previews_no_mail_as_long_as_something_else_runs(self, cast: Cast, sign_in: SignIn, rubbish: Task) -> None:
        rubbish.signal.offer(by=cast["coordinator"], team=Team.objects.get(code="groen"), title="Snoeien")
        shown = self.form(sign_in(cast["uitvoerder"]), rubbish)
        assert "De melder leest" not in shown
        assert self.FILLED in shown

    def test_of_matter_one_may_not_read_shows_nothing_of_it(
        self, cast: Cast, sign_in: SignIn, report: Make, text: StandardText
    ) -> None:
        """Team Net is asked to do something about a quarrel that is limited to the police."""
        quarrel = report("Burenruzie", email="rosa@voorbeeld.example", wants_answer=True)
        teams = {code: Team.objects.get(code=code) for code in ("team-net-noord", "wijkwerking-noord")}
        tasks = {
            code: quarrel.offer(by=cast["coordinator.politie"], team=team, title="Haag nakijken")
            for code, team in teams.items()
        }
        tasks["team-net-noord"].accept(by=cast["uitvoerder"])
        shown = self.form(sign_in(cast["uitvoerder"]), tasks["team-net-noord"])
        assert "Haag nakijken" in shown
        for word in ("Overleiestraat", "Opgeruimd", "Burenruzie", "De melder leest"):
            assert word not in shown
        StandardText.objects.filter(pk=text.pk).update(organisation=Organisation.objects.get(code="politie"))
        control = self.form(sign_in(cast["wijkinspecteur"]), tasks["wijkwerking-noord"])
        assert "Opgeruimd door Wijkwerking Noord in Overleiestraat." in control

    def test_costs_the_panel_the_same_number_of_queries_however_many_tasks(
        self, cast: Cast, sign_in: SignIn, rubbish: Task, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        hassan, page = sign_in(cast["uitvoerder"]), f"/signalen/{rubbish.signal.reference}/"
        hassan.get(page)
        with CaptureQueriesContext(connection) as one:
            hassan.get(page)
        for number in range(3):
            rubbish.signal.offer(by=cast["coordinator"], team=rubbish.team, title=f"Nog eens, {number}")
        with django_assert_num_queries(len(one)):
            assert hassan.get(page).text.count("-form") >= 4


class TestWarning:
    def test_comes_once_before_a_phone_number_is_mailed(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal, bram = report("Onveilige situatie"), sign_in(cast["coordinator"])
        assert close(bram, signal, outcome="Bel 0470 12 34 56.") == 422
        assert close(bram, signal, outcome="Bel 0470 12 34 56.", weighed="phone") == 302
