"""What invented teams seldom come to: one small case for each thing that dealing and mending weigh."""

import datetime as dt
from collections import Counter
from dataclasses import replace

from teams.rota import rules
from teams.rota.dealing import deal
from teams.rota.facts import Days, Plan, Turn, Warden, periods_from
from teams.rota.mending import mended
from teams.rota.rules import Rule
from tests.teams.rota_by_hand import FIRST, LATE, team

MONDAY = Days(dt.date(2027, 1, 4), dt.date(2027, 1, 4))
A_DAY = dt.timedelta(days=1)


class TestDealing:
    def test_gives_two_in_one_zone_as_many_rounds(self) -> None:
        [period] = periods_from(FIRST, 2, 1)
        turns = [Turn(warden.key, "noord", period) for warden in team(2)]
        walked = Counter(shift.who for shift in deal(Plan(["noord"], [period], team(2), turns, rounds=[LATE]), period))
        assert abs(walked["w00"] - walked["w01"]) <= 1

    def test_takes_who_covers_from_the_fullest_zone(self) -> None:
        [period] = periods_from(FIRST, 2, 1)
        wardens = [Warden("w00", (period,), (MONDAY,)), *team(6)[1:]]
        served = zip(wardens, ("noord", "zuid", "zuid", "oost", "oost", "oost"), strict=True)
        turns = [Turn(warden.key, zone, period) for warden, zone in served]
        plan = Plan(["noord", "oost", "zuid"], [period], wardens, turns, rounds=[LATE])
        [cover] = [shift for shift in deal(plan, MONDAY) if shift.is_cover]
        assert (cover.zone, cover.who in {"w03", "w04", "w05"}) == ("noord", True)
        fewer = replace(plan, turns=[turn for turn in turns if turn.who not in {"w04", "w05"}])
        assert [shift.who for shift in deal(fewer, MONDAY) if shift.is_cover] == ["w02"]


class TestMending:
    def leaves(self, before_the_end: int) -> tuple[Plan, Days]:
        """Who is alone in the north leaves; two are in the south."""
        [period] = periods_from(FIRST, 2, 1)
        last = period.ends - before_the_end * A_DAY
        wardens = [Warden("w00", (Days(FIRST, last),)), *team(3)[1:]]
        turns = [Turn("w00", "noord", period), Turn("w01", "zuid", period), Turn("w02", "zuid", period)]
        return Plan(["noord", "zuid"], [period], wardens, turns), period

    def test_moves_somebody_for_a_week_without_anybody(self) -> None:
        plan, period = self.leaves(before_the_end=7)
        turns = [turn for turn in mended(plan, period).turns if turn.zone == "noord"]
        assert [(turn.who, turn.days.starts) for turn in turns] == [
            ("w00", period.starts), ("w01", period.ends - 6 * A_DAY),
        ]  # fmt: skip

    def test_moves_nobody_for_less(self) -> None:
        plan, period = self.leaves(before_the_end=6)
        assert [turn.who for turn in mended(plan, period).turns if turn.zone == "noord"] == ["w00"]

    def test_asks_who_has_no_zone_before_who_has_to_move(self) -> None:
        plan, period = self.leaves(before_the_end=30)
        plan = replace(plan, wardens=[*plan.wardens, Warden("w09", (period,))])
        assert [turn.who for turn in mended(plan, period).turns if turn.zone == "noord"] == ["w00", "w09"]

    def test_lets_no_zone_follow_itself_because_the_turn_between_went(self) -> None:
        one, two, three = periods_from(FIRST, 2, 3)
        wardens = [Warden("w00", (Days(one.starts, three.ends),), (two,))]
        turns = [Turn("w00", zone, days) for zone, days in (("noord", one), ("zuid", two), ("noord", three))]
        after = mended(Plan(["noord", "zuid"], [one, two, three], wardens, turns), Days(two.starts, three.ends))
        assert [(turn.zone, turn.days) for turn in after.turns] == [("noord", one), ("zuid", three)]

    def test_moves_nobody_against_a_rule(self) -> None:
        """Who has no turn would be in the north twice running; so somebody of the fullest zone goes."""
        one, two = periods_from(FIRST, 2, 2)
        wardens = [Warden("w00", ()), *team(4)[1:], Warden("w04", (two,))]
        turns = [
            Turn("w00", "noord", one), Turn("w01", "zuid", one), Turn("w03", "zuid", one), Turn("w02", "noord", two),
            Turn("w04", "zuid", two),
        ]  # fmt: skip
        after = mended(Plan(["noord", "zuid"], [one, two], wardens, turns), Days(one.starts, two.ends))
        assert Rule.TWICE not in {each.rule for each in rules.broken(after)}
        assert [turn.who for turn in after.turns_in(one) if turn.zone == "noord"] == ["w01"]

    def test_leaves_alone_what_was_broken_before(self) -> None:
        one, two = periods_from(FIRST, 2, 2)
        turns = [Turn("w00", "noord", one), Turn("w00", "noord", two), Turn("w01", "zuid", one)]
        plan = Plan(["noord", "zuid"], [one, two], team(2), turns)
        assert set(turns) <= set(mended(plan, Days(one.starts, two.ends)).turns)
