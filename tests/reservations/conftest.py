import pytest

from tests.cast import Cast
from tests.reservations import rooms as world


@pytest.fixture
def rooms(cast: Cast) -> world.Rooms:
    """Four houses with seven rooms and a choir (tests/reservations/rooms.py); `world.booked` puts something in them."""
    return world.make()
