"""The public form in a real browser, which keeps pages and fetches them anew as it likes."""

from playwright.sync_api import Browser, expect

from signals.models import Report
from teams.models import User


def test_back_over_both_steps_shows_what_was_sent(city: str, browser: Browser, people: dict[str, User]) -> None:
    words = "Drie zakken aan de brug, gemeld met de knop Terug."
    page = browser.new_context(base_url=city, locale="nl-BE").new_page()
    page.goto("/melden/")
    form = page.url
    page.get_by_label("Waarover gaat het?").select_option("Sluikstort")
    page.get_by_label("Waar is het?").fill("Overleiestraat 12")
    page.get_by_label("Wat is er aan de hand?").fill(words)
    page.get_by_role("button", name="Volgende").click()
    page.get_by_role("button", name="Verstuur mijn melding").click()
    page.wait_for_url("**/mijn-melding/**")
    page.evaluate("history.go(-2)")
    page.wait_for_url(form)
    expect(page.get_by_role("heading", level=1)).to_have_text("U hebt dit al gemeld")
    expect(page.locator("main")).to_contain_text(words)
    page.get_by_role("link", name="Bekijk hoe het ermee staat").click()
    page.wait_for_url("**/mijn-melding/**")
    assert Report.objects.filter(description=words).count() == 1
    page.context.close()
