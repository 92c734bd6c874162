"""What app.js does, and what axe says, in a real Chromium on pages that need no data."""

from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kortrijk_gebied import urls

AXE = Path(settings.BASE_DIR, "node_modules/axe-core/axe.min.js")

PAGE = """{% extends "base.html" %}{% block title %}Proef{% endblock %}{% block heading %}Proef{% endblock %}
{% block content %}
<button id="get" data-key="r" hx-get="/proef/stuk/200/" hx-target="#place">Haal</button>
<button id="refused" hx-get="/proef/stuk/403/" hx-target="#place">Weiger</button>
<button id="broken" hx-get="/proef/stuk/500/" hx-target="#place">Breek</button>
<button id="opener" data-dialog="sure">Open</button>
<form method="post" action="/proef/trage/">
<label>Zoek <input type="search" id="find"></label><button>Stuur</button></form>
<div id="place"><p>Oud</p></div>
{% endblock %}
{% block dialogs %}<dialog id="sure" aria-label="Zeker?"><button data-close>Nee</button></dialog>{% endblock %}"""

sent: list[str] = []


def trial(request: HttpRequest) -> HttpResponse:
    context = Context({"request": request, "csrf_token": "x", "messages": [], "menu_items": [], "contact": {}})
    return HttpResponse(Template(PAGE).render(context))


def piece(request: HttpRequest, code: int) -> HttpResponse:
    html = '<h2 tabindex="-1">Nieuw</h2><p>Fris</p>'
    return HttpResponse(html, status=code, headers={"HX-Trigger": '{"announce": "Bewaard \\u00e9n gemeld."}'})


def slow(request: HttpRequest) -> HttpResponse:
    sent.append(request.method or "")
    return HttpResponse(status=204)


slow.csrf_exempt = True  # type: ignore[attr-defined]
urlpatterns = [
    path("proef/", trial),
    path("proef/stuk/<int:code>/", piece),
    path("proef/trage/", slow),
    *urls.urlpatterns,
]
pytestmark = [pytest.mark.urls("tests.pages.test_browser"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def trial_page(page: Page, live_server: LiveServer) -> Page:
    page.goto("/proef/")
    page.evaluate("() => new Promise(requestAnimationFrame)")  # it is on the screen: before that keys may be lost
    return page


class TestSwap:
    def test_is_announced_and_keeps_focus_where_it_was(self, trial_page: Page) -> None:
        trial_page.focus("#get")
        trial_page.keyboard.press("Enter")
        expect(trial_page.locator("#status")).to_have_text("Bewaard én gemeld.")
        expect(trial_page.locator("#place")).to_contain_text("Fris")
        expect(trial_page.locator("#get")).to_be_focused()

    def test_moves_focus_to_the_new_heading_when_it_was_nowhere(self, trial_page: Page) -> None:
        trial_page.keyboard.press("r")
        expect(trial_page.locator("#place h2")).to_be_focused()

    @pytest.mark.parametrize(("button", "words"), [("refused", "Je mag dit lezen"), ("broken", "Er ging iets mis")])
    def test_leaves_the_page_alone_when_refused(self, trial_page: Page, button: str, words: str) -> None:
        trial_page.click(f"#{button}")
        expect(trial_page.locator("#messages")).to_contain_text(words)
        expect(trial_page.locator("#place")).to_have_text("Oud")

    def test_says_so_without_a_connection(self, trial_page: Page) -> None:
        trial_page.context.set_offline(True)
        trial_page.click("#get")
        expect(trial_page.locator("#messages")).to_contain_text("Geen verbinding")


class TestKeys:
    def test_click_their_button_unless_somebody_types(self, trial_page: Page) -> None:
        trial_page.keyboard.press("/")
        expect(trial_page.locator("#find")).to_be_focused()
        trial_page.keyboard.type("r?/")
        expect(trial_page.locator("#find")).to_have_value("r?/")
        expect(trial_page.locator("#place")).to_have_text("Oud")

    def test_can_be_switched_off_on_a_device(self, trial_page: Page) -> None:
        trial_page.keyboard.press("?")
        trial_page.get_by_label("Losse toetsen werken op dit toestel").uncheck()
        trial_page.keyboard.press("Escape")
        trial_page.reload()
        trial_page.keyboard.press("?")
        expect(trial_page.locator("#keys")).to_be_hidden()


class TestDialog:
    def test_opens_closes_and_gives_focus_back(self, trial_page: Page) -> None:
        trial_page.click("#opener")
        expect(trial_page.locator("#sure")).to_be_visible()
        trial_page.click("[data-close]")
        expect(trial_page.locator("#sure")).to_be_hidden()
        expect(trial_page.locator("#opener")).to_be_focused()


class TestForm:
    def test_is_sent_once_however_often_it_is_clicked(self, trial_page: Page) -> None:
        sent.clear()
        button = trial_page.get_by_role("button", name="Stuur")
        with trial_page.expect_response("**/proef/trage/"):
            button.evaluate("button => { button.click(); button.click(); button.click(); }")
        trial_page.goto("/privacy/")
        assert sent == ["POST"]


class TestPublicPages:
    @pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (320, "dark")])
    def test_that_are_not_there_are_accessible_and_fit(self, page: Page, width: int, scheme: str) -> None:
        """Those that are there: tests/browser/test_pages.py."""
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.goto("/nergens/")
        page.evaluate(AXE.read_text())
        assert [rule["id"] for rule in page.evaluate("axe.run()")["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def test_sign_in_works_without_javascript(self, browser_without_js: Page, live_server: LiveServer) -> None:
        browser_without_js.goto(f"{live_server.url}/account/login/")
        browser_without_js.get_by_label("E-mailadres").fill("niemand@kortrijk.example")
        browser_without_js.get_by_label("Wachtwoord", exact=True).fill("fout")
        browser_without_js.get_by_role("button", name="Aanmelden").click()
        expect(browser_without_js.get_by_role("heading", name="Dit klopt nog niet")).to_be_visible()
