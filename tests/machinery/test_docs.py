"""What the documentation says of settings, commands and files is true of the program."""

import re

import pytest
from django.core.management import get_commands

from kortrijk_gebied.embedded import ROOT

PRODUCTION = (ROOT / "docs/production.md").read_text()
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]


def documented(text: str) -> set[str]:
    """Variables named in the first column of a table."""
    rows = re.findall(r"^\| (`[A-Z0-9_`, ]+`) \|", text, re.M)
    return {name for row in rows for name in re.findall(r"[A-Z0-9_]+", row)}


def read_by_settings() -> set[str]:
    source = (ROOT / "kortrijk_gebied/settings.py").read_text()
    return set(re.findall(r'\benv\.\w+\(\s*"(\w+)"', source))


def read_by_compose() -> set[str]:
    without_comments = re.sub(r"^#.*", "", (ROOT / "docker-compose.yml").read_text(), flags=re.M)
    return set(re.findall(r"\$\{(\w+):", without_comments))


class TestProductionPage:
    def test_tells_of_every_setting(self) -> None:
        assert len(read_by_settings()) > 20
        assert read_by_settings() <= documented(PRODUCTION)

    def test_tells_of_every_variable_of_the_composition(self) -> None:
        assert read_by_compose() <= documented(PRODUCTION)

    def test_tells_of_no_setting_that_does_not_exist(self) -> None:
        assert documented(PRODUCTION) <= read_by_settings() | read_by_compose()


class TestPages:
    @pytest.mark.parametrize("name", NAMES)
    def test_name_commands_that_exist(self, name: str) -> None:
        named = set(re.findall(r"manage\.py (?!runs)([a-z_0-9]{5,})", (ROOT / name).read_text()))
        assert named <= set(get_commands())

    @pytest.mark.parametrize("name", NAMES)
    def test_link_to_files_that_exist(self, name: str) -> None:
        targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", (ROOT / name).read_text())
        missing = [target for target in targets if not ((ROOT / name).parent / target).exists()]
        assert not missing
