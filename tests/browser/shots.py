"""Screenshots of every page a role can reach from the menu: `python -m tests.browser.shots [ROLE] [--address URL]`.

Signs in as each role on the demo city (a running one, or one it starts and stops itself), opens the four entrances and
what they link to, and writes every page at 1440, 1024x768 and 390 px, light and dark, to `var/shots/ROLE/`, with a
contact sheet per role. For looking, not for asserting.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

from kortrijk_gebied.demo.accounts import PASSWORD, read
from kortrijk_gebied.demo.supervisor import Supervisor, free_port
from kortrijk_gebied.embedded import ROOT
from tests.browser.chromium import launch

SIZES = [(1440, 900), (1024, 768), (390, 844)]
SCHEMES = ["light", "dark"]
ENTRANCES = ["/vandaag/", "/postvak/", "/gebieden/", "/zalen/", "/veld/"]
MOST_SIBLINGS = 4  # of a list of like pages, such as fifty signals, the first one is enough
TILE = 360


def pages(page: Page, address: str) -> list[str]:
    """The entrances and what they link to, one of each kind."""
    found: dict[str, list[str]] = defaultdict(list)
    for entrance in ENTRANCES:
        answer = page.goto(address + entrance)
        if answer is None or answer.status != 200:
            continue
        found[""].append(entrance)
        for link in page.eval_on_selector_all("main a[href]", "links => links.map(a => a.getAttribute('href'))"):
            target = urlsplit(urljoin(page.url, link))
            path = target.path
            if f"{target.scheme}://{target.netloc}" != address or path in ENTRANCES or re.search(r"\.\w+$", path):
                continue
            siblings = found[path.rstrip("/").rpartition("/")[0]]
            if path not in siblings:
                siblings.append(path)
    return [
        path for siblings in found.values() for path in (siblings if len(siblings) <= MOST_SIBLINGS else siblings[:2])
    ]


def shoot(browser: Browser, address: str, email: str, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    context = browser.new_context(locale="nl-BE", timezone_id="Europe/Brussels")
    page = context.new_page()
    page.goto(f"{address}/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state("networkidle")
    for path in pages(page, address):
        name = path.strip("/").replace("/", "_") or "start"
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                page.goto(address + path)
                page.wait_for_load_state("networkidle")
                taken.append(folder / f"{name}-{width}-{scheme}.png")
                page.screenshot(path=taken[-1])
    context.close()
    return taken


def contact_sheet(shots: list[Path], target: Path) -> None:
    columns = len(SIZES) * len(SCHEMES)
    rows = -(-len(shots) // columns)
    sheet = Image.new("RGB", (columns * TILE, rows * TILE), "#777777")
    pen = ImageDraw.Draw(sheet)
    for index, path in enumerate(shots):
        x, y = index % columns * TILE, index // columns * TILE
        with Image.open(path) as shot:
            shot.thumbnail((TILE - 8, TILE - 24))
            sheet.paste(shot, (x + 4, y + 20))
        pen.text((x + 4, y + 4), path.stem, fill="white")
    sheet.save(target)


@contextmanager
def demo(address: str | None) -> Iterator[str]:
    if address:
        yield address.rstrip("/")
        return
    supervisor = Supervisor(free_port())
    try:
        supervisor.start()
        yield supervisor.address.rstrip("/")
    finally:
        supervisor.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("role", nargs="?", help="the part of an account before the @; without it all of them")
    parser.add_argument("--address", help="a demo that runs already, such as http://localhost:8000")
    options = parser.parse_args()
    target = ROOT / "var/shots"
    with demo(options.address) as address, sync_playwright() as driver:
        browser = launch(driver)
        for account in read(ROOT / "var"):
            role = account.email.partition("@")[0]
            if options.role in (None, role):
                shots = shoot(browser, address, account.email, target / role)
                contact_sheet(shots, target / f"{role}.png")
                sys.stdout.write(f"{role}: {len(shots)} pictures, {target / f'{role}.png'}\n")
        browser.close()


if __name__ == "__main__":
    main()
