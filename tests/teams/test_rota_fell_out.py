"""Somebody falls out after the rota was told: seen at once, told to who makes it, and filled in with one press."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from teams.access import access_of
from teams.models import Absence, Function, Membership, Rota, RotaTurn, RotaVersion, Team, User
from teams.models.rota import makers_of
from teams.rota import drafting, rules
from teams.rota.facts import Plan
from teams.rota.missing import missing_in
from teams.rota.publishing import outlook, publish
from teams.rota.reading import plan_of
from tests.cast import Cast
from tests.teams.rotas import away, published, wardens_team

type SignIn = Callable[[User], Client]

MORNING = dt.datetime(2026, 11, 10, 7, 0, tzinfo=dt.UTC)  # a Tuesday, before the first round
A_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def rota(cast: Cast) -> Rota:
    return published(cast["coordinator"])


def version_of(rota: Rota) -> RotaVersion:
    found = rota.published
    assert found
    return found


def alone_today(rota: Rota) -> RotaTurn:
    """Whose zone has nobody else in the period that runs."""
    today = timezone.localdate()
    turns = version_of(rota).turns.filter(starts__lte=today, ends__gte=today)
    return next(turn for turn in turns if turns.filter(zone=turn.zone).count() == 1)


def hard(plan: Plan) -> list[rules.Broken]:
    return [each for each in rules.broken(plan) if each.is_hard and each.days.ends > timezone.localdate()]


class TestSeen:
    def test_stands_on_the_rota_by_person_and_zone(self, rota: Rota, cast: Cast, sign_in: SignIn) -> None:
        turn, today = alone_today(rota), timezone.localdate()
        assert missing_in(rota, version_of(rota)) == []
        away(turn.user, today, today + A_DAY)
        [line] = missing_in(rota, version_of(rota))
        assert (line.person, line.zone) == (turn.user, turn.zone)
        assert {each.day for each in line.rounds} == {today, today + A_DAY}
        page = sign_in(cast["coordinator"]).get(rota.get_absolute_url()).content.decode()
        assert "Uitgevallen sinds de publicatie" in page
        assert f"{turn.zone.name}: 4 rondes, 10 november 2026 tot en met 11 november 2026" in page

    def test_stands_there_for_the_team_and_for_nobody_besides(self, rota: Rota, cast: Cast, sign_in: SignIn) -> None:
        turn, today = alone_today(rota), timezone.localdate()
        away(turn.user, today, today + A_DAY)
        address = rota.get_absolute_url()
        mo = cast["gemeenschapswacht"]
        assert "Uitgevallen sinds" in sign_in(mo).get(address).content.decode()
        assert "Stel voor wie invalt" not in sign_in(mo).get(address).content.decode()
        assert "Uitgevallen sinds" not in sign_in(cast["agent"]).get(address).content.decode()

    def test_stands_on_today_of_who_makes_it(self, rota: Rota, cast: Cast, sign_in: SignIn) -> None:
        turn, today = alone_today(rota), timezone.localdate()
        assert (
            "Iemand valt uit in de beurtrol" not in sign_in(cast["coordinator"]).get(reverse("today")).content.decode()
        )
        away(turn.user, today, today)
        assert "Iemand valt uit in de beurtrol" in sign_in(cast["coordinator"]).get(reverse("today")).content.decode()
        assert "Iemand valt uit" not in sign_in(cast["gebiedswerker"]).get(reverse("today")).content.decode()


class TestTold:
    def told(self) -> dict[object, Message]:
        return {mail.reader_id: mail for mail in Message.objects.filter(key__startswith="rota-missing:")}

    def test_to_everybody_who_may_make_it_once(self, rota: Rota, cast: Cast, sign_in: SignIn) -> None:
        """Also when who published it is on leave, somebody can propose who fills in."""
        mo, today = cast["gemeenschapswacht"], timezone.localdate()
        given = {"starts": today.isoformat(), "ends": (today + 3 * A_DAY).isoformat()}
        for _twice in range(2):
            sign_in(mo).post(reverse("teams:absences"), given)
        told = self.told()
        assert set(told) == {cast["coordinator"].pk, cast["coordinator.rand"].pk}
        assert Message.objects.filter(key__startswith="rota-missing:").count() == 2
        mail = told[cast["coordinator"].pk]
        assert mo.name in mail.subject
        assert rota.get_absolute_url() in mail.body

    def test_to_an_administrator_only_where_nobody_else_makes_it(self, rota: Rota, cast: Cast, sign_in: SignIn) -> None:
        Membership.objects.filter(function=Function.COORDINATOR).update(ends=timezone.localdate() - A_DAY)
        today = timezone.localdate().isoformat()
        sign_in(cast["gemeenschapswacht"]).post(reverse("teams:absences"), {"starts": today, "ends": today})
        assert set(self.told()) == {cast["beheerder"].pk}

    def test_not_to_who_writes_it_down_or_when_there_are_no_rounds(
        self, rota: Rota, cast: Cast, sign_in: SignIn
    ) -> None:
        today = timezone.localdate()
        given = {"starts": today.isoformat(), "ends": today.isoformat()}
        sign_in(cast["gebiedswerker"]).post(reverse("teams:absences"), given)
        assert not self.told()
        sign_in(cast["coordinator"]).post(
            reverse("teams:absences"), {**given, "user": cast["gemeenschapswacht"].pk}
        )  # fmt: skip
        assert Absence.objects.count() == 2
        assert set(self.told()) == {cast["coordinator.rand"].pk}


class TestMakers:
    def test_are_those_who_may_make_the_rota_and_nobody_else(self, rota: Rota, cast: Cast) -> None:
        Membership.objects.create(user=cast["coordinator.ocmw"], team=rota.team, function=Function.COORDINATOR)
        may = {person.pk for person in cast.values() if Rota.objects.writable(access_of(person)).exists()}
        assert may - {cast["beheerder"].pk} == set(makers_of(rota.team).values_list("pk", flat=True))
        assert may >= {cast["coordinator"].pk, cast["beheerder"].pk}

    def test_is_nobody_who_coordinates_elsewhere_and_is_a_plain_member_here(self, rota: Rota, cast: Cast) -> None:
        mo = cast["gemeenschapswacht"]
        elsewhere = Team.objects.get(code="wonen")
        membership = Membership.objects.create(user=mo, team=elsewhere, function=Function.COORDINATOR)
        assert not Rota.objects.writable(access_of(mo)).exists()
        Membership.objects.filter(pk=membership.pk).update(team=rota.team)
        assert Rota.objects.writable(access_of(User.objects.get(pk=mo.pk))).exists()


class TestFilledIn:
    def test_with_one_press_also_the_rounds_of_today(self, rota: Rota, cast: Cast, sign_in: SignIn) -> None:
        turn, today = alone_today(rota), timezone.localdate()
        away(turn.user, today, today + A_DAY)
        bram, address = sign_in(cast["coordinator"]), reverse("rota:filling", args=[rota.pk])
        for _twice in range(2):
            assert bram.post(address).status_code == 302
        draft = rota.draft
        assert draft
        assert RotaVersion.objects.count() == 2
        cover = draft.shifts.filter(zone=turn.zone, day__lte=today + A_DAY, day__gte=today)
        assert [(shift.is_cover, shift.user_id == turn.user_id) for shift in cover] == [(True, False)] * 4
        assert hard(plan_of(rota, draft)) == []
        assert "iets anders dan nu" in bram.get(reverse("rota:version", args=[draft.pk])).content.decode()

    def test_leaves_the_others_of_today_where_they_were_told(self, rota: Rota, cast: Cast) -> None:
        turn, today = alone_today(rota), timezone.localdate()
        told = set(
            version_of(rota).shifts.filter(day=today).exclude(user=turn.user).values_list("user", "zone", "name")
        )
        away(turn.user, today, today)
        draft = drafting.fill_in(rota, by=cast["coordinator"])
        assert told <= set(draft.shifts.filter(day=today).values_list("user", "zone", "name"))

    def test_leaves_a_round_of_today_that_began(self, rota: Rota, cast: Cast) -> None:
        turn, today = alone_today(rota), timezone.localdate()
        with time_machine.travel(MORNING + dt.timedelta(hours=3), tick=False):
            away(turn.user, today, today)
            draft = drafting.fill_in(rota, by=cast["coordinator"])
        mine = draft.shifts.filter(zone=turn.zone, day=today).order_by("starts")
        assert [shift.user_id == turn.user_id for shift in mine] == [True, False]

    def test_can_be_published_the_day_somebody_falls_ill(self, rota: Rota, cast: Cast) -> None:
        turn, today = alone_today(rota), timezone.localdate()
        away(turn.user, today, today)
        draft = drafting.fill_in(rota, by=cast["coordinator"])
        publish(draft, by=cast["coordinator"], late=True)
        assert missing_in(rota, version_of(rota)) == []
        told = Message.objects.filter(key__startswith=f"rota:{draft.pk}").values_list("reader_id", flat=True)
        cover = set(draft.shifts.filter(zone=turn.zone, day=today).values_list("user", flat=True))
        assert {turn.user_id, *cover} <= set(told)

    def test_gives_the_zone_of_who_left_to_a_colleague(self, rota: Rota, cast: Cast) -> None:
        turn, yesterday = alone_today(rota), timezone.localdate() - A_DAY
        Membership.objects.filter(user=turn.user, team=wardens_team()).update(ends=yesterday)
        draft = drafting.fill_in(rota, by=cast["coordinator"])
        plan = plan_of(rota, draft)
        assert hard(plan) == []
        mine = [each for each in plan.turns if each.who == turn.user_id]
        assert max(each.days.ends for each in mine) == yesterday
        tomorrow = timezone.localdate() + A_DAY
        assert draft.turns.filter(zone=turn.zone, starts=tomorrow).exists()
        assert outlook(draft).refused == []
        publish(draft, by=cast["coordinator"], late=True)

    def test_lets_who_is_stopped_be_published_without(self, rota: Rota, cast: Cast) -> None:
        turn = alone_today(rota)
        User.objects.filter(pk=turn.user_id).update(is_active=False)
        draft = drafting.fill_in(rota, by=cast["coordinator"])
        publish(draft, by=cast["coordinator"], late=True)
        assert not version_of(rota).shifts.filter(user=turn.user, day__gt=timezone.localdate()).exists()

    def test_moves_nobody_for_a_leave_of_days(self, rota: Rota, cast: Cast) -> None:
        turn, today = alone_today(rota), timezone.localdate()
        away(turn.user, today, today + 5 * A_DAY)
        draft = drafting.fill_in(rota, by=cast["coordinator"])
        assert set(plan_of(rota, draft).turns) == set(plan_of(rota, version_of(rota)).turns)

    def test_moves_somebody_for_a_leave_of_a_whole_period(self, rota: Rota, cast: Cast) -> None:
        period = plan_of(rota, version_of(rota)).periods[1]
        turns = version_of(rota).turns.filter(starts=period.starts)
        turn = next(turn for turn in turns if turns.filter(zone=turn.zone).count() == 1)
        away(turn.user, period.starts, period.ends)
        draft = drafting.fill_in(rota, by=cast["coordinator"])
        plan = plan_of(rota, draft)
        assert hard(plan) == []
        assert turn.user_id not in {each.who for each in plan.turns_in(period)}
        assert turn.zone_id in {each.zone for each in plan.turns_in(period)}

    def test_is_asked_for_in_one_sentence_however_many_rounds(self, rota: Rota, cast: Cast, sign_in: SignIn) -> None:
        draft = drafting.begin_draft(rota, by=cast["coordinator"])
        turn, today = alone_today(rota), timezone.localdate()
        away(turn.user, today, today + 3 * A_DAY)
        page = sign_in(cast["coordinator"]).get(reverse("rota:version", args=[draft.pk])).content.decode()
        assert page.count(f"{turn.user.name} is afwezig en zou in") == 1
        assert page.count("Stel voor wie invalt") == 1
