"""An ending that was a mistake is taken back whole: what it took along comes back as it was, and nothing else."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message, State
from kortrijk_gebied.workdays import BRUSSELS
from signals.handing import hand_over, refer_person
from signals.joining import join, separate
from signals.levels import Level
from signals.models import Signal
from signals.models.resting import WAITING_FIELDS
from signals.undoing import undo_closing
from signals.waiting import stood_still
from signals.workflow import HandoverState, SignalStatus, TaskStatus
from teams.models import Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]

MONDAY = dt.datetime(2026, 11, 2, 9, tzinfo=BRUSSELS)
GROUND = "Gedeeld beroepsgeheim"


def team(code: str) -> Team:
    return Team.objects.get(code=code)


def fresh(signal: Signal) -> Signal:
    return Signal.objects.get(pk=signal.pk)


def close_and_undo(signal: Signal, by: User) -> Signal:
    fresh(signal).close(by=by, outcome="Opgeruimd.")
    undo_closing(signal=signal, by=by)
    return fresh(signal)


class TestWaiting:
    def test_goes_on_until_the_same_day_with_the_same_terms(self, cast: Cast, report: Make) -> None:
        bram = cast["coordinator"]
        with time_machine.travel(MONDAY):
            signal = report("Woonkwaliteit")
            until = timezone.localdate() + dt.timedelta(days=9)
            signal.wait(by=bram, until=until, waiting_for="reporter", reason="Welk huisnummer?")
        was, task = fresh(signal), signal.tasks.get()
        with time_machine.travel(MONDAY + dt.timedelta(days=2)):
            now = close_and_undo(signal, bram)
            assert now.status == SignalStatus.WAITING
            for name in (*WAITING_FIELDS, "due_at"):
                assert getattr(now, name) == getattr(was, name), name
            assert signal.tasks.get().due_at == task.due_at
        with time_machine.travel(MONDAY + dt.timedelta(days=3)):
            now.resume(by=bram)
            ((since, until_then),) = stood_still(now)
            assert until_then - since > dt.timedelta(days=2, hours=23)

    def test_ends_in_one_change_of_its_row(self, cast: Cast, report: Make) -> None:
        """Of which its history keeps what it was."""
        signal = report("Woonkwaliteit")
        until = timezone.localdate() + dt.timedelta(days=9)
        signal.wait(by=cast["coordinator"], until=until, waiting_for="weather", reason="Vorst.")
        fresh(signal).close(by=cast["coordinator"], outcome="Weg.")
        before = signal.changes.filter(closed_at=None).order_by("pgh_id").last()  # type: ignore[attr-defined]
        assert (before.status, before.waiting_until, before.waiting_reason) == (SignalStatus.WAITING, until, "Vorst.")


class TestWhatWasAsked:
    @pytest.mark.parametrize("kind", ["handover", "referral"])
    def test_waits_for_its_answer_again_and_its_mail_leaves(self, cast: Cast, report: Make, kind: str) -> None:
        User.objects.filter(pk=cast["verpleegkundige"].pk).update(mail_offers=True)
        signal, dirk = report("Burenruzie"), cast["coordinator.politie"]
        ask = hand_over if kind == "handover" else refer_person
        asked = ask(signal=signal, by=dirk, team=team("sociale-dienst"), text="Dit is zorg.", legal_ground=GROUND)
        due_at = asked.due_at
        fresh(signal).close(by=dirk, outcome="Bijgelegd.")
        mail = Message.objects.get(key=f"handover:{asked.pk}:asked:{cast['verpleegkundige'].pk}")
        assert mail.state == State.WITHDRAWN
        undo_closing(signal=signal, by=dirk)
        for row in (asked, mail):
            row.refresh_from_db()
        assert (asked.state, asked.ended_at, asked.ended_by, asked.due_at) == ("offered", None, None, due_at)
        assert (mail.state, mail.finished_at) == (State.WAITING, None)

    def test_stays_taken_back_when_it_was_before(self, cast: Cast, report: Make) -> None:
        signal, dirk = report("Burenruzie"), cast["coordinator.politie"]
        asked = hand_over(signal=signal, by=dirk, team=team("sociale-dienst"), text="Zorg.", legal_ground=GROUND)
        asked.withdraw(by=dirk)
        close_and_undo(signal, dirk)
        asked.refresh_from_db()
        assert asked.state == HandoverState.WITHDRAWN

    def test_stays_taken_back_when_it_became_more_secret_since(self, cast: Cast, report: Make) -> None:
        """Its words were written for what it was."""
        signal, bram = report("Woonkwaliteit"), cast["coordinator"]
        asked = hand_over(signal=signal, by=bram, team=team("wijkwerking-noord"), text="Voor jullie.")
        fresh(signal).close(by=bram, outcome="Klaar.")
        fresh(signal).raise_level(by=bram, level=Level.LIMITED)
        undo_closing(signal=signal, by=bram)
        asked.refresh_from_db()
        assert asked.state == HandoverState.WITHDRAWN


class TestReopened:
    def test_is_nobody_s_again_until_somebody_takes_it_up(self, cast: Cast, report: Make) -> None:
        """Whoever did it was asked again, and did not answer yet."""
        signal, bram = report(), cast["coordinator"]
        signal.tasks.get().complete(by=cast["uitvoerder"], outcome="Klaar.")
        fresh(signal).reopen(by=bram, reason="Het ligt er nog.")
        assert fresh(signal).tasks.filter(status=TaskStatus.OFFERED).exists()
        assert close_and_undo(signal, bram).status == SignalStatus.REOPENED


class TestTasks:
    def test_withdrawn_just_before_stay_withdrawn(self, cast: Cast, report: Make) -> None:
        signal, bram = report("Onveilige situatie"), cast["coordinator"]
        before = signal.offer(team=team("wijkwerking-noord"), title="Toezicht", by=bram)
        before.withdraw(by=bram)
        taken = signal.offer(team=team("wijkwerking-noord"), title="Nagaan", by=bram)
        close_and_undo(signal, bram)
        for task in (before, taken):
            task.refresh_from_db()
        assert (before.status, taken.status) == (TaskStatus.WITHDRAWN, TaskStatus.OFFERED)

    def test_ask_by_the_mail_that_had_not_left(self, cast: Cast, report: Make) -> None:
        User.objects.filter(pk=cast["wijkinspecteur"].pk).update(mail_offers=True)
        signal, bram = report("Onveilige situatie"), cast["coordinator"]
        task = signal.offer(team=team("wijkwerking-noord"), title="Toezicht", by=bram)
        fresh(signal).close(by=bram, outcome="Weg.")
        mail = Message.objects.get(key=f"task:{task.pk}:offered:{cast['wijkinspecteur'].pk}")
        assert mail.state == State.WITHDRAWN
        undo_closing(signal=signal, by=bram)
        mail.refresh_from_db()
        assert mail.state == State.WAITING


class TestJoining:
    def test_undone_finds_it_waiting_and_asked_as_before(self, cast: Cast, report: Make) -> None:
        signal, into, bram = report("Woonkwaliteit"), report("Woonkwaliteit"), cast["coordinator"]
        asked = hand_over(signal=signal, by=bram, team=team("wijkwerking-noord"), text="Voor jullie.")
        until = timezone.localdate() + dt.timedelta(days=9)
        fresh(signal).wait(by=bram, until=until, waiting_for="weather", reason="Vorst.")
        separate(join(signal, into=into, by=bram), by=bram)
        asked.refresh_from_db()
        assert (fresh(signal).status, fresh(signal).waiting_until) == (SignalStatus.WAITING, until)
        assert asked.state == HandoverState.OFFERED

    def test_undone_finds_it_as_unread_as_it_was(self, cast: Cast, report: Make) -> None:
        signal, into = report("Onveilige situatie", by=None, unread=True), report("Onveilige situatie")
        separate(join(signal, into=into, by=cast["coordinator"]), by=cast["coordinator"])
        assert fresh(signal).status == SignalStatus.NEW
