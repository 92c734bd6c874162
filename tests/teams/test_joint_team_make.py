from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from teams.access import access_of
from teams.models import ExternalMember, Membership, Team, User
from tests.cast import Cast

type SignIn = Callable[[User], Client]

NEW = reverse("teams:team-add")
PROJECT = {"name": "Project Leieboorden", "kind": "project", "starts": "2026-01-05", "purpose": "De oever openmaken."}


class TestJointTeam:
    def test_is_made_by_who_manages_areas(self, cast: Cast, sign_in: SignIn) -> None:
        area = Team.objects.get(code="gebiedswerking").areas.get(name="Overleie")
        data = PROJECT | {"exit_criteria": "De oever is open.", "areas": [area.pk]}
        assert sign_in(cast["gebiedswerker"]).post(NEW, data).status_code == 302
        made = Team.objects.get(code="project-leieboorden")
        assert made.organisation is None
        assert list(made.areas.all()) == [area]
        assert sign_in(cast["gebiedswerker"]).post(NEW, data).status_code == 422
        assert not made.group.areagrant_set.exists()  # a project reads nothing of the area

    def test_is_not_made_by_others(self, cast: Cast, sign_in: SignIn) -> None:
        assert sign_in(cast["wijkinspecteur"]).post(NEW, PROJECT).status_code == 403
        assert sign_in(cast["wijkinspecteur"]).get(NEW).status_code == 403
        assert sign_in(cast["gebiedswerker"]).get(NEW).status_code == 200

    def test_that_is_a_project_has_an_end_or_a_way_out(self, cast: Cast, sign_in: SignIn) -> None:
        assert sign_in(cast["gebiedswerker"]).post(NEW, PROJECT).status_code == 422
        assert sign_in(cast["gebiedswerker"]).post(NEW, PROJECT | {"ends": "2027-01-01"}).status_code == 302

    def test_that_ended_stands_under_a_fold(self, cast: Cast, sign_in: SignIn) -> None:
        Team.objects.filter(code="stuurgroep-venning").update(ends="2020-12-31")
        page = sign_in(cast["gebiedswerker"]).get(reverse("teams:teams")).text
        assert page.count("Stuurgroep Venning") == 1
        assert page.index("<details") < page.index("Stuurgroep Venning")


class TestExternalMember:
    def test_is_kept_by_who_manages_the_areas(self, cast: Cast, sign_in: SignIn) -> None:
        address = reverse("teams:external-add", args=["stuurgroep-lange-munte"])
        data = {"name": "Rita Vande Walle", "organisation_name": "bewoner", "starts": "2026-01-01"}
        for _time in range(2):  # sent twice
            assert sign_in(cast["gebiedswerker"]).post(address, data).status_code == 302
        made = ExternalMember.objects.get()
        assert made.team.code == "stuurgroep-lange-munte"
        page = sign_in(cast["gebiedswerker"]).get(reverse("teams:team", args=[made.team.code])).text
        assert "Rita Vande Walle" in page
        one = reverse("teams:external", args=[made.pk])
        assert sign_in(cast["gebiedswerker"]).post(one, data | {"ends": "2026-02-01"}).status_code == 302
        assert sign_in(cast["wijkinspecteur"]).get(one).status_code in (403, 404)
        assert sign_in(cast["beheerder.ocmw"]).get(one).status_code == 200

    def test_is_not_kept_by_who_sits_there_and_manages_none_of_its_areas(self, cast: Cast, sign_in: SignIn) -> None:
        team = Team.objects.get(code="stuurgroep-lange-munte")
        one = ExternalMember.objects.create(team=team, name="Rita")
        pages = [reverse("teams:external-add", args=[team.code]), reverse("teams:external", args=[one.pk])]
        client = sign_in(cast["gebiedswerker"])
        assert [client.get(page).status_code for page in pages] == [200, 200]
        Membership.objects.create(user=cast["gebiedswerker"], team=team, function="area_worker")
        team.areas.clear()
        assert [client.post(page, {"name": "An"}).status_code for page in pages] == [403, 403]

    def test_is_added_to_no_team_of_one_house(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["beheerder"])
        assert client.get(reverse("teams:external-add", args=["groen"])).status_code == 403
        assert client.get(reverse("teams:external-add", args=["stuurgroep-venning"])).status_code == 200

    def test_sits_at_no_table_of_one_house(self, cast: Cast) -> None:
        with pytest.raises(ValidationError):
            ExternalMember(team=Team.objects.get(code="groen"), name="Rita").full_clean()

    def test_is_read_with_the_team(self, cast: Cast) -> None:
        team = Team.objects.get(code="stuurgroep-lange-munte")
        ExternalMember.objects.create(team=team, name="Rita")
        assert ExternalMember.objects.readable(access_of(cast["gebiedswerker"])).exists()
        assert not ExternalMember.objects.readable(access_of(cast["vereniging"])).exists()
