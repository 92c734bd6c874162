"""The fewest buildings that would do. What stands in a building that stays, stays; everything else must fit.

What can close together can close apart: bookings that find a place while another building is closed as well find it
while that one is open. So a building that cannot even close alone stays, and that mostly settles the greater part of
the town at once. Of the others one programme over the year would be large, and need not be: a few hard days decide. It
is solved for the hardest day alone, which says how many buildings that day needs at the least; its answer is tried on
every other day; the first day on which it does not do joins the programme. What is true of some days is true of the
year, so the number found is never more than needed, and when the answer does on every day it is the best there is.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from reservations.consolidation.placement import Option, Question, fits, never_two
from reservations.consolidation.town import Need, Terms, Town

DAY = 24 * 60


@dataclass
class Fewest:
    """`stay` is the best set found; no set of fewer than `at_least` would do. `days` are those that decided it, in
    minutes from 1970."""

    stay: list[int] = field(default_factory=list)
    at_least: int = 0
    days: list[int] = field(default_factory=list)

    @property
    def gap(self) -> int:
        """0 when nothing smaller can be."""
        return len(self.stay) - self.at_least


def fewest_buildings(
    town: Town,
    terms: Terms,
    *,
    keep: Collection[int] = (),
    seconds: float = 45.0,
    tell: Callable[[Fewest], None] = lambda found: None,
) -> Fewest:
    """`keep` stay open whatever comes. `tell` hears of progress. When `seconds` are over, the best so far."""
    search = _Search(town, terms, set(keep), time.monotonic() + seconds)
    with suppress(_TimeIsOver):
        for _step in search.steps():
            tell(search.best)
    return search.best


class _TimeIsOver(Exception):
    pass


class _Search:
    def __init__(self, town: Town, terms: Terms, keep: set[int], until: float) -> None:
        self.town, self.question, self.until = town, Question(town, terms), until
        self.all = town.buildings
        self.standing = keep & set(self.all)  # proven to stay
        self.best = Fewest(stay=list(self.all), at_least=len(self.standing))
        used = Counter(town.building_of(need) for need in town.needs)
        self.by_use = sorted(self.all, key=lambda building: -used[building])
        self.days: list[int] = []
        self.on: dict[int, list[Need]] = defaultdict(list)

    def steps(self) -> Iterator[None]:
        self._stand(self._nowhere_to_go())
        yield
        yield from self._descend()
        self._add_hardest()
        while self.best.gap:
            known = len(self.days)
            tried = self.fewest_on_the_days()
            if self.best.gap and tried is not None and self.does(tried, joins=True):
                self.best.stay = sorted(tried)
            yield
            if len(self.days) == known:
                return

    def _stand(self, buildings: set[int]) -> None:
        self.standing |= buildings
        self.best.at_least = len(self.standing)

    def _nowhere_to_go(self) -> set[int]:
        """Buildings with a booking for which no other building has a room free, were everything else to stay."""
        taken, found = self.question.taken(()), set[int]()
        for need in self.town.needs:
            here = self.town.building_of(need)
            if here not in self.standing | found and not self.question.options([need], {here}, taken)[need]:
                found.add(here)
            self._mind_the_time()
        return found

    @property
    def free(self) -> list[int]:
        """Those that might close."""
        return [building for building in self.all if building not in self.standing]

    def _descend(self) -> Iterator[None]:
        """Close one after the other, those used least first, as long as it does. One that cannot close alone stays."""
        for building in reversed(self.by_use):
            if building in self.standing:
                continue
            fewer = [each for each in self.best.stay if each != building]
            does = self.does(fewer)
            if does:
                self.best.stay = fewer
            elif (does if len(fewer) == len(self.all) - 1 else self.does(set(self.all) - {building})) is False:
                self._stand({building})
            yield

    def _add_hardest(self) -> None:
        """Of those that might close, the day with the most seats asked for."""
        free = set(self.free)
        for need in self.town.needs:
            if self.town.building_of(need) in free:
                self.on[_day(need)].append(need)
        if self.on:
            self.days.append(max(self.on, key=lambda day: (sum(need.persons for need in self.on[day]), -day)))

    def does(self, stay: Collection[int], *, joins: bool = False) -> bool | None:
        """Whether everything fits when only these stay; None when time ran out before that was certain. The first day
        on which it does not `joins` the programme."""
        closing = set(self.all) - set(stay)
        taken = self.question.taken(closing)
        certain = True
        for needs in sorted(
            self.question.groups(closing), key=lambda each: (_day(each[0]) not in self.days, -len(each))
        ):
            self._mind_the_time()
            group = self.question.options(needs, closing, taken)
            fit = fits(group) if all(group.values()) else False
            if not fit and joins:
                self.days += sorted({_day(need) for need in needs} - set(self.days))
            if fit is False or (joins and fit is None):
                return fit
            certain = certain and fit is not None
        return certain or None

    def _mind_the_time(self) -> None:
        if time.monotonic() >= self.until:
            raise _TimeIsOver

    def fewest_on_the_days(self) -> set[int] | None:
        """The fewest buildings with which everything fits on the days of the programme; None when time ran out before
        any was found. How many at the least, it adds to what is known."""
        self._mind_the_time()
        free, options = self.free, self._options()
        found = milp(
            np.concatenate([self._prices(), np.zeros(len(options))]),
            integrality=np.ones(len(free) + len(options)),
            bounds=Bounds(0, 1),
            constraints=self._constraints(options),
            options={"time_limit": self.until - time.monotonic()},
        )
        bound = found.mip_dual_bound if found.mip_dual_bound is not None else 0.0
        least = len(self.standing) + max(0, int(np.ceil(bound / (1 + self._dearest) - 1e-6)))
        self.best.at_least, self.best.days = max(self.best.at_least, least), sorted(self.days)
        if found.x is None:
            return None
        return self.standing | {building for building, x in zip(free, found.x, strict=False) if x > 0.5}

    @property
    def _dearest(self) -> float:
        """Of as many buildings, those that are used most: that moves the fewest people. Never worth a building."""
        return 1 / (4 * len(self.all))

    def _prices(self) -> np.ndarray:
        rank = {building: at for at, building in enumerate(self.by_use)}
        return np.array([1 + self._dearest * rank[building] / len(self.all) for building in self.free])

    def _options(self) -> list[Option]:
        """Every way for every booking of these days that might lose its room, among them to stay."""
        none_stays = self.question.taken(set(self.free))
        needs = [need for day in self.days for need in self.on[day]]
        found = self.question.options(needs, set(), none_stays)
        stays = [Option(need, self.town.places[need.room], 0, 0.0) for need in needs]
        return [
            *stays,
            *(o for choices in found.values() for o in choices if o.place.building != self.town.building_of(o.need)),
        ]

    def _constraints(self, options: Sequence[Option]) -> list[LinearConstraint]:
        column = {building: at for at, building in enumerate(self.free)}
        width = len(column)
        of: dict[Need, list[int]] = defaultdict(list)
        there: dict[tuple[Need, int], list[int]] = defaultdict(list)
        rows: list[tuple[list[tuple[int, float]], float, float]] = []
        for at, option in enumerate(options):
            of[option.need].append(width + at)
            there[option.need, option.place.building].append(width + at)
        for need, ats in of.items():
            rows.append(([(at, 1.0) for at in ats], 1.0, 1.0))  # somewhere
            here = column[self.town.building_of(need)]
            rows.append(([(ats[0], 1.0), (here, -1.0)], 0.0, 0.0))  # where it is, exactly when that stays
        for (need, building), ats in there.items():
            if building in column and building != self.town.building_of(need):
                rows.append(([*((at, 1.0) for at in ats), (column[building], -1.0)], -np.inf, 0.0))
        rows += [([(width + at, 1.0) for at in ats], -np.inf, 1.0) for ats in never_two(options)]
        return [_linear(rows, width + len(options))]


def _linear(rows: Sequence[tuple[list[tuple[int, float]], float, float]], width: int) -> LinearConstraint:
    lines = [at for at, (terms, _low, _high) in enumerate(rows) for _term in terms]
    columns = [column for terms, _low, _high in rows for column, _weight in terms]
    weights = [weight for terms, _low, _high in rows for _column, weight in terms]
    matrix = coo_array((weights, (lines, columns)), shape=(len(rows), width)).tocsr()
    return LinearConstraint(matrix, [low for _terms, low, _high in rows], [high for _terms, _low, high in rows])


def _day(need: Need) -> int:
    return need.starts // DAY * DAY
