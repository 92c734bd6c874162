import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kortrijk_gebied.refusals import Refused
from teams.mandates import must_speak
from teams.models import Membership, Team, User
from teams.models.mandates import Role
from tests.cast import Cast

type SignIn = Callable[[User], Client]

TABLE = "stuurgroep-lange-munte"


def seat(cast: Cast, who: str, **fields: object) -> Membership:
    team = Team.objects.get(code=TABLE)
    fields = {"function": "project_officer", "starts": dt.date(2026, 1, 1), **fields}
    member = Membership(user=cast[who], team=team, **fields)
    member.full_clean()
    member.save()
    return member


class TestMandate:
    def test_without_words_everybody_speaks_for_themselves(self, cast: Cast) -> None:
        must_speak(cast["gebiedswerker"], seat(cast, "gebiedswerker").team)

    def test_that_holds_lets_speak_on_its_last_day_and_not_after(self, cast: Cast) -> None:
        today = timezone.localdate()
        member = seat(cast, "gebiedswerker", mandate="het college", mandate_until=today)
        must_speak(cast["gebiedswerker"], member.team, on=today)
        assert member.speaks_for(today) == "het college"
        with pytest.raises(Refused, match="het college"):
            must_speak(cast["gebiedswerker"], member.team, on=today + dt.timedelta(days=1))
        assert member.speaks_for(today + dt.timedelta(days=1)) == ""

    def test_that_holds_beside_one_that_ran_out_lets_speak(self, cast: Cast) -> None:
        today = timezone.localdate()
        yesterday = today - dt.timedelta(days=1)
        team = seat(cast, "gebiedswerker", mandate="het college", mandate_until=yesterday).team
        beside = seat(cast, "gebiedswerker", function="area_worker", mandate="de buurt", mandate_until=today)
        must_speak(cast["gebiedswerker"], team, on=today)
        beside.delete()
        with pytest.raises(Refused):
            must_speak(cast["gebiedswerker"], team, on=today)

    def test_of_a_membership_that_is_over_stops_nobody(self, cast: Cast) -> None:
        today = timezone.localdate()
        over = {"mandate": "het college", "mandate_until": dt.date(2026, 1, 31), "ends": dt.date(2026, 1, 31)}
        team = seat(cast, "gebiedswerker", **over).team
        seat(cast, "gebiedswerker", starts=today)
        must_speak(cast["gebiedswerker"], team, on=today)

    def test_is_told_to_who_has_it_and_to_who_keeps_their_people(self, cast: Cast, sign_in: SignIn) -> None:
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        seat(cast, "gebiedswerker", mandate="het college", mandate_until=yesterday, role=Role.CHAIR)
        person = reverse("teams:person", args=[cast["gebiedswerker"].pk])
        team = reverse("teams:team", args=[TABLE])
        for who, page in (("gebiedswerker", reverse("teams:me")), ("beheerder", person), ("gebiedswerker", team)):
            said = sign_in(cast[who]).get(page).text
            assert "voorzitter" in said
            assert f"het college (afgelopen op {date_format(yesterday)})" in said

    def test_has_words_when_it_has_an_end(self, cast: Cast) -> None:
        with pytest.raises(ValidationError):
            seat(cast, "gebiedswerker", mandate_until=timezone.localdate())


class TestRole:
    def test_of_leader_and_guide_are_two_people(self, cast: Cast) -> None:
        seat(cast, "gebiedswerker", role=Role.LEADER)
        with pytest.raises(ValidationError):
            seat(cast, "gebiedswerker", function="area_worker", role=Role.GUIDE)
        seat(cast, "coordinator", role=Role.GUIDE)

    def test_of_chair_is_one_at_a_time(self, cast: Cast) -> None:
        first = seat(cast, "gebiedswerker", role=Role.CHAIR)
        with pytest.raises(ValidationError):
            seat(cast, "coordinator", role=Role.CHAIR)
        Membership.objects.filter(pk=first.pk).update(ends=dt.date(2026, 1, 31))
        seat(cast, "coordinator", role=Role.CHAIR, starts=dt.date(2026, 2, 1))
