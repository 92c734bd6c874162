"""What a rota has to keep to, one rule at a time, and what of a plan does not. Nothing here makes anything."""

import datetime as dt
import enum
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from teams.rota.facts import Days, Key, Plan, Shift, next_zone, of_person


class Rule(enum.Enum):
    COVERED = "covered"  # every zone has somebody in every period
    TWICE = "twice"  # nobody serves the same zone twice running
    ORDER = "order"  # everybody passes the zones in their order, each as often
    LEAVE = "leave"  # who is away has no turn for that period, and no round that day
    MEMBER = "member"  # who serves is in the team
    OVERLAP = "overlap"  # nobody has two rounds, or two zones, at one time


# These only warn: swapping two people by hand always breaks the order a little.
SOFT = frozenset({Rule.ORDER})


@dataclass(frozen=True)
class Broken:
    """One rule, and who, where and when it does not hold."""

    rule: Rule
    days: Days
    who: Key | None = None
    zone: Key | None = None

    @property
    def is_hard(self) -> bool:
        return self.rule not in SOFT


@dataclass(frozen=True)
class Gap:
    """A round that nobody walks."""

    zone: Key
    day: dt.date
    name: str


def broken(plan: Plan) -> list[Broken]:
    """Everything that does not hold, the earliest first."""
    found = [*covered(plan), *twice(plan), *order(plan), *leave(plan), *member(plan), *overlap(plan)]
    return sorted(found, key=lambda each: (each.days.starts, each.rule.value, str(each.zone), str(each.who)))


def covered(plan: Plan) -> Iterator[Broken]:
    for period in plan.periods:
        served = {turn.zone for turn in plan.turns_in(period)}
        yield from (Broken(Rule.COVERED, period, zone=zone) for zone in plan.zones if zone not in served)


def twice(plan: Plan) -> Iterator[Broken]:
    """Also over a period in which somebody had no turn: what counts is the zone where one was last."""
    if len(plan.zones) < 2:
        return
    for who, turns in of_person(plan.turns).items():
        for one, other in pairwise(turns):
            if one.zone == other.zone:
                yield Broken(Rule.TWICE, other.days, who, other.zone)


def order(plan: Plan) -> Iterator[Broken]:
    for who, turns in of_person(plan.turns).items():
        for one, other in pairwise(turns):
            if one.zone in plan.zones and other.zone not in (one.zone, next_zone(plan.zones, one.zone)):
                yield Broken(Rule.ORDER, other.days, who, other.zone)


def leave(plan: Plan) -> Iterator[Broken]:
    people = plan.by_key
    for turn in plan.turns:
        warden = people.get(turn.who)
        if warden and all(warden.is_away(day) for day in turn.days):
            yield Broken(Rule.LEAVE, turn.days, turn.who, turn.zone)
    for shift in plan.shifts:
        warden = people.get(shift.who)
        if warden and warden.is_away(shift.day):
            yield Broken(Rule.LEAVE, Days(shift.day, shift.day), shift.who, shift.zone)


def member(plan: Plan) -> Iterator[Broken]:
    people = plan.by_key
    for turn in plan.turns:
        warden = people.get(turn.who)
        if warden is None or not any(turn.days.common(days) == turn.days for days in warden.member):
            yield Broken(Rule.MEMBER, turn.days, turn.who, turn.zone)
    for shift in plan.shifts:
        warden = people.get(shift.who)
        if warden is None or not warden.is_member(shift.day):
            yield Broken(Rule.MEMBER, Days(shift.day, shift.day), shift.who, shift.zone)


def overlap(plan: Plan) -> Iterator[Broken]:
    for who, turns in of_person(plan.turns).items():
        for one, other in pairwise(turns):
            if both := one.days.common(other.days):
                yield Broken(Rule.OVERLAP, both, who, other.zone)
    days: dict[tuple[Key, dt.date], list[Shift]] = {}
    for shift in plan.shifts:
        days.setdefault((shift.who, shift.day), []).append(shift)
    for (who, day), shifts in days.items():
        if any(one.overlaps(other, day) for one, other in combinations(shifts, 2)):
            yield Broken(Rule.OVERLAP, Days(day, day), who, shifts[-1].zone)


def gaps(plan: Plan, days: Days) -> list[Gap]:
    """Rounds within these days that a zone should have and nobody walks who is there: also when somebody fell out
    after it was planned."""
    people = plan.by_key
    walked = Counter(
        (shift.zone, shift.day, shift.name)
        for shift in plan.shifts
        if shift.day in days and (warden := people.get(shift.who)) and warden.is_there(shift.day)
    )
    return [
        Gap(zone, day, each.name)
        for day in days
        if any(day in period for period in plan.periods)
        for each in plan.rounds_on(day)
        for zone in plan.zones
        if not walked[zone, day, each.name]
    ]
