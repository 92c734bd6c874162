from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from signals.models import Category, RoutingRule, Signal
from signals.routing import Router
from teams.models import Team
from tests.cast import MARKE, Cast, area

type Make = Callable[..., Signal]


class TestRouting:
    def test_sends_routine_straight_to_the_service(self, report: Make) -> None:
        signal = report("Groenbeheer")
        assert [task.team.code for task in signal.tasks.all()] == ["groen"]
        assert signal.status == "in_progress"
        assert not Signal.objects.surfaced().contains(signal)

    def test_takes_the_first_rule_that_matches(self, report: Make) -> None:
        assert report("Sluikstort").tasks.get().team.code == "team-net-noord"
        assert report("Sluikstort", at=MARKE).tasks.get().team.code == "openbaar-domein"

    def test_says_which_rule_and_why(self, report: Make) -> None:
        assert report("Sluikstort").route_reason == (
            "Toegewezen door regel “Sluikstort Noord”: onderwerp Sluikstort in Overleie, Pius X "
            "gaat naar Team Net Kortrijk Noord."
        )

    def test_without_a_rule_waits_visibly_to_be_divided(self, report: Make) -> None:
        signal = report("Klacht over de dienstverlening")
        assert (signal.status, signal.team, signal.tasks.count()) == ("to_divide", None, 0)
        assert signal.route_reason
        assert Signal.objects.surfaced().contains(signal)

    def test_a_rule_holds_for_everything_below_its_category(self, kortrijk: None) -> None:
        leaf = Category.objects.get(name="Sluikstort")
        RoutingRule.objects.all().delete()
        RoutingRule.objects.create(name="Netheid", category=leaf.parent, team=Team.objects.get(code="groen"))
        route = Router().route(category=leaf, area_ids=[], channel="phone", level=0)
        assert route.team is not None
        assert route.team.code == "groen"

    @pytest.mark.parametrize(
        ("channel", "level", "matches"), [("app", 0, True), ("phone", 0, False), ("app", 1, False)]
    )
    def test_sees_channel_and_level(self, kortrijk: None, channel: str, level: int, matches: bool) -> None:
        RoutingRule.objects.all().delete()
        RoutingRule.objects.create(name="App", channel="app", level=0, team=Team.objects.get(code="groen"))
        route = Router().route(
            category=Category.objects.get(name="Zwerfvuil"), area_ids=[], channel=channel, level=level
        )
        assert (route.team is not None) is matches

    def test_sees_an_area_of_any_set(self, kortrijk: None) -> None:
        RoutingRule.objects.all().delete()
        zone = [area("Overleie").pk]
        RoutingRule.objects.create(name="Zone", team=Team.objects.get(code="groen"), area_ids=zone)
        category = Category.objects.get(name="Zwerfvuil")
        router = Router()
        assert router.route(category=category, area_ids=[area("Overleie").pk, 1], channel="phone", level=0).team
        assert not router.route(category=category, area_ids=[area("Marke").pk], channel="phone", level=0).team

    def test_never_sends_sealed_matter_to_another_organisation(self, kortrijk: None) -> None:
        RoutingRule.objects.all().delete()
        RoutingRule.objects.create(name="Alles naar groen", team=Team.objects.get(code="groen"))
        route = Router().route(
            category=Category.objects.get(name="Bezorgd om iemand"), area_ids=[], channel="phone", level=2
        )
        assert route.team is not None
        assert route.team.code == "sociaal-huis"

    def test_leaves_out_what_is_switched_off(self, kortrijk: None) -> None:
        RoutingRule.objects.update(active=False)
        assert Router().rules == []

    def test_reads_the_rules_once_however_many_signals_follow(self, kortrijk: None) -> None:
        categories = list(Category.objects.choosable().select_related("owner__intake_team"))
        router = Router()

        def route_all() -> int:
            with CaptureQueriesContext(connection) as queries:
                for category in categories:
                    router.route(category=category, area_ids=[], channel="phone", level=category.level)
            return len(queries)

        route_all()
        assert route_all() == 0


class TestTerm:
    def test_of_the_rule_goes_before_that_of_the_category(self, cast: Cast) -> None:
        RoutingRule.objects.filter(name="Sluikstort Noord").update(term_days=1)
        route = Router().route(
            category=Category.objects.get(name="Sluikstort"), area_ids=[area("Overleie").pk], channel="phone", level=0
        )
        assert route.term_days == 1
