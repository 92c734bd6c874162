from collections.abc import Iterator

import pytest
from django.core.cache import cache

from reservations.models import Contact
from tests.cast import Cast
from tests.reservations import rooms as world
from tests.reservations.proof import wrongs
from tests.reservations.register import contact_of


@pytest.fixture
def rooms(cast: Cast) -> world.Rooms:
    """Four houses with seven rooms and a choir (tests/reservations/rooms.py); `world.booked` puts something in them."""
    return world.make()


@pytest.fixture
def nothing_is_wrong(request: pytest.FixtureRequest) -> Iterator[None]:
    """What must hold of all bookings holds after the test too (tests/reservations/proof.py)."""
    yield
    if "rooms" in request.fixturenames:
        assert wrongs() == {}


@pytest.fixture
def no_throttle_of_before() -> None:
    cache.clear()


@pytest.fixture
def mieke(rooms: world.Rooms) -> Contact:
    """Of the choir, who may ask for rooms by the link in a mail."""
    return contact_of(rooms.choir)
