"""The call: Amber of 1777 has finished before the citizen hangs up, and never touches the mouse.

The keys are those of `benchmarks/call.py`, which counts them and says how long they take.
"""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from areas.models import Address
from benchmarks.call import ANSWERED, JOINED, REGISTERED, Call, Step
from signals.models import Category, Report, Signal, StandardText, SubjectLesson
from signals.suggesting import suggestions as suggesting
from signals.suggesting.examples import Example
from signals.suggesting.lesson import learn
from signals.workflow import SignalStatus
from teams.models import Function, Membership, Organisation, Team, User
from tests.browser.visits import Console, violations
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

MOST_PRESSES = {ANSWERED: 3, REGISTERED: 9, JOINED: 9}  # beside what is typed; a chord of keys is one
MOST_DECISIONS = 7
PHRASES = {
    "waar kan ik met grofvuil naartoe": "sluikstort", "zakken huisvuil en een oude zetel gestort": "sluikstort",
    "de lamp brandt niet": "straatverlichting", "de haag groeit over het voetpad": "groenbeheer",
    "ik ben bezorgd om de buurvrouw": "bezorgd-om-iemand",
}  # fmt: skip


@pytest.fixture
def taught(transactional_db: None, cast: Cast) -> Iterator[None]:
    """What the program has learned of words, and what colleagues answer."""
    learned = learn([Example(words, subject, is_phrase=True) for words, subject in PHRASES.items()])
    assert learned is not None
    SubjectLesson.of(learned, texts=len(PHRASES), score=(3, 1, 2)).save()
    city, rubbish = Organisation.objects.get(code="stad"), Category.objects.get(code="sluikstort")
    for title, text in (
        ("Waar kan ik met grofvuil terecht?", "Op het recyclagepark, met uw identiteitskaart."),
        ("Haalt de stad grofvuil op?", "Ja, na afspraak op het nummer 1777."),
    ):
        StandardText.objects.create(organisation=city, category=rubbish, title=title, text=text)
    yield
    suggesting._kept = None


@pytest.fixture
def desk(taught: None, cast: Cast, sign_in: SignIn, page: Page, live_server: LiveServer) -> Page:
    """Amber at her screen."""
    session = sign_in(cast["agent"]).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/signalen/nieuw/")
    return page


def shown(page: Page, what: str) -> Locator:
    """What has to stand on the page before a key means something."""
    return {
        "suggestions": page.locator("[data-pick='1']"),
        "answers": page.locator("[data-use]"),
        "places": page.locator(".place-choices [role=option]").first,
        "surroundings": page.locator("[data-join]"),
    }[what]


def play(page: Page, call: Call) -> None:
    """Keys alone, as fast as they come; only what is read is waited for."""
    for step in call.steps:
        play_step(page, step)


def play_step(page: Page, step: Step) -> None:
    for what in step.waits:
        if what != "save":
            expect(shown(page, what)).to_be_visible()
    page.keyboard.type(step.text)
    for key in step.keys:
        page.keyboard.press(key)


def chosen(page: Page) -> str:
    return str(page.eval_on_selector("#id_category", "select => select.selectedOptions[0].textContent"))


def the_next_one_calls(page: Page) -> None:
    page.keyboard.press("n")
    expect(page.get_by_label("Wat is er aan de hand?")).to_be_focused()


def at_number(number: str) -> tuple[float, float]:
    door = Address.objects.get(street__name="Overleiestraat", number=number, box="")
    return door.longitude, door.latitude


def saved(page: Page, heading: str) -> Report:
    expect(page.locator("#heading")).to_contain_text(heading)
    expect(page.locator("#heading")).to_be_focused()
    return Report.objects.select_related("signal").latest("received_at")


def test_the_call(desk: Page, cast: Cast, report: Make, sign_in: SignIn) -> None:
    console = Console(desk)
    runs = it_runs_there_since_twelve_days(cast, report)
    worry = somebody_is_worried_at_the_same_door(report)

    a_question_is_answered_at_once(desk)
    a_report_is_joined_to_what_runs(desk, runs, worry)
    another_one_becomes_a_signal_of_its_own(desk)
    keeper = sign_in(who_keeps_such_worries(cast))
    the_worry_is_offered_to_who_keeps_it_and_to_nobody_else(sign_in(cast["agent"]), keeper, worry)
    a_reload_loses_nothing(desk)
    assert console.lines == []


@pytest.mark.parametrize("call", MOST_PRESSES, ids=lambda call: call.name)
def test_asks_few_keys_and_few_decisions(call: Call) -> None:
    assert call.presses <= MOST_PRESSES[call]
    assert call.decisions <= MOST_DECISIONS


# --- the steps, in order -------------------------------------------------------------------------------


def it_runs_there_since_twelve_days(cast: Cast, report: Make) -> Signal:
    signal = report(
        place="voor de bakker", at=at_number("22"), description="Zakken en een zetel.",
        received_at=timezone.now() - dt.timedelta(days=12),
    )  # fmt: skip
    Signal.objects.filter(pk=signal.pk).update(status=SignalStatus.IN_PROGRESS)
    return signal


def somebody_is_worried_at_the_same_door(report: Make) -> Signal:
    return report("Iemand vraagt hulp", place="Overleiestraat 20", at=at_number("20"), description="Mevrouw Merkwoord.")


def who_keeps_such_worries(cast: Cast) -> User:
    Membership.objects.create(
        user=cast["dienstencentrum"], team=Team.objects.get(code="sociaal-huis"), function=Function.SERVICE_DESK,
        starts="2026-01-01",
    )  # fmt: skip
    return cast["dienstencentrum"]


def a_question_is_answered_at_once(page: Page) -> None:
    for step in ANSWERED.steps[:1]:
        play_step(page, step)
    expect(shown(page, "suggestions")).to_contain_text("Sluikstort")
    assert chosen(page) == "Kies een onderwerp", "it suggests, Amber decides"
    for step in ANSWERED.steps[1:-1]:
        play_step(page, step)
    assert chosen(page) == "Sluikstort"
    answer = page.get_by_label("Direct beantwoord")
    expect(answer).to_be_focused()
    first = answer.input_value()
    page.keyboard.press("Control+b")  # no, the other one
    expect(answer).not_to_have_value(first)
    page.keyboard.press("Control+b")
    expect(answer).to_have_value(first)
    assert violations(page) == []
    play_step(page, ANSWERED.steps[-1])

    report = saved(page, "Beantwoord en geregistreerd")
    assert (report.answered_at_once, report.answer, report.signal.status) == (True, first, SignalStatus.CLOSED)
    the_next_one_calls(page)


def a_report_is_joined_to_what_runs(page: Page, runs: Signal, worry: Signal) -> None:
    for step in JOINED.steps[:-1]:
        play_step(page, step)
    assert page.locator("#id_place").input_value() == "Overleiestraat 20"
    near = page.locator("#surroundings .near")
    expect(near.locator("li")).to_have_count(1)
    expect(near).to_contain_text("12 dagen geleden")
    expect(near).to_contain_text("in behandeling")
    expect(near).to_contain_text("Zakken en een zetel.")
    assert worry.reference not in page.content(), "what is sealed is no duplicate of anything"
    assert "Merkwoord" not in page.content()
    assert violations(page) == []
    play_step(page, JOINED.steps[-1])

    report = saved(page, f"Toegevoegd aan {runs.reference}")
    assert (report.signal_id, report.reporter.name) == (runs.pk, "Rosa Vercruysse")
    runs.refresh_from_db()
    assert runs.report_count == 2
    the_next_one_calls(page)


def another_one_becomes_a_signal_of_its_own(page: Page) -> None:
    play(page, REGISTERED)
    report = saved(page, "Geregistreerd: S-")
    assert report.place == "Overleiestraat 20"
    assert report.reporter.email == "rosa.vercruysse@voorbeeld.example"
    assert (report.longitude, report.latitude) == at_number("20")
    the_next_one_calls(page)


def the_worry_is_offered_to_who_keeps_it_and_to_nobody_else(amber: Client, keeper: Client, worry: Signal) -> None:
    """At that very door, with no subject chosen yet: the same question, asked by both."""

    def near(client: Client) -> str:
        return client.post("/signalen/nieuw/omgeving/", {"place": "Overleiestraat 20"}).text

    assert "12 dagen geleden" in near(amber)
    assert worry.reference not in near(amber)
    assert "Merkwoord" not in near(amber)
    assert worry.reference in near(keeper)


def a_reload_loses_nothing(page: Page) -> None:
    for step in REGISTERED.steps[:4]:
        play_step(page, step)
    expect(page.locator("#draft")).to_contain_text("Als concept bewaard om")
    page.wait_for_function("() => !document.querySelector('.htmx-request')")
    with page.expect_response("**/concept/"):
        page.keyboard.type(" ")
    page.reload()
    expect(page.get_by_label("Wat is er aan de hand?")).to_have_value(REGISTERED.steps[0].text)
    assert page.locator("#id_place").input_value().strip() == REGISTERED.steps[3].text
    assert chosen(page) == "Sluikstort"
