"""Figures of an area: scoped to the viewer, one query each, and nothing sealed or unnamed in them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from areas.locate import locate
from kortrijk_gebied.periods import before, month_period, names, year_before
from kortrijk_gebied.sections import Period
from kortrijk_gebied.workdays import BRUSSELS, working_days_between
from signals import statistics
from signals.levels import Level
from signals.models import Signal
from teams.access import Access, access_of, access_of_organisation
from teams.models import Organisation
from tests.cast import MARKE, OVERLEIE, Cast, area

type Make = Callable[..., Signal]

NOVEMBER = month_period(dt.date(2026, 11, 1))
# A Wednesday in December, when November is over.
NOW = dt.datetime(2026, 12, 2, 9, tzinfo=BRUSSELS)


@pytest.fixture(autouse=True)
def _december() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def at(month: int, day: int, year: int = 2026) -> dt.datetime:
    return dt.datetime(year, month, day, 10, tzinfo=BRUSSELS)


def organisation(code: str) -> Access:
    return access_of_organisation(Organisation.objects.get(code=code), area("Overleie"))


def closed(signal: Signal, on: dt.datetime) -> Signal:
    Signal.objects.filter(pk=signal.pk).update(status="closed", closed_at=on, outcome="Gedaan.")
    return signal


class TestPeriods:
    def test_hold_a_month_against_the_month_before_and_that_of_last_year(self) -> None:
        assert names(NOVEMBER) == ("november 2026", "oktober 2026", "november 2025")
        assert before(NOVEMBER) == month_period(dt.date(2026, 10, 5))
        assert year_before(NOVEMBER) == month_period(dt.date(2025, 11, 30))

    def test_hold_thirty_days_against_the_thirty_before(self) -> None:
        days = Period(NOW - dt.timedelta(days=30), NOW)
        assert before(days).end == days.start
        assert names(days)[0] == "laatste 30 dagen"

    def test_follow_the_clock_of_brussels_over_the_change_of_hour(self) -> None:
        october = month_period(dt.date(2026, 10, 1))
        start, end = october.start.astimezone(dt.UTC), october.end.astimezone(dt.UTC)
        assert end - start == dt.timedelta(days=31, hours=1)

    def test_working_days_leave_out_weekends_and_holidays(self) -> None:
        assert working_days_between(dt.date(2026, 11, 10), dt.date(2026, 11, 12)) == 1  # the 11th is Armistice
        assert working_days_between(dt.date(2026, 11, 6), dt.date(2026, 11, 9)) == 1  # Friday to Monday
        assert working_days_between(dt.date(2026, 11, 9), dt.date(2026, 11, 9)) == 0


class TestSubjects:
    def test_are_counted_by_where_they_stand(self, cast: Cast, report: Make) -> None:
        report(received_at=at(11, 3))
        closed(report(received_at=at(11, 4), at=(3.2600, 50.8340)), at(11, 9))
        report(received_at=at(10, 30), at=(3.2590, 50.8330))  # of October
        (row,) = statistics.by_subject(access_of(cast["coordinator"]), area("Overleie"), NOVEMBER)
        assert (row.name, row.total, row.under_way, row.closed) == ("Sluikstort", 2, 1, 1)

    def test_tell_cancelled_from_not_ours_and_from_joined(self, cast: Cast, report: Make) -> None:
        for number, status in enumerate(["cancelled", "not_ours", "not_ours", "joined"]):
            made = report(received_at=at(11, 3), at=(3.2600 + number / 1000, 50.8340))
            Signal.objects.filter(pk=made.pk).update(status=status, closed_at=at(11, 4), outcome="Voor een ander.")
        rows = statistics.by_subject(access_of(cast["coordinator"]), area("Overleie"), NOVEMBER)
        for row in (*rows, statistics.together("Samen", rows)):
            assert (row.total, row.closed, row.cancelled, row.not_ours, row.joined) == (4, 0, 1, 2, 1)

    def test_are_those_of_the_area_alone(self, cast: Cast, report: Make) -> None:
        report(received_at=at(11, 3), at=MARKE)
        assert statistics.by_subject(organisation("stad"), area("Overleie"), NOVEMBER) == []

    def test_of_limited_matter_have_no_name_and_are_the_owners(self, cast: Cast, report: Make) -> None:
        report("Burenruzie", received_at=at(11, 3))
        (row,) = statistics.by_subject(organisation("politie"), area("Overleie"), NOVEMBER)
        assert (row.name, row.total, row.limited) == ("Beperkt, zonder onderwerp", 1, True)
        assert statistics.by_subject(organisation("stad"), area("Overleie"), NOVEMBER) == []

    def test_that_are_sealed_are_counted_for_nobody(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand", received_at=at(11, 3))
        nurse = access_of(cast["verpleegkundige"])
        assert Signal.objects.readable(nurse).filter(pk=signal.pk).exists()
        for viewer in [nurse, organisation("ocmw"), organisation("stad")]:
            assert statistics.by_subject(viewer, area("Overleie"), NOVEMBER) == []
            assert statistics.by_group(viewer, area("Overleie"), [NOVEMBER]) == {}
            assert statistics.late(viewer, area("Overleie"), NOVEMBER) == ([], 0)
            assert statistics.elsewhere(viewer, area("Overleie")) == []
            assert statistics.spots(viewer, area("Overleie"), NOVEMBER).open == 0

    def test_of_another_set_go_by_where_the_signal_lies(self, cast: Cast, report: Make) -> None:
        report(received_at=at(11, 3))
        ward = locate(*OVERLEIE, on=timezone.localdate()).areas["wijken-politie"]
        (row,) = statistics.by_subject(access_of(cast["coordinator"]), ward, NOVEMBER)
        assert row.total == 1


class TestComparing:
    def test_counts_each_period_by_main_subject(self, cast: Cast, report: Make) -> None:
        report(received_at=at(11, 3))
        report(received_at=at(10, 3), at=(3.2600, 50.8340))
        report("Groenbeheer", received_at=at(11, 3, 2025))
        periods = [NOVEMBER, before(NOVEMBER), year_before(NOVEMBER)]
        found = statistics.by_group(organisation("stad"), area("Overleie"), periods)
        assert found == {"Afval en netheid": [1, 1, 0], "Groen": [0, 0, 1]}


class TestPace:
    def test_is_the_median_of_working_days_and_the_share_in_term(self, cast: Cast, report: Make) -> None:
        closed(report(received_at=at(11, 10)), at(11, 12))  # one working day: the 11th is a holiday
        closed(report(received_at=at(11, 12), at=(3.2600, 50.8340)), at(11, 13))  # one
        closed(report(received_at=at(11, 2), at=(3.2590, 50.8330)), at(11, 17))  # ten, past a term of three
        now, earlier = statistics.pace(organisation("stad"), area("Overleie"), [NOVEMBER, before(NOVEMBER)])
        assert (now.closed, now.median, now.percentage_in_term) == (3, 1.0, 67)
        assert (earlier.closed, earlier.median, earlier.percentage_in_term) == (0, None, None)

    def test_leaves_out_what_was_answered_at_once(self, cast: Cast, report: Make) -> None:
        report(received_at=at(11, 10), answer="De dienst komt morgen langs.")
        (now,) = statistics.pace(organisation("stad"), area("Overleie"), [NOVEMBER])
        assert now.closed == 0


class TestLate:
    def test_lists_what_was_past_its_term_at_the_end_of_the_month(self, cast: Cast, report: Make) -> None:
        signal = report(received_at=at(11, 2))
        closed(signal, at(12, 1))  # in December: at the end of November it was open still
        (row,), total = statistics.late(organisation("stad"), area("Overleie"), NOVEMBER)
        assert (row.reference, row.subject, row.place, total) == (
            signal.reference, "Sluikstort", "Overleiestraat", 1
        )  # fmt: skip
        assert row.days == (dt.date(2026, 11, 30) - timezone.localdate(signal.due_at)).days

    def test_does_not_list_what_was_closed_in_the_month(self, cast: Cast, report: Make) -> None:
        closed(report(received_at=at(11, 2)), at(11, 20))
        assert statistics.late(organisation("stad"), area("Overleie"), NOVEMBER) == ([], 0)

    def test_lists_limited_matter_of_ones_own_without_words(self, cast: Cast, report: Make) -> None:
        report("Burenruzie", received_at=at(11, 2))
        (row,), _total = statistics.late(organisation("politie"), area("Overleie"), NOVEMBER)
        assert (row.subject, row.place, row.limited) == ("", "", True)
        assert statistics.late(organisation("stad"), area("Overleie"), NOVEMBER) == ([], 0)

    def test_lists_the_oldest_and_counts_the_rest(self, cast: Cast, report: Make) -> None:
        for number in range(statistics.MOST_LATE + 2):
            report(received_at=at(10, 1) + dt.timedelta(hours=number), at=(3.2590 + number / 5000, 50.8330))
        rows, total = statistics.late(organisation("stad"), area("Overleie"), NOVEMBER)
        assert (len(rows), total) == (statistics.MOST_LATE, statistics.MOST_LATE + 2)


class TestElsewhere:
    def test_tells_that_something_runs_and_whose_it_is(self, cast: Cast, report: Make) -> None:
        report("Burenruzie")
        ((owner, number),) = statistics.elsewhere(organisation("stad"), area("Overleie"))
        assert (owner.code, number) == ("politie", 1)
        assert statistics.elsewhere(organisation("politie"), area("Overleie")) == []

    def test_tells_nothing_about_what_is_over(self, cast: Cast, report: Make) -> None:
        closed(report("Burenruzie"), NOW)
        assert statistics.elsewhere(organisation("stad"), area("Overleie")) == []


class TestSpots:
    def test_are_of_open_matter_that_every_reader_may_see(self, cast: Cast, report: Make) -> None:
        signal = report(received_at=at(11, 2))
        report("Burenruzie", received_at=at(11, 2), at=(3.2600, 50.8340))
        found = statistics.spots(organisation("politie"), area("Overleie"), NOVEMBER)
        assert (found.open, found.late) == (1, 1)
        assert found.drawn == [(signal.longitude, signal.latitude, True)]

    def test_leave_out_what_is_limited_even_for_its_owner(self, cast: Cast, report: Make) -> None:
        signal = report(received_at=at(11, 2))
        Signal.objects.filter(pk=signal.pk).update(level=Level.LIMITED)
        assert statistics.spots(organisation("stad"), area("Overleie"), NOVEMBER).open == 0


class TestCost:
    @pytest.mark.parametrize(
        "figure",
        [
            lambda viewer, here: statistics.by_subject(viewer, here, NOVEMBER),
            lambda viewer, here: statistics.by_group(viewer, here, [NOVEMBER, before(NOVEMBER)]),
            lambda viewer, here: statistics.pace(viewer, here, [NOVEMBER, before(NOVEMBER)]),
            lambda viewer, here: statistics.late(viewer, here, NOVEMBER),
            lambda viewer, here: statistics.elsewhere(viewer, here),
            lambda viewer, here: statistics.spots(viewer, here, NOVEMBER),
        ],
    )
    def test_is_one_query_however_much_there_is(
        self, cast: Cast, report: Make, figure: Any, django_assert_num_queries: Any
    ) -> None:
        for number in range(3):
            report(received_at=at(11, 2), at=(3.2590 + number / 1000, 50.8330))
        report("Burenruzie", received_at=at(11, 2))
        viewer, here = organisation("stad"), area("Overleie")
        assert here.set.kind
        with django_assert_num_queries(1):
            figure(viewer, here)
