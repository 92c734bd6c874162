"""The proof of the tablet: what its screen said is kept comes to the city, once and whole, whatever goes wrong."""

import os
import random
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from signals.field import keys, sealing
from tests.cast import Cast
from tests.faults.figures import FIGURES
from tests.faults.tablet.acts import Run
from tests.faults.tablet.broken import DROPS_TOO_EARLY, SENDS_ANEW, Mistake, break_drain
from tests.faults.tablet.burglar import Burglar
from tests.faults.tablet.device import PIN, Tablet, photo
from tests.faults.tablet.town import Town
from tests.servers import temporary_folder

type Pair = tuple[sealing.Jwk, bytes]

pytestmark = pytest.mark.django_db(transaction=True)

# `bin/test --slow` asks for a thousand. With TABLET_FIRST=712 TABLET_RUNS=713 one run alone is done again.
RUNS = int(os.environ.get("TABLET_RUNS", "60"))
FIRST = int(os.environ.get("TABLET_FIRST", "0"))
BATCH = 20
WORDS = ("Achter de haag bij nummer twaalf", "0478 12 34 56", "Aan de achterdeur van de Zwaan")
# The control: a word as it was typed, and a box with its key beside it.
PLANT = """async () => {
    const [{newKey, close}, {setState}] = await Promise.all(
        ["sealing", "store"].map((name) => import(`/static/field/${name}.js`)));
    const key = await newKey();
    await setState("planted", await close("geplant", key, "planted"));
    await setState("word", {key: await crypto.subtle.exportKey("raw", key), word: "geplant woord"});
}"""
PICTURE = photo(random.Random(1))  # noqa: S311  any will do
DRAFT_IS_KEPT = """async () => Boolean(
    await (await import("/static/field/store.js")).sealedOf("drafts", "nieuw"))"""
NONE: dict[str, list[str]] = {"lost": [], "doubled": [], "strange": [], "changed": [], "misdated": []}


@pytest.fixture(scope="module")
def _pair() -> Pair:
    return sealing.new_pair()


@pytest.fixture
def pair(_pair: Pair, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Pair:
    """The key of the city, made once."""
    monkeypatch.setattr(keys, "new_pair", lambda: _pair)
    keys.current()
    return _pair


@pytest.fixture(scope="module")
def town(django_db_setup: None) -> Iterator[Town]:
    made = Town(temporary_folder())
    made.server.wait()
    yield made
    made.close()


@pytest.fixture(scope="module")
def device(browser: Browser, town: Town) -> Iterator[Tablet]:
    made = Tablet(browser, town, town.folder / "profile")
    made.restart()
    yield made
    made.close()


@pytest.fixture
def tablet(cast: Cast, device: Tablet, pair: Pair) -> Tablet:
    device.town.calm()
    device.fresh()
    device.hand_to(cast["gemeenschapswacht"])
    return device


class TestWhateverGoesWrong:
    @pytest.mark.parametrize("first", range(FIRST, RUNS, BATCH))
    def test_what_the_screen_kept_comes_once_and_whole(
        self, tablet: Tablet, cast: Cast, first: int, record_property: Callable[[str, object], None]
    ) -> None:
        ledger = tablet.town.ledger()
        for seed in range(first, min(first + BATCH, RUNS)):
            run = Run(seed, tablet, ledger, cast)
            try:
                run.go()
            except Exception as problem:
                problem.add_note(f"In the run of seed {seed}, after {run.happened}.")
                raise
        counted = ledger.counted()
        record_property(
            FIGURES, {name: len(found) if isinstance(found, list) else found for name, found in counted.items()}
        )
        assert {name: counted[name] for name in NONE} == NONE, counted
        assert counted["runs"] == min(BATCH, RUNS - first)


class TestTheCount:
    """What the runs find, they could have found otherwise."""

    @pytest.mark.parametrize(
        ("mistake", "fault", "finds"),
        [(DROPS_TOO_EARLY, "500", "lost"), (SENDS_ANEW, "500-after", "doubled")],
    )
    def test_sees_a_broken_drain(
        self, browser: Browser, town: Town, cast: Cast, pair: Pair, mistake: Mistake, fault: str, finds: str
    ) -> None:
        tablet, ledger = Tablet(browser, town), town.ledger()
        tablet.start()
        break_drain(tablet, mistake)
        tablet.hand_to(cast["gemeenschapswacht"])
        town.server.arm("record", fault)
        tablet.save(ledger, 0, "Tien zakken", [])
        tablet.settle()
        tablet.close()
        counted = ledger.counted()
        assert {name for name in NONE if counted[name]} == {finds}, counted


class TestAtRest:
    def test_nothing_on_the_device_opens_what_was_noted(self, browser: Browser, tablet: Tablet, town: Town) -> None:
        tablet.page.evaluate(PLANT)
        town.wire.down = True
        tablet.save(town.ledger(), 0, f"{WORDS[0]} ligt een matras", [PICTURE])
        tablet.ready()
        tablet.do("help", "Iemand vraagt hulp", WORDS[1])
        tablet.ready()
        tablet.do("note", {"tile": "Sluikstort", "text": f"{WORDS[2]}, half", "place": "", "photos": []})
        tablet.page.wait_for_function(DRAFT_IS_KEPT)
        tablet.kill()
        burglar = Burglar(browser, tablet.profile_folder, town.site, PIN)
        stores = {store for store, *_ in burglar.told["found"]}
        tablet.restart()
        assert stores >= {"records", "photos", "reading", "drafts", "state"}
        assert burglar.reads([*WORDS, tablet.person.name, "geplant woord"]) == {"geplant woord"}
        assert burglar.opens() == {"state planted"}
