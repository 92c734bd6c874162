"""A tablet with a Chromium of its own, whose profile outlives it: it can be killed and started again."""

import base64
import contextlib
import io
import random
import shutil
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page

from teams.models import User
from tests.browser.chromium import ARGUMENTS, program
from tests.browser.processes import end_all_of
from tests.cast import OVERLEIE
from tests.faults.tablet.town import Ledger, Town
from tests.field.device import sign_in
from tests.servers import PATIENCE, wait_until

HANDS = Path(__file__).with_name("hands.js")
PIN = "2580"
SUBJECT = "Sluikstort"


class Interrupted(Exception):
    """The page loaded anew while something was being done on it."""


class Tablet:
    person: User  # who holds it
    limits: CDPSession

    def __init__(self, browser: Browser, town: Town, profile: Path | None = None) -> None:
        """Without `profile` nothing of it lies on a disk, and no service worker stands between page and server."""
        self.browser, self.town, self.profile = browser, town, profile
        self.skew = 0
        self.context: BrowserContext
        self.page: Page

    # --- on and off ---------------------------------------------------------------------------------

    def start(self) -> None:
        longitude, latitude = OVERLEIE
        options: dict[str, Any] = {
            "base_url": self.town.site, "locale": "nl-BE", "timezone_id": "Europe/Brussels",
            "permissions": ["geolocation"], "viewport": {"width": 1024, "height": 768},
            "geolocation": {"longitude": longitude, "latitude": latitude, "accuracy": 6},
        }  # fmt: skip
        if self.profile:
            self.context = self.browser.browser_type.launch_persistent_context(
                str(self.profile), executable_path=program(), args=ARGUMENTS, **options
            )
        else:
            self.context = self.browser.new_context(**options, service_workers="block")
        self.context.set_default_timeout(PATIENCE * 1000)
        self.context.add_init_script(path=HANDS)
        if self.skew:
            self.context.add_init_script(f"window.skew = {self.skew}")
        self.page = self.context.pages[0] if self.profile else self.context.new_page()

    @property
    def profile_folder(self) -> Path:
        assert self.profile is not None
        return self.profile

    def restart(self) -> None:
        self.start()
        self.load("/veld/")

    def load(self, path: str = "") -> None:
        """Another page, or this one anew: as often as it takes where a server is being started again and no worker
        stands before it."""
        wait_until(lambda: self._came(path), what="the page comes")

    def _came(self, path: str) -> bool:
        try:
            if path:
                self.page.goto(path)
            else:
                self.page.reload()
        except Error as problem:
            if "net::ERR" in problem.message:
                return False
            raise
        return True

    def fresh(self) -> None:
        """As it came from the shop, where a run before left something on it."""
        with contextlib.suppress(Error, Interrupted):
            if not self.do("send")["lie"]:
                return
        self.kill()
        shutil.rmtree(self.profile_folder, ignore_errors=True)
        self.restart()

    def kill(self) -> None:
        """Every process of it, as when the battery falls out."""
        end_all_of(self.profile_folder)
        self.close()

    def close(self) -> None:
        with contextlib.suppress(Error):
            self.context.close()

    # --- what a person does ---------------------------------------------------------------------------

    def do(self, what: str, *given: Any, page: Page | None = None) -> Any:
        """One thing on the screen (hands.js)."""
        try:
            return (page or self.page).evaluate("([what, given]) => hands[what](...given)", [what, list(given)])
        except Error as problem:
            if "context was destroyed" in problem.message or "navigation" in problem.message:
                raise Interrupted from problem
            raise

    def hand_to(self, person: User) -> None:
        """A day begins: signed in, on a city that knows nothing of before."""
        self.person = person
        self.sign_in()
        self.page.goto("about:blank")
        self.load("/veld/")
        self.ready()
        self.do("send")
        if self.do("holder") != str(person.pk):
            self.take_over(person)

    def sign_in(self, person: User | None = None) -> None:
        sign_in(self.context, person or self.person, self.town.site)

    def take_over(self, person: User) -> None:
        """From somebody who did not end the shift."""
        self.person = person
        self.sign_in()
        self.load()
        self.page.locator("[data-begin=start]").wait_for()
        self.ready()

    def ready(self) -> None:
        """The screen on which one registers, whatever stood there."""
        for _turn in range(12):
            with contextlib.suppress(Interrupted):
                if self.page.url.startswith("chrome-error"):
                    self.load("/veld/")
                screen, part = self.do("where")
                if screen == "nieuw":
                    return
                self._go_on_from(screen, part)
        raise AssertionError(f"The tablet stays at {screen} {part}.")

    def _go_on_from(self, screen: str, part: str) -> None:
        if screen == "slot":
            self.do("unlock", PIN)
        elif (screen, part) == ("begin", "start"):
            self.sign_in()  # who is signed in may be who last brought something in
            self.do("begin", PIN, "Tablet 3")
        elif (screen, part) == ("begin", "still"):
            self.page.click("#still-yes")  # a clock that jumped made the shift look forgotten
        elif screen == "begin":
            self.town.wire.down = False
            if part == "signin":
                self.sign_in()
            self.load()
        else:
            self.page.evaluate("location.hash = '#nieuw'")

    def save(self, ledger: Ledger, seed: int, text: str, photos: list[bytes], place: str = "") -> dict[str, Any]:
        """On the real screen. What the screen said stands in the ledger before this returns."""
        self.ready()
        ledger.tried(seed, text)
        given = {
            "tile": SUBJECT,
            "text": text,
            "place": place,
            "photos": [base64.b64encode(each).decode() for each in photos],
        }
        answer: dict[str, Any] = self.do("save", given)
        while "locked" in answer:
            self.ready()
            answer = {"photos": answer["photos"], **self.do("keep")}
        self.noted(ledger, seed, text, answer)
        return answer

    def noted(self, ledger: Ledger, seed: int, text: str, answer: dict[str, Any]) -> None:
        if "kept" in answer:
            said = f"{answer['kept']}: {answer['what']}"
            ledger.said(seed, said, text=text, author=self.person.email, photos=answer["photos"])

    def set_clock(self, milliseconds: int) -> None:
        self.skew = milliseconds
        self.context.add_init_script(f"window.skew = {milliseconds}")
        for page in self.context.pages:
            page.evaluate("(skew) => { window.skew = skew; }", milliseconds)

    def limit(self, room: int | None) -> None:
        """What the browser gives this site; None is what it gives by itself. Chromium asks anew only for what does not
        fit in what it was told in the last half minute: set this before the first page."""
        size = {"quotaSize": room} if room is not None else {}
        self.limits = self.context.new_cdp_session(self.page)  # it ends with this
        self.limits.send("Storage.overrideQuotaForOrigin", {"origin": self.town.site, **size})

    def has_shell(self) -> bool:
        """One that lies on the device; the first may have broken off with the server, and then comes anew."""
        try:
            if self.do("renew"):
                return True
            self.load()
        except Interrupted:
            pass
        return False

    def has_newer_shell(self, before: str) -> bool:
        """Looks for it again where the server was away when the page did."""
        try:
            return bool(self.do("renew") not in ("", before))
        except Interrupted:
            return False

    # --- until everything left ------------------------------------------------------------------------

    def settle(self, coordinator: User | None = None) -> None:
        """Signs in who must, tries again what asks for attention: until nothing lies here. `coordinator` brings in
        what others wrote."""
        self.town.wire.down = False
        wait_until(lambda: self._sent(coordinator), what="everything left")
        self.sign_in()

    def _sent(self, coordinator: User | None) -> bool:
        try:
            box = self.do("send")
            if not box["lie"]:
                return True
            waits = {each["author"] for each in box["lie"]}
            helps = coordinator is not None and box["person"] == str(coordinator.pk)
            if box["online"] and box["person"] not in waits and not helps:
                self.sign_in(coordinator or User.objects.get(pk=min(waits)))
            elif box["person"] and any(each["state"] == "attention" for each in box["lie"]):
                self.do("again")  # offered to whose it is, and to who may bring it in
        except Interrupted:
            pass
        return False


def photo(chance: random.Random, width: int = 100) -> bytes:
    """Of noise: no two are the same, and half of one is no whole."""
    size, made = (width, width * 3 // 4), io.BytesIO()
    Image.frombytes("RGB", size, chance.randbytes(size[0] * size[1] * 3)).save(made, "JPEG", quality=80)
    return made.getvalue()
