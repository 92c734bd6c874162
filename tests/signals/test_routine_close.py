"""Routine closes by itself when its work is done: only then, and only with words."""

from collections.abc import Callable

from signals.models import Signal
from signals.undoing import undo_closing
from signals.workflow import SignalStatus
from teams.models import Team
from tests.cast import Cast

type Make = Callable[..., Signal]


def fresh(signal: Signal) -> Signal:
    return Signal.objects.get(pk=signal.pk)


class TestRoutineInTwoHands:
    def test_can_be_returned_when_the_other_one_is_done(self, cast: Cast, report: Make) -> None:
        signal = report()
        other = signal.offer(team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht", by=cast["coordinator"])
        signal.tasks.exclude(pk=other.pk).get().complete(by=cast["uitvoerder"], outcome="Opgeruimd.")
        assert fresh(signal).status == SignalStatus.IN_PROGRESS
        other.give_back(by=cast["wijkinspecteur"], reason="Niet onze wijk.")
        assert fresh(signal).status == SignalStatus.RESOLVED

    def test_can_be_withdrawn_when_the_other_one_is_done(self, cast: Cast, report: Make) -> None:
        signal = report()
        other = signal.offer(team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht", by=cast["coordinator"])
        signal.tasks.exclude(pk=other.pk).get().complete(by=cast["uitvoerder"], outcome="Opgeruimd.")
        other.withdraw(by=cast["coordinator"])
        assert fresh(signal).status == SignalStatus.RESOLVED

    def test_that_waits_for_a_coordinator_stands_in_the_inbox(self, cast: Cast, report: Make) -> None:
        signal = report()
        Signal.objects.filter(pk=signal.pk).update(status=SignalStatus.RESOLVED)
        assert Signal.objects.surfaced().contains(signal)


class TestUndoing:
    def test_brings_back_what_was_done(self, cast: Cast, report: Make) -> None:
        signal = report("Woonkwaliteit")
        signal.tasks.get().complete(by=cast["uitvoerder"], outcome="Bezocht.")
        signal = fresh(signal)
        signal.close(by=cast["coordinator"], outcome="Eigenaar verwittigd.")
        undo_closing(signal=signal, by=cast["coordinator"])
        assert fresh(signal).status == SignalStatus.RESOLVED
