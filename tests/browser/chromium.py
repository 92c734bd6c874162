"""The Chromium of the machine, started so that it reaches nothing but our own servers."""

import shutil

from playwright.sync_api import Browser, Playwright, expect

from tests.servers import PATIENCE

expect.set_options(timeout=PATIENCE * 1000)

# The same engine without the windows and services of a desktop is a quarter cheaper: taken where it is installed.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The network block of the other tests, for a browser: no name but our own resolves.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def program() -> str:
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        raise RuntimeError("Chromium is missing; bin/test installs it or says how.")
    return found


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
