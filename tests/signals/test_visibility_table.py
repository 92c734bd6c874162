"""What each right opens, one right at a time: read it, know of it, steer it, add to it. The rest stays shut."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db.models import Count, Q
from django.utils import timezone

from signals.models import Handover, Share, Signal
from signals.visibility import Sight
from signals.workflow import SignalStatus as S
from teams.access import Access
from teams.models import Organisation, Team
from tests.cast import Cast, area
from tests.signals.test_workflow import in_status

type Make = Callable[..., Signal]

HERE, ELSEWHERE = "Overleie", "Marke"
KEEPER, WORKER, OTHER = "sociale-dienst", "wijkwerking-noord", "buurtwerk"
OWNER, NEIGHBOUR = "ocmw", "politie"
NOTHING: frozenset[str] = frozenset()
DAY = dt.timedelta(days=1)


def viewer(organisation: str = NEIGHBOUR, teams: str = "", **rights: str) -> Access:
    """`viewer("ocmw", view="Overleie", work="sociale-dienst")`: who holds exactly this."""
    codes = {team.code: team.pk for team in Team.objects.all()}
    areas = {name: area(name).pk for name in (HERE, ELSEWHERE)}

    def keys(known: dict[str, int]) -> dict[str, frozenset[int]]:
        found = {
            action: frozenset(known[name] for name in on.split() if name in known) for action, on in rights.items()
        }
        return {action: pks for action, pks in found.items() if pks}

    return Access(
        organisation_id=Organisation.objects.get(code=organisation).pk,
        team_ids=frozenset(codes[code] for code in teams.split()),
        area_grants=keys(areas),
        team_grants=keys(codes),
    )


def seen(signal: Signal, by: Access) -> set[str]:
    def holds(rows: Any) -> bool:
        found: bool = rows.filter(pk=signal.pk).exists()
        return found

    listed = Signal.objects.listed(by).filter(pk=signal.pk).first()
    assert holds(Signal.objects.readable(by)) == (getattr(listed, "sight", None) == Sight.FULL)
    can = {
        "read": holds(Signal.objects.readable(by)),
        "know": getattr(listed, "sight", None) == Sight.LIMITED,
        "steer": holds(Signal.objects.writable(by)),
        "add": holds(Signal.objects.contributable(by)),
    }
    return {what for what, may in can.items() if may}


@pytest.fixture
def signal(report: Make) -> Signal:
    """Of the OCMW, kept by its social service, with a task at the ward team."""
    made = report("Burenruzie")
    ids = [Team.objects.get(code=WORKER).pk]
    teams = {code: Team.objects.get(code=code) for code in (KEEPER, WORKER)}
    Signal.objects.filter(pk=made.pk).update(
        owner=Organisation.objects.get(code=OWNER), team=teams[KEEPER], working_team_ids=ids, area=area(HERE)
    )
    return made


def check(signal: Signal, table: list[tuple[Access, set[str] | frozenset[str]]]) -> None:
    assert [seen(signal, by) for by, _ in table] == [set(may) for _, may in table]


class TestOpen:
    def test_is_read_in_its_area_and_by_who_owns_or_does_it(self, signal: Signal) -> None:
        Signal.objects.filter(pk=signal.pk).update(level=0)
        check(signal, [
            (viewer(view=HERE), {"read"}),
            (viewer(view=ELSEWHERE), NOTHING),
            (viewer(teams=KEEPER), {"read"}),
            (viewer(teams=WORKER), {"read"}),
            (viewer(teams=OTHER), NOTHING),
            (viewer(OWNER), NOTHING),
            (viewer(OWNER, route=HERE, register=HERE, work=f"{KEEPER} {WORKER}"), NOTHING),
            (viewer(view_sealed=KEEPER), NOTHING),
        ])  # fmt: skip

    def test_is_steered_by_who_routes_there_for_the_owner_or_works_for_its_keeper(self, signal: Signal) -> None:
        Signal.objects.filter(pk=signal.pk).update(level=0)
        check(signal, [
            (viewer(OWNER, view=HERE, route=HERE), {"read", "steer", "add"}),
            (viewer(OWNER, view=HERE, route=ELSEWHERE), {"read"}),
            (viewer(view=HERE, route=HERE), {"read", "add"}),
            (viewer(view=HERE, work=KEEPER), {"read", "steer", "add"}),
            (viewer(OWNER, view=HERE, work=OTHER), {"read"}),
        ])  # fmt: skip

    def test_is_added_to_by_who_registers_there_or_works_on_it(self, signal: Signal) -> None:
        Signal.objects.filter(pk=signal.pk).update(level=0)
        check(signal, [
            (viewer(view=HERE, register=HERE), {"read", "add"}),
            (viewer(view=HERE, register=ELSEWHERE), {"read"}),
            (viewer(teams=WORKER, work=WORKER), {"read", "add"}),
            (viewer(teams=WORKER, work=OTHER), {"read"}),
        ])  # fmt: skip


class TestLimited:
    def test_is_read_within_its_owner_alone(self, signal: Signal) -> None:
        Signal.objects.filter(pk=signal.pk).update(level=1)
        check(signal, [
            (viewer(OWNER, view=HERE), {"read"}),
            (viewer(OWNER, teams=KEEPER), {"read"}),
            (viewer(OWNER, teams=WORKER), {"read"}),
            (viewer(OWNER, view=ELSEWHERE), NOTHING),
            (viewer(OWNER), NOTHING),
            (viewer(OWNER, view=HERE, route=HERE), {"read", "steer", "add"}),
            (viewer(OWNER, teams=WORKER, work=WORKER), {"read", "add"}),
        ])  # fmt: skip

    def test_is_known_of_by_others_who_view_the_area_or_work_on_it(self, signal: Signal) -> None:
        Signal.objects.filter(pk=signal.pk).update(level=1)
        check(signal, [
            (viewer(view=HERE), {"know"}),
            (viewer(view=HERE, route=HERE, register=HERE, work=f"{KEEPER} {WORKER}"), {"know"}),
            (viewer(teams=WORKER, work=WORKER), {"know"}),
            (viewer(teams=KEEPER), NOTHING),
            (viewer(view=ELSEWHERE), NOTHING),
        ])  # fmt: skip


class TestSealed:
    def test_is_there_for_who_may_read_sealed_matter_of_its_keeper(self, signal: Signal) -> None:
        Signal.objects.filter(pk=signal.pk).update(level=2)
        check(signal, [
            (viewer(view_sealed=KEEPER), {"read"}),
            (viewer(OWNER, view_sealed=KEEPER, route=HERE), {"read", "add"}),
            (viewer(view_sealed=KEEPER, work=KEEPER), {"read", "steer", "add"}),
            (viewer(OWNER, view=HERE, route=HERE, register=HERE, work=KEEPER), NOTHING),
            (viewer(OWNER, teams=f"{KEEPER} {WORKER}"), NOTHING),
            (viewer(OWNER, view=HERE, view_sealed=f"{OTHER} {WORKER}"), NOTHING),
        ])  # fmt: skip


class TestPlacedNowhere:
    @pytest.mark.parametrize("level", [0, 1])
    def test_is_for_who_routes_anywhere_for_the_owner(self, signal: Signal, level: int) -> None:
        Signal.objects.filter(pk=signal.pk).update(level=level, area=None, team=None, working_team_ids=[])
        check(signal, [
            (viewer(OWNER, route=ELSEWHERE), {"read", "steer", "add"}),
            (viewer(OWNER, view=HERE, register=HERE), NOTHING),
            (viewer(route=HERE), NOTHING),
        ])  # fmt: skip


class TestTold:
    """A sentence of it, by a share or a handover: less than reading it, more than knowing of it."""

    def told(self, signal: Signal, cast: Cast, how: str) -> None:
        by, until = cast["verpleegkundige"], timezone.now() + DAY
        ward = Team.objects.get(code=WORKER)
        if how == "share":
            Share.objects.create(
                signal=signal, team=ward, text="Een zin.", legal_ground="Grond", purpose="Doel", by=by, expires_at=until
            )  # fmt: skip
        else:
            Handover.objects.create(
                signal=signal, kind="handover", team=ward, text="Een zin.", legal_ground="Grond", by=by, due_at=until,
                from_organisation=Organisation.objects.get(code=OWNER),
            )  # fmt: skip

    @pytest.mark.parametrize("how", ["share", "handover"])
    @pytest.mark.parametrize("level", [0, 1, 2])
    def test_is_shared_with_its_receiver_and_nobody_else(
        self, cast: Cast, signal: Signal, how: str, level: int
    ) -> None:
        Signal.objects.filter(pk=signal.pk).update(level=level, working_team_ids=[], area=area(ELSEWHERE))
        self.told(signal, cast, how)

        def sight(by: Access) -> str | None:
            return getattr(Signal.objects.listed(by).filter(pk=signal.pk).first(), "sight", None)

        assert sight(viewer(teams=WORKER)) == Sight.SHARED
        assert sight(viewer(teams=f"{WORKER} {OTHER}", view_sealed=KEEPER, view=ELSEWHERE)) == (
            Sight.SHARED if level == 1 else Sight.FULL
        )
        assert sight(viewer(teams=OTHER)) is None
        assert not Signal.objects.readable(viewer(teams=WORKER)).filter(pk=signal.pk).exists()


class TestTheAreaInbox:
    @pytest.mark.parametrize(
        ("changes", "surfaced"),
        [
            ({}, False),
            ({"routine": False}, True),
            ({"surfaced_at": timezone.now(), "surfaced_why": "lifted"}, True),
            ({"status": S.NEW}, True),
            ({"status": S.TO_DIVIDE}, True),
            ({"status": S.REOPENED, "reopened_at": timezone.now()}, True),
            ({"status": S.RESOLVED}, True),
            ({"status": S.ROUTED}, False),
            ({"due_at": timezone.now() - DAY}, True),
            ({"due_at": timezone.now() + DAY}, False),
            ({"due_at": None}, False),
        ],
    )
    def test_holds_no_routine_unless_it_asks_for_somebody(
        self, report: Make, changes: dict[str, Any], surfaced: bool
    ) -> None:
        signal = report()
        assert (signal.routine, signal.status) == (True, S.IN_PROGRESS)
        Signal.objects.filter(pk=signal.pk).update(**changes)
        assert Signal.objects.surfaced().filter(pk=signal.pk).exists() == surfaced

    def test_holds_what_waits_for_its_reporter_only_when_it_was_late_before(self, report: Make) -> None:
        signal = report()
        now = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
        for since, late in [(now - 3 * DAY, False), (now - DAY, True)]:
            Signal.objects.filter(pk=signal.pk).update(
                status=S.WAITING, waiting_for="reporter", waiting_reason="Waar?", waiting_until=now.date() + 9 * DAY,
                waiting_since=since, due_at=now - 2 * DAY,
            )  # fmt: skip
            with time_machine.travel(now, tick=False):
                assert Signal.objects.surfaced().filter(pk=signal.pk).exists() == late


class TestStates:
    def test_are_open_or_ended_and_some_are_to_be_divided(self, report: Make) -> None:
        signal = report()
        for status in S:
            one = Signal.objects.filter(pk=in_status(signal, status).pk)
            found = (one.open().exists(), one.ended().exists(), one.to_divide().exists())
            ended = status in {"closed", "cancelled", "not_ours", "joined"}
            assert found == (not ended, ended, status in {"new", "to_divide", "reopened"}), status


class TestTally:
    def test_counts_several_things_at_once(self, report: Make) -> None:
        for subject in ("Sluikstort", "Sluikstort", "Woonkwaliteit"):
            report(subject)
        counts = {"all": Count("pk"), "routine": Count("pk", filter=Q(routine=True)), "later": Count("closed_at")}
        assert Signal.objects.order_by("reference").tally(**counts) == {"all": 3, "routine": 2, "later": 0}
        assert Signal.objects.filter(pk__in=[]).tally(**counts) == {"all": 0, "routine": 0, "later": 0}
