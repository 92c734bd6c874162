"""What a rota is made from, without a database: so that its rules can be tried on a thousand invented teams."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

type Key = Any
"""Of a person or a zone: whatever tells one from another."""

A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """From the first up to and including the last."""

    starts: dt.date
    ends: dt.date

    def __iter__(self) -> Iterator[dt.date]:
        return (self.starts + dt.timedelta(days=number) for number in range((self.ends - self.starts).days + 1))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and self.starts <= day <= self.ends

    def common(self, other: "Days") -> "Days | None":
        starts, ends = max(self.starts, other.starts), min(self.ends, other.ends)
        return Days(starts, ends) if starts <= ends else None


@dataclass(frozen=True)
class Warden:
    """Somebody who may serve, on the days of each membership, and the days of leave; why is known nowhere."""

    key: Key
    member: tuple[Days, ...]
    away: tuple[Days, ...] = ()

    def is_member(self, day: dt.date) -> bool:
        return any(day in days for days in self.member)

    def is_away(self, day: dt.date) -> bool:
        return any(day in days for days in self.away)

    def is_there(self, day: dt.date) -> bool:
        return self.is_member(day) and not self.is_away(day)

    def within(self, period: Days) -> Days | None:
        """The first stretch of the period in which this person is in the team, and there on at least one day of it."""
        for member in sorted(self.member, key=lambda days: days.starts):
            stretch = period.common(member)
            if stretch and any(not self.is_away(day) for day in stretch):
                return stretch
        return None


@dataclass(frozen=True)
class Turn:
    who: Key
    zone: Key
    days: Days


@dataclass(frozen=True)
class Round:
    """Each zone has it on these weekdays; Monday is 0. Not on a day on which the organisation is closed, unless it
    says so."""

    name: str
    weekdays: frozenset[int]
    starts: dt.time
    ends: dt.time
    on_closed_days: bool = False


@dataclass(frozen=True)
class Shift:
    who: Key
    zone: Key
    day: dt.date
    name: str
    starts: dt.time
    ends: dt.time
    is_cover: bool = False

    def overlaps(self, other: "Shift | Round", day: dt.date) -> bool:
        return self.day == day and self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True)
class Plan:
    """A rota as a whole. `zones` stand in the order in which everybody passes them."""

    zones: Sequence[Key]
    periods: Sequence[Days]
    wardens: Sequence[Warden]
    turns: Sequence[Turn] = ()
    shifts: Sequence[Shift] = ()
    rounds: Sequence[Round] = field(default=())
    closed: Mapping[dt.date, str] = field(default_factory=dict)  # public holidays and closing days, by name

    @property
    def by_key(self) -> dict[Key, Warden]:
        return {warden.key: warden for warden in self.wardens}

    def rounds_on(self, day: dt.date) -> list[Round]:
        """What each zone has that day."""
        return [
            each
            for each in self.rounds
            if day.weekday() in each.weekdays and (each.on_closed_days or day not in self.closed)
        ]

    def turns_in(self, period: Days) -> list[Turn]:
        return [turn for turn in self.turns if turn.days.common(period)]


def next_zone(zones: Sequence[Key], zone: Key) -> Key:
    return zones[(list(zones).index(zone) + 1) % len(zones)]


def periods_from(first_on: dt.date, months: int, count: int) -> list[Days]:
    """`first_on` is a day that every month has."""
    starts = [_months_on(first_on, months * number) for number in range(count + 1)]
    return [Days(one, other - A_DAY) for one, other in pairwise(starts)]


def _months_on(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + years, month=month + 1)


def of_person(turns: Iterable[Turn]) -> dict[Key, list[Turn]]:
    found: dict[Key, list[Turn]] = {}
    for turn in sorted(turns, key=lambda turn: turn.days.starts):
        found.setdefault(turn.who, []).append(turn)
    return found
