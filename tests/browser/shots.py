"""Screenshots of every page a role can reach from the menu: `python -m tests.browser.shots [ROLE] [--address URL]`.

Signs in as each role on the demo city (a running one, or one it starts and stops itself), opens the four entrances and
what they link to, and writes every page at 1440, 1024x768 and 390 px, light and dark, to `var/shots/ROLE/`, with a
contact sheet per role. For looking, not for asserting.
"""

import argparse
import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin, urlsplit

import django
from django.urls import Resolver404, resolve
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Error, Page, sync_playwright

from kortrijk_gebied.demo.accounts import PASSWORD, read
from kortrijk_gebied.demo.supervisor import Supervisor, free_port
from kortrijk_gebied.embedded import var_dir
from tests.browser.chromium import launch

SIZES = [(1440, 900), (1024, 768), (390, 844)]
SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]
ENTRANCES = ["/vandaag/", "/postvak/", "/gebieden/", "/zalen/", "/veld/", "/teams/ik/"]
MOST_CLICKS = 2  # from an entrance
MOST_OF_A_KIND = 2  # of fifty signals two are enough
TILE = 360


def pages(page: Page, address: str) -> list[str]:
    """The entrances and what they and the menu lead to, a few of each kind."""
    reached = list(ENTRANCES)
    looked: set[str] = set()
    for _click in range(MOST_CLICKS):
        for path in [path for path in few_of_each(reached) if path not in looked]:
            looked.add(path)
            if opens(page, address + path):
                reached += [link for link in links(page, address) if link not in reached]
    return few_of_each(reached)


def opens(page: Page, url: str) -> bool:
    """Whether it is a page; a download breaks the visit off."""
    try:
        answer = page.goto(url, wait_until="networkidle")
    except Error:
        return False
    return answer is not None and answer.status == 200 and "html" in answer.headers.get("content-type", "")


def links(page: Page, address: str) -> list[str]:
    hrefs = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    targets = [urlsplit(urljoin(page.url, href)) for href in hrefs]
    ours = [target.path for target in targets if f"{target.scheme}://{target.netloc}" == address]
    return [path for path in dict.fromkeys(ours) if path.endswith("/")]


def few_of_each(paths: list[str]) -> list[str]:
    kinds: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        kinds[kind(path)].append(path)
    return [path for like in kinds.values() for path in like[:MOST_OF_A_KIND]]


def kind(path: str) -> str:
    """Pages of one view are alike."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def shoot(browser: Browser, address: str, email: str, folder: Path) -> list[Path]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    taken: list[Path] = []
    context = browser.new_context(locale="nl-BE", timezone_id="Europe/Brussels")
    page = context.new_page()
    page.goto(f"{address}/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state("networkidle")
    for path in pages(page, address):
        if not opens(page, address + path):
            continue
        name = path.strip("/").replace("/", "_") or "start"
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
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
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kortrijk_gebied.settings")
    django.setup()  # for its addresses; the pages come from the demo's own processes
    target = var_dir() / "shots"
    with demo(options.address) as address, sync_playwright() as driver:
        browser = launch(driver)
        for account in read(var_dir()):
            role = account.email.partition("@")[0]
            if options.role in (None, role):
                shots = shoot(browser, address, account.email, target / role)
                contact_sheet(shots, target / f"{role}.png")
                sys.stdout.write(f"{role}: {len(shots)} pictures, {target / f'{role}.png'}\n")
        browser.close()


if __name__ == "__main__":
    main()
