"""The bookings of the demo city: believable, the same every time, and at the beginning of the story of Marke."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from reservations import openings
from reservations.demo import priority, year
from reservations.demo.diary import Diary
from reservations.demo.ledger import Ledger
from reservations.demo.rhythms import FULL, RHYTHMS
from reservations.demo.scenes import SATURDAY, last_free
from reservations.demo.uses import OCCASIONS
from reservations.load import load_buildings, load_rooms
from reservations.load_hours import load_hours
from reservations.models import (
    Allocation,
    Association,
    Booking,
    BookingState,
    Building,
    Occupancy,
    OpenRange,
    Room,
    Series,
)
from reservations.models.states import OCCUPYING
from reservations.moments import moment, whole_day
from reservations.school_holidays import load_school_holidays
from teams.models import Team

WEEKS = 6
A_DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module", autouse=True)
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Some weeks around today, made once; each test rolls back to it."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(openings, "BACK", dt.timedelta(weeks=WEEKS))
        patch.setattr(openings, "AHEAD", dt.timedelta(weeks=WEEKS))
        load_buildings()
        load_rooms()
        load_school_holidays()
        load_hours()
        year.load(WEEKS)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def bookings(kortrijk: None) -> None:
    pass


@pytest.mark.usefixtures("bookings")
class TestYear:
    def test_fills_full_houses_and_leaves_quiet_ones_quiet(self) -> None:
        number = {
            code: Booking.objects.filter(room__building__code=code).count()
            for code in ("oc-marke", "oc-bissegem", "oc-heule-2", "joc-kortrijk")
        }
        assert number["oc-marke"] > 8 * number["oc-bissegem"]
        assert number["joc-kortrijk"] > 5 * number["oc-heule-2"]
        assert 2_500 < Booking.objects.count() < 7_000
        assert Association.objects.filter(is_example=True).count() == 42

    def test_is_within_opening_hours(self) -> None:
        hours = OpenRange.objects.filter(
            room=OuterRef("room"), during__startswith__lte=OuterRef("starts"), during__endswith__gte=OuterRef("ends")
        )
        assert not Booking.objects.occupying().exclude(Exists(hours)).exists()

    def test_gives_each_its_room_whole_and_nobody_else(self) -> None:
        """What a trigger proves of each booking that is made one by one."""
        mine = Occupancy.objects.filter(booking=OuterRef("pk"), during__startswith=OuterRef("starts")).order_by()
        taken = Booking.objects.occupying().annotate(
            spaces=Count("room__spaces", distinct=True), taken=Count("occupancies__space", distinct=True)
        )
        assert not taken.exclude(spaces=F("taken")).exists()
        assert not Booking.objects.occupying().exclude(Exists(mine)).exists()
        assert not Occupancy.objects.exclude(booking=None).exclude(space__rooms=F("booking__room")).exists()
        assert not Occupancy.objects.filter(booking__in=Booking.objects.exclude(state__in=OCCUPYING)).exists()

    def test_has_every_state_and_knows_no_future(self) -> None:
        states = set(Booking.objects.values_list("state", flat=True))
        assert states >= {"requested", "held", "confirmed", "refused", "cancelled", "no_show"}
        now = timezone.now()
        assert not Booking.objects.filter(created_at__gt=now).exists()
        assert not Booking.objects.filter(cancelled_at__gt=now).exists()
        assert not Booking.objects.filter(counted_at__gt=now).exists()
        assert not Booking.objects.filter(state=BookingState.HELD, hold_until__lte=now).exists()
        assert Booking.objects.filter(cancelled_late=True).exists()
        assert not Booking.objects.filter(headcount__gt=F("persons")).exists()

    def test_never_counts_more_people_than_the_room_holds(self) -> None:
        most = {room.pk: max(each.capacity for each in room.setups.all()) for room in Room.objects.all()}
        assert not [
            pk for room, pk, heads in Booking.objects.values_list("room", "pk", "persons") if heads > most[room]
        ]

    def test_has_sitting_days_on_thursday_that_nobody_else_reads(self) -> None:
        sitting = Series.objects.filter(title__startswith="Zitdag")
        assert sitting.exists()
        assert {tuple(each.weekdays) for each in sitting} == {(3,)}
        assert not Booking.objects.filter(series__in=sitting, is_shared=True).exists()
        assert not Booking.objects.filter(organisation__code="politie", is_shared=True).exists()

    def test_shuts_a_house_ahead(self) -> None:
        building = Building.objects.get(code="oc-heule-1")
        assert building.closures.filter(starts__gt=timezone.now()).exists()

    def test_is_made_once(self) -> None:
        assert year.is_loaded()

    def test_is_the_same_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Diary, "write", lambda diary: None)
        again = year.Year(WEEKS)
        assert again.load() == Booking.objects.count()
        planned = {(each.room_id, each.starts, each.title, each.persons) for each in again.diary.bookings}
        assert planned == set(Booking.objects.values_list("room", "starts", "title", "persons"))


@pytest.mark.usefixtures("bookings")
class TestMarke:
    def test_has_one_free_evening_in_the_hall(self) -> None:
        friday = last_free(timezone.localdate())
        hall = Room.objects.prefetch_related("spaces").get(building__code="oc-marke", code="grote-zaal")
        assert is_free(hall, friday)
        evenings = [timezone.localdate() + A_DAY * number for number in range(1, 10)]
        assert [day for day in evenings if is_free(hall, day)] == [friday]

    def test_has_an_alternative_in_bissegem_that_evening(self) -> None:
        friday = last_free(timezone.localdate())
        hall = Room.objects.prefetch_related("spaces").get(building__code="oc-bissegem", code="grote-zaal")
        assert is_free(hall, friday)
        refused = Booking.objects.filter(room__building__code="oc-marke", state="refused", refusal="occupied")
        assert not refused.filter(starts__gte=moment(friday, dt.time(18)), starts__lt=whole_day(friday)[1]).exists()

    def test_is_taken_all_of_saturday(self) -> None:
        begins, ends = whole_day(last_free(timezone.localdate()) + A_DAY)
        there = Booking.objects.live().filter(room__building__code="oc-marke", starts__gte=begins, starts__lt=ends)
        wanted = {each[4] for each in SATURDAY if each[0] == "oc-marke"}
        assert wanted <= set(there.values_list("title", flat=True))


def is_free(room: Room, day: dt.date) -> bool:
    starts, ends = moment(day, dt.time(19)), moment(day, dt.time(22))
    return not Occupancy.objects.filter(space__in=room.spaces.all(), during__overlap=(starts, ends)).exists()


class TestTables:
    def test_agree(self, kortrijk: None) -> None:
        """Every slot names occasions there are, every occasion a team there is, every house how full it is."""
        slots = [slot for slots in RHYTHMS.values() for slot in slots]
        assert {slot.once for slot in slots} | {slot.weekly for slot in slots if slot.regular} <= set(OCCASIONS)
        holders = {each.holder for occasions in OCCASIONS.values() for each in occasions}
        teams = set(Team.objects.values_list("code", flat=True))
        assert {holder for holder in holders if not holder.startswith("club:")} <= teams
        assert set(FULL) == set(Building.objects.values_list("code", flat=True))


class TestLedger:
    def test_knows_a_hall_by_its_halves(self, bookings: None) -> None:
        rooms = list(Room.objects.filter(building__code="oc-marke").prefetch_related("spaces"))
        by_code = {room.code: room for room in rooms}
        day = timezone.localdate() + A_DAY * ((1 - timezone.localdate().weekday()) % 7 or 7)
        starts, ends = moment(day, dt.time(14)), moment(day, dt.time(16))
        ledger = Ledger(rooms, whole_day(day))
        ledger.take(by_code["zaal-a"], starts, ends)
        assert ledger.why_not(by_code["grote-zaal"], starts, ends) == "occupied"
        assert ledger.why_not(by_code["zaal-b"], starts, ends) is None
        ledger.give_back(by_code["zaal-a"], starts, ends)
        assert ledger.why_not(by_code["grote-zaal"], starts, ends) is None
        assert ledger.why_not(by_code["zaal-a"], moment(day, dt.time(5)), ends) == "outside_hours"


@pytest.mark.usefixtures("bookings", "cast")
class TestPriority:
    def test_gives_the_gym_to_school_clubs_and_ocmw_as_the_year_has_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nobody is expelled: who trains there every week has the hour."""
        monkeypatch.setattr(openings, "BACK", 400 * A_DAY)
        monkeypatch.setattr(openings, "AHEAD", 400 * A_DAY)
        openings.work_out(Building.objects.get(code=priority.GYM))
        assert priority.load() > 10
        held = {each.holder.name for each in Allocation.objects.standing().with_words()}
        assert {"Basisschool De Wegwijzer (voorbeeld)", "OCMW Kortrijk", "Judoclub Overleie"} <= held
