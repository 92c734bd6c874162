"""Rules by hour, calendar, words and post; and rules that break after they were saved."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from areas.models import Area, AreaSet, Crosswalk
from kortrijk_gebied.workdays import BRUSSELS
from signals.levels import Level
from signals.models import Category, RoutingRule, Signal
from signals.routing import Route, Router
from signals.soundness import Soundness
from teams.models import ClosingDay, Organisation, Post, Team, TeamGrant, WorkingWeek
from tests.cast import MARKE, Cast, area

type Make = Callable[..., Signal]

SATURDAY = dt.datetime(2026, 11, 21, 23, 0, tzinfo=BRUSSELS)
WEDNESDAY = dt.datetime(2026, 11, 18, 11, 0, tzinfo=BRUSSELS)
ARMISTICE = dt.datetime(2026, 11, 11, 11, 0, tzinfo=BRUSSELS)


def rule(name: str = "Proef", team: str = "groen", **conditions: object) -> RoutingRule:
    """The first of all rules."""
    made = RoutingRule(name=name, team=Team.objects.get(code=team), priority=0, **conditions)
    made.save()
    return made


def route(subject: str = "Zwerfvuil", **asked: object) -> Route:
    category = Category.objects.select_related("owner__intake_team").get(name=subject)
    area_ids = asked.pop("area_ids", None) or [area("Overleie").pk]
    known = {"area_ids": area_ids, "channel": "phone", "level": category.level, "at": WEDNESDAY}
    return Router().route(category=category, **{**known, **asked})  # type: ignore[arg-type]


def caught(**asked: object) -> bool:
    found = route(**asked).rule  # type: ignore[arg-type]
    return found is not None and found.name == "Proef"


@pytest.mark.usefixtures("kortrijk")
class TestConditions:
    def test_a_weekend(self) -> None:
        rule(day_from=4, day_until=0, time_from=dt.time(18), time_until=dt.time(7), in_one_stretch=True)
        assert caught(at=SATURDAY)
        assert not caught(at=WEDNESDAY)
        assert "van vrijdag 18 uur tot maandag 7 uur" in route(at=SATURDAY).reason

    def test_words_in_the_text(self) -> None:
        rule(words="naald, spuit")
        assert caught(text="Er liggen Naalden bij de speeltuin.")
        assert not caught(text="Er ligt papier.")
        assert not caught()

    @pytest.mark.parametrize(("holiday", "on", "off"), [(True, True, False), (False, False, True)])
    def test_public_holidays(self, holiday: bool, on: bool, off: bool) -> None:
        rule(holiday=holiday)
        assert caught(at=ARMISTICE) is on
        assert caught(at=WEDNESDAY) is off

    def test_a_time_of_the_year(self) -> None:
        rule(starts=dt.date(2026, 11, 1), ends=dt.date(2026, 11, 18))
        assert caught(at=WEDNESDAY)
        assert not caught(at=SATURDAY)
        assert not caught(at=WEDNESDAY - dt.timedelta(days=30))

    def test_are_all_asked_at_once(self) -> None:
        rule(words="naald", channel="app", area_ids=[area("Overleie").pk])
        assert caught(text="naald", channel="app")
        assert not caught(text="naald")
        assert not caught(text="naald", channel="app", area_ids=[area("Marke").pk])

    def test_are_seen_when_it_is_registered(self, report: Make) -> None:
        rule(words="naald")
        assert report("Zwerfvuil", description="Een naald in het gras").tasks.get().team.code == "groen"
        assert report("Zwerfvuil", description="Papier in het gras").tasks.get().team.code == "openbaar-domein"


class TestPost:
    @pytest.fixture(autouse=True)
    def ward(self, cast: Cast) -> RoutingRule:
        noise = Category.objects.get(name="Geluidshinder")
        return rule(team="wijkwerking-noord", category=noise, post_function="ward_inspector")

    def test_of_the_area_is_asked(self, report: Make) -> None:
        task = report("Geluidshinder").tasks.get()
        assert task.post == Post.objects.get(team__code="wijkwerking-noord", area=area("Overleie"))
        assert "wijkinspecteur Overleie (Wijkwerking Noord)" in task.signal.route_reason

    def test_that_the_team_does_not_have_there_leaves_it_to_the_team(self, report: Make) -> None:
        task = report("Geluidshinder", at=MARKE).tasks.get()
        assert (task.post, task.team.code) == (None, "wijkwerking-noord")

    def test_that_is_gone_everywhere_breaks_the_rule(self, report: Make) -> None:
        Post.objects.filter(team__code="wijkwerking-noord").delete()
        signal = report("Geluidshinder")
        assert (signal.status, signal.tasks.count()) == ("to_divide", 0)
        assert "Wijkwerking Noord heeft geen post voor een wijkinspecteur." in signal.route_reason


class TestBroken:
    """What a broken rule catches waits to be divided with the reason: it does not go on to the rule below it."""

    @pytest.fixture(autouse=True)
    def special(self, cast: Cast) -> RoutingRule:
        return rule(category=Category.objects.get(name="Zwerfvuil"), area_ids=[area("Overleie").pk])

    def divided_because(self, why: str) -> None:
        found = route()
        assert (found.team, found.rule) == (None, None)
        assert "Regel “Proef” werkt niet meer" in found.reason
        assert why in found.reason
        assert route(area_ids=[area("Marke").pk]).team is not None  # where the rule does not look, nothing changes

    def test_by_a_team_that_ended(self) -> None:
        Team.objects.filter(code="groen").update(ends=timezone.localdate() - dt.timedelta(days=1))
        self.divided_because("Groen stopte op")

    def test_by_a_team_in_which_nobody_may_work(self) -> None:
        TeamGrant.objects.filter(content_object__code="groen").delete()
        self.divided_because("Niemand in Groen mag taken uitvoeren.")

    def test_by_a_team_that_became_joint(self) -> None:
        Team.objects.filter(code="groen").update(organisation=None, kind="project")
        self.divided_because("gezamenlijk team")

    def test_by_a_subject_that_is_no_longer_used(self) -> None:
        group = Category.objects.get(name="Afval en netheid")
        RoutingRule.objects.filter(name="Proef").update(category=group)
        Category.objects.filter(pk=group.pk).update(active=False)
        self.divided_because("wordt niet meer gebruikt")

    def test_by_a_division_that_is_over(self) -> None:
        """Only where the area of before lay; elsewhere the rules below go on."""
        new = self.replace()
        found = route(area_ids=[new["Overleie"].pk])
        assert found.team is None
        assert "De indeling van de stad die erin staat, geldt niet meer." in found.reason
        assert route(area_ids=[new["Marke"].pk]).team == Team.objects.get(code="openbaar-domein")

    def test_by_areas_nobody_knows_any_more(self) -> None:
        RoutingRule.objects.filter(name="Proef").update(area_ids=[999_999])
        assert route().team is None
        assert "een gebied dat er niet meer is" in " ".join(
            Soundness().faults(RoutingRule.objects.get(name="Proef")).values()
        )

    @staticmethod
    def replace() -> dict[str, Area]:
        """The same division anew from today on, with borders that lie where they lay."""
        today = timezone.localdate()
        before = AreaSet.objects.get(code="gebieden17")
        AreaSet.objects.filter(pk=before.pk).update(valid_to=today)
        after = AreaSet.objects.create(
            code=before.code, name=before.name, kind=before.kind, valid_from=today, source="proef", covering=False,
            provisional=False,
        )  # fmt: skip
        new = {
            old.name: Area.objects.create(set=after, code=old.code, name=old.name, boundary=old.boundary, hectares=1)
            for old in before.areas.filter(name__in=["Overleie", "Marke"])
        }
        Crosswalk.objects.bulk_create(
            Crosswalk(from_area=old, to_set=after, to_area=new[old.name], share=1)
            for old in before.areas.filter(name__in=new)
        )
        return new


@pytest.mark.usefixtures("kortrijk")
class TestSealedMatter:
    SUBJECT = "Bezorgd om iemand"

    def test_never_goes_where_nobody_could_read_it(self) -> None:
        rule(team="dienstencentrum-overleie")
        found = route(self.SUBJECT)
        assert found.team is not None
        assert found.team.code == "sociaal-huis"
        assert "mag lezen wat verzegeld is" in found.reason

    def test_finds_another_keeper_when_the_intake_team_keeps_nothing(self) -> None:
        RoutingRule.objects.all().delete()
        desk = Team.objects.get(code="sociaal-huis")
        TeamGrant.objects.filter(content_object=desk, permission__codename="view_sealed_team").delete()
        team = route(self.SUBJECT).team
        assert team is not None
        assert team.organisation == desk.organisation
        assert team.pk in Soundness().keepers[team.organisation_id or 0]

    def test_of_a_broken_rule_stays_with_its_owner(self) -> None:
        Team.objects.filter(code="sociale-dienst").update(ends=timezone.localdate() - dt.timedelta(days=1))
        found = route(self.SUBJECT)
        assert found.team is not None
        assert found.team.code == "sociaal-huis"


class TestTerm:
    def test_is_counted_in_the_calendar_of_who_does_the_work(self, report: Make) -> None:
        """The signal by the calendar of its owner, the task by that of the organisation that got it."""
        at = dt.datetime(2026, 11, 19, 10, 0, tzinfo=BRUSSELS)  # a Thursday
        fluvius = Organisation.objects.get(code="fluvius")
        ClosingDay.objects.create(organisation=fluvius, day=dt.date(2026, 11, 20), name="Brugdag")
        RoutingRule.objects.filter(category__name="Straatverlichting").update(term_days=1)
        signal = report("Straatverlichting", received_at=at)
        due = timezone.localtime(signal.due_at), timezone.localtime(signal.tasks.get().due_at)
        assert [day.date() for day in due] == [dt.date(2026, 11, 20), dt.date(2026, 11, 23)]

    def test_is_frozen_when_it_is_given(self, report: Make) -> None:
        signal = report("Sluikstort")
        before = signal.due_at, signal.tasks.get().due_at
        city = signal.owner
        RoutingRule.objects.update(term_days=90)
        Category.objects.update(term_days=90)
        WorkingWeek.objects.create(organisation=city, weekdays=[6])
        signal.refresh_from_db()
        assert (signal.due_at, signal.tasks.get().due_at) == before
        assert report("Sluikstort").due_at > signal.due_at  # type: ignore[operator]

    def test_of_an_organisation_that_works_at_the_weekend(self, report: Make) -> None:
        police = Organisation.objects.get(code="politie")
        WorkingWeek.objects.create(
            organisation=police, weekdays=list(range(7)), closes=dt.time(22), keeps_holidays=False
        )
        at = dt.datetime(2026, 11, 20, 10, 0, tzinfo=BRUSSELS)
        RoutingRule.objects.filter(name="Geluidshinder wijk Noord").update(term_days=1)
        assert timezone.localtime(report("Geluidshinder", received_at=at).due_at).isoformat()[:16] == "2026-11-21T22:00"


class TestSaving:
    """A rule that cannot work cannot be saved; each field says why."""

    @pytest.mark.parametrize(
        ("changed", "field", "said"),
        [
            ({"words": "a, rat"}, "words", "“a” is te kort"),
            ({"words": ", ;"}, "words", "is te kort"),
            ({"day_from": 4}, "day_until", "Kies beide dagen"),
            ({"time_until": dt.time(7)}, "time_from", "Vul beide uren in"),
            ({"in_one_stretch": True}, "in_one_stretch", "vul alle vier in"),
            ({"time_from": dt.time(7), "time_until": dt.time(7)}, "time_until", "dan geldt het nooit"),
            ({"starts": dt.date(2026, 12, 1), "ends": dt.date(2026, 11, 1)}, "ends", "Het einde ligt voor het begin."),
            ({"post_function": "ward_inspector"}, "post_function", "geen post voor een wijkinspecteur"),
            ({"area_ids": [999_999]}, "area_ids", "een gebied dat er niet meer is"),
        ],
    )
    def test_is_refused(self, kortrijk: None, changed: dict[str, object], field: str, said: str) -> None:
        zwerfvuil = Category.objects.get(name="Zwerfvuil")
        sound = RoutingRule(name="Proef", team=Team.objects.get(code="groen"), category=zwerfvuil)
        sound.full_clean()
        for name, value in changed.items():
            setattr(sound, name, value)
        with pytest.raises(ValidationError) as refused:
            sound.full_clean()
        assert said in " ".join(refused.value.message_dict[field])

    def test_of_a_level_below_sealed_may_name_another_organisation(self, kortrijk: None) -> None:
        group = Category.objects.get(name="Zorg om personen")
        RoutingRule(name="Open", category=group, team=Team.objects.get(code="groen"), level=Level.OPEN).clean()
