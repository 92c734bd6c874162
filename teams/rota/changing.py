"""A change by hand: what it would break and what it changes for whom, seen before it is kept."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from teams.models import RotaVersion
from teams.rota import words
from teams.rota.drafting import draft_of, keep_anew, keep_turns, locked, redealt
from teams.rota.facts import A_DAY, Days, Key, Plan, Turn
from teams.rota.reading import names_of, plan_of
from teams.rota.rules import Broken, broken
from teams.rota.words import Names


@dataclass(frozen=True)
class Change:
    """Of one period: with `other` they swap; with a zone that one; with neither no turn at all."""

    period: Days
    who: Key
    other: Key | None = None
    zone: Key | None = None


@dataclass(frozen=True)
class Consequences:
    """Of a change, or of a whole version: for a page."""

    breaks: list[Broken]  # that held before
    mends: list[Broken]
    gone: list[Turn]
    new: list[Turn]
    rounds: Counter[Key]  # how many rounds of each person are otherwise

    @classmethod
    def between(cls, before: Plan, after: Plan) -> Self:
        old, new = broken(before), broken(after)
        shifts = set(before.shifts) ^ set(after.shifts)
        return cls(
            breaks=[each for each in new if each not in old],
            mends=[each for each in old if each not in new],
            gone=[turn for turn in before.turns if turn not in after.turns],
            new=[turn for turn in after.turns if turn not in before.turns],
            rounds=Counter(who for who, _day in {(shift.who, shift.day) for shift in shifts}),
        )

    @property
    def hard(self) -> list[Broken]:
        return [each for each in self.breaks if each.is_hard]

    @property
    def people(self) -> set[Key]:
        """Who is told, once this is published."""
        return {turn.who for turn in [*self.gone, *self.new]} | set(self.rounds)


def changed(plan: Plan, change: Change, names: Names) -> Plan:
    """The plan with the change in it: of a period that runs, from tomorrow."""
    since = max(change.period.starts, timezone.localdate() + A_DAY)
    if since > change.period.ends:
        raise Refused(_("That period is over: it stays as it was."))
    days = Days(since, change.period.ends)
    mine, theirs = _turn(plan, change.who, days), _turn(plan, change.other, days)
    new = _swapped(mine, theirs, change, names) if change.other is not None else _given(plan, mine, change, days)
    touched = {change.who, change.other}
    kept = [turn for turn in plan.turns if turn.who not in touched or not turn.days.common(days)]
    cut = [_before(turn, days) for turn in plan.turns if turn.who in touched and turn.days.common(days)]
    parts = [replace(turn, days=part) for turn in new if (part := turn.days.common(days))]
    after = replace(plan, turns=_joined([*kept, *(turn for turn in cut if turn), *parts], change.period))
    shifts = [shift for shift in plan.shifts if shift.day not in days]
    return replace(after, shifts=[*shifts, *(s for s in redealt(after, [change.period]) if s.day in days)])


def _turn(plan: Plan, who: Key | None, days: Days) -> Turn | None:
    """The last one in these days."""
    found = [turn for turn in plan.turns if turn.who == who and turn.days.common(days)]
    return max(found, key=lambda turn: turn.days.starts, default=None)


def _swapped(mine: Turn | None, theirs: Turn | None, change: Change, names: Names) -> list[Turn]:
    if change.who == change.other:
        raise Refused(_("Choose two people."))
    if mine is None or theirs is None:
        without = names.person(change.who if mine is None else change.other)
        raise Refused(_("%(who)s has no turn in this period to swap.") % {"who": without})
    return [replace(mine, zone=theirs.zone), replace(theirs, zone=mine.zone)]


def _given(plan: Plan, mine: Turn | None, change: Change, days: Days) -> list[Turn]:
    if change.zone is None:
        return []
    if mine is not None:
        return [replace(mine, zone=change.zone)]
    warden = plan.by_key.get(change.who)
    # Of who is away all the time it is a turn none the less: the rule then says why it cannot be.
    there = (warden.within(days) if warden else None) or days
    return [Turn(change.who, change.zone, there)]


def _before(turn: Turn, days: Days) -> Turn | None:
    return replace(turn, days=Days(turn.days.starts, days.starts - A_DAY)) if turn.days.starts < days.starts else None


def _joined(turns: Iterable[Turn], period: Days) -> list[Turn]:
    """Of one period: what was cut and got the same zone back is one turn again."""
    found: list[Turn] = []
    for turn in sorted(turns, key=lambda turn: (str(turn.who), turn.days.starts)):
        last = found[-1] if found else None
        follows = last and (last.who, last.zone, last.days.ends + A_DAY) == (turn.who, turn.zone, turn.days.starts)
        if last and follows and last.days.starts in period and turn.days.starts in period:
            found[-1] = replace(last, days=Days(last.days.starts, turn.days.ends))
        else:
            found.append(turn)
    return sorted(found, key=lambda turn: (turn.days.starts, str(turn.zone), str(turn.who)))


def state_of(plan: Plan) -> str:
    """What a draft is known by: it is changed and published as it was seen, and not otherwise."""
    rows = [f"{turn.who} {turn.zone} {turn.days.starts} {turn.days.ends}" for turn in plan.turns]
    rows += [f"{s.who} {s.zone} {s.day} {s.starts} {s.ends} {s.name} {s.is_cover}" for s in plan.shifts]
    return mark_of(rows)


def mark_of(rows: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()[:16]


@transaction.atomic
def keep(version: RotaVersion, change: Change, *, seen: str) -> Consequences:
    """Raises Refused with the name of each hard rule it would break, and when the draft is not as it was `seen` any
    more: a swap that is sent twice would be none."""
    rota = locked(version.rota)
    version = draft_of(version)
    plan = plan_of(rota, version)
    if state_of(plan) != seen:
        raise Refused(_("This draft changed meanwhile. Look again whether the change is still needed."))
    names = names_of(rota, plan)
    after = changed(plan, change, names)
    found = Consequences.between(plan, after)
    if found.hard:
        raise Refused(words.refusal(found.hard, names))
    version.turns.all().delete()
    keep_turns(version, after.turns)
    since = max(change.period.starts, timezone.localdate() + A_DAY)
    keep_anew(version, after.shifts, Days(since, change.period.ends))
    return found
