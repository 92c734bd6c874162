"""The screens around a shift, as every page must be: accessible, Dutch, wide enough for a thumb, never too wide."""

from playwright.sync_api import Page

from tests.browser.visits import dress, english, phone_violations, too_wide, violations
from tests.cast import Cast
from tests.field.conftest import Device
from tests.field.device import begin, call, keep, kept, started_anew, with_worker

# What a thumb must hit: 48 pixels.
SMALL = """() => [...document.querySelectorAll("header a, main a, main button, main input")]
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 47.5 && !each.closest(".links"))
    .map((each) => each.outerHTML.slice(0, 90))"""


def wrong_with(page: Page) -> list[str]:
    dress(page, 1024, 768, "light")
    found = [*violations(page), *english(page), *page.evaluate(SMALL)]
    dress(page, 390, 844, "dark")
    found += [*phone_violations(page), *too_wide(page, 390, 320), *page.evaluate(SMALL)]
    dress(page, 1024, 768, "light")
    if not page.get_by_text("Spoed? Bel").is_visible():
        found.append("the emergency numbers are out of sight")
    return found


def test_of_a_shift_are_as_they_must_be(device: Device, cast: Cast) -> None:
    page = device()
    page.goto("/veld/")
    page.locator("#begin-pin").wait_for()
    page.fill("#begin-pin", "12")
    page.get_by_role("button", name="Dienst beginnen").click()
    page.get_by_text("Een pincode telt vier tot acht cijfers.").wait_for()
    assert wrong_with(page) == []
    with_worker(begin(page))
    page.context.set_offline(True)
    first = keep(page)
    keep(page, photos=[b"een foto"])
    call(page, "store", "markAttention", first, "Deze foto is geen foto die we kunnen lezen.")
    call(page, "outbox", "recount")
    page.click("#state")
    page.get_by_role("button", name="Dienst beëindigen").click()
    page.get_by_text("De dienst kan nog niet eindigen").wait_for()
    assert wrong_with(page) == []
    page.get_by_role("button", name="Vergrendelen").click()
    page.fill("#unlock-pin", "1")
    page.get_by_role("button", name="Ontgrendelen").click()
    page.get_by_text("Nog 4 pogingen").wait_for()
    assert wrong_with(page) == []
    shift = call(page, "store", "state", "shift")
    call(page, "store", "setState", "shift", {**shift, "started": "2026-11-20T08:00:00Z"})
    started_anew(page)
    page.get_by_role("button", name="Nee, ik ben iemand anders").click()
    assert wrong_with(page) == []
    page.get_by_role("button", name="Ja, ik ga verder").click()
    page.goto("/veld/#bewaard")
    page.locator("[data-notice=waits]").wait_for()
    assert wrong_with(page) == []
    assert len(kept(page)) == 2
