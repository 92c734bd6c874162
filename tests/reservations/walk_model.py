"""What must come of whatever people do with rooms: sets of spaces and minutes, without a database."""

from dataclasses import dataclass, field
from typing import Any

from reservations.models.states import LIVE, OCCUPYING


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
        """Of several spaces together: a booking that is not over beside somebody else. A closure gives way to a booking
        of its own space, the minutes to clear up included: it is beside that booking in its other spaces alone."""
        there = [
            (key, use.starts, use.ends + self.clear[use.room], keys - self.rooms[use.room])
            for key, use in self.uses.items()
            if self.rooms[use.room] & keys and self.state(use) in OCCUPYING
        ]
        shut = [closure for closure in self.closures.values() if not closure.lifted]
        return any(
            any(other != one and a < b_ends and b < a_ends for other, b, b_ends, _rest in there)
            or any(closure.spaces & rest and a < closure.ends and closure.starts < a_ends for closure in shut)
            for one, a, a_ends, rest in there
            if a_ends > self.now
        )
