"""What a person may do comes from memberships valid today, and from nothing else."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser, Permission
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from signals.models import Signal
from teams.access import Access, access_of, grant
from teams.models import Function, Membership, Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]


def today() -> dt.date:
    return timezone.localdate()


class TestMembership:
    def test_gives_what_the_team_was_granted(self, cast: Cast) -> None:
        access = access_of(cast["coordinator"])
        assert access.holds(Function.COORDINATOR)
        assert access.areas("route")
        assert not access.sealed_team_ids

    def test_counts_on_its_first_and_last_day_and_not_beside_them(self, cast: Cast) -> None:
        person = cast["coordinator"]
        starts, ends = today() + dt.timedelta(days=3), today() + dt.timedelta(days=5)
        Membership.objects.filter(user=person).update(starts=starts, ends=ends)
        days = [starts - dt.timedelta(days=1), starts, ends, ends + dt.timedelta(days=1)]
        assert [bool(access_of(person, on=day).areas("view")) for day in days] == [False, True, True, False]

    def test_that_ended_shows_nothing_the_next_day(self, cast: Cast, report: Make) -> None:
        signal = report()
        person = cast["coordinator"]
        Membership.objects.filter(user=person).update(ends=today())
        assert Signal.objects.readable(access_of(person)).filter(pk=signal.pk).exists()
        with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
            assert not Signal.objects.listed(access_of(person)).exists()
            assert access_of(person).team_ids == frozenset()

    def test_counts_for_nothing_in_a_team_that_ended(self, cast: Cast) -> None:
        person = cast["coordinator.rand"]
        assert access_of(person).areas("view")
        Team.objects.filter(code="coordinatie-rand").update(ends=today() - dt.timedelta(days=1))
        assert not access_of(fresh(person)).areas("view")

    def test_counts_for_nothing_once_the_account_is_stopped(self, cast: Cast) -> None:
        person = cast["coordinator"]
        User.objects.filter(pk=person.pk).update(is_active=False)
        assert access_of(fresh(person)) == Access()

    def test_gives_nothing_to_somebody_who_is_not_signed_in(self, db: None) -> None:
        assert access_of(AnonymousUser()) == Access()


class TestNobody:
    def test_is_superuser(self) -> None:
        fields = {field.name for field in User._meta.get_fields()}
        assert not fields & {"is_superuser", "is_staff", "groups", "user_permissions"}

    @pytest.mark.parametrize("who", ["beheerder", "coordinator", "dpo", "verpleegkundige"])
    def test_holds_a_permission_string_of_django(self, cast: Cast, who: str) -> None:
        person = cast[who]
        assert not any(person.has_perm(f"{p.content_type.app_label}.{p.codename}") for p in permissions())
        assert not person.has_module_perms("signals")

    def test_gets_anything_from_django_groups(self, cast: Cast) -> None:
        """Guardian hangs grants on groups; being in one is a membership, never `user.groups`."""
        assert not hasattr(cast["coordinator"], "groups")


class TestGrant:
    def test_reaches_every_member_of_the_team_and_nobody_else(self, cast: Cast) -> None:
        service, neighbour = Team.objects.get(code="sociale-dienst"), Team.objects.get(code="dienstencentrum-overleie")
        assert service.pk in access_of(cast["verpleegkundige"]).sealed_team_ids
        assert service.pk not in access_of(cast["dienstencentrum"]).sealed_team_ids
        grant(neighbour, "view_sealed", neighbour)
        assert access_of(fresh(cast["dienstencentrum"])).sealed_team_ids == {neighbour.pk}

    def test_may_be_repeated(self, cast: Cast) -> None:
        team = Team.objects.get(code="groen")
        grant(team, "work", team)
        grant(team, "work", team)

    def test_costs_three_queries_however_many_there_are(
        self, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        person = fresh(cast["coordinator.ocmw"])
        with django_assert_num_queries(3):
            access_of(person)
            access_of(person)


def fresh(person: User) -> User:
    """The same person in another request: access is kept on the object."""
    return User.objects.get(pk=person.pk)


def permissions() -> list[Permission]:
    return list(Permission.objects.select_related("content_type"))
