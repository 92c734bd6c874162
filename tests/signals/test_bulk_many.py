"""Many signals at once are a worker's: with progress, once each, with the rights of the moment, and time to undo."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.models import Job, State
from kortrijk_gebied.jobs.registry import perform
from kortrijk_gebied.refusals import Refused
from signals import bulk as acting
from signals.bulk_acts import ACTS
from signals.levels import Level
from signals.models import Act, Bulk, BulkState, RowState, Signal
from signals.workflow import SignalStatus
from teams.models import Team, User
from tests.cast import Cast
from tests.signals.test_bulk import choose, closing_mail, states

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]


class TestMany:
    @pytest.fixture
    def some(self, report: Make, monkeypatch: pytest.MonkeyPatch) -> list[Signal]:
        """More than is done at once, one of them out of reach by the time it is done."""
        monkeypatch.setattr(acting, "AT_ONCE", 2)
        monkeypatch.setattr(acting, "BATCH", 2)
        return [report("Onveilige situatie", place=f"Budastraat {number}") for number in range(5)]

    def test_is_work_for_a_worker_with_progress(self, cast: Cast, some: list[Signal]) -> None:
        bulk = choose(cast["coordinator"], some)
        acting.start(bulk, details={"outcome": "In orde."})
        assert (bulk.state, states(bulk)) == (BulkState.RUNNING, {"waiting": 5})
        job = Job.objects.claim(Job.objects.get(kind="bulk").pk)
        assert job is not None
        perform(job)
        bulk.refresh_from_db()
        assert (bulk.state, states(bulk)) == (BulkState.DONE, {"done": 5})
        assert (job.progress, job.total, job.state) == (5, 5, State.DONE)

    def test_goes_on_where_a_worker_died(self, cast: Cast, some: list[Signal], monkeypatch: pytest.MonkeyPatch) -> None:
        bulk = choose(cast["coordinator"], some)
        acting.start(bulk, details={"outcome": "In orde."})
        batches: list[int] = []

        def dies(done: int, _total: int) -> None:
            batches.append(done)
            if len(batches) == 2:
                raise DatabaseError

        with pytest.raises(DatabaseError):
            acting.work(bulk, advance=dies)
        assert states(bulk) == {"done": 2, "waiting": 3}
        acting.work(bulk)
        assert states(bulk) == {"done": 5}
        assert [signal.events.filter(kind="closed").count() for signal in some] == [1] * 5

    @pytest.mark.parametrize(("left", "state"), [(-1, "kept"), (10, "undone")])
    def test_is_undone_as_long_as_no_mail_left(
        self, cast: Cast, some: list[Signal], left: int, state: str
    ) -> None:  # fmt: skip
        bulk = choose(cast["coordinator"], some)
        acting.start(bulk, details={"outcome": "In orde."})
        acting.work(bulk)
        acting.undo(bulk)
        bulk.undo_until = timezone.now() + dt.timedelta(minutes=left)  # no worker came for nearly an hour
        bulk.save(update_fields=["undo_until"])
        acting.work(bulk)
        assert states(bulk) == {state: 5}
        assert left < 0 or bulk.undo_until > timezone.now() + dt.timedelta(minutes=30)  # it was held on to

    def test_uses_the_rights_of_the_moment(self, cast: Cast, some: list[Signal]) -> None:
        bulk = choose(cast["coordinator"], some)
        acting.start(bulk, details={"outcome": "In orde."})
        cast["coordinator"].memberships.all().delete()
        acting.work(Bulk.objects.get(pk=bulk.pk))
        assert states(bulk) == {"refused": 5}

    @pytest.mark.parametrize("end", ["membership", "account"])
    def test_ends_with_the_rights_of_its_maker(self, cast: Cast, some: list[Signal], end: str) -> None:
        bulk = choose(cast["coordinator"], some)
        acting.start(bulk, details={"outcome": "In orde."})

        def leaves(_done: int, _total: int) -> None:
            if end == "membership":
                cast["coordinator"].memberships.all().delete()
            User.objects.filter(pk=bulk.by_id).update(is_active=end != "account")

        acting.work(bulk, advance=leaves)
        assert states(bulk) == {"done": 2, "refused": 3}

    @pytest.mark.parametrize("error", [KeyError("Merkwoord"), IntegrityError("Merkwoord")])
    def test_of_which_one_row_fails_does_the_others(
        self, cast: Cast, some: list[Signal], error: Exception, monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:  # fmt: skip
        self.fail(some[1], error, monkeypatch)
        bulk = choose(cast["coordinator"], some)
        acting.start(bulk, details={"outcome": "In orde."})
        acting.work(bulk)
        assert (bulk.state, states(bulk)) == (BulkState.DONE, {"done": 4, "refused": 1})
        row = bulk.rows.get(state=RowState.REFUSED)
        assert (row.signal, row.words) == (some[1], "Er liep iets mis bij dit signaal. Er is niets aan veranderd.")
        assert type(error).__name__ in caplog.text
        assert "Merkwoord" not in caplog.text

    def test_waits_for_a_server_that_is_away(
        self, cast: Cast, some: list[Signal], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.fail(some[1], OperationalError(), monkeypatch)
        bulk = choose(cast["coordinator"], some)
        acting.start(bulk, details={"outcome": "In orde."})
        with pytest.raises(OperationalError):
            acting.work(bulk)
        assert (bulk.state, states(bulk)) == (BulkState.RUNNING, {"waiting": 5})

    def fail(self, bad: Signal, error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
        close = ACTS[Act.CLOSE]

        def fails(bulk: Bulk, signal: Signal) -> None:
            close(bulk, signal)
            if signal == bad:
                raise error

        monkeypatch.setitem(ACTS, Act.CLOSE, fails)


class TestAllButAFew:
    """What benchmarks/bulk.py does with ten thousand rows of which ten are out of reach, with thirty and three."""

    @pytest.fixture
    def chosen(self, cast: Cast, report: Make, monkeypatch: pytest.MonkeyPatch) -> Bulk:
        monkeypatch.setattr(acting, "AT_ONCE", 5)
        monkeypatch.setattr(acting, "BATCH", 7)
        signals = [report(place=f"Budastraat {n}", email=f"r{n}@voorbeeld.example") for n in range(30)]
        Signal.objects.filter(pk=signals[4].pk).update(owner=cast["wijkinspecteur"].organisation, team=None)
        bulk = choose(cast["coordinator"], signals)
        signals[11].close(by=cast["coordinator"], outcome="Al gedaan.")
        Signal.objects.filter(pk=signals[23].pk).update(
            level=Level.SEALED, team=Team.objects.get(code="sociale-dienst"),
            owner=cast["verpleegkundige"].organisation,
        )  # fmt: skip
        return bulk

    def run(self, bulk: Bulk) -> Job:
        job = Job.objects.claim(bulk.job_id)
        assert job is not None
        perform(job)
        bulk.refresh_from_db()
        return job

    def test_does_the_others_and_says_of_each_of_those_why_not(self, cast: Cast, sign_in: SignIn, chosen: Bulk) -> None:
        acting.start(chosen, details={"outcome": "In orde."})
        assert Signal.objects.filter(outcome="In orde.").count() == 0  # a worker does it
        job = self.run(chosen)
        assert (job.progress, job.total, states(chosen)) == (30, 30, {"done": 27, "refused": 3})
        assert Signal.objects.filter(status=SignalStatus.CLOSED, outcome="In orde.").count() == 27
        page = sign_in(cast["coordinator"]).get(reverse("bulk", args=[chosen.pk])).text
        assert "27 signalen afgerond. 3 geweigerd." in page
        for row in chosen.rows.filter(state=RowState.REFUSED):
            assert row.signal.reference in page
            assert row.words in page
        assert set(chosen.rows.filter(state=RowState.REFUSED).values_list("words", flat=True)) == {
            "Je mag dit signaal lezen, niet aansturen.",
            "Dit signaal staat al op “afgerond”. Herlaad de pagina om te zien hoe het er nu voor staat.",
            "Dit signaal is er voor jou niet (meer).",
        }

    def test_shows_how_far_it_is(
        self, cast: Cast, sign_in: SignIn, chosen: Bulk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        acting.start(chosen, details={"outcome": "In orde."})
        bram, batches = sign_in(cast["coordinator"]), []

        def stops_after_two(done: int, _total: int) -> None:
            batches.append(done)
            if len(batches) == 3:
                raise DatabaseError

        with pytest.raises(DatabaseError):
            acting.work(chosen, advance=stops_after_two)
        page = bram.get(reverse("bulk-progress", args=[chosen.pk])).text
        assert "14 van 30 signalen" in page
        assert 'hx-trigger="every 2s"' in page

    def test_can_be_undone_however_long_it_took(self, chosen: Bulk) -> None:
        acting.start(chosen, details={"outcome": "In orde."})
        began = timezone.now()

        def slowly(done: int, _total: int) -> None:
            traveller.move_to(began + dt.timedelta(minutes=4 * done))

        with time_machine.travel(began) as traveller:
            acting.work(chosen, advance=slowly)
            assert timezone.now() >= began + 2 * acting.HELD
            left = closing_mail().filter(run_after__lt=timezone.now()).count()
            assert left == 1  # of the one that was closed on its own, long ago by now
            assert chosen.can_be_undone
            traveller.shift(dt.timedelta(minutes=3))
            assert not chosen.can_be_undone

    def test_can_no_longer_be_undone_when_mail_may_have_left(
        self, chosen: Bulk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        acting.start(chosen, details={"outcome": "In orde."})
        with time_machine.travel(timezone.now() + acting.HELD + dt.timedelta(minutes=1)):  # a worker comes at last
            acting.work(chosen)
            assert states(chosen)["done"] == 27
            with pytest.raises(Refused, match="Te laat"):
                acting.undo(chosen)

    def test_keeps_the_mail_of_those_alone_and_takes_it_back(self, chosen: Bulk) -> None:
        before = set(closing_mail().values_list("pk", flat=True))  # of the one that was closed on its own
        acting.start(chosen, details={"outcome": "In orde."})
        self.run(chosen)
        mails = closing_mail().exclude(pk__in=before)
        assert mails.count() == 27
        assert set(mails.values_list("state", "run_after")) == {(State.WAITING, chosen.undo_until)}
        until = chosen.undo_until
        acting.undo(chosen)
        assert until not in set(mails.values_list("run_after", flat=True))  # held while it is taken back
        job = self.run(chosen)
        assert (job.progress, states(chosen)) == (30, {"undone": 27, "refused": 3})
        assert set(mails.values_list("state", flat=True)) == {State.WITHDRAWN}
        assert Signal.objects.filter(status=SignalStatus.CLOSED).count() == 1
        assert closing_mail().filter(pk__in=before, state=State.WAITING).count() == 1
