"""The fewest buildings that would do. What stands in a building that stays, stays; everything else must fit.

One programme over the year would be too large, and need not be: a few hard days decide. It is solved for the hardest
day alone, which says how many buildings that day needs at the least; its answer is tried on every other day; the first
day on which it does not do joins the programme. What is true of some days is true of the year, so the number found is
never more than needed, and when the answer does on every day it is the best there is.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from reservations.consolidation.placement import Option, Question, lost, never_two
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
    until = time.monotonic() + seconds
    search = _Search(town, terms, set(keep))
    best = Fewest(stay=search.descend(until - seconds / 2), at_least=len(search.keep))
    search.add_hardest()
    tell(best)
    while best.gap and (left := until - time.monotonic()) > 0:
        tried, bound = search.fewest_on_the_days(left)
        best.at_least, best.days = max(best.at_least, bound), sorted(search.days)
        if tried is None:
            break
        if best.gap and search.does(tried, until):
            best.stay = sorted(tried)
        tell(best)
    return best


class _Search:
    def __init__(self, town: Town, terms: Terms, keep: set[int]) -> None:
        self.town, self.keep, self.question = town, keep, Question(town, terms)
        self.all = town.buildings
        used = Counter(town.building_of(need) for need in town.needs)
        self.by_use = sorted(self.all, key=lambda building: -used[building])
        self.days: list[int] = []
        self.on: dict[int, list[Need]] = defaultdict(list)
        for need in town.needs:
            self.on[_day(need)].append(need)

    def descend(self, until: float) -> list[int]:
        """Close one after the other, those used least first, as long as it does."""
        stay = list(self.all)
        for building in reversed(self.by_use):
            fewer = [each for each in stay if each != building]
            if building not in self.keep and self.does(fewer, until, joins=False):
                stay = fewer
        return stay

    def add_hardest(self) -> None:
        """The day with the most seats asked for."""
        if self.on:
            self.days.append(max(self.on, key=lambda day: (sum(need.persons for need in self.on[day]), -day)))

    def does(self, stay: Collection[int], until: float, *, joins: bool = True) -> bool:
        """Whether everything fits when only these stay; False when time ran out too. The first day on which it does not
        `joins` the programme."""
        closing = set(self.all) - set(stay)
        taken = self.question.taken(closing)
        for needs in sorted(
            self.question.groups(closing), key=lambda each: (_day(each[0]) not in self.days, -len(each))
        ):
            if time.monotonic() >= until:
                return False
            group = self.question.options(needs, closing, taken)
            if not all(group.values()) or lost(group):
                new = {_day(need) for need in needs} - set(self.days)
                self.days += sorted(new) if joins else []
                return False
        return True

    def fewest_on_the_days(self, seconds: float) -> tuple[set[int] | None, int]:
        """The fewest buildings with which everything fits on the days of the programme, and how many at the least; None
        when time ran out before any was found."""
        options = self._options()
        found = milp(
            np.concatenate([self._prices(), np.zeros(len(options))]),
            integrality=np.ones(len(self.all) + len(options)),
            bounds=Bounds(np.array([float(b in self.keep) for b in self.all] + [0.0] * len(options)), 1),
            constraints=self._constraints(options),
            options={"time_limit": seconds},
        )
        bound = found.mip_dual_bound if found.mip_dual_bound is not None else 0.0
        least = max(0, int(np.ceil(bound / (1 + self._dearest) - 1e-6)))
        if found.x is None:
            return None, least
        return {building for building, x in zip(self.all, found.x, strict=False) if x > 0.5}, least

    @property
    def _dearest(self) -> float:
        """Of as many buildings, those that are used most: that moves the fewest people. Never worth a building."""
        return 1 / (4 * len(self.all))

    def _prices(self) -> np.ndarray:
        rank = {building: at for at, building in enumerate(self.by_use)}
        return np.array([1 + self._dearest * rank[building] / len(self.all) for building in self.all])

    def _options(self) -> list[Option]:
        """Every way for every booking of these days, among them to stay."""
        none_stays = self.question.taken(set(self.all))
        needs = [need for day in self.days for need in self.on[day]]
        found = self.question.options(needs, set(), none_stays)
        stays = [Option(need, self.town.places[need.room], 0, 0.0) for need in needs]
        return [
            *stays,
            *(o for choices in found.values() for o in choices if o.place.building != self.town.building_of(o.need)),
        ]

    def _constraints(self, options: Sequence[Option]) -> list[LinearConstraint]:
        column = {building: at for at, building in enumerate(self.all)}
        width = len(self.all)
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
            if building != self.town.building_of(need):
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
