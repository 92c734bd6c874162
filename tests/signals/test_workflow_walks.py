"""Whatever people do in whatever order: what holds of a signal goes on holding. Hypothesis chooses what they do."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kortrijk_gebied.refusals import Refused
from signals.handing import hand_over, refer_outside, refer_person
from signals.models import Handover, Signal, Task
from signals.undoing import undo_closing
from signals.waiting import remind_of_handovers, resume_what_waited
from signals.workflow import ENDED, HELD, HandoverKind, TaskStatus, status_from_tasks
from signals.workflow import SignalStatus as S
from teams.access import keeps_sealed_matter
from teams.models import Team
from tests.cast import Cast

type Act = Callable[[Signal, Cast], object]

GROUND = "Gedeeld beroepsgeheim"


def team(code: str) -> Team:
    return Team.objects.get(code=code)


def one(rows: object) -> object:
    """The last of some rows; without any there is nothing to do."""
    found = rows.last()  # type: ignore[attr-defined]
    if found is None:
        raise Refused
    return found


def task(signal: Signal) -> Task:
    return one(signal.tasks.live().order_by("pk"))  # type: ignore[return-value]


def asked(signal: Signal) -> Handover:
    return one(signal.handovers.filter(state="offered").order_by("pk"))  # type: ignore[return-value]


def soon() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=1)


ACTS: dict[str, Act] = {
    "read": lambda s, c: s.read(by=c["coordinator"]),
    "offer to own": lambda s, c: s.offer(team=team("groen"), title="Snoeien", by=c["coordinator"]),
    "offer to ward": lambda s, c: s.offer(team=team("wijkwerking-noord"), title="Toezicht", by=c["coordinator"]),
    "accept": lambda s, c: task(s).accept(by=c["wijkinspecteur"]),
    "give back": lambda s, c: task(s).give_back(by=c["wijkinspecteur"], reason="Niet voor ons."),
    "complete": lambda s, c: task(s).complete(by=c["wijkinspecteur"], outcome="Gedaan."),
    "withdraw": lambda s, c: task(s).withdraw(by=c["coordinator"]),
    "wait for reporter": lambda s, c: s.wait(by=c["coordinator"], until=soon(), waiting_for="reporter", reason="Waar?"),
    "wait for weather": lambda s, c: s.wait(by=c["coordinator"], until=soon(), waiting_for="weather", reason="Vorst."),
    "resume": lambda s, c: s.resume(by=c["coordinator"]),
    "hand over": lambda s, c: hand_over(
        signal=s, by=c["coordinator"], team=team("sociale-dienst"), text="Zorg.", legal_ground=GROUND
    ),
    "hand over sealed": lambda s, c: hand_over(
        signal=s, by=c["coordinator"], team=team("sociale-dienst"), text="Zorg.", legal_ground=GROUND, seal=True
    ),
    "refer person": lambda s, c: refer_person(
        signal=s, by=c["coordinator"], team=team("buurtwerk"), text="Bezoek.", legal_ground=GROUND
    ),
    "refer outside": lambda s, c: refer_outside(signal=s, by=c["coordinator"], outside="Farys", text="Hun put."),
    "acknowledge": lambda s, c: asked(s).acknowledge(by=c["verpleegkundige"]),
    "confirm": lambda s, c: asked(s).confirm(by=c["verpleegkundige"], answer="Ja."),
    "decline": lambda s, c: asked(s).decline(by=c["verpleegkundige"], reason="Nee."),
    "retract": lambda s, c: one(s.handovers.filter(state="confirmed").order_by("pk")).retract(  # type: ignore[attr-defined]
        by=c["coordinator"], reason="Vergissing."
    ),
    "take back": lambda s, c: asked(s).withdraw(by=c["coordinator"]),
    "make limited": lambda s, c: s.raise_level(by=c["coordinator"], level=1),
    "seal": lambda s, c: s.raise_level(by=c["coordinator"], level=2),
    "close": lambda s, c: s.close(by=c["coordinator"], outcome="Opgeruimd."),
    "undo closing": lambda s, c: undo_closing(signal=s, by=c["coordinator"]),
    "cancel": lambda s, c: s.cancel(by=c["coordinator"], reason="Vergissing."),
    "reopen": lambda s, c: s.reopen(by=c["coordinator"], reason="Het ligt er weer."),
    "sweeps": lambda s, c: (resume_what_waited(), remind_of_handovers()),
}


def broken(signal: Signal) -> list[str]:
    """Which of the promises does not hold."""
    tasks, pending = list(signal.tasks.all()), list(signal.handovers.filter(state="offered"))
    outside = [one for one in pending if one.kind == HandoverKind.OUTSIDE]
    began = signal.reopened_at
    of_round = [TaskStatus(t.status) for t in tasks if not (began and t.ended_at and t.ended_at <= began)]
    by_tasks = status_from_tasks(of_round, routine=signal.routine)
    follows = signal.status in ENDED | HELD | {S.NEW, S.REOPENED}
    promises = {
        "ended has a time": (signal.closed_at is not None) == (signal.status in ENDED),
        "ended leaves nothing running": signal.is_open or not any(t.is_live for t in tasks),
        "ended leaves nothing asked": signal.is_open or not pending,
        "referred is asked outside": (signal.status == S.REFERRED) == bool(outside),
        "one is asked at a time": sum(one.kind != HandoverKind.REFERRAL for one in pending) <= 1,
        "waiting has a day": (signal.status == S.WAITING) == (signal.waiting_until is not None),
        "follows its tasks": follows or signal.status == (S.RESOLVED if by_tasks == S.CLOSED else by_tasks),
        "reopened is nobody's": signal.status != S.REOPENED or not {"accepted", "in_progress"} & set(of_round),
        "knows who works": signal.working_team_ids == sorted({t.team_id for t in tasks if t.counts}),
        "sealed is kept": signal.level < 2 or bool(signal.team and keeps_sealed_matter(signal.team)),
        "sealed asks nobody who may not see": not signal.tasks.unseen().exists(),
        "owner and team agree": signal.team is None or signal.team.organisation_id == signal.owner_id,
        "course is as secret": not signal.events.filter(level__lt=signal.level).exists(),
    }
    return [promise for promise, holds in promises.items() if not holds]


@pytest.mark.parametrize("subject", ["Sluikstort", "Woonkwaliteit", "Burenruzie"])
def test_whatever_is_done_in_whatever_order_every_promise_holds(
    cast: Cast, report: Callable[..., Signal], subject: str
) -> None:
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.sampled_from(sorted(ACTS)), min_size=3, max_size=12))
    def walk(names: list[str]) -> None:
        with transaction.atomic():
            signal = report(subject)
            for number, name in enumerate(names):
                try:
                    with transaction.atomic():
                        ACTS[name](Signal.objects.get(pk=signal.pk), cast)
                except Refused:
                    pass
                assert broken(Signal.objects.get(pk=signal.pk)) == [], names[: number + 1]
            transaction.set_rollback(True)

    walk()
