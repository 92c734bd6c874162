"""The interface is Dutch, all of it: every text in the source has its translation in the catalogue."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from kortrijk_gebied.embedded import ROOT

CATALOGUE = ROOT / "locale/nl/LC_MESSAGES/django.po"
SOURCES = ["areas", "kortrijk_gebied", "reservations", "signals", "teams", "templates"]


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """What `makemessages` finds, merged with our catalogue, in a copy of the source."""
    copy: Path = tmp_path_factory.mktemp("source")
    for name in SOURCES:
        keep_text = shutil.ignore_patterns("__pycache__", "fixtures", "data", "*.geojson")
        shutil.copytree(ROOT / name, copy / name, ignore=keep_text)
    shutil.copytree(ROOT / "locale", copy / "locale")
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "nl", "--no-location", "--no-wrap"]
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return polib.pofile(str(copy / "locale/nl/LC_MESSAGES/django.po"))


class TestDutchCatalogue:
    def test_translates_every_text(self, extracted: polib.POFile) -> None:
        missing = [entry.msgid for entry in extracted if not entry.obsolete and not entry.translated()]
        assert not missing, f"{len(missing)} texts without Dutch: {missing[:20]}"

    def test_keeps_the_placeholders(self, extracted: polib.POFile) -> None:
        wrong = [
            entry.msgid
            for entry in extracted
            for text in ([entry.msgstr] if entry.msgstr else entry.msgstr_plural.values())
            if _placeholders(text) - _placeholders(entry.msgid + entry.msgid_plural)
        ]
        assert not wrong

    def test_is_compiled(self) -> None:
        compiled = {entry.msgid: entry for entry in polib.mofile(str(CATALOGUE.with_suffix(".mo")))}
        stale = [
            entry.msgid
            for entry in polib.pofile(str(CATALOGUE)).translated_entries()
            if (found := compiled.get(entry.msgid)) is None
            or (found.msgstr, found.msgstr_plural) != (entry.msgstr, entry.msgstr_plural)
        ]
        assert not stale, f"Run manage.py compilemessages: {stale[:20]}"


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]", text))
