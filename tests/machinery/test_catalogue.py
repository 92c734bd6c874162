"""The interface is Dutch, all of it: every text in the source has its translation in the catalogue."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import allauth
import django
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


@pytest.fixture(scope="module")
def aliased() -> set[str]:
    """Texts under another name for gettext (`_g`), which `makemessages` does not know."""
    return {text for name in SOURCES for path in (ROOT / name).rglob("*.py") for text in _said_in(path)}


def _said_in(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text())
    names = {
        name.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.asname
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names and node.args:
            said = node.args[0]
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                yield said.value


def _of_libraries() -> set[str]:
    """What Django and allauth say, where our Dutch stands in for theirs."""
    homes = [Path(str(library.__file__)).parent for library in (django, allauth)]
    files = [file for home in homes for file in home.rglob("locale/en/LC_MESSAGES/django.po")]
    return {entry.msgid for file in files for entry in polib.pofile(str(file))}


class TestDutchCatalogue:
    def test_translates_every_text(self, extracted: polib.POFile) -> None:
        missing = [entry.msgid for entry in extracted if not entry.obsolete and not entry.translated()]
        assert not missing, f"{len(missing)} texts without Dutch: {missing[:20]}"

    def test_translates_what_is_said_under_another_name(self, aliased: set[str]) -> None:
        known = {entry.msgid for entry in polib.pofile(str(CATALOGUE)).translated_entries()}
        assert aliased
        assert not aliased - known

    def test_holds_nothing_that_nobody_says(self, extracted: polib.POFile, aliased: set[str]) -> None:
        left = {entry.msgid for entry in extracted if entry.obsolete} - aliased
        assert not left - (_of_libraries() if left else set())

    def test_uses_one_kind_of_apostrophe(self) -> None:
        texts = [
            text
            for entry in polib.pofile(str(CATALOGUE))
            for text in ([entry.msgstr] if entry.msgstr else entry.msgstr_plural.values())
        ]
        assert not [text for text in texts if re.search(r"\w'\w", text)]

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
