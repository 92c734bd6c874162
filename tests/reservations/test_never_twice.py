"""Whatever people do in whatever order: no space is had twice, nobody has half a room, and who is refused could not
have had it. Hypothesis chooses what they do; a model of a few dozen lines says what must come of it.

NEVER_TWICE_RUNS and NEVER_TWICE_STEPS ask for more (`bin/test --slow`).
"""

import os
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from kortrijk_gebied.ids import uuid7
from reservations import actions, closing, spaces
from reservations.models import Booking, Closure, Room
from reservations.models.states import LIVE, OCCUPYING, TRANSITIONS
from reservations.placing import place
from teams.models import Organisation
from tests.cast import Cast
from tests.reservations.proof import wrongs
from tests.reservations.rooms import Rooms
from tests.reservations.walk import NAMES, Walk
from tests.reservations.walk_model import Shut, Use

RUNS, STEPS = int(os.environ.get("NEVER_TWICE_RUNS", "10")), int(os.environ.get("NEVER_TWICE_STEPS", "20"))
HALF_HOURS = 16

which = st.integers(0, 50)  # one of what there is at that moment
room_names = st.sampled_from(NAMES)
begins = st.integers(0, HALF_HOURS - 1)
lengths = st.integers(1, 5)
states = st.sampled_from(["confirmed", "confirmed", "held", "requested", "in_treatment"])
wishes = st.tuples(room_names, begins, lengths, states)


class Houses(Walk):
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
            action == "cancel"
            and (use.ends <= self.model.now or (use.state == "confirmed" and use.starts <= self.model.now))
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
        stuck: list[Booking] = []

        def close(choices: dict[uuid.UUID, Room | None]) -> None:
            try:
                done.append(closing.close(closure, spaces=there, choices=choices, by=self.keeper))
            except closing.Stuck as refusal:
                stuck.extend(refusal.bookings)
                close(choices | dict.fromkeys((each.pk for each in stuck), None))

        if not self.agrees(possible, lambda: close(dict.fromkeys(hit, room))):
            return
        assert {each.pk for each in [*done[0].moved, *done[0].cancelled]} == set(hit)
        for each in done[0].cancelled:
            self.model.uses[each.pk].state, self.model.uses[each.pk].hold_until = "cancelled", None
        for each in done[0].moved:
            self.model.uses[each.pk].room = str(goes_to)
        for each in stuck:
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
