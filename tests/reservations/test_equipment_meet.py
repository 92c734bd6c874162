"""Rooms and several things in one transaction, in any order, while others give back, lose, move and cancel: never more
lent than there is, never half of what was asked, and nobody waits in a circle."""

import random
import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection
from psycopg import errors

from kortrijk_gebied.refusals import Refused
from reservations import actions, lending
from reservations.booking import book
from reservations.locking import Busy, lock_equipment, undisturbed
from reservations.models import Booking, Equipment, Loan, LoanState, Room
from reservations.models.loan_states import TAKING
from teams.models import User
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked
from tests.reservations.stock import lent, loan, thing

WRITERS, TRIES, THERE = 8, 7, 20


class Writer(threading.Thread):
    """One of those who work at once, by a seed of their own."""

    def __init__(self, number: int, together: threading.Barrier, rooms: list[Room], things: list[Equipment], by: User):
        super().__init__()
        self.dice = random.Random(number)  # noqa: S311
        self.together, self.met = together, Counter[str]()
        self.rooms, self.things, self.by = rooms, things, by
        self.made: list[Booking] = []

    def run(self) -> None:
        try:
            acts = [self.book, self.book, self.lend, self.lend, self.move, self.cancel, self.counter]
            self.together.wait()
            for _each in range(TRIES):
                self.once(self.dice.choice(acts))
        except Exception as problem:  # whatever it is: it fails the test
            self.met[repr(problem)] += 1
        finally:
            connection.close()

    def once(self, act: Callable[[], None]) -> None:
        try:
            act()
            self.met["had"] += 1
        except Busy as busy:
            cause = busy.__cause__.__cause__ if busy.__cause__ else None
            self.met["deadlocks" if isinstance(cause, errors.DeadlockDetected) else "busy"] += 1
        except Refused:
            self.met["refused"] += 1

    def some(self) -> list[tuple[Equipment, int]]:
        return [(each, self.dice.randint(2, 5)) for each in self.dice.sample(self.things, 3)]

    def book(self) -> None:
        room, day = self.dice.choice(self.rooms), self.dice.randint(9, 11)
        booking = Booking(
            room=room, starts=ahead(day), ends=ahead(day, "21:30"), title="Race", persons=5,
            organisation=self.by.organisation,
        )  # fmt: skip
        its = [
            Loan(equipment=each, booking=booking, quantity=number, starts=booking.starts, ends=booking.ends)
            for each, number in self.some()
        ]
        self.made.append(book(booking, by=self.by, loans=its, hold=self.dice.random() < 0.3))

    def lend(self) -> None:
        day = self.dice.randint(9, 11)
        lending.lend([loan(each, ahead(day), by=self.by, quantity=number) for each, number in self.some()], by=self.by)

    def move(self) -> None:
        if self.made:
            room, day = self.dice.choice(self.rooms), self.dice.randint(9, 11)
            one = self.dice.choice(self.made)
            actions.move(one, by=self.by, room=room, starts=ahead(day), ends=ahead(day, "21:30"))

    def cancel(self) -> None:
        if self.made:
            actions.cancel(self.made.pop(), by=self.by)

    def counter(self) -> None:
        """Something goes out at once, and one piece of it gets lost: who has the last promise is asked again."""
        thing, now = self.dice.choice(self.things), ahead(0, "00:00")
        [made] = lending.lend([loan(thing, now, 48, by=self.by, quantity=2)], by=self.by)
        lending.hand_out(made, by=self.by)
        lending.take_back(made, by=self.by, quantity=self.dice.choice([1, 2]))


def most_at_once(thing: Equipment) -> int:
    """Counted plainly: at each moment at which one begins."""
    taking = list(thing.loans.filter(state__in=TAKING))
    return max((sum(o.quantity for o in taking if o.starts <= e.starts < o.ends) for e in taking), default=0)


@pytest.mark.django_db(transaction=True)
def test_never_lends_too_much_nor_waits_in_a_circle(cast: Cast, rooms: Rooms) -> None:
    things = [thing(rooms.hall, THERE) for _each in range(3)]
    together, some = threading.Barrier(WRITERS), [rooms.meeting, rooms.bissegem]
    keepers = [cast["gebouwbeheerder"], cast["gebiedswerker"]]
    writers = [Writer(number, together, some, things, keepers[number % 2]) for number in range(WRITERS)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    met = sum((each.met for each in writers), Counter[str]())
    assert set(met) <= {"had", "refused", "busy"}, met
    assert met["had"] > WRITERS
    for kind in Equipment.objects.all():
        assert most_at_once(kind) <= kind.lendable
    for booking in Booking.objects.prefetch_related("loans"):
        assert booking.loans.count() == 3  # all of it, or the booking was not written either
        if booking.state == Booking.State.CANCELLED:
            assert {one.state for one in booking.loans.all()} == {LoanState.CANCELLED}


@pytest.mark.django_db(transaction=True)
def test_who_has_the_things_never_waits_for_a_loan_that_is_being_given_up(cast: Cast, rooms: Rooms) -> None:
    """Who ends a hold lends afterwards: waiting for each other they would wait in a circle."""
    tables, els, met = thing(rooms.hall, THERE), cast["gebiedswerker"], list[str]()
    held = booked(rooms.meeting, ahead(9), by=els, state="held", hold_until=ahead(8))
    its = lent(tables, ahead(9), by=els, booking=held, title="", organisation=None, quantity=6)
    out = lent(tables, ahead(-1), 48, by=els, quantity=4, state="out")

    def give_up_and_lend() -> None:
        try:
            with undisturbed():
                lending.end_with([held])
                counter.start()
                counter.join(5)
                lock_equipment([tables.pk])
        except Busy:
            met.append("a circle")

    def at_the_counter() -> None:
        try:
            lending.take_back(out, by=els, quantity=2)
            lending.cancel(its, by=els)
        except Busy:
            met.append("busy")
        finally:
            connection.close()

    counter = threading.Thread(target=at_the_counter)
    give_up_and_lend()
    counter.join()
    assert met == ["busy"]
    out.refresh_from_db()
    assert out.state == LoanState.RETURNED
