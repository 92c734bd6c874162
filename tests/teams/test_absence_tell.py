import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from teams.access import access_of
from teams.models import Absence, Post, PostHolder, Team, User
from tests.cast import Cast

type SignIn = Callable[[User], Client]

PAGE = reverse("teams:absences")


def days(first: int, last: int) -> dict[str, dt.date]:
    today = timezone.localdate()
    return {"starts": today + dt.timedelta(days=first), "ends": today + dt.timedelta(days=last)}


def sent(**fields: object) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in fields.items()}


@pytest.fixture
def away(cast: Cast) -> Absence:
    return Absence.objects.create(
        user=cast["coordinator"], replaced_by=cast["coordinator.rand"], **days(-1, 3)
    )  # fmt: skip


class TestAbsence:
    def test_is_told_by_oneself(self, cast: Cast, sign_in: SignIn) -> None:
        data = sent(replaced_by=cast["coordinator.rand"].pk, user=cast["uitvoerder"].pk, **days(1, 4))
        answer = sign_in(cast["gebiedswerker"]).post(PAGE, data)
        assert answer.status_code == 302
        assert Absence.objects.get().user == cast["gebiedswerker"]  # whoever was named in the form

    def test_is_told_for_a_colleague_by_a_coordinator(self, cast: Cast, sign_in: SignIn) -> None:
        data = sent(user=cast["gebiedswerker"].pk, **days(0, 0))
        assert sign_in(cast["coordinator"]).post(PAGE, data).status_code == 302
        assert Absence.objects.get().user == cast["gebiedswerker"]

    def test_is_not_told_for_another_organisation(self, cast: Cast, sign_in: SignIn) -> None:
        data = sent(user=cast["wijkinspecteur"].pk, **days(0, 0))
        assert sign_in(cast["coordinator"]).post(PAGE, data).status_code == 422
        assert not Absence.objects.exists()

    def test_sent_twice_is_kept_once(self, cast: Cast, sign_in: SignIn) -> None:
        client, data = sign_in(cast["gebiedswerker"]), sent(**days(0, 2))
        assert [client.post(PAGE, data).status_code for _n in range(2)] == [302, 422]
        assert Absence.objects.count() == 1

    @pytest.mark.parametrize("who", ["wijkinspecteur", "coordinator"])
    def test_refuses_as_replacement_another_house_and_oneself(self, cast: Cast, who: str) -> None:
        absence = Absence(user=cast["coordinator"], replaced_by=cast[who], **days(0, 1))
        with pytest.raises(ValidationError):
            absence.full_clean()
        absence.replaced_by = cast["coordinator.rand"]
        absence.full_clean()

    def test_refuses_a_replacement_who_is_away_too(self, cast: Cast) -> None:
        Absence.objects.create(user=cast["coordinator.rand"], **days(1, 1))
        absence = Absence(user=cast["coordinator"], replaced_by=cast["coordinator.rand"], **days(0, 1))
        with pytest.raises(ValidationError, match=r"ook afwezig|away in these days"):
            absence.full_clean()

    def test_refuses_an_end_before_its_start(self, cast: Cast) -> None:
        with pytest.raises(ValidationError):
            Absence(user=cast["coordinator"], **days(1, 0)).full_clean()

    def test_gives_the_replacement_no_right(self, cast: Cast, away: Absence) -> None:
        fresh = User.objects.get(pk=cast["coordinator.rand"].pk)
        assert access_of(fresh) == access_of(cast["coordinator.rand"])
        assert not access_of(fresh).team_ids & {Team.objects.get(code="coordinatie-noord-centrum").pk}

    def test_warns_when_the_replacement_opens_no_tasks(self, cast: Cast, sign_in: SignIn) -> None:
        data = sent(replaced_by=cast["coordinator.rand"].pk, user=cast["coordinator"].pk, **days(0, 1))
        answer = sign_in(cast["coordinator"]).post(PAGE, data, follow=True)
        assert "Coördinatie Noord en Centrum" in answer.text
        # Where nothing is executed there are no tasks to open.
        assert "Gebiedsteam Overleie" not in answer.text[answer.text.index("is geen lid van") :][:200]


class TestWithdrawal:
    def test_shortens_what_began(self, cast: Cast, sign_in: SignIn, away: Absence) -> None:
        address = reverse("teams:absence-withdrawal", args=[away.pk])
        assert sign_in(cast["coordinator"]).get(address).status_code == 405
        assert sign_in(cast["coordinator"]).post(address).status_code == 302
        away.refresh_from_db()
        assert away.ends == timezone.localdate() - dt.timedelta(days=1)

    def test_takes_away_what_did_not_begin(self, cast: Cast, sign_in: SignIn) -> None:
        later = Absence.objects.create(user=cast["coordinator"], **days(2, 3))
        sign_in(cast["coordinator"]).post(reverse("teams:absence-withdrawal", args=[later.pk]))
        assert not Absence.objects.exists()
        now = Absence.objects.create(user=cast["coordinator"], **days(0, 3))
        sign_in(cast["coordinator"]).post(reverse("teams:absence-withdrawal", args=[now.pk]))
        assert not Absence.objects.exists()

    def test_is_not_for_others(self, cast: Cast, sign_in: SignIn, away: Absence) -> None:
        for who in ["wijkinspecteur", "gebiedswerker", "coordinator.ocmw"]:
            for name in ["teams:absence-withdrawal", "teams:absence"]:
                assert sign_in(cast[who]).post(reverse(name, args=[away.pk])).status_code == 404
        assert sign_in(cast["beheerder"]).get(reverse("teams:absence", args=[away.pk])).status_code == 200


class TestWhoIsAway:
    def test_is_read_by_the_own_house_and_the_own_tables(self, cast: Cast, away: Absence) -> None:
        def reads(who: str) -> bool:
            return Absence.objects.readable(access_of(cast[who])).exists()

        assert reads("coordinator")
        assert reads("uitvoerder")
        assert reads("wijkinspecteur")  # at the table of Overleie
        assert not reads("fluvius")
        assert not reads("verpleegkundige")

    def test_a_post_is_told_with_who_answers(self, cast: Cast, away: Absence) -> None:
        team = Team.objects.get(code="coordinatie-noord-centrum")
        post = Post.objects.filter(team=team).first()
        if post is None:
            post = Post.objects.create(team=team, area=team.areas.all()[0], function="coordinator")
        PostHolder.objects.get_or_create(post=post, user=cast["coordinator"], defaults={"starts": "2020-01-01"})
        found = Post.objects.with_holders(timezone.localdate()).get(pk=post.pk)
        (absence,) = next(person for person in found.held_by if person == cast["coordinator"]).away  # type: ignore[attr-defined]
        assert absence.standing_in == cast["coordinator.rand"]

    def test_a_replacement_who_falls_out_answers_no_more(self, cast: Cast, away: Absence) -> None:
        Absence.objects.create(user=cast["coordinator.rand"], **days(0, 0))
        assert Absence.objects.with_replacement(timezone.localdate()).get(user=cast["coordinator"]).standing_in is None

    def test_the_page_of_the_team_says_so(self, cast: Cast, sign_in: SignIn, away: Absence) -> None:
        page = sign_in(cast["coordinator"]).get(reverse("teams:team", args=["coordinatie-noord-centrum"])).text
        assert cast["coordinator.rand"].name in page
