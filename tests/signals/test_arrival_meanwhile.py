"""What was done to an unread mail before somebody read it: it can still be read, and nothing of it goes astray."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.refusals import Refused
from signals.arrivals import admit, needs_admission
from signals.handing import hand_over, refer_person
from signals.intake import Contact, register
from signals.joining import join, separate, split
from signals.levels import Level
from signals.models import Category, Handover, Report, Share, Signal
from signals.workflow import HandoverState, SignalStatus
from teams.access import access_of
from teams.models import Organisation, Team, User
from tests.cast import Cast
from tests.signals.incoming.conftest import Receive, letter, made, receive  # noqa: F401

type SignIn = Callable[[User], Client]
type Act = Callable[[Signal, Cast], Any]

GROUND = "toestemming"


def team(code: str) -> Team:
    return Team.objects.get(code=code)


def subject(name: str) -> Category:
    return Category.objects.get(name=name)


def asked(signal: Signal, cast: Cast, to: str = "wijkwerking-noord") -> Handover:
    return hand_over(signal=signal, by=cast["coordinator"], team=team(to), text="kwibbelzin", legal_ground=GROUND)


def told(signal: Signal, cast: Cast, to: str = "wijkwerking-noord") -> Share:
    return signal.share(
        by=cast["coordinator"], team=team(to), text="kwibbelzin", legal_ground=GROUND, purpose="nagaan",
        expires_at=timezone.now() + dt.timedelta(days=7),
    )  # fmt: skip


@pytest.fixture
def new(receive: Receive) -> Signal:  # noqa: F811
    found: Signal = made(receive(letter("Mijn buurvrouw eet niet meer."))).signal
    return found


class TestWhatWasAskedOfOthers:
    def test_falls_away_when_it_turns_out_to_be_sealed(self, cast: Cast, sign_in: SignIn, new: Signal) -> None:
        handover, inspector = asked(new, cast), sign_in(cast["wijkinspecteur"])
        page = reverse("signals:handover", args=[handover.pk])
        assert "kwibbelzin" in inspector.get(page).text
        admit(signal=new, by=cast["agent"], category=subject("Bezorgd om iemand"))
        handover.refresh_from_db()
        assert handover.state == HandoverState.WITHDRAWN
        assert "kwibbelzin" not in inspector.get(page).text
        inspector.post(reverse("signals:handover-acknowledgement", args=[handover.pk]))
        new.refresh_from_db()
        assert (new.level, new.owner.code, str(new.team)) == (Level.SEALED, "ocmw", "Sociale dienst")
        assert not Signal.objects.listed(access_of(cast["wijkinspecteur"])).filter(pk=new.pk).exists()

    def test_is_taken_up_while_nobody_read_it(self, cast: Cast, sign_in: SignIn, new: Signal) -> None:
        """The permitted way: the police says yes to what the city still has."""
        handover = asked(new, cast)
        sign_in(cast["wijkinspecteur"]).post(reverse("signals:handover-acknowledgement", args=[handover.pk]))
        new.refresh_from_db()
        assert (new.owner.code, str(new.team)) == ("politie", "Wijkwerking Noord")

    def test_is_not_taken_over_from_who_has_it_no_longer(self, cast: Cast, new: Signal) -> None:
        handover = asked(new, cast)
        Signal.objects.filter(pk=new.pk).update(owner=Organisation.objects.get(code="ocmw"), team=None)
        with pytest.raises(Refused, match=r"vroeg dit, en heeft dit signaal niet meer\."):
            handover.acknowledge(by=cast["wijkinspecteur"])
        new.refresh_from_db()
        assert new.owner.code == "ocmw"

    def test_is_a_person_referred_by_who_has_it_no_longer(self, cast: Cast, new: Signal) -> None:
        referral = refer_person(
            signal=new, by=cast["coordinator"], team=team("wijkwerking-noord"), text="kwibbelzin", legal_ground=GROUND
        )
        admit(signal=new, by=cast["agent"], category=subject("Bezorgd om iemand"))
        referral.refresh_from_db()
        assert referral.state == HandoverState.WITHDRAWN
        assert not Handover.objects.shown_to(access_of(cast["wijkinspecteur"])).exists()

    def test_ends_with_the_sentence_that_was_shared(self, cast: Cast, new: Signal) -> None:
        told(new, cast)
        inspector = access_of(cast["wijkinspecteur"])
        assert Share.objects.received_by(inspector).exists()
        admit(signal=new, by=cast["agent"], category=subject("Bezorgd om iemand"))
        assert not Share.objects.received_by(inspector).exists()
        assert not Signal.objects.listed(inspector).filter(pk=new.pk).exists()

    def test_stays_when_nothing_changes_for_them(self, cast: Cast, new: Signal) -> None:
        share, handover = told(new, cast), asked(new, cast)
        limited = subject("Sluikstort")
        limited.level, limited.public, limited.routine = Level.LIMITED, False, False
        limited.save()
        admit(signal=new, by=cast["agent"], category=limited)
        share.refresh_from_db()
        handover.refresh_from_db()
        assert (share.revoked_at, handover.state) == (None, HandoverState.OFFERED)

    def test_that_was_joined_with_it_becomes_as_secret(self, cast: Cast, new: Signal, receive: Receive) -> None:  # noqa: F811
        second = made(receive(letter("Nog eens over de buurvrouw.", Subject="Buurvrouw"))).signal
        join(second, into=new, by=cast["coordinator"])
        admit(signal=new, by=cast["agent"], category=subject("Bezorgd om iemand"))
        second.refresh_from_db()
        assert (second.level, second.owner.code) == (Level.SEALED, "ocmw")
        assert not Signal.objects.listed(access_of(cast["coordinator"])).filter(pk__in=[new.pk, second.pk]).exists()
        assert Signal.objects.readable(access_of(cast["verpleegkundige"])).filter(pk=second.pk).exists()


def waits_and_resumes(signal: Signal, cast: Cast) -> None:
    until = timezone.localdate() + dt.timedelta(days=3)
    signal.wait(by=cast["coordinator"], until=until, waiting_for="other", reason="Eerst bellen.")
    signal.resume(by=cast["coordinator"])


def is_offered_and_withdrawn(signal: Signal, cast: Cast) -> None:
    signal.offer(team=team("groen"), title="Kijken", by=cast["coordinator"]).withdraw(by=cast["coordinator"])


def is_closed_and_reopened(signal: Signal, cast: Cast) -> None:
    signal.close(by=cast["coordinator"], outcome="Niets gezien.")
    signal.reopen(by=cast["coordinator"], reason="Toch wel.")


def is_joined_and_separated(signal: Signal, cast: Cast) -> None:
    other = Signal.objects.exclude(pk=signal.pk).get()
    separate(join(signal, into=other, by=cast["coordinator"]), by=cast["coordinator"])


def is_handed_over(signal: Signal, cast: Cast) -> None:
    asked(signal, cast, "groen").acknowledge(by=cast["coordinator"])


WAYS: list[Act] = [
    waits_and_resumes, is_offered_and_withdrawn, is_closed_and_reopened, is_joined_and_separated, is_handed_over,
]  # fmt: skip


class TestAnUnreadMail:
    @pytest.fixture(autouse=True)
    def _another(self, receive: Receive) -> None:  # noqa: F811
        receive(letter("Een andere mail.", Subject="Iets anders"))

    @pytest.mark.parametrize("way", WAYS)
    def test_is_still_to_be_read_after(self, cast: Cast, sign_in: SignIn, new: Signal, way: Act) -> None:
        way(new, cast)
        new.refresh_from_db()
        assert new.status in {SignalStatus.NEW, SignalStatus.TO_DIVIDE, SignalStatus.REOPENED}
        bram, page = sign_in(cast["coordinator"]), reverse("signals:signal-admission", args=[new.reference])
        assert page in bram.get(reverse("signals:signal", args=[new.reference])).text
        typed = {"category": subject("Sluikstort").pk, "place": "Overleiestraat 12"}
        assert bram.post(page, typed).status_code == 302
        new.refresh_from_db()
        assert (new.level, new.category.name, new.status) == (Level.OPEN, "Sluikstort", SignalStatus.IN_PROGRESS)
        assert new.working_team_ids == [task.team_id for task in new.tasks.live()]
        assert new.working_team_ids == [team("team-net-noord").pk]

    def test_is_read_once(self, cast: Cast, new: Signal) -> None:
        """What nobody could be named for waits to be divided, as a mail nobody read does: yet it was read."""
        admit(signal=new, by=cast["agent"], category=subject("Burenruzie"))
        assert new.status == SignalStatus.TO_DIVIDE
        assert not needs_admission(new)
        with pytest.raises(Refused, match="Iemand las dit signaal al"):
            admit(signal=new, by=cast["coordinator.politie"], category=subject("Sluikstort"))

    def test_that_somebody_sealed_stays_sealed(self, cast: Cast, new: Signal) -> None:
        Signal.objects.filter(pk=new.pk).update(owner=Organisation.objects.get(code="ocmw"))
        new.refresh_from_db()
        new.team = team("sociale-dienst")
        new.save()
        new.raise_level(by=cast["verpleegkundige"], level=Level.SEALED)
        admit(signal=new, by=cast["verpleegkundige"], category=subject("Bezorgd om iemand"))
        assert (new.level, str(new.team)) == (Level.SEALED, "Sociale dienst")

    @pytest.mark.parametrize(("raised", "level"), [(True, Level.LIMITED), (False, Level.OPEN)])
    def test_that_somebody_made_more_secret_stays_so(self, cast: Cast, raised: bool, level: Level) -> None:
        signal = register(Contact(category=subject("Sluikstort"), description="x", channel="web", unread=True)).signal
        if raised:
            signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        admit(signal=signal, by=cast["coordinator"], category=subject("Sluikstort"))
        assert signal.level == level

    def test_leaves_what_was_split_off_after_reading_alone(self, cast: Cast, new: Signal, receive: Receive) -> None:  # noqa: F811
        second = made(receive(letter("Dezelfde ruzie.", Subject="Ruzie")))
        join(second.signal, into=new, by=cast["coordinator"])
        admit(signal=new, by=cast["agent"], category=subject("Burenruzie"))
        apart = split(new, reports=[second.pk], by=cast["coordinator.politie"])
        assert not needs_admission(apart)

    def test_keeps_the_place_that_another_reporter_typed(
        self,
        cast: Cast,
        new: Signal,
        receive: Receive,  # noqa: F811
    ) -> None:
        second = made(receive(letter("Zelfde lamp.", Subject="Lamp")))
        join(second.signal, into=new, by=cast["coordinator"])
        Report.objects.filter(pk=second.pk).update(place="Bij de kapper")
        admit(signal=new, by=cast["agent"], category=subject("Sluikstort"))
        second.refresh_from_db()
        assert (second.place, second.category.name) == ("Bij de kapper", "Sluikstort")


class TestWhatAColleagueWroteDown:
    def test_never_has_to_be_read(self, cast: Cast, report: Callable[..., Signal]) -> None:
        signal = report("Onveilige situatie")
        for task in signal.tasks.live():
            task.withdraw(by=cast["coordinator"])
        Signal.objects.filter(pk=signal.pk).update(route_reason="")
        signal.refresh_from_db()
        assert signal.status == SignalStatus.TO_DIVIDE
        assert not needs_admission(signal)
