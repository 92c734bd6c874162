"""A tablet in the hands of Mo, warden in Overleie. The key of the city is made once: making one takes a while."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from signals.field import keys, records, sealing
from tests.cast import OVERLEIE, Cast
from tests.field.device import sign_in
from tests.field.shapes import NEW_NUMBER, is_frozen, shape
from tests.field.tablet import FieldTablet
from tests.servers import PATIENCE

type Device = Callable[..., Page]

_pairs: list[tuple[sealing.Jwk, bytes]] = []


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first pair of keys is the same in every test; each after it is another."""
    made = iter(range(100))

    def pair() -> tuple[sealing.Jwk, bytes]:
        number = next(made)
        while len(_pairs) <= number:
            _pairs.append(sealing.new_pair())
        return _pairs[number]

    monkeypatch.setattr(keys, "new_pair", pair)


@pytest.fixture
def tablet(cast: Cast) -> FieldTablet:
    found = FieldTablet(Client())
    assert found.start(cast["gemeenschapswacht"]).status_code == 201
    return found


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """By its name: no authenticator answers to a number."""
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.fixture
def device(
    transactional_db: None, cast: Cast, browser: Browser, site: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Device]:
    """A page of a new tablet: `device()` has Mo signed in, `device("")` nobody. No script on it may fail, nothing may
    break the content security policy, and what it seals has the shape that its schema always had."""
    opened: list[BrowserContext] = []
    wrong: list[str] = []
    read = records.read

    def shaped(body: Any) -> records.Record:
        if not is_frozen(body):
            wrong.append(f"{NEW_NUMBER}: {shape(body)}")
        return read(body)

    monkeypatch.setattr(records, "read", shaped)

    def make(who: str = "gemeenschapswacht", **options: Any) -> Page:
        longitude, latitude = OVERLEIE
        where = {"longitude": longitude, "latitude": latitude, "accuracy": 6}
        size = {"width": 1024, "height": 768}
        context = browser.new_context(
            **{"base_url": site, "viewport": size, "locale": "nl-BE", "timezone_id": "Europe/Brussels",
               "geolocation": where, "permissions": ["geolocation"], **options}
        )  # fmt: skip
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        context.on("console", lambda line: wrong.append(line.text) if "Content Security" in line.text else None)
        context.set_default_timeout(PATIENCE * 1000)
        opened.append(context)
        if who:
            sign_in(context, cast[who], site)
        return context.new_page()

    yield make
    for context in opened:
        context.close()
    assert wrong == []
