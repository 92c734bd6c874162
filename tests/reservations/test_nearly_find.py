"""One evening, and what nearly does: near what was named, with few rooms too, and without the one thing it lacks."""

import pytest

from reservations.finding import Option, find, near_misses
from reservations.models import Booking, Building, Feature, Room
from reservations.near import Near
from reservations.rights import Rights
from teams.access import access_of
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = pytest.mark.django_db
NEAR_BISSEGEM = Near("Bissegem", (3.2250, 50.8270))


def wish(persons: int = 100, *features: str) -> Booking:
    return Booking(starts=ahead(9), ends=ahead(9, "21:30"), persons=persons, layout="", features=list(features))


def nearly(cast: Cast, asked: Booking, near: Near | None = None) -> tuple[list[Option], list[Option]]:
    rights = Rights.of(access_of(cast["gebiedswerker"]))
    free = find(asked, rights=rights, near=near)
    return free, near_misses(asked, rights=rights, near=near, free=free)


@pytest.fixture
def on_the_map(rooms: Rooms) -> None:
    Building.objects.filter(code="oc-bissegem").update(longitude=3.2250, latitude=50.8270)
    Building.objects.filter(code="oc-marke").update(longitude=3.2330, latitude=50.8060)


def test_the_nearest_comes_before_the_smallest_change(cast: Cast, rooms: Rooms, on_the_map: None) -> None:
    """In Marke half an hour later, in Bissegem only two hours later: who asks near Bissegem hears that first."""
    booked(rooms.hall, ahead(9, "17:00"), 2)
    booked(rooms.bissegem, ahead(9, "18:30"), 2.5)
    free, far = nearly(cast, wish(200))
    assert (free, far[0].room) == ([], rooms.hall)
    free, close = nearly(cast, wish(200), NEAR_BISSEGEM)
    assert (free, close[0].room) == ([], rooms.bissegem)
    assert any("Bissegem" in reason for reason in close[0].reasons)


def test_is_said_beside_few_rooms_as_well(cast: Cast, rooms: Rooms, on_the_map: None) -> None:
    booked(rooms.bissegem, ahead(9, "18:30"), 2)
    free, also = nearly(cast, wish(200), NEAR_BISSEGEM)
    assert [option.room for option in free] == [rooms.hall]
    assert [option.room for option in also] == [rooms.bissegem]


def test_beside_many_rooms_only_what_is_nearer(cast: Cast, rooms: Rooms, on_the_map: None) -> None:
    booked(rooms.bissegem, ahead(9, "18:30"), 2)
    Room.objects.filter(pk__in=[rooms.ocmw.pk, rooms.police.pk]).delete()
    free, also = nearly(cast, wish(10), NEAR_BISSEGEM)
    assert len(free) == 4
    assert [option.room for option in also] == [rooms.bissegem]
    assert nearly(cast, wish(10))[1] == []


def test_a_room_without_the_one_thing_says_so(cast: Cast, rooms: Rooms) -> None:
    free, also = nearly(cast, wish(100, Feature.STAGE, Feature.KITCHEN))
    assert free == []
    assert {option.room for option in also} <= {rooms.hall, rooms.half_a, rooms.bissegem}
    assert {reason for option in also for reason in option.reasons if "keuken" in reason} == {"zonder keuken"}
    assert all(option.starts == ahead(9) for option in also)
