"""Which plans are read, offered, followed and named how: the rules behind the pages."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.sections import Place, Request, get_section
from kortrijk_gebied.workdays import A_DAY
from teams.access import access_of
from teams.models import Goal, Membership, Phenomenon, Plan, Team, User
from teams.plans.choosing import goals_for
from teams.plans.continuing import carry_on
from teams.plans.drawing import timeline
from teams.plans.freezing import contents
from teams.plans.publishing import publish
from tests.cast import Cast, area
from tests.teams.plans import TEAM, a_goal, a_plan

type SignIn = Callable[[User], Client]


@pytest.fixture
def plan(cast: Cast) -> Plan:
    plan = a_plan()
    a_goal(plan, "Glasbollen", below=a_goal(plan, "Netheid", kind="theme"), owner="openbaar-domein")
    return plan


class TestPen:
    def test_is_put_down_with_the_membership(self, cast: Cast, plan: Plan) -> None:
        viewer = access_of(cast["gebiedswerker"])
        assert Plan.objects.writable(viewer).get() == plan
        yesterday = timezone.localdate() - A_DAY
        Membership.objects.filter(user=cast["gebiedswerker"], team__code=TEAM).update(ends=yesterday)
        assert not Plan.objects.writable(viewer).exists()

    def test_reads_the_plan_of_its_team_wherever_it_lies(self, cast: Cast) -> None:
        elsewhere = a_plan("Elders", areas=["Kooigem"])
        viewer = access_of(cast["wijkinspecteur"])
        assert area("Kooigem").pk not in viewer.areas("view")
        assert Plan.objects.readable(viewer).get() == elsewhere
        assert not Plan.objects.readable(access_of(cast["fluvius"])).exists()


class TestChoosing:
    def test_offers_goals_of_plans_that_run_and_no_headings(self, cast: Cast, plan: Plan) -> None:
        over = a_plan("Vroeger", ends=timezone.localdate() - A_DAY)
        gone = a_goal(over, "Oud doel")
        viewer = access_of(cast["gebiedswerker"])
        assert [goal.title for goal in goals_for(viewer)] == ["Glasbollen"]
        assert {goal.title for goal in goals_for(viewer, gone.pk)} == {"Glasbollen", "Oud doel"}  # where it hangs
        assert not goals_for(access_of(cast["coordinator.rand"]), gone.pk).exists()


class TestAddress:
    def test_is_never_that_of_another_page(self, cast: Cast) -> None:
        made = [a_plan(title) for title in ("Nieuw", "Doel", "Doel")]
        assert [plan.code for plan in made] == ["nieuw-2", "doel-2", "doel-3"]


class TestGoal:
    def test_is_not_added_to_the_plan_of_a_partner(self, cast: Cast, sign_in: SignIn) -> None:
        partner, own = a_plan("ZVP", "related", keeper="PZ Vlas"), a_plan()
        client = sign_in(cast["gebiedswerker"])
        assert client.get(reverse("plans:goal-add", args=[partner.code])).status_code == 404
        assert client.get(reverse("plans:goal-add", args=[own.code])).status_code == 200

    @pytest.mark.parametrize(
        ("above", "below"),
        [("domain", "theme"), ("theme", "strategic"), ("strategic", "tactical"), ("tactical", "item")],
    )
    def test_begins_as_what_mostly_stands_there(self, cast: Cast, sign_in: SignIn, above: str, below: str) -> None:
        plan = a_plan("Integraal veiligheidsplan", "safety")
        top, client = a_goal(plan, "Boven", kind=above), sign_in(cast["gebiedswerker"])
        form = client.get(f"{reverse('plans:goal-add', args=[plan.code])}?onder={top.pk}").context["form"]
        assert (form["kind"].value(), form["parent"].value()) == (below, str(top.pk))


class TestCycle:
    def test_takes_no_phenomenon_over_that_is_counted_no_more(self, plan: Plan) -> None:
        goal = plan.goals.get(title="Glasbollen")
        kept, gone = Phenomenon.objects.all()[:2]
        goal.phenomena.add(kept, gone)
        Phenomenon.objects.filter(pk=gone.pk).update(active=False)
        following = a_plan("Volgend", follows=plan)
        carry_on(plan, following)
        assert list(following.goals.get(title="Glasbollen").phenomena.all()) == [kept]

    def test_is_offered_until_it_is_prepared(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        Plan.objects.filter(pk=plan.pk).update(ends="2026-12-31")
        client, offer = sign_in(cast["gebiedswerker"]), f"?na={plan.code}"
        assert offer in client.get(plan.get_absolute_url()).content.decode()
        a_plan("Volgend", follows=plan)
        assert offer not in client.get(plan.get_absolute_url()).content.decode()


class TestVersion:
    def test_says_that_it_was_changed_since(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        publish(plan, by=cast["gebiedswerker"])
        client = sign_in(cast["gebiedswerker"])
        assert "sindsdien gewijzigd" not in client.get(plan.get_absolute_url()).content.decode()
        Goal.objects.filter(plan=plan, title="Glasbollen").update(title="Anders")
        assert "sindsdien gewijzigd" in client.get(plan.get_absolute_url()).content.decode()

    def test_is_withdrawn_once(self, cast: Cast, plan: Plan) -> None:
        version = publish(plan, by=cast["gebiedswerker"])
        version.withdraw(by=cast["gebiedswerker"], reason="Een cijfer klopte niet.")
        with pytest.raises(Refused):
            version.withdraw(by=cast["coordinator"], reason="Nog eens.")
        version.refresh_from_db()
        assert (version.ended_by, version.reason) == (cast["gebiedswerker"], "Een cijfer klopte niet.")


class TestList:
    def test_puts_those_of_partners_last(self, cast: Cast, sign_in: SignIn) -> None:
        a_plan("Zonaal veiligheidsplan", "related", keeper="PZ Vlas")
        a_plan("Integraal veiligheidsplan", "safety")
        lines = sign_in(cast["gebiedswerker"]).get(reverse("plans:plans")).context["lines"]
        assert [line.plan.title for line in lines] == ["Integraal veiligheidsplan", "Zonaal veiligheidsplan"]

    def test_shows_in_which_years_each_runs(self) -> None:
        ends, goes_on = Plan(starts=dt.date(2025, 3, 1), ends=dt.date(2026, 12, 31)), Plan(starts=dt.date(2027, 1, 1))
        years, lines = timeline([ends, goes_on], dt.date(2026, 11, 23))
        assert (years[0], years[-1]) == (2024, 2032)
        runs = [[year for year, is_on in line.years if is_on] for line in lines]
        assert runs == [[2025, 2026], [2027, 2028, 2029, 2030, 2031, 2032]]


class TestSection:
    def test_leaves_out_what_is_over_and_what_is_a_partners(self, cast: Cast, plan: Plan) -> None:
        a_plan("Vroeger", ends=timezone.localdate() - A_DAY)
        a_plan("ZVP", "related", keeper="PZ Vlas")
        section = get_section("plans", Place.AREA)
        assert section is not None
        shown = section.content(Request(viewer=access_of(cast["gebiedswerker"]), area=area("Overleie")))
        assert shown
        assert [each["plan"] for each in shown["shown"]] == [plan]


class TestServiceThatStopped:
    def test_does_nothing_more_in_a_plan_that_goes_on(self, cast: Cast, plan: Plan) -> None:
        yesterday = timezone.localdate() - A_DAY
        Team.objects.filter(code="openbaar-domein").update(ends=yesterday)
        with pytest.raises(Refused, match="Glasbollen"):
            publish(plan, by=cast["gebiedswerker"])
        Team.objects.filter(code="openbaar-domein").update(ends=timezone.localdate())
        assert publish(plan, by=cast["gebiedswerker"]).number == 1

    def test_did_what_it_did_in_a_plan_that_was_over_before(self, cast: Cast, plan: Plan) -> None:
        yesterday = timezone.localdate() - A_DAY
        Team.objects.filter(code="openbaar-domein").update(ends=yesterday)
        Plan.objects.filter(pk=plan.pk).update(ends=yesterday)
        plan.refresh_from_db()
        assert [goal["owner"] for goal in contents(plan)["goals"]] == ["", "Openbaar domein"]
