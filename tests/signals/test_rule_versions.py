"""Versions of a rule: who changed what when, as sentences, and back to one of before."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kortrijk_gebied.refusals import Refused
from signals.models import Category, RoutingRule
from signals.rule_versions import restore, versions_of
from teams.access import access_of
from teams.models import Organisation, Team, User
from tests.cast import Cast, area

type SignIn = Callable[[User], Client]


@pytest.fixture
def rule(cast: Cast) -> RoutingRule:
    return RoutingRule.objects.get(name="Sluikstort Noord")


def change(rule: RoutingRule, by: User, **changed: object) -> None:
    for name, value in changed.items():
        setattr(rule, name, value)
    rule.full_clean()
    rule.keep(by=by)


def said(rule: RoutingRule) -> list[str]:
    return versions_of(rule)[0].said


class TestVersions:
    def test_begin_with_how_it_was_made(self, rule: RoutingRule) -> None:
        [first] = versions_of(rule)
        assert (first.number, first.by, first.said, first.is_current) == (1, "", ["Gemaakt."], True)
        assert (
            first.sentence == "Sluikstort in Overleie of Pius X gaat naar Team Net Kortrijk Noord, termijn 3 werkdagen."
        )

    def test_say_who_changed_what(self, cast: Cast, rule: RoutingRule) -> None:
        change(
            rule, cast["coordinator"], team=Team.objects.get(code="openbaar-domein"), term_days=2,
            words="zetel, matras", area_ids=[area("Overleie").pk, area("Marke").pk],
        )  # fmt: skip
        newest = versions_of(rule)[0]
        assert (newest.number, newest.by) == (2, "Bram Vandeputte")
        assert newest.said == [
            "Gebieden erbij: Marke.",
            "Gebieden eraf: Pius X.",
            "Woorden in de tekst: – → “zetel”, “matras”.",
            "Team: Team Net Kortrijk Noord → Openbaar domein.",
            "Termijn in werkdagen: – → 2.",
        ]

    def test_say_when_it_holds(self, cast: Cast, rule: RoutingRule) -> None:
        change(rule, cast["coordinator"], day_from=4, day_until=0, time_from=dt.time(18), time_until=dt.time(7, 30),
               in_one_stretch=True, holiday=False, ends=dt.date(2027, 3, 31))  # fmt: skip
        assert said(rule) == [
            "Wanneer: – → van vrijdag 18 uur tot maandag 7.30 uur.",
            "Feestdag: – → dan nooit.",
            "Geldt tot en met: – → 31 maart 2027.",
        ]

    def test_say_that_it_was_moved_and_switched(self, cast: Cast, rule: RoutingRule) -> None:
        rule.move(2, by=cast["coordinator"])
        assert said(rule) == ["Verplaatst van plaats 1 naar 3."]
        rule.switch(on=False, by=cast["beheerder"])
        assert (said(rule), versions_of(rule)[0].by) == (["Uitgezet."], "Quinten Hoste")
        rule.switch(on=False, by=cast["beheerder"])
        assert len(versions_of(rule)) == 3

    def test_leave_out_that_others_were_moved_past_it(self, cast: Cast, rule: RoutingRule) -> None:
        RoutingRule.objects.get(name="Sluikstort → Openbaar domein").move(-9, by=cast["coordinator"])
        assert len(versions_of(rule)) == 1

    def test_cost_the_same_however_many(
        self, cast: Cast, rule: RoutingRule, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        change(rule, cast["coordinator"], term_days=1)
        with django_assert_max_num_queries(10) as few:
            versions_of(rule)
        for days in (2, 3, 4):
            change(rule, cast["beheerder"], term_days=days)
        with django_assert_max_num_queries(len(few.captured_queries)):
            versions_of(rule)


class TestRestoring:
    def back(self, rule: RoutingRule, who: User, number: int = 1) -> None:
        restore(rule, number, viewer=access_of(who), by=who)

    def test_makes_it_what_it_was_as_a_new_version(self, cast: Cast, rule: RoutingRule) -> None:
        before = list(rule.area_ids)
        change(rule, cast["beheerder"], area_ids=[], words="zetel", term_days=9)
        self.back(rule, cast["coordinator"])
        rule.refresh_from_db()
        assert (rule.area_ids, rule.words, rule.term_days, rule.version) == (before, "", None, 3)
        assert versions_of(rule)[0].by == "Bram Vandeputte"

    def test_leaves_its_place_and_whether_it_works(self, cast: Cast, rule: RoutingRule) -> None:
        rule.move(2, by=cast["coordinator"])
        rule.switch(on=False, by=cast["coordinator"])
        self.back(rule, cast["coordinator"])
        rule.refresh_from_db()
        assert (rule.priority, rule.active) == (3, False)

    def test_refuses_what_cannot_work_any_more(self, cast: Cast, rule: RoutingRule) -> None:
        change(rule, cast["coordinator"], team=Team.objects.get(code="openbaar-domein"))
        Team.objects.filter(code="team-net-noord").update(ends=timezone.localdate() - dt.timedelta(days=1))
        with pytest.raises(Refused, match="Team Net Kortrijk Noord stopte op"):
            self.back(rule, cast["coordinator"])
        rule.refresh_from_db()
        assert rule.team.code == "openbaar-domein"

    def test_refuses_a_subject_that_went_to_another_organisation(self, cast: Cast, rule: RoutingRule) -> None:
        change(rule, cast["coordinator"], category=Category.objects.get(name="Zwerfvuil"))
        Category.objects.filter(name="Sluikstort").update(owner=Organisation.objects.get(code="politie"))
        with pytest.raises(Refused, match="een andere organisatie"):
            self.back(rule, cast["coordinator"])

    def test_refuses_a_version_that_is_not_there(self, cast: Cast, rule: RoutingRule) -> None:
        with pytest.raises(Refused):
            self.back(rule, cast["coordinator"], 99)


class TestPages:
    def test_show_versions_to_who_reads_rules_and_lets_the_owner_go_back(
        self, cast: Cast, sign_in: SignIn, rule: RoutingRule
    ) -> None:
        change(rule, cast["beheerder"], term_days=9)
        url = f"/signalen/regels/{rule.pk}/versies/"
        assert "Hierheen terug" not in sign_in(cast["coordinator.politie"]).get(url).content.decode()
        assert sign_in(cast["coordinator.politie"]).post(f"{url}1/herstel/").status_code == 403
        assert sign_in(cast["agent"]).get(url).status_code == 403
        own = sign_in(cast["coordinator"])
        page = own.get(url).content.decode()
        assert "Termijn in werkdagen: – → 9." in page
        assert own.get(f"{url}1/herstel/").status_code == 405
        assert own.post(f"{url}1/herstel/").status_code == 302
        rule.refresh_from_db()
        assert rule.term_days is None

    def test_say_why_not(self, cast: Cast, sign_in: SignIn, rule: RoutingRule) -> None:
        page = sign_in(cast["coordinator"]).post(f"/signalen/regels/{rule.pk}/versies/9/herstel/", follow=True)
        assert "Die versie bestaat niet." in page.content.decode()
