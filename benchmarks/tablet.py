"""How long a warden waits for the tablet: from the icon to a screen one can press, and from "Bewaren" to "bewaard".

    python -m benchmarks.tablet [TIMES]

Everything happens in Chromium on a real server, without network once the shift has begun. A figure in milliseconds is
of this machine; beside it stands the ratio to what the browser needs for the same thing without us, in the same run:
the smallest page from the same cache, and the same bytes written to IndexedDB as they are, with the same `strict`.

The last lines add up a whole signal with two photos. What Chromium cannot tell is a model: a tap takes 1.1 s with the
choice of where (keystroke-level model, for fingers: Holleis and others, 2007), a thumb types 36 words a minute (Palin
and others, 2019).
"""

import io
import os
import statistics
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

TAP = 1.1
WORD = 60 / 36
TEXT = "Tien zakken naast de brug."
AIM = 20
# A tile, the lens, two photos, the text, Save.
TAPS = 6

# What our own writing is measured by: the same bytes, in one strict transaction, read back.
BARE = """async (sizes) => {
    const database = await new Promise((resolve) => {
        const asked = indexedDB.open("bare", 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("bytes");
        asked.onsuccess = () => resolve(asked.result);
    });
    const parts = sizes.map((size) => new Uint8Array(size).fill(7).buffer);
    const begun = performance.now();
    await new Promise((resolve) => {
        const writing = database.transaction("bytes", "readwrite", {durability: "strict"});
        parts.forEach((part, at) => writing.objectStore("bytes").put(part, at));
        writing.oncomplete = resolve;
    });
    await new Promise((resolve) => {
        database.transaction("bytes").objectStore("bytes").getAll().onsuccess = resolve;
    });
    return performance.now() - begun;
}"""


def main(times: int) -> None:
    from django.db import connection
    from django.utils import translation

    name = str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"benchmark_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with translation.override("nl"):
            play(times)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def play(times: int) -> None:
    from django.db import connection
    from playwright.sync_api import sync_playwright
    from pytest_django.live_server_helper import LiveServer

    from benchmarks.search import seed
    from teams.models import User
    from tests.browser.chromium import launch
    from tests.cast import OVERLEIE
    from tests.field.device import begin, sign_in, with_worker

    seed()
    mo = User.objects.get(email="gemeenschapswacht@kortrijk.example")
    server = LiveServer("127.0.0.1")
    site = server.url.replace("127.0.0.1", "localhost")
    try:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            context = browser.new_context(
                base_url=site, viewport={"width": 1024, "height": 768}, locale="nl-BE", permissions=["geolocation"],
                geolocation={"longitude": OVERLEIE[0], "latitude": OVERLEIE[1], "accuracy": 6},
            )  # fmt: skip
            sign_in(context, mo, site)
            page = with_worker(begin(context.new_page()))
            page.wait_for_function("() => caches.match('/veld/kaart.json')")
            context.set_offline(True)
            saves, bare = measure_saves(page, times)
            page.close()  # a tablet has one window
            opens, least = measure_opens(context, times)
            browser.close()
    finally:
        server.stop()
        with connection.cursor() as cursor:  # a request that the browser broke off may still hold one
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    show(opens, least, saves, bare)


def measure_saves(page: "Page", times: int) -> tuple[list[float], list[float]]:
    """From the tap on Save to the words on the screen, with two photos of a camera of twelve million pixels."""
    files = [
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo(0)},
        {"name": "b.jpg", "mimeType": "image/jpeg", "buffer": photo(90)},
    ]
    saves, bare = [], []
    for _time in range(times):
        page.locator("#tiles").get_by_role("button", name="Sluikstort", exact=True).click()
        page.fill("#new-text", TEXT)
        page.set_input_files("#photo-files", files)  # type: ignore[arg-type]
        page.wait_for_function("() => document.querySelectorAll('#taken img').length === 2")
        begun = time.perf_counter()
        page.get_by_role("button", name="Bewaren", exact=True).click()
        page.locator("#saved-heading").wait_for()
        saves.append(time.perf_counter() - begun)
        sizes = page.evaluate(
            """() => import("/static/field/store.js").then(async ({records}) =>
                (await records()).at(-1).photos.map(({bytes}) => bytes))"""
        )
        bare.append(page.evaluate(BARE, [2000, *sizes]) / 1000)
        page.get_by_role("button", name="Volgend signaal").click()
    return saves, bare


def measure_opens(context: "BrowserContext", times: int) -> tuple[list[float], list[float]]:
    """From the icon to tiles that can be pressed; and to a page with one icon on it, from the same cache."""
    opens: list[float] = []
    least: list[float] = []
    for _time in range(times):
        for address, there, taken in (
            ("/veld/", "html[data-ready] #tiles button", opens), ("/static/icon.svg", "svg", least),
        ):  # fmt: skip
            page = context.new_page()
            begun = time.perf_counter()
            page.goto(address)
            page.locator(there).first.wait_for()
            taken.append(time.perf_counter() - begun)
            page.close()
    return opens, least


def photo(hue: int) -> bytes:
    from PIL import Image

    made = io.BytesIO()
    noise = Image.effect_noise((4000, 3000), 60)
    Image.merge("RGB", (noise, noise.rotate(hue), noise)).save(made, "JPEG", quality=85)
    return made.getvalue()


def show(opens: list[float], least: list[float], saves: list[float], bare: list[float]) -> None:
    say(f"{'without network':<32}{'median':>10}{'slowest':>10}{'ratio':>8}")
    for words, ours, theirs in (("icon to ready", opens, least), ("Bewaren to bewaard, two photos", saves, bare)):
        middle = statistics.median(ours)
        ratio = middle / statistics.median(theirs)
        say(f"{words:<32}{middle * 1000:>7.0f} ms{max(ours) * 1000:>7.0f} ms{ratio:>7.1f}x")
    whole = TAPS * TAP + len(TEXT.split()) * WORD + statistics.median(opens) + statistics.median(saves)
    say(f"\nA signal with two photos and {len(TEXT.split())} words, icon to bewaard: {whole:.1f} of {AIM} seconds.")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
