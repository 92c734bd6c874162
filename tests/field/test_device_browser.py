"""What can be the matter with a device: a newer shell, an older database, no room, a wrong clock, no storage."""

import os
from typing import Any

import pytest
from django.templatetags.static import static
from playwright.sync_api import Page, Route, expect

from signals.field import shell as shell_files
from signals.models import Delivery
from signals.views.field import shell as shell_view
from tests.field.conftest import Device
from tests.field.device import begin, call, keep, kept, with_worker
from tests.servers import wait_until

FAST = 7 * 60

# As the first shell made it: no `state`, `reading` or `drafts`, and records that could not ask for attention yet.
VERSION_1 = """() => new Promise((resolve, reject) => {
    const request = indexedDB.open("veld", 1);
    request.onupgradeneeded = () => {
        request.result.createObjectStore("records", {keyPath: "id"}).add({
            id: "01a203d6-5ef7-7149-9ea6-982d7bcd8b33", schema: 1, author: "01a203d6-0000-7000-8000-000000000000",
            kind: "signal", saved_at: "2026-11-20T08:00:00.000Z", hash: "0".repeat(64), key: "x", wrapped: "", iv: "",
            body: new ArrayBuffer(8), photos: [],
        });
        request.result.createObjectStore("photos");
    };
    request.onsuccess = () => { request.result.close(); resolve(); };
    request.onerror = () => reject(request.error);
})"""


def version(page: Page) -> str:
    names: list[str] = page.evaluate("caches.keys()")
    return " ".join(names)


# Until it is found: who asks while an earlier question is under way gets the answer to that one.
LOOK = """async () => {
    const registration = await navigator.serviceWorker.ready, older = registration.active;
    do await registration.update();
    while (!registration.installing && !registration.waiting && registration.active === older);
}"""


def newer_shell(page: Page, monkeypatch: pytest.MonkeyPatch) -> str:
    """The city has one from now on, and the page asks for it; its version."""
    made, newer = shell_files.shell_of, "f" * 16
    monkeypatch.setattr(shell_view, "shell_of", lambda html: type(made(html))(version=newer, files=made(html).files))
    page.evaluate(LOOK)
    return newer


# As fast as they come: one of them falls in the moment that the older worker stops.
STORM = """(path) => { for (let each = 0; each < 4; each += 1) {
    (async () => { for (;;) await fetch(path).catch(() => {}); })();
} }"""


class TestNewShell:
    def test_takes_over_when_nobody_types_and_loses_nothing(
        self, device: Device, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = with_worker(begin(device()))
        page.route("**/veld/berichten/*/", lambda route: route.fulfill(status=500, json={}))
        pk = keep(page)
        call(page, "reading", "keepDraft", "new", {"text": "half"})
        before = version(page)
        newer = newer_shell(page, monkeypatch)
        waits = "async () => Boolean((await navigator.serviceWorker.ready).waiting)"
        wait_until(lambda: page.evaluate(waits), what="the newer shell is ready")
        page.evaluate("window.before = true")
        assert version(page) == f"{before} veld-{newer}"  # both are there, and the older is in use
        with page.expect_navigation():
            call(page, "reading", "dropDraft", "new")
        page.locator("html[data-ready]").wait_for(state="attached")
        assert not page.evaluate("window.before")
        assert version(page) == f"veld-{newer}"
        assert [each["id"] for each in kept(page)] == [pk]
        # The page handed its key and its PIN to itself: nobody had to sign in again.
        assert call(page, "reading", "reading") is not None
        assert page.get_by_role("button", name="Vergrendelen").is_visible()

    def test_takes_over_from_a_page_that_asks_for_one_file_after_another(
        self, device: Device, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = with_worker(begin(device()))
        page.evaluate(STORM, static("icons.svg"))
        with page.expect_navigation():
            newer = newer_shell(page, monkeypatch)
        page.locator("html[data-ready]").wait_for(state="attached")
        assert version(page) == f"veld-{newer}"
        assert page.locator("html").get_attribute("data-shell") == newer


class TestShellInParts:
    def test_says_so_and_comes_by_itself_when_the_rest_does(self, device: Device) -> None:
        page = device(service_workers="block")
        page.clock.install()
        page.route("**/field/record.js", lambda route: route.abort())
        page.goto("/veld/")
        expect(page.locator("#state")).to_contain_text("Niet alles kwam door")
        page.unroute("**/field/record.js")
        page.clock.fast_forward(2000)
        page.locator("html[data-ready]").wait_for(state="attached")

    def test_offers_to_load_again_where_no_script_came_at_all(self, device: Device) -> None:
        page = device(service_workers="block")
        page.route("**/*.js", lambda route: route.abort())
        page.goto("/veld/")
        page.locator(".slow").evaluate("(slow) => { slow.style.animationDelay = '0s'; }")
        page.unroute("**/*.js")
        page.get_by_role("link", name="Duurt het lang? Laad opnieuw.").click()
        page.locator("html[data-ready]").wait_for(state="attached")


class TestDatabase:
    def test_of_version_1_is_taken_along(self, device: Device) -> None:
        page = device("")
        page.goto("/robots.txt")
        page.evaluate(VERSION_1)
        page.goto("/veld/")
        page.locator("#state").get_by_text("1 signaal bewaard op dit toestel").wait_for()
        [record] = kept(page)
        assert (record["state"], record["problem"], record["tries"]) == ("waiting", "", 0)
        assert call(page, "store", "state", "shift") is None  # a store that was not there

    def test_lets_go_when_a_newer_one_comes_in_another_tab(self, device: Device) -> None:
        page = begin(device())
        other = page.context.new_page()
        other.goto("/robots.txt")
        opened = other.evaluate(
            """() => new Promise((resolve) => {
                const request = indexedDB.open("veld", 3);
                request.onsuccess = () => { request.result.close(); resolve(request.result.version); };
                request.onerror = () => resolve("refused");
                request.onblocked = () => setTimeout(resolve, 3000, "blocked");
            })"""
        )
        assert opened == 3
        page.locator("#state").get_by_text(
            "Hier kan niets bewaard worden"
        ).wait_for()  # until its own newer shell is there


class TestRoom:
    def test_that_runs_out_is_told_early_and_nothing_is_half_kept(self, device: Device, site: str) -> None:
        page = device()
        page.goto("/robots.txt")
        cdp = page.context.new_cdp_session(page)
        cdp.send("Storage.overrideQuotaForOrigin", {"origin": site, "quotaSize": 24_000_000})
        # As in an earlier shift: for half a minute IndexedDB counts with the room there was when it was opened.
        assert call(page, "spare", "keep")
        begin(page)
        page.context.set_offline(True)
        call(page, "sight", "weigh")
        assert not page.get_by_text("Dit toestel is bijna vol.").is_visible()
        answers: list[str] = []
        while not page.get_by_text("Dit toestel is bijna vol.").is_visible():
            assert len(answers) < 20
            answers.append(keep(page, photos=[os.urandom(2_000_000)]))
            call(page, "sight", "weigh")
        assert not [answer for answer in answers if answer.startswith("!")]  # in what was kept aside
        more = [keep(page, photos=[os.urandom(8_000_000)]) for _photo in range(3)]
        assert "!quota" in more
        answers += more
        photos = page.evaluate(
            """() => new Promise((resolve) => { indexedDB.open("veld").onsuccess = ({target: {result}}) => {
                result.transaction("photos").objectStore("photos").getAllKeys().onsuccess = ({target}) =>
                    resolve(target.result.map(([id]) => id));
            }; })"""
        )
        assert set(photos) <= {each["id"] for each in kept(page)}
        assert {each["id"] for each in kept(page)} == set(answers) - {"!quota"}


class TestClock:
    def test_that_is_wrong_is_shown_and_sent_along(self, device: Device) -> None:
        page = device()

        def later(route: Route) -> None:
            """The server's clock as a device sees it whose own is seven minutes slow."""
            heard = route.fetch()
            answer: dict[str, Any] = heard.json()
            moment = page.evaluate("Date.now()") + FAST * 1000
            route.fulfill(
                response=heard, json={**answer, "now": page.evaluate("(at) => new Date(at).toISOString()", moment)}
            )

        page.route("**/veld/stand/", lambda route: later(route) if route.request.method == "GET" else route.continue_())
        begin(page)
        page.get_by_text("De klok van dit toestel loopt achter: 7 minuten").wait_for()
        keep(page)
        call(page, "outbox", "drain")
        offset = Delivery.objects.get().clock_offset_ms
        assert offset is not None
        assert abs(offset - FAST * 1000) < 5_000


class TestStorage:
    def test_that_is_blocked_is_said_in_words(self, device: Device) -> None:
        page = device()
        page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }")
        page.goto("/veld/")
        page.get_by_text("Deze browser laat niet toe dat we iets op dit toestel bewaren.").wait_for()
        assert page.locator("#state").get_by_text("Hier kan niets bewaard worden").is_visible()
