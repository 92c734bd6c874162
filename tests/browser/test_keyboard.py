"""A morning without a mouse: a coordinator works three signals, an agent takes two calls about one matter."""

import re

from playwright.sync_api import Page, expect

from signals.demo.accounts import PASSWORD
from signals.models import Note, Report, Signal, Task
from signals.workflow import SignalStatus, TaskStatus
from teams.models import User
from tests.browser.conftest import Enter, Raise
from tests.browser.visits import Console


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, name: str) -> None:
    """Tab on until what has focus is called like this."""
    for _step in range(40):
        press(page, "Tab")
        if page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).innerText").startswith(name):
            return
    raise AssertionError(f"Tab does not lead to “{name}”.")


class TestCoordinator:
    def test_works_three_signals(self, enter: Enter, raise_signal: Raise, people: dict[str, User]) -> None:
        # Found by words, the newest stands first.
        loose, bin_, noise = (raise_signal("Onveilige situatie", f"Toetsenbordlaan {number}") for number in (12, 8, 4))
        page = enter("")
        console = Console(page)
        said = page.locator("#status")
        heading = page.locator("#signal-heading")
        dialog = page.locator("dialog[open]")

        # Signing in, and by the menu to the inbox.
        page.goto("/postvak/")
        expect(page.get_by_label("E-mailadres")).to_be_focused()
        page.keyboard.type("coordinator@kortrijk.example")
        tab_to(page, "Wachtwoord")
        page.keyboard.type(PASSWORD)
        press(page, "Enter")
        expect(page.get_by_role("heading", name="Postvak", level=1)).to_be_visible()

        page.wait_for_load_state("load")

        # Searching: one key, and what was asked for stands in the address.
        press(page, "/")
        expect(page.locator("[data-search]")).to_be_focused()
        page.keyboard.type("toetsenbordlaan")
        press(page, "Enter")
        page.wait_for_url("**/postvak/?*q=toetsenbordlaan*")
        expect(heading).to_have_text("Onveilige situatie · Toetsenbordlaan 4")

        # Walking: the signal comes beside the list while focus stays in the list.
        press(page, "j", "j", "k")
        expect(heading).to_have_text("Onveilige situatie · Toetsenbordlaan 8")
        expect(page.locator(f"#open-{bin_.reference}")).to_be_focused()
        press(page, "k", "Enter")
        expect(heading).to_have_text("Onveilige situatie · Toetsenbordlaan 4")
        expect(heading).to_be_focused()

        # The keys are written down, and Escape leads back.
        press(page, "?")
        expect(dialog.get_by_role("heading", name="Toetsen")).to_be_visible()
        press(page, "Escape")
        expect(dialog).to_have_count(0)
        expect(heading).to_be_focused()

        # The first signal: the ward team is asked for supervision.
        press(page, "r")
        expect(dialog.get_by_label("Team")).to_be_focused()
        page.keyboard.type("Wijkwerking Noord")
        tab_to(page, "Wat vraag je?")
        press(page, "Control+a")
        page.keyboard.type("Toezicht na schooltijd")
        press(page, "Control+Enter")
        expect(said).to_have_text("Taak aangeboden.")
        expect(heading).to_be_focused()
        expect(page.get_by_text("Toezicht na schooltijd").first).to_be_visible()

        # The second: an empty note is refused, with the reason; then it is kept.
        press(page, "j")
        expect(heading).to_have_text("Onveilige situatie · Toetsenbordlaan 8")
        press(page, "n")
        expect(dialog.get_by_label("Nota")).to_be_focused()
        press(page, "Control+Enter")
        expect(dialog.locator("[data-error-summary]")).to_be_focused()
        expect(dialog).to_contain_text("Een lege nota zegt niets.")
        tab_to(page, "Nota")
        if page.evaluate("document.activeElement.tagName") == "A":
            press(page, "Enter")
        page.keyboard.type("De buur van nummer 9 heeft de sleutel.")
        tab_to(page, "Nota bewaren")
        press(page, "Enter")
        expect(said).to_have_text("Nota bewaard.")
        expect(dialog).to_have_count(0)
        expect(heading).to_be_focused()

        # The third: finished, taken back, finished for good. Its row goes, and the one beside it comes.
        press(page, "j")
        expect(heading).to_have_text("Onveilige situatie · Toetsenbordlaan 12")
        page.wait_for_function("!document.querySelector('.htmx-request, .htmx-swapping')")
        for words in ("Te vroeg", "Het hek is hersteld."):
            press(page, "d")
            expect(dialog.get_by_label("Hoe liep het af?")).to_be_focused()
            page.keyboard.type(words)
            press(page, "Control+Enter")
            expect(said).to_have_text("Afgerond.")
            expect(page.locator(f"#row-{loose.reference}")).to_have_count(0)
            expect(heading).to_have_text("Onveilige situatie · Toetsenbordlaan 8")
            expect(heading).to_be_focused()
            if words == "Te vroeg":
                press(page, "z")
                expect(said).to_have_text(re.compile("^Ongedaan gemaakt"))
                expect(page.locator(f"#row-{loose.reference}")).to_have_attribute("aria-current", "true")
                expect(heading).to_have_text("Onveilige situatie · Toetsenbordlaan 12")
                expect(heading).to_be_focused()
        press(page, "u")
        expect(heading).to_have_text("Onveilige situatie · Toetsenbordlaan 12")
        press(page, "j")
        expect(heading).to_have_text("Onveilige situatie · Toetsenbordlaan 8")
        assert console.lines == []

        # What the database holds of it.
        task = Task.objects.select_related("team__organisation").get(signal=noise, title="Toezicht na schooltijd")
        assert (task.team.code, task.team.organisation.code) == ("wijkwerking-noord", "politie")  # type: ignore[union-attr]
        assert (task.status, task.offered_by) == (TaskStatus.OFFERED, people["coordinator"])
        note = Note.objects.get(signal=bin_)
        assert (note.text, note.by) == ("De buur van nummer 9 heeft de sleutel.", people["coordinator"])
        loose.refresh_from_db()
        assert (loose.status, loose.outcome) == (SignalStatus.CLOSED, "Het hek is hersteld.")
        assert loose.closed_by == people["coordinator"]

    def test_sends_a_page_from_any_field(self, enter: Enter, raise_signal: Raise) -> None:
        signal = raise_signal("Onveilige situatie", "Toetsenbordlaan 2")
        page = enter("coordinator")
        page.goto(f"/signalen/{signal.reference}/verbetering/")
        page.get_by_label("Onderwerp", exact=True).select_option(label="Zwerfvuil")
        page.locator("#id_place").press("Control+Enter")
        expect(page.get_by_role("heading", name="Zwerfvuil · Toetsenbordlaan 2")).to_be_visible()


class TestAgent:
    def test_takes_two_calls_about_one_matter(self, enter: Enter, people: dict[str, User]) -> None:
        page = enter("agent")
        console = Console(page)
        heading = page.locator("#heading")

        page.goto("/signalen/nieuw/")
        expect(page.get_by_label("Wat is er aan de hand?")).to_be_focused()
        page.keyboard.type("Een fiets zonder wielen aan de brug.")
        tab_to(page, "Onderwerp")
        page.keyboard.type("Fietswrak")
        tab_to(page, "Plaats")
        page.keyboard.type("Budastraat")
        expect(page.locator("#surroundings .located")).to_contain_text("Budastraat")
        tab_to(page, "Naam")
        page.keyboard.type("Rosa Vercruysse")
        tab_to(page, "E-mailadres")
        page.keyboard.type("rosa@voorbeeld.example")
        press(page, "Control+Enter")
        expect(heading).to_have_text(re.compile("^Geregistreerd: S-"))
        expect(heading).to_be_focused()

        first = Report.objects.select_related("signal", "reporter").get(
            registered_by=people["agent"], place__contains="Budastraat"
        )
        assert first.description == "Een fiets zonder wielen aan de brug."
        assert first.reporter.name == "Rosa Vercruysse"

        # The next call is about the same bicycle: one key adds it.
        press(page, "n")
        expect(page.get_by_label("Wat is er aan de hand?")).to_be_focused()
        tab_to(page, "Onderwerp")
        page.keyboard.type("Fietswrak")
        tab_to(page, "Plaats")
        page.keyboard.type("Budastraat")
        expect(page.get_by_role("heading", name="loopt")).to_be_visible()
        press(page, "Control+j")
        expect(heading).to_have_text(f"Toegevoegd aan {first.signal.reference}")
        expect(heading).to_be_focused()
        assert console.lines == []

        signal = Signal.objects.get(pk=first.signal_id)
        assert signal.report_count == signal.reports.count() == 2

    def test_loses_nothing_of_a_long_story_told_in_one_breath(self, enter: Enter) -> None:
        page = enter("agent")
        page.clock.install()
        kept: list[str] = []
        page.on("request", lambda request: kept.append(request.url) if request.url.endswith("/concept/") else None)
        page.goto("/signalen/nieuw/")
        expect(page.get_by_label("Wat is er aan de hand?")).to_be_focused()
        for word in ("De put ", "in de straat ", "wordt ", "elke dag ", "dieper."):
            page.keyboard.type(word)
            page.clock.run_for(700)  # never long enough to take for the end
        assert len(kept) > 1
        expect(page.locator("#draft")).not_to_be_empty()
        page.reload()
        expect(page.get_by_label("Wat is er aan de hand?")).to_have_value(re.compile("^De put in de straat"))
