"""The week ahead: what falls due per day and team beside what gets done; of what the viewer may read."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kortrijk_gebied.workdays import BRUSSELS
from signals.forecast import Forecast, TeamWeek, forecast
from signals.models import Signal, Task
from teams.access import access_of
from teams.models import User
from tests.cast import MARKE, Cast
from tests.permissions.planted import plant_all

type SignIn = Callable[[User], Client]
type Make = Callable[..., Signal]

NOW = dt.datetime(2026, 11, 18, 10, 0, tzinfo=BRUSSELS)  # a Wednesday


@pytest.fixture(autouse=True)
def wednesday() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def week_of(made: Forecast, code: str) -> TeamWeek:
    return next(week for week in made.teams if week.team.code == code)


def of(who: User) -> Forecast:
    return forecast(access_of(who))


class TestForecast:
    def test_counts_what_falls_due_each_day(self, cast: Cast, report: Make) -> None:
        report("Volle vuilnisbak"), report("Volle vuilnisbak"), report("Dood dier")  # two working days, and one
        due = week_of(of(cast["uitvoerder"]), "openbaar-domein").days
        assert [(day.day.isoformat(), day.due) for day in due if day.due] == [("2026-11-19", 1), ("2026-11-20", 2)]

    def test_counts_apart_what_is_late(self, cast: Cast, report: Make) -> None:
        report("Dood dier", received_at=NOW - dt.timedelta(days=9))
        week = week_of(of(cast["uitvoerder"]), "openbaar-domein")
        assert (week.late, week.due) == (1, 0)

    def test_leaves_out_what_stands_still(self, cast: Cast, report: Make) -> None:
        signal = report("Dood dier")
        signal.wait(
            by=cast["coordinator"], until=NOW.date() + dt.timedelta(days=9), waiting_for="reporter", reason="Welk huis?"
        )
        assert of(cast["uitvoerder"]).due == 0

    def test_compares_with_what_got_done_per_working_day(self, cast: Cast, report: Make) -> None:
        for _one in range(4):
            report("Dood dier").tasks.get().complete(by=cast["uitvoerder"], outcome="Weggehaald.")
        report("Dood dier"), report("Dood dier")
        week = week_of(of(cast["uitvoerder"]), "openbaar-domein")
        assert (week.done, week.done_per_day) == (4, 4 / 19)  # four weeks with Armistice Day
        assert [day.day.isoformat() for day in week.days if day.is_busy] == ["2026-11-19"]

    def test_is_about_the_teams_one_works_for(self, cast: Cast, report: Make) -> None:
        report("Dood dier"), report("Groenbeheer", received_at=NOW - dt.timedelta(days=20))
        assert {week.team.code for week in of(cast["uitvoerder"]).teams} == {"openbaar-domein"}
        assert {week.team.code for week in of(cast["coordinator"]).teams} == {"openbaar-domein", "groen"}
        assert of(cast["coordinator.politie"]).teams == of(cast["beheerder"]).teams == []

    def test_counts_only_what_one_may_read(self, cast: Cast, report: Make) -> None:
        report("Dood dier"), report("Dood dier", at=MARKE)
        assert week_of(of(cast["coordinator"]), "openbaar-domein").due == 1
        assert week_of(of(cast["uitvoerder"]), "openbaar-domein").due == 2

    def test_tells_nothing_of_what_is_secret(self, cast: Cast, report: Make) -> None:
        """The coordinator of the same organisation works for the team that keeps it, and reads none of it."""
        before = {who: of(cast[who]) for who in ("coordinator", "coordinator.ocmw", "coordinator.politie")}
        keeper = of(cast["verpleegkundige"])
        secrets = plant_all(cast)
        Task.objects.update(due_at=NOW + dt.timedelta(days=1))
        for who, made in before.items():
            readable = set(Task.objects.readable(access_of(cast[who])).values_list("team__code", flat=True))
            assert {week.team.code for week in of(cast[who]).teams} <= readable | {w.team.code for w in made.teams}
        assert all(week.team.code != "sociale-dienst" or not week.due for week in of(cast["coordinator"]).teams)
        sealed = [s.running for s in secrets if s.organisation == "ocmw" and s.level == 2]
        assert not Task.objects.readable(access_of(cast["coordinator.ocmw"])).filter(signal__in=sealed).exists()
        assert of(cast["verpleegkundige"]).due > keeper.due

    def test_costs_the_same_however_much_there_is(
        self, cast: Cast, report: Make, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        report("Dood dier")
        access_of(cast["coordinator"])
        with django_assert_max_num_queries(6) as few:
            of(cast["coordinator"])
        report("Groenbeheer"), report("Graffiti en wildplak"), report("Dood dier")
        with django_assert_max_num_queries(len(few.captured_queries)):
            of(cast["coordinator"])


class TestPage:
    def test_shows_the_week_to_who_works_for_a_team(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        report("Dood dier")
        page = sign_in(cast["uitvoerder"]).get("/signalen/week/").content.decode()
        assert "Openbaar domein" in page
        assert "do 19/11" in page
        assert sign_in(cast["gebiedswerker"]).get("/signalen/week/").status_code in (200, 403)
        assert sign_in(cast["beheerder"]).get("/signalen/week/").status_code == 403

    def test_stands_on_today_of_who_coordinates(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        report("Dood dier")
        assert "De komende week" in sign_in(cast["coordinator"]).get("/vandaag/").content.decode()
        assert "De komende week" not in sign_in(cast["agent"]).get("/vandaag/").content.decode()
        assert timezone.localdate() == NOW.date()
