"""From a signal to what came of it without a mouse, or with a finger: lifted, planned, done; the warden hears."""

import pytest
from playwright.sync_api import Browser, Page, expect

from signals.models import Channel
from teams.models import Action, Team, User
from tests.browser.conftest import Enter, Raise, session_of
from tests.browser.test_keyboard import press, tab_to
from tests.browser.visits import Console

TITLE = "Afval aan de schoolpoort"
RESULT = "De bakken staan dichter bij de poort."


def standing(by: User, title: str) -> Action:
    team = Team.objects.get(code="gebiedsteam-overleie-pius-x")
    return Action.objects.create(title=title, created_by=by, owner=by, team=team)


def walk_to(page: Page, name: str) -> None:
    """As `tab_to`, on a page with more to pass."""
    for _stretch in range(3):
        try:
            return tab_to(page, name)
        except AssertionError:
            continue
    raise AssertionError(f"Tab does not lead to “{name}”.")


class TestKeyboard:
    def test_leads_from_the_signal_to_who_raised_it(
        self, enter: Enter, raise_signal: Raise, people: dict[str, User]
    ) -> None:
        signal = raise_signal(
            "Sluikstort", "Beleidslaan 3", channel=Channel.WARDEN, registered_by=people["gemeenschapswacht"]
        )
        page = enter("gebiedswerker")
        console = Console(page)
        page.goto(f"/signalen/{signal.reference}/")
        press(page, ".")  # more
        walk_to(page, "Naar beleid tillen")
        press(page, "Enter")
        expect(page.get_by_role("heading", name="Van signaal naar beleid")).to_be_visible()

        # What does not belong to the choice is not in the way.
        tab_to(page, "op de open agenda")
        decision, kind = page.get_by_label("Er is een besluit nodig"), page.get_by_label("Soort lijn")
        expect(decision).to_be_visible()
        expect(kind).to_be_hidden()
        press(page, "ArrowDown")
        expect(decision).to_be_hidden()
        expect(kind).to_be_visible()
        tab_to(page, "Waarover het gaat")
        page.keyboard.type(TITLE)
        press(page, "Control+Enter")
        expect(page.get_by_text("staat in de inventaris van Gebiedsteam Overleie en Pius X")).to_be_visible()

        # On the board, where each move comes back to the card that was moved.
        made = Action.objects.get(title=TITLE)
        page.goto("/gebieden/acties/?vorm=bord")
        press(page, "/")
        page.keyboard.type(TITLE)
        press(page, "Enter")
        page.wait_for_url("**/acties/?*zoek=*")
        for step, column in (("Inplannen", "Gepland"), ("Starten", "Loopt")):
            walk_to(page, step)
            press(page, "Enter")
            expect(page.get_by_role("region", name=column).get_by_role("link", name=TITLE, exact=True)).to_be_visible()
            assert page.url.endswith(f"#{made.reference}")
            press(page, "Tab")
            expect(page.get_by_role("link", name=TITLE, exact=True)).to_be_focused()
        tab_to(page, "Zeg wat ervan kwam")
        press(page, "Enter")
        page.wait_for_url(f"**{made.get_absolute_url()}#uitkomst")
        tab_to(page, "Wat ervan kwam")
        page.keyboard.type(RESULT)
        tab_to(page, "Het is klaar")
        press(page, "Enter")
        expect(page.locator(".ds-alert").get_by_text(RESULT)).to_be_visible()
        assert console.take() == []

        # Who raised it hears, in full, for they may read it.
        warden = enter("gemeenschapswacht")
        warden.goto("/vandaag/terugkoppeling/")
        expect(warden.get_by_text(RESULT)).to_be_visible()


class TestWithoutJavaScript:
    def test_the_form_asks_what_belongs_to_the_choice(
        self, enter: Enter, raise_signal: Raise, people: dict[str, User]
    ) -> None:
        signal = raise_signal("Sluikstort", "Beleidslaan 5")
        standing(people["gebiedswerker"], "Bank aan het pleintje")
        page = enter("gebiedswerker", javascript=False)
        page.goto(f"/signalen/{signal.reference}/naar-beleid/")
        page.get_by_label("achter een actie die er staat").check()
        expect(page.get_by_label("Actie", exact=True)).to_be_visible()
        for label in ("Waarover het gaat", "Er is een besluit nodig", "Soort lijn"):
            expect(page.get_by_label(label)).to_be_hidden()
        page.get_by_label("op de open agenda").check()
        expect(page.get_by_label("Waarover het gaat")).to_be_visible()
        expect(page.get_by_label("Actie", exact=True)).to_be_hidden()


class TestFinger:
    @pytest.mark.usefixtures("transactional_db")
    def test_moves_a_card_on_a_tablet(
        self, browser: Browser, city: str, people: dict[str, User], raise_signal: Raise
    ) -> None:
        els = people["gebiedswerker"]
        made = standing(els, "Zebrapad opnieuw schilderen")
        context = browser.new_context(
            base_url=city, viewport={"width": 1024, "height": 768}, has_touch=True, locale="nl-BE"
        )
        try:
            cookie = {"name": "sessionid", "value": session_of(els), "url": city}
            context.add_cookies([cookie])  # type: ignore[list-item]
            page = context.new_page()
            page.goto("/gebieden/acties/?vorm=bord&zoek=Zebrapad")
            card = page.locator(f"[id='{made.reference}']")
            card.get_by_text("Andere stap").tap()
            box = card.get_by_role("button", name="Starten").bounding_box()
            assert box is not None
            assert box["height"] >= 24, "a finger finds it"
            card.get_by_role("button", name="Starten").tap()
            expect(
                page.get_by_role("region", name="Loopt").get_by_role("link", name=made.title, exact=True)
            ).to_be_visible()
        finally:
            context.close()
