"""Two have the same form open: the second one reads what the first one changed, and goes on with one more press."""

import pytest
from playwright.sync_api import expect

from teams.models import Action, User
from tests.browser.conftest import Enter
from tests.browser.test_lifting_walk import standing
from tests.browser.visits import Console, dress, english, settled, too_wide, violations
from tests.browser.world import LONG


@pytest.mark.parametrize("javascript", [True, False])
def test_the_second_writer_reads_first(javascript: bool, enter: Enter, people: dict[str, User]) -> None:
    made = standing(people["gebiedswerker"], "Bloembakken in de Meensesteenweg")
    first, second = enter("coordinator"), enter("gebiedswerker", javascript=javascript)
    console = Console(second)
    for page in (first, second):
        page.goto(f"{made.get_absolute_url()}bewerken/")
    first.get_by_label("Wat en waarom").fill(f"Op vraag van de straat. {LONG}")
    first.get_by_label("Pius X").check()
    first.get_by_role("button", name="Bewaren").click()
    expect(first.get_by_role("heading", name=made.title)).to_be_visible()

    second.get_by_label("Titel").fill("Twaalf bloembakken")
    second.get_by_role("button", name="Bewaren").click()
    now = second.get_by_role("region", name="Zo staat het er nu")
    expect(now.get_by_text("Op vraag van de straat.")).to_be_visible()
    expect(now.get_by_text("Pius X")).to_be_visible()
    expect(second.get_by_label("Titel")).to_have_value("Twaalf bloembakken")
    expect(second.get_by_label("Pius X")).to_be_checked()
    if javascript:
        summary = second.locator("[data-error-summary]")
        expect(summary).to_be_focused()
        expect(summary).to_contain_text("Bram Vandeputte wijzigde dit op")
        dress(second, 320, 800, "dark")
        settled(second)
        assert [*violations(second), *english(second), *too_wide(second, 320, 390, 1024), *console.take()] == []
    second.get_by_role("button", name="Bewaren").click()
    expect(second.get_by_role("heading", name="Twaalf bloembakken")).to_be_visible()
    made.refresh_from_db()
    assert made.text.startswith("Op vraag van de straat.")
    assert set(Action.objects.get(pk=made.pk).areas.values_list("name", flat=True)) == {"Pius X"}
