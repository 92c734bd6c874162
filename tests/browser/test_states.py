"""Pages after something: a refusal, an open dialog, the way back, colours that somebody imposes."""

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Enter
from tests.browser.visits import Console, english, settled, violations
from tests.browser.world import LONG

# Who sends which form without anything in it. {name} is an address of `world`.
REFUSED = [
    ("", "/account/login/", "main form"),
    ("", "/account/password/reset/", "main form"),
    ("agent", "/signalen/nieuw/", "#intake"),
    ("agent", "/account/password/change/", "main form"),
    ("coordinator", "/signalen/tablets/", "main form"),
    ("coordinator", "/signalen/regels/nieuw/", "main form"),
    ("coordinator", "/signalen/import/", "main form"),
    ("coordinator", "{signal}?doe=offer", "#offer-form"),
    ("wijkinspecteur", "{task}?doe=return", "main form"),
    ("verpleegkundige", "{sealed}?doe=share", "#share-form"),
    ("beheerder", "/teams/mensen/nieuw/", "main form"),
    ("beheerder", "{person-edit}", "main form"),
    ("beheerder", "{membership-add}", "main form"),
]
SEND_EMPTY = """form => {
  const typed = "input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select";
  for (const field of form.querySelectorAll(typed)) field.value = "";
  form.noValidate = true;
  form.requestSubmit();
}"""


@pytest.mark.parametrize(("who", "path", "form"), REFUSED)
def test_a_refused_form_says_why_where_one_looks(
    who: str, path: str, form: str, enter: Enter, addresses: dict[str, str]
) -> None:
    page = enter(who)
    console = Console(page)
    page.goto(path.format(**addresses))
    page.locator(form).last.evaluate(SEND_EMPTY)
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert [*violations(page), *english(page), *console.take()] == []


def test_a_refused_form_below_the_tabs_keeps_its_errors_in_sight(enter: Enter) -> None:
    page = enter("gebiedswerker")
    page.set_viewport_size({"width": 390, "height": 320})
    page.goto("/gebieden/briefing/")
    note = page.locator("main form", has=page.locator("textarea[name=text]"))
    note.locator("textarea").fill("Bel 0470 12 34 56")
    note.locator("button[type=submit]").click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    expect(page.locator(".views [aria-current]")).not_to_be_in_viewport()


class TestDialogs:
    def test_of_a_signal_are_accessible_and_give_focus_back(self, enter: Enter, addresses: dict[str, str]) -> None:
        page = enter("coordinator")
        console = Console(page)
        page.goto(addresses["signal"])
        found: list[str] = []
        openers = page.locator("#signal .bar > [data-dialog]")
        assert openers.count() == 4
        for opener in openers.all():
            opener.click()
            found += violations(page)
            page.keyboard.press("Escape")
            expect(opener).to_be_focused()
        assert found + console.take() == []

    def test_keep_what_was_typed_when_they_refuse(self, enter: Enter, addresses: dict[str, str]) -> None:
        page = enter("coordinator")
        page.goto(addresses["signal"])
        page.keyboard.press("r")
        dialog = page.locator("dialog[open]")
        dialog.get_by_label("Wat vraag je?").fill("Een hek plaatsen")
        dialog.get_by_role("button", name="Taak aanbieden").click()
        expect(dialog.locator("[data-error-summary]")).to_be_focused()
        expect(dialog.get_by_label("Wat vraag je?")).to_have_value("Een hek plaatsen")
        assert violations(page) == []

    def test_with_the_keys_opens_on_every_page(self, enter: Enter) -> None:
        page = enter("coordinator")
        for path in ("/postvak/", "/vandaag/", "/signalen/regels/"):
            page.goto(path)
            page.keyboard.press("?")
            expect(page.locator("#keys")).to_be_visible()
            assert violations(page) == []


def row(page: Page, number: int) -> str:
    return str(page.locator(".rows .row").nth(number).get_attribute("data-key-of"))


class TestWayBack:
    LIST = f"/postvak/?tab=alles&q={LONG[:20]}"

    def test_on_a_desk_leads_to_the_same_signal_in_the_same_list(self, enter: Enter, addresses: dict[str, str]) -> None:
        page = enter("coordinator")
        page.goto(self.LIST)
        wanted = row(page, 40)
        page.locator(f"#open-{wanted}").click()
        expect(page.locator("#signal-heading")).to_be_focused()
        expect(page.locator("#signal")).to_have_attribute("data-reference", wanted)
        page.locator("#signal .why a").first.click()
        page.wait_for_url("**/signalen/regels/**")
        page.go_back()
        expect(page.locator(f"#row-{wanted}")).to_have_attribute("aria-current", "true")
        expect(page.locator(f"#row-{wanted}")).to_be_in_viewport()
        assert "tab=alles" in page.url
        assert f"q={LONG[:20]}" in page.url

    def test_on_a_phone_leads_to_the_same_place(self, enter: Enter, addresses: dict[str, str]) -> None:
        page = enter("coordinator")
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(self.LIST)
        wanted = row(page, 40)
        page.locator(f"#open-{wanted}").click()
        page.wait_for_url(f"**/signalen/{wanted}/")
        page.go_back()
        settled(page)
        expect(page.locator(f"#row-{wanted}")).to_be_in_viewport()
        page.locator(f"#open-{wanted}").click()
        page.get_by_role("link", name="Terug naar het postvak").click()
        expect(page.locator(f"#row-{wanted}")).to_be_in_viewport()
        assert "tab=alles" in page.url


class TestImposedColours:
    def test_leave_the_current_row_and_entrance_visible(self, enter: Enter, addresses: dict[str, str]) -> None:
        page = enter("coordinator")
        page.emulate_media(forced_colors="active")
        page.goto("/postvak/?tab=alles")
        border = "element => getComputedStyle(element).borderInlineStartStyle + getComputedStyle(element).outlineStyle"
        for marked in (".rail a.item[aria-current=page]", ".views a[aria-current=true]"):
            assert "solid" in page.locator(marked).evaluate(border), marked
        assert violations(page) == []

    def test_without_motion_nothing_moves(self, enter: Enter) -> None:
        page = enter("coordinator")  # who asked for little motion, as all browsers here do
        page.goto("/postvak/")
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_visible()
        assert page.evaluate("document.getAnimations().length") == 0


class TestPaper:
    def test_for_the_door_is_one_sheet_that_can_be_read_from_afar(
        self, enter: Enter, addresses: dict[str, str]
    ) -> None:
        page = enter("gebouwbeheerder")
        page.goto(addresses["house-door"])
        page.emulate_media(media="print")
        expect(page.locator(".door .noprint")).to_be_hidden()
        expect(page.locator(".door table")).to_be_visible()
        assert page.locator(".door table").evaluate("element => parseFloat(getComputedStyle(element).fontSize)") >= 18
        sheets = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
        assert len(sheets) == 1
        assert "maandag" in sheets[0].extract_text().lower()
