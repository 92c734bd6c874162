"""The shell lies in the cache of a tablet that goes from hand to hand: nobody's data, and all of its files."""

import io
import json
import re
from urllib.parse import unquote

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from signals.field import shell as shell_files
from tests.cast import Cast


def told(client: Client) -> dict[str, object]:
    """What the worker says it keeps."""
    found = re.search(r"const SHELL = (\{.*\});", client.get("/veld/werker.js").text)
    assert found is not None
    return dict(json.loads(found.group(1)))


class TestShell:
    def test_is_the_same_for_everybody(self, db: None, client: Client, cast: Cast) -> None:
        stranger = client.get("/veld/")
        client.force_login(cast["gemeenschapswacht"])
        known = client.get("/veld/")
        assert known.content == stranger.content
        assert (known.status_code, known["Cache-Control"]) == (200, "no-cache")
        assert not known.cookies
        assert "Cookie" not in known["Vary"]
        assert "csrf" not in known.text.lower()

    def test_has_no_script_or_style_in_the_page(self, client: Client) -> None:
        page = client.get("/veld/").text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)
        assert 'href="tel:112"' in page


class TestWorker:
    def test_keeps_every_file_the_shell_needs(self, client: Client) -> None:
        files = told(client)["files"]
        assert isinstance(files, list)
        page = client.get("/veld/").text
        asked = {path.partition("#")[0] for path in re.findall(r'(?:src|href)="(/static/[^"]+)"', page)}
        assert asked <= set(files)
        assert "/static/field/outbox.js" in files
        assert [path for path in files if not finders.find(unquote(path).removeprefix("/static/"))] == []

    def test_changes_with_any_file_of_it(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        before, read = told(client), shell_files._contents
        assert told(client) == before
        monkeypatch.setattr(shell_files, "_contents", lambda name: read(name) + b" " * (name == "field/outbox.js"))
        assert told(client)["version"] != before["version"]


class TestManifest:
    def test_names_icons_of_the_size_they_say(self, client: Client) -> None:
        manifest = client.get("/veld/manifest.webmanifest").json()
        assert (manifest["scope"], manifest["start_url"], manifest["lang"]) == ("/veld/", "/veld/", "nl-BE")
        assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
        for icon in manifest["icons"]:
            path = finders.find(icon["src"].removeprefix("/static/"))
            assert path is not None
            with open(path, "rb") as file, Image.open(io.BytesIO(file.read())) as picture:  # noqa: PTH123
                assert icon["sizes"] == f"{picture.width}x{picture.height}"
