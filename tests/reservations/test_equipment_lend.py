"""Nobody is promised a chair that another has: with a room, alone, and whatever becomes of either."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from reservations import actions, lending
from reservations.booking import book
from reservations.models import Booking, BookingState, Equipment, Loan, LoanState
from reservations.placing import expire
from reservations.stock import free
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked
from tests.reservations.stock import lent, loan, thing

HOUR = dt.timedelta(hours=1)


def with_room(rooms: Rooms, cast: Cast, tables: Equipment, quantity: int, who: str = "gebiedswerker") -> Booking:
    booking = Booking(
        room=rooms.meeting, starts=ahead(9), ends=ahead(9, "21:30"), title="Buurtraad", persons=8,
        organisation=cast[who].organisation,
    )  # fmt: skip
    its = Loan(equipment=tables, booking=booking, quantity=quantity, starts=booking.starts, ends=booking.ends)
    return book(booking, by=cast[who], loans=[its])


@pytest.mark.django_db
class TestLending:
    def test_promises_as_many_as_there_are_at_one_moment(self, cast: Cast, rooms: Rooms) -> None:
        tables, els = thing(rooms.hall), cast["gebiedswerker"]
        lending.lend([loan(tables, ahead(9), by=els, quantity=6)], by=els)
        lending.lend([loan(tables, ahead(9) + 2 * HOUR, by=els, quantity=10)], by=els)  # after it: all are back
        with pytest.raises(lending.TooMany, match="4"):
            lending.lend([loan(tables, ahead(9) - HOUR, by=els, quantity=5)], by=els)
        made = lending.lend([loan(tables, ahead(9) - HOUR, by=els, quantity=4)], by=els)
        assert made[0].state == LoanState.CONFIRMED

    def test_writes_nothing_when_asked_again(self, cast: Cast, rooms: Rooms) -> None:
        one, els = loan(thing(rooms.hall), ahead(9), by=cast["gebiedswerker"]), cast["gebiedswerker"]
        assert lending.lend([one], by=els) == lending.lend([one], by=els)
        assert Loan.objects.count() == 1

    def test_asks_the_keeper_where_one_does_not_book(self, cast: Cast, rooms: Rooms) -> None:
        tables, amber = thing(rooms.hall), cast["agent"]
        [made] = lending.lend([loan(tables, ahead(9), by=amber, quantity=10)], by=amber)
        assert made.state == LoanState.ASKED
        assert free([tables], ahead(9), ahead(10))[tables.pk] == 10
        lending.confirm(made, by=cast["gebouwbeheerder"])
        assert free([tables], ahead(9), ahead(10))[tables.pk] == 0
        assert Message.objects.get(key__contains=f"loan:{made.pk}:confirmed").to == amber.email

    def test_lends_nothing_broken_nor_what_stays_in_its_house(self, cast: Cast, rooms: Rooms) -> None:
        els = cast["gebiedswerker"]
        broken, beamer = thing(rooms.hall, unusable=8), thing(rooms.hall, is_portable=False)
        with pytest.raises(lending.TooMany):
            lending.lend([loan(broken, ahead(9), by=els, quantity=3)], by=els)
        with pytest.raises(Refused, match="OC Marke"):
            lending.lend([loan(beamer, ahead(9), by=els)], by=els)


@pytest.mark.django_db
class TestWithARoom:
    def test_stands_or_falls_together(self, cast: Cast, rooms: Rooms) -> None:
        tables = thing(rooms.hall)
        with pytest.raises(lending.TooMany):
            with_room(rooms, cast, tables, 11)
        assert not Booking.objects.exists()
        made = with_room(rooms, cast, tables, 10)
        assert (made.state, made.loans.get().state) == (BookingState.CONFIRMED, LoanState.CONFIRMED)

    def test_goes_along_when_it_moves_and_is_asked_again_where_it_is_taken(self, cast: Cast, rooms: Rooms) -> None:
        tables, els = thing(rooms.hall), cast["gebiedswerker"]
        booking = with_room(rooms, cast, tables, 10)
        actions.move(booking, by=els, room=rooms.meeting, starts=ahead(12), ends=ahead(12, "21:30"))
        its = booking.loans.get()
        assert (its.starts, its.state) == (ahead(12), LoanState.CONFIRMED)
        lent(tables, ahead(14), by=els, quantity=1)
        actions.move(booking, by=els, room=rooms.meeting, starts=ahead(14), ends=ahead(14, "21:30"))
        assert booking.loans.get().state == LoanState.ASKED
        assert Message.objects.filter(key__contains="asked again").exists()

    def test_ends_with_it(self, cast: Cast, rooms: Rooms) -> None:
        tables = thing(rooms.hall)
        booking = with_room(rooms, cast, tables, 10)
        actions.cancel(booking, by=cast["gebiedswerker"])
        assert booking.loans.get().state == LoanState.CANCELLED
        assert free([tables], ahead(9), ahead(10))[tables.pk] == 10

    def test_ends_when_the_hold_does(self, cast: Cast, rooms: Rooms) -> None:
        tables, els = thing(rooms.hall), cast["gebiedswerker"]
        held = booked(rooms.hall, ahead(9), by=els, state="held", hold_until=timezone.now() - HOUR)
        mine: dict[str, Any] = {"organisation": None, "title": "", "booking": held}
        one = lent(tables, ahead(9), by=els, **mine)
        expire(Booking.objects.filter(pk=held.pk))
        one.refresh_from_db()
        assert one.state == LoanState.CANCELLED

    def test_waits_for_the_yes_that_the_room_waits_for(self, cast: Cast, rooms: Rooms) -> None:
        asked = booked(rooms.hall, ahead(9), by=cast["agent"], state="requested")
        one = Loan(equipment=thing(rooms.hall), booking=asked, quantity=4, starts=asked.starts, ends=asked.ends)
        lending.lend([one], by=cast["agent"])
        assert one.state == LoanState.ASKED
        actions.confirm(asked, by=cast["gebouwbeheerder"])
        one.refresh_from_db()
        assert one.state == LoanState.CONFIRMED


@pytest.mark.django_db
class TestTheCounter:
    def test_hands_out_and_takes_back_what_came_back_in_order(self, cast: Cast, rooms: Rooms) -> None:
        tables, geert = thing(rooms.hall), cast["gebouwbeheerder"]
        one = lent(tables, ahead(0, "00:00"), 48, by=cast["gebiedswerker"], quantity=6)
        lending.hand_out(one, by=geert)
        assert (one.state, one.picked_up_by) == (LoanState.OUT, geert)
        lending.take_back(one, by=geert, quantity=4, condition="Twee poten krom")
        tables.refresh_from_db()
        assert (one.state, tables.unusable, tables.lendable) == (LoanState.RETURNED, 2, 8)

    def test_asks_again_what_was_promised_last_when_too_much_broke(self, cast: Cast, rooms: Rooms) -> None:
        tables, els = thing(rooms.hall), cast["gebiedswerker"]
        out = lent(tables, ahead(-1), 48, by=els, quantity=3, state="out")
        first = lent(tables, ahead(20), by=els, quantity=5, created_at=timezone.now() - HOUR)
        last = lent(tables, ahead(20), by=els, quantity=4)
        assert lending.take_back(out, by=cast["gebouwbeheerder"], quantity=0) == [last]
        first.refresh_from_db()
        assert first.state == LoanState.CONFIRMED

    def test_hands_out_no_more_than_lie_there(self, cast: Cast, rooms: Rooms) -> None:
        tables, els = thing(rooms.hall), cast["gebiedswerker"]
        late = lent(tables, ahead(-5), by=els, quantity=8, state="out")
        today = lent(tables, timezone.now() - HOUR, 48, by=els, quantity=5)
        with pytest.raises(lending.TooMany, match="2"):
            lending.hand_out(today, by=cast["gebouwbeheerder"])
        lending.take_back(late, by=cast["gebouwbeheerder"], quantity=8)
        lending.hand_out(today, by=cast["gebouwbeheerder"])

    def test_counts_what_is_late_as_gone_and_says_so_once(self, cast: Cast, rooms: Rooms) -> None:
        tables, els = thing(rooms.hall), cast["gebiedswerker"]
        late = lent(tables, ahead(-5), by=els, quantity=8, state="out")
        now = timezone.now()
        assert free([tables], now, now + HOUR)[tables.pk] == 2
        assert free([tables], ahead(9), ahead(10))[tables.pk] == 10
        assert (lending.remind_of_late(), lending.remind_of_late()) == (1, 1)
        assert Message.objects.get(key__startswith=f"loan:{late.pk}:late").to == els.email

    @pytest.mark.parametrize("act", [lending.confirm, lending.hand_out, lending.cancel])
    def test_does_nothing_with_what_is_over(self, cast: Cast, rooms: Rooms, act: Callable[..., Any]) -> None:
        over = lent(thing(rooms.hall), ahead(-5), by=cast["gebiedswerker"], state="cancelled")
        with pytest.raises(Refused):
            act(over, by=cast["gebouwbeheerder"])


@pytest.mark.django_db
class TestTheDatabase:
    """Whoever writes, by whatever way."""

    def test_lends_no_more_than_there_is(self, cast: Cast, rooms: Rooms) -> None:
        tables = thing(rooms.hall)
        lent(tables, ahead(9), by=cast["gebiedswerker"], quantity=6)
        lent(tables, ahead(9) + HOUR, by=cast["gebiedswerker"], quantity=5)
        with pytest.raises(IntegrityError, match="would be lent"), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    @pytest.mark.parametrize("change", ["quantity = 5", "unusable = 5"])
    def test_has_no_fewer_than_were_lent(self, cast: Cast, rooms: Rooms, change: str) -> None:
        tables = thing(rooms.hall)
        lent(tables, ahead(9), by=cast["gebiedswerker"], quantity=6)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            with pytest.raises(IntegrityError, match="would be lent"), transaction.atomic():
                cursor.execute(f"UPDATE reservations_equipment SET {change} WHERE id = %s", [tables.pk])  # noqa: S608
            cursor.execute("UPDATE reservations_equipment SET quantity = 6 WHERE id = %s", [tables.pk])

    def test_has_no_more_out_than_there_is_however_late(self, cast: Cast, rooms: Rooms) -> None:
        tables = thing(rooms.hall)
        for days in (-9, -5):
            lent(tables, ahead(days), by=cast["gebiedswerker"], quantity=6, state="out")
        with pytest.raises(IntegrityError, match="would be lent"), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db(transaction=True)
class TestMeeting:
    def test_at_one_moment_only_as_many_get_it_as_there_are(self, cast: Cast, rooms: Rooms) -> None:
        """Eight ask for three of ten at once, two kinds in two orders, half of them past the locks of the program."""
        tables, chairs, els = thing(rooms.hall), thing(rooms.hall), cast["gebiedswerker"]
        together, got = threading.Barrier(8), []

        def ask(number: int) -> None:
            both = [loan(each, ahead(9), by=els, quantity=3) for each in (tables, chairs)]
            together.wait()
            try:
                if number % 2:
                    lending.lend(both if number % 4 == 1 else both[::-1], by=els)
                else:
                    with transaction.atomic():
                        for each in both:
                            each.state = LoanState.CONFIRMED
                            each.save(force_insert=True)
                got.append(number)
            except (Refused, IntegrityError):
                pass
            finally:
                connection.close()

        threads = [threading.Thread(target=ask, args=[number]) for number in range(8)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert len(got) == 3
        assert {free([each], ahead(9), ahead(9) + HOUR)[each.pk] for each in (tables, chairs)} == {1}
