"""The hours the houses begin with: by kind of house, and only where there are none."""

import datetime as dt

import pytest
from django.utils import timezone

from reservations import openings
from reservations.load import load_buildings, load_rooms
from reservations.load_hours import load_hours
from reservations.models import Building, OpeningPeriod, OpenRange, Room
from reservations.moments import moment
from reservations.openings import is_open
from reservations.school_holidays import load_school_holidays
from tests.cast import Cast

SATURDAY = dt.date(2026, 11, 28)
SUMMER = dt.date(2027, 7, 21)  # a Wednesday, in a week that houses close, and a holiday
A_DAY = dt.timedelta(days=1)


@pytest.fixture
def hours(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three houses, worked out for a week: all of them for three years are 66,000 rows."""
    load_buildings()
    load_rooms()
    load_school_holidays()
    few = ["oc-marke", "stadhuis", "basisschool-de-wegwijzer"]
    monkeypatch.setattr(openings, "BACK", 7 * A_DAY)
    monkeypatch.setattr(openings, "AHEAD", 7 * A_DAY)
    Room.objects.exclude(building__code__in=few).delete()
    assert load_hours() == 3


def room(building: str, code: str) -> Room:
    return Room.objects.get(building__code=building, code=code)


class TestHours:
    def test_let_a_hall_stay_open_past_midnight_on_saturday(self, hours: None) -> None:
        openings.work_out(Building.objects.get(code="oc-marke"), today=SATURDAY)
        hall = room("oc-marke", "grote-zaal")
        assert is_open(hall, moment(SATURDAY, dt.time(19)), moment(SATURDAY + A_DAY, dt.time(1)))
        assert not is_open(hall, moment(SATURDAY, dt.time(19)), moment(SATURDAY + A_DAY, dt.time(1, 30)))

    def test_close_a_centre_for_two_weeks_in_summer(self, hours: None) -> None:
        openings.work_out(Building.objects.get(code="oc-marke"), today=SUMMER)
        assert not is_open(room("oc-marke", "vergaderzaal"), moment(SUMMER, dt.time(10)), moment(SUMMER, dt.time(11)))

    def test_give_a_room_its_own(self, hours: None) -> None:
        monday = SATURDAY + 2 * A_DAY
        openings.work_out(Building.objects.get(code="stadhuis"), today=monday)
        evening = moment(monday, dt.time(20)), moment(monday, dt.time(22))
        assert is_open(room("stadhuis", "raadzaal"), *evening)
        assert not is_open(room("stadhuis", "vergaderzaal-1"), *evening)

    def test_are_there_for_every_room_around_today(self, hours: None) -> None:
        assert set(OpenRange.objects.values_list("room", flat=True)) >= set(
            Room.objects.filter(building__code="oc-marke").values_list("pk", flat=True)
        )

    def test_are_given_once_to_a_house_without(self, hours: None) -> None:
        marke = OpeningPeriod.objects.filter(building__code="oc-marke")
        marke.filter(kind="public_holidays").delete()
        before = OpeningPeriod.objects.count()
        assert load_hours() == 0
        assert OpeningPeriod.objects.count() == before

    def test_hold_for_years_without_anybody_thinking_of_it(self, hours: None) -> None:
        whole = OpeningPeriod.objects.filter(kind="year")
        assert not whole.filter(ends__lt=timezone.localdate() + 365 * 9 * A_DAY).exists()
