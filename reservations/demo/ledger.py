"""What is open and what is taken while the demo year is made, in memory: asking the database 60,000 times takes long.

The rows are written in one go afterwards, and the database still refuses two in one space.
"""

import datetime as dt
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable

from reservations.models import OpenRange, RefusalReason, Room
from reservations.moments import Stretch


class Ledger:
    def __init__(self, rooms: Iterable[Room], window: Stretch) -> None:
        """The rooms with their spaces prefetched."""
        self.spaces = {room.pk: [space.pk for space in room.spaces.all()] for room in rooms}
        self._taken: dict[int, list[Stretch]] = defaultdict(list)
        self._shut: dict[int, list[Stretch]] = defaultdict(list)
        self._open: dict[int, list[Stretch]] = defaultdict(list)
        found = OpenRange.objects.filter(during__overlap=window).order_by("during")
        for room, during in found.values_list("room_id", "during"):
            self._open[room].append((during.lower, during.upper))

    def why_not(self, room: Room, starts: dt.datetime, ends: dt.datetime) -> RefusalReason | None:
        """None when it can be had; `ends` without the time to clear up."""
        if not _has(self._open[room.pk], starts, ends):
            return RefusalReason.OUTSIDE_HOURS
        until = ends + dt.timedelta(minutes=room.turnaround)
        if any(_meets(self._shut[space], starts, until) for space in self.spaces[room.pk]):
            return RefusalReason.CLOSED
        if any(_meets(self._taken[space], starts, until) for space in self.spaces[room.pk]):
            return RefusalReason.OCCUPIED
        return None

    def take(self, room: Room, starts: dt.datetime, ends: dt.datetime) -> None:
        until = ends + dt.timedelta(minutes=room.turnaround)
        for space in self.spaces[room.pk]:
            insort(self._taken[space], (starts, until))

    def give_back(self, room: Room, starts: dt.datetime, ends: dt.datetime) -> None:
        until = ends + dt.timedelta(minutes=room.turnaround)
        for space in self.spaces[room.pk]:
            self._taken[space].remove((starts, until))

    def shut(self, spaces: Iterable[int], starts: dt.datetime, ends: dt.datetime) -> None:
        for space in spaces:
            insort(self._shut[space], (starts, ends))


def _has(stretches: list[Stretch], starts: dt.datetime, ends: dt.datetime) -> bool:
    """Whether one of them, of which no two meet, holds all of it."""
    before = bisect_right(stretches, starts, key=lambda each: each[0])
    return before > 0 and ends <= stretches[before - 1][1]


def _meets(stretches: list[Stretch], starts: dt.datetime, ends: dt.datetime) -> bool:
    before = bisect_left(stretches, ends, key=lambda each: each[0])
    return before > 0 and starts < stretches[before - 1][1]
