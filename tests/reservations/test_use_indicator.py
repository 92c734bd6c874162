"""The use of rooms as one figure of an area, beside its own past."""

import datetime as dt

import pytest

from areas.models import Area
from areas.past import past_of
from kortrijk_gebied.indicators import Measure
from kortrijk_gebied.sections import Period
from reservations.indicators import room_use
from reservations.models import OpenRange
from tests.reservations.rooms import Rooms, at, booked
from tests.reservations.test_use_read import MONDAY, opened

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


def day(starts: dt.date) -> Period:
    return Period(at(starts, "00:00"), at(starts + dt.timedelta(days=1), "00:00"))


@pytest.fixture
def marke(rooms: Rooms) -> Area:
    """Half of its hall is open for ten hours on two Mondays."""
    OpenRange.objects.all().delete()
    opened(rooms.half_a, "08:00-18:00")
    OpenRange.objects.create(room=rooms.half_a, during=(at(MONDAY - WEEK, "08:00"), at(MONDAY - WEEK, "18:00")))
    return Area.objects.current().get(set__code="gebieden17", name="Marke")


def measured(place: Area) -> list[Measure | None]:
    periods = [day(MONDAY), day(MONDAY - WEEK)]
    return [each.get(place.pk) for each in room_use(past_of([place]), periods)]


class TestUse:
    def test_stands_beside_that_of_before(self, rooms: Rooms, marke: Area) -> None:
        booked(rooms.half_a, at(MONDAY, "10:00"), 4)
        booked(rooms.half_a, at(MONDAY - WEEK, "10:00"), 2)
        assert measured(marke) == [Measure(40, 10), Measure(20, 10)]

    def test_has_no_past_where_nobody_booked(self, rooms: Rooms, marke: Area) -> None:
        booked(rooms.half_a, at(MONDAY, "10:00"), 4)
        assert measured(marke) == [Measure(40, 10), None]

    def test_of_now_is_none_when_all_stands_empty(self, rooms: Rooms, marke: Area) -> None:
        booked(rooms.half_a, at(MONDAY - WEEK, "10:00"), 2)
        assert measured(marke) == [Measure(0, 10), Measure(20, 10)]

    def test_is_not_known_where_nothing_was_open(self, marke: Area) -> None:
        OpenRange.objects.all().delete()
        assert measured(marke) == [None, None]
