"""Who sees what: each denial beside the permission it must not take away."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.db.models import Q
from django.utils import timezone

from signals.models import Note, Reporter, Share, Signal, SignalEvent, Task
from signals.visibility import Sight
from teams.access import Access, access_of, access_of_organisation
from teams.models import Membership, Organisation, Team
from tests.cast import KOOIGEM, MARKE, Cast, area

type Make = Callable[..., Signal]


def reads(cast: Cast, who: str, signal: Signal) -> bool:
    return Signal.objects.readable(access_of(cast[who])).filter(pk=signal.pk).exists()


def sight(cast: Cast, who: str, signal: Signal) -> str | None:
    row = Signal.objects.listed(access_of(cast[who])).filter(pk=signal.pk).first()
    return getattr(row, "sight", None)


class TestOpen:
    def test_is_for_the_joint_area_team(self, cast: Cast, report: Make) -> None:
        signal = report()
        assert all(reads(cast, who, signal) for who in ["coordinator", "buurtwerker", "wijkinspecteur"])

    def test_is_not_for_another_area(self, cast: Cast, report: Make) -> None:
        signal = report(at=MARKE)
        assert not reads(cast, "coordinator", signal)
        assert reads(cast, "coordinator.rand", signal)

    def test_is_for_the_team_that_does_it_wherever_it_lies(self, cast: Cast, report: Make) -> None:
        assert reads(cast, "uitvoerder", report(at=MARKE))

    def test_without_a_place_is_for_who_routes_at_the_owner(self, cast: Cast, report: Make) -> None:
        signal = report("Klacht over de dienstverlening", at=None)
        Signal.objects.filter(pk=signal.pk).update(level=0)
        assert reads(cast, "coordinator", signal)
        assert not reads(cast, "coordinator.politie", signal)
        assert not reads(cast, "buurtwerker", signal)


class TestLimited:
    def test_shows_others_only_that_something_runs(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie")
        assert sight(cast, "wijkinspecteur", signal) == Sight.FULL
        assert sight(cast, "coordinator", signal) == Sight.LIMITED
        assert not reads(cast, "coordinator", signal)

    def test_is_nothing_to_who_may_not_view_the_area(self, cast: Cast, report: Make) -> None:
        assert sight(cast, "coordinator.rand", report("Burenruzie")) is None

    def test_a_task_for_another_organisation_does_not_open_it(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie")
        task = signal.offer(
            team=Team.objects.get(code="team-net-noord"), title="Haag snoeien", by=cast["coordinator.politie"]
        )
        assert Task.objects.readable(access_of(cast["uitvoerder"])).contains(task)
        assert sight(cast, "uitvoerder", signal) == Sight.LIMITED
        assert reads(cast, "wijkinspecteur", signal)

    def test_is_never_matched_by_content(self, cast: Cast, report: Make) -> None:
        report("Burenruzie", description="ruzie over de haag")
        viewer = access_of(cast["coordinator"])
        content = Q(description__icontains="haag")
        assert not Signal.objects.listed(viewer).matching(viewer, content).exists()
        mine = access_of(cast["wijkinspecteur"])
        assert Signal.objects.listed(mine).matching(mine, content).exists()


class TestSealed:
    @pytest.mark.parametrize(
        "who",
        [
            "agent", "coordinator", "coordinator.ocmw", "coordinator.politie", "gebiedswerker", "wijkinspecteur",
            "buurtwerker", "beheerder", "beheerder.ocmw", "dpo", "dpo.ocmw", "gemeenschapswacht",
        ],
    )  # fmt: skip
    def test_does_not_exist_for_anybody_else(self, cast: Cast, report: Make, who: str) -> None:
        signal = report("Bezorgd om iemand", at=KOOIGEM)
        assert sight(cast, who, signal) is None
        assert sight(cast, "verpleegkundige", signal) == Sight.FULL

    def test_not_even_for_who_registered_it(self, cast: Cast, report: Make) -> None:
        signal = report("Iemand vraagt hulp", by=cast["gemeenschapswacht"], channel="warden")
        assert not reads(cast, "gemeenschapswacht", signal)

    def test_not_in_a_report_for_its_own_organisation(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand", at=KOOIGEM)
        viewer = access_of_organisation(Organisation.objects.get(code="ocmw"), area("Kooigem"))
        assert not Signal.objects.listed(viewer).filter(pk=signal.pk).exists()


class TestShare:
    def share(self, cast: Cast, signal: Signal) -> Share:
        return signal.share(
            by=cast["verpleegkundige"],
            team=Team.objects.get(code="wijkwerking-zuid"),
            text="Graag langsgaan als u in de straat bent.",
            legal_ground="Noodtoestand",
            purpose="Nagaan of alles goed is",
            expires_at=timezone.now() + dt.timedelta(days=7),
        )

    def test_shows_the_receiver_its_sentence_and_not_the_signal(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand", at=KOOIGEM)
        assert sight(cast, "wijkinspecteur.zuid", signal) is None
        self.share(cast, signal)
        assert sight(cast, "wijkinspecteur.zuid", signal) == Sight.SHARED
        assert not reads(cast, "wijkinspecteur.zuid", signal)
        assert sight(cast, "wijkinspecteur", signal) is None

    def test_ends_when_it_expires(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand", at=KOOIGEM)
        self.share(cast, signal)
        with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
            assert not Share.objects.current().exists()

    def test_ends_when_it_is_revoked(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand", at=KOOIGEM)
        self.share(cast, signal).revoke(by=cast["verpleegkundige"])
        assert sight(cast, "wijkinspecteur.zuid", signal) is None

    def test_refuses_the_original_words(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand", at=KOOIGEM, description="Zij doet niet open.")
        with pytest.raises(Exception, match="text"):
            signal.share(
                by=cast["verpleegkundige"],
                team=Team.objects.get(code="wijkwerking-zuid"),
                text="zij doet niet open. ",
                legal_ground="Noodtoestand",
                purpose="Nagaan",
                expires_at=timezone.now() + dt.timedelta(days=7),
            )

    def test_lets_a_task_follow(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand", at=KOOIGEM)
        self.share(cast, signal)
        task = signal.offer(
            team=Team.objects.get(code="wijkwerking-zuid"), title="Mee aanbellen", by=cast["verpleegkundige"]
        )
        assert Task.objects.readable(access_of(cast["wijkinspecteur.zuid"])).filter(pk=task.pk).exists()
        assert not Task.objects.readable(access_of(cast["wijkinspecteur"])).filter(pk=task.pk).exists()
        assert not reads(cast, "wijkinspecteur.zuid", signal)


class TestWhatHangsOnIt:
    def test_a_limited_note_stays_in_its_organisation(self, cast: Cast, report: Make) -> None:
        signal = report()
        note = signal.add_note(by=cast["coordinator"], text="Bekende plek.", level=1)
        assert Note.objects.readable(access_of(cast["coordinator"])).contains(note)
        assert not Note.objects.readable(access_of(cast["wijkinspecteur"])).contains(note)

    def test_a_sealed_note_stays_in_its_team(self, cast: Cast, report: Make) -> None:
        signal = report()
        ward = Team.objects.get(code="wijkwerking-noord")
        note = signal.add_note(by=cast["wijkinspecteur"], text="Bekende dader.", level=2, team=ward)
        assert Note.objects.readable(access_of(cast["wijkinspecteur"])).contains(note)
        assert not Note.objects.readable(access_of(cast["coordinator.politie"])).contains(note)

    def test_events_of_a_sealed_signal_are_sealed(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand", at=KOOIGEM)
        events = SignalEvent.objects.filter(signal=signal)
        assert events.readable(access_of(cast["verpleegkundige"])).count() == events.count() > 0
        assert not events.readable(access_of(cast["coordinator.ocmw"])).exists()

    def test_who_reported_is_hidden_from_partners(self, cast: Cast, report: Make) -> None:
        report(name="Een buur", email="buur@example.be")
        assert Reporter.objects.readable(access_of(cast["coordinator"])).exists()
        assert not Reporter.objects.readable(access_of(cast["wijkinspecteur"])).exists()
        assert not Reporter.objects.readable(access_of(cast["uitvoerder"])).exists()


class TestMembership:
    def test_that_ended_sees_nothing(self, cast: Cast, report: Make) -> None:
        signal = report()
        assert reads(cast, "coordinator", signal)
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        Membership.objects.filter(user=cast["coordinator"]).update(ends=yesterday)
        cast["coordinator"].__dict__.pop("_access")
        assert not reads(cast, "coordinator", signal)

    def test_of_somebody_who_left_counts_no_more(self, cast: Cast, report: Make) -> None:
        signal = report()
        cast["coordinator"].is_active = False
        assert access_of(cast["coordinator"]) == Access()
        assert reads(cast, "gebiedswerker", signal)
