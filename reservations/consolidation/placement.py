"""Placing again what loses its room, exactly: as many as can be, then as near and as little shifted as can be.

Bookings far apart in time do not touch each other, so the period falls apart in groups, mostly days, and each is a
small integer programme of its own: one variable per booking, room and shift; per space at every moment at most one.
Such constraints over stretches of time are tight, and HiGHS rarely branches.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from reservations.consolidation.town import Need, Place, Stretch, Taken, Terms, Town

KM = 1000.0
HOUR = 60
FAR = 50.0  # km that a building of which nobody knows where it stands counts as
# To place one more is worth any number of kilometres, hours and empty chairs of the others in its group.
SURPLUS = 1e-4  # per chair too many: of two rooms as near, the one that fits best
SECONDS = 10.0  # for a group; what is found by then counts, with its gap


@dataclass(frozen=True)
class Option:
    """One way for a booking: this room, so many minutes later (earlier when negative)."""

    need: Need
    place: Place
    shift: int
    cost: float

    @property
    def starts(self) -> int:
        return self.need.starts + self.shift

    @property
    def ends(self) -> int:
        return self.need.ends + self.shift

    @property
    def until(self) -> int:
        """The minutes to clear up included."""
        return self.ends + self.place.turnaround


@dataclass
class Placement:
    """`chosen` has the new room of each booking; `left` are those that fit nowhere. `gap` is how many more could be
    placed than were, at most: 0 when the answer is proven best."""

    chosen: list[Option] = field(default_factory=list)
    left: list[Need] = field(default_factory=list)
    gap: int = 0

    def add(self, other: "Placement") -> None:
        self.chosen += other.chosen
        self.left += other.left
        self.gap += other.gap


type Group = dict[Need, list[Option]]
"""Bookings that may touch each other, each with what it may choose from."""


class Question:
    """A town and what is allowed. What a booking could choose from, were everything open and empty, is worked out
    once."""

    def __init__(self, town: Town, terms: Terms) -> None:
        self.town, self.terms = town, terms
        self._suits: dict[Need, list[Option]] = {}
        self._rooms = cache(self._suiting_rooms)  # of bookings there are many, of kinds of booking few
        self._shifts = sorted(terms.all_shifts)
        clearing = max((place.turnaround for place in town.places.values()), default=0)
        self._reach = max(map(abs, self._shifts)) + clearing

    def place_again(
        self,
        closing: Collection[int],
        tell: Callable[[int, int], None] = lambda done, of: None,
        *,
        seconds: float = 25.0,
    ) -> Placement:
        """What becomes of everything in the buildings `closing`. What stands in the others stays where it is. `tell`
        hears how many groups are done. After `seconds`, groups that are left take the first room that is free."""
        done, until = Placement(), time.monotonic() + seconds
        taken = self.taken(closing)
        groups = list(self.groups(closing))
        for number, needs in enumerate(groups, start=1):
            done.add(solve(self.options(needs, closing, taken), min(SECONDS, until - time.monotonic())))
            tell(number, len(groups))
        return done

    def groups(self, closing: Collection[int]) -> Iterator[list[Need]]:
        """The bookings that lose their room, those that might be in each other's way together."""
        town = self.town
        moving = [need for need in town.needs if town.building_of(need) in closing]
        group: list[Need] = []
        until = 0
        for need in sorted(moving, key=lambda each: (each.starts, each.key)):
            if group and need.starts - self._reach >= until:
                yield group
                group, until = [], 0
            group.append(need)
            until = max(until, need.ends + self._reach)
        if group:
            yield group

    def taken(self, closing: Collection[int]) -> Taken:
        town = self.town
        return Taken(town, [need for need in town.needs if town.building_of(need) not in closing])

    def options(self, needs: Sequence[Need], closing: Collection[int], taken: Taken) -> Group:
        return {
            need: [
                option
                for option in self._suiting(need)
                if option.place.building not in closing
                and taken.is_free(option.place.spaces, option.starts, option.until, need.holder)
            ]
            for need in needs
        }

    def _suiting(self, need: Need) -> list[Option]:
        found = self._suits.get(need)
        if found is None:
            found = self._suits[need] = sorted(self._work_out(need), key=lambda option: option.cost)
        return found

    def _work_out(self, need: Need) -> Iterator[Option]:
        for place, cost in self._rooms(self.town.building_of(need), need.persons, need.layout, need.features):
            for shift in self._shifts:
                option = Option(need, place, shift, cost + abs(shift) / HOUR)
                if place.is_open(option.starts, option.ends):
                    yield option

    def _suiting_rooms(
        self, here: int, persons: int, layout: str, features: frozenset[str]
    ) -> list[tuple[Place, float]]:
        """Those that would suit if they were open and free, with how far they are and how much too large."""
        found = []
        for place in self.town.places.values():
            seats, metres = place.seats(layout), self.town.metres(here, place.building)
            if seats >= persons and features <= place.features and self.terms.reaches(metres):
                away = FAR if metres is None else metres / KM
                found.append((place, away + (seats - persons) * SURPLUS))
        return found


def solve(group: Group, seconds: float = SECONDS) -> Placement:
    """The best for one group that can be found in time."""
    options = [option for choices in group.values() for option in choices]
    if not options:
        return Placement(left=list(group))
    if seconds <= 0:
        return first_fit(group)
    rows = [*_one_each(options), *never_two(options)] or [[]]
    worst = sum(max((option.cost for option in choices), default=0.0) for choices in group.values()) + 1.0
    found = milp(
        np.array([option.cost - worst for option in options]),
        integrality=np.ones(len(options)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix(rows, len(options)), -np.inf, np.ones(len(rows))),
        options={"time_limit": seconds},
    )
    if found.x is None:
        return first_fit(group)
    chosen = [option for option, x in zip(options, found.x, strict=True) if x > 0.5]
    gap = 0 if found.status == 0 else _most(found.mip_dual_bound, worst, group) - len(chosen)
    return Placement(chosen, _left(group, chosen), max(0, gap))


def fits(group: Group) -> bool | None:
    """Whether all of it finds a place; None when time ran out before that was certain."""
    if not first_fit(group).left:  # mostly, and quick to see
        return True
    found = solve(group)
    if not found.left:
        return True
    return False if found.gap < len(found.left) else None


def first_fit(group: Group) -> Placement:
    """Each takes the first room that is free, those with the least choice first. Quick, and no more than that."""
    taken: dict[int, list[Stretch]] = defaultdict(list)
    chosen = []
    for choices in sorted(group.values(), key=len):
        free = (option for option in choices if not any(_meets(option, taken[space]) for space in option.place.spaces))
        if option := next(free, None):
            chosen.append(option)
            for space in option.place.spaces:
                taken[space].append((option.starts, option.until))
    left = _left(group, chosen)
    return Placement(chosen, left, gap=sum(1 for need in left if group[need]))


def _meets(option: Option, taken: Sequence[Stretch]) -> bool:
    return any(option.starts < over and begun < option.until for begun, over in taken)


def _left(group: Group, chosen: Sequence[Option]) -> list[Need]:
    placed = {option.need for option in chosen}
    return [need for need in group if need not in placed]


def _most(bound: float | None, worst: float, group: Group) -> int:
    """How many can be placed at the most. Whatever places `n` of them has the value `costs - n * worst`, which is at
    least `bound`, and its costs are below `worst`."""
    may = sum(1 for choices in group.values() if choices)
    return may if bound is None else min(may, int((worst - 1.0 - bound) / worst + 1e-6))


def _one_each(options: Sequence[Option]) -> list[list[int]]:
    """A booking goes one way."""
    of: dict[Need, list[int]] = defaultdict(list)
    for at, option in enumerate(options):
        of[option.need].append(at)
    return [ats for ats in of.values() if len(ats) > 1]


def never_two(options: Sequence[Option]) -> list[list[int]]:
    """In each space, at the start of each that wants it: one of all that would be there then. Two stretches that meet
    are together at the start of one of them, so this is every pair, and tighter than pairs."""
    of: dict[int, list[int]] = defaultdict(list)
    for at, option in enumerate(options):
        for space in option.place.spaces:
            of[space].append(at)
    rows: set[tuple[int, ...]] = set()
    for ats in of.values():
        for moment in {options[at].starts for at in ats}:
            there = tuple(at for at in ats if options[at].starts <= moment < options[at].until)
            if len({options[at].need for at in there}) > 1:
                rows.add(there)
    return [list(row) for row in sorted(rows)]


def matrix(rows: Sequence[Sequence[int]], width: int) -> csr_array:
    columns = np.array([at for row in rows for at in row], dtype=np.int64)
    lines = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    return csr_array((np.ones(len(columns)), (lines, columns)), shape=(len(rows), width))
