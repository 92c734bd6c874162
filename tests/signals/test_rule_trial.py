"""A rule is tried on the last ninety days before it works; its figures tell nothing about what one may not read."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from signals import rule_trial
from signals.models import Category, RoutingRule, Signal
from signals.rule_trial import Trial, try_rule
from teams.access import access_of
from teams.models import Team, User
from tests.cast import MARKE, Cast, area

type SignIn = Callable[[User], Client]
type Make = Callable[..., Signal]

RULES = "/signalen/regels/"


def litter(team: str = "groen", **conditions: Any) -> RoutingRule:
    subject = Category.objects.get(name="Zwerfvuil")
    return RoutingRule(name="Proef", category=subject, team=Team.objects.get(code=team), **conditions)


def tried(rule: RoutingRule, who: User) -> Trial:
    return try_rule(rule, viewer=access_of(who), user=who)


class TestTrial:
    def test_says_how_many_would_move_from_where_to_where(self, cast: Cast, report: Make) -> None:
        newest = [report("Zwerfvuil"), report("Zwerfvuil")]
        report("Sluikstort")
        trial = tried(litter(channel="phone"), cast["coordinator"])
        assert (trial.looked_at, trial.caught, trial.moved) == (2, 2, 2)
        assert [
            (move.source and move.source.code, move.target and move.target.code, move.count) for move in trial.moves
        ] == [("openbaar-domein", "groen", 2)]
        assert set(trial.moves[0].examples) == set(newest)

    def test_looks_back_ninety_days(self, cast: Cast, report: Make) -> None:
        report("Zwerfvuil", received_at=timezone.now() - dt.timedelta(days=91))
        assert tried(litter(), cast["coordinator"]).looked_at == 0

    def test_sees_each_signal_as_it_came_in(self, cast: Cast, report: Make) -> None:
        """By the channel of its first report, its hour and its words; not by who has it now."""
        signal = report("Zwerfvuil", channel="app", description="Naalden in het gras")
        signal.tasks.get().withdraw(by=cast["coordinator"])
        report("Zwerfvuil", channel="phone", description="Naalden in het gras")
        report("Zwerfvuil", channel="app", description="Papier in het gras")
        trial = tried(litter(channel="app", words="naald"), cast["coordinator"])
        assert (trial.looked_at, trial.caught, trial.moved) == (3, 1, 1)

    def test_moves_nothing_that_an_earlier_rule_takes(self, cast: Cast, report: Make) -> None:
        report("Zwerfvuil")
        plain = litter("groen")
        assert not plain.is_special  # it would come last, after the plain rule for the same subject
        RoutingRule.objects.filter(category__name="Zwerfvuil").update(priority=1)
        assert tried(plain, cast["coordinator"]).caught == 0

    def test_tells_of_what_keeps_its_team_and_gets_another_term(self, cast: Cast, report: Make) -> None:
        report("Zwerfvuil")
        trial = tried(litter("openbaar-domein", term_days=1, area_ids=[area("Overleie").pk]), cast["coordinator"])
        assert (trial.caught, trial.moved, trial.retermed) == (1, 0, 1)

    def test_of_a_changed_rule_compares_with_what_it_was(self, cast: Cast, report: Make) -> None:
        report("Sluikstort"), report("Sluikstort", at=MARKE)
        rule = RoutingRule.objects.get(name="Sluikstort Noord")
        rule.team = Team.objects.get(code="groen")
        trial = tried(rule, cast["coordinator"])
        assert [(m.source and m.source.code, m.target and m.target.code) for m in trial.moves] == [
            ("team-net-noord", "groen")
        ]

    def test_of_a_rule_that_works_compares_with_being_without_it(self, cast: Cast, report: Make) -> None:
        report("Sluikstort")
        trial = tried(RoutingRule.objects.get(name="Sluikstort Noord"), cast["coordinator"])
        assert [(m.source and m.source.code, m.target and m.target.code) for m in trial.moves] == [
            ("openbaar-domein", "team-net-noord")
        ]

    def test_shows_where_nobody_would_be_named(self, cast: Cast, report: Make) -> None:
        report("Zwerfvuil")
        Team.objects.filter(code="groen").update(ends=timezone.localdate() - dt.timedelta(days=1))
        assert [move.target for move in tried(litter(channel="phone"), cast["coordinator"]).moves] == [None]

    def test_tries_no_more_than_it_can(self, cast: Cast, report: Make, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rule_trial, "MOST_SIGNALS", 1)
        report("Zwerfvuil"), report("Zwerfvuil")
        trial = tried(litter(channel="phone"), cast["coordinator"])
        assert (trial.looked_at, trial.is_cut) == (1, True)

    def test_costs_the_same_however_many_signals(
        self, cast: Cast, report: Make, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        report("Zwerfvuil")
        access_of(cast["coordinator"])
        with django_assert_max_num_queries(40) as few:
            tried(litter(channel="phone"), cast["coordinator"])
        for _one in range(5):
            report("Zwerfvuil")
        with django_assert_max_num_queries(len(few.captured_queries)):
            tried(litter(channel="phone"), cast["coordinator"])


class TestPage:
    def test_tries_what_stands_in_the_form_and_keeps_nothing(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Zwerfvuil")
        rules = RoutingRule.objects.count()
        rule = litter(channel="phone")
        typed = {"name": "Proef", "category": rule.category_id, "team": rule.team_id, "channel": "phone", "try": "1"}
        page = sign_in(cast["coordinator"]).post(f"{RULES}nieuw/", typed)
        assert page.status_code == 200
        assert "Zou <strong>1 signaal</strong> verplaatsen." in page.content.decode()
        assert f"/signalen/{signal.reference}/" in page.content.decode()
        assert 'value="Proef"' in page.content.decode()
        assert RoutingRule.objects.count() == rules

    def test_tries_a_change_and_keeps_nothing(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        report("Sluikstort")
        rule, green = RoutingRule.objects.get(name="Sluikstort Noord"), Team.objects.get(code="groen")
        typed = {"name": rule.name, "category": rule.category_id, "area_ids": rule.area_ids, "team": green.pk,
                 "read": rule.version, "try": "1"}  # fmt: skip
        page = sign_in(cast["coordinator"]).post(f"{RULES}{rule.pk}/", typed).content.decode()
        assert "Zou <strong>1 signaal</strong> verplaatsen." in page
        rule.refresh_from_db()
        assert rule.team.code == "team-net-noord"

    def test_of_a_rule_that_is_off_leads_to_switching_it_on(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        report("Zwerfvuil")
        rule = litter(channel="phone", active=False, priority=0)
        rule.save()
        client = sign_in(cast["coordinator"])
        page = client.get(f"{RULES}{rule.pk}/proef/").content.decode()
        assert "Zou <strong>1 signaal</strong> verplaatsen." in page
        assert f'action="{RULES}{rule.pk}/werking/"' in page

    def test_refuses_what_cannot_be_saved(self, cast: Cast, sign_in: SignIn) -> None:
        assert sign_in(cast["coordinator"]).post(f"{RULES}nieuw/", {"name": "x", "try": "1"}).status_code == 422

    def test_is_for_the_owner_of_the_subject(self, cast: Cast, sign_in: SignIn) -> None:
        url = f"{RULES}{RoutingRule.objects.get(name='Sluikstort Noord').pk}/proef/"
        got = {
            who: sign_in(cast[who]).get(url).status_code
            for who in ["coordinator", "beheerder", "coordinator.politie", "agent"]
        }
        assert got == {"coordinator": 200, "beheerder": 200, "coordinator.politie": 403, "agent": 403}
