"""An ending that was a mistake is taken back whole: what it took along comes back as it was, and nothing else."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message, State
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import BRUSSELS
from signals.handing import hand_over, refer_person
from signals.joining import join, separate
from signals.levels import Level
from signals.models import EventKind, Feedback, Signal
from signals.models.resting import WAITING_FIELDS
from signals.pauses import stood_still
from signals.undoing import undo_closing
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


class TestClosing:
    def test_undone_leaves_no_outcome_and_says_who_took_it_back(self, cast: Cast, report: Make) -> None:
        now = close_and_undo(report("Onveilige situatie"), cast["coordinator"])
        event = now.events.get(kind=EventKind.REOPENED)
        assert (now.outcome, event.by, event.sentence) == (
            "",
            cast["coordinator"],
            "Heropend: afronden ongedaan gemaakt",
        )

    def test_on_the_spot_undone_is_for_somebody_to_divide(self, cast: Cast, report: Make) -> None:
        """It was never open, so it goes back to nothing that it was."""
        signal = report("Onveilige situatie", answer="Dat is al gemeld.")
        undo_closing(signal=signal, by=cast["agent"])
        assert fresh(signal).status == SignalStatus.TO_DIVIDE

    def test_of_many_is_undone_as_long_as_they_were_told(self, cast: Cast, report: Make) -> None:
        signal, bram = report("Onveilige situatie"), cast["coordinator"]
        signal.close(by=bram, outcome="Weg.")
        with time_machine.travel(timezone.now() + dt.timedelta(minutes=5)):
            with pytest.raises(Refused):
                undo_closing(signal=signal, by=bram)
            undo_closing(signal=signal, by=bram, until=timezone.now() + dt.timedelta(minutes=1))
        assert fresh(signal).is_open

    def test_undone_takes_back_its_own_feedback_that_nobody_read(self, cast: Cast, report: Make) -> None:
        bram, at = cast["coordinator"], timezone.now()
        first, second, third = (
            report("Onveilige situatie", channel="warden", by=cast["gemeenschapswacht"]) for _ in range(3)
        )
        first.close(by=bram, outcome="Weg.", at=at - dt.timedelta(days=1))
        fresh(first).reopen(by=bram, reason="Toch niet.")
        for signal in (fresh(first), second, third):
            signal.close(by=bram, outcome="Weg.", at=at)
        Feedback.objects.filter(signal=third).update(read_at=timezone.now())
        for signal in (first, third):
            undo_closing(signal=signal, by=bram)
        left = Feedback.objects.of(cast["gemeenschapswacht"]).values_list("signal", "at")
        assert set(left) == {(first.pk, at - dt.timedelta(days=1)), (second.pk, at), (third.pk, at)}

    def test_is_not_a_cancelling(self, cast: Cast, report: Make) -> None:
        signal = report("Onveilige situatie")
        signal.cancel(by=cast["coordinator"], reason="Vergissing.")
        with pytest.raises(Refused):
            undo_closing(signal=signal, by=cast["coordinator"])


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

    def test_of_who_may_see_it_no_more_end_with_the_reason(self, cast: Cast, report: Make) -> None:
        signal, nurse = report("Schuldhulp of steun"), cast["verpleegkundige"]
        Signal.objects.filter(pk=signal.pk).update(team=team("sociale-dienst"))
        signal = fresh(signal)
        task = signal.offer(team=team("wijkwerking-noord"), title="Toezicht", by=nurse)
        signal.close(by=nurse, outcome="Weg.")
        fresh(signal).raise_level(by=nurse, level=Level.SEALED)
        undo_closing(signal=signal, by=nurse)
        task.refresh_from_db()
        assert (task.status, task.ended_by) == (TaskStatus.WITHDRAWN, nurse)
        event = signal.events.filter(task=task, kind=EventKind.WITHDRAWN).latest("at")
        assert (event.by, "verzegeld" in event.sentence) == (nurse, True)


class TestJoining:
    def test_undone_asks_nobody_for_who_had_it_before(self, cast: Cast, report: Make) -> None:
        """It was handed over while it was joined."""
        signal, into, bram = report("Woonkwaliteit"), report("Woonkwaliteit"), cast["coordinator"]
        asked = refer_person(
            signal=signal, by=bram, team=team("wijkwerking-noord"), text="Voor jullie.", legal_ground=GROUND
        )
        joining = join(signal, into=into, by=bram)
        hand_over(signal=into, by=bram, team=team("wijkwerking-zuid"), text="Alles.").acknowledge(
            by=cast["coordinator.politie"]
        )
        separate(joining, by=cast["coordinator.politie"])
        asked.refresh_from_db()
        assert asked.state == HandoverState.WITHDRAWN

    @pytest.mark.parametrize("answer", ["accepted", "returned"])
    def test_undone_follows_what_became_of_its_tasks_meanwhile(self, cast: Cast, report: Make, answer: str) -> None:
        signal, into, bram = report("Onveilige situatie"), report("Onveilige situatie"), cast["coordinator"]
        if answer == "accepted":
            signal.tasks.get().complete(by=cast["uitvoerder"], outcome="Klaar.")
            fresh(signal).close(by=bram, outcome="Klaar.")
            fresh(signal).reopen(by=bram, reason="Het ligt er nog.")
        into.tasks.get().withdraw(by=bram)  # its team can take on the other one
        joining = join(fresh(signal), into=fresh(into), by=bram)
        task = into.tasks.filter(pk__in=joining.task_ids).live().get()
        if answer == "accepted":
            task.accept(by=cast["uitvoerder"])
        else:
            task.give_back(by=cast["uitvoerder"], reason="Niet van ons.")
        separate(joining, by=bram)
        expected = SignalStatus.IN_PROGRESS if answer == "accepted" else SignalStatus.TO_DIVIDE
        assert fresh(signal).status == expected

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
