"""A trial reads many signals for somebody: none but those that person may read."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kortrijk_gebied.audit.models import ReadEntry
from signals.levels import Level
from signals.models import RoutingRule, Signal
from signals.rule_trial import Trial, try_rule
from teams.access import access_of
from teams.models import Team, User
from tests.cast import Cast
from tests.permissions.conftest import everybody
from tests.permissions.planted import KEEPERS, Secret, plant_all

type SignIn = Callable[[User], Client]

RULES = "/signalen/regels/"


@pytest.fixture(scope="module")
def secrets(city: None) -> list[Secret]:
    return plant_all(everybody())


def tried(rule: RoutingRule, who: User) -> Trial:
    return try_rule(rule, viewer=access_of(who), user=who)


class TestTrial:
    def try_for(self, client: Client, secret: Secret, name: str, **changed: Any) -> str:
        """The rule that placed it, tried with another team of the same organisation, or with a word of its text."""
        rule = RoutingRule.objects.get(name=name)
        typed = {"name": name, "category": rule.category_id, "team": rule.team_id, "read": rule.version, "try": "1"}
        return client.post(f"{RULES}{rule.pk}/", {**typed, **changed}).content.decode()

    @pytest.mark.parametrize(
        ("organisation", "who"),
        [
            ("stad", "coordinator"),
            ("stad", "beheerder"),
            ("ocmw", "coordinator.ocmw"),
            ("ocmw", "beheerder.ocmw"),
            ("politie", "coordinator.politie"),
        ],
    )
    def test_of_sealed_matter_sees_nothing_even_with_its_own_words(
        self, cast: Cast, sign_in: SignIn, secrets: list[Secret], organisation: str, who: str
    ) -> None:
        secret = next(s for s in secrets if s.organisation == organisation and s.level == Level.SEALED)
        name = f"Proef {organisation} {int(Level.SEALED)}"
        client = sign_in(cast[who])
        for words in ["", secret.word("tekst"), "nietsisditwoord"]:
            page = self.try_for(client, secret, name, term_days="9", words=words)
            assert "Niets om op te proberen." in page
            assert secret.running.reference not in page

    def test_of_limited_matter_counts_for_its_owner_and_for_nobody_else(
        self, cast: Cast, sign_in: SignIn, secrets: list[Secret]
    ) -> None:
        rule = RoutingRule.objects.get(name="Proef politie 1")
        own = tried(rule, cast["coordinator.politie"])
        assert own.looked_at == 2
        for who in ["coordinator", "coordinator.ocmw", "beheerder", "dpo", "fluvius"]:
            trial = tried(rule, cast[who])
            assert (trial.looked_at, trial.caught, trial.moved, trial.retermed, trial.moves) == (0, 0, 0, 0, [])

    def test_counts_sealed_matter_for_who_keeps_it(self, cast: Cast, secrets: list[Secret]) -> None:
        """The control: the same trial, by somebody who reads it."""
        for organisation in KEEPERS:
            rule = RoutingRule.objects.get(name=f"Proef {organisation} {int(Level.SEALED)}")
            assert tried(rule, cast[KEEPERS[organisation][1]]).looked_at == 2

    def test_of_a_rule_for_everything_counts_what_one_reads(self, cast: Cast, secrets: list[Secret]) -> None:
        rule = RoutingRule(name="Alles", team=Team.objects.get(code="groen"), channel="phone")
        for who in ["coordinator", "coordinator.politie", "wijkinspecteur", "verpleegkundige", "beheerder"]:
            readable = Signal.objects.readable(access_of(cast[who])).count()
            assert tried(rule, cast[who]).looked_at == readable

    def test_puts_each_secret_example_on_record(self, cast: Cast, secrets: list[Secret]) -> None:
        before = ReadEntry.objects.count()
        tried(RoutingRule.objects.get(name="Proef politie 1"), cast["coordinator.politie"])
        looks = ReadEntry.objects.all()[: ReadEntry.objects.count() - before]
        assert {(look.surface, look.reader_name, look.level) for look in looks} == {
            ("rule-trial", "Dirk Lagae", int(Level.LIMITED))
        }
