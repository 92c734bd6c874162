"""What may follow what, written out: the other tests walk the maps, so a fault in a map itself would walk with them."""

import pytest

from signals import workflow
from signals.workflow import HANDOVER_TRANSITIONS, SIGNAL_TRANSITIONS, TASK_TRANSITIONS, HandoverKind, status_from_tasks
from signals.workflow import SignalStatus as S
from signals.workflow import TaskStatus as T

# In the order in which a signal lives.
STATES = (
    "new", "to_divide", "routed", "in_progress", "waiting", "referred", "resolved", "reopened",
    "closed", "cancelled", "not_ours", "joined",
)  # fmt: skip
RUNS = "new to_divide routed in_progress waiting resolved reopened"  # and is not with somebody outside

SIGNAL_MAP = {
    "read": "new",
    "admit": "new to_divide reopened",
    "offer": RUNS,
    "join": f"{RUNS} referred",
    "lift": f"{RUNS} referred",
    "wait": "new to_divide routed in_progress waiting reopened",
    "resume": "waiting",
    "refer": RUNS,
    "confirm": "referred",
    "take_back": "referred",
    "hand_over": RUNS,
    "close": RUNS,
    "cancel": RUNS,
    "reopen": "closed cancelled not_ours",
    "merge": RUNS,
    "separate": "joined",
    "split": f"{RUNS} referred",
    "correct": f"{RUNS} closed cancelled not_ours",
}
TASK_MAP = {
    "accept": "offered",
    "begin": "accepted",
    "give_back": "offered accepted in_progress",
    "complete": "accepted in_progress",
    "withdraw": "offered accepted in_progress",
}
HANDOVER_MAP = {
    "acknowledge": "handover",
    "confirm": "referral outside",
    "decline": "handover referral outside",
    "withdraw": "handover referral outside",
    "retract": "referral outside",
}
SETS = {
    "ENDED": "closed cancelled not_ours joined",
    "OPEN": f"{RUNS} referred",
    "UNDIVIDED": "new to_divide reopened",
    "HELD": "waiting referred",
    "STARTED_TASK": "accepted in_progress",
    "LIVE_TASK": "offered accepted in_progress",
    "COUNTING_TASK": "offered accepted in_progress done",
}


class TestTheMaps:
    def test_know_these_states_of_a_signal(self) -> None:
        assert tuple(S.values) == STATES

    @pytest.mark.parametrize("action", SIGNAL_MAP)
    def test_let_a_signal_go_from_these_states(self, action: str) -> None:
        assert SIGNAL_TRANSITIONS[action] == set(SIGNAL_MAP[action].split())

    @pytest.mark.parametrize("action", TASK_MAP)
    def test_let_a_task_go_from_these_states(self, action: str) -> None:
        assert TASK_TRANSITIONS[action] == set(TASK_MAP[action].split())

    @pytest.mark.parametrize("action", HANDOVER_MAP)
    def test_let_these_kinds_of_handover_be_answered_so(self, action: str) -> None:
        assert HANDOVER_TRANSITIONS[action] == set(HANDOVER_MAP[action].split())

    def test_name_no_other_action(self) -> None:
        assert set(SIGNAL_TRANSITIONS) == set(SIGNAL_MAP)
        assert set(TASK_TRANSITIONS) == set(TASK_MAP)
        assert set(HANDOVER_TRANSITIONS) == set(HANDOVER_MAP)

    @pytest.mark.parametrize("name", SETS)
    def test_are_drawn_with_these_sets(self, name: str) -> None:
        assert getattr(workflow, name) == set(SETS[name].split())

    def test_know_these_kinds_of_handover(self) -> None:
        assert set(HandoverKind.values) == {"handover", "referral", "outside"}


class TestAPersonPutItThere:
    """Waiting, or referred outside: what its tasks do does not change that, unless the work is done."""

    @pytest.mark.parametrize("held", [S.WAITING, S.REFERRED])
    @pytest.mark.parametrize("tasks", [[], [T.OFFERED], [T.ACCEPTED], [T.OFFERED, T.DONE], [T.RETURNED]])
    def test_and_there_it_stays(self, held: S, tasks: list[T]) -> None:
        assert status_from_tasks(tasks, routine=False, held=held) == held

    @pytest.mark.parametrize("held", [S.WAITING, S.REFERRED])
    def test_until_the_work_is_done(self, held: S) -> None:
        assert status_from_tasks([T.DONE, T.WITHDRAWN], routine=False, held=held) == S.RESOLVED
        assert status_from_tasks([T.DONE], routine=True, held=held) == S.CLOSED

    @pytest.mark.parametrize("was", [S.NEW, S.ROUTED, S.RESOLVED, S.REOPENED])
    def test_which_counts_for_no_other_state(self, was: S) -> None:
        assert status_from_tasks([], routine=False, held=was) == S.TO_DIVIDE
        assert status_from_tasks([T.ACCEPTED], routine=False, held=was) == S.IN_PROGRESS
