"""What may follow what, walked from the maps themselves."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import BRUSSELS
from signals.handing import hand_over, refer_outside
from signals.models import Category, EventKind, Feedback, Handover, RoutingRule, Signal, Task
from signals.workflow import (
    ENDED,
    LIVE_TASK,
    OPEN,
    SIGNAL_TRANSITIONS,
    STARTED_TASK,
    TASK_TRANSITIONS,
    SignalStatus,
    TaskStatus,
    status_from_tasks,
)
from teams.models import ClosingDay, Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]

S, T = SignalStatus, TaskStatus


def team(code: str) -> Team:
    return Team.objects.get(code=code)


def in_status(signal: Signal, status: SignalStatus) -> Signal:
    """Put a signal in a state with what the database demands of that state."""
    ended, waits = status in ENDED, status == S.WAITING
    Signal.objects.filter(pk=signal.pk).update(
        status=status, closed_at=signal.reported_at if ended else None, outcome="Opgeruimd." if ended else "",
        waiting_until=tomorrow() if waits else None, waiting_since=signal.reported_at if waits else None,
        waiting_for="weather" if waits else "", waiting_reason="Het vriest." if waits else "",
        reopened_at=signal.reported_at if status == S.REOPENED else None,
    )  # fmt: skip
    signal.refresh_from_db()
    if status == S.REFERRED:
        asked_outside(signal)
    return signal


def asked_outside(signal: Signal) -> Handover:
    """What was asked of somebody outside; in other states than referred there is none, unless somebody forged it."""
    made, _created = Handover.objects.get_or_create(
        signal=signal, kind="outside",
        defaults={"outside": "Farys", "text": "Hun put.", "due_at": timezone.now(),
                  "from_organisation": signal.owner, "by": User.objects.get(email__startswith="coordinator@")},
    )  # fmt: skip
    return made


def tomorrow() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=1)


class TestStatusFollowsTasks:
    @pytest.mark.parametrize(
        ("tasks", "routine", "status"),
        [
            ([], False, S.TO_DIVIDE),
            ([T.RETURNED], False, S.TO_DIVIDE),
            ([T.WITHDRAWN, T.RETURNED], True, S.TO_DIVIDE),
            ([T.OFFERED], False, S.ROUTED),
            ([T.OFFERED, T.RETURNED], False, S.ROUTED),
            ([T.OFFERED, T.ACCEPTED], False, S.IN_PROGRESS),
            ([T.OFFERED, T.DONE], True, S.IN_PROGRESS),
            ([T.DONE], False, S.RESOLVED),
            ([T.DONE, T.WITHDRAWN], False, S.RESOLVED),
            ([T.DONE], True, S.CLOSED),
            ([T.IN_PROGRESS], True, S.IN_PROGRESS),
            ([T.OFFERED, T.IN_PROGRESS], True, S.IN_PROGRESS),
        ],
    )
    def test_by_one_rule(self, tasks: list[TaskStatus], routine: bool, status: SignalStatus) -> None:
        assert status_from_tasks(tasks, routine=routine) == status


ACTIONS: dict[str, Callable[[Signal, Cast], Any]] = {
    "read": lambda signal, cast: signal.read(by=cast["coordinator"]),
    "wait": lambda signal, cast: signal.wait(
        by=cast["coordinator"], until=tomorrow(), waiting_for="reporter", reason="Welk huisnummer?"
    ),
    "resume": lambda signal, cast: signal.resume(by=cast["coordinator"]),
    "refer": lambda signal, cast: refer_outside(
        signal=signal, by=cast["coordinator"], outside="De Lijn", text="Hun bushokje."
    ),
    "confirm": lambda signal, cast: asked_outside(signal).confirm(by=cast["coordinator"], answer="Aan de telefoon."),
    "take_back": lambda signal, cast: asked_outside(signal).withdraw(by=cast["coordinator"]),
    "hand_over": lambda signal, cast: hand_over(
        signal=signal, by=cast["coordinator"], team=team("wijkwerking-noord"), text="Dit is voor jullie."
    ),
    "offer": lambda signal, cast: signal.offer(team=team("groen"), title="Snoeien", by=cast["coordinator"]),
    "lift": lambda signal, cast: signal.lift(by=cast["coordinator"]),
    "close": lambda signal, cast: signal.close(by=cast["coordinator"], outcome="Opgeruimd."),
    "cancel": lambda signal, cast: signal.cancel(by=cast["coordinator"], reason="Vergissing."),
    "reopen": lambda signal, cast: signal.reopen(by=cast["coordinator"], reason="Het ligt er weer."),
}


# They do nothing where there is nothing to do: reading twice is reading.
SILENT = {"read", "take_back"}


class TestSignalTransitions:
    @pytest.mark.parametrize("action", ACTIONS)
    @pytest.mark.parametrize("status", list(SignalStatus))
    def test_go_only_where_the_map_lets_them(self, cast: Cast, report: Make, action: str, status: SignalStatus) -> None:
        signal = in_status(report(), status)
        if status in SIGNAL_TRANSITIONS[action]:
            ACTIONS[action](signal, cast)
        elif action in SILENT:
            ACTIONS[action](signal, cast)
            signal.refresh_from_db()
            assert signal.status == status
        else:
            with pytest.raises(Refused, match=str(status.label)):
                ACTIONS[action](signal, cast)

    def test_map_names_every_action(self) -> None:
        elsewhere = {"admit", "join", "merge", "separate", "split", "correct"}  # in tests of their own
        assert set(SIGNAL_TRANSITIONS) == {*ACTIONS, *elsewhere}
        assert not OPEN & ENDED


TASK_ACTIONS: dict[str, Callable[[Task, Cast], None]] = {
    "accept": lambda task, cast: task.accept(by=cast["wijkinspecteur"]),
    "give_back": lambda task, cast: task.give_back(by=cast["wijkinspecteur"], reason="Niet onze wijk."),
    "complete": lambda task, cast: task.complete(by=cast["wijkinspecteur"], outcome="Gesproken met de uitbater."),
    "withdraw": lambda task, cast: task.withdraw(by=cast["coordinator"]),
    "begin": lambda task, cast: task.begin(by=cast["wijkinspecteur"]),
}
LEADS_TO = {
    "accept": T.ACCEPTED,
    "begin": T.IN_PROGRESS,
    "give_back": T.RETURNED,
    "complete": T.DONE,
    "withdraw": T.WITHDRAWN,
}


class TestTaskTransitions:
    @pytest.mark.parametrize("action", TASK_ACTIONS)
    @pytest.mark.parametrize("status", list(TaskStatus))
    def test_go_only_where_the_map_lets_them(self, cast: Cast, report: Make, action: str, status: TaskStatus) -> None:
        signal = report()
        task = signal.offer(team=team("wijkwerking-noord"), title="Toezicht", by=cast["coordinator"])
        live = status in LIVE_TASK
        Task.objects.filter(pk=task.pk).update(
            status=status,
            accepted_at=task.offered_at if status in STARTED_TASK | {T.DONE} else None,
            ended_at=None if live else task.offered_at,
            outcome="" if live else "Klaar.",
        )
        if status in TASK_TRANSITIONS[action]:
            TASK_ACTIONS[action](task, cast)
            task.refresh_from_db()
            assert task.status == LEADS_TO[action]
        else:
            with pytest.raises(Refused):
                TASK_ACTIONS[action](task, cast)

    def test_map_names_every_action(self) -> None:
        assert set(TASK_TRANSITIONS) == set(TASK_ACTIONS)


class TestOffering:
    def test_waits_for_a_yes_across_organisations(self, cast: Cast, report: Make) -> None:
        task = report().offer(team=team("wijkwerking-noord"), title="Toezicht", by=cast["coordinator"])
        assert task.status == T.OFFERED

    def test_is_accepted_at_once_within_one_organisation(self, cast: Cast, report: Make) -> None:
        task = report().offer(team=team("groen"), title="Snoeien", by=cast["coordinator"])
        assert task.status == T.ACCEPTED
        assert task.accepted_by == cast["coordinator"]

    def test_refuses_a_team_that_executes_nothing(self, cast: Cast, report: Make) -> None:
        with pytest.raises(Refused):
            report().offer(team=team("gebiedsteam-overleie-pius-x"), title="Toezicht", by=cast["coordinator"])

    def test_refuses_the_same_offer_twice(self, cast: Cast, report: Make) -> None:
        signal = report()
        signal.offer(team=team("wijkwerking-noord"), title="Toezicht", by=cast["coordinator"])
        with pytest.raises(Refused):
            signal.offer(team=team("wijkwerking-noord"), title="Toezicht", by=cast["coordinator"])

    def test_lifts_routine_that_organisations_now_share(self, cast: Cast, report: Make) -> None:
        signal = report()
        signal.offer(team=team("wijkwerking-noord"), title="Toezicht", by=cast["coordinator"])
        signal.refresh_from_db()
        assert signal.surfaced_why == "shared"

    def test_refuses_sealed_matter_elsewhere_without_a_share(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        with pytest.raises(Refused):
            signal.offer(team=team("wijkwerking-noord"), title="Meegaan", by=cast["verpleegkundige"])

    def test_takes_the_term_of_the_signal(self, cast: Cast, report: Make) -> None:
        signal = report()
        task = signal.offer(team=team("groen"), title="Snoeien", by=cast["coordinator"])
        assert task.due_at == signal.due_at

    @pytest.mark.parametrize("by_rule", [True, False])
    def test_of_late_matter_gives_a_term_from_now_on(self, cast: Cast, report: Make, by_rule: bool) -> None:
        with time_machine.travel("2026-11-02T09:00:00+01:00", tick=False):
            signal = report()
        if by_rule:
            assert signal.rule
            RoutingRule.objects.filter(pk=signal.rule.pk).update(term_days=2)
        else:
            Signal.objects.filter(pk=signal.pk).update(rule=None)
            Category.objects.filter(pk=signal.category_id).update(term_days=4)
        was = signal.due_at
        ClosingDay.objects.create(organisation_id=team("groen").organisation_id or 0, day="2026-11-20", name="Brugdag")
        # A Thursday: the weekend does not count, nor the Friday on which that service is closed.
        with time_machine.travel("2026-11-19T10:00:00+01:00", tick=False):
            task = Signal.objects.get(pk=signal.pk).offer(team=team("groen"), title="Snoeien", by=cast["coordinator"])
        assert task.due_at == dt.datetime(2026, 11, 24 if by_rule else 26, 17, tzinfo=BRUSSELS)
        signal.refresh_from_db()
        assert signal.due_at == was
        assert was
        assert was < task.offered_at


class TestReturning:
    def test_sends_it_back_to_be_divided(self, cast: Cast, report: Make) -> None:
        signal = report("Geluidshinder")
        signal.tasks.get().give_back(by=cast["wijkinspecteur"], reason="Ligt net in Heule.")
        signal.refresh_from_db()
        assert (signal.status, signal.working_team_ids) == (S.TO_DIVIDE, [])

    def test_twice_goes_to_the_coordinators(self, cast: Cast, report: Make) -> None:
        signal = report("Geluidshinder")
        signal.tasks.get().give_back(by=cast["wijkinspecteur"], reason="Ligt net in Heule.")
        second = signal.offer(team=team("wijkwerking-centrum"), title="Toezicht", by=cast["coordinator.politie"])
        second.give_back(by=cast["coordinator.politie"], reason="Ook niet in Centrum.")
        assert signal.events.filter(kind=EventKind.RETURNED_TWICE).exists()

    def test_needs_a_reason(self, cast: Cast, report: Make) -> None:
        with pytest.raises(Refused):
            report("Geluidshinder").tasks.get().give_back(by=cast["wijkinspecteur"], reason="  ")


class TestDone:
    def test_routine_closes_with_the_words_of_who_did_it(self, cast: Cast, report: Make) -> None:
        signal = report()
        signal.tasks.get().complete(by=cast["uitvoerder"], outcome="Opgeruimd, twee zakken met adres.")
        signal.refresh_from_db()
        assert (signal.status, signal.outcome) == (S.CLOSED, "Opgeruimd, twee zakken met adres.")

    def test_anything_else_waits_for_a_coordinator(self, cast: Cast, report: Make) -> None:
        signal = report("Woonkwaliteit")
        signal.tasks.get().complete(by=cast["uitvoerder"], outcome="Bezocht.")
        signal.refresh_from_db()
        assert (signal.status, signal.closed_at) == (S.RESOLVED, None)


class TestClosing:
    def test_needs_an_outcome(self, cast: Cast, report: Make) -> None:
        with pytest.raises(Refused):
            report().close(by=cast["coordinator"], outcome=" ")

    def test_withdraws_what_still_runs(self, cast: Cast, report: Make) -> None:
        signal = report()
        signal.close(by=cast["coordinator"], outcome="Al weg.")
        assert [task.status for task in signal.tasks.all()] == [T.WITHDRAWN]

    def test_second_person_is_told_and_changes_nothing(self, cast: Cast, report: Make) -> None:
        signal = report()
        stale = Signal.objects.get(pk=signal.pk)
        signal.close(by=cast["coordinator"], outcome="Opgeruimd.")
        with pytest.raises(Refused):
            stale.close(by=cast["coordinator.rand"], outcome="Iets anders.")
        signal.refresh_from_db()
        assert signal.outcome == "Opgeruimd."

    def test_gives_the_warden_who_raised_it_feedback(self, cast: Cast, report: Make) -> None:
        signal = report(channel="warden", by=cast["gemeenschapswacht"])
        signal.close(by=cast["coordinator"], outcome="Opgeruimd, bedankt.")
        assert [line.text for line in Feedback.objects.of(cast["gemeenschapswacht"])] == ["Opgeruimd, bedankt."]

    def test_of_sealed_matter_the_warden_hears_only_that_it_arrived(self, cast: Cast, report: Make) -> None:
        signal = report("Iemand vraagt hulp", channel="warden", by=cast["gemeenschapswacht"])
        signal.close(by=cast["verpleegkundige"], outcome="Opgenomen in begeleiding.")
        line = Feedback.objects.of(cast["gemeenschapswacht"]).get()
        assert "begeleiding" not in line.text
        assert "Overleiestraat" not in line.subject


class TestCancelling:
    def test_tells_who_raised_it_why(self, cast: Cast, report: Make) -> None:
        signal = report(channel="warden", by=cast["gemeenschapswacht"], email="buur@example.be")
        signal.cancel(by=cast["coordinator"], reason="Ter plaatse lag er niets.")
        assert [line.text for line in Feedback.objects.of(cast["gemeenschapswacht"])] == ["Ter plaatse lag er niets."]
        assert "Ter plaatse lag er niets." in Message.objects.get().body


class TestRaisingTheLevel:
    def test_takes_everything_along(self, cast: Cast, report: Make) -> None:
        signal = report("Geluidshinder")
        note = signal.add_note(by=cast["wijkinspecteur"], text="Gesproken met de buren.")
        signal.raise_level(by=cast["coordinator.politie"], level=2)
        note.refresh_from_db()
        assert {note.level, signal.tasks.get().level, *(event.level for event in signal.events.all())} == {2}

    def test_never_goes_down(self, cast: Cast, report: Make) -> None:
        with pytest.raises(Refused):
            report("Burenruzie").raise_level(by=cast["coordinator.politie"], level=0)

    def test_what_hangs_on_it_cannot_be_written_lower(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        note = signal.add_note(by=cast["verpleegkundige"], text="Belt niet terug.")
        type(note).objects.filter(pk=note.pk).update(level=0)
        note.refresh_from_db()
        assert note.level == 2


def test_every_subject_about_persons_starts_sealed(kortrijk: None) -> None:
    assert not Category.objects.filter(about_persons=True).exclude(level=2).exists()
