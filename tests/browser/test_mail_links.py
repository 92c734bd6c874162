"""The buttons behind a link in a mail, pressed in a real browser by somebody who is not signed in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from signals.handing import refer_outside
from signals.models import Handover, Signal, UnprovenAddress
from signals.models.status_links import status_url
from signals.offers import Invitation
from signals.outside import link_for
from signals.workflow import HandoverState, SignalStatus, TaskStatus
from teams.models import Team
from tests.cast import Cast

type Make = Callable[..., Signal]

pytestmark = pytest.mark.django_db(transaction=True)


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def test_somebody_on_the_street_accepts_a_task(page: Page, cast: Cast, report: Make) -> None:
    team = Team.objects.get(code="wijkwerking-noord")
    task = report("Onveilige situatie").offer(team=team, title="Kijken", by=cast["coordinator"])
    page.goto(path_of(Invitation(task, cast["wijkinspecteur"]).url))
    page.get_by_role("button", name="Aanvaarden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanvaard: de taak is van jullie.")
    task.refresh_from_db()
    assert task.status == TaskStatus.ACCEPTED


def test_a_reporter_says_how_content_they_are_and_that_it_is_not_over(page: Page, cast: Cast, report: Make) -> None:
    signal = report(name="An", email="an@voorbeeld.be")
    signal.close(by=cast["coordinator"], outcome="Opgehaald.")
    told = signal.reports.get()
    page.goto(path_of(status_url(told)))
    page.get_by_role("button", name="Tevreden", exact=True).click()
    expect(page.locator("main")).to_contain_text("antwoord nog wijzigen")
    page.get_by_role("button", name="niet opgelost").click()
    expect(page.locator("main")).to_contain_text("We bekijken uw melding opnieuw.")
    signal.refresh_from_db()
    assert signal.status != SignalStatus.CLOSED
    assert told.status_link.score


def test_a_reporter_proves_an_address(page: Page, report: Make) -> None:
    told = report().reports.get()
    address = UnprovenAddress.objects.create(report=told, email="an@voorbeeld.be")
    page.goto(f"/melden/bevestigen/{address.token}/")
    page.get_by_role("button", name="Ja").click()
    page.wait_for_url("**/mijn-melding/**")
    assert told.reporter.email == "an@voorbeeld.be"


def test_somebody_outside_takes_it_over(page: Page, cast: Cast, report: Make) -> None:
    asked = refer_outside(
        signal=report("Verstopt rioolputje"), by=cast["coordinator"], outside="Farys", text="Het deksel.",
        email="meldingen@farys.example",
    )  # fmt: skip
    page.goto(path_of(link_for(asked)))
    page.get_by_role("button", name="Wij hebben het, en doen dit").click()
    expect(page.locator("main")).to_contain_text("Dank u: u bevestigde dat u het hebt.")
    assert Handover.objects.get().state == HandoverState.CONFIRMED
