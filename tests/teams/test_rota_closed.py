"""Public holidays and closing days in a rota: no round and no gap, unless a round says that it goes on."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.workdays import holidays_of
from teams.models import ClosingDay, Organisation, Rota, RotaVersion, ShiftPattern, User, WorkingWeek
from teams.rota import drafting
from teams.rota.facts import Days
from teams.rota.own import shifts_of_person
from teams.rota.publishing import publish
from teams.rota.reading import plan_of
from teams.rota.rules import gaps
from tests.cast import Cast
from tests.teams.rotas import rota_of

type SignIn = Callable[[User], Client]

CHRISTMAS, BRIDGE = dt.date(2026, 12, 25), dt.date(2026, 12, 24)
pytestmark = pytest.mark.usefixtures("december")


@pytest.fixture
def december() -> object:
    with time_machine.travel(dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def rota(cast: Cast) -> Rota:
    """The late round goes on whatever day it is; the early one keeps the holidays."""
    rota = rota_of(cast["coordinator"])
    ShiftPattern.objects.filter(rota=rota, name="vroege ronde").update(on_closed_days=False)
    ClosingDay.objects.create(organisation=Organisation.objects.get(code="stad"), day=BRIDGE, name="Brugdag")
    return rota


def drafted(rota: Rota, by: User) -> RotaVersion:
    draft = drafting.begin_draft(rota, by=by)
    drafting.extend(draft, 2)
    return draft


def walked(version: RotaVersion, day: dt.date) -> set[str]:
    return set(version.shifts.filter(day=day).values_list("name", flat=True))


class TestDealing:
    def test_leaves_out_a_round_that_keeps_holidays(self, rota: Rota, cast: Cast) -> None:
        draft = drafted(rota, cast["coordinator"])
        for day in (CHRISTMAS, BRIDGE):
            assert walked(draft, day) == {"late ronde"}
        assert walked(draft, dt.date(2026, 12, 23)) == {"vroege ronde", "late ronde"}

    def test_calls_what_is_not_walked_then_no_gap(self, rota: Rota, cast: Cast) -> None:
        draft = drafted(rota, cast["coordinator"])
        assert gaps(plan_of(rota, draft), Days(BRIDGE, CHRISTMAS)) == []
        draft.shifts.filter(day=CHRISTMAS).delete()
        assert {each.name for each in gaps(plan_of(rota, draft), Days(BRIDGE, CHRISTMAS))} == {"late ronde"}

    def test_keeps_closing_days_alone_where_holidays_are_worked(self, rota: Rota, cast: Cast) -> None:
        WorkingWeek.objects.update_or_create(organisation=rota.team.organisation, defaults={"keeps_holidays": False})
        draft = drafted(rota, cast["coordinator"])
        assert walked(draft, CHRISTMAS) == {"vroege ronde", "late ronde"}
        assert walked(draft, BRIDGE) == {"late ronde"}

    def test_takes_a_closing_day_that_came_later_in_with_the_next_draft(self, rota: Rota, cast: Cast) -> None:
        publish(drafted(rota, cast["coordinator"]), by=cast["coordinator"], late=True)
        day = dt.date(2026, 12, 31)
        ClosingDay.objects.create(organisation=Organisation.objects.get(code="stad"), day=day, name="Oudjaar")
        published = rota.published
        assert published
        assert walked(published, day) == {"vroege ronde", "late ronde"}  # it stays as it was told
        assert walked(drafting.begin_draft(rota, by=cast["coordinator"]), day) == {"late ronde"}


class TestShowing:
    def test_tells_the_planner_which_days_and_which_rounds_go_on(self, rota: Rota, cast: Cast, sign_in: SignIn) -> None:
        draft, bram = drafted(rota, cast["coordinator"]), sign_in(cast["coordinator"])
        page = bram.get(reverse("rota:version", args=[draft.pk])).content.decode()
        christmas = holidays_of(2026)[CHRISTMAS]
        assert f"vrijdag 25 december 2026: <strong>{christmas}</strong>, gaat door: late ronde" in page
        assert "<strong>Brugdag</strong>, gaat door: late ronde" in page
        settings = bram.get(reverse("rota:settings", args=[rota.pk])).content.decode()
        assert "niet op feestdagen en sluitingsdagen" in settings
        assert "ook op feestdagen en sluitingsdagen" in settings

    def test_names_the_day_in_the_week_the_own_list_and_the_mail(self, rota: Rota, cast: Cast, sign_in: SignIn) -> None:
        draft = drafted(rota, cast["coordinator"])
        with time_machine.travel(dt.datetime(2026, 12, 20, 9, 0, tzinfo=dt.UTC), tick=False):
            publish(draft, by=cast["coordinator"], late=True)
            shift = draft.shifts.filter(day=BRIDGE)[0]
            week = sign_in(shift.user).get(reverse("rota:week", args=[rota.pk]), {"dag": "2026-12-24"})
            assert '<span class="term">Brugdag</span>' in week.content.decode()
            own = [each.closed_for for each in shifts_of_person(shift.user, BRIDGE) if each.day == BRIDGE]
            assert own == ["Brugdag"]
            assert "24 december, Brugdag, " in Message.objects.get(to=shift.user.email).body

    def test_is_decided_with_the_round(self, rota: Rota, cast: Cast, sign_in: SignIn) -> None:
        given = {"weekdays": ["6"], "starts": "10:00", "ends": "12:00"}
        bram, address = sign_in(cast["coordinator"]), reverse("rota:pattern-add", args=[rota.pk])
        bram.post(address, {**given, "name": "marktronde", "on_closed_days": "on"})
        bram.post(address, {**given, "name": "zondagsronde"})
        assert rota.patterns.get(name="marktronde").on_closed_days
        assert not rota.patterns.get(name="zondagsronde").on_closed_days
