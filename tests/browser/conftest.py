"""One city for all browser tests: building it takes longer than most of them.

They commit for real, so each works on signals of its own; the city is gone when the last has run.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from signals.intake import Contact, register
from signals.models import Category, Signal
from teams.models import User
from tests import snapshot
from tests.browser import world
from tests.cast import OVERLEIE
from tests.servers import PATIENCE

type Enter = Callable[..., Page]
type Raise = Callable[..., Signal]


@pytest.fixture(scope="package")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Kortrijk behind a web server; its address."""
    with django_db_blocker.unblock():
        # Without a test that asks for a database by name pytest-django makes none: never empty somebody's own.
        assert str(connection.settings_dict["NAME"]).startswith("test_")
        server = LiveServer("127.0.0.1")
        try:
            yield server.url
        finally:
            server.stop()
            snapshot.restore()


@pytest.fixture
def transactional_db(city: str) -> None:
    """In this folder what a test commits stays until the last one has run."""


@pytest.fixture(scope="package")
def people(city: str) -> dict[str, User]:
    """By the part of their address before the @; `people["coordinator"]` is Bram."""
    return {person.email.partition("@")[0]: person for person in User.objects.select_related("organisation")}


@pytest.fixture(scope="package")
def addresses(people: dict[str, User]) -> dict[str, str]:
    """One of everything, by name: `addresses["signal"]`."""
    return world.build(people)


@pytest.fixture
def raise_signal(transactional_db: None, people: dict[str, User]) -> Raise:
    """A signal in Overleie, in Bram's area: `raise_signal("Sluikstort", "Overleiestraat 8")`."""

    def make(subject: str, place: str, **details: Any) -> Signal:
        longitude, latitude = details.pop("at", OVERLEIE)
        contact = Contact(
            category=Category.objects.get(name=subject),
            place=place,
            longitude=longitude,
            latitude=latitude,
            **{"registered_by": people["agent"], "description": "Er staat een hek los bij de school.", **details},
        )
        return register(contact).signal

    return make


@pytest.fixture
def enter(browser: Browser, city: str, transactional_db: None, people: dict[str, User]) -> Iterator[Enter]:
    """A page of a browser of somebody who is signed in, or with JavaScript off: `enter("agent", javascript=False)`."""
    opened: list[BrowserContext] = []

    def as_person(who: str, *, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=city,
            java_script_enabled=javascript,
            viewport={"width": 1440, "height": 900},
            locale="nl-BE",
            timezone_id="Europe/Brussels",
            reduced_motion="reduce",  # a colour is what it is as soon as it is there
        )
        context.set_default_timeout(PATIENCE * 1000)
        opened.append(context)
        if who:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(people[who]), "url": city}])
        return context.new_page()

    yield as_person
    for context in opened:
        context.close()


def session_of(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
