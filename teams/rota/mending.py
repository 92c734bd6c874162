"""What came in between since a rota was told: who left or is away for long serves no more, and somebody else is
proposed for a zone that has nobody. What nothing happened to stays as it is."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from teams.rota.facts import A_DAY, Days, Key, Plan, Turn, Warden
from teams.rota.rules import Broken, twice

# Shorter than this nobody moves to another zone for it: colleagues walk the rounds from theirs.
A_WHILE = dt.timedelta(days=7)


def mended(plan: Plan, ahead: Days, *, known: Collection[Broken] | None = None) -> Plan:
    """The plan with what can still be otherwise put right. Who has no turn fills in before who has to move.
    `known`: what was broken already, before zones became others; it is left alone."""
    fine = set(twice(plan)) if known is None else set(known)
    plan = replace(plan, turns=[left for turn in plan.turns for left in _what_holds(plan, turn, ahead)])
    while wrong := [each for each in twice(plan) if each not in fine]:
        plan = _elsewhere(plan, wrong[0])
    for period in plan.periods:
        if part := period.common(ahead):
            for zone in plan.zones:
                if bare := _bare(plan, zone, part):
                    plan = _filled(plan, zone, bare)
    return plan


def _what_holds(plan: Plan, turn: Turn, ahead: Days) -> Iterator[Turn]:
    coming, warden = turn.days.common(ahead), plan.by_key.get(turn.who)
    if coming is None:
        yield turn
        return
    stretches = [days for each in (warden.member if warden else ()) if (days := turn.days.common(each))]
    for days in sorted(stretches, key=lambda days: days.starts):
        rest = days.common(ahead)
        if warden and rest and _is_away(warden, rest) and (_is_long(rest) or _is_away(warden, days)):
            if days.starts < rest.starts:
                yield replace(turn, days=Days(days.starts, rest.starts - A_DAY))
        else:
            yield replace(turn, days=days)


def _elsewhere(plan: Plan, wrong: Broken) -> Plan:
    """A turn between two others went, and now the same zone follows itself: another zone, or no turn at all."""
    turn = next(turn for turn in plan.turns if (turn.who, turn.days) == (wrong.who, wrong.days))
    others = [each for each in plan.turns if each != turn]
    full = Counter(each.zone for each in plan.turns_in(turn.days))
    before = set(twice(plan)) - {wrong}
    for zone in sorted(plan.zones, key=lambda zone: (full[zone], plan.zones.index(zone))):
        after = replace(plan, turns=[*others, replace(turn, zone=zone)])
        if zone != turn.zone and set(twice(after)) <= before:
            return after
    return replace(plan, turns=others)


def _is_away(warden: Warden, days: Days) -> bool:
    return all(warden.is_away(day) for day in days)


def _bare(plan: Plan, zone: Key, part: Days) -> Days | None:
    """From when on nobody has the zone, to the end of the part."""
    there = [days.ends for turn in plan.turns if turn.zone == zone and (days := turn.days.common(part))]
    starts = max(there) + A_DAY if there else part.starts
    bare = Days(starts, part.ends) if starts <= part.ends else None
    return bare if bare and _is_long(bare) else None


def _is_long(days: Days) -> bool:
    return days.ends - days.starts + A_DAY >= A_WHILE


def _filled(plan: Plan, zone: Key, bare: Days) -> Plan:
    """With who fills in, who breaks no rule by it. Without anybody it stays as it is: then the rule says so."""
    wrong = set(twice(plan))
    for who in _who_could(plan, bare):
        warden = plan.by_key[who]
        there = warden.within(bare)
        if there is None:
            continue
        kept = [left for turn in plan.turns for left in _without(turn, warden, bare)]
        after = replace(plan, turns=[*kept, Turn(who, zone, there)])
        if set(twice(after)) <= wrong:
            return after
    return plan


def _who_could(plan: Plan, bare: Days) -> list[Key]:
    """First who has no turn in those days, then who is not alone in a zone, of the fullest zone first."""
    mine: dict[Key, list[Key]] = {}
    for turn in plan.turns_in(bare):
        mine.setdefault(turn.who, []).append(turn.zone)
    full = Counter(zone for zones in mine.values() for zone in zones)
    free = [who for who in plan.by_key if who not in mine]
    spare = [who for who, zones in mine.items() if len(zones) == 1 and full[zones[0]] > 1]
    return [*sorted(free, key=str), *sorted(spare, key=lambda who: (-full[mine[who][0]], str(who)))]


def _without(turn: Turn, warden: Warden, bare: Days) -> Iterator[Turn]:
    if turn.who != warden.key or not turn.days.common(bare):
        yield turn
    elif turn.days.starts < bare.starts:
        before = Days(turn.days.starts, bare.starts - A_DAY)
        if not _is_away(warden, before):
            yield replace(turn, days=before)
