"""One world for all questions of a file: built once, every test rolls back to it."""

import datetime as dt
import functools
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from signals.demo import accounts
from signals.field import keys, sealing
from signals.models import Tablet
from teams.models import Membership, Organisation, Team, User
from tests.cast import Cast
from tests.permissions.people import GONE
from tests.permissions.tablets import holding

type SignIn = Callable[[User], Client]

new_pair = functools.cache(sealing.new_pair)  # making one takes a while


def everybody() -> Cast:
    people = {person.email.partition("@")[0]: person for person in User.objects.select_related("organisation")}
    return {who: people[who] for who in [*(account.email for account in accounts.ACCOUNTS), GONE]}


def leave_every_team(person: User) -> None:
    today = timezone.localdate()
    for team in Team.objects.all():
        Membership.objects.create(
            user=person, team=team, function="coordinator",
            starts=today - dt.timedelta(days=100), ends=today - dt.timedelta(days=1),
        )  # fmt: skip


def _make_tablet(organisation: Organisation | None) -> None:
    assert organisation is not None
    Tablet.objects.create(name="Tablet van iedereen", organisation=organisation)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "new_pair", new_pair)
        keys.current()


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What a module adds to it stays for the module; what a test adds, for the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        city = User.objects.get(email="coordinator@kortrijk.example").organisation
        leave_every_team(User.objects.create(email=f"{GONE}@kortrijk.example", name="Vera", organisation=city))
        _make_tablet(city)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def cast(city: None, db: None) -> Cast:
    """Fresh people for each test: what they may do is remembered on the object."""
    return everybody()


@pytest.fixture
def sign_in(sign_in: SignIn, city: None) -> SignIn:
    """Everybody holds a tablet that is in use: so none of its addresses is closed for want of one."""
    tablet = Tablet.objects.get(name="Tablet van iedereen")
    return lambda person: holding(sign_in(person), tablet)


@pytest.fixture
def clients(cast: Cast, sign_in: SignIn) -> dict[str, Client]:
    return {who: sign_in(person) for who, person in cast.items()}
