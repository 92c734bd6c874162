"""An attack by subtraction: an area less its parts, ninety days less thirty, today less yesterday. Whoever holds two
pages beside each other finds in the difference nothing of what is sealed, and nothing of one person."""

import datetime as dt
import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from areas.models import Area
from areas.views.areas import PERIODS
from kortrijk_gebied.periods import previous_month
from kortrijk_gebied.workdays import BRUSSELS
from signals.models import PatrolRound, RoundActivity, Signal
from teams.models import User
from tests.cast import Cast, area
from tests.permissions import planted

type Pages = dict[str, bytes]
type SignIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db
OF_CHANCE = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|chart-[0-9a-f]{8}')
LONE, OTHERS = "gemeenschapswacht", ("coordinator", "gebiedswerker", "wijkinspecteur")


@pytest.fixture(autouse=True)
def _the_clock_stands_still() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 23, 10, tzinfo=BRUSSELS), tick=False):
        yield


def over(place: Area) -> list[str]:
    """The codes of the areas of every set in which a part of it lies: its wholes and its parts."""
    rows = place.crosswalk.filter(to_area__isnull=False, share__gt="0.01").select_related("to_area")
    return sorted({row.to_area.code for row in rows if row.to_area})


def seen(client: Client, urls: list[str]) -> Pages:
    cache.clear()
    return {url: OF_CHANCE.sub(b"", client.get(url).content.split(b"<main", 1)[-1]) for url in urls}


class TestSealedMatter:
    """By who may not know, and by who may: it is in no figure below the level of the city, whoever looks."""

    @pytest.mark.parametrize("who", ["wijkinspecteur", "verpleegkundige"])
    def test_is_no_difference_between_an_area_and_its_parts_or_between_two_periods(
        self, cast: Cast, sign_in: SignIn, report: Callable[..., Signal], who: str
    ) -> None:
        planted.prepare(cast)
        report()
        urls = [f"/gebieden/overleie/?alles=1&dagen={days}" for days in PERIODS]
        urls += [f"/gebieden/{code}/?alles=1" for code in over(area("Overleie"))[:4]]
        client = sign_in(User.objects.get(pk=cast[who].pk))
        before = seen(client, urls)
        for days in (2, 40, 120):
            self.put(report("Proef ocmw 2"), days)
        assert seen(client, urls) == before
        self.put(report(), 2)
        assert seen(client, urls) != before  # what is open counts

    @staticmethod
    def put(signal: Signal, days: int) -> None:
        at = timezone.now() - dt.timedelta(days=days)
        due = timezone.now() - dt.timedelta(days=1)
        Signal.objects.filter(pk=signal.pk).update(reported_at=at, last_reported_at=at, due_at=due)


def walked(cast: Cast, who: str, zone: Area, days: list[dt.date]) -> None:
    for day in days:
        at = dt.datetime.combine(day, dt.time(10), tzinfo=BRUSSELS)
        made = PatrolRound.objects.create(by=cast[who], zone=zone, started_at=at, ended_at=at)
        RoundActivity.objects.create(round=made, kind="crossing", at=at)


def month(back: int) -> dt.date:
    day = timezone.localdate().replace(day=1)
    for _number in range(back):
        day = previous_month(day)
    return day


def days_of(first: dt.date, *numbers: int) -> list[dt.date]:
    return [first.replace(day=number) for number in numbers]


class TestOnePerson:
    """Somebody walks a zone alone, beside one that three walked: on two days or on six, no page differs."""

    @pytest.fixture
    def zones(self, cast: Cast) -> tuple[Area, Area]:
        """Both lie over Overleie; the first is walked by three, each month."""
        rows = area("Overleie").crosswalk.filter(to_set__kind="inner_city", to_area__isnull=False).order_by("-share")
        whole = rows.select_related("to_area")[0].to_area
        assert whole
        for back in (1, 2):
            for who in OTHERS:
                walked(cast, who, whole, days_of(month(back), 4, 11))
        return whole, area("Overleie")

    @pytest.mark.parametrize(
        "alone",
        [
            days_of(dt.date(2026, 11, 1), 2, 9, 16, 20, 22),  # this month: each morning the page would grow by one
            days_of(dt.date(2026, 11, 1), 23),  # today
            days_of(dt.date(2026, 10, 1), 3, 4, 5, 12, 31),  # the month before
            days_of(dt.date(2026, 9, 1), 3, 4, 5, 12, 30),  # ninety days less thirty
            days_of(dt.date(2026, 8, 1), 29, 31),  # what will soon be erased
        ],
        ids=["this month", "today", "last month", "the month before", "ninety days ago"],
    )
    def test_is_no_difference_between_periods_months_or_areas(
        self, cast: Cast, sign_in: SignIn, zones: tuple[Area, Area], alone: list[dt.date]
    ) -> None:
        blocks = ("doing", "presence")
        urls = [f"/gebieden/overleie/blok/{key}/?dagen={days}" for key in blocks for days in PERIODS]
        urls += [f"/gebieden/{code}/blok/presence/" for code in over(area("Overleie"))]
        urls += ["/gebieden/", "/gebieden/rondes/?maand=2026-10", "/gebieden/rondes/?maand=2026-09"]
        client = sign_in(cast["coordinator"])
        walked(cast, LONE, zones[1], [dt.date(2026, 8, 28), dt.date(2026, 10, 2), dt.date(2026, 9, 2)])
        before = seen(client, urls)
        walked(cast, LONE, zones[1], alone)
        assert seen(client, urls) == before
        for who in OTHERS:
            walked(cast, who, zones[0], days_of(month(1), 20))
        assert seen(client, urls) != before  # of three it is told

    def test_is_no_difference_when_a_second_one_comes_along(
        self, cast: Cast, sign_in: SignIn, zones: tuple[Area, Area]
    ) -> None:
        """Who walked there too would subtract the own rounds."""
        urls = [f"/gebieden/overleie/blok/{key}/" for key in ("doing", "presence")]
        client = sign_in(cast["coordinator"])
        walked(cast, LONE, zones[1], days_of(month(1), 6))
        before = seen(client, urls)
        walked(cast, OTHERS[0], zones[1], days_of(month(1), 7, 8))
        assert seen(client, urls) == before
        walked(cast, OTHERS[1], zones[1], days_of(month(1), 9))
        assert seen(client, urls) != before
