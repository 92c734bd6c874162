"""Two people, one moment: the first has it, the second is told, and nothing is lost or done twice."""

import datetime as dt
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from areas.models import ProfileFigure
from areas.profile_import import read
from kortrijk_gebied.audit.models import broken_links
from kortrijk_gebied.refusals import Refused
from signals import bulk as acting
from signals.intake import Contact, register
from signals.models import Act, Bulk, Category, Feedback, Report, Signal, Task
from signals.offers import follow_offers
from signals.reading import looked_at
from teams.access import access_of, teams_that_keep_sealed_matter
from teams.actions import deactivate
from teams.models import Membership, Team, User
from tests.cast import OVERLEIE, Cast

type Make = Callable[..., Signal]

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run each in a thread of its own, from the same moment; what it returned, or how it was refused."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait()
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


def refused(results: list[object]) -> int:
    return sum(isinstance(result, Refused) for result in results)


def closing_of(signals: list[Signal], order: str, by: User) -> Bulk:
    chosen = Signal.objects.filter(pk__in=[signal.pk for signal in signals]).order_by(order)
    return acting.choose(chosen, viewer=access_of(by), by=by, act=Act.CLOSE)


class TestTwoAtOnce:
    def test_one_closes_and_the_other_is_told(self, cast: Cast, report: Make) -> None:
        signal = report(channel="warden", by=cast["gemeenschapswacht"])
        results = at_once(
            *[
                lambda: Signal.objects.get(pk=signal.pk).close(by=cast["coordinator"], outcome="Opgeruimd.")
                for _ in range(4)
            ]
        )
        assert refused(results) == 3
        assert Feedback.objects.filter(signal=signal).count() == 1

    def test_of_the_last_two_readers_of_what_is_sealed_one_stays(self, cast: Cast) -> None:
        """Each would leave the other: only who comes second finds that nobody would be left."""
        ocmw, keeping = cast["verpleegkundige"].organisation, teams_that_keep_sealed_matter()
        last = [cast["verpleegkundige"], cast["buurtwerker"]]
        Membership.objects.filter(team__in=keeping, user__organisation=ocmw).exclude(user__in=last).delete()
        results = at_once(*[lambda who=who: deactivate(person=who, by=cast["beheerder.ocmw"]) for who in last])
        assert refused(results) == 1
        assert teams_that_keep_sealed_matter().filter(organisation=ocmw).count() == 1

    def test_lists_in_opposite_order_wait_for_each_other(self, cast: Cast, report: Make) -> None:
        """Held in the order of the lists, each would wait for the other, and one be broken off."""
        signals = [report("Onveilige situatie", place=f"Budastraat {number}") for number in range(12)]
        bulks = [closing_of(signals, order, cast["coordinator"]) for order in ("pk", "-pk")]
        at_once(*[lambda bulk=bulk: acting.start(bulk, details={"outcome": "In orde."}) for bulk in bulks])
        assert sorted((bulk.outcome["done"], bulk.outcome["refused"]) for bulk in bulks) == [(0, 12), (12, 0)]

    def test_a_list_is_closed_while_the_coordinators_are_told_of_its_offers(self, cast: Cast, report: Make) -> None:
        signals = [report("Onveilige situatie", place=f"Budastraat {number}") for number in range(12)]
        ward, long_ago = Team.objects.get(code="wijkwerking-noord"), timezone.now() - dt.timedelta(days=9)
        for signal in signals:
            signal.offer(team=ward, title="Toezicht", by=cast["coordinator"])
        Task.objects.update(offered_at=long_ago, reminded_at=long_ago)
        bulk = closing_of(signals, "-pk", cast["coordinator"])
        _closed, told = at_once(lambda: acting.start(bulk, details={"outcome": "In orde."}), follow_offers)
        assert (bulk.outcome["done"], told) in [(12, number) for number in range(13)]

    def test_one_accepts_while_the_other_withdraws(self, cast: Cast, report: Make) -> None:
        signal = report()
        ward = Team.objects.get(code="wijkwerking-noord")
        task = signal.offer(team=ward, title="Toezicht", by=cast["coordinator"])
        at_once(
            lambda: Task.objects.get(pk=task.pk).accept(by=cast["wijkinspecteur"]),
            lambda: Task.objects.get(pk=task.pk).withdraw(by=cast["coordinator"]),
        )
        task.refresh_from_db()
        signal.refresh_from_db()
        assert task.status == "withdrawn"
        assert task.team_id not in signal.working_team_ids

    def test_reports_joined_together_are_all_counted(self, cast: Cast, report: Make) -> None:
        signal = report()
        category = Category.objects.get(name="Sluikstort")

        def call() -> Report:
            contact = Contact(category=category, description="Zakken.", longitude=OVERLEIE[0], latitude=OVERLEIE[1])
            return register(contact, join=signal)

        at_once(*[call] * 6)
        signal.refresh_from_db()
        assert signal.report_count == signal.reports.count() == 7

    def test_looks_at_one_moment_all_stand_in_the_chain(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        at_once(*[lambda: looked_at([signal], by=cast["verpleegkundige"], surface="signal")] * 6)
        assert broken_links(signal.owner_id) == []

    def test_the_same_figures_come_in_twice_and_stand_there_once(self, kortrijk: None) -> None:
        file = Path("areas/fixtures/profielcijfers.csv").read_bytes()
        results = at_once(*[lambda: read(io.BytesIO(file)) for _ in range(4)])
        assert sorted(str(result) for result in results)[-1] == "added 216, changed 0, the same 0, refused 0"
        assert ProfileFigure.objects.count() == 216
