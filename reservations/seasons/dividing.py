"""The rule by which a season is divided. Pure: the same requests and the same lot give the same division.

In rounds, and in each round every holder gets at most one hour. Who goes first in a round: the kind of holder that
stands first in the order of the season; then who had the hour last season, when the season says so; then who has least
hours so far; then who asked least; then the lot. A request that cannot be met passes its turn to the next one of the
same holder.
"""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

DAY = 24 * 60


@dataclass(frozen=True)
class Slot:
    """A room on a weekday, in minutes since midnight; past the next one they count on. `cleared` is when somebody else
    can have it."""

    room: int
    weekday: int
    start: int
    end: int
    cleared: int

    @property
    def minutes(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Rule:
    order: Sequence[str]
    keeps_last: bool
    most_minutes: int | None
    lot: int


@dataclass(frozen=True)
class Wish:
    """`slots` would all do, the best first. Of one holder the first asked goes first."""

    key: uuid.UUID
    holder: str
    name: str
    group: str
    minutes: int
    slots: Sequence[Slot]
    had_last: bool = False


class Because(StrEnum):
    """Why one got an hour before the others who wanted it, and why one did not."""

    ALONE, TURN, GROUP, LAST, SO_FAR, ASKED, LOT = "alone", "turn", "group", "last", "so_far", "asked", "lot"
    TAKEN, MOST, NOWHERE = "taken", "most", "nowhere"


@dataclass(frozen=True)
class Answer:
    """`other` is whose it is, or who wanted it too."""

    slot: Slot | None
    round: int
    because: Because
    other: Wish | str | None = None


@dataclass
class Board:
    """Who has what, by space and weekday."""

    spaces: Mapping[int, Sequence[int]]
    _taken: dict[tuple[int, int], list[tuple[int, int, str]]] = field(default_factory=lambda: defaultdict(list))

    def take(self, slot: Slot, name: str) -> None:
        for space in self.spaces[slot.room]:
            for weekday, start, cleared in _by_day(slot):
                self._taken[space, weekday].append((start, cleared, name))

    def taker(self, slot: Slot) -> str | None:
        """Who has some of it; None when it is free."""
        for space in self.spaces[slot.room]:
            for weekday, begins, over in _by_day(slot):
                for start, cleared, name in self._taken[space, weekday]:
                    if start < over and begins < cleared:
                        return name
        return None

    def meet(self, one: Slot, other: Slot) -> bool:
        together = any(
            day == weekday and begins < cleared and start < over
            for day, begins, over in _by_day(one)
            for weekday, start, cleared in _by_day(other)
        )
        return together and bool(set(self.spaces[one.room]) & set(self.spaces[other.room]))


def _by_day(slot: Slot) -> Iterator[tuple[int, int, int]]:
    """On each weekday it touches, in the minutes of that day: what passes midnight is of the next one too, and Sunday
    night of Monday."""
    for number in range(-(-slot.cleared // DAY)):
        yield (slot.weekday + number) % 7, slot.start - number * DAY, slot.cleared - number * DAY


def divide(
    rule: Rule, wishes: Iterable[Wish], board: Board, has: Mapping[str, int] | None = None
) -> dict[uuid.UUID, Answer]:
    """The answer to each wish. `board` holds what is somebody's already, `has` the minutes a holder has by hand."""
    division = Division(rule, board)
    division.minutes.update(has or {})
    return division.over(list(wishes))


class Division:
    def __init__(self, rule: Rule, board: Board) -> None:
        self.rule, self.board = rule, board
        self.minutes: dict[str, int] = defaultdict(int)
        self.asked: dict[str, int] = defaultdict(int)
        self.waiting: dict[str, list[Wish]] = defaultdict(list)
        self.answers: dict[uuid.UUID, Answer] = {}

    def over(self, wishes: Sequence[Wish]) -> dict[uuid.UUID, Answer]:
        for wish in wishes:
            self.waiting[wish.holder].append(wish)
            self.asked[wish.holder] += wish.minutes
        number = 0
        while any(self.waiting.values()):
            number += 1
            self._round(number)
        return self.answers

    def _round(self, number: int) -> None:
        heads = [mine[0] for mine in self.waiting.values() if mine]
        ranks = {wish.holder: self._rank(wish) for wish in heads}  # as they stand when the round begins
        for head in sorted(heads, key=lambda wish: ranks[wish.holder]):
            mine = self.waiting[head.holder]
            while mine:
                wish = mine.pop(0)
                answer = self._answer(wish, number, ranks)
                self.answers[wish.key] = answer
                if answer.slot:
                    self.board.take(answer.slot, wish.name)
                    self.minutes[wish.holder] += answer.slot.minutes
                    break

    def _rank(self, wish: Wish) -> tuple[int, bool, int, int, str]:
        return (
            self.rule.order.index(wish.group),
            not (self.rule.keeps_last and wish.had_last),
            self.minutes[wish.holder],
            self.asked[wish.holder],
            lot_of(self.rule.lot, wish.holder),
        )

    def _answer(self, wish: Wish, number: int, ranks: Mapping[str, tuple[int, bool, int, int, str]]) -> Answer:
        if not wish.slots:
            return Answer(None, number, Because.NOWHERE)
        most = self.rule.most_minutes
        if most is not None and self.minutes[wish.holder] + wish.minutes > most:
            return Answer(None, number, Because.MOST)
        slot = next((each for each in wish.slots if self.board.taker(each) is None), None)
        if slot is None:
            return Answer(None, number, Because.TAKEN, self.board.taker(wish.slots[0]))
        because, other = self._before_whom(wish, slot, ranks)
        return Answer(slot, number, because, other)

    def _before_whom(
        self, wish: Wish, slot: Slot, ranks: Mapping[str, tuple[int, bool, int, int, str]]
    ) -> tuple[Because, Wish | None]:
        """Of the others who still wait and would have this hour too, the one who came nearest."""
        rivals = [
            other
            for holder, theirs in self.waiting.items()
            if holder != wish.holder
            for other in theirs
            if any(self.board.meet(slot, each) for each in other.slots)
        ]
        heads = [other for other in rivals if self.waiting[other.holder][0] is other and other.holder in ranks]
        heads = [other for other in heads if ranks[other.holder] > ranks[wish.holder]]  # the rest had a turn
        if not rivals:
            return Because.ALONE, None
        if not heads:
            return Because.TURN, rivals[0]
        nearest = min(heads, key=lambda other: ranks[other.holder])
        mine, theirs = ranks[wish.holder], ranks[nearest.holder]
        because = (Because.GROUP, Because.LAST, Because.SO_FAR, Because.ASKED, Because.LOT)
        return next(why for why, one, other in zip(because, mine, theirs, strict=True) if one != other), nearest


def lot_of(lot: int, holder: str) -> str:
    """Drawn by who is it and the number of the season alone: nobody can try until it suits."""
    return hashlib.sha256(f"{lot}:{holder}".encode()).hexdigest()
