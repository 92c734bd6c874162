"""Whatever people do in whatever order: no space is had twice, nobody has half a room, and who is refused could not
have had it. Hypothesis chooses what they do; a model of a few dozen lines says what must come of it.

NEVER_TWICE_RUNS and NEVER_TWICE_STEPS ask for more (`bin/test --slow`).
"""

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from reservations import actions, closing, spaces
from reservations.models import Booking, Closure, Room, Space
from reservations.models.states import LIVE, OCCUPYING, TRANSITIONS
from reservations.placing import place
from teams.models import Organisation, User
from tests.cast import Cast
from tests.reservations.proof import wrongs
from tests.reservations.rooms import Rooms

RUNS, STEPS = int(os.environ.get("NEVER_TWICE_RUNS", "10")), int(os.environ.get("NEVER_TWICE_STEPS", "20"))
HALF_HOURS = 16
NAMES = ("hall", "half_a", "half_b", "meeting", "bissegem")

which = st.integers(0, 50)  # one of what there is at that moment
room_names = st.sampled_from(NAMES)
begins = st.integers(0, HALF_HOURS - 1)
lengths = st.integers(1, 5)
states = st.sampled_from(["confirmed", "confirmed", "held", "requested", "in_treatment"])
wishes = st.tuples(room_names, begins, lengths, states)


@dataclass
class Use:
    """A booking as the model has it; minutes since the beginning."""

    room: str
    starts: int
    ends: int
    state: str
    hold_until: int | None = None


@dataclass
class Shut:
    spaces: set[str]
    starts: int
    ends: int
    lifted: bool = False


@dataclass
class Model:
    rooms: dict[str, set[str]]
    clear: dict[str, int]
    withdrawn: set[str] = field(default_factory=set)
    uses: dict[Any, Use] = field(default_factory=dict)
    closures: dict[Any, Shut] = field(default_factory=dict)
    now: int = 0

    def state(self, use: Use) -> str:
        return "expired" if use.state == "held" and (use.hold_until or 0) <= self.now else use.state

    def taken(self, keys: set[str], *, holds: bool = True, but: object = None) -> list[tuple[object, int, int]]:
        """Who has one of these spaces, from when to when."""
        found: list[tuple[object, int, int]] = [
            (key, use.starts, use.ends + self.clear[use.room])
            for key, use in self.uses.items()
            if key != but and self.rooms[use.room] & keys and self.state(use) in OCCUPYING
            and (holds or use.state != "held")
        ]  # fmt: skip
        return found + [(k, c.starts, c.ends) for k, c in self.closures.items() if c.spaces & keys and not c.lifted]

    def can_have(self, use: Use, *, holds: bool = True, but: object = None) -> bool:
        ends = use.ends + self.clear[use.room]
        around = self.taken(self.rooms[use.room], holds=holds, but=but)
        return use.room not in self.withdrawn and not any(use.starts < b and a < ends for _key, a, b in around)

    def overtake(self, use: Use) -> None:
        for key, starts, ends in self.taken(self.rooms[use.room]):
            mine = self.uses.get(key)
            if mine and mine.state == "held" and use.starts < ends and starts < use.ends + self.clear[use.room]:
                mine.state = "expired"

    def hit(self, keys: set[str], starts: int, ends: int) -> list[Any]:
        return [
            key
            for key, use in self.uses.items()
            if self.rooms[use.room] & keys and self.state(use) in LIVE
            and use.starts < ends and use.ends > max(starts, self.now)
        ]  # fmt: skip

    def two_at_once(self, keys: set[str]) -> bool:
        """Of several spaces together: a booking that is not over beside somebody else."""
        all_of_them = self.taken(keys)
        return any(
            one != other and one in self.uses and a_ends > self.now and a < b_ends and b < a_ends
            for one, a, a_ends in all_of_them
            for other, b, b_ends in all_of_them
        )


class Houses(RuleBasedStateMachine):
    world: Rooms
    city: Organisation
    keeper: User

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint_create()
        # Behind the clock of the database, which must not think that something is still to come that is over here.
        self.begin = timezone.now().replace(minute=0, second=0, microsecond=0) - dt.timedelta(days=3)
        self.clock = time_machine.travel(self.begin, tick=False)
        self.traveller = self.clock.start()
        rooms = {name: getattr(self.world, name) for name in NAMES}
        self.model = Model(
            {name: {f"{room.building_id} {each.name}" for each in room.spaces.all()} for name, room in rooms.items()},
            {name: room.turnaround for name, room in rooms.items()},
        )
        self.parts = 0

    def teardown(self) -> None:
        self.clock.stop()
        transaction.savepoint_rollback(self.savepoint)

    # --- from the model to the database ----------------------------------------------------------------------

    def room(self, name: str) -> Room:
        return Room.objects.select_related("building").get(pk=getattr(self.world, name).pk)

    def space(self, key: str) -> Space:
        building, name = key.split(" ", 1)
        return Space.objects.get(building=int(building), name=name)

    def at(self, minutes: int) -> dt.datetime:
        return self.begin + dt.timedelta(minutes=minutes)

    def asked(self, room: str, begin: int, length: int, state: str) -> Use:
        starts = self.model.now + 60 + 30 * begin
        return Use(room, starts, starts + 30 * length, state, self.model.now + 90 if state == "held" else None)

    def booking(self, use: Use) -> Booking:
        until = None if use.hold_until is None else self.at(use.hold_until)
        return Booking(
            room=self.room(use.room), starts=self.at(use.starts), ends=self.at(use.ends), state=use.state,
            title="Feest", persons=10, organisation=self.city, hold_until=until,
        )  # fmt: skip

    def agrees(self, expected: bool, act: Callable[[], object]) -> bool:
        """The program says yes when, and only when, the model does."""
        try:
            act()
        except Refused as refusal:
            said = str(refusal)
        else:
            said = ""
        assert expected == (not said), f"The program: {said or 'done'}"
        return expected

    def one(self, number: int) -> tuple[Any, Use]:
        return sorted(self.model.uses.items(), key=lambda each: str(each[0]))[number % len(self.model.uses)]

    # --- what people do --------------------------------------------------------------------------------------

    @rule(wish=wishes, over_holds=st.booleans())
    def books(self, wish: tuple[str, int, int, str], over_holds: bool) -> None:
        use = self.asked(*wish)
        booking = self.booking(use)
        possible = self.model.can_have(use, holds=not over_holds)
        if self.agrees(possible, lambda: place([booking], over_holds=over_holds)):
            if over_holds:
                self.model.overtake(use)
            self.model.uses[booking.pk] = use

    @rule(wanted=st.lists(wishes, min_size=2, max_size=5), over_holds=st.booleans())
    def books_many(self, wanted: list[tuple[str, int, int, str]], over_holds: bool) -> None:
        """The first in order has the room; the rest is kept as refused."""
        uses = [self.asked(*wish) for wish in wanted]
        bookings = [self.booking(use) for use in uses]
        done = place(bookings, keep_refused=True, over_holds=over_holds)
        before = replace(self.model, uses={key: replace(use) for key, use in self.model.uses.items()})
        mine: dict[Any, Use] = {}
        for use, booking in zip(uses, bookings, strict=True):
            alone = replace(before, uses=mine, closures={})
            if before.can_have(use, holds=not over_holds) and alone.can_have(use):
                mine[booking.pk] = use
            else:
                use.state, use.hold_until = "refused", None
                self.model.uses[booking.pk] = use
        assert [each.pk for each in done.placed] == list(mine)
        for key, use in mine.items():
            if over_holds:
                self.model.overtake(use)
            before.uses[key] = use
        for key, use in mine.items():
            self.model.uses[key] = use

    @precondition(lambda self: self.model.uses)
    @rule(number=which, action=st.sampled_from(["confirm", "treat", "hold"]))
    def says_yes(self, number: int, action: str) -> None:
        key, use = self.one(number)
        if use.starts <= self.model.now:
            return
        has = self.model.state(use) in OCCUPYING
        allowed = self.model.state(use) in TRANSITIONS[action]
        possible = allowed and (has or self.model.can_have(use))
        booking = Booking.objects.get(pk=key)
        if self.agrees(possible, lambda: getattr(actions, action)(booking, by=self.keeper)):
            until = min(self.model.now + 48 * 60, use.starts)
            use.state = {"confirm": "confirmed", "treat": "in_treatment", "hold": "held"}[action]
            use.hold_until = until if action == "hold" else None

    @precondition(lambda self: self.model.uses)
    @rule(number=which, action=st.sampled_from(["put_back", "refuse", "cancel"]))
    def says_no(self, number: int, action: str) -> None:
        key, use = self.one(number)
        possible = self.model.state(use) in TRANSITIONS[action] and not (
            action == "cancel" and use.ends <= self.model.now
        )
        words = {"answer": "Neen."} if action == "refuse" else {}
        booking = Booking.objects.get(pk=key)
        if self.agrees(possible, lambda: getattr(actions, action)(booking, by=self.keeper, **words)):
            use.state = {"put_back": "requested", "refuse": "refused", "cancel": "cancelled"}[action]
            use.hold_until = None

    @precondition(lambda self: self.model.uses)
    @rule(number=which, room=room_names, begin=begins, length=lengths)
    def moves(self, number: int, room: str, begin: int, length: int) -> None:
        key, use = self.one(number)
        asked = self.asked(room, begin, length, use.state)
        possible = self.model.state(use) in LIVE and use.ends > self.model.now and self.model.can_have(asked, but=key)
        booking, there = Booking.objects.get(pk=key), self.room(room)
        starts, ends = self.at(asked.starts), self.at(asked.ends)
        if self.agrees(possible, lambda: actions.move(booking, by=None, room=there, starts=starts, ends=ends)):
            use.room, use.starts, use.ends = room, asked.starts, asked.ends

    @precondition(lambda self: self.model.uses)
    @rule(number=which, persons=st.sampled_from([1, 500]))
    def changes(self, number: int, persons: int) -> None:
        key, use = self.one(number)
        booking = Booking.objects.get(pk=key)
        fits = persons == booking.persons or (persons < 20 and use.room not in self.model.withdrawn)
        possible = fits and self.model.state(use) in LIVE and use.ends > self.model.now
        self.agrees(possible, lambda: actions.change(booking, by=None, persons=persons))

    @rule(chosen=st.sets(which, min_size=1, max_size=3), wish=wishes, goes_to=st.none() | room_names)
    def closes(self, chosen: set[int], wish: tuple[str, int, int, str], goes_to: str | None) -> None:
        house = self.model.rooms[wish[0]] | (self.model.rooms["hall"] if wish[0] in NAMES[:4] else set())
        keys = {sorted(house)[number % len(house)] for number in chosen}
        use = self.asked(*wish)
        closure = Closure(
            id=uuid7(), building=self.room(wish[0]).building, starts=self.at(use.starts), ends=self.at(use.ends),
            reason="Lek",
        )  # fmt: skip
        hit = self.model.hit(keys, use.starts, use.ends)
        room = self.room(goes_to) if goes_to else None
        possible = not (hit and goes_to and self.model.rooms[goes_to] & keys)
        done: list[closing.Closed] = []
        there = [self.space(key) for key in keys]
        if not self.agrees(
            possible,
            lambda: done.append(closing.close(closure, spaces=there, choices=dict.fromkeys(hit, room), by=self.keeper)),
        ):
            return
        assert {each.pk for each in [*done[0].moved, *done[0].cancelled, *done[0].stuck]} == set(hit)
        for each in [*done[0].cancelled, *done[0].stuck]:
            self.model.uses[each.pk].state, self.model.uses[each.pk].hold_until = "cancelled", None
        for each in done[0].moved:
            self.model.uses[each.pk].room = str(goes_to)
        for each in done[0].stuck:
            assert not self.model.can_have(replace(self.model.uses[each.pk], room=str(goes_to)))
        self.model.closures[closure.pk] = Shut(keys, use.starts, use.ends)

    @precondition(lambda self: self.model.closures)
    @rule(number=which)
    def lifts(self, number: int) -> None:
        key, shut = sorted(self.model.closures.items(), key=lambda each: str(each[0]))[
            number % len(self.model.closures)
        ]
        closing.lift(Closure.objects.get(pk=key), by=self.keeper)
        shut.lifted = True

    @rule(number=which)
    def splits(self, number: int) -> None:
        everything = sorted(set().union(*self.model.rooms.values()))
        if len(everything) > 8:
            return
        key = everything[number % len(everything)]
        self.parts += 1
        names = [f"deel {self.parts} {side}" for side in "lr"]
        spaces.split(self.space(key), into=names)
        self.instead({key}, {f"{key.split()[0]} {name}" for name in names})

    @rule(numbers=st.sets(which, min_size=2, max_size=2))
    def joins(self, numbers: set[int]) -> None:
        everything = sorted(set().union(*self.model.rooms.values()))
        keys = {everything[number % len(everything)] for number in numbers}
        of_one_house = len({key.split()[0] for key in keys}) == 1 and len(keys) == 2
        whole = all(
            keys <= made or not keys & made
            for name, made in self.model.rooms.items()
            if name not in self.model.withdrawn
        )
        possible = of_one_house and whole and not self.model.two_at_once(keys)
        self.parts += 1
        there = [self.space(key) for key in keys]
        if self.agrees(possible, lambda: spaces.join(there, name=f"geheel {self.parts}")):
            self.instead(keys, {f"{min(keys).split()[0]} geheel {self.parts}"})

    def instead(self, gone: set[str], come: set[str]) -> None:
        for made in [*self.model.rooms.values(), *(shut.spaces for shut in self.model.closures.values())]:
            if made & gone:
                made -= gone
                made |= come

    @rule(room=st.sampled_from(["half_a", "half_b"]))
    def withdraws(self, room: str) -> None:
        self.room(room).withdraw()
        self.model.withdrawn.add(room)

    @rule(half_hours=st.integers(1, 6), swept=st.booleans())
    def time_passes(self, half_hours: int, swept: bool) -> None:
        self.model.now += 30 * half_hours
        self.traveller.move_to(self.at(self.model.now), tick=False)
        if swept:
            actions.expire_run_out()

    # --- what holds ------------------------------------------------------------------------------------------

    @invariant()
    def everybody_has_what_the_model_says(self) -> None:
        for booking in Booking.objects.select_related("room"):
            use = self.model.uses[booking.pk]
            run_out = booking.state == "held" and booking.hold_until and booking.hold_until <= timezone.now()
            assert ("expired" if run_out else booking.state) == self.model.state(use)
            assert (booking.starts, booking.ends) == (self.at(use.starts), self.at(use.ends))
            assert booking.room == getattr(self.world, use.room)

    @invariant()
    def nothing_is_wrong(self) -> None:
        assert wrongs() == {}
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.django_db
def test_whatever_people_do_no_space_is_had_twice(rooms: Rooms, cast: Cast) -> None:
    Houses.world, Houses.city, Houses.keeper = rooms, Organisation.objects.get(code="stad"), cast["gebouwbeheerder"]
    run_state_machine_as_test(
        Houses,
        settings=settings(
            max_examples=RUNS, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
