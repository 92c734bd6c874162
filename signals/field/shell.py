"""What the tablet keeps to start without network: the files, and a version that changes with any of them."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

FONT = "npm/@fontsource-variable/atkinson-hyperlegible-next"
STYLES = (
    f"{FONT}/index.css",
    "theme.css",
    "npm/@digdir/designsystemet-css/dist/src/index.css",
    "app.css",
    "components.css",
    "today.css",
    "npm/leaflet/dist/leaflet.css",
    "areas/map.css",
    "field.css",
    "field/shell.css",
    "field/day.css",
)
OTHERS = (
    "npm/leaflet/dist/leaflet.js",
    f"{FONT}/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    f"{FONT}/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
    "icon.svg",
    "icons.svg",
    "field/icon-192.png",
    "field/icon-512.png",
    "field/icon-maskable.png",
)


@dataclass(frozen=True)
class Shell:
    version: str
    files: tuple[str, ...]


def shell_of(page: str) -> Shell:
    """`page` is the shell as a browser gets it: its words are part of the version."""
    names = [*STYLES, *OTHERS, *_modules()]
    hashed = hashlib.sha256(page.encode())
    for name in names:
        hashed.update(f"\n{static(name)}\n".encode() + _contents(name))
    return Shell(hashed.hexdigest()[:16], tuple(static(name) for name in names))


def _modules() -> list[str]:
    return sorted(f"field/{path.name}" for path in Path(settings.BASE_DIR, "static/field").glob("*.js"))


def _contents(name: str) -> bytes:
    """Empty where only the collected files are there: then their addresses tell what is in them."""
    found = finders.find(name)
    return Path(str(found)).read_bytes() if found else b""
