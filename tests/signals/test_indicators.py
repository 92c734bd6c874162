"""The figures of an area at a glance: right, the same for every reader, and silent about what is secret."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from areas.doing import Line, Summary, compared, lines_of, whole_days
from areas.models import Area, AreaSet, ProfileFigure
from kortrijk_gebied.indicators import Indicator, Measure
from kortrijk_gebied.periods import previous_month
from kortrijk_gebied.sections import Period
from kortrijk_gebied.workdays import BRUSSELS
from signals.indicators import months_of
from signals.levels import Level
from signals.models import Signal, Task
from signals.models.rounds import PatrolRound
from signals.workflow import SignalStatus
from teams.models import Action, Team, User
from tests.cast import MARKE, OVERLEIE, Cast, area
from tests.permissions import planted

type Make = Callable[..., Signal]
DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.django_db


def period(days: int = 30) -> Period:
    now = timezone.now()
    return whole_days(Period(now - days * DAY, now))


def lines(name: str = "Overleie", days: int = 30) -> dict[str, Line]:
    cache.clear()
    return {line.indicator.key: line for line in lines_of(area(name), period(days))}


def ago(signal: Signal, days: float, **values: Any) -> Signal:
    at = timezone.now() - days * DAY
    Signal.objects.filter(pk=signal.pk).update(reported_at=at, last_reported_at=at, **values)
    return signal


def closed(signal: Signal, reported: float, ended: float) -> None:
    at = timezone.now() - ended * DAY
    ago(signal, reported, closed_at=at, status=SignalStatus.CLOSED, outcome="Weg.")


class TestFigures:
    def test_hold_signals_against_inhabitants_and_the_past(self, report: Make) -> None:
        for _ in range(6):
            ago(report(), 10)
        for _ in range(12):
            ago(report(), 40)
        ago(report(), 0)  # today is not over
        place = Area.objects.get(pk=area("Overleie").pk)
        assert place.inhabitants
        line = lines()["signals-per-thousand"]
        assert line.now == pytest.approx(6000 / place.inhabitants)
        assert line.past[0] == pytest.approx(12000 / place.inhabitants)
        assert line.course == -1
        assert line.now
        assert line.city == pytest.approx(line.now / Area.objects.filter(set=place.set_id, inhabitants__gt=0).count())

    def test_say_the_middle_of_working_days(self, report: Make) -> None:
        made = [report() for _ in range(5)]
        for signal, length in zip(made, (1, 7, 7, 7, 21), strict=True):
            closed(signal, 5 + length, 5)
        line = lines()["signals-days"]
        assert line.now == 5  # a week

    def test_say_which_share_of_what_was_open_was_late(self, report: Make) -> None:
        now = timezone.now()
        for number in range(8):
            ago(report(), 20, due_at=now - 3 * DAY if number < 2 else now + 3 * DAY)
        closed(report(), 100, 10)  # was open at the end of the period before
        line = lines()["signals-late"]
        assert line.now == 25
        assert line.past[0] is None  # of one case there is no share

    def test_count_days_with_a_round_once_and_zones_for_their_areas(self, cast: Cast) -> None:
        zone = Area.objects.current().get(set__code="binnenstad5", code=zone_over("Overleie"))
        went(cast, area("Overleie"), {3: WARDENS[:2], 4: WARDENS[2:]})
        went(cast, zone, {5: WARDENS})
        assert lines()["rounds-days"].now == 3

    def test_count_no_days_where_fewer_than_three_went_or_of_what_was_erased(self, cast: Cast) -> None:
        went(cast, area("Overleie"), {3: WARDENS[:2], 4: WARDENS[:2]})
        went(cast, area("Overleie"), {3: WARDENS[2:]}, back=2)  # the month before is not added to it
        assert lines()["rounds-days"].now is None
        assert lines("Marke")["rounds-days"].now == 0  # nobody is in no figure
        assert lines("Marke", days=365)["rounds-days"].now is None

    def test_count_no_day_of_a_month_that_is_not_over(self, cast: Cast) -> None:
        went(cast, area("Overleie"), {3: WARDENS, 4: WARDENS}, back=1)
        before = lines()["rounds-days"].now
        for who in WARDENS:
            PatrolRound.objects.create(by=cast[who], zone=area("Overleie"), started_at=timezone.now())
        assert lines()["rounds-days"].now == before == 2


WARDENS = ("gemeenschapswacht", "coordinator", "gebiedswerker")


def went(cast: Cast, zone: Area, days: dict[int, tuple[str, ...]], back: int = 1) -> None:
    """Rounds on days of the last month that is over, or of one further back."""
    month = timezone.localdate()
    for _number in range(back):
        month = previous_month(month)
    for day, people in days.items():
        for who in people:
            at = dt.datetime(month.year, month.month, day, 10, tzinfo=BRUSSELS)
            PatrolRound.objects.create(by=cast[who], zone=zone, started_at=at)


@pytest.mark.parametrize(
    ("until", "days", "firsts"),
    [
        (dt.date(2026, 11, 23), 30, ["10", "9", "10"]),
        (dt.date(2026, 3, 1), 30, ["2", "1", "2"]),  # thirty days before it January is not over
        (dt.date(2026, 5, 31), 30, ["4", "3", "4"]),  # thirty days before it April is
        (dt.date(2026, 11, 1), 30, ["10", "9", "10"]),
        (dt.date(2026, 11, 23), 90, ["10 9 8", "7 6 5", "10 9 8"]),
        (dt.date(2026, 11, 23), 365, ["10 9 8 7 6 5 4 3 2 1 12 11", "10 9 8 7 6 5 4 3 2 1 12 11"]),
    ],
)
def test_periods_become_months_that_do_not_overlap(until: dt.date, days: int, firsts: list[str]) -> None:
    end = dt.datetime(until.year, until.month, until.day, tzinfo=BRUSSELS)
    found = months_of(list(compared(Period(end - days * DAY, end)).values()))
    assert [" ".join(str(timezone.localdate(month.start).month) for month in each) for each in found] == firsts


class TestActions:
    def test_count_open_and_overdue_actions_that_more_than_one_house_may_read(self, cast: Cast) -> None:
        team = Team.objects.get(code="gebiedsteam-overleie-pius-x")
        today, long_ago = timezone.localdate(), timezone.now() - 5 * DAY
        for due, audience in ((today - 4 * DAY, "partners"), (today + DAY, "public"), (today - DAY, "internal")):
            action = Action.objects.create(
                title="Lichtplan", team=team, due_on=due, audience=audience, created_at=long_ago
            )
            action.areas.set([area("Overleie")])
        found = lines()
        assert (found["actions-open"].now, found["actions-overdue"].now) == (2, 1)
        assert found["actions-open"].past[0] is None  # nobody kept any then


def zone_over(name: str) -> str:
    from areas.models import Crosswalk

    row = Crosswalk.objects.filter(
        to_area=area(name), from_area__set__code="binnenstad5", share__gt="0.05"
    ).select_related("from_area").first()  # fmt: skip
    assert row
    return row.from_area.code


class TestSmallNumbers:
    def line(self, *measures: Measure | None, **values: Any) -> Line:
        made = Indicator("k", "Titel", "stuks", 1, lambda _past, _periods: [], **values)
        return Line(made, list(measures), 1.0)

    def test_conclude_nothing(self) -> None:
        line = self.line(Measure(4, 4), Measure(1, 1), None)
        assert (line.course, line.percent) == (0, None)
        assert "te weinig" in line.words

    def test_are_compared_from_five(self) -> None:
        line = self.line(Measure(10, 10), Measure(5, 5), Measure(5, 5), up_is_good=False)
        assert (line.course, line.percent, line.color) == (1, 100, "warning")
        assert line.words == "meer dan ervoor"

    def test_say_that_it_fell_to_nothing_but_not_by_how_much(self) -> None:
        line = self.line(Measure(0, 0), Measure(12, 12), None)
        assert (line.course, line.percent) == (-1, None)
        assert line.words == "minder dan ervoor"

    def test_of_a_median_are_those_of_either_side(self) -> None:
        line = self.line(Measure(9, 1), Measure(2, 50), None, per_case=True)
        assert (line.course, line.percent) == (0, None)

    def test_of_the_period_before_take_away_the_percentage_and_not_the_word(self) -> None:
        line = self.line(Measure(12, 12), Measure(1, 1), Measure(12, 12))
        assert (line.course, line.percent) == (1, None)

    def test_of_a_year_ago_take_nothing_away(self) -> None:
        line = self.line(Measure(2, 50), Measure(2, 50), Measure(40, 1), per_case=True)
        assert line.words == "zoals ervoor"

    def test_of_now_say_that_there_is_too_little_of_it(self) -> None:
        assert self.line(None, Measure(10, 10), None).words == "geen, of te weinig"

    def test_of_a_median_weigh_nothing_in_that_of_the_city(self, report: Make) -> None:
        for _ in range(5):
            closed(report(at=OVERLEIE), 12, 5)
        closed(report(at=MARKE), 100, 5)
        line = lines()["signals-days"]
        assert line.city == line.now == 5

    @pytest.mark.parametrize("year_ago", [None, Measure(3, 20)])
    def test_with_nothing_before_say_so(self, year_ago: Measure | None) -> None:
        assert self.line(Measure(10, 10), None, year_ago).words == "niets om mee te vergelijken"


class TestCourse:
    def line(self, *measures: Measure | None, **values: Any) -> Line:
        return Line(Indicator("k", "Titel", "stuks", 1, lambda _past, _periods: [], **values), list(measures), 1.0)

    def test_of_what_doubled_is_more_whatever_a_year_ago_was(self) -> None:
        line = self.line(Measure(4, 30), Measure(2, 30), Measure(5.5, 30), per_case=True, up_is_good=False)
        assert (line.words, line.percent, line.color) == ("meer dan ervoor", 100, "warning")

    def test_is_summed_up_in_what_got_worse_better_and_neither(self) -> None:
        slower = self.line(Measure(4, 30), Measure(2, 30), up_is_good=False)
        busier, neither = self.line(Measure(9, 9), Measure(6, 6), up_is_good=True), self.line(Measure(9, 9), None)
        more, same = self.line(Measure(9, 9), Measure(6, 6)), self.line(Measure(9, 9), Measure(9, 9))
        found = Summary.of([slower, busier, neither, more, same])
        assert (found.worse, found.better, found.other, found.told) == ([slower], [busier], [more], 4)

    def test_stands_in_a_sentence_on_top(self, cast: Cast, sign_in: Callable[[User], Client], report: Make) -> None:
        for reported, ended in [*[(7, 5)] * 6, *[(68, 40)] * 6]:
            closed(report(), reported, ended)
        cache.clear()
        url = reverse("areas:area-section", args=["overleie", "doing"])
        page = sign_in(cast["gebiedswerker"]).get(url).content.decode()
        assert "Gaat beter:" in page
        assert "<strong>doorlooptijd</strong> sneller dan ervoor" in page

    def test_of_a_year_is_told_once(self, cast: Cast, sign_in: Callable[[User], Client]) -> None:
        url = reverse("areas:area-section", args=["overleie", "doing"])
        client = sign_in(cast["gebiedswerker"])
        assert "Een jaar geleden" in client.get(url, {"dagen": 90}).content.decode()
        assert "Een jaar geleden" not in client.get(url, {"dagen": 365}).content.decode()


class TestInhabitants:
    def test_are_those_of_the_newest_count_and_its_year_is_named(
        self, cast: Cast, sign_in: Callable[[User], Client], report: Make
    ) -> None:
        for year, whom, number in ((2025, "", 4812), (2024, "", 4700), (2026, "80 jaar en ouder", 300)):
            ProfileFigure.objects.create(
                area=area("Overleie"), topic="Bevolking", indicator="Inwoners", target_group=whom, year=year,
                value=number, unit="aantal", source="Stadsmonitor",
            )  # fmt: skip
        ago(report(), 10)
        line = lines()["signals-per-thousand"]
        assert line.now == pytest.approx(1000 / 4812)
        assert line.year == 2025
        assert lines("Marke")["signals-per-thousand"].year == 2007
        client = sign_in(cast["gebiedswerker"])
        for url in ("/gebieden/", reverse("areas:area-section", args=["overleie", "profile"])):
            page = client.get(url).content.decode()
            assert "4.812" in page
            assert "1.996" not in page


class TestSecrecy:
    @pytest.mark.parametrize("level", [Level.SEALED, Level.LIMITED])
    def test_is_the_same_with_and_without_what_is_secret(
        self, cast: Cast, sign_in: Callable[[User], Client], report: Make, level: Level
    ) -> None:
        url = reverse("areas:area-section", args=["overleie", "doing"])
        for days in (10, 10, 10, 40, 40, 40):
            ago(report(), days)

        def seen() -> dict[str, bytes]:
            cache.clear()
            readers = ("wijkinspecteur", "verpleegkundige", "coordinator", "projectmedewerker", "dpo.ocmw")
            return {who: sign_in(User.objects.get(pk=cast[who].pk)).get(url).content for who in readers}

        planted.prepare(cast)
        before = seen()
        for organisation in planted.KEEPERS:
            secret = planted.plant(cast, organisation, level)
            for signal in (secret.running, secret.over):
                Signal.objects.filter(pk=signal.pk).update(
                    reported_at=timezone.now() - 12 * DAY, area=area("Overleie"), due_at=timezone.now() - 5 * DAY
                )
            Signal.objects.filter(pk=secret.over.pk).update(closed_at=timezone.now() - 2 * DAY)
        assert Signal.objects.filter(level=level).count() >= 6
        assert seen() == before
        assert len(set(before.values())) == 1  # the same for every reader
        ago(report(), 12)
        assert seen() != before  # what is open counts


class TestSpeed:
    def test_asks_as_much_for_many_as_for_few(self, cast: Cast, report: Make) -> None:
        counts = []
        for more in (1, 8):
            for _ in range(more):
                closed(report(at=OVERLEIE), 20, 10)
                ago(report(at=MARKE), 40)
            cache.clear()
            with CaptureQueriesContext(connection) as asked:
                lines_of(area("Overleie"), period())
            counts.append(len(asked))
        assert counts[0] == counts[1] <= 20

    def test_is_worked_out_once_for_all_areas(self, report: Make) -> None:
        ago(report(), 10)
        lines()
        with CaptureQueriesContext(connection) as asked:
            lines_of(area("Marke"), period())
        assert len(asked) <= 3  # which area it is, and whether borders or figures changed since


class TestPast:
    def test_of_thirty_days_is_the_thirty_before_and_a_year_ago(self) -> None:
        now, before, year = compared(period()).values()
        assert (now.start, now.end - now.start) == (before.end, 30 * DAY)
        assert timezone.localtime(now.end).hour == 0
        assert year.end <= before.start

    def test_is_as_long_as_its_name_says_at_every_hour(self) -> None:
        night = timezone.localtime().replace(hour=23, minute=50)
        found = whole_days(Period(night - 30 * DAY, night))
        assert (found.end.date() - found.start.date()).days == 30
        assert next(iter(compared(found))) == "laatste 30 dagen"


class TestOtherSets:
    def test_show_who_is_at_work_on_what_lies_in_them(
        self, cast: Cast, sign_in: Callable[[User], Client], report: Make
    ) -> None:
        """A signal lies in one area of the area work, and in a care area and a ward besides."""
        signal = report("Geluidshinder")
        Task.objects.create(signal=signal, team=Team.objects.get(code="team-net-noord"), title="Langsgaan")
        care = Area.objects.get(pk__in=signal.area_ids, set__kind=AreaSet.Kind.CARE)
        elsewhere = Area.objects.current().filter(set__kind=AreaSet.Kind.CARE).exclude(pk=care.pk).first()
        assert elsewhere
        client = sign_in(cast["gebiedswerker"])
        for there, seen in ((care, True), (elsewhere, False)):
            page = client.get(reverse("areas:area-section", args=[there.code, "signals-tasks"])).text
            assert (signal.reference in page) is seen
            assert ("geen team een taak" in page) is not seen
        signal.close(by=cast["coordinator"], outcome="Bezocht.")
        assert "Bezocht." in client.get(reverse("areas:area-section", args=[care.code, "signals-outcomes"])).text

    def test_name_the_areas_that_hold_the_figures(self, cast: Cast, sign_in: Callable[[User], Client]) -> None:
        answer = sign_in(cast["gebiedswerker"]).get(reverse("areas:area-section", args=["zorg-7", "doing"]))
        page = answer.content.decode()
        assert "/gebieden/marke/#block-doing" in page
        assert "<table" not in page

    def test_are_not_the_working_set(self, cast: Cast, sign_in: Callable[[User], Client]) -> None:
        client = sign_in(cast["gebiedswerker"])
        assert "<table" in client.get(reverse("areas:area-section", args=["marke", "doing"])).content.decode()
