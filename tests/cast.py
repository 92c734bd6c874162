"""The cast of every test: Kortrijk as it starts, with one person per role.

    Amber takes calls at 1777; Bram coordinates Noord and Centrum for the city, Brigitte the rim;
    Chantal coordinates for the OCMW, Dirk for the police; Joke is social nurse; Lies is ward
    inspector in the north, Luc in the south; Mo is community warden; Hassan does the work.

They are the people of `signals.demo.accounts`; `cast["coordinator"]` is Bram.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, TransactionTestCase
from pytest_django import DjangoDbBlocker

from areas.models import Area
from signals import seed as signal_seed
from signals.demo import accounts
from signals.intake import Contact, register
from signals.models import Category, Signal
from teams import seed as team_seed
from teams.models import User
from tests import snapshot

type Cast = dict[str, User]

# Points well inside an area of the 17.
OVERLEIE = (3.2620, 50.8335)
KOOIGEM = (3.3380, 50.7380)
MARKE = (3.2330, 50.8060)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Kortrijk stands in the test database before the first test, and each test goes back to it."""
    with django_db_blocker.unblock():
        if not User.objects.exists():
            call_command("load_areas", verbosity=0)
            team_seed.seed()
            signal_seed.seed()
            accounts.create()
        snapshot.take()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", snapshot.after_a_test_that_commits)
        yield
    with django_db_blocker.unblock():
        snapshot.let_go()


@pytest.fixture
def kortrijk(db: None) -> None:
    """The city with nobody's matter in it."""


@pytest.fixture
def cast(kortrijk: None) -> Cast:
    """Each test gets people of its own: what they may do is remembered on the object."""
    people = {person.email.partition("@")[0]: person for person in User.objects.select_related("organisation")}
    return {account.email: people[account.email] for account in accounts.ACCOUNTS}


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    def as_person(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return as_person


@pytest.fixture
def report(cast: Cast) -> Callable[..., Signal]:
    """Register a report and give its signal: `report("Sluikstort", at=OVERLEIE)`."""

    def make(subject: str = "Sluikstort", *, at: tuple[float, float] | None = OVERLEIE, **details: Any) -> Signal:
        contact = Contact(
            category=Category.objects.get(name=subject),
            description=details.pop("description", "Een zetel en tien zakken naast de glascontainer."),
            registered_by=details.pop("by", cast["agent"]),
            longitude=at[0] if at else None,
            latitude=at[1] if at else None,
            **{"place": "Overleiestraat", **details},
        )
        return register(contact).signal

    return make


def area(name: str) -> Area:
    return Area.objects.get(set__code="gebieden17", name=name)
