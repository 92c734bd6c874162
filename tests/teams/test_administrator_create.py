"""The first administrator of an installation is made on the command line, without a password passing there."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kortrijk_gebied.jobs.models import Job
from teams.access import access_of
from teams.models import Function, Team, User
from tests.cast import Cast


def create(*arguments: str) -> str:
    out = StringIO()
    call_command("create_administrator", *arguments, stdout=out)
    return out.getvalue()


class TestCreateAdministrator:
    def test_prints_a_link_and_gives_the_function(self, cast: Cast) -> None:
        printed = create("ocmw", "eerste@kortrijk.example", "Eerste Beheerder")
        assert re.search(r"/account/password/reset/key/\S+/", printed)
        access = access_of(User.objects.get(email="eerste@kortrijk.example"))
        assert access.functions == {Function.ADMINISTRATOR}
        assert access.teams("manage") == set(
            Team.objects.filter(organisation__code="ocmw").values_list("pk", flat=True)
        )

    def test_sends_the_link_instead_when_asked(self, cast: Cast) -> None:
        assert "/account/" not in create("ocmw", "eerste@kortrijk.example", "Eerste Beheerder", "--send")
        assert Job.objects.filter(kind="invitation").exists()

    def test_may_be_repeated(self, cast: Cast) -> None:
        for _ in range(2):
            create("stad", "eerste@kortrijk.example", "Eerste Beheerder")
        assert User.objects.get(email="eerste@kortrijk.example").memberships.count() == 1

    @pytest.mark.parametrize(
        ("arguments", "why"),
        [
            (("gent", "x@kortrijk.example", "X"), "known: stad, ocmw"),
            (("stad", "geen adres", "X"), "no mail address"),
            (("stad", "coordinator.ocmw@kortrijk.example", "X"), "another organisation"),
        ],
    )
    def test_refuses_with_the_reason(self, cast: Cast, arguments: tuple[str, ...], why: str) -> None:
        with pytest.raises(CommandError, match=why):
            create(*arguments)
