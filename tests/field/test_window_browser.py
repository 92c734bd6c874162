"""One window has the tablet, also when it loads anew on a slow device; and a shift that cannot be kept says so."""

from playwright.sync_api import expect

from tests.field.conftest import Device
from tests.field.device import begin, call, with_worker
from tests.servers import wait_until

# The page waits a moment for what the one before it handed over, and the answer comes after that moment.
SLOW_WORKER = """(() => {
    const [later, post] = [window.setTimeout, ServiceWorker.prototype.postMessage];
    window.setTimeout = (act, time, ...given) => later(act, time === 10_000 ? 10 : time, ...given);
    ServiceWorker.prototype.postMessage = function (...given) {
        later(() => post.apply(this, given), given[0] === "give back" ? 100 : 0);
    };
})()"""
QUICK_LOOKS = """(() => {
    const each = window.setInterval;
    window.setInterval = (act, time, ...given) => each(act, time === 1500 ? 15 : time, ...given);
})()"""
NO_STORAGE = "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }"


class TestWindow:
    def test_that_is_closed_lets_the_other_go_on_by_itself(self, device: Device) -> None:
        page = begin(device())
        other = page.context.new_page()
        other.add_init_script(QUICK_LOOKS)
        other.goto("/veld/")
        other.get_by_role("heading", name="Dit toestel heeft al een venster open").wait_for()
        # What it hears of a shift meanwhile takes nothing away from the window that has it.
        call(page, "reading", "keepDraft", "-x", "a draft")
        page.evaluate("new BroadcastChannel('veld').postMessage('shift')")
        wait_until(lambda: call(other, "contact", "known")["shift"], what="it heard so")
        other.evaluate("new Promise((done) => setTimeout(done, 50))")
        assert call(page, "store", "sealedOf", "drafts", "-x") is not None
        page.close()
        other.locator("html[data-ready]").wait_for(state="attached")

    def test_knows_its_version_however_late_the_worker_answers(self, device: Device) -> None:
        page = with_worker(begin(device()))
        page.add_init_script(SLOW_WORKER)
        page.reload()
        page.locator("html[data-ready]").wait_for(state="attached")
        page.locator("html[data-shell]").wait_for(state="attached")


class TestShift:
    def test_that_cannot_be_kept_is_told_so(self, device: Device) -> None:
        page = device()
        page.add_init_script(NO_STORAGE)
        page.goto("/veld/")
        page.fill("#begin-pin", "2580")
        page.fill("#begin-tablet", "Tablet 3")
        page.get_by_role("button", name="Dienst beginnen").click()
        expect(page.locator("#begin-problem")).to_have_text("Hier kan niets bewaard worden")
