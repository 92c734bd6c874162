"""What the rules are asked of something corrected, what becomes of its term and its reports, and who is told what."""

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import BRUSSELS
from signals.arrivals import add_words
from signals.correcting import correct
from signals.correction import plan
from signals.intake import Contact, register
from signals.joining import join
from signals.models import Category, EventKind, RoutingRule, Signal
from signals.models.corrected import Spot
from signals.workflow import SignalStatus
from teams.models import Team, User, WorkingWeek
from tests.cast import Cast, area

type Make = Callable[..., Signal]

MONDAY = dt.datetime(2026, 11, 2, 9, tzinfo=BRUSSELS)


def subject(name: str) -> Category:
    return Category.objects.get(name=name)


def rule(about: str, team: str = "groen", **more: Any) -> RoutingRule:
    return RoutingRule.objects.create(
        name="Proef", priority=1, category=subject(about), team=Team.objects.get(code=team), **more
    )


def corrected(signal: Signal, by: User, name: str = "", *, spot: Spot | None = None, **how: Any) -> Signal:
    signal.refresh_from_db()
    category, spot = subject(name) if name else signal.category, spot or signal.spot
    shown = plan(signal, by=by, category=category, spot=spot).key
    correct(signal=signal, by=by, category=category, spot=spot, shown=shown, **how)
    signal.refresh_from_db()
    return signal


def say_yes(signal: Signal, who: User) -> None:
    signal.tasks.update(accepted_by=who)


class TestRules:
    def test_are_asked_about_it_as_it_came_in(self, cast: Cast, report: Make) -> None:
        """By its first report, on the day of that."""
        rule("Zwerfvuil", channel="mail", words="zetel", ends=timezone.localdate() - dt.timedelta(days=2))
        signal = report(channel="mail", received_at=timezone.now() - dt.timedelta(days=3))
        register(Contact(category=signal.category, description="Ook glas."), join=signal)
        found = plan(signal, by=cast["coordinator"], category=subject("Zwerfvuil"), spot=signal.spot)
        assert found.goes_to == "Groen"

    @pytest.mark.parametrize(
        ("was", "becomes"),
        [("Klacht over de dienstverlening", "Zwerfvuil"), ("Zwerfvuil", "Klacht over de dienstverlening")],
    )
    def test_are_asked_about_the_more_secret_of_both(self, cast: Cast, report: Make, was: str, becomes: str) -> None:
        rule(becomes, level=1)
        signal = report(was)
        found = plan(signal, by=cast["coordinator"], category=subject(becomes), spot=signal.spot)
        assert found.goes_to == "Groen"

    def test_send_it_to_the_post_that_they_name_for_who_chose_that(self, cast: Cast, report: Make) -> None:
        signal, bram = report(), cast["coordinator"]
        made, straight = rule("Zwerfvuil", "wijkwerking-noord", post_function="ward_inspector"), signal.tasks.get()
        found = plan(signal, by=bram, category=subject("Zwerfvuil"), spot=signal.spot)
        assert found.route.post is not None
        corrected(signal, bram, "Zwerfvuil", follow=True, take_back=[str(straight.pk)])
        task = signal.tasks.live().get()
        assert (task.post, task.title) == (found.route.post, subject("Zwerfvuil").work_title)
        straight.refresh_from_db()
        assert [straight.ended_by, task.offered_by, signal.rule, signal.team] == [bram, bram, made, None]

    def test_that_name_nobody_leave_it_to_be_divided(self, cast: Cast, report: Make) -> None:
        signal = report()
        how: dict[str, Any] = {"follow": True, "take_back": [str(signal.tasks.get().pk)]}
        corrected(signal, cast["coordinator"], "Klacht over de dienstverlening", **how)
        assert (signal.status, signal.team, signal.tasks.live().count()) == (SignalStatus.TO_DIVIDE, None, 0)

    @pytest.mark.parametrize(
        ("with_whom", "title", "tasks"),
        [("wijkwerking-noord", "", 1), ("wijkwerking-noord", "Toezicht", 2), ("openbaar-domein", "", 2)],
    )
    def test_ask_nobody_for_what_they_do_already(
        self, cast: Cast, report: Make, with_whom: str, title: str, tasks: int
    ) -> None:
        signal, bram = report(), cast["coordinator"]
        rule("Zwerfvuil", "wijkwerking-noord", post_function="ward_inspector")
        signal.tasks.get().withdraw(by=bram)
        team = Team.objects.get(code=with_whom)
        task = signal.offer(team=team, title=title or subject("Zwerfvuil").work_title, by=bram)
        if with_whom == "wijkwerking-noord":
            task.accept(by=cast["wijkinspecteur"])
        corrected(signal, bram, "Zwerfvuil", follow=True)
        assert signal.tasks.live().count() == tasks


class TestSealedWork:
    def test_bears_the_name_of_the_new_subject_in_its_own_team_alone(self, cast: Cast, report: Make) -> None:
        signal, nurse = report("Bezorgd om iemand"), cast["verpleegkundige"]
        was, now = signal.category.work_title, subject("Zorgwekkende woonsituatie").work_title
        others = Team.objects.get(code="buurtwerk")
        until = timezone.now() + dt.timedelta(days=7)
        signal.share(
            by=nurse, team=others, text="Ga eens langs.", legal_ground="Noodtoestand", purpose="Hulp", expires_at=until
        )
        signal.offer(team=others, title=was, by=nurse)  # its own team has it already
        corrected(signal, nurse, "Zorgwekkende woonsituatie")
        assert dict(signal.tasks.live().values_list("team__code", "title")) == {"sociale-dienst": now, "buurtwerk": was}


class TestTerm:
    @pytest.mark.parametrize(("follow", "days"), [(True, 9), (False, 0)])
    def test_is_that_of_the_rules_only_when_they_are_followed(
        self, cast: Cast, report: Make, follow: bool, days: int
    ) -> None:
        with time_machine.travel(MONDAY):
            signal, other = report(), report("Onveilige situatie")
            rule("Onveilige situatie", term_days=9)
            by_rule = report("Onveilige situatie")
        assert (
            corrected(signal, cast["coordinator"], "Onveilige situatie", follow=follow).due_at
            == (by_rule if days else other).due_at
        )

    def test_stays_when_only_the_place_is_corrected(self, cast: Cast, report: Make) -> None:
        signal = report()
        due_at = timezone.now() + dt.timedelta(days=50)
        Signal.objects.filter(pk=signal.pk).update(due_at=due_at)
        assert corrected(signal, cast["coordinator"], spot=Spot(place="Budastraat")).due_at == due_at

    def test_is_counted_in_the_working_days_of_its_owner(self, cast: Cast, report: Make) -> None:
        with time_machine.travel(MONDAY, tick=False):
            signal = report()
            WorkingWeek.objects.create(organisation=signal.owner, weekdays=[0])  # Mondays alone
            other = report("Onveilige situatie")
            assert corrected(signal, cast["coordinator"], "Onveilige situatie").due_at == other.due_at

    @pytest.mark.parametrize("reopened", [False, True])
    def test_is_as_if_it_had_been_right_from_the_start(self, cast: Cast, report: Make, reopened: bool) -> None:
        """Without the time that an answer of the reporter took, and counted anew since it was reopened."""
        bram = cast["coordinator"]
        with time_machine.travel(MONDAY, tick=False):
            both = report(), report("Onveilige situatie")
            for signal in both:
                until = timezone.localdate() + dt.timedelta(days=9)
                signal.wait(by=bram, until=until, waiting_for="reporter", reason="Waar?")
        with time_machine.travel(MONDAY + dt.timedelta(days=2), tick=False):
            for signal in both:
                signal.resume(by=bram)
        if reopened:
            with time_machine.travel(MONDAY + dt.timedelta(days=14), tick=False):
                for signal in both:
                    signal.close(by=bram, outcome="Weg.")
            with time_machine.travel(MONDAY + dt.timedelta(days=15), tick=False):
                for signal in both:
                    signal.reopen(by=bram, reason="Nog niet.")
        with time_machine.travel(MONDAY + dt.timedelta(days=16), tick=False):
            assert corrected(both[0], bram, "Onveilige situatie").due_at == both[1].due_at


class TestReports:
    def test_of_the_same_person_move_with_the_place_and_of_others_stay(self, cast: Cast, report: Make) -> None:
        signal = report(email="an@voorbeeld.be")
        first = signal.reports.get()
        add_words(report=first, text="Ook glas.", key=uuid7())
        signal.reports.filter(follows=first).update(place=first.place)
        register(Contact(category=signal.category, description="Rommel.", place="Overleiestraat"), join=signal)
        spot = Spot("Budastraat", 3.2645, 50.8290, area("Kortrijk Centrum").pk, (area("Kortrijk Centrum").pk,))
        corrected(signal, cast["coordinator"], spot=spot)
        by_them = signal.reports.filter(follows=first) | signal.reports.filter(pk=first.pk)
        assert set(by_them.values_list("place", "longitude", "latitude")) == {("Budastraat", 3.2645, 50.8290)}
        assert signal.reports.exclude(pk__in=by_them).get().place == "Overleiestraat"

    def test_that_told_of_another_place_keep_it(self, cast: Cast, report: Make) -> None:
        signal = report(email="an@voorbeeld.be")
        first = signal.reports.get()
        add_words(report=first, text="Ook om de hoek.", key=uuid7())
        signal.reports.filter(follows=first).update(place="Izegemsestraat")
        corrected(signal, cast["coordinator"], spot=Spot(place="Budastraat"))
        assert list(signal.reports.order_by("received_at").values_list("place", flat=True)) == [
            "Budastraat", "Izegemsestraat",
        ]  # fmt: skip

    def test_of_secret_matter_stay_as_they_were_told(self, cast: Cast, report: Make) -> None:
        signal = report()
        corrected(signal, cast["coordinator"], "Klacht over de dienstverlening", spot=Spot(place="Budastraat"))
        told = signal.reports.get()
        assert (told.category.name, told.place) == ("Sluikstort", "Overleiestraat")

    def test_and_signals_of_another_subject_that_were_joined_keep_it(self, cast: Cast, report: Make) -> None:
        other, signal = report("Zwerfvuil"), report()
        joined, apart = report(), report()
        for one in (other, joined):
            join(one, into=signal, by=cast["coordinator"])
        corrected(signal, cast["coordinator"], "Onveilige situatie")
        other.refresh_from_db()
        joined.refresh_from_db()
        apart.refresh_from_db()
        assert apart.category.name == "Sluikstort", "nobody joined it"
        assert (other.category.name, joined.category.name, joined.routine) == ("Zwerfvuil", "Onveilige situatie", False)
        assert {told.category.name for told in signal.reports.all()} == {"Zwerfvuil", "Onveilige situatie"}


class TestCourse:
    def test_tells_both_places_in_words_and_who_corrected(self, cast: Cast, report: Make) -> None:
        signal, bram = report(at=None, area=area("Overleie")), cast["coordinator"]
        places = [Spot(), Spot(area_id=area("Marke").pk), Spot("Bij de kerk", area_id=area("Marke").pk), Spot("Ergens")]
        for spot in places:
            corrected(signal, bram, spot=spot)
        told = list(signal.events.filter(kind=EventKind.NEW_PLACE).order_by("at", "pk"))
        assert {event.by for event in told} == {bram}
        words = ["Overleiestraat (Overleie)", "", "Marke", "Bij de kerk (Marke)", "Ergens"]
        assert [(event.data["old"], event.data["new"]) for event in told] == list(itertools.pairwise(words))
        corrected(signal, bram, "Zwerfvuil")
        assert signal.events.get(kind=EventKind.NEW_SUBJECT).by == bram
        assert signal.events.filter(kind=EventKind.NEW_PLACE).count() == len(told)

    def test_tells_who_made_it_more_secret(self, cast: Cast, report: Make) -> None:
        signal = corrected(report(), cast["coordinator"], "Klacht over de dienstverlening")
        assert signal.events.get(kind=EventKind.LEVEL_RAISED).by == cast["coordinator"]

    def test_names_who_has_it_also_when_they_do_nothing_yet(self, cast: Cast, report: Make) -> None:
        signal = report()
        signal.tasks.get().withdraw(by=cast["coordinator"])
        Signal.objects.filter(pk=signal.pk).update(team=Team.objects.get(code="team-net-noord"))
        corrected(signal, cast["coordinator"], "Onveilige situatie")
        assert signal.route_reason == "Verbeterd; het blijft bij Team Net Kortrijk Noord."

    def test_says_whether_somebody_has_it_or_nobody(self, cast: Cast, report: Make) -> None:
        signal = report("Klacht over de dienstverlening", by=None, channel="web")
        assert signal.status == SignalStatus.NEW
        Signal.objects.filter(pk=signal.pk).update(team=None)
        rule("Klacht over de dienstverlening")
        corrected(signal, cast["coordinator"], spot=Spot(place="Budastraat"))
        assert (signal.status, signal.route_reason) == (SignalStatus.TO_DIVIDE, "Verbeterd; nog te verdelen.")


class TestRefusal:
    def test_of_what_stands_like_this_already(self, cast: Cast, report: Make) -> None:
        with pytest.raises(Refused, match=r"^Zo staat het er al\."):
            corrected(report(), cast["coordinator"])

    def test_of_what_nobody_read(self, cast: Cast, report: Make) -> None:
        signal = report(by=None, unread=True)
        with pytest.raises(Refused, match=r"^Niemand las dit al"):
            corrected(signal, cast["coordinator"], "Zwerfvuil")

    def test_of_what_became_something_else(self, cast: Cast, report: Make) -> None:
        signal = report()
        with pytest.raises(Refused, match=r"^Intussen"):
            correct(
                signal=signal, by=cast["coordinator"], category=subject("Onveilige situatie"), spot=signal.spot,
                shown="iets anders",
            )  # fmt: skip


class TestSignal:
    """What it holds to, whoever asks it: the rules above it ask before."""

    def test_that_goes_on_in_another_is_not_corrected(self, cast: Cast, report: Make) -> None:
        first, second = report(), report()
        join(second, into=first, by=cast["coordinator"])
        with pytest.raises(Refused, match=r"^Dit signaal staat al op “samengevoegd”"):
            second.correct(by=cast["coordinator"], category=subject("Zwerfvuil"), spot=second.spot, route=None)

    def test_that_is_sealed_stays_with_its_team_whatever_the_rules_say(self, cast: Cast, report: Make) -> None:
        signal, nurse, about = report("Bezorgd om iemand"), cast["verpleegkundige"], "Zorgwekkende woonsituatie"
        rule(about, "buurtwerk")
        route = plan(signal, by=nurse, category=subject(about), spot=signal.spot).route
        assert str(route.team) == "Buurtwerk"
        signal.correct(by=nurse, category=subject(about), spot=signal.spot, route=route)
        signal.refresh_from_db()
        assert (str(signal.team), signal.category.name) == ("Sociale dienst", about)


class TestMail:
    def test_leads_who_works_on_it_to_the_task(self, cast: Cast, report: Make) -> None:
        signal, hassan = report("Onveilige situatie"), cast["uitvoerder"]
        say_yes(signal, hassan)
        corrected(signal, cast["coordinator"], "Zwerfvuil")
        mail, task = Message.objects.get(key__contains=":corrected-"), signal.tasks.get()
        link = f"{settings.SITE_URL}{reverse('signals:task', args=[task.pk])}"
        today = date_format(timezone.localdate(), "j F Y")
        assert (mail.to, mail.reader_id, mail.subject) == (
            hassan.email, hassan.pk, "Verbeterd: een taak van Openbaar domein",
        )  # fmt: skip
        assert mail.body == (
            f"Dag {hassan.name}\n\nOp {today} verbeterde een collega het onderwerp of de plaats van iets waaraan "
            f"Openbaar domein werkt. Lees het na voor je verdergaat: {link}"
        )

    def test_goes_not_to_who_corrected_it(self, cast: Cast, report: Make) -> None:
        signal = report("Onveilige situatie")
        say_yes(signal, cast["uitvoerder"])
        corrected(signal, cast["uitvoerder"], "Zwerfvuil")
        assert not Message.objects.filter(key__contains=":corrected-").exists()
