"""The working calendar of an organisation: kept by its own administrator, and terms are counted in it."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from kortrijk_gebied.workdays import BELGIAN, BRUSSELS, WorkingCalendar
from teams.calendars import Calendars, calendar_of
from teams.models import ClosingDay, Organisation, User, WorkingWeek
from tests.cast import Cast

type SignIn = Callable[[User], Client]

URL = "/teams/kalender/"
NOW = dt.datetime(2026, 11, 18, 10, 0, tzinfo=BRUSSELS)
WEEK = {"weekdays": ["0", "1", "2", "3", "5"], "opens": "08:30", "closes": "16:00", "keeps_holidays": "on"}


@pytest.fixture(autouse=True)
def wednesday() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def administrator(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["beheerder"])


def city() -> Organisation:
    return Organisation.objects.get(code="stad")


class TestWeek:
    def test_is_that_of_an_office_until_somebody_says_otherwise(self, administrator: Client) -> None:
        assert calendar_of(city().pk) == BELGIAN
        page = administrator.get(URL).content.decode()
        assert page.count("checked") == 6  # five days, and public holidays
        assert "woensdag 25 november om 17.00 uur" in page

    def test_is_kept(self, administrator: Client) -> None:
        assert administrator.post(URL, WEEK).status_code == 302
        kept = calendar_of(city().pk)
        assert kept == WorkingCalendar(frozenset([0, 1, 2, 3, 5]), dt.time(8, 30), dt.time(16), True, frozenset())
        assert administrator.post(URL, {**WEEK, "weekdays": ["6"]}).status_code == 302
        assert WorkingWeek.objects.get().changes.count() == 2  # type: ignore[attr-defined]

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"weekdays": []}, "Vink minstens één werkdag aan"),
            ({"weekdays": ["9"]}, "Selecteer een geldige keuze"),
            ({"closes": "08:00"}, "De dag eindigt voor hij begint."),
            ({"opens": "straks"}, "Voer een geldige tijd in"),
        ],
    )
    def test_is_refused_with_the_reason_and_keeps_what_was_typed(
        self, administrator: Client, changed: dict[str, object], said: str
    ) -> None:
        answer = administrator.post(URL, {**WEEK, **changed})
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not WorkingWeek.objects.exists()


class TestClosingDay:
    def test_is_added_and_counts(self, administrator: Client) -> None:
        answer = administrator.post(f"{URL}sluitingsdagen/", {"day": "2026-11-20", "name": "Brugdag"}, follow=True)
        assert "20 november 2026 is voortaan een sluitingsdag" in answer.content.decode()
        assert calendar_of(city().pk).deadline(NOW, 2) == dt.datetime(2026, 11, 23, 17, tzinfo=BRUSSELS)
        assert BELGIAN.deadline(NOW, 2) == dt.datetime(2026, 11, 20, 17, tzinfo=BRUSSELS)

    @pytest.mark.parametrize(
        ("day", "said"),
        [
            ("2026-11-17", "Deze dag is voorbij"),
            ("2066-11-17", "te ver vooruit"),
            ("2026-12-24", "staat al in de lijst"),
            ("morgen", "Voer een geldige datum in"),
        ],
    )
    def test_is_refused_with_the_reason(self, administrator: Client, day: str, said: str) -> None:
        ClosingDay.objects.create(organisation=city(), day=dt.date(2026, 12, 24), name="Kerstavond")
        answer = administrator.post(f"{URL}sluitingsdagen/", {"day": day, "name": "Iets aparts"})
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert 'value="Iets aparts"' in answer.content.decode()

    def test_is_taken_out_again_and_leaves_a_trace(self, administrator: Client) -> None:
        day = ClosingDay.objects.create(organisation=city(), day=dt.date(2026, 12, 24), name="Kerstavond")
        assert administrator.post(f"{URL}sluitingsdagen/{day.pk}/verwijdering/").status_code == 302
        assert not ClosingDay.objects.exists()
        assert ClosingDay.changes.rel.related_model.objects.count() == 2  # type: ignore[attr-defined]

    def test_of_another_organisation_is_not_there(self, cast: Cast, sign_in: SignIn, administrator: Client) -> None:
        day = ClosingDay.objects.create(
            organisation=Organisation.objects.get(code="ocmw"), day=dt.date(2026, 12, 24), name="Van het OCMW"
        )
        url = f"{URL}sluitingsdagen/{day.pk}/verwijdering/"
        assert "Van het OCMW" not in administrator.get(URL).content.decode()
        assert administrator.post(url).status_code == 404
        assert sign_in(cast["coordinator.ocmw"]).post(url).status_code == 403
        assert sign_in(cast["beheerder.ocmw"]).get(url).status_code == 405
        assert sign_in(cast["beheerder.ocmw"]).post(url).status_code == 302


def test_calendars_of_all_organisations_take_two_queries(
    cast: Cast, django_assert_num_queries: Callable[[int], object]
) -> None:
    for organisation in Organisation.objects.all():
        WorkingWeek.objects.create(organisation=organisation, weekdays=[organisation.pk % 5])
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        known = Calendars()
        assert all(known.of(organisation).weekdays for organisation in [*range(9), None])
