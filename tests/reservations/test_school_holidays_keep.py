"""The city keeps the school holidays; the opening hours that look at them follow."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.jobs.registry import perform
from reservations.models import OpeningPeriod, OpeningSpan, OpenRange, PeriodKind, SchoolHoliday
from reservations.openings import work_out
from teams.models import User
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead

type SignIn = Callable[[User], Client]

URL = "/beheer/reservations/schoolholiday/add/"


@pytest.fixture
def tomorrow() -> dt.date:
    return ahead(1).date()


class TestKeeping:
    def test_opens_houses_by_the_holiday_that_was_added(
        self, cast: Cast, rooms: Rooms, sign_in: SignIn, tomorrow: dt.date
    ) -> None:
        house = rooms.police.building
        period = OpeningPeriod.objects.create(
            building=house, name="Vakantie", kind=PeriodKind.SCHOOL_HOLIDAYS, starts=tomorrow, ends=tomorrow
        )
        OpeningSpan.objects.create(period=period, weekday=tomorrow.weekday(), opens=dt.time(9), closes=dt.time(10))
        work_out(house)
        during = (ahead(1, "09:00"), ahead(1, "11:00"))
        assert OpenRange.objects.filter(room=rooms.police, during__contains=during).exists()
        answer = sign_in(cast["beheerder"]).post(
            URL, {"name": "Extra", "starts": tomorrow.isoformat(), "ends": tomorrow.isoformat()}
        )
        assert answer.status_code == 302
        perform(Job.objects.get(kind="work-out-openings"))
        assert not OpenRange.objects.filter(room=rooms.police, during__contains=during).exists()

    def test_refuses_a_last_day_before_the_first(self, cast: Cast, sign_in: SignIn, tomorrow: dt.date) -> None:
        answer = sign_in(cast["beheerder"]).post(
            URL, {"name": "Extra", "starts": tomorrow.isoformat(), "ends": ahead(0).date().isoformat()}
        )
        assert "De laatste dag valt vóór de eerste." in answer.content.decode()
        assert not SchoolHoliday.objects.exists()

    def test_is_for_nobody_but_the_city(self, cast: Cast, sign_in: SignIn, tomorrow: dt.date) -> None:
        words = {"name": "Extra", "starts": tomorrow.isoformat(), "ends": tomorrow.isoformat()}
        assert sign_in(cast["beheerder.ocmw"]).post(URL, words).status_code == 403
        assert not SchoolHoliday.objects.exists()
