"""The pages of plans: the list with its years, the tree, writing in it, and who may not."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.forms import Form
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.history import steps_of
from kortrijk_gebied.sections import Place, Request, get_section
from teams.access import access_of, access_of_organisation
from teams.forms.plans import GoalForm, PlanForm
from teams.models import Action, Goal, Organisation, Phenomenon, Plan, Team, User
from teams.plans.continuing import carry_on, years_after
from teams.plans.publishing import publish
from tests.cast import Cast, area
from tests.teams.plans import TEAM, a_goal, a_plan, an_action

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


@pytest.fixture
def plan(cast: Cast) -> Plan:
    plan = a_plan()
    a_goal(plan, "Glasbollen", below=a_goal(plan, "Netheid", kind="theme"), owner="openbaar-domein")
    return plan


def typed(**more: object) -> dict[str, object]:
    return {
        "id": uuid.uuid4(), "kind": "programme", "title": "Wijkprogramma Pius X", "starts": "2026-01-01",
        "team": Team.objects.get(code=TEAM).pk, "areas": [area("Pius X").pk], **more,
    }  # fmt: skip


def goal_typed(**more: object) -> dict[str, object]:
    return {"id": uuid.uuid4(), "kind": "item", "title": "Een bank aan de Leie", "parent": "", **more}


def sent(form: Form) -> dict[str, object]:
    """What a browser sends of a form as it stands there."""
    return {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", [])}


class TestYears:
    def test_are_no_more_than_a_plan_can_run(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        refused = client.post(reverse("plans:plan-add"), typed(ends="2999-12-31"))
        assert refused.status_code == 422
        assert "Een plan loopt hoogstens 20 jaar. Klopt het jaar?" in refused.text
        assert "2999-12-31" in refused.text
        assert client.post(reverse("plans:plan-add"), typed(ends="2046-12-31")).status_code == 302


class TestList:
    def test_shows_kinds_cycles_and_years(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        a_plan("Zonaal veiligheidsplan", "related", keeper="PZ Vlas", cycle="zesjaarlijks")
        said = sign_in(cast["wijkinspecteur"]).get(reverse("plans:plans")).content.decode()
        for words in (
            "Wijkprogramma Overleie",
            "Zonaal veiligheidsplan",
            "PZ Vlas",
            "zesjaarlijks",
            "Plannen per jaar",
        ):
            assert words in said
        assert "Nieuw plan" not in said

    def test_asks_the_database_as_much_for_many(
        self, cast: Cast, plan: Plan, sign_in: SignIn, django_assert_max_num_queries: Callable[..., object]
    ) -> None:
        client = sign_in(cast["gebiedswerker"])
        client.get(reverse("plans:plans"))
        for number in range(20):
            a_plan(f"Plan {number}")
        with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
            client.get(reverse("plans:plans"))

    def test_chooses_a_kind(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        said = sign_in(cast["gebiedswerker"]).get(reverse("plans:plans"), {"soort": "safety"}).content.decode()
        assert "Geen plan van deze soort" in said


class TestPlan:
    def test_is_a_tree_that_opens_without_a_script(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        said = sign_in(cast["wijkinspecteur"]).get(plan.get_absolute_url()).content.decode()
        assert "<details open" in said
        assert "1 Netheid" in said
        assert "1.1 Glasbollen" in said
        assert "Doel toevoegen" not in said  # only reads

    def test_is_not_there_for_who_views_another_area(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        assert sign_in(cast["coordinator.rand"]).get(plan.get_absolute_url()).status_code == 404

    def test_begins_with_the_headings_of_its_kind(self, cast: Cast, sign_in: SignIn) -> None:
        client, sent = sign_in(cast["gebiedswerker"]), typed()
        answer = client.post(reverse("plans:plan-add"), sent)
        made = Plan.objects.get()
        assert answer["Location"] == made.get_absolute_url() == "/gebieden/plannen/wijkprogramma-pius-x/"
        assert made.goals.filter(kind="theme").count() == 6
        assert made.cycle == "drie jaar, elk jaar bijgesteld"
        client.post(reverse("plans:plan-add"), sent)  # the same page once more
        assert Plan.objects.count() == 1

    def test_has_an_address_of_its_own_beside_one_of_the_same_title(self, cast: Cast, sign_in: SignIn) -> None:
        for _which in range(2):
            sign_in(cast["gebiedswerker"]).post(reverse("plans:plan-add"), typed())
        assert set(Plan.objects.values_list("code", flat=True)) == {"wijkprogramma-pius-x", "wijkprogramma-pius-x-2"}

    def test_is_refused_for_a_team_one_does_not_write_for(self, cast: Cast, sign_in: SignIn) -> None:
        other = Team.objects.get(code="gebiedsteam-marke")
        assert sign_in(cast["gebiedswerker"]).post(reverse("plans:plan-add"), typed(team=other.pk)).status_code == 422
        assert sign_in(cast["wijkinspecteur"]).post(reverse("plans:plan-add"), typed()).status_code == 403
        assert not Plan.objects.exists()

    def test_of_a_partner_says_whose_it_is(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        answer = client.post(reverse("plans:plan-add"), typed(kind="related", title="ZVP"))
        assert answer.status_code == 422
        assert "Zeg bij een plan van een partner" in answer.content.decode()
        assert (
            client.post(reverse("plans:plan-add"), typed(kind="related", title="ZVP", keeper="PZ Vlas")).status_code
            == 302
        )
        assert not Plan.objects.get().goals.exists()

    def test_forgets_what_belongs_to_another_kind(self, cast: Cast, sign_in: SignIn) -> None:
        sent_so = typed(kind="programme", keeper="PZ Vlas", phase="mandate")  # typed, and then chosen otherwise
        assert sign_in(cast["gebiedswerker"]).post(reverse("plans:plan-add"), sent_so).status_code == 302
        assert (Plan.objects.get().keeper, Plan.objects.get().phase) == ("", "")

    def test_keeps_its_kind_when_it_is_changed(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        sign_in(cast["gebiedswerker"]).post(
            reverse("plans:plan-edit", args=[plan.code]), typed(title="Anders", kind="safety", ends="2028-12-31")
        )
        plan.refresh_from_db()
        assert (plan.title, plan.kind, plan.code) == ("Anders", "programme", "wijkprogramma-overleie")

    def test_tells_who_gave_it_other_areas(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        client, edit = sign_in(cast["gebiedswerker"]), f"{plan.get_absolute_url()}wijzigen/"
        both = [area("Overleie").pk, area("Pius X").pk]
        assert client.post(edit, sent(client.get(edit).context["form"]) | {"areas": both}).status_code == 302
        (step,) = steps_of([Plan.objects.get()])
        said = [(each.name, each.old, each.new) for each in step.differences]
        assert said == [("Gebieden", "Overleie", "Overleie, Pius X")]


class TestGoal:
    def test_is_added_once_and_last(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        theme = plan.goals.get(kind="theme")
        client, sent = sign_in(cast["gebiedswerker"]), goal_typed(parent=theme.pk)
        for _which in range(2):
            client.post(reverse("plans:goal-add", args=[plan.code]), sent)
        made = plan.goals.get(title="Een bank aan de Leie")
        assert (made.parent, made.position) == (theme, 2)

    def test_warns_once_of_what_could_betray_somebody(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        client, address = sign_in(cast["gebiedswerker"]), reverse("plans:goal-add", args=[plan.code])
        answer = client.post(address, goal_typed(why="Bel mevrouw op 0470 12 34 56."))
        assert answer.status_code == 422
        assert not plan.goals.filter(title="Een bank aan de Leie").exists()

    def test_moves_below_another(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        other, goal = a_goal(plan, "Verkeer", kind="theme"), plan.goals.get(title="Glasbollen")
        sent = goal_typed(title="Glasbollen", parent=other.pk, owner_team=goal.owner_team_id)
        assert sign_in(cast["gebiedswerker"]).post(reverse("plans:goal-edit", args=[goal.pk]), sent).status_code == 302
        assert Goal.objects.get(pk=goal.pk).parent == other

    def test_is_not_offered_a_place_below_itself(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        theme, goal = plan.goals.get(kind="theme"), plan.goals.get(title="Glasbollen")
        sent = goal_typed(kind="theme", title="Netheid", parent=goal.pk)
        assert sign_in(cast["gebiedswerker"]).post(reverse("plans:goal-edit", args=[theme.pk]), sent).status_code == 422

    def test_is_adopted_again_when_it_reads_otherwise(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        goal = plan.goals.get(title="Glasbollen")
        goal.adopt(by=cast["gebiedswerker"])
        client, address = sign_in(cast["gebiedswerker"]), reverse("plans:goal-edit", args=[goal.pk])
        same = goal_typed(title="Glasbollen", parent=goal.parent_id, owner_team=goal.owner_team_id)
        client.post(address, same | {"how": "Met de buurt."})
        assert Goal.objects.get(pk=goal.pk).is_adopted
        client.post(address, same | {"title": "Glasbollen ondergronds"})
        assert not Goal.objects.get(pk=goal.pk).is_adopted

    def test_is_adopted_again_when_it_becomes_a_heading(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        goal = plan.goals.get(title="Glasbollen")
        goal.adopt(by=cast["gebiedswerker"])
        sent = goal_typed(title="Glasbollen", parent=goal.parent_id, owner_team=goal.owner_team_id, kind="theme")
        sign_in(cast["gebiedswerker"]).post(reverse("plans:goal-edit", args=[goal.pk]), sent)
        goal.refresh_from_db()
        assert (goal.kind, goal.is_adopted) == ("theme", False)

    def test_has_words_and_a_day_when_it_is_evaluated(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        goal = plan.goals.get(title="Glasbollen")
        client, address = sign_in(cast["gebiedswerker"]), reverse("plans:goal-edit", args=[goal.pk])
        same = goal_typed(title="Glasbollen", parent=goal.parent_id, owner_team=goal.owner_team_id)
        assert client.post(address, same | {"evaluation": "Het werkt."}).status_code == 422
        assert (
            client.post(address, same | {"evaluation": "Het werkt.", "evaluated_on": "2026-06-30"}).status_code == 302
        )

    def test_changes_places_and_goes(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        second, client = a_goal(plan, "Verkeer", kind="theme"), sign_in(cast["gebiedswerker"])
        client.post(reverse("plans:goal-place", args=[second.pk]), {"richting": "op"})
        assert Goal.objects.get(pk=second.pk).position == 1
        client.post(reverse("plans:goal-removal", args=[second.pk]))
        assert not Goal.objects.filter(pk=second.pk).exists()

    @pytest.mark.parametrize("address", ["goal-place", "goal-adoption", "goal-removal"])
    def test_is_changed_by_who_writes_alone(self, cast: Cast, plan: Plan, sign_in: SignIn, address: str) -> None:
        url = reverse(f"plans:{address}", args=[plan.goals.get(title="Glasbollen").pk])
        assert sign_in(cast["gebiedswerker"]).get(url).status_code == 405
        assert sign_in(cast["wijkinspecteur"]).post(url).status_code == 403
        assert sign_in(cast["coordinator.rand"]).post(url).status_code == 404
        assert sign_in(cast["gebiedswerker"]).post(url).status_code == 302

    def test_shows_the_actions_below_it_that_one_may_read(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        goal = plan.goals.get(title="Glasbollen")
        an_action(goal, "Van het team alleen", by=cast["gebiedswerker"], audience="internal")
        an_action(goal, "Van ons allen", by=cast["gebiedswerker"])
        address = plan.goals.get(kind="theme").get_absolute_url()
        inside = sign_in(cast["wijkinspecteur"]).get(address).content.decode()
        outside = sign_in(cast["verpleegkundige"]).get(address).content.decode()
        assert "Van ons allen" in inside
        assert "Van ons allen" in outside
        assert "Van het team alleen" in inside
        assert "Van het team alleen" not in outside


class TestSecondWriter:
    def test_of_a_goal_does_not_win_unseen(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        goal = plan.goals.get(title="Glasbollen")
        client, address = sign_in(cast["gebiedswerker"]), reverse("plans:goal-edit", args=[goal.pk])
        mine = sent(client.get(address).context["form"]) | {"how": "Met de buurt."}
        Goal.objects.filter(pk=goal.pk).update(title="Glasbollen ondergronds")
        answer = client.post(address, mine)
        assert answer.status_code == 422
        assert "Glasbollen ondergronds" in answer.content.decode()
        assert Goal.objects.get(pk=goal.pk).how == ""
        assert client.post(address, sent(answer.context["form"])).status_code == 302
        goal.refresh_from_db()
        assert (goal.title, goal.how) == ("Glasbollen ondergronds", "Met de buurt.")

    def test_undoes_no_adoption_or_move_of_the_first(self, cast: Cast, plan: Plan) -> None:
        goal = plan.goals.get(title="Glasbollen")
        form = GoalForm(
            {"kind": "item", "title": "Glasbollen", "parent": goal.parent_id, "owner_team": goal.owner_team_id,
             "how": "Met de buurt."}, plan=plan, instance=Goal.objects.get(pk=goal.pk),
        )  # fmt: skip
        goal.adopt(by=cast["coordinator"])  # after the form was opened, before it is saved
        Goal.objects.filter(pk=goal.pk).update(position=7)
        assert form.written()
        goal.refresh_from_db()
        assert (goal.is_adopted, goal.position, goal.how) == (True, 7, "Met de buurt.")

    def test_of_a_plan_reads_first(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        client, address = sign_in(cast["gebiedswerker"]), reverse("plans:plan-edit", args=[plan.code])
        mine = sent(client.get(address).context["form"]) | {"title": "Mijn titel"}
        Plan.objects.filter(pk=plan.pk).update(foreword="Intussen geschreven.")
        answer = client.post(address, mine)
        assert answer.status_code == 422
        assert "Intussen geschreven." in answer.content.decode()


class TestNextCycle:
    def test_takes_the_tree_over_as_what_is_still_to_be_promised(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        Plan.objects.filter(pk=plan.pk).update(ends="2026-12-31", cycle="elk jaar")
        goal = plan.goals.get(title="Glasbollen")
        goal.phenomena.add(Phenomenon.objects.get(name="Sluikstort en zwerfvuil"))
        goal.adopt(by=cast["gebiedswerker"])
        Goal.objects.filter(pk=goal.pk).update(evaluation="Het werkt.", evaluated_on="2026-11-01")
        an_action(goal, "Bord", by=cast["gebiedswerker"], status="done")
        client, address = sign_in(cast["gebiedswerker"]), f"{reverse('plans:plan-add')}?na={plan.code}"
        assert f"?na={plan.code}" in client.get(plan.get_absolute_url()).content.decode()
        typed_in = sent(client.get(address).context["form"])
        for _time in range(2):
            assert client.post(address, typed_in).status_code == 302
        made = Plan.objects.get(follows=plan)
        assert (str(made.starts), str(made.ends), made.kind, made.cycle) == (
            "2027-01-01", "2027-12-31", "programme", "elk jaar",
        )  # fmt: skip
        taken = made.goals.get(title="Glasbollen")
        assert taken.parent is not None
        assert (taken.parent.title, taken.owner_team) == ("Netheid", goal.owner_team)
        assert [each.name for each in taken.phenomena.all()] == ["Sluikstort en zwerfvuil"]
        assert (taken.is_adopted, taken.evaluation, taken.actions.count()) == (False, "", 0)
        assert made.get_absolute_url() in client.get(plan.get_absolute_url()).content.decode()
        assert plan.get_absolute_url() in client.get(made.get_absolute_url()).content.decode()

    def test_is_made_once_by_two_at_the_same_time(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        address = f"{reverse('plans:plan-add')}?na={plan.code}"
        for who in ("gebiedswerker", "coordinator"):
            client = sign_in(cast[who])
            form = PlanForm(viewer=access_of(cast[who]), former=plan, initial={"id": uuid.uuid4()})
            assert client.post(address, sent(form)).status_code == 302
        assert Plan.objects.filter(follows=plan).count() == 1

    def test_is_for_who_writes_the_former_one(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        address = f"{reverse('plans:plan-add')}?na={plan.code}"
        assert sign_in(cast["gebiedswerker"]).get(address).status_code == 200
        assert sign_in(cast["coordinator.rand"]).get(address).status_code == 404
        assert sign_in(cast["wijkinspecteur"]).get(address).status_code == 403

    def test_lets_a_service_that_stopped_go(self, plan: Plan) -> None:
        Team.objects.filter(code="openbaar-domein").update(ends="2026-01-01")
        following = a_plan("Volgend", follows=plan)
        carry_on(plan, following)
        assert following.goals.get(title="Glasbollen").owner_team is None

    @pytest.mark.parametrize(
        ("starts", "ends", "following"),
        [
            ("2026-01-01", "2026-12-31", ("2027-01-01", "2027-12-31")),
            ("2025-01-01", "2030-12-31", ("2031-01-01", "2036-12-31")),
            ("2026-09-01", "2027-08-31", ("2027-09-01", "2028-08-31")),
            ("2020-03-01", "2024-02-29", ("2024-03-01", "2028-02-29")),
            ("2027-03-01", "2028-02-29", ("2028-03-01", "2029-02-28")),
        ],
    )
    def test_runs_as_long_as_the_one_before(self, starts: str, ends: str, following: tuple[str, str]) -> None:
        former = Plan(starts=dt.date.fromisoformat(starts), ends=dt.date.fromisoformat(ends))
        assert tuple(str(day) for day in years_after(former)) == following


class TestAction:
    def test_is_written_down_from_its_goal(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        goal, client = plan.goals.get(title="Glasbollen"), sign_in(cast["gebiedswerker"])
        address = f"{reverse('inventory:action-add')}?doel={goal.pk}"
        assert address in client.get(goal.get_absolute_url()).content.decode()
        form = client.get(address).context["form"]
        assert form["goal"].value() == goal.pk
        assert form["areas"].value() == [area("Overleie").pk]
        elsewhere = sign_in(cast["coordinator.rand"]).get(address).context["form"]
        assert elsewhere["goal"].value() is None

    def test_is_hung_on_a_goal_in_its_own_form(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        goal = plan.goals.get(title="Glasbollen")
        client = sign_in(cast["gebiedswerker"])
        client.post(reverse("inventory:action-add"), {
            "kind": "action", "title": "Nieuwe plek zoeken", "team": plan.team_id, "audience": "partners",
            "areas": [area("Overleie").pk], "goal": goal.pk, "key": uuid.uuid4(),
        })  # fmt: skip
        action = Action.objects.get()
        assert action.goal == goal
        assert "Wijkprogramma Overleie" in client.get(action.get_absolute_url()).content.decode()

    def test_does_not_tell_of_a_plan_that_one_may_not_read(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        action = an_action(
            plan.goals.get(title="Glasbollen"), "Stadsbreed", by=cast["gebiedswerker"], audience="public"
        )
        action.areas.clear()
        client = sign_in(cast["coordinator.rand"])
        said = client.get(action.get_absolute_url()).content.decode()
        assert "Stadsbreed" in said
        assert "Glasbollen" not in said
        assert plan.title not in said


class TestSection:
    def test_shows_the_goals_of_the_plans_of_an_area(self, cast: Cast, plan: Plan) -> None:
        an_action(plan.goals.get(title="Glasbollen"), "Bord", by=cast["gebiedswerker"], status="done")
        section = get_section("plans", Place.AREA)
        assert section is not None
        shown = section.content(Request(viewer=access_of(cast["wijkinspecteur"]), area=area("Overleie")))
        assert shown
        assert [(top.data["title"], top.progress.done) for top in shown["shown"][0]["tops"]] == [("Netheid", 1)]
        assert section.content(Request(viewer=access_of(cast["wijkinspecteur"]), area=area("Pius X"))) is None

    def test_prints_in_the_report_what_was_published(self, cast: Cast, plan: Plan) -> None:
        section = get_section("plans", Place.REPORT)
        reader = access_of_organisation(Organisation.objects.get(code="politie"), area("Overleie"))
        assert section is not None
        assert section.content(Request(viewer=reader, area=area("Overleie"))) is None
        publish(plan, by=cast["gebiedswerker"])
        plan.goals.filter(kind="theme").update(title="Ontwerp")
        shown = section.content(Request(viewer=reader, area=area("Overleie")))
        assert shown
        assert shown["shown"][0]["tops"][0].data["title"] == "Netheid"
