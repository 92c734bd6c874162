"""What the desk learns of running signals while it types: to join them, and never what it may not read."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from areas.models import Place
from kortrijk_gebied.audit.models import ReadEntry
from signals.models import Category, Report, Signal
from teams.models import Function, Membership, Team, User
from tests.cast import Cast
from tests.signals.test_intake_page import send, typed

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]


@pytest.fixture
def agent(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["agent"])


def around(client: Client, place: str = "Overleiestraat", subject: str = "Sluikstort") -> Any:
    data = {"place": place, "category": Category.objects.get(name=subject).pk}
    return client.post(reverse("signals:intake-surroundings"), data)


def here() -> tuple[float, float]:
    street = Place.objects.get(name="Overleiestraat")
    return street.longitude, street.latitude


class TestSurroundings:
    def test_name_the_area(self, agent: Client) -> None:
        assert "Overleie" in around(agent).text

    def test_show_what_runs_nearby(self, agent: Client, report: Make) -> None:
        signal = report(at=here())
        page = around(agent).text
        assert f'value="{signal.reference}"' in page
        assert "0 meter verder" in page

    def test_leave_out_other_subjects(self, agent: Client, report: Make) -> None:
        assert report("Straatverlichting", at=here()).reference not in around(agent).text

    def test_leave_out_what_is_sealed(self, agent: Client, cast: Cast, sign_in: SignIn, report: Make) -> None:
        worry = report("Bezorgd om iemand", at=here())
        assert worry.reference not in around(agent, subject="Bezorgd om iemand").text
        nurse = sign_in(cast["buurtwerker"])
        assert worry.reference not in around(nurse, subject="Bezorgd om iemand").text

    def test_show_the_sealed_to_its_own_team_and_log_it(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        help_asked = report("Iemand vraagt hulp", at=here())
        house = sign_in(_member_of_the_house(cast))
        assert help_asked.reference in around(house, subject="Iemand vraagt hulp").text
        assert ReadEntry.objects.filter(reference=help_asked.reference, surface="nearby").exists()

    def test_refuse_to_be_fetched(self, agent: Client) -> None:
        assert agent.get(reverse("signals:intake-surroundings")).status_code == 405


def _member_of_the_house(cast: Cast) -> User:
    person = cast["dienstencentrum"]
    Membership.objects.create(
        user=person, team=Team.objects.get(code="sociaal-huis"), function=Function.SERVICE_DESK, starts="2026-01-01"
    )
    return person


class TestJoining:
    def test_adds_the_report_to_the_running_signal(self, agent: Client, report: Make) -> None:
        signal = report(at=here())
        page = send(agent, join=signal.reference)
        assert f"Toegevoegd aan {signal.reference}" in page.text
        signal.refresh_from_db()
        assert signal.report_count == 2

    def test_needs_no_words_of_its_own(self, agent: Client, report: Make) -> None:
        signal = report(at=here())
        send(agent, join=signal.reference, description="")
        assert signal.reports.last().description == "Opnieuw gemeld."  # type: ignore[union-attr]

    def test_needs_no_subject_of_its_own(self, agent: Client, report: Make) -> None:
        signal = report(at=here())
        send(agent, join=signal.reference, category="")
        assert signal.reports.last().category == signal.category  # type: ignore[union-attr]

    def test_lifts_the_third_in_a_month(self, agent: Client, report: Make) -> None:
        signal = report(at=here())
        for _time in range(2):
            send(agent, join=signal.reference)
        signal.refresh_from_db()
        assert (signal.report_count, signal.surfaced_why) == (3, "repeated")

    def test_refuses_a_signal_that_one_may_not_read(self, agent: Client, report: Make) -> None:
        worry = report("Bezorgd om iemand", at=here())
        page = send(agent, subject="Bezorgd om iemand", join=worry.reference)
        assert page.status_code == 422
        assert worry.reports.count() == 1

    def test_refuses_a_closed_signal_and_offers_to_start_anew(self, agent: Client, cast: Cast, report: Make) -> None:
        signal = report(at=here())
        signal.close(by=cast["coordinator"], outcome="Opgeruimd.")
        page = send(agent, join=signal.reference)
        assert page.status_code == 422
        assert "loopt niet meer" in page.text
        agent.post(reverse("signals:intake"), {**typed(), "id": page.context["form"]["id"].value()})
        assert Signal.objects.count() == 2

    def test_never_lowers_the_secrecy_of_a_report(self, agent: Client, report: Make) -> None:
        signal = report(at=here())
        page = send(agent, subject="Bezorgd om iemand", join=signal.reference)
        assert "geheimer dan het lopende signaal" in page.text
        assert Report.objects.count() == 1


class TestSealed:
    def test_leaves_its_author_no_reference_and_no_link(self, agent: Client) -> None:
        page = send(agent, subject="Bezorgd om iemand", description="Mevrouw doet niet open.")
        signal = Signal.objects.get()
        assert "Bezorgd aan de juiste dienst." in page.text
        assert signal.reference not in page.text
        assert "Overleiestraat" not in page.text
        assert agent.get(f"/signalen/{signal.reference}/").status_code == 404
        assert signal.reference not in around(agent, subject="Bezorgd om iemand").text
