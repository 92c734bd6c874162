"""The same morning with JavaScript off: every form is also a page."""

import re

from playwright.sync_api import expect

from signals.models import Note, Report, Signal, Task
from signals.workflow import SignalStatus, TaskStatus
from teams.models import User
from tests.browser.conftest import Enter, Raise


class TestCoordinator:
    def test_works_three_signals(self, enter: Enter, raise_signal: Raise, people: dict[str, User]) -> None:
        fence, bin_, loose = (raise_signal("Onveilige situatie", f"Papierstraat {number}") for number in (4, 8, 12))
        page = enter("coordinator", javascript=False)
        bar = page.locator("#signal .bar")

        # Searching, then one signal after the other on its own page; the way back leads to the same list.
        page.goto("/postvak/")
        page.get_by_role("searchbox").fill("papierstraat")
        page.keyboard.press("Enter")
        expect(page.locator(".rows .row")).to_have_count(3)
        page.get_by_role("link", name="Onveilige situatie · Papierstraat 4").click()
        bar.get_by_role("link", name="Taak aanbieden").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Een taak aanbieden")
        page.get_by_label("Team").select_option("Wijkwerking Noord")
        page.get_by_label("Wat vraag je?").fill("Toezicht na schooltijd")
        page.get_by_role("button", name="Taak aanbieden").click()
        expect(page.locator("#messages")).to_have_text("Taak aangeboden.")
        expect(page.locator(".tasks")).to_contain_text("Toezicht na schooltijd")

        page.goto("/postvak/?q=papierstraat")
        page.get_by_role("link", name="Onveilige situatie · Papierstraat 8").click()
        bar.get_by_role("link", name="Nota").click()
        page.get_by_role("button", name="Nota bewaren").click()
        expect(page.get_by_role("heading", name="Dit klopt nog niet")).to_be_visible()
        page.get_by_label("Nota").fill("De buur van nummer 9 heeft de sleutel.")
        page.get_by_role("button", name="Nota bewaren").click()
        expect(page.locator("#messages")).to_have_text("Nota bewaard.")

        page.goto("/postvak/?q=papierstraat")
        page.get_by_role("link", name="Onveilige situatie · Papierstraat 12").click()
        for words in ("Te vroeg", "Het hek is hersteld."):
            bar.get_by_role("link", name="Afronden").click()
            page.get_by_label("Hoe liep het af?").fill(words)
            page.get_by_role("button", name="Afronden").click()
            expect(page.locator("#messages")).to_have_text("Afgerond.")
            if words == "Te vroeg":
                page.get_by_role("button", name="Ongedaan maken").click()
                expect(page.locator("#messages")).to_contain_text("Ongedaan gemaakt")
        page.get_by_role("link", name="Terug naar het postvak").click()
        expect(page.get_by_role("heading", name="Postvak", level=1)).to_be_visible()

        task = Task.objects.get(signal=fence, title="Toezicht na schooltijd")
        assert (task.team.code, task.status) == ("wijkwerking-noord", TaskStatus.OFFERED)
        note = Note.objects.get(signal=bin_)
        assert (note.text, note.by) == ("De buur van nummer 9 heeft de sleutel.", people["coordinator"])
        loose.refresh_from_db()
        assert (loose.status, loose.outcome) == (SignalStatus.CLOSED, "Het hek is hersteld.")


class TestAgent:
    def test_takes_two_calls_about_one_matter(self, enter: Enter, people: dict[str, User]) -> None:
        page = enter("agent", javascript=False)
        heading = page.locator("#heading")

        page.goto("/signalen/nieuw/")
        page.get_by_label("Onderwerp").select_option("Fietswrak")
        page.get_by_label("Plaats", exact=False).first.fill("Damkaai")
        page.get_by_role("button", name="Zoek de plaats").click()
        expect(page.locator(".located")).to_contain_text("Damkaai")
        page.get_by_label("Wat is er aan de hand?").fill("Een fiets zonder wielen aan de brug.")
        page.get_by_role("button", name="Bewaren").click()
        expect(heading).to_have_text(re.compile(r"^Geregistreerd: S-"))
        first = Report.objects.select_related("signal").get(
            registered_by=people["agent"], description="Een fiets zonder wielen aan de brug.", place__contains="Damkaai"
        )

        page.get_by_role("link", name="Volgende melding").click()
        page.get_by_label("Onderwerp").select_option("Fietswrak")
        page.get_by_label("Plaats", exact=False).first.fill("Damkaai")
        page.get_by_role("button", name="Zoek de plaats").click()
        page.get_by_role("button", name="Voeg toe aan lopend signaal").first.click()
        expect(heading).to_have_text(f"Toegevoegd aan {first.signal.reference}")
        signal = Signal.objects.get(pk=first.signal_id)
        assert signal.report_count == signal.reports.count() == 2


class TestWarden:
    def test_finds_the_way_to_a_form_on_the_tablet(self, enter: Enter) -> None:
        """The tablet itself is all script; whoever has none registers on the page of the desks."""
        page = enter("gemeenschapswacht", javascript=False)
        page.goto("/veld/")
        expect(page.get_by_text("Bel 112 of 101")).to_be_visible()
        page.get_by_role("main").get_by_role("link", name="Nieuw signaal").click()
        expect(page).to_have_url(re.compile("/signalen/nieuw/$"))
