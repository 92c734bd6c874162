import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from kortrijk_gebied.npm import NpmFinder

ROOT = Path(settings.BASE_DIR)
MANIFEST = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}


class TestNpmFinder:
    @pytest.mark.parametrize(
        "path",
        [
            "npm/htmx.org/dist/htmx.min.js",
            "npm/@digdir/designsystemet-css/dist/src/index.css",
            "npm/leaflet/dist/images/marker-icon.png",
        ],
    )
    def test_finds_what_our_pages_use(self, path: str) -> None:
        assert Path(str(finders.find(path))).is_file()

    @pytest.mark.parametrize(
        "path",
        [
            "npm/htmx.org/package.json",
            "npm/htmx.org/dist/htmx.js",
            "npm/axe-core/axe.min.js",
            "npm/leaflet/dist/images/../../package.json",
            "htmx.org/dist/htmx.min.js",
        ],
    )
    def test_hides_the_rest(self, path: str) -> None:
        assert finders.find(path) is None

    def test_lists_exactly_what_it_finds(self) -> None:
        finder = NpmFinder()
        listed = [f"npm/{path}" for path, _ in finder.list([])]
        assert listed
        assert all(finder.find(path) for path in listed)


class TestCollectedFiles:
    def test_get_far_future_names(self, tmp_path: Path) -> None:
        with override_settings(STORAGES={**settings.STORAGES, **MANIFEST}, STATIC_ROOT=tmp_path):
            call_command("collectstatic", interactive=False, verbosity=0)
        names: dict[str, Any] = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
        assert names["npm/htmx.org/dist/htmx.min.js"] != "npm/htmx.org/dist/htmx.min.js"
        font = tmp_path / names["npm/@fontsource-variable/atkinson-hyperlegible-next/index.css"]
        assert "latin-wght-normal." in font.read_text()


class TestLockFile:
    def test_names_no_host(self) -> None:
        lock = json.loads((ROOT / "package-lock.json").read_text())
        assert not [name for name, package in lock["packages"].items() if "resolved" in package]

    def test_pins_every_package_by_hash(self) -> None:
        packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
        assert all("integrity" in package for name, package in packages.items() if name)
