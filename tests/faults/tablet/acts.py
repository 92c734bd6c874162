"""One run: a shift on which several things go wrong. The seed decides what, where and in which order."""

import random
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error

from tests.cast import Cast
from tests.faults.tablet.device import Interrupted, Tablet, photo
from tests.faults.tablet.town import Ledger, Town
from tests.servers import wait_until

TEXTS = (
    "Tien zakken naast de glascontainer",
    "Café “De Zwaan”: élf vuilniszakken, çà et là",
    "Één matras\n\nen twee stoelen\n– nat",
    "Graffiti: <b>'ACAB'</b> & \"x\" \\n %s {n}",
    "🚮🧑🏽‍🦽 ligt op het voetpad 🇧🇪",
    "Zwerfvuil e\u0301n blikjes (e\u0301 in twee tekens)",
    "Ζwerfvuil, мусор, ゴミ, قمامة",
    "Tab\there; nul-breedte\u200bspatie; ½ m³ à € 5",
    "regel één\nregel twee\n\tingesprongen",
)
HOUR = 3_600_000
SMALL = 100_000  # bytes: less than a photo of noise


class Run:
    """`happened` are the faults that the run saw happen."""

    def __init__(self, seed: int, tablet: Tablet, ledger: Ledger, cast: Cast) -> None:
        self.seed, self.tablet, self.ledger, self.cast = seed, tablet, ledger, cast
        self.town: Town = tablet.town
        self.chance = random.Random(seed)  # noqa: S311  the same again for the same seed
        self.saves = 0
        self.happened: list[str] = []

    def go(self) -> None:
        turn, at = divmod(self.seed, len(NAMES))
        first = NAMES[at]
        if first == "quota" and turn % 2:  # takes four times as long as another
            first = self.chance.choice(CHEAP)
        names = [first, *self.chance.sample(CHEAP, self.chance.randint(0, 2))]
        self.chance.shuffle(names)
        for name in names:
            ACTS[name](self)
            self.happened.append(name)
        self.settle()

    def settle(self) -> None:
        tablet = self.tablet
        tablet.settle(self.cast["coordinator"] if self.chance.random() < 0.2 else None)
        assert (self.town.server.waiting, self.town.wire.is_armed) == ([], False), "a fault did not happen"

    def text(self) -> str:
        self.saves += 1
        return f"{self.chance.choice(TEXTS)} ({self.seed}.{self.saves})"

    def save(self, *, photos: int = -1, text: str = "") -> dict[str, Any]:
        """Keep something; -1 photos is mostly none."""
        count = photos if photos >= 0 else self.chance.choice([0, 0, 0, 1])
        place = self.chance.choice(["", "Overleiestraat", "aan de Leie, achter ’t Plein"])
        given = [photo(self.chance) for _ in range(count)]
        try:
            return self.tablet.save(self.ledger, self.seed, text or self.text(), given, place)
        except Interrupted:
            # The page loaded anew before it said anything: who wrote writes again.
            return self.save(photos=photos)

    def arm(self, what: str, kind: str = "") -> None:
        kind = kind or self.chance.choice(["record", "record", "photo"])
        self.town.server.arm(kind, what)
        self.save(photos=1 if kind == "photo" else -1)


def browser_killed(run: Run) -> None:
    """Right after the screen said it is kept, or while the server has it."""
    when = run.chance.choice(["", "hang-before", "hang-after"])
    server, tablet = run.town.server, run.tablet
    before = len(server.happened)
    if when:
        server.hold()
        server.arm("record", when)
    run.save()
    if when:
        wait_until(lambda: f"record.{when}" in server.happened[before:], what="the server has it")
    tablet.kill()
    server.go_on()
    tablet.restart()


def server_killed_before_commit(run: Run) -> None:
    run.arm("die-before")


def server_killed_after_commit(run: Run) -> None:
    run.arm("die-after")


def cut_in_mid_photo(run: Run) -> None:
    what = run.chance.choice(["photo", "answer", "record"])
    run.town.wire.arm(what)
    run.save(photos=0 if what == "record" else run.chance.randint(1, 2))


def signed_out(run: Run) -> None:
    run.arm("signed-out")


def forbidden(run: Run) -> None:
    """By a rule, because it is somebody else's, or because the token is of before."""
    what = run.chance.choice(["403", "stranger", "token"])
    if what == "token":
        run.tablet.context.clear_cookies(name="csrftoken")
        run.save()
    else:
        run.arm(what)


def conflict(run: Run) -> None:
    run.arm("409", "record")


def broken_server(run: Run) -> None:
    run.arm(run.chance.choice(["500", "500-after", "503", "429", "portal"]))


def quota(run: Run) -> None:
    """A device with little room: refused on the screen, where everything still stands, and kept when there is room."""
    run.tablet.settle()  # a server that was killed stands again: no worker is between it and the small one
    small = Tablet(run.tablet.browser, run.town)
    small.start()
    small.limit(SMALL)
    small.hand_to(run.cast["gemeenschapswacht"])
    text = run.text()
    refused = small.save(run.ledger, run.seed, text, [photo(run.chance, 450)])
    assert "vol" in refused.get("problem", ""), refused
    small.limit(None)
    answer = {"photos": small.do("hashes"), **small.do("keep")}
    assert "kept" in answer, answer
    small.noted(run.ledger, run.seed, text, answer)
    small.settle()
    small.close()


def two_tabs(run: Run) -> None:
    """Both send at one moment what was saved without network."""
    tablet = run.tablet
    tablet.ready()  # without network no shift begins
    other = tablet.context.new_page()
    other.goto("/veld/")
    run.town.wire.down = True
    run.save()
    run.save(photos=run.chance.choice([0, 1]))
    run.town.wire.down = False
    for page in (tablet.page, other):
        try:
            page.evaluate("() => { hands.send(); }")
        except Error:
            continue  # it loads anew
    run.save()
    tablet.settle()
    other.close()


def clock_wrong(run: Run) -> None:
    run.tablet.settle()  # what was saved before is of another clock
    run.tablet.set_clock(round(run.chance.choice([-72, -5, -0.1, 0.1, 3, 100]) * HOUR))
    run.save()
    run.tablet.settle()
    run.tablet.set_clock(0)


def worker_updated(run: Run) -> None:
    """A new shell comes while something is saved and sent."""
    wait_until(run.tablet.has_shell, what="the first shell stands")
    run.tablet.ready()
    run.town.server.shell(f"{run.seed}.{run.saves}")
    before = run.tablet.page.evaluate("document.documentElement.dataset.shell ?? ''")
    run.tablet.page.evaluate("() => { hands.renew(); }")
    run.save()
    run.save()
    try:
        wait_until(lambda: run.tablet.has_newer_shell(before), what="the new shell stands")
    except AssertionError as problem:
        problem.add_note(f"There stands {run.tablet.do('shells')}, before it {before}.")
        raise


def two_authors(run: Run) -> None:
    """The first went home with something unsent; the next has the tablet."""
    tablet = run.tablet
    tablet.ready()  # without network no shift begins
    run.town.wire.down = True
    run.save()
    run.town.wire.down = False
    tablet.take_over(next(run.cast[name] for name in AUTHORS if run.cast[name] != tablet.person))
    run.save()


AUTHORS = ("gemeenschapswacht", "gebiedswerker")
ALL: tuple[Callable[[Run], None], ...] = (
    browser_killed, server_killed_before_commit, server_killed_after_commit, cut_in_mid_photo, signed_out, forbidden,
    conflict, broken_server, quota, two_tabs, clock_wrong, worker_updated, two_authors,
)  # fmt: skip
ACTS = {act.__name__: act for act in ALL}
NAMES = list(ACTS)
# Those that take another browser, page or clock happen in their own runs, the others in all.
DEAR = {"browser_killed", "quota", "two_tabs", "clock_wrong", "worker_updated", "two_authors"}
CHEAP = [name for name in NAMES if name not in DEAR]
