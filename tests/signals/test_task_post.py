"""A task for a post is for who holds it that day; nobody's absence leaves it without an owner."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from signals import worklist
from signals.models import Signal, Task
from teams.access import access_of
from teams.models import Membership, Post, PostHolder, Team, User
from tests.cast import Cast, area

type SignIn = Callable[[User], Client]
type Make = Callable[..., Signal]


@pytest.fixture
def post(cast: Cast) -> Post:
    """Of the ward inspector of Overleie: Lies."""
    return Post.objects.get(team__code="wijkwerking-noord", area=area("Overleie"))


@pytest.fixture
def colleague(cast: Cast, post: Post) -> User:
    """Another ward inspector of the same team."""
    person = User.objects.create(
        email="w@k.example", name="Wim Wouters", organisation=cast["wijkinspecteur"].organisation
    )
    Membership.objects.create(
        user=person, team=post.team, function="ward_inspector", starts=timezone.localdate() - dt.timedelta(days=9)
    )
    return person


@pytest.fixture
def task(cast: Cast, report: Make, post: Post) -> Task:
    signal = report("Onveilige situatie")
    return signal.offer(team=post.team, post=post, title="Toezicht", by=cast["coordinator"])


def away(post: Post) -> None:
    post.holders.update(ends=timezone.localdate() - dt.timedelta(days=1))


def sees(who: User) -> list[Task]:
    return list(worklist.own_tasks(access_of(who)))


class TestTask:
    def test_is_for_who_holds_the_post(self, cast: Cast, task: Task, colleague: User) -> None:
        assert sees(cast["wijkinspecteur"]) == [task]
        assert sees(colleague) == []

    def test_without_a_post_is_for_the_whole_team(self, cast: Cast, task: Task, colleague: User) -> None:
        Task.objects.update(post=None)
        assert sees(cast["wijkinspecteur"]) == sees(colleague) == [task]

    def test_moves_with_the_post(self, cast: Cast, task: Task, post: Post, colleague: User) -> None:
        away(post)
        PostHolder.objects.create(post=post, user=colleague)
        assert (sees(cast["wijkinspecteur"]), sees(colleague)) == ([], [task])

    def test_without_a_holder_is_for_the_team_and_its_coordinator(
        self, cast: Cast, task: Task, post: Post, colleague: User
    ) -> None:
        dirk = access_of(cast["coordinator.politie"])
        assert list(worklist.without_holder(dirk)) == []
        away(post)
        assert list(worklist.without_holder(dirk)) == [task]
        assert sees(colleague) == [task]

    @pytest.mark.parametrize("gone", ["away", "stopped"])
    def test_without_a_holder_asks_the_team_by_mail(
        self, cast: Cast, report: Make, post: Post, colleague: User, gone: str
    ) -> None:
        User.objects.filter(pk=colleague.pk).update(mail_offers=True)
        if gone == "away":
            User.objects.filter(pk=cast["wijkinspecteur"].pk).update(mail_offers=False)
            away(post)
        else:
            User.objects.filter(pk=cast["wijkinspecteur"].pk).update(is_active=False)
        report("Onveilige situatie").offer(team=post.team, post=post, title="Toezicht", by=cast["coordinator"])
        told = Message.objects.filter(key__startswith="task:").values_list("to", flat=True)
        assert list(told) == [colleague.email]

    def test_without_a_holder_is_no_business_of_another_organisation(self, cast: Cast, task: Task, post: Post) -> None:
        away(post)
        for who in ["coordinator", "coordinator.ocmw", "beheerder", "wijkinspecteur.zuid"]:
            assert list(worklist.without_holder(access_of(cast[who]))) == []

    def test_of_somebody_who_left_the_team_counts_as_without_a_holder(self, cast: Cast, task: Task, post: Post) -> None:
        Membership.objects.filter(user=cast["wijkinspecteur"], team=post.team).delete()
        assert list(worklist.without_holder(access_of(cast["coordinator.politie"]))) == [task]

    def test_cannot_be_for_a_post_of_another_team(self, cast: Cast, report: Make, post: Post) -> None:
        signal = report("Onveilige situatie")
        with pytest.raises(Refused, match="een post in een ander team"):
            signal.offer(team=Team.objects.get(code="groen"), post=post, title="x", by=cast["coordinator"])
        with pytest.raises(IntegrityError), transaction.atomic():
            Task.objects.create(signal=signal, team=Team.objects.get(code="groen"), post=post, title="x")


class TestPages:
    def test_name_the_post_and_who_holds_it(self, cast: Cast, sign_in: SignIn, task: Task, post: Post) -> None:
        for who, page in [("wijkinspecteur", "/vandaag/"), ("coordinator", f"/signalen/{task.signal.reference}/")]:
            html = sign_in(cast[who]).get(page).content.decode()
            assert "voor de wijkinspecteur Overleie" in html
            assert "Lies Vanneste" in html

    def test_say_that_nobody_holds_it(self, cast: Cast, sign_in: SignIn, task: Task, post: Post) -> None:
        away(post)
        html = sign_in(cast["coordinator.politie"]).get("/vandaag/").content.decode()
        assert "Voor een post die vandaag niemand heeft" in html
        assert "vandaag niemand; de coördinator van het team ziet het" in html

    def test_offer_to_a_post(self, cast: Cast, sign_in: SignIn, report: Make, post: Post) -> None:
        signal, client = report("Onveilige situatie"), sign_in(cast["coordinator"])
        typed = {"team": post.team_id, "post": post.pk, "title": "Toezicht"}
        assert client.post(f"/signalen/{signal.reference}/taken/", typed).status_code in (302, 303)
        assert signal.tasks.get(title="Toezicht").post == post

    def test_refuse_a_post_of_another_team_and_keep_what_was_typed(
        self, cast: Cast, sign_in: SignIn, report: Make, post: Post
    ) -> None:
        signal, client = report("Onveilige situatie"), sign_in(cast["coordinator"])
        typed = {"team": Team.objects.get(code="groen").pk, "post": post.pk, "title": "Iets bijzonders"}
        answer = client.post(f"/signalen/{signal.reference}/taken/", typed)
        assert "Deze post hoort bij Wijkwerking Noord." in answer.content.decode()
        assert "Iets bijzonders" in answer.content.decode()
