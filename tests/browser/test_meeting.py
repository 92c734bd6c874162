"""A meeting run without a mouse, from the first point to the minutes; and from a phone on the table."""

from playwright.sync_api import Page, expect

from kortrijk_gebied.jobs.models import Message
from teams.models import Action, AgendaPoint, Meeting, User
from tests.browser.conftest import Enter
from tests.browser.visits import Console
from tests.teams.meetings import held_today, raised

PRESSES_AT_MOST = 60
THUMB = 40  # pixels: what a finger hits

CALLED = """() => { const at = document.activeElement;
    return at.getAttribute('aria-label') ?? (at.labels?.[0] ?? at).innerText ?? '' }"""


def tab_to(page: Page, name: str) -> None:
    """Tab on until what has focus is called like this, as a screen reader says it."""
    for _step in range(PRESSES_AT_MOST):
        page.keyboard.press("Tab")
        if page.evaluate(CALLED).strip().startswith(name):
            return
    raise AssertionError(f"Tab does not lead to “{name}”.")


def on_the_table(people: dict[str, User], title: str) -> tuple[Meeting, AgendaPoint]:
    """A meeting that has begun, and something that waits on the open agenda."""
    return held_today(people["gebiedswerker"]), raised(people["buurtwerker"], title, needs_decision=True)


class TestKeyboard:
    def test_runs_a_meeting_from_the_first_point_to_the_minutes(
        self, enter: Enter, addresses: dict[str, str], people: dict[str, User]
    ) -> None:
        meeting, lamp = on_the_table(people, "Lamp stuk aan de toetsenbordbrug")
        page = enter("gebiedswerker")
        console = Console(page)
        page.goto(f"/gebieden/overleg/{meeting.pk}/")

        # Lifting what waits, and raising something new.
        tab_to(page, f"{lamp.title} op deze agenda")
        page.keyboard.press("Enter")
        expect(page.get_by_role("region", name="Agenda")).to_contain_text(lamp.title)
        tab_to(page, "Waarover het gaat")
        page.keyboard.type("Zwerfvuil aan de halte")
        tab_to(page, "Er is een besl")
        page.keyboard.press("Space")
        tab_to(page, "Zet het op de agenda")
        page.keyboard.press("Enter")
        expect(page.locator("#messages")).to_contain_text("Het staat op de agenda")

        # The first point: what was decided, and who does what by when.
        tab_to(page, "Begin met het eerste punt")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(lamp.title)
        tab_to(page, "Wat er beslist is")
        page.keyboard.type("De lamp wordt vervangen.")
        tab_to(page, "Wat")
        page.keyboard.type("Lamp bestellen")
        tab_to(page, "Wie")
        page.keyboard.type(people["buurtwerker"].name)
        tab_to(page, "Tegen wanneer")
        page.keyboard.type(f"0101{meeting.day.year + 1}")  # the first of January, whichever comes first
        page.keyboard.press("Enter")

        # The next one comes by itself; it needs nothing but to be heard.
        expect(page.get_by_role("heading", level=1)).to_have_text("Zwerfvuil aan de halte")
        tab_to(page, "beslist")
        page.keyboard.press("ArrowDown")
        expect(page.get_by_label("ter kennisname")).to_be_checked()
        tab_to(page, "Bewaren")
        page.keyboard.press("Enter")

        # After the last the meeting itself, to be closed.
        expect(page.get_by_role("heading", level=1)).to_contain_text(meeting.team.name)
        tab_to(page, "Lees het verslag na en verstuur het")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Verslag")
        tab_to(page, "Verstuur het verslag")
        page.keyboard.press("Enter")
        expect(page.locator("#messages")).to_contain_text("Het verslag gaat naar iedereen in het team")

        meeting.refresh_from_db()
        lamp.refresh_from_db()
        assert (meeting.state, lamp.state, lamp.decision) == ("held", "decided", "De lamp wordt vervangen.")
        promised = Action.objects.get(point=lamp)
        assert (promised.title, promised.owner) == ("Lamp bestellen", people["buurtwerker"])
        assert Message.objects.filter(key__startswith=f"meeting-minutes:{meeting.pk}").exists()

        # What was written wrongly is set right.
        tab_to(page, lamp.title)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(lamp.title)
        tab_to(page, "Verbeteren")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Verbeteren: {lamp.title}")
        tab_to(page, "Wat er beslist is")
        page.keyboard.press("Control+a")
        page.keyboard.type("De lamp wordt hersteld.")
        tab_to(page, "Waarom verbeter je dit?")
        page.keyboard.type("Vervangen hoeft niet.")
        page.keyboard.press("Enter")
        expect(page.locator("#messages")).to_contain_text("Verbeterd.")
        expect(page.get_by_text("De lamp wordt vervangen.")).to_be_visible()
        lamp.refresh_from_db()
        assert lamp.decision == "De lamp wordt hersteld."
        assert console.take() == []

    def test_goes_on_from_the_point_that_moved(
        self, enter: Enter, addresses: dict[str, str], people: dict[str, User]
    ) -> None:
        meeting = held_today(people["gebiedswerker"])
        points = [raised(people["buurtwerker"], f"Toets {n}", meeting=meeting) for n in (1, 2, 3)]
        page = enter("gebiedswerker")
        page.goto(f"/gebieden/overleg/{meeting.pk}/")
        tab_to(page, "Toets 3 vroeger")
        for place in (1, 0):  # twice, without starting over at the top of the page
            page.keyboard.press("Enter")
            expect(page.locator("th[scope=row]").nth(place)).to_contain_text("Toets 3")
            page.keyboard.press("Tab")
            assert page.evaluate(CALLED).strip().startswith("Toets 3"), page.evaluate(CALLED)
            if place:
                assert page.evaluate(CALLED).strip() == "Toets 3 vroeger"
        assert list(meeting.points.order_by("position")) == [points[2], points[0], points[1]]


class TestPhone:
    def test_puts_points_in_order_and_ends_one_with_a_thumb(
        self, enter: Enter, addresses: dict[str, str], people: dict[str, User]
    ) -> None:
        meeting = held_today(people["gebiedswerker"])
        first, second = (raised(people["buurtwerker"], f"Duim {n}", meeting=meeting) for n in (1, 2))
        page = enter("gebiedswerker", javascript=False)
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"/gebieden/overleg/{meeting.pk}/")
        for button in page.locator("main button:visible, main .ds-button:visible").all():
            box = button.bounding_box()
            assert box
            assert box["height"] >= THUMB, (button.inner_text(), box)
        page.get_by_role("button", name=f"{second.title} vroeger").click()
        assert [point.title for point in meeting.points.order_by("position")] == [second.title, first.title]
        page.get_by_role("link", name="Begin met het eerste punt").click()
        page.get_by_label("geschrapt: zeg hieronder waarom").check()
        page.get_by_role("button", name="Bewaren").click()
        expect(page.locator(".ds-error-summary")).to_contain_text("Zeg waarom het geschrapt wordt")
        page.get_by_label("Wat er beslist is").fill("Al opgelost.")
        page.get_by_role("button", name="Bewaren").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(first.title)
        second.refresh_from_db()
        assert (second.state, second.decision) == ("dropped", "Al opgelost.")
