"""The tree of a plan: what hangs where, how far it is, and that it never becomes a circle."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from kortrijk_gebied.refusals import Refused
from teams.access import access_of
from teams.models import Goal, Phenomenon, Plan, Team
from teams.models.audience import Audience
from teams.plans.drawing import chart_of
from teams.plans.freezing import Frozen, contents
from teams.plans.progress import Progress, for_everybody, for_viewer
from teams.plans.starting import STARTS, start
from teams.plans.tree import hang, outline, shift
from tests.cast import Cast
from tests.teams.plans import a_goal, a_plan, an_action

pytestmark = pytest.mark.django_db
YESTERDAY = dt.date.today() - dt.timedelta(days=1)


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return a_plan()


class TestTree:
    def test_numbers_goals_by_their_place(self, plan: Plan) -> None:
        first, second = a_goal(plan, "Netheid", kind="theme"), a_goal(plan, "Verkeer", kind="theme")
        a_goal(plan, "Glasbollen", below=first)
        a_goal(plan, "Schoolstraat", below=second)
        assert [(number, goal.title) for goal, number, _depth in outline(plan)] == [
            ("1", "Netheid"), ("1.1", "Glasbollen"), ("2", "Verkeer"), ("2.1", "Schoolstraat"),
        ]  # fmt: skip

    def test_changes_places_with_the_goal_beside_it(self, plan: Plan) -> None:
        first, second = a_goal(plan, "Een"), a_goal(plan, "Twee")
        assert shift(second, up=True)
        assert [goal.title for goal, _number, _depth in outline(plan)] == ["Twee", "Een"]
        assert not shift(Goal.objects.get(pk=second.pk), up=True)
        assert shift(Goal.objects.get(pk=second.pk), up=False)
        assert [goal.title for goal, _number, _depth in outline(plan)] == ["Een", "Twee"]
        assert first.plan_id == second.plan_id

    def test_refuses_a_circle(self, plan: Plan) -> None:
        top = a_goal(plan, "Boven", kind="theme")
        below = a_goal(plan, "Onder", below=top)
        with pytest.raises(Refused, match="niet onder zichzelf"):
            hang(top, below=below)

    def test_refuses_a_circle_in_the_database_too(self, plan: Plan) -> None:
        top = a_goal(plan, "Boven", kind="theme")
        below = a_goal(plan, "Onder", below=top)
        with pytest.raises(IntegrityError), transaction.atomic():
            Goal.objects.filter(pk=top.pk).update(parent=below)
        Goal.objects.filter(pk=below.pk).update(parent=None)  # the control

    def test_refuses_a_place_in_another_plan(self, plan: Plan) -> None:
        other = a_goal(a_plan("Een ander plan"), "Elders")
        mine = a_goal(plan, "Hier")
        with pytest.raises(Refused, match="eigen plan"):
            hang(mine, below=other)
        with pytest.raises(IntegrityError), transaction.atomic():
            Goal.objects.filter(pk=mine.pk).update(parent=other)

    def test_is_five_deep_at_most(self, plan: Plan) -> None:
        at = None
        for depth in range(1, 6):
            at = a_goal(plan, f"Niveau {depth}", below=at)
        with pytest.raises(Refused, match="vijf niveaus"):
            a_goal(plan, "Niveau 6", below=at)
        with pytest.raises(IntegrityError), transaction.atomic():
            Goal.objects.create(plan=plan, title="Niveau 6", kind="item", parent=at)

    def test_counts_what_hangs_below_when_it_moves(self, plan: Plan) -> None:
        fourth = None
        for depth in range(1, 5):
            fourth = a_goal(plan, f"Niveau {depth}", below=fourth)
        branch = a_goal(plan, "Tak", kind="theme")
        a_goal(plan, "Blad", below=branch)
        with pytest.raises(Refused, match="vijf niveaus"):
            hang(branch, below=fourth)

    def test_keeps_a_goal_on_which_actions_hang(self, cast: Cast, plan: Plan) -> None:
        goal = a_goal(plan, "Glasbollen", owner="team-net-noord")
        an_action(goal, "Glasbol verplaatsen", by=cast["gebiedswerker"])
        with pytest.raises(Refused, match="acties"):
            goal.remove()
        with pytest.raises(ProtectedError):
            goal.delete()

    def test_keeps_a_goal_above_others_and_removes_a_leaf(self, plan: Plan) -> None:
        top = a_goal(plan, "Boven", kind="theme")
        leaf = a_goal(plan, "Blad", below=top)
        with pytest.raises(Refused, match="andere doelen"):
            top.remove()
        leaf.remove()
        assert list(plan.goals.all()) == [top]


class TestStart:
    def test_gives_a_safety_plan_its_six_domains_and_support(self, cast: Cast) -> None:
        plan = a_plan("Integraal veiligheidsplan", "safety", areas=[])
        start(plan)
        assert [goal.title for goal, _number, _depth in outline(plan)] == [
            "Drugs", "Buurtveiligheid", "Jeugd", "Ruimte, wonen en milieu", "Veilig ondernemen",
            "Herstelgerichte aanpak", "Ondersteuning",
        ]  # fmt: skip

    def test_gives_nine_points_and_four_aspects(self) -> None:
        assert len(STARTS["nine_point"].titles) == 9
        assert len(STARTS["participation"].titles) == 4

    def test_knows_fourteen_phenomena(self, cast: Cast) -> None:
        assert Phenomenon.objects.filter(active=True).count() == 14


class TestProgress:
    def test_rolls_up_from_the_actions(self, cast: Cast, plan: Plan) -> None:
        by = cast["gebiedswerker"]
        top = a_goal(plan, "Netheid", kind="theme")
        one, two = a_goal(plan, "Glasbollen", below=top), a_goal(plan, "Buurtpoets", below=top)
        an_action(one, "Bol verzetten", by=by, status="done")
        an_action(one, "Camera", by=by, status="dropped")
        an_action(one, "Bord", by=by, due_on=YESTERDAY)
        an_action(two, "Poetsdag", by=by)
        written = Frozen.of(contents(plan))
        assert for_viewer(written, access_of(by)) == Progress(total=3, done=1, overdue=1)
        assert [node.progress for node in written.nodes] == [Progress(3, 1, 1), Progress(2, 1, 1), Progress(1, 0, 0)]

    def test_counts_only_what_the_viewer_may_read(self, cast: Cast, plan: Plan) -> None:
        goal = a_goal(plan, "Glasbollen")
        an_action(goal, "Van het team", by=cast["gebiedswerker"], audience=Audience.INTERNAL)
        an_action(goal, "Voor de partners", by=cast["gebiedswerker"])
        outside = access_of(cast["verpleegkundige"])  # views Overleie, and is not in the team
        assert for_viewer(Frozen.of(contents(plan)), outside).total == 1
        assert for_viewer(Frozen.of(contents(plan)), access_of(cast["wijkinspecteur"])).total == 2

    def test_tells_everybody_numbers_and_the_titles_of_what_is_public(self, cast: Cast, plan: Plan) -> None:
        goal = a_goal(plan, "Glasbollen")
        for audience in Audience.values:
            an_action(goal, f"Voor {audience}", by=cast["gebiedswerker"], audience=audience)
        an_action(goal, "Geschrapt", by=cast["gebiedswerker"], audience=Audience.PUBLIC, status="dropped")
        written = Frozen.of(contents(plan))
        assert for_everybody(written).total == 2
        assert written.tops[0].titles == ["Voor public"]

    def test_takes_one_query_however_many_goals(
        self, cast: Cast, plan: Plan, django_assert_num_queries: pytest.FixtureRequest
    ) -> None:
        for number in range(12):
            an_action(a_goal(plan, f"Doel {number}"), f"Actie {number}", by=cast["gebiedswerker"])
        viewer = access_of(cast["gebiedswerker"])
        with django_assert_num_queries(3):  # type: ignore[operator]  # goals, their phenomena, areas
            written = Frozen.of(contents(plan))
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert for_viewer(written, viewer).total == 12


class TestBalance:
    def test_stands_for_each_domain(self, plan: Plan) -> None:
        top, other = a_goal(plan, "Netheid", kind="theme"), a_goal(plan, "Verkeer", kind="theme")
        for dimension in ("preventive", "preventive", "reactive"):
            a_goal(plan, "Glasbollen", below=top, dimension=dimension)
        a_goal(plan, "Schoolstraat", below=other, dimension="proactive")
        chart = chart_of(Frozen.of(contents(plan)))
        assert chart is not None
        assert [(bar.label, list(bar.values)) for bar in chart.bars] == [("Netheid", [0, 2, 1]), ("Verkeer", [1, 0, 0])]

    def test_of_points_side_by_side_is_one(self, plan: Plan) -> None:
        for number, dimension in enumerate(("preventive", "reactive", ""), start=1):
            a_goal(plan, f"Punt {number}", dimension=dimension)
        chart = chart_of(Frozen.of(contents(plan)))
        assert chart is not None
        assert [(bar.label, list(bar.values)) for bar in chart.bars] == [(plan.title, [0, 1, 1])]

    def test_is_not_drawn_when_no_goal_says_which(self, plan: Plan) -> None:
        a_goal(plan, "Glasbollen")
        assert chart_of(Frozen.of(contents(plan))) is None


class TestReaders:
    def test_are_the_team_and_who_views_the_area(self, cast: Cast, plan: Plan) -> None:
        for who, reads, writes in [
            ("gebiedswerker", True, True), ("coordinator", True, True), ("wijkinspecteur", True, False),
            ("verpleegkundige", True, False), ("coordinator.rand", False, False), ("gebouwbeheerder", False, False),
            ("fluvius", False, False), ("dpo", False, False),
        ]:  # fmt: skip
            viewer = access_of(cast[who])
            assert Plan.objects.readable(viewer).filter(pk=plan.pk).exists() is reads, who
            assert Plan.objects.writable(viewer).filter(pk=plan.pk).exists() is writes, who

    def test_of_a_plan_for_the_whole_city_are_all_who_view_an_area(self, cast: Cast) -> None:
        plan = a_plan("Integraal veiligheidsplan", "safety", areas=[], team="preventie")
        assert Plan.objects.readable(access_of(cast["coordinator.rand"])).get() == plan
        assert not Plan.objects.readable(access_of(cast["fluvius"])).exists()

    def test_may_write_as_the_leader_of_the_team(self, cast: Cast, plan: Plan) -> None:
        Team.objects.get(code=plan.team.code).memberships.filter(user=cast["buurtwerker"]).update(role="leader")
        assert Plan.objects.writable(access_of(cast["buurtwerker"])).get() == plan
