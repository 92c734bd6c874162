"""Two signals that are one go on as one; one that is two is split; and both can be taken back."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
import time_machine
from django.conf import settings
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from signals.actions import erase_reporters
from signals.arrivals import add_words
from signals.handing import hand_over
from signals.joining import join, separate, split
from signals.levels import Level
from signals.models import Joining, Report, Reporter, Signal
from signals.models.status_links import status_url
from signals.search import Asked, find
from signals.workflow import SignalStatus, TaskStatus
from teams.access import access_of
from teams.models import Team, User
from tests.cast import MARKE, Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]


@pytest.fixture
def two(report: Make) -> tuple[Signal, Signal]:
    first = report("Onveilige situatie", description="Het hek hangt los.")
    second = report("Onveilige situatie", description="Een los hek.", name="An", email="an@voorbeeld.be")
    return first, second


class TestJoining:
    def test_lets_the_reports_go_on_in_the_other(self, two: tuple[Signal, Signal], cast: Cast) -> None:
        first, second = two
        join(second, into=first, by=cast["coordinator"])
        assert (first.report_count, first.reports.count(), second.reports.count()) == (2, 2, 0)
        assert second.status == SignalStatus.JOINED

    def test_takes_who_reported_it_along(self, two: tuple[Signal, Signal], cast: Cast) -> None:
        first, second = two
        told = second.reports.get()
        join(second, into=first, by=cast["coordinator"])
        first.close(by=cast["coordinator"], outcome="Het hek staat vast.")
        page = Client().get(status_url(told).removeprefix("http://localhost:8000")).content.decode()
        assert "Het hek staat vast." in page

    def test_moves_running_work_that_the_other_has_not(self, two: tuple[Signal, Signal], cast: Cast) -> None:
        first, second = two
        ward, net = Team.objects.get(code="wijkwerking-noord"), Team.objects.get(code="team-net-noord")
        for signal, team in [(first, net), (second, net), (second, ward)]:
            signal.offer(team=team, title="Kijken", by=cast["coordinator"])
        join(second, into=first, by=cast["coordinator"])
        live = {task.team.code for task in first.tasks.live()}
        assert {"wijkwerking-noord", "team-net-noord"} <= live
        assert first.tasks.live().filter(team=net, title="Kijken").count() == 1
        assert set(first.working_team_ids) >= {ward.pk, net.pk}
        assert second.working_team_ids == []

    def test_twice_is_once(self, two: tuple[Signal, Signal], cast: Cast) -> None:
        first, second = two
        assert join(second, into=first, by=cast["coordinator"]) == join(second, into=first, by=cast["coordinator"])
        assert first.report_count == 2

    def test_refuses_another_owner_a_more_secret_one_and_itself(
        self, two: tuple[Signal, Signal], cast: Cast, report: Make
    ) -> None:
        first, second = two
        with pytest.raises(Refused, match="andere eigenaar"):
            join(report("Geluidshinder"), into=first, by=cast["coordinator"])
        with pytest.raises(Refused, match="hetzelfde"):
            join(first, into=first, by=cast["coordinator"])
        second.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        with pytest.raises(Refused, match="geheimer"):
            join(second, into=first, by=cast["coordinator"])

    def test_says_nothing_of_the_other_signal_in_its_course(self, two: tuple[Signal, Signal], cast: Cast) -> None:
        first, second = two
        join(second, into=first, by=cast["coordinator"])
        said = [event.sentence for signal in two for event in signal.events.all()]
        assert not any(first.reference in sentence or second.reference in sentence for sentence in said)

    def test_leaves_nothing_to_reopen(self, two: tuple[Signal, Signal], cast: Cast) -> None:
        first, second = two
        join(second, into=first, by=cast["coordinator"])
        with pytest.raises(Refused, match="samengevoegd"):
            second.reopen(by=cast["coordinator"], reason="Toch niet.")


class TestUndoing:
    def test_gives_back_what_moved(self, two: tuple[Signal, Signal], cast: Cast) -> None:
        first, second = two
        task = second.tasks.live().first()
        joining = join(second, into=first, by=cast["coordinator"])
        separate(joining, by=cast["coordinator"])
        assert (first.reports.count(), second.reports.count(), first.report_count) == (1, 1, 1)
        assert second.is_open
        if task:
            task.refresh_from_db()
            assert task.signal_id == second.pk

    def test_revives_the_work_it_cost(self, two: tuple[Signal, Signal], cast: Cast) -> None:
        first, second = two
        net = Team.objects.get(code="team-net-noord")
        for signal in two:
            signal.offer(team=net, title="Kijken", by=cast["coordinator"])
        joining = join(second, into=first, by=cast["coordinator"])
        assert not second.tasks.live().exists()
        separate(joining, by=cast["coordinator"])
        assert second.tasks.live().filter(team=net, status=TaskStatus.ACCEPTED).exists()

    def test_finds_work_that_had_begun_begun(self, two: tuple[Signal, Signal], cast: Cast) -> None:
        net = Team.objects.get(code="team-net-noord")
        two[0].offer(team=net, title="Kijken", by=cast["coordinator"])
        two[1].offer(team=net, title="Kijken", by=cast["coordinator"])
        two[1].tasks.live().get(title="Kijken").begin(by=cast["uitvoerder"])
        joining = join(two[1], into=two[0], by=cast["coordinator"])
        separate(joining, by=cast["coordinator"])
        assert two[1].tasks.live().get(title="Kijken").status == TaskStatus.IN_PROGRESS
        assert two[1].status == SignalStatus.IN_PROGRESS

    def test_waits_until_a_later_joining_is_undone(self, two: tuple[Signal, Signal], cast: Cast, report: Make) -> None:
        """Otherwise it would run on without its report, which went along to the third."""
        first, second = two
        earlier = join(second, into=first, by=cast["coordinator"])
        later = join(first, into=report("Onveilige situatie"), by=cast["coordinator"])
        with pytest.raises(Refused, match="met een derde"):
            separate(earlier, by=cast["coordinator"])
        separate(later, by=cast["coordinator"])
        separate(earlier, by=cast["coordinator"])
        assert second.reports.count() == second.report_count == 1

    def test_twice_is_once(self, two: tuple[Signal, Signal], cast: Cast) -> None:
        joining = join(two[1], into=two[0], by=cast["coordinator"])
        separate(joining, by=cast["coordinator"])
        separate(joining, by=cast["coordinator"])
        assert Joining.objects.get().undone_by == cast["coordinator"]


class TestSplitting:
    def test_gives_chosen_reports_a_signal_of_their_own(self, two: tuple[Signal, Signal], cast: Cast) -> None:
        first, second = two
        join(second, into=first, by=cast["coordinator"])
        mail = first.reports.get(description="Een los hek.")
        made = split(first, reports=[mail.pk], by=cast["coordinator"])
        assert (made.description, made.reports.get(), made.report_count) == ("Een los hek.", mail, 1)
        assert (first.report_count, made.area, made.level) == (1, first.area, first.level)
        assert made.due_at
        assert first.due_at
        assert made.due_at >= first.due_at

    def test_mails_who_is_asked_at_another_organisation(self, report: Make, cast: Cast) -> None:
        first, second = report("Straatverlichting"), report("Straatverlichting", description="Nog een lamp.")
        join(second, into=first, by=cast["coordinator"])
        User.objects.filter(pk=cast["fluvius"].pk).update(mail_offers=True)
        made = split(first, reports=[first.reports.get(description="Nog een lamp.").pk], by=cast["coordinator"])
        (task,) = made.tasks.all()
        assert Message.objects.filter(key=f"task:{task.pk}:offered:{cast['fluvius'].pk}").exists()

    def test_leaves_one_report_behind(self, two: tuple[Signal, Signal], cast: Cast) -> None:
        with pytest.raises(Refused, match="blijft bij dit signaal"):
            split(two[0], reports=[two[0].reports.get().pk], by=cast["coordinator"])

    def test_leaves_nothing_of_the_words_that_left(self, two: tuple[Signal, Signal], cast: Cast) -> None:
        first, second = two
        Report.objects.filter(pk=second.reports.get().pk).update(place="Markt 1", longitude=None, latitude=None)
        join(second, into=first, by=cast["coordinator"])
        gone, spot = first.reports.get(description="Het hek hangt los."), (first.longitude, first.latitude)
        made = split(first, reports=[gone.pk], by=cast["coordinator"])
        first.refresh_from_db()
        assert (first.description, first.place) == ("Een los hek.", "Markt 1")
        assert (first.longitude, first.latitude) == spot  # nothing better is known
        assert made.description == "Het hek hangt los."
        found = find(access_of(cast["coordinator"]), Asked("hangt"), Q()).ids
        assert list(found) == [made.pk]

    def test_goes_where_the_report_that_stays_was(self, two: tuple[Signal, Signal], cast: Cast) -> None:
        first, second = two
        Report.objects.filter(pk=second.reports.get().pk).update(longitude=MARKE[0], latitude=MARKE[1])
        join(second, into=first, by=cast["coordinator"])
        split(first, reports=[first.reports.get(description="Het hek hangt los.").pk], by=cast["coordinator"])
        first.refresh_from_db()
        assert first.area
        assert (first.area.name, first.area.pk in first.area_ids) == ("Marke", True)

    def test_keeps_its_own_words_when_another_report_leaves(self, two: tuple[Signal, Signal], cast: Cast) -> None:
        """Also when what leaves was reported earlier than what it says itself."""
        first, second = two
        join(first, into=second, by=cast["coordinator"])
        split(second, reports=[second.reports.get(description="Het hek hangt los.").pk], by=cast["coordinator"])
        second.refresh_from_db()
        assert second.description == "Een los hek."


class TestAdditions:
    """What somebody adds to their own report."""

    @pytest.fixture
    def signal(self, two: tuple[Signal, Signal]) -> Signal:
        add_words(report=two[1].reports.get(), text="Het klappert ook.", key=uuid.uuid4())
        two[1].refresh_from_db()
        return two[1]

    def test_are_not_counted_as_reports(self, two: tuple[Signal, Signal], signal: Signal, cast: Cast) -> None:
        assert signal.report_count == 1
        joining = join(signal, into=two[0], by=cast["coordinator"])
        assert two[0].report_count == 2
        separate(joining, by=cast["coordinator"])
        assert (two[0].report_count, signal.report_count) == (1, 1)

    def test_made_while_joined_go_back_with_their_report(self, two: tuple[Signal, Signal], cast: Cast) -> None:
        joining = join(two[1], into=two[0], by=cast["coordinator"])
        add_words(report=two[0].reports.get(description="Een los hek."), text="Nog altijd.", key=uuid.uuid4())
        separate(joining, by=cast["coordinator"])
        assert two[1].reports.filter(description="Nog altijd.").exists()
        assert (two[0].report_count, two[1].report_count) == (1, 1)

    def test_split_off_keep_who_said_it(self, signal: Signal, cast: Cast) -> None:
        added = signal.reports.get(follows__isnull=False)
        made = split(signal, reports=[added.pk], by=cast["coordinator"])
        who = Reporter.objects.get(report__signal=made)
        assert (who.name, who.email, who.wants_answer) == ("An", "an@voorbeeld.be", True)
        assert made.reports.get().follows is None
        assert (made.report_count, signal.report_count) == (1, 1)
        made.close(by=cast["coordinator"], outcome="Vastgezet.")
        assert Message.objects.filter(to="an@voorbeeld.be", key__startswith=f"closed:{made.pk}:").count() == 1

    def test_split_off_forget_who_said_it_like_the_rest(self, signal: Signal, cast: Cast) -> None:
        made = split(signal, reports=[signal.reports.get(follows__isnull=False).pk], by=cast["coordinator"])
        made.close(by=cast["coordinator"], outcome="Vastgezet.")
        with time_machine.travel(timezone.now() + dt.timedelta(days=settings.RETENTION["reporter_days"] + 1)):
            erase_reporters()
        assert not Reporter.objects.filter(report__signal=made).exists()
        assert Reporter.objects.filter(report__signal=signal).exists()  # it still runs

    def test_left_behind_keep_who_said_it(self, signal: Signal, cast: Cast) -> None:
        told = signal.reports.get(follows__isnull=True)
        split(signal, reports=[told.pk], by=cast["coordinator"])
        assert signal.reports.get().reporter.email == "an@voorbeeld.be"
        signal.refresh_from_db()
        assert signal.description == "Het klappert ook."


class TestSecrecy:
    @pytest.fixture
    def ward(self, cast: Cast) -> Team:
        return Team.objects.get(code="wijkwerking-noord")

    @pytest.mark.parametrize("more", [Level.LIMITED, Level.SEALED])
    def test_joins_only_what_is_equally_secret(self, cast: Cast, report: Make, more: int) -> None:
        """Otherwise who reads the one would learn of the other, and its photos would lose their readers."""
        keeper = cast["verpleegkundige"]
        first, second = report("Schuldhulp of steun"), report("Schuldhulp of steun")
        if first.level >= more:
            first = report("Bezorgd om iemand")
        else:
            first.raise_level(by=keeper, level=more)
        with pytest.raises(Refused, match="even geheim"):
            join(second, into=first, by=keeper)
        second.raise_level(by=keeper, level=first.level)
        join(second, into=first, by=keeper)
        assert second.status == SignalStatus.JOINED

    def test_joins_sealed_matter_within_the_team_that_keeps_it(self, cast: Cast, report: Make) -> None:
        first, second = report("Bezorgd om iemand"), report("Bezorgd om iemand")
        Signal.objects.filter(pk=second.pk).update(team=Team.objects.get(code="wijkwerking-noord"))
        with pytest.raises(Refused, match="Een ander team"):
            join(second, into=first, by=cast["verpleegkundige"])

    def test_makes_what_was_joined_as_secret_as_what_it_goes_on_in(
        self, two: tuple[Signal, Signal], cast: Cast, report: Make
    ) -> None:
        third = report("Onveilige situatie")
        join(third, into=two[1], by=cast["coordinator"])
        join(two[1], into=two[0], by=cast["coordinator"])
        two[0].raise_level(by=cast["coordinator"], level=Level.LIMITED)
        levels = Signal.objects.filter(pk__in=[third.pk, two[1].pk]).values_list("level", flat=True)
        assert set(levels) == {Level.LIMITED}

    def test_hands_what_was_joined_over_too(self, two: tuple[Signal, Signal], cast: Cast, ward: Team) -> None:
        join(two[1], into=two[0], by=cast["coordinator"])
        asked = hand_over(signal=two[0], by=cast["coordinator"], team=ward, text="Voor jullie.", legal_ground="Taak")
        asked.acknowledge(by=cast["wijkinspecteur"])
        two[1].refresh_from_db()
        assert (two[1].owner, two[1].team) == (ward.organisation, ward)

    def test_takes_a_shared_sentence_along_between_equals(
        self, two: tuple[Signal, Signal], cast: Cast, ward: Team
    ) -> None:
        first, second = two
        second.share(
            by=cast["coordinator"], team=ward, text="Let op het hek.", legal_ground="Taak", purpose="Toezicht",
            expires_at=timezone.now() + dt.timedelta(days=9),
        )  # fmt: skip
        join(second, into=first, by=cast["coordinator"])
        assert first.shares.count() == 1

    def test_splits_what_was_handed_over_for_its_new_owner_alone(self, cast: Cast, report: Make, ward: Team) -> None:
        """The subject is the OCMW's, the matter by now is the police's."""
        signal = report("Bezorgd om iemand", name="An")
        join(report("Bezorgd om iemand"), into=signal, by=cast["verpleegkundige"])
        Signal.objects.filter(pk=signal.pk).update(owner=ward.organisation, team=ward)
        signal.refresh_from_db()
        made = split(signal, reports=[signal.reports.all()[1].pk], by=cast["wijkinspecteur"])
        assert (made.owner, made.team, made.level) == (ward.organisation, ward, Level.SEALED)
        assert not made.tasks.exists()
        assert not Signal.objects.readable(access_of(cast["verpleegkundige"])).filter(pk=made.pk).exists()
        assert Signal.objects.readable(access_of(cast["wijkinspecteur"])).filter(pk=made.pk).exists()

    def test_splits_what_was_sealed_by_hand_within_its_team(self, cast: Cast, report: Make) -> None:
        signal = report("Schuldhulp of steun")
        join(report("Schuldhulp of steun"), into=signal, by=cast["coordinator.ocmw"])
        signal.raise_level(by=cast["coordinator.ocmw"], level=Level.SEALED)
        made = split(signal, reports=[signal.reports.all()[1].pk], by=cast["verpleegkundige"])
        assert (made.level, made.team) == (Level.SEALED, signal.team)


class TestPages:
    def test_offer_what_runs_nearby_and_join_it(self, two: tuple[Signal, Signal], cast: Cast, sign_in: SignIn) -> None:
        first, second = two
        bram, url = sign_in(cast["coordinator"]), f"/signalen/{second.reference}/samenvoeging/"
        assert first.reference in bram.get(url).content.decode()
        assert bram.post(url, {"near": first.reference}).status_code == 302
        assert Joining.objects.get().into == first

    def test_tell_those_nearby_apart_by_their_words(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        here = report("Zwerfvuil", description="Blikjes in de gracht.")
        report("Zwerfvuil", description="Papier aan de bushalte.")
        shown = sign_in(cast["coordinator"]).get(f"/signalen/{here.reference}/samenvoeging/").content.decode()
        assert "Papier aan de bushalte." in shown
        assert "op 0 meter" in shown

    def test_ask_for_a_reference_when_nothing_runs_nearby(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        alone = report("Zwerfvuil")
        shown = sign_in(cast["coordinator"]).get(f"/signalen/{alone.reference}/samenvoeging/").content.decode()
        assert "In de buurt loopt niets anders dat je mag samenvoegen." in shown
        assert "Zoals S-BOKA-7291." in shown

    def test_answer_the_same_for_what_is_unknown_and_what_may_not_be_read(
        self, two: tuple[Signal, Signal], cast: Cast, sign_in: SignIn, report: Make
    ) -> None:
        sealed = report("Bezorgd om iemand")
        said = "We vinden dit signaal niet bij de signalen die jij aanstuurt."
        for reference in (sealed.reference, "S-ZZZZ-0000"):
            answer = sign_in(cast["coordinator"]).post(
                f"/signalen/{two[0].reference}/samenvoeging/", {"reference": reference}
            )
            assert (answer.status_code, said in answer.content.decode()) == (422, True)

    def test_never_propose_what_may_not_be_read(
        self, two: tuple[Signal, Signal], cast: Cast, sign_in: SignIn, report: Make
    ) -> None:
        sealed = report("Bezorgd om iemand")
        shown = sign_in(cast["coordinator"]).get(f"/signalen/{two[0].reference}/samenvoeging/").content.decode()
        assert sealed.reference not in shown
        assert "Bezorgd" not in shown

    def test_beside_the_list_in_a_window(self, two: tuple[Signal, Signal], cast: Cast, sign_in: SignIn) -> None:
        first, second = two
        bram, url = sign_in(cast["coordinator"]), f"/signalen/{second.reference}/samenvoeging/"
        hx = {"HX-Request": "true", "HX-Current-URL": "http://testserver/postvak/"}
        window = bram.get(url, headers=hx).text
        assert window.strip().startswith("<dialog")
        assert f'value="{first.reference}"' in window
        refused = bram.post(url, {}, headers=hx)
        assert (refused.status_code, refused.text.strip()[:5]) == (422, "<form")
        answer = bram.post(url, {"near": first.reference}, headers=hx)
        assert f'data-reference="{second.reference}"' in answer.text
        assert second.reference in answer.headers["HX-Trigger"]
        undone = bram.post(f"/signalen/samenvoegingen/{Joining.objects.get().pk}/ongedaan/", headers=hx)
        assert "Ongedaan gemaakt" in undone.headers["HX-Trigger"].encode().decode("unicode_escape")
        second.refresh_from_db()
        assert second.is_open

    def test_undo_for_who_steers_both(self, two: tuple[Signal, Signal], cast: Cast, sign_in: SignIn) -> None:
        joining = join(two[1], into=two[0], by=cast["coordinator"])
        url = f"/signalen/samenvoegingen/{joining.pk}/ongedaan/"
        assert sign_in(cast["coordinator.politie"]).post(url).status_code in {403, 404}
        assert sign_in(cast["coordinator"]).post(url).status_code == 302
        joining.refresh_from_db()
        assert joining.undone_at

    def test_split_by_ticking_reports(self, two: tuple[Signal, Signal], cast: Cast, sign_in: SignIn) -> None:
        first, second = two
        join(second, into=first, by=cast["coordinator"])
        mail = first.reports.get(description="Een los hek.")
        bram, url = sign_in(cast["coordinator"]), f"/signalen/{first.reference}/splitsing/"
        assert bram.post(url, {}).status_code == 422
        assert bram.post(url, {"reports": [str(mail.pk)]}).status_code == 302
        mail.refresh_from_db()
        assert mail.signal not in two
