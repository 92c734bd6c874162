"""A round over rows: one that is wrong holds up no other, is in the log without its words, and comes again."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.utils import timezone

from kortrijk_gebied.jobs.models import Job, LeaseLost, Message, enqueue
from kortrijk_gebied.jobs.rounds import each
from signals import keeping, offers, retention, unanswered, waiting
from signals.actions import withdraw_tasks_of_ended_shares
from signals.handing import hand_over
from signals.models import Handover, Signal, Task
from signals.workflow import SignalStatus, TaskStatus
from teams.models import Team
from tests.cast import Cast

type Make = Callable[..., Signal]

LATER = dt.timedelta(days=30)


class TestRound:
    def test_goes_on_behind_a_row_that_fails_and_takes_back_what_that_wrote(
        self, db: None, caplog: pytest.LogCaptureFixture
    ) -> None:
        def step(number: int) -> bool:
            enqueue("x", key=f"row {number}")
            if number == 2:
                raise KeyError("Merkwoord")
            return number != 3

        assert each([1, 2, 3, 4], step, about="Counting") == 2
        assert set(Job.objects.values_list("key", flat=True)) == {"row 1", "row 3", "row 4"}
        assert "Counting: 2 failed" in caplog.text
        assert "KeyError" in caplog.text
        assert "Merkwoord" not in caplog.text

    @pytest.mark.parametrize("error", [LeaseLost(), OperationalError()])
    def test_ends_when_it_is_not_the_rows_doing(
        self, db: None, error: Exception, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In other hands, or the server is away."""
        monkeypatch.setattr(connection, "is_usable", lambda: False)
        seen: list[int] = []

        def step(number: int) -> None:
            seen.append(number)
            raise error

        with pytest.raises(type(error)):
            each([1, 2], step, about="Counting")
        assert seen == [1]


def fails_on(monkeypatch: pytest.MonkeyPatch, model: Any, method: str, bad: Any) -> None:
    """Of one row a method raises."""
    does = getattr(model, method)

    def wrapped(self: Any, *args: Any, **kwargs: Any) -> Any:
        if bad in (self.pk, getattr(self, "signal_id", None)):
            raise RuntimeError
        return does(self, *args, **kwargs)

    monkeypatch.setattr(model, method, wrapped)


class TestOfSignals:
    def test_that_waited_resumes_the_others(
        self, cast: Cast, report: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:  # fmt: skip
        signals = [report("Woonkwaliteit") for _number in range(2)]
        for signal in signals:
            until = timezone.localdate() + dt.timedelta(days=3)
            signal.wait(by=cast["coordinator"], until=until, waiting_for="weather", reason="Vorst.")
        with time_machine.travel(timezone.now() + LATER):
            with monkeypatch.context() as patch:
                fails_on(patch, Signal, "resume", signals[0].pk)
                assert waiting.resume_what_waited() == 1
            assert waiting.resume_what_waited() == 1

    def test_asked_of_others_reminds_of_the_others(
        self, cast: Cast, report: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        team = Team.objects.get(code="wijkwerking-noord")
        asked = [hand_over(signal=report(), by=cast["coordinator"], team=team, text="Zin.") for _number in range(2)]
        with time_machine.travel(timezone.now() + LATER):
            with monkeypatch.context() as patch:
                fails_on(patch, Handover, "save", asked[0].pk)
                assert waiting.remind_of_handovers() == 1
            assert waiting.remind_of_handovers() == 1

    def test_offered_reminds_and_escalates_the_others(
        self, cast: Cast, report: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        team = Team.objects.get(code="wijkwerking-noord")
        tasks = [
            report("Onveilige situatie").offer(team=team, title="Nagaan", by=cast["coordinator"]) for _no in range(2)
        ]
        for days in (10, 20):
            with time_machine.travel(timezone.now() + dt.timedelta(days=days)), monkeypatch.context() as patch:
                fails_on(patch, Task, "save", tasks[0].pk)
                assert offers.follow_offers() == 1
        with time_machine.travel(timezone.now() + LATER):
            assert offers.follow_offers() == 1
        assert Task.objects.filter(reminded_at__isnull=False).count() == 2

    def test_that_nobody_takes_tells_of_the_others(
        self, cast: Cast, report: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        team, decides = Team.objects.get(code="wijkwerking-noord"), unanswered.who_decides
        tasks = [
            report("Onveilige situatie").offer(team=team, title="Nagaan", by=cast["coordinator"]) for _no in range(2)
        ]

        def cannot(task: Task) -> Any:
            if task.pk == tasks[0].pk:
                raise RuntimeError
            return decides(task)

        with time_machine.travel(timezone.now() + LATER):
            offers.follow_offers()
        with time_machine.travel(timezone.now() + 2 * LATER), monkeypatch.context() as patch:
            patch.setattr(unanswered, "who_decides", cannot)
            assert offers.follow_offers() == 1
        assert [Task.objects.get(pk=task.pk).escalated_at is None for task in tasks] == [True, False]
        assert Message.objects.filter(key__startswith=f"unanswered:{tasks[1].pk}:").exists()

    def test_of_which_a_share_ended_withdraws_the_others(
        self, cast: Cast, report: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        team, joke = Team.objects.get(code="wijkwerking-noord"), cast["verpleegkundige"]
        signals = [report("Bezorgd om iemand") for _number in range(2)]
        for signal in signals:
            signal.share(
                by=joke, team=team, text="Bel aan.", legal_ground="Noodtoestand", purpose="Nagaan",
                expires_at=timezone.now() + dt.timedelta(days=1),
            )  # fmt: skip
            signal.offer(team=team, title="Mee langsgaan", by=joke)
        with time_machine.travel(timezone.now() + LATER), monkeypatch.context() as patch:
            fails_on(patch, Task, "end", signals[0].pk)
            assert withdraw_tasks_of_ended_shares() == 1
        assert Task.objects.filter(team=team, status=TaskStatus.WITHDRAWN).count() == 1

    def test_read_by_nobody_moves_the_others(
        self, cast: Cast, report: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:  # fmt: skip
        signals = [report("Bezorgd om iemand") for _number in range(2)]
        nobody = Team.objects.get(code="groen")
        Signal.objects.filter(pk__in=[signal.pk for signal in signals]).update(team=nobody)
        with monkeypatch.context() as patch:
            fails_on(patch, Signal, "record", signals[0].pk)
            assert keeping.find_readers_again() == 1

    def test_kept_long_enough_erases_the_others(
        self, cast: Cast, report: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Else one file that cannot be deleted would keep everything for ever."""
        signals = [report() for _number in range(3)]
        for signal in signals:
            signal.close(by=cast["coordinator"], outcome="Weg.")
        Signal.objects.update(closed_at=timezone.now() - dt.timedelta(days=365 * 30))
        job = Job.objects.claim(enqueue("retention-signals", key="a").pk)
        assert job is not None
        does = retention.erase_files

        def cannot(keys: list[Any]) -> None:
            if signals[0].pk in keys:
                raise PermissionError
            does(keys)

        with monkeypatch.context() as patch:
            patch.setattr(retention, "erase_files", cannot)
            retention.erase_old_signals(job)
        assert Signal.objects.get().pk == signals[0].pk
        assert job.result == {"erased": 2}
        assert Signal.objects.get().status == SignalStatus.CLOSED
