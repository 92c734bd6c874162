"""A task that its team may no longer see is withdrawn, whichever way it got out of sight."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.celery import app
from kortrijk_gebied.jobs.models import Message
from signals import tasks, worklist
from signals.levels import Level
from signals.models import Share, Signal, Task
from signals.undoing import undo_closing
from signals.workflow import SignalStatus, TaskStatus
from teams.access import access_of
from teams.models import Membership, Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

DAY = dt.timedelta(days=1)


def ward() -> Team:
    return Team.objects.get(code="wijkwerking-noord")


def share(signal: Signal, by: User, text: str = "Graag mee langsgaan.", days: int = 7) -> Share:
    return signal.share(
        by=by, team=ward(), text=text, legal_ground="Noodtoestand", purpose="Nagaan",
        expires_at=timezone.now() + days * DAY,
    )  # fmt: skip


@pytest.fixture
def worry(cast: Cast, report: Make) -> Signal:
    """Sealed matter of the OCMW, with a sentence for the police and a task that they accepted."""
    signal = report("Bezorgd om iemand", place="Dorpsstraat 8", description="Mevrouw opent niet meer.")
    share(signal, cast["verpleegkundige"])
    signal.offer(team=ward(), title="Mee aanbellen bij mevrouw", by=cast["verpleegkundige"])
    police_task(signal).accept(by=cast["wijkinspecteur"])
    return signal


@pytest.fixture
def noise(cast: Cast, report: Make) -> Signal:
    """Open matter of the police, on which the city was asked something too."""
    signal = report("Geluidshinder")
    signal.offer(team=Team.objects.get(code="team-net-noord"), title="Zakken ophalen", by=cast["coordinator.politie"])
    return signal


def police_task(signal: Signal) -> Task:
    return signal.tasks.get(team=ward())


def is_withdrawn(task: Task) -> bool:
    task.refresh_from_db()
    return task.status == TaskStatus.WITHDRAWN


def sentences(signal: Signal) -> str:
    return " ".join(event.sentence for event in signal.events.all())


class TestSharingEnded:
    def test_by_the_owner_withdraws_the_task(self, cast: Cast, sign_in: SignIn, worry: Signal) -> None:
        task = police_task(worry)
        assert worklist.running(access_of(cast["wijkinspecteur"])).contains(task)
        joke = sign_in(cast["verpleegkundige"])
        assert joke.post(reverse("signals:share-end", args=[worry.shares.get().pk])).status_code == 302
        assert is_withdrawn(task)
        assert task.ended_by == cast["verpleegkundige"]
        worry.refresh_from_db()
        assert ward().pk not in worry.working_team_ids
        page = joke.get(reverse("signals:signal", args=[worry.reference])).text
        assert "voor Wijkwerking Noord ingetrokken: er wordt niets meer met hen gedeeld." in page

    def test_on_its_day_withdraws_the_task_once(self, cast: Cast, worry: Signal) -> None:
        task, long_after = police_task(worry), timezone.now() + 8 * DAY
        tasks.withdraw_tasks_of_ended_shares()
        assert not is_withdrawn(task)
        with time_machine.travel(long_after, tick=False):
            tasks.withdraw_tasks_of_ended_shares()
            tasks.withdraw_tasks_of_ended_shares()
        assert is_withdrawn(task)
        assert task.ended_by is None
        assert worry.events.filter(task=task, kind="withdrawn").count() == 1
        assert "er wordt niets meer met hen gedeeld" in sentences(worry)

    def test_is_looked_for_by_beat(self) -> None:
        assert tasks.withdraw_tasks_of_ended_shares.name in {entry["task"] for entry in app.conf.beat_schedule.values()}

    def test_leaves_the_task_where_another_sentence_goes_on(self, cast: Cast, worry: Signal) -> None:
        longer = share(worry, cast["verpleegkundige"], "Graag volgende week nog eens langsgaan.", days=30)
        worry.shares.exclude(pk=longer.pk).get().revoke(by=cast["verpleegkundige"])
        with time_machine.travel(timezone.now() + 8 * DAY, tick=False):
            tasks.withdraw_tasks_of_ended_shares()
            assert not is_withdrawn(police_task(worry))
            assert worklist.running(access_of(cast["wijkinspecteur"])).contains(police_task(worry))

    def test_leaves_the_task_on_matter_that_is_not_sealed(self, cast: Cast, report: Make) -> None:
        signal = report()
        given = share(signal, cast["coordinator"])
        task = signal.offer(team=ward(), title="Toezicht", by=cast["coordinator"])
        given.revoke(by=cast["coordinator"])
        assert not is_withdrawn(task)

    def test_leaves_the_keepers_own_task(self, cast: Cast, worry: Signal) -> None:
        own = worry.tasks.exclude(team=ward()).get()
        worry.shares.get().revoke(by=cast["verpleegkundige"])
        assert own.team_id == worry.team_id
        assert not is_withdrawn(own)


class TestMadeMoreSecret:
    def test_by_sealing_withdraws_what_another_organisation_was_asked(
        self, cast: Cast, sign_in: SignIn, noise: Signal
    ) -> None:
        task = noise.tasks.get(team__code="team-net-noord")
        dirk = sign_in(cast["coordinator.politie"])
        answer = dirk.post(reverse("signals:signal-level", args=[noise.reference]), {"level": Level.SEALED})
        assert answer.status_code == 302
        assert is_withdrawn(task)
        assert "verzegeld en met hen wordt geen zin gedeeld" in sentences(noise)
        assert not is_withdrawn(police_task(noise))

    def test_by_sealing_leaves_what_a_sentence_was_shared_for(self, cast: Cast, report: Make) -> None:
        signal = report("Schuldhulp of steun")
        share(signal, cast["coordinator.ocmw"])
        task = signal.offer(team=ward(), title="Mee langsgaan", by=cast["coordinator.ocmw"])
        signal.raise_level(by=cast["coordinator.ocmw"], level=Level.SEALED)
        assert not is_withdrawn(task)
        assert worklist.offered(access_of(cast["wijkinspecteur"])).contains(task)

    def test_by_limiting_leaves_the_task(self, cast: Cast, noise: Signal) -> None:
        task = noise.tasks.get(team__code="team-net-noord")
        noise.raise_level(by=cast["coordinator.politie"], level=Level.LIMITED)
        assert not is_withdrawn(task)
        assert worklist.own_tasks(access_of(cast["uitvoerder"])).contains(task)

    def test_once_closed_stays_closed_and_an_undo_wakes_no_task_out_of_sight(self, cast: Cast, noise: Signal) -> None:
        noise.close(by=cast["coordinator.politie"], outcome="Rustig geworden.")
        noise.raise_level(by=cast["coordinator.politie"], level=Level.SEALED)
        noise.refresh_from_db()
        assert noise.status == SignalStatus.CLOSED
        undo_closing(signal=noise, by=cast["coordinator.politie"])
        assert is_withdrawn(noise.tasks.get(team__code="team-net-noord"))
        assert not is_withdrawn(police_task(noise))


class TestTheTeam:
    def test_hears_that_it_is_over_and_nothing_else(self, cast: Cast, worry: Signal) -> None:
        worry.shares.get().revoke(by=cast["verpleegkundige"])
        mail = Message.objects.get(to=cast["wijkinspecteur"].email, key__startswith="task-unseen:")
        assert "Wijkwerking Noord" in mail.body
        assert "ingetrokken" in mail.subject
        for secret in (worry.reference, "mevrouw", "Mevrouw", "Dorpsstraat", "Bezorgd", "verzegeld", "langsgaan"):
            assert secret not in mail.subject + mail.body

    def test_is_who_belongs_to_it_today(self, cast: Cast, worry: Signal) -> None:
        Membership.objects.filter(user=cast["wijkinspecteur"], team=ward()).update(ends=timezone.localdate() - DAY)
        worry.shares.get().revoke(by=cast["verpleegkundige"])
        assert is_withdrawn(police_task(worry))
        told = Message.objects.filter(key__startswith="task-unseen:")
        assert not told.filter(to=cast["wijkinspecteur"].email).exists()
        assert not told.filter(to=cast["wijkinspecteur.zuid"].email).exists()

    def test_hears_nothing_where_it_goes_on(self, cast: Cast, noise: Signal) -> None:
        noise.raise_level(by=cast["coordinator.politie"], level=Level.LIMITED)
        assert not Message.objects.filter(key__startswith="task-unseen:").exists()
