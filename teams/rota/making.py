"""Periods ahead, made: the same facts give the same rota. What was made before stays as it is."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from teams.rota.facts import Days, Key, Plan, Turn, Warden, next_zone

# What is worse than what. Each is more than all of the next together can be, for as many people as a team has.
SAME_ZONE, COVER, CROWD, UNFAIR = 1e12, 1e9, 1e6, 1e3


def make(plan: Plan, ahead: Sequence[Days]) -> list[Turn]:
    """Turns for the periods `ahead`, which follow those of the plan. With too few people for the zones, a zone stays
    without: `rules.covered` says which."""
    made = list(plan.turns)
    for period in ahead:
        made += of_period(plan, made, period)
    return made[len(plan.turns) :]


def of_period(plan: Plan, before: Sequence[Turn], period: Days) -> list[Turn]:
    """Everybody who is in the team and there on at least one day gets a zone: the next in the order, unless a zone
    would stay without, or a colleague's leave put the order out."""
    there = [(warden, days) for warden in _in_order(plan.wardens) if (days := warden.within(period))]
    if not there or not plan.zones:
        return []
    last, times = _so_far(before)
    costs = np.array(
        [_costs(plan.zones, number, last.get(warden.key), times.get(warden.key, Counter()), days != period, len(there))
         for number, (warden, days) in enumerate(there)]
    )  # fmt: skip
    rows, columns = linear_sum_assignment(costs)
    chosen = {row: plan.zones[column // len(there)] for row, column in zip(rows, columns, strict=True)}
    return [Turn(warden.key, chosen[number], days) for number, (warden, days) in enumerate(there)]


def _costs(
    zones: Sequence[Key], number: int, last: Key | None, times: Counter[Key], is_part: bool, places: int
) -> list[float]:
    """Of each place of each zone for one person: the first place in a zone is what covers it, and each further one
    makes a crowd."""
    wished = next_zone(zones, last) if last in zones else zones[number % len(zones)]
    start, fewest = list(zones).index(wished), min(times[zone] for zone in zones)
    found: list[float] = []
    for position, zone in enumerate(zones):
        own = (position - start) % len(zones) + UNFAIR * (times[zone] - fewest)
        own += SAME_ZONE if zone == last and len(zones) > 1 else 0
        # Who is there for a part of the period covers a zone less well than who is there for all of it.
        first = -COVER / 2 if is_part else -COVER
        found += [own + first, *(own + CROWD * place for place in range(1, places))]
    return found


def _in_order(wardens: Sequence[Warden]) -> list[Warden]:
    return sorted(wardens, key=lambda warden: str(warden.key))


def _so_far(turns: Sequence[Turn]) -> tuple[dict[Key, Key], dict[Key, Counter[Key]]]:
    """Where each person was last, and how often in each zone."""
    last: dict[Key, Key] = {}
    times: dict[Key, Counter[Key]] = {}
    for turn in sorted(turns, key=lambda turn: turn.days.starts):
        last[turn.who] = turn.zone
        times.setdefault(turn.who, Counter())[turn.zone] += 1
    return last, times
