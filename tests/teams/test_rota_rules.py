"""Every rule of the rota, over teams that hypothesis invents; what is right is looked at by a second pair of eyes."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from teams.rota import rules
from teams.rota.dealing import deal
from teams.rota.facts import Days, Plan, Shift, Turn, Warden, periods_from
from teams.rota.making import make
from teams.rota.mending import mended
from teams.rota.rules import Rule
from tests.teams.rota_by_hand import FIRST, LATE, coverable, plans, says_by_hand, team, zones_of

type Made = tuple[Plan, list[Days]]


def whole(made: Made) -> Plan:
    plan, periods = made
    plan = replace(plan, turns=make(plan, periods))
    return replace(plan, shifts=deal(plan, Days(periods[0].starts, periods[-1].ends)))


class TestMaking:
    @given(plans(steady=True, enough=True))
    def test_with_enough_people_breaks_no_rule(self, made: Made) -> None:
        assert rules.broken(whole(made)) == []

    @given(plans(steady=True, enough=True))
    def test_lets_everybody_pass_every_zone_in_as_many_periods_as_there_are_zones(self, made: Made) -> None:
        plan = whole(made)
        for warden in plan.wardens:
            zones = zones_of(list(plan.turns), warden.key)
            for start in range(len(zones) - len(plan.zones) + 1):
                assert set(zones[start : start + len(plan.zones)]) == set(plan.zones)

    @given(plans(steady=True))
    def test_gives_nobody_a_zone_more_than_once_oftener_than_another(self, made: Made) -> None:
        plan = whole(made)
        for warden in plan.wardens:
            times = Counter(zones_of(list(plan.turns), warden.key))
            every = [times[zone] for zone in plan.zones]
            assert max(every) - min(every) <= 1 or len(plan.wardens) < len(plan.zones)

    @given(plans(steady=True, enough=True))
    def test_spreads_more_people_than_zones_evenly(self, made: Made) -> None:
        plan = whole(made)
        for period in plan.periods:
            here = Counter(turn.zone for turn in plan.turns_in(period))
            assert max(here.values()) - min(here.values()) <= 1

    @settings(max_examples=200)
    @given(plans())
    def test_keeps_the_hard_rules_whoever_comes_goes_and_is_away(self, made: Made) -> None:
        found = {(each.rule, each.zone) for each in rules.broken(whole(made))}
        assert {rule for rule, _zone in found} <= {Rule.COVERED, Rule.ORDER}

    @settings(max_examples=200)
    @given(plans())
    def test_leaves_a_zone_without_only_when_no_other_way_covers_it(self, made: Made) -> None:
        plan, periods = made
        turns: list[Turn] = []
        for period in periods:
            last = {turn.who: turn.zone for turn in sorted(turns, key=lambda turn: turn.days.starts)}
            new = make(replace(plan, turns=turns), [period])
            assert ({turn.zone for turn in new} == set(plan.zones)) == coverable(plan, period, last)
            turns += new

    @given(plans())
    def test_gives_who_is_away_a_whole_period_no_turn(self, made: Made) -> None:
        plan = whole(made)
        for turn in plan.turns:
            assert any(plan.by_key[turn.who].is_there(day) for day in turn.days)

    @given(plans(), st.integers(0, 3))
    def test_keeps_what_was_made_and_goes_on_from_there(self, made: Made, cut: int) -> None:
        plan, periods = made
        before = make(plan, periods[:cut])
        assert [*before, *make(replace(plan, turns=before), periods[cut:])] == make(plan, periods)

    @given(plans())
    def test_makes_the_same_of_the_same(self, made: Made) -> None:
        plan, periods = made
        assert make(plan, periods) == make(replace(plan, wardens=plan.wardens[::-1]), periods)

    def test_covers_no_zone_with_who_is_there_for_a_part_while_colleagues_crowd_another(self) -> None:
        before, period = periods_from(FIRST, 2, 2)
        wardens = team(4)
        wardens[2] = Warden("w02", (Days(FIRST, period.starts + dt.timedelta(days=20)),))
        served = zip(wardens, ("noord", "noord", "zuid", "oost"), strict=True)
        turns = [Turn(warden.key, zone, before) for warden, zone in served]
        new = make(Plan(["noord", "zuid", "oost"], [before], wardens, turns), [period])
        assert {turn.zone for turn in new if turn.days == period} == {"noord", "zuid", "oost"}

    def test_sends_no_crowd_to_the_next_zone_of_everybody(self) -> None:
        before, period = periods_from(FIRST, 2, 2)
        turns = [Turn(warden.key, "noord", before) for warden in team(4)]
        new = make(Plan(["noord", "zuid", "oost"], [before], team(4), turns), [period])
        assert Counter(turn.zone for turn in new) == {"zuid": 2, "oost": 2}

    def test_goes_where_somebody_was_least_when_the_order_was_put_out(self) -> None:
        *past, coming = periods_from(FIRST, 2, 5)
        zones = ("noord", "zuid", "noord", "oost")
        turns = [Turn("w00", zone, period) for zone, period in zip(zones, past, strict=True)]
        [turn] = make(Plan(["noord", "zuid", "oost"], past, team(1), turns), [coming])
        assert turn.zone == "zuid"

    def test_says_which_zone_has_nobody(self) -> None:
        periods = periods_from(FIRST, 2, 1)
        plan = Plan(["noord", "zuid", "oost"], periods, team(2))
        plan = replace(plan, turns=make(plan, periods))
        [found] = rules.broken(plan)
        assert (found.rule, found.zone, found.days, found.is_hard) == (Rule.COVERED, "oost", periods[0], True)


class TestDealing:
    @given(plans())
    def test_gives_nobody_a_round_who_is_away_or_has_another(self, made: Made) -> None:
        plan = whole(made)
        assert {each.rule for each in rules.broken(plan)} <= {Rule.COVERED, Rule.ORDER}

    @given(plans())
    def test_says_cover_exactly_where_the_zone_is_not_that_of_the_turn(self, made: Made) -> None:
        plan = whole(made)
        for shift in plan.shifts:
            [turn] = [turn for turn in plan.turns if turn.who == shift.who and shift.day in turn.days]
            assert shift.is_cover == (turn.zone != shift.zone)

    @settings(max_examples=60)
    @given(plans())
    def test_hides_no_round_that_nobody_walks(self, made: Made) -> None:
        plan = whole(made)
        days = Days(plan.periods[0].starts, plan.periods[-1].ends)
        walked = {(shift.zone, shift.day, shift.name) for shift in plan.shifts}
        gaps = {(gap.zone, gap.day, gap.name) for gap in rules.gaps(plan, days)}
        wanted = {
            (zone, day, each.name)
            for day in days
            for each in plan.rounds
            if day.weekday() in each.weekdays
            for zone in plan.zones
        }
        assert walked | gaps == wanted
        assert not walked & gaps

    @settings(max_examples=60)
    @given(plans())
    def test_leaves_a_gap_only_when_everybody_there_is_busy(self, made: Made) -> None:
        plan = whole(made)
        for gap in rules.gaps(plan, plan.periods[0]):
            [each] = [one for one in plan.rounds if one.name == gap.name]
            for turn in plan.turns:
                if gap.day in turn.days and plan.by_key[turn.who].is_there(gap.day):
                    assert any(s.who == turn.who and s.overlaps(each, gap.day) for s in plan.shifts)

    def test_sends_a_colleague_where_the_only_warden_is_away(self) -> None:
        periods = periods_from(FIRST, 2, 1)
        monday = dt.date(2027, 1, 4)
        wardens = team(3)
        plan = Plan(["noord", "zuid"], periods, wardens, rounds=[LATE])
        turns = make(plan, periods)
        [alone] = [turn.who for turn in turns if [one.zone for one in turns].count(turn.zone) == 1]
        away = [replace(one, away=(Days(monday, monday),)) if one.key == alone else one for one in wardens]
        shifts = deal(replace(plan, turns=turns, wardens=away), Days(monday, monday))
        assert sorted((shift.zone, shift.is_cover) for shift in shifts) == [("noord", False), ("zuid", True)]
        assert alone not in {shift.who for shift in shifts}

    def test_a_colleague_who_falls_out_afterwards_leaves_a_gap(self) -> None:
        periods = periods_from(FIRST, 2, 1)
        monday = dt.date(2027, 1, 4)
        plan = Plan(["noord", "zuid"], periods, team(2), rounds=[LATE])
        plan = replace(plan, turns=make(plan, periods))
        plan = replace(plan, shifts=deal(plan, Days(monday, monday)))
        ill = replace(plan.wardens[0], away=(Days(monday, monday),))
        plan = replace(plan, wardens=[ill, plan.wardens[1]])
        [gap] = rules.gaps(plan, Days(monday, monday))
        [found] = rules.broken(plan)
        assert (gap.day, found.rule, found.who) == (monday, Rule.LEAVE, ill.key)

    def test_has_no_gaps_where_nothing_was_planned_yet(self) -> None:
        [period, later] = periods_from(FIRST, 2, 2)
        plan = Plan(["noord"], [period], team(1), rounds=[LATE])
        assert rules.gaps(plan, later) == []
        assert rules.gaps(plan, period) != []


@st.composite
def scribbled(draw: st.DrawFn) -> Plan:
    """A plan with turns and rounds that make no sense at all."""
    plan, _periods = draw(plans())
    days = [day for period in plan.periods for day in period]
    whos = st.sampled_from([warden.key for warden in plan.wardens])
    zones = st.sampled_from(list(plan.zones))
    turns = draw(st.lists(st.builds(Turn, whos, zones, st.sampled_from(list(plan.periods))), max_size=8))
    clocks = st.sampled_from([dt.time(hour) for hour in range(8, 20)])
    shifts = []
    for _each in range(draw(st.integers(0, 6))):
        starts, ends = sorted((draw(clocks), draw(clocks)))
        assume(starts < ends)
        shifts.append(Shift(draw(whos), draw(zones), draw(st.sampled_from(days[:3])), "ronde", starts, ends))
    once = {(turn.who, turn.days.starts): turn for turn in turns}
    return replace(plan, turns=list(once.values()), shifts=shifts)


class TestChecking:
    @settings(max_examples=300)
    @given(scribbled())
    def test_finds_what_is_found_by_hand(self, plan: Plan) -> None:
        by_hand = says_by_hand(plan)
        assert {_said(each) for each in rules.broken(plan)} == by_hand

    def test_looks_over_a_period_without_a_turn(self) -> None:
        one, _other, third = periods_from(FIRST, 2, 3)
        plan = Plan(["noord", "zuid"], [one, third], team(1), [Turn("w00", "noord", one), Turn("w00", "noord", third)])
        assert Rule.TWICE in {each.rule for each in rules.broken(plan)}

    def test_two_zones_at_one_time_are_no_turn(self) -> None:
        [one] = periods_from(FIRST, 2, 1)
        plan = Plan(["noord", "zuid"], [one], team(1), [Turn("w00", "noord", one), Turn("w00", "zuid", one)])
        assert Rule.OVERLAP in {each.rule for each in rules.broken(plan)}

    def test_who_left_the_team_serves_no_zone(self) -> None:
        [one] = periods_from(FIRST, 2, 1)
        left = Warden("w00", (Days(FIRST, FIRST + dt.timedelta(days=10)),))
        plan = Plan(["noord"], [one], [left], [Turn("w00", "noord", one)])
        assert [each.rule for each in rules.broken(plan)] == [Rule.MEMBER]


def _said(each: rules.Broken) -> tuple[str, Any, Any]:
    where = each.days.starts if each.rule == Rule.OVERLAP else each.zone
    return (each.rule.value, each.who, where)


class TestMending:
    @settings(max_examples=200)
    @given(plans(steady=True), st.data())
    def test_leaves_no_hard_rule_broken_but_a_zone_that_nobody_can_fill(self, made: Made, data: st.DataObject) -> None:
        plan, end = whole(made), made[1][-1].ends
        days = st.integers(0, (end - FIRST).days).map(lambda number: FIRST + dt.timedelta(days=number))
        wardens = []
        for warden in plan.wardens:
            left = data.draw(st.none() | days)
            one, other = sorted((data.draw(days), data.draw(days)))
            away = (Days(one, other),) if data.draw(st.booleans()) else ()
            wardens.append(replace(warden, member=(Days(FIRST, left or end),), away=away))
        since = data.draw(days)
        after = mended(replace(plan, wardens=wardens, shifts=()), Days(since, end))
        still = [each for each in rules.broken(after) if each.is_hard and each.days.ends >= since]
        assert {each.rule for each in still} <= {Rule.COVERED}
        before = {turn for turn in plan.turns if turn.days.ends < since}
        assert before <= set(after.turns)

    @given(plans(steady=True, enough=True))
    def test_changes_nothing_where_nothing_happened(self, made: Made) -> None:
        plan = whole(made)
        assert set(mended(plan, Days(FIRST, made[1][-1].ends)).turns) == set(plan.turns)
