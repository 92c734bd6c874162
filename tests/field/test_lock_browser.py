"""What the tablet lets be read: only by who has the shift, and after a restart only with what that person alone has."""

import json
from typing import Any

from playwright.sync_api import Page

from signals.models import Delivery
from tests.cast import Cast
from tests.field.conftest import Device
from tests.field.device import begin, call, keep, kept, sign_in, started_anew, with_worker
from tests.servers import wait_until

SECRET = "Achter de haag bij nummer twaalf"

# Everything a database of this origin holds, as text: what a copy of the device would show.
DUMP = """async () => {
    const found = [];
    const plain = (value) => {
        if (value instanceof CryptoKey) return `KEY ${value.type} ${value.extractable}`;
        if (value?.byteLength > 4_000_000) return "";  // only room kept aside
        if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return new TextDecoder("latin1").decode(value);
        if (Array.isArray(value)) return value.map(plain);
        if (value && typeof value === "object") {
            return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
        }
        return value;
    };
    for (const {name} of await indexedDB.databases()) {
        const database = await new Promise((resolve) => {
            indexedDB.open(name).onsuccess = ({target}) => resolve(target.result);
        });
        for (const store of database.objectStoreNames) {
            found.push(store, await new Promise((resolve) => {
                database.transaction(store).objectStore(store).getAll().onsuccess = ({target}) =>
                    resolve(target.result.map(plain));
            }));
        }
        database.close();
    }
    for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) {
            found.push(request.url, await (await caches.match(request)).text());
        }
    }
    return JSON.stringify([found, {...localStorage}, {...sessionStorage}]);
}"""


def unlock(page: Page, pin: str) -> None:
    page.fill("#unlock-pin", pin)
    page.get_by_role("button", name="Ontgrendelen").click()


class TestLock:
    def test_holds_until_the_pin_and_also_across_loading_anew(self, device: Device) -> None:
        page = with_worker(begin(device(), "258025"))
        page.get_by_role("button", name="Vergrendelen").click()
        page.get_by_role("heading", name="Vergrendeld").wait_for()
        page.goto("/veld/#vandaag")
        page.reload()
        page.get_by_role("heading", name="Vergrendeld").wait_for()
        assert not page.locator("#tabs").is_visible()
        assert page.get_by_text("Spoed? Bel").is_visible()
        assert page.request.get("/veld/gegevens/").status == 403  # by its address, with the session that is there
        unlock(page, "000000")
        page.get_by_text("Nog 4 pogingen").wait_for()
        unlock(page, "258025")
        page.locator("[data-screen=nieuw]").wait_for()
        assert call(page, "reading", "reading") is not None

    def test_ends_the_shift_after_five_wrong_pins_and_keeps_what_waits(self, device: Device, cast: Cast) -> None:
        page = begin(device())
        page.route("**/veld/berichten/*/", lambda route: route.fulfill(status=500, json={}))
        pk = keep(page)
        page.get_by_role("button", name="Vergrendelen").click()
        for _try in range(5):
            unlock(page, "0000")
        page.get_by_text("Vijf keer een foute pincode").wait_for()
        assert call(page, "reading", "reading") is None
        wait_until(lambda: call(page, "contact", "known")["person"] is None, what="the session ended")
        assert [each["id"] for each in kept(page)] == [pk]


class TestAtRest:
    def test_nothing_opens_with_what_lies_on_the_device(self, device: Device) -> None:
        page = with_worker(begin(device(), "73519"))
        page.context.set_offline(True)
        keep(page, SECRET)
        call(page, "reading", "keepDraft", "new", {"text": SECRET})
        told: list[Any] = json.loads(page.evaluate(DUMP))
        lies = json.dumps(told, ensure_ascii=False)
        assert "field/outbox.js" in lies  # the dump sees the cache,
        assert '"records"' in lies  # and the stores
        for word in (SECRET, "73519", "KEY ", "Mo El Amrani", "sessionid"):
            assert word not in lies


class TestRestart:
    def test_lets_register_and_says_that_reading_waits(self, device: Device, cast: Cast, site: str) -> None:
        page = with_worker(begin(device()))
        call(page, "reading", "keepDraft", "new", {"text": SECRET})
        page.context.set_offline(True)
        started_anew(page)
        page.get_by_text("De tablet is opnieuw gestart. Melden kan gewoon").wait_for()
        assert call(page, "reading", "reading") is None
        assert call(page, "reading", "draft", "new") is None
        # Somebody finds it the next day, still without network: whose hands these are is asked before anything is kept.
        shift = call(page, "store", "state", "shift")
        call(page, "store", "setState", "shift", {**shift, "started": "2026-11-20T08:00:00Z"})
        started_anew(page)
        page.get_by_text("Is deze dienst nog van jou?").wait_for()
        page.evaluate("location.hash = 'ronde'")
        assert not page.locator("#tabs").is_visible()
        page.get_by_role("button", name="Nee, ik ben iemand anders").click()
        page.fill("#still-name", "Bob De Wachter")
        page.get_by_role("button", name="Verder zonder aanmelden").click()
        page.get_by_text("Je schrijft als Bob De Wachter").wait_for()
        assert page.locator("#tabs a:visible").count() == 1
        page.fill("#new-text", "Nog niet bewaard")
        wait_until(lambda: call(page, "reading", "isTyping"), what="the draft is kept")
        page.locator("[data-notice=writer] [data-do=signin]").click()
        page.locator("#problem-words", has_text="Wat je hier schrijft, gaat weg als je je aanmeldt.").wait_for()
        page.fill("#new-text", "")
        keep(page)
        assert len(kept(page)) == 1
        assert "De Wachter" not in page.evaluate(DUMP)
        page.context.set_offline(False)
        sign_in(page.context, cast["gemeenschapswacht"], site)  # a session alone does not open what was closed
        page.reload()
        wait_until(lambda: kept(page) == [], what="it left")
        delivery = Delivery.objects.get()
        assert delivery.locked
        assert delivery.signal
        assert "iemand anders, die niet aangemeld was: “Bob De Wachter”" in delivery.signal.route_reason
        assert call(page, "reading", "reading") is None
        page.get_by_role("button", name="Opnieuw aanmelden").click()
        page.wait_for_url("**/account/login/**")
        sign_in(page.context, cast["gemeenschapswacht"], site)
        begin(page)
        assert call(page, "reading", "reading") is not None

    def test_opens_what_was_read_with_an_authenticator_that_answers_a_secret(self, device: Device) -> None:
        page = device()
        cdp = page.context.new_cdp_session(page)
        cdp.send("WebAuthn.enable")
        cdp.send(
            "WebAuthn.addVirtualAuthenticator",
            {"options": {
                "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True, "hasPrf": True,
                "automaticPresenceSimulation": True,
            }},
        )  # fmt: skip
        with_worker(begin(page))
        call(page, "reading", "keepDraft", "new", {"text": SECRET})
        page.click("#state")
        page.get_by_role("button", name="Lezen na een herstart").click()
        wait_until(lambda: call(page, "reading", "keepsPrf"), what="the key is wrapped")
        page.context.set_offline(True)
        started_anew(page)
        assert call(page, "reading", "draft", "new") is None
        page.get_by_role("button", name="Openen met vingerafdruk").click()
        page.locator("#begin-pin").wait_for()
        assert call(page, "reading", "draft", "new") == {"text": SECRET}
        assert call(page, "reading", "reading")["person"]
        begin(page, goto=False)
        assert not page.locator("[data-notice=waits]").is_visible()


class TestAnotherPerson:
    def test_reads_nothing_of_the_one_before(self, device: Device, cast: Cast, site: str) -> None:
        page = with_worker(begin(device()))
        call(page, "reading", "keepDraft", "new", {"text": SECRET})
        page.goto("about:blank")
        sign_in(page.context, cast["wijkinspecteur"], site)
        page.goto("/veld/")
        page.get_by_text("Dag Lies").wait_for()
        begin(page, goto=False)
        assert call(page, "reading", "draft", "new") is None
        assert call(page, "reading", "reading")["person"]["name"].startswith("Lies")

    def test_is_not_signed_out_by_a_shift_that_ended_without_network(
        self, device: Device, cast: Cast, site: str
    ) -> None:
        page = with_worker(begin(device()))
        page.context.set_offline(True)
        page.click("#state")
        page.get_by_role("button", name="Dienst beëindigen").click()
        page.locator("[data-screen=begin]").wait_for()
        sign_in(page.context, cast["wijkinspecteur"], site)
        page.context.set_offline(False)
        page.get_by_text("Dag Lies").wait_for()
        call(page, "contact", "stand")
        assert call(page, "contact", "known")["person"]["name"].startswith("Lies")
