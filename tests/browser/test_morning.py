"""The morning inbox, emptied without a mouse: walk, choose, offer, finish, take back; and the list with its map."""

import re

import pytest
from playwright.sync_api import Page, expect

from benchmarks.morning import ACTS, choosing
from signals.models import Bulk, RowState, SavedFilter, Signal, StandardText, Task
from signals.models.texts import TextUse
from signals.workflow import ENDED, TaskStatus
from teams.models import User
from tests.browser.conftest import Enter, Raise
from tests.browser.visits import Console, english, phone_violations, settled, violations

ROW = ".rows .row"


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def standing(signals: list[Signal]) -> int:
    return Signal.objects.filter(pk__in=[signal.pk for signal in signals]).exclude(status__in=ENDED).count()


def marks_and_rows_agree(page: Page) -> bool:
    """As many dots on the piece of map that is shown as rows in the list."""
    settled(page)
    expect(page.locator(".row-mark")).to_have_count(page.locator(ROW).count())
    box = page.locator("[data-list-map]").bounding_box()
    dots = [dot.bounding_box() for dot in page.locator(".row-mark").all()]
    return box is not None and all(
        dot is not None
        and box["x"] <= dot["x"] + dot["width"] / 2 <= box["x"] + box["width"]
        and box["y"] <= dot["y"] + dot["height"] / 2 <= box["y"] + box["height"]
        for dot in dots
    )


class TestMorning:
    def test_is_emptied_by_keys_alone(self, enter: Enter, raise_signal: Raise, people: dict[str, User]) -> None:
        signals = [raise_signal("Onveilige situatie", f"Ochtendlaan {number}") for number in range(2, 26, 2)]
        for number in range(3):  # a view on the place of every digit, also on that of the asterisk
            SavedFilter.objects.create(by=people["coordinator"], name=f"Ochtend {number}", query="q=ochtend")
        page = enter("coordinator")
        console = Console(page)
        said, dialog, rows = page.locator("#status"), page.locator("dialog[open]"), page.locator(ROW)
        page.goto("/postvak/?q=ochtendlaan")
        expect(rows).to_have_count(12)

        # Two of them go to the ward: choose, walk, choose, offer to one team.
        press(page, "x", "j", "j", "x")
        expect(page.locator("[data-chosen]")).to_have_text("2")
        press(page, "r")
        expect(dialog.get_by_role("heading", name="Taak aanbieden: 2 signalen")).to_be_visible()
        expect(dialog.get_by_label("Team")).to_be_focused()
        assert violations(page) == []
        page.keyboard.type("Wijkwerking Noord")
        press(page, "Control+Enter")
        expect(said).to_have_text("2 taken aangeboden.")
        expect(page.locator(".chosen")).to_be_hidden()

        # A sentence is asked for; then everything from here to three further ends with it, and is taken back.
        press(page, "x", "j", "j", "j", "Shift+X")
        expect(page.locator("[data-chosen]")).to_have_text("4")
        press(page, "d")
        expect(dialog.get_by_label("Hoe liep het af?")).to_be_focused()
        press(page, "Control+Enter")
        expect(dialog.locator("[data-error-summary]")).to_be_focused()
        dialog.get_by_label("Hoe liep het af?").focus()
        page.keyboard.type("Te vroeg.")
        press(page, "Control+Enter")
        expect(said).to_have_text("4 signalen afgerond.")
        expect(rows).to_have_count(8)
        press(page, "z")
        expect(said).to_have_text("Ongedaan gemaakt voor 4 signalen.")
        expect(rows).to_have_count(12)
        assert standing(signals) == 12

        # The whole page, and the inbox is empty.
        page.locator(ROW).first.get_by_role("link").focus()
        press(page, "*", "d")
        expect(dialog.get_by_role("heading", name="Afronden: 12 signalen")).to_be_visible()
        page.keyboard.type("Nagekeken; het hek staat vast.")
        press(page, "Control+Enter")
        expect(said).to_have_text("12 signalen afgerond.")
        expect(rows).to_have_count(0)
        assert console.lines == []

        assert standing(signals) == 0
        tasks = Task.objects.filter(signal__in=signals, team__code="wijkwerking-noord")
        assert {task.status for task in tasks} == {TaskStatus.WITHDRAWN}
        assert set(Bulk.objects.latest("at").rows.values_list("state", flat=True)) == {RowState.DONE}

    def test_lets_go_with_escape_and_forgets_nothing_on_a_refresh(self, enter: Enter, raise_signal: Raise) -> None:
        for number in (2, 4, 6):
            raise_signal("Onveilige situatie", f"Vergeetlaan {number}")
        page = enter("coordinator")
        page.goto("/postvak/?q=vergeetlaan")
        press(page, "x", "j", "x")
        page.evaluate("document.body.dispatchEvent(new CustomEvent('signal-changed', {bubbles: true}))")
        settled(page)
        expect(page.locator("[name=kies]:checked")).to_have_count(2)
        press(page, "Escape")
        expect(page.locator("[name=kies]:checked")).to_have_count(0)
        expect(page.locator(".chosen")).to_be_hidden()


class TestKeys:
    # Beside what is typed; a chord is one. `benchmarks.morning` presses them, sixty signals long.
    MOST = {"accept": 1, "take over": 1, "join": 3, "hand over": 3, "wait": 5, "share": 9}

    @pytest.mark.parametrize("act", ACTS)
    def test_are_few_whatever_is_to_be_done(self, act: str) -> None:
        assert sum(len(move.keys) for move in ACTS[act]) <= self.MOST.get(act, 3)

    def test_are_few_for_many_at_once(self) -> None:
        assert sum(len(move.keys) for move in choosing(6)) == 7


class TestHands:
    def test_reach_texts_windows_and_views_without_looking_for_them(
        self, enter: Enter, raise_signal: Raise, people: dict[str, User]
    ) -> None:
        for title in ("Een", "Twee"):
            text = {"organisation": people["coordinator"].organisation, "text": f"{title} voor u."}
            StandardText.objects.create(title=f"Handtekst {title}", use=TextUse.OUTCOME, **text)
        for number in (2, 4):
            raise_signal("Onveilige situatie", f"Handlaan {number}", at=(3.2600, 50.8345))
        page = enter("coordinator")
        said, dialog = page.locator("#status"), page.locator("dialog[open]")
        page.goto("/postvak/?q=handlaan")
        seen = page.locator("#signal").get_attribute("data-reference")

        # The next standard text, in place of the one before it; after the last none.
        press(page, "d")
        outcome = dialog.get_by_label("Hoe liep het af?")
        page.keyboard.type("Dag.")
        for value in ("Dag. Een voor u.", "Dag. Twee voor u.", "Dag."):
            press(page, "Control+b")
            expect(outcome).to_have_value(value)
        press(page, "Escape")
        expect(dialog).to_have_count(0)
        press(page, "w")
        expect(dialog.get_by_label("een antwoord van de melder")).to_be_focused()

        # Joined beside the list: the other one comes, and one key takes it back.
        press(page, "Escape")
        expect(dialog).to_have_count(0)
        press(page, "p")
        expect(dialog.get_by_role("radio")).to_be_focused()
        assert violations(page) == []
        press(page, "Control+Enter")
        expect(said).to_have_text("Samengevoegd met het andere signaal.")
        expect(page.locator(".said.one")).to_contain_text(
            "Samengevoegd met het andere signaal. Onveilige situatie · Handlaan"
        )
        expect(page.locator("#signal")).not_to_have_attribute("data-reference", str(seen))
        press(page, "z")
        expect(page.locator(f"#row-{seen}")).to_have_attribute("aria-current", "true")
        expect(page.locator(".said.one")).to_have_count(0)

        press(page, "1")
        page.wait_for_url("**tab=doen**")


class TestWithoutJavascript:
    def test_many_are_finished_by_ticking_them(self, enter: Enter, raise_signal: Raise) -> None:
        signals = [raise_signal("Onveilige situatie", f"Vinklaan {number}") for number in (2, 4, 6)]
        page = enter("coordinator", javascript=False)
        page.goto("/postvak/?q=vinklaan")
        expect(page.locator(".chosen")).to_be_hidden()
        for box in page.locator("[name=kies]").all()[:2]:
            box.check()
        page.locator(".chosen").get_by_role("button", name="Afronden").click()
        page.get_by_label("Hoe liep het af?").fill("In orde.")
        page.get_by_role("button", name="Afronden: 2 signalen").click()
        expect(page.locator("#progress")).to_contain_text("2 signalen afgerond.")
        assert standing(signals) == 1
        page.get_by_role("button", name="Ongedaan maken").click()
        expect(page.locator("#progress")).to_contain_text("Ongedaan gemaakt voor 2 signalen.")
        page.get_by_role("link", name="Terug naar het postvak").click()
        expect(page.locator(ROW)).to_have_count(3)


class TestNews:
    def test_comes_without_taking_focus_and_stops_when_nobody_looks(self, enter: Enter, raise_signal: Raise) -> None:
        raise_signal("Onveilige situatie", "Nieuwslaan 2")
        page = enter("coordinator")
        page.clock.install()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if "/nieuws/" in request.url else None)
        page.goto("/postvak/?tab=team&onderwerp=onveilige-situatie")
        press(page, "j")
        focused = page.evaluate("document.activeElement.id")
        raise_signal("Onveilige situatie", "Nieuwslaan 4")
        with page.expect_response("**/nieuws/**"):
            page.clock.run_for(61_000)
        expect(page.locator(".news")).to_contain_text("1 nieuw signaal, toon")
        assert page.evaluate("document.activeElement.id") == focused
        assert violations(page) == []

        page.evaluate("Object.defineProperty(document, 'hidden', {get: () => true, configurable: true})")
        before = len(asked)
        page.clock.run_for(300_000)
        assert len(asked) == before

        page.locator("[data-show-news]").click()
        expect(page.locator(".news")).to_have_count(0)
        expect(page.locator(".rows")).to_contain_text("Nieuwslaan 4")


class TestMap:
    def test_and_list_are_one(self, enter: Enter, raise_signal: Raise) -> None:
        first = raise_signal("Onveilige situatie", "Kaartlaan 2")
        second = raise_signal("Onveilige situatie", "Kaartlaan 4", at=(3.2660, 50.8355))
        page = enter("coordinator")
        console = Console(page)
        page.goto("/postvak/?q=kaartlaan")
        press(page, "m")
        page.wait_for_url("**weergave=kaart**")
        marks = page.locator(".row-mark")
        expect(marks).to_have_count(2)
        page.locator(f"#row-{second.reference}").hover()
        expect(page.locator(".row-mark.marked")).to_have_count(1)
        page.locator(".row-mark:not(.current)").hover(force=True)
        expect(page.locator(f"#row-{first.reference}")).to_have_class(re.compile("marked"))
        press(page, "j")
        expect(page.locator("#signal-heading")).to_contain_text("Kaartlaan 2")
        assert [*violations(page), *english(page)] == []

        # Only what lies on it: zoomed in on the one, the other goes; let go, it comes back.
        page.get_by_label("Alleen wat op deze kaart staat").check()
        page.wait_for_url("**kader=**")
        expect(page.locator(ROW)).to_have_count(2)
        page.get_by_role("region", name="Kaart van de lijst").focus()
        for _step in range(8):
            press(page, "+")
        for _step in range(12):
            press(page, "ArrowRight")
        expect(page.locator(f"#row-{first.reference}")).to_have_count(0)
        expect(page.locator("#list")).to_contain_text("Alleen wat op de kaart staat")
        assert marks_and_rows_agree(page)
        assert console.lines == []

        # It is part of the address: a reload shows the same piece of the map and the same list.
        before = page.url
        page.reload()
        expect(page.get_by_label("Alleen wat op deze kaart staat")).to_be_checked()
        settled(page)
        assert page.url == before
        expect(page.locator(f"#row-{first.reference}")).to_have_count(0)
        page.get_by_label("Alleen wat op deze kaart staat").uncheck()
        expect(page.locator(ROW)).to_have_count(2)
        expect(marks).to_have_count(2)
        assert "kader" not in page.url
        assert console.lines == []

    def test_follows_a_quick_hand_to_where_it_ends(self, enter: Enter, raise_signal: Raise) -> None:
        """Every step asks for another list; the last one asked for is the one that stays."""
        longitudes = (3.2645, 3.2660, 3.2675, 3.2690)
        for number, longitude in enumerate(longitudes):
            raise_signal("Onveilige situatie", f"Snellehandlaan {number}", at=(longitude, 50.8355))
        page = enter("coordinator")
        page.goto("/postvak/?q=snellehandlaan&weergave=kaart")
        expect(page.locator(".row-mark")).to_have_count(4)
        page.get_by_label("Alleen wat op deze kaart staat").check()
        page.get_by_role("region", name="Kaart van de lijst").focus()
        for _step in range(3):  # from zoom 15 to the last, 18
            seen = page.url
            press(page, "+")
            expect(page).not_to_have_url(seen)
        settled(page)
        box = [float(edge) for edge in page.evaluate("new URL(location).searchParams.get('kader')").split(",")]
        within = [lon for lon in longitudes if box[0] <= lon <= box[2]]
        assert len(within) < len(longitudes)
        expect(page.locator(ROW)).to_have_count(len(within))
        assert marks_and_rows_agree(page)

    @pytest.mark.parametrize("width", [320, 390, 1024])
    def test_stands_above_the_list_on_a_phone(self, enter: Enter, raise_signal: Raise, width: int) -> None:
        raise_signal("Onveilige situatie", f"Telefoonlaan{width} 2")
        page = enter("coordinator")
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"/postvak/?q=telefoonlaan{width}&weergave=kaart")
        expect(page.locator(".row-mark")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert phone_violations(page) == []


class TestPlace:
    def test_in_the_list_is_kept_over_a_visit(self, enter: Enter, addresses: dict[str, str]) -> None:
        page = enter("coordinator")
        page.goto("/postvak/?tab=alles")
        page.locator(ROW).nth(30).scroll_into_view_if_needed()
        before = page.evaluate("document.getElementById('list').scrollTop")
        assert before > 100
        page.goto(addresses["signal"])
        page.go_back()
        expect(page.locator(ROW).nth(30)).to_be_in_viewport()


class TestFilters:
    def test_say_how_many_when_they_are_opened(self, enter: Enter, raise_signal: Raise) -> None:
        raise_signal("Onveilige situatie", "Tellaan 2")
        page = enter("coordinator")
        page.goto("/postvak/?q=tellaan")
        page.get_by_text("Meer filters").click()
        expect(page.get_by_label("Onderwerp").locator("option", has_text="Onveilige situatie (1)")).to_have_count(1)
        assert violations(page) == []
        page.get_by_text("Gebied: alle").click()
        expect(page.locator("#filter-areas .number")).to_have_text("1")
        page.get_by_text("Weergave").click()
        page.get_by_label("Nummer").check()
        page.locator(".view").get_by_role("button", name="Toon").click()
        expect(page.locator(".row-facts")).to_contain_text("S-")
        assert violations(page) == []
