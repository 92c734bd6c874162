"""The bookings of the demo city as they come about: made here, written at the end."""

import datetime as dt
import random

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from kortrijk_gebied.bulk import copy_in
from kortrijk_gebied.workdays import A_DAY
from reservations.demo.ledger import Ledger
from reservations.demo.town import Holder, Town
from reservations.demo.uses import Occasion
from reservations.models import Booking, BookingState, CancelledBy, Closure, Occupancy, RefusalReason, Room, Series
from reservations.models.bookings import new_reference
from reservations.models.states import OCCUPYING
from reservations.moments import Stretch, last_day, nearest

CANCELLED, LATE, NOBODY_CAME, COUNTED = 0.055, 0.35, 0.015, 0.6
MINUTE = dt.timedelta(minutes=1)


def clock(day: dt.date, start: dt.time, end: dt.time) -> Stretch:
    """From one hour to another; the night in which the clock changes is no concern of the dice."""
    return nearest(day, start), nearest(last_day(day, start, end), end)


class Diary:
    def __init__(self, town: Town, ledger: Ledger, now: dt.datetime) -> None:
        self.town, self.ledger, self.now = town, ledger, now
        self.bookings: list[Booking] = []
        self.series: list[Series] = []
        self.closures: list[tuple[Closure, list[int]]] = []
        self.kept: list[tuple[Room, dt.datetime, dt.datetime]] = []  # free until the scenes are set
        self._references: set[str] = set()

    def add(
        self,
        room: Room,
        starts: dt.datetime,
        ends: dt.datetime,
        holder: Holder,
        company: tuple[str, int],
        **more: object,
    ) -> Booking:
        """Stands in `more["state"]`, else it is confirmed. What takes the room takes it in the ledger too."""
        layout, persons = company
        booking = Booking(
            reference=self._reference(), room=room, starts=starts, ends=ends, title=holder.title, layout=layout,
            persons=persons, organisation=holder.organisation, team=holder.team, association=holder.association,
            is_shared=holder.shared, created_by=holder.by,
            **{"state": BookingState.CONFIRMED, "created_at": self.now - MINUTE, **more},
        )  # fmt: skip
        if booking.state in OCCUPYING:
            self.ledger.take(room, starts, ends)
        self.bookings.append(booking)
        return booking

    def once(
        self, room: Room, starts: dt.datetime, ends: dt.datetime, occasion: Occasion, dice: random.Random
    ) -> Booking | None:
        """One use of a room, when it is free; what became of it by the dice. Cancelled, it is now and then taken by
        another."""
        if self.ledger.why_not(room, starts, ends):
            return None
        holder, company = self.town.holder(occasion, room, dice), self.town.company(occasion, room, dice)
        asked = self._asked(starts, dice)
        booking = self.add(room, starts, ends, holder, company, created_at=asked)
        self.fate(booking, dice)
        if booking.state == BookingState.CANCELLED and dice.random() < 0.4:
            return self.once(room, starts, ends, occasion, dice)
        return booking

    def refused(self, booking: Booking, reason: RefusalReason) -> None:
        """Not placed yet: it never took its room."""
        booking.state, booking.refusal = BookingState.REFUSED, reason
        booking.wants_offer = reason == RefusalReason.OCCUPIED and booking.starts > self.now

    def fate(self, booking: Booking, dice: random.Random) -> None:
        """Cancelled, nobody came, counted, or nothing of note."""
        chance = dice.random()
        if chance < CANCELLED:
            self._cancel(booking, dice)
        elif booking.ends < self.now and chance < CANCELLED + NOBODY_CAME:
            booking.state = BookingState.NO_SHOW
            self._count(booking, 0)
        elif booking.ends < self.now and dice.random() < COUNTED:
            self._count(booking, max(1, round(booking.persons * min(1.0, dice.uniform(0.45, 1.1)))))

    def _cancel(self, booking: Booking, dice: random.Random) -> None:
        notice = dt.timedelta(days=booking.room.notice_days)
        before = notice * dice.random() if dice.random() < LATE else notice + A_DAY * dice.randint(1, 20)
        at = max(booking.created_at, min(booking.starts - before, self.now - MINUTE))
        if at >= booking.starts:
            return
        self.ledger.give_back(booking.room, booking.starts, booking.ends)
        booking.state, booking.cancelled_at, booking.cancelled_by = BookingState.CANCELLED, at, booking.created_by
        booking.cancelled_kind = CancelledBy.KEEPER if dice.random() < 0.1 else CancelledBy.HOLDER
        booking.cancelled_late = booking.cancelled_kind == CancelledBy.HOLDER and at > booking.starts - notice
        booking.sequence += 1

    def _count(self, booking: Booking, heads: int) -> None:
        booking.headcount, booking.counted_at = heads, booking.ends
        booking.counted_by = self.town.keeper(booking.room)

    def _asked(self, starts: dt.datetime, dice: random.Random) -> dt.datetime:
        """Some weeks before, in office hours, and never in what is still to come."""
        day = starts.date() - A_DAY * dice.randint(3, 70)
        asked = nearest(day, dt.time(dice.randint(9, 16), dice.randint(0, 59)))
        return min(asked, self.now - MINUTE * dice.randint(5, 3_000))

    def _reference(self) -> str:
        while (drawn := new_reference()) in self._references:
            pass
        self._references.add(drawn)
        return drawn

    def write(self) -> None:
        """All rows, in a handful of statements; the database refuses two in one space, whatever the ledger thought."""
        copy_in(Series, self.series)
        copy_in(Booking, self.bookings)
        Closure.objects.bulk_create(closure for closure, _spaces in self.closures)
        shuts = Closure.spaces.through
        shuts.objects.bulk_create(
            shuts(closure_id=closure.pk, space_id=space) for closure, spaces in self.closures for space in spaces
        )
        copy_in(Occupancy, [*self._taken(), *self._shut()])
        _settle()

    def _taken(self) -> list[Occupancy]:
        return [
            Occupancy(
                space_id=space, booking=booking,
                during=DateTimeTZRange(booking.starts, booking.ends + MINUTE * booking.room.turnaround),
            )
            for booking in self.bookings
            if booking.state in OCCUPYING
            for space in self.ledger.spaces[booking.room_id]
        ]  # fmt: skip

    def _shut(self) -> list[Occupancy]:
        return [
            Occupancy(space_id=space, closure=closure, during=DateTimeTZRange(closure.starts, closure.ends))
            for closure, spaces in self.closures
            for space in spaces
        ]


def _settle() -> None:
    """Let the database prove now what it proves at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
