"""Everybody of the matrix, signed in."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from teams.models import Membership, Team, User
from tests.cast import Cast
from tests.permissions.people import EVERYBODY, GONE


@pytest.fixture
def people(cast: Cast) -> Cast:
    gone = User.objects.create(
        email="vertrokken@kortrijk.example", name="Vera Vertrokken", organisation=cast["coordinator"].organisation
    )
    Membership.objects.create(
        user=gone,
        team=Team.objects.get(code="coordinatie-noord-centrum"),
        function="coordinator",
        starts=timezone.localdate() - dt.timedelta(days=100),
        ends=timezone.localdate() - dt.timedelta(days=1),
    )
    return {**cast, GONE: gone}


@pytest.fixture
def clients(people: Cast, sign_in: Callable[[User], Client]) -> dict[str, Client]:
    return {who: sign_in(people[who]) for who in EVERYBODY}
