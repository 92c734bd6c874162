"""The rounds of each day, dealt over who has a turn there: who is away is covered for, or the gap is said."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from teams.rota.facts import Days, Key, Plan, Round, Shift, Turn


def deal(plan: Plan, days: Days) -> list[Shift]:
    """For every day: first the rounds of each zone among its own people, then what is left among colleagues of the
    zones where most are. A round that is not in the answer is a gap (`rules.gaps`)."""
    dealt: list[Shift] = []
    walked: Counter[Key] = Counter()  # how many rounds each has so far: who has fewest comes first
    for day in days:
        dealt += _of_day(plan, day, walked)
    return dealt


def filled(plan: Plan, day: dt.date, *, since: dt.time) -> list[Shift]:
    """The rounds of a day that runs: of who is not there and that did not begin yet a colleague takes them over, and
    everybody else goes where they were told."""
    people = plan.by_key
    of_day = [shift for shift in plan.shifts if shift.day == day]
    gone = [s for s in of_day if s.starts > since and not ((one := people.get(s.who)) and one.is_there(day))]
    found, walked = [shift for shift in of_day if shift not in gone], Counter[Key]()
    there = [turn for turn in plan.turns if day in turn.days and turn.who in people and people[turn.who].is_there(day)]
    for shift in gone:
        own = [turn.who for turn in there if turn.zone == shift.zone]
        each = Round(shift.name, frozenset(), shift.starts, shift.ends)
        if not _give(own, shift.zone, each, day, found, walked):
            others = [turn.who for turn in _spare(there, shift.zone)]
            _give(others, shift.zone, each, day, found, walked, is_cover=True)
    return found


def _of_day(plan: Plan, day: dt.date, walked: Counter[Key]) -> list[Shift]:
    wanted = [(zone, each) for each in plan.rounds_on(day) for zone in plan.zones]
    if not wanted:
        return []
    people, turns = plan.by_key, [turn for turn in plan.turns if day in turn.days]
    there = [turn for turn in turns if turn.who in people and people[turn.who].is_there(day)]
    found: list[Shift] = []
    left: list[tuple[Key, Round]] = []
    for zone, each in wanted:
        own = [turn.who for turn in there if turn.zone == zone]
        if not _give(own, zone, each, day, found, walked):
            left.append((zone, each))
    for zone, each in left:
        _give([turn.who for turn in _spare(there, zone)], zone, each, day, found, walked, is_cover=True)
    return found


def _give(
    people: Sequence[Key], zone: Key, each: Round, day: dt.date, found: list[Shift], walked: Counter[Key], *,
    is_cover: bool = False,
) -> bool:  # fmt: skip
    """To who has no other round at that hour, the fewest today and the fewest until now."""
    free = [who for who in people if not any(shift.who == who and shift.overlaps(each, day) for shift in found)]
    if not free:
        return False
    today = Counter(shift.who for shift in found)
    who = min(free, key=lambda one: (today[one], 0 if is_cover else walked[one], people.index(one), str(one)))
    walked[who] += 1
    found.append(Shift(who, zone, day, each.name, each.starts, each.ends, is_cover))
    return True


def _spare(there: Sequence[Turn], zone: Key) -> list[Turn]:
    """Colleagues elsewhere, those of the fullest zone first."""
    full = Counter(turn.zone for turn in there)
    others = [turn for turn in there if turn.zone != zone]
    return sorted(others, key=lambda turn: (-full[turn.zone], str(turn.zone), str(turn.who)))
