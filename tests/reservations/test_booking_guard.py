"""Whatever slips past the rules meets the database, and who asked hears a sentence."""

import datetime as dt
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from kortrijk_gebied.refusals import Refused
from reservations import actions, closing, locking, placing, spaces
from reservations.locking import Busy
from reservations.models import Booking, Closure, Occupancy, Series
from reservations.placing import Taken, place
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked
from tests.reservations.test_placing import wish

pytestmark = pytest.mark.django_db

A_YEAR_AND_MORE = dt.timedelta(days=400)


@pytest.fixture
def somebody_else() -> Iterator[psycopg.Connection[Any]]:
    """Another session on the same database."""
    settings = connection.get_connection_params()
    with psycopg.connect(
        **{name: settings[name] for name in ("dbname", "user", "host", "port") if name in settings}
    ) as it:
        yield it


def settle() -> None:
    """As at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


class TestMeeting:
    def test_with_what_came_past_the_locks_is_refused_and_writes_nothing(
        self, rooms: Rooms, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        booked(rooms.hall, ahead(3))
        monkeypatch.setattr(placing, "obstacles", lambda *_asked, **_more: {})
        with pytest.raises(Busy):
            place([wish(rooms.half_a, ahead(3))])
        assert Booking.objects.count() == 1

    def test_with_the_same_key_in_another_room_is_refused(self, rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
        there = booked(rooms.hall, ahead(3))
        monkeypatch.setattr(Booking.objects, "in_bulk", lambda _keys: {})
        with pytest.raises(Busy):
            place([wish(rooms.bissegem, ahead(3), id=there.pk)])

    @pytest.mark.parametrize("locked", [(locking.BUILDING, "building_id"), (locking.SPACE, "pk")])
    def test_with_who_holds_a_lock_for_too_long_is_refused(
        self, rooms: Rooms, somebody_else: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch, locked: Any
    ) -> None:
        monkeypatch.setattr(locking, "PATIENCE", "20ms")
        space = rooms.half_a.spaces.get()
        key, name = locked
        somebody_else.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [key, getattr(space, name)])
        with pytest.raises(Busy):
            place([wish(rooms.hall, ahead(3))])
        with pytest.raises(Busy):
            spaces.split(space, into=["links", "rechts"]) if key == locking.BUILDING else place(
                [wish(rooms.half_a, ahead(3))]
            )
        assert place([wish(rooms.bissegem, ahead(3))]).placed
        somebody_else.rollback()
        assert place([wish(rooms.hall, ahead(3))]).placed

    def test_is_looked_for_behind_locks_alone(self, rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(locking, "connection", SimpleNamespace(in_atomic_block=False))
        with pytest.raises(RuntimeError):
            locking.lock_building(rooms.hall.building_id)

    def test_hides_no_other_fault(self, rooms: Rooms) -> None:
        with pytest.raises(IntegrityError, match="booking_of_somebody"):
            place([wish(rooms.hall, ahead(3), persons=0)])


class TestEveryBooking:
    """The database looks at it when a transaction ends."""

    @pytest.mark.parametrize(
        "breaks",
        [
            "DELETE FROM reservations_occupancy WHERE booking_id = %(booking)s",
            "DELETE FROM reservations_occupancy WHERE id = (SELECT max(id) FROM reservations_occupancy)",
            "UPDATE reservations_booking SET state = 'cancelled', cancelled_at = now(), cancelled_kind = 'holder'",
            "UPDATE reservations_booking SET starts = starts - interval '1 hour'",
            "UPDATE reservations_booking SET ends = ends + interval '3 hours'",
            "UPDATE reservations_booking SET room_id = %(other)s",
            "UPDATE reservations_occupancy SET space_id = %(space)s"
            " WHERE id = (SELECT max(id) FROM reservations_occupancy)",
            "UPDATE reservations_occupancy SET during = tstzrange(lower(during), upper(during) - interval '2 hours')",
            "UPDATE reservations_occupancy SET booking_id = %(request)s",
            "INSERT INTO reservations_occupancy (space_id, booking_id, during) SELECT %(space)s, booking_id, during"
            " FROM reservations_occupancy LIMIT 1",
            "INSERT INTO reservations_occupancy (space_id, booking_id, during) SELECT %(space)s, %(request)s, during"
            " FROM reservations_occupancy LIMIT 1",
        ],
    )
    def test_has_all_its_room_and_nothing_else(self, rooms: Rooms, breaks: str) -> None:
        there = booked(rooms.hall, ahead(3))
        request = booked(rooms.bissegem, ahead(3), state="requested")
        settle()
        keys: dict[str, Any] = {"booking": there.pk, "request": request.pk, "other": rooms.bissegem.pk}
        keys |= {"space": rooms.meeting.spaces.get().pk}
        with pytest.raises(IntegrityError, match=r"of the . spaces of its room"), transaction.atomic():
            self.write(breaks, keys)

    def write(self, statement: str, keys: dict[str, Any]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, keys)
        settle()

    def test_may_be_erased_with_what_it_had(self, rooms: Rooms) -> None:
        booked(rooms.hall, ahead(3)).delete()
        settle()
        assert not Occupancy.objects.exists()

    def test_of_the_past_is_let_be(self, rooms: Rooms) -> None:
        there = booked(rooms.hall, ahead(-3))
        rooms.hall.spaces.set(rooms.meeting.spaces.all())
        actions.count(there, by=there.created_by, headcount=12)  # type: ignore[arg-type]
        settle()

    def test_is_in_a_room_made_of_something(self, rooms: Rooms) -> None:
        rooms.meeting.spaces.clear()
        with pytest.raises(Taken) as refused:
            place([wish(rooms.meeting, ahead(3))])
        assert [one.reason for each in refused.value.in_the_way.values() for one in each] == ["unfit"]


EMPTY, REVERSED, ENDLESS = dt.timedelta(0), dt.timedelta(hours=-2), A_YEAR_AND_MORE


@pytest.mark.parametrize("lasts", [EMPTY, REVERSED, ENDLESS])
class TestAStretch:
    """Nothing is empty, reversed or 400 days long."""

    def test_of_a_booking_is_refused_with_a_sentence(self, rooms: Rooms, lasts: dt.timedelta) -> None:
        starts = ahead(3)
        with pytest.raises(Refused, match=r"eindigen|langer"):
            place([wish(rooms.hall, starts, lasts / dt.timedelta(hours=1))])
        there = booked(rooms.hall, starts)
        with pytest.raises(Refused, match=r"eindigen|langer"):
            actions.move(there, by=None, room=rooms.hall, starts=starts, ends=starts + lasts)

    def test_of_a_booking_is_refused_by_the_database(self, rooms: Rooms, lasts: dt.timedelta) -> None:
        there = booked(rooms.hall, ahead(3))
        with pytest.raises(IntegrityError, match=r"booking_(ends_after|no_longer)"), transaction.atomic():
            run("UPDATE reservations_booking SET ends = starts + %s WHERE id = %s", lasts, there.pk)

    def test_of_a_closure_is_refused_with_a_sentence(self, rooms: Rooms, cast: Cast, lasts: dt.timedelta) -> None:
        shut = Closure(building=rooms.hall.building, starts=ahead(3), ends=ahead(3) + lasts, reason="Lek")
        with pytest.raises(Refused, match=r"eindigen|langer"):
            closing.close(shut, spaces=list(rooms.hall.spaces.all()), choices={}, by=cast["gebouwbeheerder"])
        assert not Closure.objects.exists()

    def test_of_a_closure_is_refused_by_the_database(self, rooms: Rooms, lasts: dt.timedelta) -> None:
        with pytest.raises(IntegrityError, match=r"closure_(ends_after|no_longer)"), transaction.atomic():
            Closure.objects.create(building=rooms.hall.building, starts=ahead(3), ends=ahead(3) + lasts, reason="Lek")

    def test_of_a_space_is_refused_by_the_database(self, rooms: Rooms, lasts: dt.timedelta) -> None:
        booked(rooms.meeting, ahead(3))
        with pytest.raises((IntegrityError, psycopg.DataError, Exception)) as refused, transaction.atomic():
            run("UPDATE reservations_occupancy SET during = tstzrange(lower(during), lower(during) + %s)", lasts)
        assert any(word in str(refused.value) for word in ("occupancy_not_empty", "lower bound", "occupancy_no_longer"))

    def test_without_an_end_is_refused_by_the_database(self, rooms: Rooms, lasts: dt.timedelta) -> None:
        booked(rooms.meeting, ahead(3))
        with pytest.raises(IntegrityError, match="occupancy_"), transaction.atomic():
            run("UPDATE reservations_occupancy SET during = tstzrange(lower(during), NULL)")


def test_a_series_is_placed_once_though_it_is_asked_twice_at_once(rooms: Rooms, cast: Cast) -> None:
    first = ahead(3)
    series = Series.objects.create(
        room=rooms.hall, title="Koor", persons=10, organisation=cast["coordinator"].organisation, weekdays=[1],
        first_on=first.date(), times=2, start_time=dt.time(19, 30), end_time=dt.time(21, 30),
    )  # fmt: skip
    of_it: dict[str, Any] = {"series": series, "series_on": first.date()}
    place([wish(rooms.hall, first, **of_it)])
    with pytest.raises(Busy):
        place([wish(rooms.bissegem, first, **of_it)])
