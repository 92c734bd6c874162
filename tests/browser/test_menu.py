"""The menu of a signal: by keyboard, and by thumb on a phone."""

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Enter, Raise

PHONE: ViewportSize = {"width": 390, "height": 844}


def menu(page: Page) -> None:
    expect(page.locator("details.drop.up .groups")).to_be_visible()


class TestKeyboard:
    def test_opens_it_walks_in_and_comes_back(self, enter: Enter, raise_signal: Raise) -> None:
        signal = raise_signal("Onveilige situatie", "Menulaan 2")
        page = enter("coordinator")
        page.goto(f"/signalen/{signal.reference}/")
        summary = page.locator("details.drop.up > summary")
        page.keyboard.press(".")
        menu(page)
        expect(summary).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Laten wachten…")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("details.drop.up .groups")).to_be_hidden()
        expect(summary).to_be_focused()

    def test_reaches_by_its_own_key_what_lies_in_it_closed(self, enter: Enter, raise_signal: Raise) -> None:
        signal = raise_signal("Onveilige situatie", "Menulaan 4")
        page = enter("coordinator")
        page.goto(f"/signalen/{signal.reference}/")
        page.keyboard.press("w")
        expect(page.locator("dialog[open]").get_by_role("heading", name="Dit signaal laten wachten")).to_be_visible()


class TestPhone:
    def test_holds_the_bar_in_one_row_and_the_whole_menu_on_the_screen(
        self, enter: Enter, raise_signal: Raise
    ) -> None:  # fmt: skip
        signal = raise_signal("Onveilige situatie", "Menulaan 6")
        page = enter("coordinator")
        page.set_viewport_size(PHONE)
        page.goto(f"/signalen/{signal.reference}/")
        tops = {
            round(box["y"])
            for box in (one.bounding_box() for one in page.locator(".bar .ds-button:visible").all())
            if box
        }
        assert len(tops) == 1, "one row"
        page.locator("details.drop.up > summary").click()
        menu(page)
        page.get_by_role("link", name="Delen…").click()
        expect(page.locator("dialog[open]").get_by_role("heading", name="Eén zin delen")).to_be_visible()

    def test_gives_each_choice_room_for_a_thumb(self, enter: Enter, raise_signal: Raise) -> None:
        signal = raise_signal("Onveilige situatie", "Menulaan 8")
        page = enter("coordinator")
        page.set_viewport_size(PHONE)
        page.goto(f"/signalen/{signal.reference}/")
        page.locator("details.drop.up > summary").click()
        for choice in page.locator(".groups .ds-button:visible").all():
            box = choice.bounding_box()
            assert box is not None
            assert box["height"] >= 44
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= PHONE["width"]
