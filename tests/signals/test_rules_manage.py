"""Routing rules: read by who routes, changed by who owns the subject, and refused where they would leak."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from signals.levels import Level
from signals.models import Category, RoutingRule, Signal
from signals.rule_figures import NOTHING, Figures, figures_of_rules
from signals.rule_words import RuleWords
from teams.access import access_of
from teams.models import Team, User
from tests.cast import MARKE, Cast, area

type SignIn = Callable[[User], Client]
type Make = Callable[..., Signal]

RULES = "/signalen/regels/"


@pytest.fixture
def coordinator(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["coordinator"])


def rule_of(name: str) -> RoutingRule:
    return RoutingRule.objects.get(name=name)


def data(subject: str = "Zwerfvuil", team: str = "team-net-noord", **changed: Any) -> dict[str, Any]:
    return {
        "name": "Zwerfvuil Marke",
        "category": Category.objects.get(name=subject).pk,
        "team": Team.objects.get(code=team).pk,
        "term_days": "2",
        **changed,
    }


class TestList:
    def test_reads_each_rule_as_a_sentence(self, coordinator: Client) -> None:
        html = coordinator.get(RULES).content.decode()
        assert "Sluikstort in Overleie of Pius X gaat naar Team Net Kortrijk Noord, termijn 3 werkdagen." in html
        assert "Dood dier gaat naar Openbaar domein, termijn 1 werkdag." in html

    def test_counts_what_each_rule_placed_of_what_one_may_read(
        self, cast: Cast, sign_in: SignIn, coordinator: Client, report: Make
    ) -> None:
        report(), report(), report("Dood dier", at=MARKE)
        assert figures(coordinator)["Sluikstort Noord"].placed == 2
        assert figures(coordinator)["Dood dier → Openbaar domein"].placed == 0
        assert figures(sign_in(cast["coordinator.rand"]))["Dood dier → Openbaar domein"].placed == 1

    def test_counts_what_came_back_and_what_was_late(self, cast: Cast, coordinator: Client, report: Make) -> None:
        report("Sluikstort", received_at=timezone.now() - dt.timedelta(days=30))
        report().tasks.get().give_back(by=cast["uitvoerder"], reason="Niet voor ons.")
        over = report("Sluikstort", received_at=timezone.now() - dt.timedelta(days=31))
        over.close(by=cast["coordinator"], outcome="Opgeruimd.")
        report("Sluikstort", received_at=timezone.now() - dt.timedelta(days=100))  # too long ago
        assert figures(coordinator)["Sluikstort Noord"] == Figures(placed=3, returned=1, late=2)

    def test_never_counts_what_is_sealed(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        report("Bezorgd om iemand")
        for who in ["coordinator", "coordinator.ocmw", "coordinator.politie"]:
            assert figures(sign_in(cast[who]))["Bezorgd om iemand → Sociale dienst"] == NOTHING
        nurse = figures_of_rules(access_of(cast["verpleegkundige"]))
        assert nurse[rule_of("Bezorgd om iemand → Sociale dienst").pk].placed == 1

    def test_warns_the_owner_of_a_rule_that_broke(self, cast: Cast, sign_in: SignIn, coordinator: Client) -> None:
        Team.objects.filter(code="team-net-noord").update(ends=timezone.localdate() - dt.timedelta(days=1))
        page = coordinator.get(RULES)
        assert [line.rule.name for line in page.context["broken"]] == ["Sluikstort Noord"]
        assert "Team Net Kortrijk Noord stopte op" in page.content.decode()
        assert "Team Net Kortrijk Noord stopte op" in coordinator.get("/vandaag/").content.decode()
        others = sign_in(cast["coordinator.politie"])
        assert others.get(RULES).context["broken"] == []
        assert "Team Net Kortrijk Noord stopte op" not in others.get("/vandaag/").content.decode()

    @pytest.mark.parametrize(("who", "code"), [("agent", 403), ("wijkinspecteur", 403), ("coordinator.politie", 200)])
    def test_is_for_who_routes(self, cast: Cast, sign_in: SignIn, who: str, code: int) -> None:
        assert sign_in(cast[who]).get(RULES).status_code == code

    def test_costs_the_same_however_many_rules(
        self, coordinator: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(20) as few:
            coordinator.get(RULES)
        rule = rule_of("Sluikstort Noord")
        for number in range(10):
            RoutingRule.objects.create(name=f"R{number}", category=rule.category, team=rule.team)
        with django_assert_max_num_queries(len(few.captured_queries)):
            coordinator.get(RULES)


class TestAdding:
    def test_works_for_the_next_signal(self, cast: Cast, coordinator: Client, report: Make) -> None:
        response = coordinator.post(f"{RULES}nieuw/", data(area_ids=[area("Marke").pk]))
        assert response.status_code == 302
        signal = report("Zwerfvuil", at=MARKE)
        assert signal.team == Team.objects.get(code="team-net-noord")
        assert "Zwerfvuil Marke" in signal.route_reason

    def test_puts_a_special_rule_first_and_a_plain_one_last(self, coordinator: Client) -> None:
        coordinator.post(f"{RULES}nieuw/", data(area_ids=[area("Marke").pk]))
        coordinator.post(f"{RULES}nieuw/", data(name="Zwerfvuil elders"))
        names = list(RoutingRule.objects.in_order().values_list("name", flat=True))
        assert (names[0], names[-1]) == ("Zwerfvuil Marke", "Zwerfvuil elders")

    def test_refuses_a_joint_team(self, coordinator: Client) -> None:
        response = coordinator.post(f"{RULES}nieuw/", data(team="gebiedsteam-marke"))
        assert response.status_code == 422
        assert "een gezamenlijk team vergadert alleen" in response.content.decode()
        assert 'value="Zwerfvuil Marke"' in response.content.decode()

    def test_refuses_a_subject_of_another_organisation(self, coordinator: Client) -> None:
        assert coordinator.post(f"{RULES}nieuw/", data("Geluidshinder")).status_code == 422

    def test_refuses_a_group_with_a_subject_of_another_organisation_below_it(self, coordinator: Client) -> None:
        response = coordinator.post(f"{RULES}nieuw/", data("Overlast en veiligheid"))
        assert "Maak een regel per onderwerp" in response.content.decode()

    @pytest.mark.parametrize("team", ["wijkwerking-zuid", "openbaar-domein"])
    def test_refuses_to_send_a_sealed_subject_to_another_organisation(
        self, cast: Cast, sign_in: SignIn, team: str
    ) -> None:
        client = sign_in(cast["coordinator.ocmw"])
        response = client.post(f"{RULES}nieuw/", data("Bezorgd om iemand", team))
        assert response.status_code == 422
        assert "is verzegeld en blijft bij OCMW Kortrijk" in response.content.decode()
        assert client.post(f"{RULES}nieuw/", data("Bezorgd om iemand", "sociaal-huis")).status_code == 302

    def test_refuses_a_team_in_which_nobody_may_read_what_is_sealed(self, cast: Cast, sign_in: SignIn) -> None:
        response = sign_in(cast["coordinator.ocmw"]).post(
            f"{RULES}nieuw/", data("Bezorgd om iemand", "dienstencentrum-overleie")
        )
        assert "mag lezen wat verzegeld is" in response.content.decode()

    def test_refuses_a_name_that_exists(self, coordinator: Client) -> None:
        assert coordinator.post(f"{RULES}nieuw/", data(name="Sluikstort Noord")).status_code == 422


class TestChanging:
    def test_is_kept_in_the_history(self, coordinator: Client) -> None:
        rule = rule_of("Sluikstort Noord")
        changed = data("Sluikstort", name=rule.name, area_ids=[area("Overleie").pk], term_days="1", read="1")
        assert coordinator.post(f"{RULES}{rule.pk}/", changed).status_code == 302
        rule.refresh_from_db()
        said = "Sluikstort in Overleie gaat naar Team Net Kortrijk Noord, termijn 1 werkdag."
        assert RuleWords([rule]).sentence(rule) == said
        assert list(rule.changes.order_by("pgh_id").values_list("term_days", flat=True)) == [None, 1]  # type: ignore[attr-defined]

    def test_of_what_somebody_else_changed_meanwhile_is_refused_and_kept_on_the_page(
        self, cast: Cast, coordinator: Client
    ) -> None:
        rule = rule_of("Sluikstort Noord")
        rule.term_days = 9
        rule.keep(by=cast["beheerder"])
        typed = data("Sluikstort", name="Mijn nieuwe naam", read="1")
        answer = coordinator.post(f"{RULES}{rule.pk}/", typed)
        assert answer.status_code == 422
        assert "Quinten Hoste wijzigde deze regel intussen" in answer.content.decode()
        assert 'value="Mijn nieuwe naam"' in answer.content.decode()
        assert rule_of("Sluikstort Noord").term_days == 9

    def test_is_for_the_owner_of_the_subject(self, cast: Cast, sign_in: SignIn) -> None:
        rule = rule_of("Sluikstort Noord")
        codes = {
            who: (
                client.get(f"{RULES}{rule.pk}/").status_code,
                client.post(f"{RULES}{rule.pk}/", {"name": ""}).status_code,
            )
            for who in ["coordinator", "beheerder", "coordinator.politie", "gebiedswerker", "agent"]
            for client in [sign_in(cast[who])]
        }
        assert codes == {
            "coordinator": (200, 422),
            "beheerder": (200, 422),
            "coordinator.politie": (200, 403),
            "gebiedswerker": (200, 403),
            "agent": (403, 403),
        }


class TestOrder:
    def test_moves_one_place(self, coordinator: Client) -> None:
        rule, before = rule_of("Sluikstort Noord"), order()
        coordinator.post(f"{RULES}{rule.pk}/plaats/", {"direction": "down"})
        assert order()[:2] == [before[1], before[0]]
        coordinator.post(f"{RULES}{rule.pk}/plaats/", {"direction": "up"})
        assert order() == before

    def test_moves_as_far_as_asked(self, coordinator: Client) -> None:
        """As dragging does; what is switched off in between keeps its place."""
        rule, before = rule_of("Sluikstort Noord"), order()
        rule_of(before[1]).switch(on=False, by=None)
        coordinator.post(f"{RULES}{rule.pk}/plaats/", {"steps": "3"})
        assert order()[:4] == [*before[2:5], before[0]]
        coordinator.post(f"{RULES}{rule.pk}/plaats/", {"steps": "-99"})
        assert order()[0] == before[0]

    def test_answers_the_page_with_the_list_and_says_the_place(self, coordinator: Client) -> None:
        rule = rule_of("Sluikstort Noord")
        answer = coordinator.post(f"{RULES}{rule.pk}/plaats/", {"direction": "down"}, headers={"HX-Request": "true"})
        assert "Sluikstort Noord staat nu op plaats 2." in json.loads(answer["HX-Trigger"])["announce"]
        assert "<html" not in answer.content.decode()

    def test_stays_at_the_edge(self, coordinator: Client) -> None:
        before = order()
        coordinator.post(f"{RULES}{rule_of('Sluikstort Noord').pk}/plaats/", {"direction": "up"})
        assert order() == before

    def test_decides_which_rule_wins(self, coordinator: Client, report: Make) -> None:
        plain, special = rule_of("Sluikstort → Openbaar domein"), rule_of("Sluikstort Noord")
        plain.move(order().index(special.name) - order().index(plain.name))
        assert report().team == plain.team


class TestSwitch:
    def test_takes_a_rule_out_and_back(self, coordinator: Client, report: Make) -> None:
        rule = rule_of("Sluikstort Noord")
        coordinator.post(f"{RULES}{rule.pk}/werking/", {"active": "0"})
        assert report().team == Team.objects.get(code="openbaar-domein")
        assert "Uitgezet" in coordinator.get(RULES).content.decode()
        coordinator.post(f"{RULES}{rule.pk}/werking/", {"active": "1"})
        assert rule_of("Sluikstort Noord").active

    def test_is_refused_to_a_rule_that_cannot_work(self, coordinator: Client) -> None:
        rule = rule_of("Sluikstort Noord")
        coordinator.post(f"{RULES}{rule.pk}/werking/", {"active": "0"})
        Team.objects.filter(code="team-net-noord").update(ends=timezone.localdate() - dt.timedelta(days=1))
        answer = coordinator.post(f"{RULES}{rule.pk}/werking/", {"active": "1"}, follow=True)
        assert "kan zo niet werken: Team Net Kortrijk Noord stopte op" in answer.content.decode()
        assert not rule_of("Sluikstort Noord").active

    def test_can_wait_until_a_new_rule_was_tried(self, coordinator: Client, report: Make) -> None:
        coordinator.post(f"{RULES}nieuw/", data(area_ids=[area("Marke").pk], keep="off"))
        assert not rule_of("Zwerfvuil Marke").active
        assert report("Zwerfvuil", at=MARKE).tasks.get().team.code == "openbaar-domein"
        coordinator.post(f"{RULES}{rule_of('Zwerfvuil Marke').pk}/werking/", {"active": "1"})
        assert order()[0] == "Zwerfvuil Marke"  # where a special rule belongs

    @pytest.mark.parametrize("action", ["plaats", "werking"])
    def test_and_order_are_for_the_owner_by_post(self, cast: Cast, sign_in: SignIn, action: str) -> None:
        url = f"{RULES}{rule_of('Sluikstort Noord').pk}/{action}/"
        assert sign_in(cast["coordinator.politie"]).post(url).status_code == 403
        assert sign_in(cast["agent"]).post(url).status_code == 403
        assert sign_in(cast["coordinator"]).get(url).status_code == 405
        assert sign_in(cast["coordinator"]).post(url).status_code == 302


def test_a_rule_for_a_level_below_sealed_may_name_another_organisation(cast: Cast) -> None:
    """It never matches sealed matter, so it takes nothing out of the house."""
    category = Category.objects.get(name="Zorg om personen")
    rule = RoutingRule(name="Open", category=category, team=Team.objects.get(code="groen"), level=Level.OPEN)
    rule.clean()


def order() -> list[str]:
    return list(RoutingRule.objects.in_order().values_list("name", flat=True))


def figures(client: Client) -> dict[str, Figures]:
    return {line.rule.name: line.figures for line in client.get(RULES).context["rules"]}
