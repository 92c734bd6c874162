"""The desk without a mouse, in a real browser, with and without JavaScript."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from signals.models import Report, Signal
from tests.cast import Cast

type SignIn = Callable[..., Client]


@pytest.fixture
def desk(transactional_db: None, cast: Cast, sign_in: SignIn, page: Page, live_server: LiveServer) -> Page:
    page.context.add_cookies([session(sign_in(cast["agent"]), live_server)])  # type: ignore[list-item]
    page.goto("/signalen/nieuw/")
    return page


def session(client: Client, live_server: LiveServer) -> dict[str, str]:
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": live_server.url,
    }


def take_a_call(page: Page, words: str) -> None:
    expect(page.locator("#id_description")).to_be_focused()
    page.evaluate("() => new Promise(requestAnimationFrame)")  # it is on the screen: before that keys may be lost
    page.keyboard.type(words)
    page.keyboard.press("Tab")
    page.keyboard.type("Sluik")
    page.keyboard.press("Tab")
    page.keyboard.type("Overleiestraat 48")
    page.locator(".located").wait_for()


class TestByKeyboard:
    """Few and long: every test in a browser builds the city again."""

    def test_a_call_is_saved_and_the_next_one_joins_it_by_one_key(self, desk: Page) -> None:
        assert desk.evaluate("document.activeElement.id") == "id_description"
        take_a_call(desk, "Een zetel.")
        desk.keyboard.press("Control+Enter")
        desk.wait_for_url("**/nieuw/*-*/")
        assert desk.evaluate("document.activeElement.id") == "heading"
        assert "Geregistreerd: S-" in desk.inner_text("h1")
        desk.keyboard.press("n")
        desk.wait_for_url("**/nieuw/?channel=phone")
        take_a_call(desk, "")
        desk.locator("[data-join]").wait_for()
        desk.keyboard.press("Control+j")
        desk.wait_for_url("**/nieuw/*-*/")
        assert "Toegevoegd aan S-" in desk.inner_text("h1")
        assert Signal.objects.get().report_count == 2

    def test_a_refusal_keeps_the_words_and_enter_saves_instead_of_joining(
        self, desk: Page, report: Callable[..., Signal]
    ) -> None:
        report()
        desk.fill("#id_description", "Een zetel.")
        desk.keyboard.press("Control+Enter")
        desk.locator(".ds-error-summary").wait_for()
        assert desk.evaluate("document.activeElement.className") == "ds-error-summary"
        assert desk.input_value("#id_description") == "Een zetel."
        assert Report.objects.count() == 1
        desk.locator("#id_description").focus()
        take_a_call(desk, "")
        desk.locator("#id_place").focus()
        desk.keyboard.press("Enter")
        desk.wait_for_url("**/nieuw/*-*/")
        assert Signal.objects.count() == 2


class TestWithoutJavaScript:
    def test_a_call_is_saved(
        self, transactional_db: None, cast: Cast, sign_in: SignIn, browser: Browser, live_server: LiveServer
    ) -> None:
        context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
        context.add_cookies([session(sign_in(cast["agent"]), live_server)])  # type: ignore[list-item]
        page = context.new_page()
        page.goto("/signalen/nieuw/")
        page.select_option("#id_category", label="Sluikstort")
        page.fill("#id_place", "Overleiestraat 48")
        page.fill("#id_description", "Een zetel.")
        page.click("[name=look]")
        assert "Overleie" in page.inner_text("#surroundings")
        assert page.input_value("#id_description") == "Een zetel."
        page.click("[data-save]")
        assert "Geregistreerd: S-" in page.inner_text("h1")
        context.close()
