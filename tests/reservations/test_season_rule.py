"""The rule by which a season is divided: rounds, an order, least first, and a lot that is drawn once."""

import uuid
from typing import Any

from reservations.seasons.dividing import Answer, Because, Board, Rule, Slot, Wish, divide

HALL, LEFT, RIGHT = 1, 2, 3
SPACES = {HALL: [20, 30], LEFT: [20], RIGHT: [30]}
TUESDAY, WEDNESDAY = 1, 2


def slot(room: int = LEFT, weekday: int = TUESDAY, start: int = 1140, minutes: int = 90) -> Slot:
    return Slot(room, weekday, start, start + minutes, start + minutes)


def wish(holder: str, *slots: Slot, group: str = "association", **more: Any) -> Wish:
    found = slots or (slot(),)
    key = more.pop("key", None) or uuid.uuid4()
    return Wish(key, holder, holder.capitalize(), group, found[0].minutes, found, **more)


def outcome(
    *wishes: Wish, most: int | None = None, keeps_last: bool = True, lot: int = 4711, **more: Any
) -> list[Answer]:
    rule = Rule(more.pop("order", ["youth", "association"]), keeps_last, most, lot)
    answers = divide(rule, wishes, more.pop("board", Board(SPACES)), more.pop("has", None))
    return [answers[each.key] for each in wishes]


class TestWhoGoesFirst:
    def test_is_the_kind_that_stands_first_in_the_order(self) -> None:
        late, early = outcome(wish("choir"), wish("scouts", group="youth"))
        assert (early.slot, early.because) == (slot(), Because.GROUP)
        assert (late.slot, late.because, late.other) == (None, Because.TAKEN, "Scouts")

    def test_changes_with_the_order(self) -> None:
        first, second = outcome(wish("choir"), wish("scouts", group="youth"), order=["association", "youth"])
        assert first.slot
        assert not second.slot

    def test_is_who_had_the_hour_last_season_when_the_season_says_so(self) -> None:
        had = wish("judo", had_last=True)
        asks_less = wish("choir", slot(minutes=60))
        assert outcome(asks_less, had)[1].because == Because.LAST
        assert outcome(asks_less, had, keeps_last=False)[1].slot is None

    def test_is_who_asked_least(self) -> None:
        much = [wish("judo"), wish("judo", slot(weekday=WEDNESDAY))]
        answers = outcome(*much, wish("choir"))
        assert (answers[2].slot, answers[2].because) == (slot(), Because.ASKED)
        assert answers[0].slot is None
        assert answers[1].slot == slot(weekday=WEDNESDAY)  # the turn passes to the next one it asked

    def test_is_in_a_later_round_who_has_least_so_far(self) -> None:
        late = slot(start=1260, minutes=60)
        judo = [wish("judo", slot(RIGHT, minutes=120)), wish("judo", late)]
        choir = [wish("choir", slot(minutes=60)), wish("choir", late, slot(weekday=WEDNESDAY, minutes=180))]
        answers = outcome(*judo, *choir)
        assert (answers[3].slot, answers[3].round, answers[3].because) == (late, 2, Because.SO_FAR)

    def test_is_told_by_the_lot_when_all_is_alike_and_always_the_same(self) -> None:
        judo, choir = wish("judo"), wish("choir")
        first, again = outcome(judo, choir), outcome(choir, judo)
        assert [each.slot for each in first] == [each.slot for each in again][::-1]
        assert Because.LOT in {each.because for each in first}
        assert len({bool(outcome(judo, choir, lot=lot)[0].slot) for lot in range(20)}) == 2

    def test_is_told_with_who_came_nearest(self) -> None:
        """Of the two that follow, judo had the hour last season."""
        choir, judo = wish("choir"), wish("judo", had_last=True)
        answers = outcome(wish("scouts", group="youth"), choir, judo)
        assert (answers[0].because, answers[0].other) == (Because.GROUP, judo)

    def test_is_not_told_with_who_asks_for_something_else_first(self) -> None:
        choir = [wish("choir", slot(weekday=WEDNESDAY)), wish("choir")]
        answers = outcome(wish("scouts", group="youth"), *choir)
        assert (answers[0].because, answers[0].other) == (Because.TURN, choir[1])


class TestRounds:
    def test_give_each_holder_at_most_one_hour(self) -> None:
        scouts = [wish("scouts", slot(weekday=day), group="youth") for day in (TUESDAY, WEDNESDAY)]
        answers = outcome(*scouts, wish("choir", slot(weekday=WEDNESDAY)))
        assert [each.round for each in answers] == [1, 2, 1]
        assert answers[2].slot == slot(weekday=WEDNESDAY)
        assert answers[1].slot is None

    def test_say_that_nobody_else_asked(self) -> None:
        (answer,) = outcome(wish("choir"))
        assert (answer.because, answer.round) == (Because.ALONE, 1)

    def test_say_that_the_other_had_a_turn(self) -> None:
        scouts = [wish("scouts", slot(weekday=day), group="youth") for day in (TUESDAY, WEDNESDAY)]
        answers = outcome(*scouts, wish("choir", slot(weekday=WEDNESDAY)))
        assert answers[2].because == Because.TURN

    def test_say_so_too_of_who_asked_beside_it(self) -> None:
        """Another room at that hour, and the same one when it is cleared up, or until then."""
        for other in (slot(RIGHT), slot(start=1230), slot(start=1050)):
            answers = outcome(wish("scouts", group="youth"), wish("choir", other))
            assert [each.because for each in answers] == [Because.ALONE, Because.ALONE]


class TestWhatIsTaken:
    def test_is_a_hall_when_a_half_is_given(self) -> None:
        half, whole = outcome(wish("scouts", group="youth"), wish("choir", slot(HALL)))
        assert half.slot
        assert whole.slot is None

    def test_leaves_the_other_half(self) -> None:
        assert all(each.slot for each in outcome(wish("scouts"), wish("choir", slot(RIGHT))))

    def test_is_also_the_time_to_clear_up(self) -> None:
        first = Slot(LEFT, TUESDAY, 1140, 1200, 1230)
        answers = outcome(wish("scouts", first, group="youth"), wish("choir", slot(start=1200)))
        assert answers[1].slot is None

    def test_after_midnight_is_of_the_next_day_and_sunday_night_of_monday(self) -> None:
        board, night = Board(SPACES), Slot(LEFT, 6, 1200, 1500, 1530)
        board.take(night, "Scouts")
        early, late = slot(weekday=0, start=60), slot(weekday=0, start=90)
        assert (board.taker(early), board.taker(late)) == ("Scouts", None)
        assert (board.meet(night, early), board.meet(early, night), board.meet(night, late)) == (True, True, False)
        board.take(slot(weekday=2, start=30), "Choir")
        assert board.taker(Slot(LEFT, 1, 1320, 1500, 1500)) == "Choir"

    def test_leaves_what_ends_when_it_begins(self) -> None:
        answers = outcome(wish("scouts", slot(start=1230), group="youth"), wish("choir"))
        assert answers[1].slot == slot()

    def test_makes_the_next_best_room_the_one(self) -> None:
        answers = outcome(wish("scouts", group="youth"), wish("choir", slot(), slot(RIGHT)))
        assert answers[1].slot == slot(RIGHT)

    def test_beforehand_stays(self) -> None:
        board = Board(SPACES)
        board.take(slot(), "School")
        (answer,) = outcome(wish("choir"), board=board)
        assert (answer.slot, answer.other) == (None, "School")


class TestTheMost:
    def test_hours_a_week_are_kept(self) -> None:
        judo = [wish("judo", slot(weekday=day)) for day in (0, 1, 2)]
        answers = outcome(*judo, most=180)
        assert [bool(each.slot) for each in answers] == [True, True, False]  # 180 is not more than 180
        assert (answers[2].because, answers[2].round) == (Because.MOST, 3)

    def test_count_what_was_given_by_hand(self) -> None:
        (answer,) = outcome(wish("judo"), most=120, has={"judo": 60})
        assert answer.because == Because.MOST

    def test_a_wish_that_no_room_suits_is_said_so(self) -> None:
        empty = Wish(uuid.uuid4(), "judo", "Judo", "association", 60, ())
        assert (outcome(empty)[0].because, outcome(empty)[0].round) == (Because.NOWHERE, 1)
