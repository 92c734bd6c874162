"""How long a coordinator needs to empty a morning inbox of sixty signals without a mouse.

    python -m benchmarks.morning

Every key below is really pressed, in Chromium, on a server with a database of its own, until the list says that there
is nothing to do; what the program lets somebody wait is measured. What Chromium cannot tell comes from models:

- hands and head: the keystroke-level model (Card, Moran and Newell, 1980), as in `benchmarks.call`;
- reading the title and what was told: 238 words a minute, as adults read plain prose (Brysbaert, 2019, a review of
  190 studies);
- making up one's mind about a signal, with a glance at its state, its tasks and its course: five seconds, a guess of
  ours. The last lines say how many are left, and what becomes of it for who reads every word that stands there.
"""

import dataclasses
import os
import statistics
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.call import DECIDING, TYPISTS

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from benchmarks.morning_matter import Item

AIM = 20 * 60
READING = 60 / 238
WEIGHING = 5.0
USUAL = "55 words a minute"
TOGETHER = {"again", "storm"}


@dataclass(frozen=True)
class Move:
    """Keys, or words to type: `{0}` is the first answer of a line. `then` is what one waits for: a window that the
    server makes, the signal as it is now, or the next one."""

    keys: tuple[str, ...] = ()
    text: str = ""
    decides: bool = False
    then: str = ""


SEND = Move(("Control+Enter",), then="next")
OFFER = (Move(("r",), decides=True), Move(text="{0}", decides=True), SEND)
# What is pressed for one signal; or for six that were chosen together.
ACTS: dict[str, tuple[Move, ...]] = {
    "accept": (Move(("a",), decides=True, then="next"),),
    "take over": (Move(("a",), decides=True, then="next"),),
    "again": OFFER,
    "wait": (
        Move(("w",), decides=True), Move(("ArrowDown", "ArrowDown", "Tab"), decides=True), Move(text="{0}"), SEND,
    ),
    "divide": OFFER,
    "share": (
        Move(("s",), decides=True), Move(text="{0}", decides=True), Move(("Tab",)), Move(text="{1}", decides=True),
        Move(("Tab", "ArrowDown", "ArrowDown", "Tab"), decides=True), Move(text="{2}"),
        dataclasses.replace(SEND, then="same"),
        Move(("r",), decides=True), Move(text="{3}", decides=True), SEND,
    ),
    "hand over": (
        Move(("v",), decides=True), Move(text="{0}", decides=True), Move(("Tab",)),
        Move(text="{1}", decides=True), SEND,
    ),
    "join": (Move(("p",), decides=True, then="window"), Move(("Space",), decides=True), SEND),
    "finish": (Move(("d",), decides=True), Move(("Control+b",), decides=True), SEND),
    "finish in words": (Move(("d",), decides=True), Move(text="{0}", decides=True), SEND),
    "storm": (Move(("d",), decides=True, then="window"), Move(text="{0}", decides=True), SEND),
}  # fmt: skip
ACTS["again"] = (dataclasses.replace(OFFER[0], then="window"), *OFFER[1:])


def choosing(count: int) -> tuple[Move, ...]:
    """From here to so many further; each is glanced at."""
    return (Move(("x",), decides=True), *[Move(("j",), decides=True)] * (count - 1), Move(("Shift+X",)))


@dataclass
class Tally:
    signals: int = 0
    words: int = 0
    more: int = 0  # that stand there besides
    typed: int = 0
    presses: int = 0
    strokes: int = 0
    decisions: int = 0
    waits: list[float] = field(default_factory=list)
    weighed: int = 0

    def add(self, move: Move, text: str) -> None:
        self.typed += len(text)
        self.presses += len(move.keys)
        self.strokes += len(text) + sum(len(key.split("+")) for key in move.keys)
        self.decisions += move.decides

    def seconds(self, pace: float, *, thorough: bool = False) -> float:
        words = self.words + thorough * self.more
        thinking = self.decisions * DECIDING + self.weighed * WEIGHING + words * READING
        return self.strokes * pace + thinking + sum(self.waits)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in dataclasses.fields(self)))


def main() -> None:
    from django.db import connection
    from django.utils import translation

    name = str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"benchmark_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with translation.override("nl"):
            show(play())
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def play() -> dict[str, Tally]:
    from django.conf import settings
    from playwright.sync_api import sync_playwright
    from pytest_django.live_server_helper import LiveServer

    from benchmarks.morning_matter import groups, lay_out
    from benchmarks.search import seed
    from signals.demo import texts
    from teams.models import User
    from tests.browser.chromium import launch
    from tests.browser.conftest import session_of

    seed()
    texts.create()
    people = {person.email.partition("@")[0]: person for person in User.objects.select_related("organisation")}
    items, session = lay_out(people), session_of(people["coordinator"])  # playwright has connections of its own
    tallies = {act: Tally() for act in ACTS}
    server = LiveServer("127.0.0.1")
    try:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            context = browser.new_context(base_url=server.url, viewport={"width": 1440, "height": 900}, locale="nl-BE")
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server.url}])
            page = context.new_page()
            page.goto("/postvak/?tab=doen")
            arrived(page, "")
            of = {reference: group for group in groups(items) for reference in group}
            while reference := shown(page):
                act_on(page, [items[one] for one in of[reference]], tallies[items[reference].act])
            page.get_by_text("Niets te doen. Mooi.").wait_for()
            browser.close()
    finally:
        server.stop()
    return tallies


# How it stands, who does what, what happened last.
BESIDES = """() => [...document.querySelectorAll(
    "#signal :is(.ds-tag, .tasks p, .line li:first-child)")]
  .map(part => part.innerText).join(" ").split(/\\s+/).length"""


def act_on(page: "Page", items: list["Item"], tally: Tally) -> None:
    act, answers = items[0].act, items[0].answers
    tally.signals += len(items)
    tally.words += sum(item.words for item in items)
    tally.more += int(page.evaluate(BESIDES))
    tally.weighed += 1
    moves = [*choosing(len(items)), *ACTS[act]] if act in TOGETHER else ACTS[act]
    for move in moves:
        text = move.text.format(*answers)
        tally.add(move, text)
        tally.waits += pressed(page, move, text)


def pressed(page: "Page", move: Move, text: str) -> list[float]:
    """Press it, and how long that lets somebody wait."""
    before = shown(page)
    page.keyboard.type(text)
    if not move.then:
        for key in move.keys:
            page.keyboard.press(key)
        return []
    begun = time.perf_counter()
    if move.then == "window":
        page.keyboard.press(*move.keys)
        page.wait_for_selector("#bulk dialog[open] form :focus")
    else:
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.keyboard.press(*move.keys)
        arrived(page, before if move.then == "next" else "")
    return [time.perf_counter() - begun]


# The next signal stands there, its row is the chosen one, and nothing is under way; or no row is left.
ARRIVED = """before => {
  if (document.querySelector("[aria-busy=true], .htmx-request, dialog[open]")) return false;
  const rows = document.querySelectorAll(".rows .row");
  const row = document.querySelector(".rows .row[aria-current=true]");
  const shown = document.getElementById("signal").dataset.reference;
  return rows.length ? row?.dataset.keyOf === shown && shown !== before : Boolean(document.querySelector(".empty"));
}"""


def arrived(page: "Page", before: str) -> None:
    page.wait_for_function(ARRIVED, arg=before)


def shown(page: "Page") -> str:
    """The reference of the signal beside the list; empty when the list is."""
    return str(page.evaluate("document.querySelector('.rows .row[aria-current=true]')?.dataset.keyOf ?? ''"))


def show(tallies: dict[str, Tally]) -> None:
    whole = sum(tallies.values(), Tally())
    heads = ("signals", "words", "typed", "presses", "decisions", "waiting", "seconds", "each")
    say(f"{'act':<18}" + "".join(f"{head:>11}" for head in heads))
    for act, tally in {**tallies, "all": whole}.items():
        seconds = tally.seconds(TYPISTS[USUAL])
        cells = (tally.signals, tally.words, tally.typed, tally.presses, tally.decisions,
                 f"{sum(tally.waits):.1f} s", f"{seconds:.0f} s", f"{seconds / tally.signals:.1f} s")  # fmt: skip
        say(f"{act:<18}" + "".join(f"{cell:>11}" for cell in cells))
    slowest = max(whole.waits)
    say(
        f"\nwaiting: {len(whole.waits)} times, median {statistics.median(whole.waits) * 1000:.0f} ms,"
        f" most {slowest * 1000:.0f} ms"
    )
    for typist, pace in TYPISTS.items():
        seconds = whole.seconds(pace)
        spare, thorough = (AIM - seconds) / whole.signals, whole.seconds(pace, thorough=True)
        say(f"{typist}: {seconds / 60:.1f} of {AIM // 60} minutes, {spare:.0f} s per signal left over;"
            f" reading all of it {thorough / 60:.1f}")  # fmt: skip


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    main()
