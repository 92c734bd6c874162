"""A tablet that goes from hand to hand: nothing of one person is on the screen, or said, under another."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from signals.models import Delivery, Signal, Task
from teams.models import Team
from tests.cast import Cast
from tests.field.conftest import Device
from tests.field.device import begin, call, keep, kept, sign_in
from tests.servers import wait_until
from tests.signals.files import picture

type Make = Callable[..., Signal]

RECORDS = "**/veld/berichten/*/"

# What is opened while the tablet changes hands: the key goes in the middle of it.
RACE = """async () => {
    const reading = await import("/static/field/reading.js");
    const {close, newKey} = await import("/static/field/sealing.js");
    const {putSealed} = await import("/static/field/store.js");
    const key = await newKey(), found = [];
    const open = crypto.subtle.decrypt.bind(crypto.subtle);
    crypto.subtle.decrypt = async (...given) => {
        const plain = await open(...given);
        await reading.forget();
        return plain;
    };
    for (const [store, name, ask] of [["reading", "gegevens", reading.reading], ["drafts", "x", reading.draft]]) {
        reading.takeInHand({key});
        await putSealed(store, name, await close({of: "Mo"}, key, name));
        await ask(name);
        found.push(await ask(name));
    }
    return found;
}"""

# A photo that the browser cannot read any more, once.
UNREADABLE = """() => {
    const read = Blob.prototype.arrayBuffer;
    Blob.prototype.arrayBuffer = function () {
        Blob.prototype.arrayBuffer = read;
        return Promise.reject(new Error());
    };
}"""


def unlock(page: Page, pin: str = "2580") -> None:
    page.fill("#unlock-pin", pin)
    page.get_by_role("button", name="Ontgrendelen").click()


class TestLock:
    def test_lies_above_everything_and_gives_it_back(self, device: Device, report: Make) -> None:
        team = Team.objects.get(code="gemeenschapswachten")
        Task.objects.create(signal=report(), team=team, title="Fietswrak wegnemen")
        page = begin(device())
        page.get_by_role("link", name="Vandaag").click()
        page.get_by_role("button", name="Gedaan…: Fietswrak wegnemen").click()
        page.fill("#act-text", "Op de kar gelegd.")
        page.set_input_files(
            "#act-photo-files", {"name": "kar.jpg", "mimeType": "image/jpeg", "buffer": picture((40, 30))}
        )
        page.locator("#act-taken [data-act=smudge]").click()
        expect(page.locator("#smudge")).to_be_visible()
        page.evaluate("Date.now = () => 0")  # a clock that is put back keeps no tablet open
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.get_by_role("heading", name="Vergrendeld").wait_for()
        assert page.locator("dialog[open]").count() == 0
        unlock(page)
        page.get_by_role("link", name="Vandaag").click()
        expect(page.locator("#act")).to_be_visible()
        assert page.input_value("#act-text") == "Op de kar gelegd."
        assert page.locator("#act-taken img").is_visible()
        page.evaluate(UNREADABLE)
        page.click("#act-save")
        page.locator("#main").get_by_text("Het kon niet op dit toestel bewaard worden.").wait_for()
        page.locator("#act-save").dblclick()
        expect(page.locator("#vandaag-heading")).to_be_focused()
        wait_until(lambda: kept(page) == [], what="it left")
        assert Delivery.objects.count() == 1


class TestSomebodyElse:
    def test_who_signs_in_writes_nothing_in_the_name_of_before_and_sees_nothing(
        self, device: Device, cast: Cast, site: str, report: Make
    ) -> None:
        raised = report(channel="warden", by=cast["gemeenschapswacht"])
        raised.close(by=cast["coordinator"], outcome="De bank is hersteld.")
        page = begin(device())
        proof = call(page, "contact", "known")["shift"]["pass"]
        keep(page)
        wait_until(lambda: Delivery.objects.exists(), what="it arrived")
        page.get_by_role("link", name="Terugkoppeling").click()
        page.get_by_text("De bank is hersteld.").wait_for()
        page.get_by_role("link", name="Nieuw signaal").click()
        sign_in(page.context, cast["wijkinspecteur"], site)
        call(page, "contact", "stand")
        page.get_by_text("Dag Lies").wait_for()
        page.click("#state")
        page.get_by_role("heading", name="Bewaard op dit toestel").locator("visible=true").wait_for()
        assert not page.locator("[data-kept=delivered]").is_visible()
        assert not page.locator("#tabs").is_visible()
        assert "bank is hersteld" not in page.evaluate("document.body.textContent")
        assert keep(page) == "!no_shift"
        left = [call(page, "store", "state", name) for name in ("shift", "tablet", "before")]
        assert left[2]
        assert proof not in str(left)

    def test_who_starts_in_another_tab_finds_nothing_in_this_one(self, device: Device) -> None:
        page = begin(device())
        page.fill("#new-text", "Achter de haag.")
        theirs = {"id": "1", "author": "2", "pass": "3", "started": "2026-11-22T12:00:00Z"}
        call(page, "store", "setState", "shift", theirs)
        page.evaluate("new BroadcastChannel('veld').postMessage('shift')")
        page.locator("[data-screen=begin]").wait_for()
        assert page.input_value("#new-text") == ""
        assert call(page, "reading", "reading") is None
        assert not call(page, "lock", "hasPin")

    def test_gets_nothing_that_was_being_opened(self, device: Device) -> None:
        page = device("")
        page.goto("/veld/")
        assert page.evaluate(RACE) == [None, None]


class TestOutbox:
    def test_is_not_held_up_by_one_that_cannot_get_through(self, device: Device) -> None:
        page = begin(device())
        page.context.set_offline(True)
        stuck, other = keep(page, "Te zwaar"), keep(page, "Licht")
        page.route(f"**/veld/berichten/{stuck}/", lambda route: route.abort())
        page.context.set_offline(False)
        wait_until(lambda: (call(page, "outbox", "drain"), len(kept(page)))[1] == 1, what="the other left")
        assert str(Delivery.objects.get().pk) == other

    def test_takes_a_round_that_was_tapped_twice_once(self, device: Device) -> None:
        page = begin(device())
        page.route(RECORDS, lambda route: route.fulfill(status=500, json={}))
        page.get_by_role("link", name="Ronde", exact=True).click()
        page.locator("#round-start").wait_for()  # from then on its buttons do something
        tap = "document.querySelector('#round-start button').click();"
        page.evaluate(f"() => {{ {tap} {tap} }}")
        page.locator("#round-end").wait_for()
        assert len(kept(page)) == 1

    def test_lets_no_new_shell_take_what_is_in_no_draft(self, device: Device) -> None:
        page = begin(device())
        page.get_by_role("link", name="Ronde", exact=True).click()
        page.get_by_role("button", name="Ronde beginnen").click()
        page.fill("#round-note", "Het hek aan de brug is los.")
        page.locator("#ronde-heading").focus()
        wait_until(lambda: kept(page) == [], what="nothing waits")
        call(page, "update", "reload")
        looked = "() => new Promise((done) => setTimeout(done, 450, document.getElementById('round-note').value))"
        assert page.evaluate(looked) == "Het hek aan de brug is los."
        with page.expect_navigation():
            page.evaluate("document.getElementById('round-note').value = ''")
