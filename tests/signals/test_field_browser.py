"""The tablet in a real browser: where it is, photos that add up, and a network that fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from signals.models import Attachment, Report
from tests.cast import OVERLEIE, Cast, area
from tests.signals.test_intake_page_keyboard import SignIn, session


@pytest.fixture
def tablet(
    transactional_db: None, cast: Cast, sign_in: SignIn, browser: Browser, live_server: LiveServer
) -> Iterator[Page]:
    longitude, latitude = OVERLEIE
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 1024, "height": 768}, locale="nl-BE",
        geolocation={"longitude": longitude, "latitude": latitude, "accuracy": 6}, permissions=["geolocation"],
    )  # fmt: skip
    context.add_cookies([session(sign_in(cast["gemeenschapswacht"]), live_server)])  # type: ignore[list-item]
    page = context.new_page()
    page.goto("/veld/")
    page.get_by_text("op 6 meter nauwkeurig").wait_for()
    yield page
    context.close()


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{colour}.jpg" for colour in ("red", "blue")]
    for path in paths:
        Image.new("RGB", (90, 60), path.stem).save(path)
    return paths


def choose(page: Page, tile: str) -> None:
    page.locator(".tiles li", has_text=tile).locator("input").check()


def take(page: Page, photos: list[Path]) -> None:
    """One at a time, as a camera gives them."""
    for photo in photos:
        page.set_input_files("#id_photos", photo)


class TestTablet:
    """Few and long: every test in a browser builds the city again."""

    def test_loses_nothing_by_a_refusal_or_a_failing_network(self, tablet: Page, photos: list[Path]) -> None:
        save = tablet.get_by_role("button", name="Bewaren")
        take(tablet, photos)
        tablet.fill("#id_description", "Tien zakken")
        assert "(2)" in tablet.inner_text("[data-photo-button]")
        save.click()
        tablet.get_by_text("Kies wat je ziet.").first.wait_for()
        choose(tablet, "Sluikstort")
        tablet.context.set_offline(True)
        save.click()
        tablet.locator("#messages").get_by_text("Geen verbinding.").wait_for()
        assert tablet.input_value("#id_description") == "Tien zakken"
        tablet.context.set_offline(False)
        save.click()
        tablet.wait_for_url("**/bewaard/**")
        assert tablet.evaluate("document.activeElement.id") == "heading"
        assert Report.objects.get().signal.area == area("Overleie")
        assert Attachment.objects.count() == 2

    def test_asks_two_things_only_of_who_needs_help(self, tablet: Page) -> None:
        small = tablet.evaluate(
            """() => [...document.querySelectorAll("main a, main button, main label.ds-button, main .tiles input")]
                .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 48).map((e) => e.outerHTML)"""
        )
        assert small == []
        choose(tablet, "Iemand vraagt hulp")
        assert tablet.locator("#id_consent").is_visible()
        assert not tablet.locator("#id_description").is_visible()
        assert not tablet.locator("[data-photo-button]").is_visible()
