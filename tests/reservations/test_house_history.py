"""What became of a house: also of its hours, and of what its rooms are made of."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.test import Client

from kortrijk_gebied.history import steps_of
from reservations.forms import rooms as form_of_rooms
from reservations.forms.rooms import RoomForm
from reservations.models import OpeningSpan, Room
from reservations.spaces import split
from tests.cast import Cast
from tests.reservations.rooms import Rooms

pytestmark = pytest.mark.django_db


def words(row: object) -> list[tuple[str, str, str]]:
    steps = steps_of([row])  # type: ignore[list-item]
    return [(one.name, one.old, one.new) for step in steps for one in step.differences]


def test_tells_what_a_room_is_made_of_and_how_many_it_holds(rooms: Rooms) -> None:
    rooms.meeting.describe()
    split(rooms.meeting.spaces.get(), into=["Links", "Rechts"])
    room = Room.objects.get(pk=rooms.meeting.pk)
    seats = "stoelen in rijen 20, één vergadertafel 14"
    changed = ("Ruimten en opstellingen", f"Vergaderzaal; {seats}", f"Links + Rechts; {seats}")
    assert changed in words(room)


def test_tells_of_other_hours(rooms: Rooms) -> None:
    period = rooms.meeting.building.opening_periods.get()
    period.describe()
    period.spans.exclude(weekday=0).delete()
    OpeningSpan.objects.filter(period=period).update(opens=dt.time(9), closes=dt.time(12, 30))
    period.describe()
    period.refresh_from_db()
    all_day = "; ".join(f"{day} 0.00–0.00" for day in ("ma", "di", "wo", "do", "vr", "za", "zo"))
    assert ("Uren", all_day, "ma 9.00–12.30") in words(period)


@pytest.mark.parametrize("is_new", [True, False])
def test_a_room_is_written_while_nobody_books_in_the_house(
    rooms: Rooms, cast: Cast, monkeypatch: pytest.MonkeyPatch, is_new: bool
) -> None:
    """A new one too: who books a part must know of what it is a part."""
    locked: list[int] = []
    monkeypatch.setattr(form_of_rooms, "lock_building", locked.append)
    house = rooms.hall.building
    sent = QueryDict("name=Nieuw&seats_tables=20&turnaround=0&hold_hours=48&notice_days=7")
    RoomForm(sent, building=house, instance=Room(building=house) if is_new else rooms.half_a).is_valid()
    assert locked == [house.pk]


def test_stands_on_the_page(rooms: Rooms, cast: Cast, client: Client) -> None:
    rooms.meeting.describe()
    client.force_login(cast["gebouwbeheerder"])
    page = client.get(f"{rooms.meeting.building.get_absolute_url()}geschiedenis/").content.decode()
    assert "één vergadertafel 14" in page
