"""The order of rules by hand: with the keyboard, by dragging, and with JavaScript off."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from signals.models import RoutingRule
from tests.browser.conftest import Enter
from tests.browser.visits import Console

RULES = "/signalen/regels/"


@pytest.fixture(autouse=True)
def same_order_after(transactional_db: None) -> Iterator[None]:
    """The city is shared: what is moved here is put back."""
    before = dict(RoutingRule.objects.values_list("pk", "priority"))
    yield
    for pk, priority in before.items():
        RoutingRule.objects.filter(pk=pk).update(priority=priority)


def order() -> list[str]:
    return list(RoutingRule.objects.in_order().values_list("name", flat=True))


def shown(page: Page) -> list[str]:
    return page.locator("#rules tbody th a").all_inner_texts()


def own(page: Page) -> list[str]:
    """The rules that the viewer may move, as they stand."""
    return page.locator("#rules tr[data-movable] th a").all_inner_texts()


def grip(page: Page, name: str) -> str:
    return f"#{page.get_by_role('link', name=name, exact=True).get_attribute('id')}".replace("open", "rule") + " .grip"


class TestKeyboard:
    def test_moves_the_rule_one_is_on_and_keeps_focus_there(self, enter: Enter) -> None:
        page = enter("coordinator")
        console = Console(page)
        page.goto(RULES)
        before, name = shown(page), "Sluikstort Noord"
        at = before.index(name)
        link = page.get_by_role("link", name=name, exact=True)
        link.focus()
        page.keyboard.press("Alt+ArrowDown")
        expect(page.locator("#status")).to_have_text(f"{name} staat nu op plaats {at + 2}.")
        assert shown(page)[at : at + 2] == [before[at + 1], name]
        expect(link).to_be_focused()
        page.keyboard.press("Alt+ArrowUp")
        expect(page.locator("#status")).to_have_text(f"{name} staat nu op plaats {at + 1}.")
        assert shown(page) == before == order()
        expect(link).to_be_focused()
        assert console.take() == []

    def test_does_the_same_with_the_buttons(self, enter: Enter) -> None:
        page = enter("coordinator")
        page.goto(RULES)
        name = own(page)[0]
        at = shown(page).index(name)
        button = page.get_by_role("button", name=f"{name} naar beneden")
        button.press("Enter")
        expect(page.locator("#status")).to_have_text(f"{name} staat nu op plaats {at + 2}.")
        expect(button).to_be_focused()
        assert order()[at + 1] == name

    def test_leaves_the_rules_of_another_organisation(self, enter: Enter) -> None:
        page = enter("coordinator.politie")
        page.goto(RULES)
        before = order()
        page.get_by_role("link", name="Sluikstort Noord", exact=True).focus()
        page.keyboard.press("Alt+ArrowDown")
        page.reload()
        assert order() == before
        expect(page.get_by_role("button", name="Sluikstort Noord naar beneden")).to_have_count(0)


class TestDragging:
    def test_puts_a_rule_where_it_is_dropped(self, enter: Enter) -> None:
        page = enter("coordinator")
        page.goto(RULES)
        before = shown(page)
        first, third = own(page)[0], own(page)[2]
        page.drag_and_drop(grip(page, first), grip(page, third))
        expect(page.locator("#status")).to_have_text(f"{first} staat nu op plaats {before.index(third) + 1}.")
        assert order().index(first) == before.index(third)
        highest = own(page)[0]
        place = shown(page).index(highest) + 1
        page.drag_and_drop(grip(page, first), grip(page, highest))
        expect(page.locator("#status")).to_have_text(f"{first} staat nu op plaats {place}.")


def test_without_javascript_the_buttons_move(enter: Enter) -> None:
    page = enter("coordinator", javascript=False)
    page.goto(RULES)
    name = own(page)[0]
    at = shown(page).index(name)
    page.get_by_role("button", name=f"{name} naar beneden").click()
    assert shown(page).index(name) == at + 1
    expect(page.locator(".grip")).to_have_count(0)


def test_a_rule_is_tried_before_it_is_kept(enter: Enter) -> None:
    page = enter("coordinator")
    page.goto(f"{RULES}nieuw/")
    page.get_by_label("Naam").fill("Proef met woorden")
    page.get_by_label("Onderwerp").select_option(label="Afval en netheid › Zwerfvuil")
    page.get_by_label("Woorden in de tekst").fill("zetel")
    page.get_by_label("Team").select_option(label="Groen")
    page.get_by_role("button", name="Proberen op de laatste 90 dagen").click()
    expect(page.get_by_role("heading", name="Op de laatste 90 dagen")).to_be_visible()
    expect(page.get_by_label("Woorden in de tekst")).to_have_value("zetel")
    assert not RoutingRule.objects.filter(name="Proef met woorden").exists()
