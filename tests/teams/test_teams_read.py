"""Teams, their people and posts: read by who works with them, steered by the own administrator."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from teams.models import Post, PostHolder, Team, User
from tests.cast import Cast, area

type SignIn = Callable[[User], Client]


class TestTeams:
    def test_lists_the_own_organisation_and_the_joint_teams_of_the_own_areas(self, cast: Cast, sign_in: SignIn) -> None:
        html = sign_in(cast["coordinator"]).get("/teams/").content.decode()
        assert "Openbaar domein" in html
        assert "Gebiedsteam Overleie en Pius X" in html
        assert "Gebiedsteam Marke" not in html
        assert "Sociale dienst" not in html

    def test_shows_a_partner_its_own_team_alone(self, cast: Cast, sign_in: SignIn) -> None:
        response = sign_in(cast["fluvius"]).get("/teams/")
        assert [team.code for team in response.context["own"]] == ["fluvius-verlichting"]
        assert response.context["joint"] == []

    def test_costs_the_same_however_many_teams(
        self, cast: Cast, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = sign_in(cast["coordinator"])
        with django_assert_max_num_queries(20) as few:
            client.get("/teams/")
        for number in range(10):
            team = Team.objects.create(
                code=f"t{number}", name=f"T{number}", kind="service", organisation=cast["agent"].organisation
            )
            team.areas.set([area("Marke")])
        with django_assert_max_num_queries(len(few.captured_queries)):
            client.get("/teams/")


class TestTeam:
    def test_names_its_people_and_posts(self, cast: Cast, sign_in: SignIn) -> None:
        html = sign_in(cast["agent"]).get("/teams/team/coordinatie-noord-centrum/").content.decode()
        assert "Bram Vandeputte" in html
        assert "Coördinator Overleie" in html
        assert "Iemand toevoegen" not in html

    def test_of_another_organisation_is_not_there(self, cast: Cast, sign_in: SignIn) -> None:
        url = "/teams/team/sociale-dienst/"
        assert sign_in(cast["coordinator"]).get(url).status_code == 404
        assert sign_in(cast["coordinator.ocmw"]).get(url).status_code == 200

    def test_leaves_out_who_left(self, cast: Cast, sign_in: SignIn) -> None:
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        cast["coordinator"].memberships.update(ends=yesterday)
        html = sign_in(cast["agent"]).get("/teams/team/coordinatie-noord-centrum/").content.decode()
        assert "coordinator@kortrijk.example" not in html

    def test_keeps_its_settings(self, cast: Cast, sign_in: SignIn) -> None:
        url = "/teams/team/groen/instellingen/"
        data = {"name": "Groen en natuur", "phone": "056", "report_after_working_days": "0"}
        assert sign_in(cast["coordinator"]).post(url, data).status_code == 403
        assert sign_in(cast["beheerder"]).post(url, data).status_code == 302
        assert Team.objects.get(code="groen").name == "Groen en natuur"

    def test_that_is_joint_is_set_by_who_manages_its_areas(self, cast: Cast, sign_in: SignIn) -> None:
        url = "/teams/team/gebiedsteam-overleie-pius-x/instellingen/"
        data = {"name": "Gebiedsteam Noord", "phone": "", "report_after_working_days": "5"}
        codes = [sign_in(cast[who]).post(url, data).status_code for who in ["beheerder", "coordinator", "fluvius"]]
        assert codes == [403, 403, 403]
        assert sign_in(cast["gebiedswerker"]).post(url, data).status_code == 302
        assert Team.objects.get(code="gebiedsteam-overleie-pius-x").report_after_working_days == 5

    def test_refuses_a_report_after_the_middle_of_the_month(self, cast: Cast, sign_in: SignIn) -> None:
        url, data = "/teams/team/gebiedsteam-overleie-pius-x/instellingen/", {"name": "Gebiedsteam Noord"}
        client = sign_in(cast["gebiedswerker"])
        late = client.post(url, {**data, "report_after_working_days": "16"})
        assert late.status_code == 422
        assert "kies hoogstens 15." in late.content.decode()
        assert client.post(url, {**data, "report_after_working_days": "15"}).status_code == 302


class TestPost:
    @pytest.fixture
    def post(self, cast: Cast) -> Post:
        return Post.objects.get(team__code="coordinatie-noord-centrum", area=area("Overleie"))

    def hold(self, client: Client, post: Post, person: User, **data: Any) -> Any:
        return client.post(f"/teams/posten/{post.pk}/", {"user": person.pk, "starts": "2030-01-01", **data})

    def test_is_added_once_per_area_and_function(self, cast: Cast, sign_in: SignIn) -> None:
        client, url = sign_in(cast["beheerder"]), "/teams/team/coordinatie-noord-centrum/posten/nieuw/"
        data = {"function": "area_worker", "area": area("Overleie").pk, "phone": ""}
        assert client.post(url, data).status_code == 302
        assert client.post(url, data).status_code == 422
        assert client.post(url, {**data, "area": area("Marke").pk}).status_code == 422

    def test_is_held_by_members_of_its_team_only(self, cast: Cast, sign_in: SignIn, post: Post) -> None:
        client = sign_in(cast["beheerder"])
        assert "Kies een lid van het team" in self.hold(client, post, cast["agent"]).content.decode()
        PostHolder.objects.filter(post=post).update(ends=timezone.localdate())
        seats = cast["coordinator"].memberships.filter(team=post.team)
        seats.update(ends=timezone.localdate() - dt.timedelta(days=1))
        assert "Kies een lid van het team" in self.hold(client, post, cast["coordinator"]).content.decode()
        seats.update(ends=timezone.localdate())
        assert self.hold(client, post, cast["coordinator"]).status_code == 302

    def test_refuses_the_same_holder_twice_at_once(self, cast: Cast, sign_in: SignIn, post: Post) -> None:
        response = self.hold(sign_in(cast["beheerder"]), post, cast["coordinator"])
        assert response.status_code == 422
        assert "heeft deze post al in die periode" in response.content.decode()

    def test_ends_for_its_holder_on_a_day(self, cast: Cast, sign_in: SignIn, post: Post) -> None:
        holder = PostHolder.objects.get(post=post)
        data = {"starts": holder.starts.isoformat(), "ends": "2030-06-30"}
        assert sign_in(cast["beheerder"]).post(f"/teams/houders/{holder.pk}/", data).status_code == 302
        holder.refresh_from_db()
        assert holder.ends == dt.date(2030, 6, 30)

    def test_is_steered_by_the_own_administrator(self, cast: Cast, sign_in: SignIn, post: Post) -> None:
        holder = PostHolder.objects.get(post=post)
        for url in [f"/teams/posten/{post.pk}/", f"/teams/posten/{post.pk}/wijzigen/", f"/teams/houders/{holder.pk}/"]:
            codes = [sign_in(cast[who]).get(url).status_code for who in ["beheerder", "beheerder.ocmw", "coordinator"]]
            assert codes == [200, 404, 403]


class TestMe:
    def test_tells_what_one_does_and_where(self, cast: Cast, sign_in: SignIn) -> None:
        html = sign_in(cast["coordinator"]).get("/teams/ik/").content.decode()
        assert "Coördinatie Noord en Centrum" in html
        assert "Overleie" in html
        assert "Leeslogboek" not in html

    def test_says_so_when_one_is_in_no_team(self, cast: Cast, sign_in: SignIn) -> None:
        cast["coordinator"].memberships.update(ends=timezone.localdate() - dt.timedelta(days=1))
        html = sign_in(cast["coordinator"]).get("/teams/ik/").content.decode()
        assert "Je zit vandaag in geen enkel team" in html

    def test_offers_each_only_the_pages_that_open(self, cast: Cast, sign_in: SignIn) -> None:
        for who in ["beheerder", "dpo", "coordinator", "agent", "fluvius"]:
            client = sign_in(cast[who])
            tabs = client.get("/teams/ik/").content.decode().split('<nav class="views"')[1].split("</nav>")[0]
            urls = [part.split('"')[0] for part in tabs.split('href="')[1:]]
            assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)
