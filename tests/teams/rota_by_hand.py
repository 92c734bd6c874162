"""Invented teams, and the rules of a rota once more: day by day, slowly, with nothing of the program."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from teams.rota.facts import Days, Plan, Round, Turn, Warden, periods_from

FIRST = dt.date(2027, 1, 1)
EARLY = Round("vroeg", frozenset(range(6)), dt.time(10), dt.time(14))
LATE = Round("laat", frozenset({0, 2, 4}), dt.time(13), dt.time(18))


def team(count: int, since: dt.date = FIRST) -> list[Warden]:
    return [Warden(f"w{number:02}", (Days(since, dt.date(2099, 1, 1)),)) for number in range(count)]


@st.composite
def plans(draw: st.DrawFn, *, steady: bool = False, enough: bool = False) -> tuple[Plan, list[Days]]:
    """A plan without turns, and the periods to make. `steady`: nobody comes, goes or is away; `enough`: as many
    people as zones."""
    zones = [f"z{number}" for number in range(draw(st.integers(2, 5)))]
    periods = periods_from(FIRST, draw(st.integers(1, 2)), draw(st.integers(1, 7)))
    end = periods[-1].ends
    moments = st.integers(0, (end - FIRST).days).map(lambda days: FIRST + dt.timedelta(days=days))

    def stretch() -> Days:
        one, other = sorted((draw(moments), draw(moments)))
        return Days(one, other)

    count = draw(st.integers(len(zones) if enough else 1, len(zones) * 2 + 2))
    wardens = []
    for number in range(count):
        always = steady or draw(st.integers(0, 2)) > 0
        member = (Days(FIRST, end),) if always else (stretch(),)
        away = () if steady else tuple(stretch() for _each in range(draw(st.integers(0, 2))))
        wardens.append(Warden(f"w{number:02}", member, away))
    return Plan(zones, periods, wardens, rounds=[EARLY, LATE]), periods


def zones_of(turns: list[Turn], who: Any) -> list[Any]:
    return [turn.zone for turn in sorted(turns, key=lambda turn: turn.days.starts) if turn.who == who]


def says_by_hand(plan: Plan) -> set[tuple[str, Any, Any]]:
    """(rule, person, zone) of everything that is wrong."""
    found: set[tuple[str, Any, Any]] = set()
    for period in plan.periods:
        for zone in plan.zones:
            if not [turn for turn in plan.turns if turn.zone == zone and set(turn.days) & set(period)]:
                found.add(("covered", None, zone))
    for warden in plan.wardens:
        zones = zones_of(list(plan.turns), warden.key)
        for number in range(1, len(zones)):
            if zones[number] == zones[number - 1]:
                found.add(("twice", warden.key, zones[number]))
            elif (plan.zones.index(zones[number]) - plan.zones.index(zones[number - 1])) % len(plan.zones) != 1:
                found.add(("order", warden.key, zones[number]))
        mine = {day for days in warden.member for day in days}
        off = {day for days in warden.away for day in days}
        for turn in plan.turns:
            if turn.who == warden.key:
                if set(turn.days) <= off:
                    found.add(("leave", warden.key, turn.zone))
                if set(turn.days) - mine:
                    found.add(("member", warden.key, turn.zone))
        for shift in plan.shifts:
            if shift.who == warden.key:
                if shift.day in off:
                    found.add(("leave", warden.key, shift.zone))
                if shift.day not in mine:
                    found.add(("member", warden.key, shift.zone))
        for minute in range(0, 24 * 60, 30):
            clock = dt.time(minute // 60, minute % 60)
            at_once: dict[dt.date, list[Any]] = {}
            for shift in plan.shifts:
                if shift.who == warden.key and shift.starts <= clock < shift.ends:
                    at_once.setdefault(shift.day, []).append(shift.zone)
            for day, there in at_once.items():
                if len(there) > 1:
                    found.add(("overlap", warden.key, day))
    return found


def coverable(plan: Plan, period: Days, last: dict[Any, Any]) -> bool:
    """Whether there is any way to give every zone somebody who was not there last: by trying all of them."""
    there = [warden.key for warden in plan.wardens if warden.within(period)]

    def fits(zones: list[Any], people: list[Any]) -> bool:
        if not zones:
            return True
        return any(
            last.get(who) != zones[0] and fits(zones[1:], [one for one in people if one != who]) for who in people
        )

    return fits(list(plan.zones), there)
