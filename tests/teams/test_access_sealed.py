"""Who keeps sealed matter: teams of people who may read it, on their days."""

import datetime as dt

import pytest
from django.utils import timezone

from teams.access import (
    Reader,
    grant,
    keeps_sealed_matter,
    readers_of_sealed_matter,
    teams_that_keep_sealed_matter,
)
from teams.models import Membership, Team, User
from tests.cast import Cast

DAY = dt.timedelta(days=1)


def today() -> dt.date:
    return timezone.localdate()


def team(code: str) -> Team:
    return Team.objects.get(code=code)


class TestKeepingSealedMatter:
    @pytest.mark.parametrize(("code", "keeps"), [("sociale-dienst", True), ("dienstencentrum-overleie", False)])
    def test_needs_somebody_who_may_read_it(self, kortrijk: None, code: str, keeps: bool) -> None:
        assert keeps_sealed_matter(team(code)) == keeps

    def test_is_for_teams_of_people_who_may_and_no_others(self, cast: Cast) -> None:
        keeping = set(teams_that_keep_sealed_matter().values_list("code", flat=True))
        assert {"sociale-dienst", "buurtwerk", "wijkwerking-noord", "wijkwerking-zuid"} <= keeping
        assert not {"groen", "coordinatie-ocmw", "dienstencentrum-overleie", "gebiedsteam-overleie-pius-x"} & keeping

    def test_is_done_on_the_days_of_the_team(self, cast: Cast) -> None:
        service = team("sociale-dienst")
        Team.objects.filter(pk=service.pk).update(ends=today())
        assert keeps_sealed_matter(service)
        assert not teams_that_keep_sealed_matter(today() + DAY).contains(service)
        Team.objects.filter(pk=service.pk).update(ends=today() - DAY)
        assert not keeps_sealed_matter(service)
        assert teams_that_keep_sealed_matter(today() - DAY).contains(service)

    def test_ends_with_the_last_who_may_read_it(self, cast: Cast) -> None:
        service = team("sociale-dienst")
        Membership.objects.filter(team=service).update(ends=today())
        assert keeps_sealed_matter(service)
        assert not teams_that_keep_sealed_matter(today() + DAY).contains(service)
        Membership.objects.filter(team=service).update(ends=today() - DAY)
        assert not keeps_sealed_matter(service)


class TestReadersOfSealedMatter:
    def readers(self, on: dt.date | None = None) -> set[tuple[str, str, str]]:
        """Who, through which team, of which team."""
        codes = dict(Team.objects.values_list("pk", "code"))
        people = {person.pk: person.email.partition("@")[0] for person in User.objects.all()}
        found = readers_of_sealed_matter(on or today())
        return {(people[one.user_id], codes[one.through_id], codes[one.team_id]) for one in found}

    def test_are_members_of_the_team_that_keeps_it(self, cast: Cast) -> None:
        found = self.readers()
        assert ("verpleegkundige", "sociale-dienst", "sociale-dienst") in found
        assert ("wijkinspecteur", "wijkwerking-noord", "wijkwerking-noord") in found
        assert not {who for who, _, _ in found} & {"coordinator", "coordinator.ocmw", "dpo.ocmw", "dienstencentrum"}

    def test_are_known_by_membership_and_organisation(self, cast: Cast) -> None:
        nurse, service = cast["verpleegkundige"], team("sociale-dienst")
        member = Membership.objects.get(user=nurse, team=service)
        assert Reader(member.pk, nurse.pk, service.pk, service.pk, nurse.organisation_id) in readers_of_sealed_matter(
            today()
        )

    def test_are_members_of_another_team_that_may_as_well(self, cast: Cast) -> None:
        grant(team("coordinatie-ocmw"), "view_sealed", team("sociale-dienst"))
        grant(team("coordinatie-ocmw"), "view_sealed", team("buurtwerk"))
        through = {(who, of) for who, by, of in self.readers() if by == "coordinatie-ocmw"}
        assert through == {("coordinator.ocmw", "sociale-dienst"), ("coordinator.ocmw", "buurtwerk")}

    def test_read_on_their_days_and_those_of_the_team(self, cast: Cast) -> None:
        Membership.objects.filter(user=cast["verpleegkundige"]).update(ends=today())
        Team.objects.filter(code="wijkwerking-noord").update(ends=today())
        assert {"verpleegkundige", "wijkinspecteur"} <= {who for who, _, _ in self.readers()}
        later = {who for who, _, _ in self.readers(today() + DAY)}
        assert not {"verpleegkundige", "wijkinspecteur"} & later
        assert "wijkinspecteur.zuid" in later
        # Of a team that ended nobody reads anything, through whatever team.
        grant(team("coordinatie-politie"), "view_sealed", team("wijkwerking-noord"))
        assert "wijkwerking-noord" not in {of for _, _, of in self.readers(today() + DAY)}
