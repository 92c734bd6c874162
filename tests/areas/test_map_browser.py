"""The map in a real Chromium, under our own content security policy."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cast import Cast
from tests.servers import wait_until


@pytest.fixture
def signed_in(live_server: LiveServer, page: Page, cast: Cast, areas: None, sign_in: Callable[..., Client]) -> Page:
    cookie = sign_in(cast["agent"]).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page


@pytest.fixture
def complaints(signed_in: Page) -> list[str]:
    heard: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        heard.append(message.text)

    signed_in.on("console", listen)
    signed_in.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def click_on_map(page: Page, name: str) -> None:
    """In the middle of a label, through it. While the map settles, labels are drawn anew."""
    label = page.locator(".map-label").get_by_text(name, exact=True)
    wait_until(lambda: label.count() and label.bounding_box(), what=f"{name} stands on the map")
    box: Any = label.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


class TestMap:
    def test_draws_17_areas_with_their_names(self, signed_in: Page, complaints: list[str]) -> None:
        signed_in.goto("/gebieden/")
        expect(signed_in.locator("path.area-shape")).to_have_count(17)
        expect(signed_in.locator(".map-label").get_by_text("Bellegem", exact=True)).to_be_visible()
        assert complaints == []

    def test_leads_to_the_area_that_is_clicked(self, signed_in: Page) -> None:
        signed_in.goto("/gebieden/")
        click_on_map(signed_in, "Bellegem")
        signed_in.wait_for_url("**/gebieden/bellegem/")
        signed_in.get_by_role("link", name="Profiel", exact=True).click()  # of the contents: it opens what is folded
        expect(signed_in.get_by_text("1.407 hectare")).to_be_visible()

    def test_answers_whom_to_call_where_it_is_clicked(self, signed_in: Page, complaints: list[str]) -> None:
        signed_in.goto("/gebieden/wie-bel-ik/")
        click_on_map(signed_in, "Marke")
        answer = signed_in.locator("#answer")
        expect(answer.get_by_role("link", name="Marke", exact=True).first).to_be_visible()
        expect(answer.get_by_role("heading", name="De plek op de kaart")).to_be_focused()
        assert "lon=3.2" in signed_in.url
        assert complaints == []

    def test_follows_what_is_typed(self, signed_in: Page) -> None:
        signed_in.goto("/gebieden/wie-bel-ik/")
        signed_in.get_by_label("Straat, plein of gebouw").fill("overleistraat")
        signed_in.keyboard.press("Enter")
        expect(signed_in.get_by_role("heading", name=re.compile("^Overleiestraat"))).to_be_visible()
        expect(signed_in.locator("path.spot-pin")).to_have_count(1)
        assert signed_in.url.endswith("/gebieden/wie-bel-ik/?q=overleistraat")
