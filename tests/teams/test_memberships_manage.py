"""Who is in which team, from when till when: dated, of one's own organisation, never one's own."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from teams.access import access_of
from teams.models import Function, Membership, Team, User
from tests.cast import Cast

type SignIn = Callable[[User], Client]

AREA_TEAM = "gebiedsteam-overleie-pius-x"


@pytest.fixture
def administrator(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["beheerder"])


def give(client: Client, person: User, code: str, **data: Any) -> Any:
    values = {
        "team": Team.objects.get(code=code).pk,
        "function": "executor",
        "starts": timezone.localdate().isoformat(),
        **data,
    }
    return client.post(f"/teams/mensen/{person.pk}/lidmaatschappen/nieuw/", values)


class TestGiving:
    def test_puts_a_person_in_a_team_with_function_mandate_and_period(self, cast: Cast, administrator: Client) -> None:
        ends = timezone.localdate() + dt.timedelta(days=30)
        response = give(administrator, cast["agent"], "groen", mandate="Namens de groendienst", ends=ends.isoformat())
        assert response.status_code == 302
        membership = Membership.objects.get(user=cast["agent"], team__code="groen")
        assert (membership.function, membership.mandate, membership.ends) == ("executor", "Namens de groendienst", ends)

    def test_an_overlapping_period_is_a_form_error(self, cast: Cast, administrator: Client) -> None:
        give(administrator, cast["agent"], "groen")
        again = give(administrator, cast["agent"], "groen")
        assert again.status_code == 422
        assert "heeft die functie al in dit team in die periode" in again.content.decode()
        assert give(administrator, cast["agent"], "groen", function="desk_agent").status_code == 302

    def test_an_end_before_the_start_is_a_form_error(self, cast: Cast, administrator: Client) -> None:
        response = give(administrator, cast["agent"], "groen", ends="2020-01-01")
        assert "Het einde ligt voor het begin" in response.content.decode()

    def test_a_team_of_another_organisation_is_refused(self, cast: Cast, administrator: Client) -> None:
        response = give(administrator, cast["agent"], "sociale-dienst")
        assert response.status_code == 422
        assert "Dit team beheer je niet" in response.content.decode()
        assert not Membership.objects.filter(user=cast["agent"], team__code="sociale-dienst").exists()

    def test_to_oneself_is_refused(self, cast: Cast, administrator: Client) -> None:
        response = give(
            administrator, cast["beheerder"], "gegevensbescherming-stad", function="data_protection_officer"
        )
        assert response.status_code == 422
        assert "wijzigt een andere beheerder" in response.content.decode()
        assert not access_of(User.objects.get(pk=cast["beheerder"].pk)).holds(Function.DATA_PROTECTION_OFFICER)


class TestJointTeam:
    url = f"/teams/team/{AREA_TEAM}/leden/nieuw/"

    @pytest.mark.parametrize(
        ("administrator", "own", "foreign"),
        [("beheerder", "agent", "verpleegkundige"), ("beheerder.ocmw", "verpleegkundige", "wijkinspecteur.zuid")],
    )
    def test_takes_from_each_administrator_the_own_people_only(
        self, cast: Cast, sign_in: SignIn, administrator: str, own: str, foreign: str
    ) -> None:
        client, since = sign_in(cast[administrator]), timezone.localdate().isoformat()
        refused = client.post(self.url, {"user": cast[foreign].pk, "function": "area_worker", "starts": since})
        assert refused.status_code == 422
        assert "Kies iemand van je eigen organisatie" in refused.content.decode()
        taken = client.post(self.url, {"user": cast[own].pk, "function": "area_worker", "starts": since})
        assert taken.status_code == 302
        assert set(Membership.objects.filter(team__code=AREA_TEAM, starts=since).values_list("user", flat=True)) == {
            cast[own].pk
        }

    def test_membership_of_another_organisations_person_may_be_read_and_not_changed(
        self, cast: Cast, sign_in: SignIn
    ) -> None:
        membership = Membership.objects.get(user=cast["coordinator.ocmw"], team__code=AREA_TEAM)
        url = f"/teams/mensen/lidmaatschappen/{membership.pk}/"
        assert sign_in(cast["beheerder"]).post(url, {"starts": "2026-01-01"}).status_code == 403
        assert sign_in(cast["beheerder.ocmw"]).get(url).status_code == 200

    def test_has_settings_that_no_single_administrator_changes(self, cast: Cast, administrator: Client) -> None:
        assert administrator.get(f"/teams/team/{AREA_TEAM}/instellingen/").status_code == 403
        assert administrator.get("/teams/team/groen/instellingen/").status_code == 200


class TestTeamOfOneOrganisation:
    def test_refuses_a_person_of_another_one(self, cast: Cast, administrator: Client) -> None:
        data = {"user": cast["verpleegkundige"].pk, "function": "executor", "starts": "2026-01-01"}
        response = administrator.post("/teams/team/groen/leden/nieuw/", data)
        assert response.status_code == 422
        assert not Membership.objects.filter(team__code="groen").exists()

    def test_is_not_there_for_the_administrator_of_another(self, cast: Cast, sign_in: SignIn) -> None:
        url = "/teams/team/sociale-dienst/leden/nieuw/"
        assert sign_in(cast["beheerder"]).get(url).status_code == 404
        assert sign_in(cast["beheerder.ocmw"]).get(url).status_code == 200


class TestEnding:
    def test_takes_the_rights_away_after_the_last_day(self, cast: Cast, administrator: Client) -> None:
        membership = Membership.objects.get(user=cast["coordinator.rand"])
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        data = {"starts": membership.starts.isoformat(), "ends": yesterday.isoformat(), "team": 1, "user": "x"}
        assert administrator.post(f"/teams/mensen/lidmaatschappen/{membership.pk}/", data).status_code == 302
        membership.refresh_from_db()
        assert (membership.ends, membership.team.code) == (yesterday, "coordinatie-rand")
        assert not access_of(User.objects.get(pk=cast["coordinator.rand"].pk)).areas("view")

    def test_of_ones_own_is_for_a_colleague(self, cast: Cast, administrator: Client) -> None:
        membership = Membership.objects.get(user=cast["beheerder"])
        url = f"/teams/mensen/lidmaatschappen/{membership.pk}/"
        refused = administrator.post(url, {"starts": "2026-01-01", "ends": "2026-01-02"})
        assert "wijzigt een andere beheerder" in refused.content.decode()
