"""A staticfiles finder for what npm installed: just the files our pages use, below `npm/<package>/`."""

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage

# A package brings far more than we serve (other builds, sources, other weights). What is not named
# here does not exist for a browser. Source maps that a served file names must come along, because
# the manifest storage looks for them.
SERVED = {
    "htmx.org": ["dist/htmx.min.js"],
    "@digdir/designsystemet-css": ["dist/src/index.css"],
    "@fontsource-variable/atkinson-hyperlegible-next": ["index.css", "files/*-wght-normal.woff2"],
    "leaflet": ["dist/leaflet.css", "dist/leaflet.js", "dist/leaflet.js.map", "dist/images/*.png"],
}


class NpmFinder(BaseFinder):
    def __init__(self, app_names: Sequence[str] | None = None, *args: Any, **kwargs: Any) -> None:
        self.root = Path(settings.BASE_DIR) / "node_modules"
        self.storage = FileSystemStorage(location=self.root)
        # collectstatic and runserver put this in front of every path.
        self.storage.prefix = "npm"  # type: ignore[attr-defined]

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        if not self.root.is_dir():
            raise ImproperlyConfigured("node_modules is missing. Run `npm ci` first.")
        for package, patterns in SERVED.items():
            for pattern in patterns:
                for path in sorted((self.root / package).glob(pattern)):
                    yield str(path.relative_to(self.root)), self.storage

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        located = self._located(path)
        if located is None:
            return []  # what Django's own finders answer; None would count as a match
        return [located] if find_all else located

    def _located(self, path: str) -> str | None:
        for package, patterns in SERVED.items():
            prefix = f"npm/{package}/"
            if not path.startswith(prefix):
                continue
            inside = path.removeprefix(prefix)
            served = any(fnmatch(inside, pattern) for pattern in patterns)
            if served and ".." not in Path(inside).parts and (self.root / package / inside).is_file():
                return str(self.root / package / inside)
        return None
