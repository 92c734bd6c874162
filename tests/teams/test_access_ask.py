"""Who may, and which team can: questions asked of the grants the other way round."""

import datetime as dt

from django.utils import timezone

from reservations.load import load_buildings
from reservations.models import Building
from reservations.models.grants import BuildingGrant
from teams.access import (
    Access,
    access_of,
    access_of_organisation,
    access_of_team,
    accesses_of,
    grant,
    granted,
    teams_that_work,
    who_may,
)
from teams.models import Function, Membership, Organisation, Team, User
from tests.cast import Cast, area

DAY = dt.timedelta(days=1)


def today() -> dt.date:
    return timezone.localdate()


def team(code: str) -> Team:
    return Team.objects.get(code=code)


def pk_of(code: str) -> int:
    return Organisation.objects.get(code=code).pk


class TestAViewer:
    def test_may_what_is_granted_on_areas_and_teams_and_nothing_else(self) -> None:
        access = Access(area_grants={"route": frozenset([7])}, team_grants={"view_sealed": frozenset([9])})
        assert (access.areas("route"), access.areas("view")) == (frozenset([7]), frozenset())
        assert (access.teams("view_sealed"), access.teams("work")) == (frozenset([9]), frozenset())
        assert access.sealed_team_ids == {9}
        assert [access.may(action) for action in ("route", "view_sealed", "view", "work")] == [True, True, False, False]

    def test_without_anything_may_nothing(self) -> None:
        assert not Access().areas("view") | Access().sealed_team_ids
        assert not Access().may("view")

    def test_holds_the_functions_of_every_membership(self, cast: Cast) -> None:
        access = access_of(cast["deelgemeente"])
        assert access.holds(Function.CULTURAL_OFFICER)
        assert access.holds(Function.AREA_WORKER, Function.ADMINISTRATOR)
        assert not access.holds(Function.ADMINISTRATOR, Function.COORDINATOR)

    def test_is_a_person_of_an_organisation_in_teams(self, cast: Cast) -> None:
        access = access_of(cast["coordinator"])
        assert (access.user_id, access.organisation_id) == (cast["coordinator"].pk, pk_of("stad"))
        codes = Team.objects.filter(pk__in=access.team_ids).values_list("code", flat=True)
        assert set(codes) == {"coordinatie-noord-centrum", "gebiedsteam-overleie-pius-x"}

    def test_is_read_anew_for_another_day(self, cast: Cast) -> None:
        person = cast["coordinator"]
        Membership.objects.filter(user=person).update(ends=today())
        assert access_of(person).team_ids
        assert not access_of(person, on=today() + DAY).team_ids
        assert access_of(person, on=today()).team_ids

    def test_who_is_stopped_meanwhile_may_nothing_more(self, cast: Cast) -> None:
        person = cast["coordinator"]
        assert access_of(person).team_ids
        person.is_active = False
        assert access_of(person) == Access()


class TestManyAtOnce:
    def test_get_each_what_they_would_get_alone(self, cast: Cast) -> None:
        people = [cast[who] for who in ("coordinator", "verpleegkundige", "wijkinspecteur", "dpo")]
        alone = {person.pk: access_of(person) for person in people}
        assert accesses_of(people) == alone
        assert len({access.team_ids for access in alone.values()}) == 4

    def test_get_it_for_the_day_that_is_asked(self, cast: Cast) -> None:
        person = cast["coordinator"]
        Membership.objects.filter(user=person).update(ends=today())
        assert accesses_of([person])[person.pk].team_ids
        assert not accesses_of([person], today() + DAY)[person.pk].team_ids

    def test_give_nothing_to_who_was_stopped(self, cast: Cast) -> None:
        cast["coordinator"].is_active = False
        found = accesses_of([cast["coordinator"], cast["gebiedswerker"]])
        assert found[cast["coordinator"].pk] == Access()
        assert found[cast["gebiedswerker"].pk].user_id == cast["gebiedswerker"].pk


class TestATeamAsViewer:
    """A partner's program asks in the name of a team."""

    def test_has_its_grants_but_nothing_sealed(self, cast: Cast) -> None:
        access = access_of_team(team("wijkwerking-noord"))
        assert access.areas("view") == access_of(cast["wijkinspecteur"]).areas("register")
        assert access.teams("work") == {team("wijkwerking-noord").pk}
        assert access_of(cast["wijkinspecteur"]).sealed_team_ids
        assert not access.sealed_team_ids

    def test_is_of_its_organisation_and_nobody_in_person(self, kortrijk: None) -> None:
        access = access_of_team(team("wijkwerking-noord"))
        assert (access.organisation_id, access.team_ids) == (
            pk_of("politie"),
            frozenset([team("wijkwerking-noord").pk]),
        )
        assert (access.user_id, access.functions) == (None, frozenset())

    def test_that_keeps_nothing_sealed_has_its_grants_as_well(self, kortrijk: None) -> None:
        partner = team("fluvius-verlichting")
        assert access_of_team(partner).teams("work") == {partner.pk}

    def test_that_ended_has_nothing(self, kortrijk: None) -> None:
        ward = team("wijkwerking-noord")
        Team.objects.filter(pk=ward.pk).update(ends=today())
        assert access_of_team(ward).areas("view")
        assert access_of_team(ward, on=today()).team_ids
        assert access_of_team(ward, on=today() + DAY) == Access(organisation_id=pk_of("politie"))


class TestAnOrganisationAsReader:
    def test_views_the_area_and_is_in_no_team(self, kortrijk: None) -> None:
        access = access_of_organisation(Organisation.objects.get(code="ocmw"), area("Kooigem"))
        assert access == Access(organisation_id=pk_of("ocmw"), area_grants={"view": frozenset([area("Kooigem").pk])})


class TestBuildings:
    def test_are_granted_to_the_teams_of_who_keeps_them(self, cast: Cast) -> None:
        load_buildings()
        keeper, other = access_of(cast["gebouwbeheerder"]), access_of(cast["coordinator"])
        kept = granted(keeper, BuildingGrant, "manage")
        assert Building.objects.get(code="oc-marke").pk in kept
        assert granted(keeper, BuildingGrant, "paint") == frozenset()
        assert granted(other, BuildingGrant, "manage") == frozenset()


class TestTeamsThatWork:
    def test_are_those_somebody_may_work_for(self, kortrijk: None) -> None:
        working = set(teams_that_work().values_list("code", flat=True))
        assert {"groen", "sociale-dienst", "wijkwerking-noord", "fluvius-verlichting"} <= working
        assert not {"beheer-stad", "gegevensbescherming-ocmw", "gebiedsteam-overleie-pius-x"} & working

    def test_are_never_joint_whatever_they_are_granted(self, kortrijk: None) -> None:
        joint = team("gebiedsteam-overleie-pius-x")
        grant(joint, "work", joint)
        assert not teams_that_work().contains(joint)

    def test_work_on_their_days_alone(self, kortrijk: None) -> None:
        service = team("groen")
        Team.objects.filter(pk=service.pk).update(ends=today())
        assert teams_that_work().contains(service)
        assert not teams_that_work(today() + DAY).contains(service)
        Team.objects.filter(pk=service.pk).update(ends=today() - DAY)
        assert not teams_that_work().contains(service)
        assert teams_that_work(today() - DAY).contains(service)


class TestWhoMay:
    def who(self, action: str, where: str, organisation: str, on: dt.date | None = None) -> set[str]:
        found = who_may(action, area(where).pk, pk_of(organisation), on)
        return {person.email.partition("@")[0] for person in found}

    def test_route_is_the_coordinator_of_that_area_in_that_organisation(self, cast: Cast) -> None:
        assert self.who("route", "Overleie", "stad") == {"coordinator"}
        assert self.who("route", "Marke", "stad") == {"coordinator.rand"}
        assert self.who("route", "Overleie", "politie") == {"coordinator.politie"}

    def test_register_are_more_than_may_route(self, cast: Cast) -> None:
        assert {"agent", "coordinator"} < self.who("register", "Overleie", "stad")

    def test_counts_memberships_of_the_day(self, cast: Cast) -> None:
        Membership.objects.filter(user=cast["coordinator"]).update(ends=today())
        assert self.who("route", "Overleie", "stad") == {"coordinator"}
        assert self.who("route", "Overleie", "stad", on=today() + DAY) == set()
        Membership.objects.filter(user=cast["coordinator"]).update(ends=today() - DAY)
        assert self.who("route", "Overleie", "stad") == set()

    def test_counts_nobody_who_was_stopped(self, cast: Cast) -> None:
        User.objects.filter(pk=cast["coordinator"].pk).update(is_active=False)
        assert self.who("route", "Overleie", "stad") == set()
