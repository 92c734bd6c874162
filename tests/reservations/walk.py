"""A walk through a few houses: the program and the model side by side, on one clock."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis.stateful import RuleBasedStateMachine

from kortrijk_gebied.refusals import Refused
from reservations.models import Booking, Room, Space
from teams.models import Organisation, User
from tests.reservations.rooms import Rooms
from tests.reservations.walk_model import Model, Use

NAMES = ("hall", "half_a", "half_b", "meeting", "bissegem")


class Walk(RuleBasedStateMachine):
    """The rules stand in `test_never_twice.py`."""

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
