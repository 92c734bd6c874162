"""A room found and booked within a minute: by keyboard, by touch, and without JavaScript."""

import datetime as dt
import itertools

from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from reservations.models import Booking
from tests.browser.conftest import Enter

PRESSES_AT_MOST = 40
_days = itertools.count(500)


def a_quiet_day() -> dt.date:
    """Of each test one of its own, far from what the others book."""
    return timezone.localdate() + dt.timedelta(days=next(_days))


def found(page: Page) -> Booking:
    expect(page.locator("#messages")).to_contain_text("Gereserveerd. De zaal is van jou.")
    return Booking.objects.get(reference=page.url.rstrip("/").rpartition("/")[2])


class TestBooking:
    def test_by_keyboard_alone(self, enter: Enter, addresses: dict[str, str]) -> None:
        """From the free rooms on, with few presses: what for, then to the first room."""
        page, presses = enter("gebouwbeheerder"), 0
        page.goto(f"/zalen/reserveren/?dag={a_quiet_day()}&van=10:00&tot=12:00&personen=1")
        expect(page.get_by_label("Waarvoor?")).to_be_focused()
        page.keyboard.type("Overleg")
        presses += len("Overleg")
        first = page.locator("#free .option button").first
        while not first.evaluate("button => button === document.activeElement"):
            page.keyboard.press("Tab")
            presses += 1
            assert presses < PRESSES_AT_MOST
        page.keyboard.press("Enter")
        assert found(page).title == "Overleg"

    def test_by_touch(self, browser: Browser, enter: Enter, addresses: dict[str, str]) -> None:
        """From the start page: the rooms follow the hours, and one tap books."""
        page = enter("gebouwbeheerder")
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto("/zalen/")
        page.get_by_label("Dag").fill(a_quiet_day().isoformat())
        page.get_by_role("button", name="Toon vrije zalen").click()
        page.get_by_label("Waarvoor?").fill("Overleg")
        with page.expect_response(lambda response: response.request.method == "POST"):
            page.get_by_label("Van", exact=True).fill("09:30")
            page.get_by_label("Waarvoor?").focus()
        page.locator("#free .option button").first.click()
        assert timezone.localtime(found(page).starts).time() == dt.time(9, 30)

    def test_without_javascript(self, enter: Enter, addresses: dict[str, str]) -> None:
        """The last room is taken meanwhile; the same page offers another, and one press takes it."""
        page, day = enter("gebouwbeheerder", javascript=False), a_quiet_day()
        page.goto(f"/zalen/reserveren/?dag={day}&van=10:00&tot=12:00&personen=1")
        page.get_by_label("Waarvoor?").fill("Eerst")
        page.locator("#free .option button").first.click()
        first = found(page)
        page.goto(f"/zalen/reserveren/?zaal={first.room_id}&dag={day}&van=11:00&tot=12:00&personen=1")
        page.get_by_label("Waarvoor?").fill("Daarna")
        page.get_by_role("button", name="Reserveren").first.click()
        expect(page.locator("#refused")).to_contain_text("Eerst")
        page.locator("#refused .option button").first.click()
        second = found(page)
        assert (second.title, second.room != first.room) == ("Daarna", True)


def test_a_series_in_a_weeks_changes_from_a_date_on(enter: Enter, addresses: dict[str, str]) -> None:
    """Asked for in A weeks, looked at date by date, booked; then the last ones begin half an hour later."""
    page = enter("gebouwbeheerder")
    day = timezone.localdate() + dt.timedelta(days=60)
    page.goto(f"/zalen/reserveren/?dag={day}&van=10:00&tot=12:00&personen=1&herhaal=weekly&schoolweek=a&keren=3")
    page.get_by_label("Waarvoor?").fill("Repetitie")
    page.locator("#free .option button").first.click()
    rows = page.locator("table.dates tbody tr")
    expect(rows).to_have_count(3)
    expect(page.locator("main")).to_contain_text("in de A-weken")
    page.keyboard.press("Control+Enter")  # what its first button says: book what is ticked
    expect(page.locator("#messages")).to_be_visible()
    expect(rows).to_have_count(3)
    days = [row.locator("a").first.inner_text().partition(",")[0] for row in rows.all()]
    rows.nth(1).get_by_role("link", name="Wijzigen vanaf").click()
    page.get_by_label("Van", exact=True).fill("10:30")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.locator("#messages")).to_contain_text("2 data gewijzigd.")
    expect(rows).to_have_count(2)  # the series goes on as one of its own
    expect(rows.nth(0)).to_contain_text(f"{days[1]}, 10.30 tot 12.00 uur")
