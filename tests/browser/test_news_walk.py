"""Without a mouse: a bulletin with a photo, a remark under it, and a line of the care grid."""

from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from kortrijk_gebied.files.pictures import encoded
from teams.models import Bulletin, GridEntry
from tests.browser.conftest import Enter
from tests.browser.test_keyboard import press, tab_to
from tests.browser.test_lifting_walk import walk_to
from tests.browser.visits import Console
from tests.teams.care import YEAR

TITLE = "Een bank bij de brug van Overleie"
OFFER = "Warme maaltijd op de middag, elke weekdag"


def choose(page: Page, name: str, steps: int = 1) -> None:
    """In a list that opens, by its arrows."""
    walk_to(page, name)
    for _step in range(steps):
        press(page, "ArrowDown")


class TestNews:
    def test_is_written_with_a_photo_and_remarked_upon(self, enter: Enter, tmp_path: Path) -> None:
        picture = tmp_path / "bank.jpg"
        picture.write_bytes(encoded(Image.new("RGB", (640, 480), "teal")).content)
        page = enter("gebiedswerker")
        console = Console(page)
        page.goto("/gebieden/berichten/nieuw/?gebied=overleie")
        tab_to(page, "Titel")
        page.keyboard.type(TITLE)
        tab_to(page, "Tekst")
        page.keyboard.type("Sinds maandag staat er een bank bij de brug.")
        if page.get_by_label("Team", exact=True).is_visible():
            walk_to(page, "Team")
            page.keyboard.type("Gebiedsteam Overleie")
        press(page, "Control+Enter")
        expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
        made = Bulletin.objects.get(title=TITLE)
        assert [area.name for area in made.areas.all()] == ["Overleie"]

        walk_to(page, "Foto’s")
        press(page, "Enter")
        page.wait_for_url("**/fotos/")
        walk_to(page, "Foto")
        with page.expect_file_chooser() as chooser:
            press(page, " ")
        chooser.value.set_files(picture)
        tab_to(page, "Wat er te zien is")
        page.keyboard.type("Een houten bank aan het water")
        press(page, "Enter")
        expect(page.get_by_text("De foto is toegevoegd.")).to_be_visible()

        page.goto(made.get_absolute_url())
        expect(page.get_by_alt_text("Een houten bank aan het water")).to_be_visible()
        walk_to(page, "Opmerking")
        page.keyboard.type("Mooi, we vertellen het verder.")
        press(page, "Control+Enter")
        expect(page.get_by_text("Mooi, we vertellen het verder.")).to_be_visible()
        assert console.take() == []


class TestGrid:
    def test_gets_a_line_where_one_stands(self, enter: Enter) -> None:
        page = enter("verpleegkundige")
        console = Console(page)
        page.goto(f"/gebieden/zorgraster/zorg-2/{YEAR}/")
        walk_to(page, "Lijn toevoegen")
        press(page, "Enter")
        expect(page.get_by_role("heading", name="Lijn toevoegen")).to_be_visible()
        choose(page, "Nood", 2)
        choose(page, "Doelgroep")
        walk_to(page, "In één zin")
        page.keyboard.type(OFFER)
        press(page, "Control+Enter")
        expect(page.locator("[data-error-summary]")).to_be_focused()  # refused, and what was typed is kept
        tab_to(page, "Bron")
        press(page, "Enter")  # the summary leads to the field
        expect(page.get_by_role("textbox", name="Bron")).to_be_focused()
        expect(page.get_by_label("In één zin")).to_have_value(OFFER)
        page.keyboard.type("Dienstencentrum Overleie")
        press(page, "Control+Enter")
        expect(page.get_by_role("link", name=OFFER).first).to_be_visible()
        assert GridEntry.objects.get(text=OFFER).source == "Dienstencentrum Overleie"
        assert console.take() == []
