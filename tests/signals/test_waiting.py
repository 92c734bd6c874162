"""A signal that waits: until a day, with a reason; its term stands still while the reporter has to answer."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.utils import timezone

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import BRUSSELS
from signals.handing import refer_outside
from signals.models import EventKind, Signal
from signals.pauses import stood_still
from signals.visibility import is_late
from signals.waiting import resume_what_waited
from signals.workflow import SignalStatus as S
from teams.models import ClosingDay, Team
from tests.cast import Cast

type Make = Callable[..., Signal]

MONDAY = dt.datetime(2026, 11, 2, 9, tzinfo=BRUSSELS)


def wait(signal: Signal, cast: Cast, *, days: int = 7, waiting_for: str = "reporter") -> Signal:
    until = timezone.localdate() + dt.timedelta(days=days)
    signal.wait(by=cast["coordinator"], until=until, waiting_for=waiting_for, reason="Welk huisnummer?")
    signal.refresh_from_db()
    return signal


def at_work(signal: Signal) -> Signal:
    signal.refresh_from_db()
    return signal


class TestWaiting:
    def test_says_until_when_for_what_and_why(self, cast: Cast, report: Make) -> None:
        signal = wait(report(), cast)
        assert (signal.status, signal.waiting_for, signal.waiting_reason) == (S.WAITING, "reporter", "Welk huisnummer?")
        event = signal.events.get(kind=EventKind.WAITS)
        assert (event.by, "Welk huisnummer?" in event.sentence) == (cast["coordinator"], True)

    @pytest.mark.parametrize("days", [0, -1, 367])
    def test_needs_a_day_to_come_within_a_year(self, cast: Cast, report: Make, days: int) -> None:
        with pytest.raises(Refused, match=r"^Kies een dag na vandaag, binnen het jaar\.$"):
            wait(report(), cast, days=days)

    def test_lasts_a_year_at_most(self, cast: Cast, report: Make) -> None:
        assert wait(report(), cast, days=366).waiting_until == timezone.localdate() + dt.timedelta(days=366)

    def test_needs_a_reason(self, cast: Cast, report: Make) -> None:
        until = timezone.localdate() + dt.timedelta(days=1)
        with pytest.raises(Refused, match=r"^Zeg waarop gewacht wordt\.$"):
            report().wait(by=cast["coordinator"], until=until, waiting_for="weather", reason=" ")

    def test_can_be_made_longer(self, cast: Cast, report: Make) -> None:
        signal = wait(wait(report(), cast), cast, days=14, waiting_for="weather")
        assert (signal.waiting_for, signal.waiting_until) == ("weather", timezone.localdate() + dt.timedelta(days=14))

    def test_goes_on_whatever_its_tasks_do_until_the_work_is_done(self, cast: Cast, report: Make) -> None:
        signal = wait(report(), cast)
        signal.offer(team=signal.tasks.get().team, title="Nog iets", by=cast["coordinator"])
        assert at_work(signal).status == S.WAITING
        for task in signal.tasks.all():
            task.complete(by=cast["uitvoerder"], outcome="Opgeruimd.")
        assert (at_work(signal).status, signal.waiting_until) == (S.CLOSED, None)

    def test_ends_with_closing(self, cast: Cast, report: Make) -> None:
        signal = wait(report(), cast)
        signal.close(by=cast["coordinator"], outcome="Al weg.")
        assert (at_work(signal).status, signal.waiting_reason) == (S.CLOSED, "")


class TestResuming:
    def test_follows_the_tasks_again(self, cast: Cast, report: Make) -> None:
        signal = wait(report(), cast)
        signal.resume(by=cast["coordinator"])
        assert (at_work(signal).status, signal.waiting_since) == (S.IN_PROGRESS, None)
        assert signal.events.get(kind=EventKind.RESUMED).by == cast["coordinator"]

    def test_comes_with_going_outside_and_says_whose_doing_it_was(self, cast: Cast, report: Make) -> None:
        signal = wait(report(), cast)
        refer_outside(signal=signal, by=cast["coordinator"], outside="Farys", text="Hun put.")
        assert signal.events.get(kind=EventKind.RESUMED).by == cast["coordinator"]

    def test_comes_by_itself_on_its_day_and_says_so(self, cast: Cast, report: Make) -> None:
        with time_machine.travel(MONDAY, tick=False):
            signal = wait(report(), cast, days=3)
        with time_machine.travel(MONDAY + dt.timedelta(days=2), tick=False):
            assert resume_what_waited() == 0
        with time_machine.travel(MONDAY + dt.timedelta(days=3), tick=False):
            assert resume_what_waited() == 1
            assert resume_what_waited() == 0
        assert at_work(signal).status == S.IN_PROGRESS
        assert signal.events.get(kind=EventKind.RESUMED).by is None


class TestTerms:
    def test_stand_still_for_the_reporter_in_the_calendar_of_each(self, cast: Cast, report: Make) -> None:
        with time_machine.travel(MONDAY, tick=False):
            signal = report()  # due in three working days: Thursday at five
            wait(signal, cast)
        task = signal.tasks.get()
        team = task.team.organisation
        assert team is not None
        ClosingDay.objects.create(organisation=team, day="2026-11-03", name="Brugdag")
        with time_machine.travel(MONDAY + dt.timedelta(days=2), tick=False):  # Wednesday at nine: one working day on
            at_work(signal).resume(by=cast["coordinator"])
        task.refresh_from_db()
        assert at_work(signal).due_at == task.due_at == dt.datetime(2026, 11, 6, 17, tzinfo=BRUSSELS)

    def test_run_on_for_the_weather(self, cast: Cast, report: Make) -> None:
        with time_machine.travel(MONDAY, tick=False):
            signal = wait(report(), cast, waiting_for="weather")
            was = signal.due_at
        with time_machine.travel(MONDAY + dt.timedelta(days=2), tick=False):
            signal.resume(by=cast["coordinator"])
        assert at_work(signal).due_at == was

    def test_are_not_late_while_they_stand_still_unless_they_were(self, cast: Cast, report: Make) -> None:
        with time_machine.travel(MONDAY, tick=False):
            in_time, for_weather, was_late = report(), report(), report()
            wait(in_time, cast, days=30)
            wait(for_weather, cast, days=30, waiting_for="weather")
        with time_machine.travel(MONDAY + dt.timedelta(days=8), tick=False):
            wait(was_late, cast, days=30)
            late = set(Signal.objects.filter(is_late()).values_list("pk", flat=True))
        assert late == {for_weather.pk, was_late.pk}

    def test_count_as_still_only_the_time_that_it_waited(self, cast: Cast, report: Make) -> None:
        """It went outside from there, came back, and waited once more: in between its term ran."""
        with time_machine.travel(MONDAY):
            signal = wait(report(), cast, days=30)
        with time_machine.travel(MONDAY + dt.timedelta(days=1)):
            asked = refer_outside(signal=signal, by=cast["coordinator"], outside="Farys", text="Hun put.")
        with time_machine.travel(MONDAY + dt.timedelta(days=4)):
            asked.decline(by=cast["coordinator"], reason="Toch niet.")
            wait(at_work(signal), cast)
        with time_machine.travel(MONDAY + dt.timedelta(days=5)):
            at_work(signal).resume(by=cast["coordinator"])
        still = [after - since for since, after in stood_still(signal)]
        assert [round(how_long / dt.timedelta(days=1)) for how_long in still] == [1, 1]


class TestArriving:
    def test_by_itself_is_new_until_somebody_who_divides_reads_it(self, cast: Cast, report: Make) -> None:
        signal = report("Klacht over de dienstverlening", by=None, channel="web")
        assert signal.status == S.NEW
        signal.read(by=cast["coordinator"])
        signal.read(by=cast["coordinator"])
        assert at_work(signal).status == S.TO_DIVIDE
        assert signal.events.get(kind=EventKind.READ).by == cast["coordinator"]

    def test_by_itself_and_placed_by_a_rule_is_with_its_team(self, cast: Cast, report: Make) -> None:
        assert report(by=None, channel="web").status == S.IN_PROGRESS

    def test_through_a_colleague_was_read(self, cast: Cast, report: Make) -> None:
        assert report("Klacht over de dienstverlening").status == S.TO_DIVIDE


class TestReopening:
    def done(self, cast: Cast, signal: Signal) -> Signal:
        signal.tasks.get().complete(by=cast["uitvoerder"], outcome="Opgeruimd.")
        return at_work(signal)

    def test_reaches_the_team_that_did_the_work(self, cast: Cast, report: Make) -> None:
        signal = self.done(cast, report())
        signal.reopen(by=None, reason="Het ligt er nog.")
        again = signal.tasks.get(status="offered")
        assert (at_work(signal).status, again.team.code, again.title) == (S.REOPENED, "team-net-noord", "Opruimen")

    def test_is_its_own_state_until_somebody_takes_it_up(self, cast: Cast, report: Make) -> None:
        signal = self.done(cast, report())
        signal.reopen(by=None, reason="Het ligt er nog.")
        signal.tasks.get(status="offered").accept(by=cast["uitvoerder"])
        assert at_work(signal).status == S.IN_PROGRESS

    def test_goes_to_be_divided_when_they_give_it_back(self, cast: Cast, report: Make) -> None:
        signal = self.done(cast, report())
        signal.reopen(by=None, reason="Het ligt er nog.")
        signal.tasks.get(status="offered").give_back(by=cast["uitvoerder"], reason="Dat is een ander.")
        assert at_work(signal).status == S.TO_DIVIDE  # what was done in the round before counts no longer

    def test_counts_a_new_round_from_there(self, cast: Cast, report: Make) -> None:
        signal = self.done(cast, report())
        signal.reopen(by=None, reason="Het ligt er nog.")
        again = signal.tasks.get(status="offered")
        again.accept(by=cast["uitvoerder"])
        again.complete(by=cast["uitvoerder"], outcome="Nu echt weg.")
        assert (at_work(signal).status, signal.outcome) == (S.CLOSED, "Nu echt weg.")

    def test_gives_a_term_from_now_on(self, cast: Cast, report: Make) -> None:
        with time_machine.travel(MONDAY, tick=False):
            signal = self.done(cast, report())
        with time_machine.travel(MONDAY + dt.timedelta(days=28), tick=False):
            signal.reopen(by=None, reason="Het ligt er nog.")
        assert signal.due_at == dt.datetime(2026, 12, 3, 17, tzinfo=BRUSSELS)

    def test_asks_nobody_when_nobody_had_done_anything(self, cast: Cast, report: Make) -> None:
        signal = report("Klacht over de dienstverlening")
        signal.cancel(by=cast["coordinator"], reason="Vergissing.")
        signal.reopen(by=cast["coordinator"], reason="Toch niet.")
        assert (at_work(signal).status, signal.tasks.count()) == (S.REOPENED, 0)

    def test_mails_who_did_it_nothing_secret(self, cast: Cast, report: Make) -> None:
        from kortrijk_gebied.jobs.models import Message

        for subject, level in (("Sluikstort", 0), ("Sluikstort", 1)):
            signal = report(subject)
            if level:
                signal.raise_level(by=cast["coordinator"], level=level)
            self.done(cast, signal).reopen(by=None, reason="Het ligt er nog.")
            mail = Message.objects.get(key=f"reopened:{signal.tasks.get(status='offered').pk}")
            assert mail.to == cast["uitvoerder"].email
            assert ("Overleiestraat" in mail.body) == (level == 0)

    def test_of_sealed_matter_asks_nobody_who_may_not_see_it(self, cast: Cast, report: Make) -> None:
        signal = self.done(cast, report())
        social = Team.objects.get(code="sociale-dienst")
        Signal.objects.filter(pk=signal.pk).update(level=2, owner=social.organisation, team=social)
        at_work(signal).reopen(by=None, reason="Toch niet.")
        assert (signal.status, signal.tasks.filter(status="offered").count()) == (S.REOPENED, 0)

    def test_a_second_time_still_reaches_who_did_it_once(self, cast: Cast, report: Make) -> None:
        signal = self.done(cast, report())
        signal.reopen(by=None, reason="Nog eens.")
        signal.close(by=cast["coordinator"], outcome="Weg.")
        at_work(signal).reopen(by=None, reason="Het ligt er wéér.")
        assert signal.tasks.get(status="offered").team.code == "team-net-noord"

    def test_undone_goes_on_as_if_nothing_had_happened(self, cast: Cast, report: Make) -> None:
        from signals.undoing import undo_closing

        signal = report("Woonkwaliteit")
        signal.tasks.get().complete(by=cast["uitvoerder"], outcome="Bezocht.")
        at_work(signal).close(by=cast["coordinator"], outcome="Klaar.")
        undo_closing(signal=signal, by=cast["coordinator"])
        assert (at_work(signal).status, signal.reopened_at) == (S.RESOLVED, None)
