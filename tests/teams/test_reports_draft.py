"""The month is drafted once for every organisation in an area team, and leaves on its working day."""

import datetime as dt
import io
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.workdays import BRUSSELS
from teams import reports, tasks
from teams.models import Membership, MonthlyReport, Team
from tests.cast import Cast, area

OCTOBER = dt.date(2026, 10, 1)
NOVEMBER = dt.date(2026, 11, 1)


def on(month: int, day: int, hour: int = 6, year: int = 2026) -> Any:
    return time_machine.travel(dt.datetime(year, month, day, hour, tzinfo=BRUSSELS), tick=False)


def copies(name: str = "Overleie") -> set[str]:
    return set(MonthlyReport.objects.filter(area=area(name)).values_list("organisation__code", flat=True))


class TestDrafting:
    def test_makes_a_copy_per_organisation_in_the_area_team(self, cast: Cast) -> None:
        reports.draft(NOVEMBER)
        assert copies("Overleie") == {"stad", "ocmw", "politie"}
        assert copies("Marke") == {"stad"}
        assert copies("Kooigem") == set()

    def test_twice_makes_nothing_twice(self, cast: Cast) -> None:
        first = reports.draft(NOVEMBER)
        assert {report.pk for report in reports.draft(NOVEMBER)} == {report.pk for report in first}

    def test_makes_what_is_missing(self, cast: Cast) -> None:
        reports.draft(NOVEMBER)
        MonthlyReport.objects.get(area=area("Overleie"), organisation__code="ocmw").delete()
        reports.draft(NOVEMBER)
        assert copies("Overleie") == {"stad", "ocmw", "politie"}

    def test_counts_no_ended_membership(self, cast: Cast) -> None:
        members = Membership.objects.filter(team__code="gebiedsteam-overleie-pius-x", user=cast["wijkinspecteur"])
        members.update(ends=dt.date(2026, 11, 30))
        with on(11, 30):
            reports.draft(OCTOBER)
        with on(12, 1):
            reports.draft(NOVEMBER)
        of_the_police = MonthlyReport.objects.filter(area=area("Overleie"), organisation__code="politie")
        assert of_the_police.filter(month=OCTOBER).exists()
        assert not of_the_police.filter(month=NOVEMBER).exists()

    def test_of_one_area_leaves_the_others(self, cast: Cast) -> None:
        reports.draft(NOVEMBER, area("Marke"))
        assert copies("Marke") == {"stad"}
        assert copies("Overleie") == set()

    def test_happens_on_the_first_for_the_month_before(self, cast: Cast) -> None:
        with on(12, 1):
            tasks.draft_monthly_reports()
        assert set(MonthlyReport.objects.values_list("month", flat=True)) == {NOVEMBER}


class TestLeaving:
    def leaves(self, month: dt.date) -> dt.date:
        report = next(report for report in reports.draft(month) if report.area.name == "Overleie")
        return reports.due_on([report], dt.date(2026, 12, 1))[report.pk]

    def test_is_on_the_third_working_day(self, cast: Cast) -> None:
        assert self.leaves(NOVEMBER) == dt.date(2026, 12, 3)
        assert self.leaves(dt.date(2026, 12, 1)) == dt.date(2027, 1, 6)  # the 1st is a holiday, then a weekend

    def test_follows_the_team(self, cast: Cast) -> None:
        Team.objects.filter(code="gebiedsteam-overleie-pius-x").update(report_after_working_days=0)
        assert self.leaves(NOVEMBER) == dt.date(2026, 12, 1)

    def test_waits_for_the_most_patient_of_two_teams(self, cast: Cast) -> None:
        second = Team.objects.create(
            code="gebiedsteam-leie", name="Gebiedsteam Leie", kind="area", starts="2020-01-01",
            report_after_working_days=5,
        )  # fmt: skip
        second.areas.add(area("Overleie"))
        assert self.leaves(NOVEMBER) == dt.date(2026, 12, 7)

    def test_is_told_as_today_when_its_day_has_passed_and_not_at_all_for_old_months(self, cast: Cast) -> None:
        (recent,) = reports.draft(OCTOBER, area("Marke"))
        (old,) = reports.draft(dt.date(2026, 3, 1), area("Marke"))
        today = dt.date(2026, 11, 22)
        assert reports.leaves_on([recent, old], today) == {recent.pk: today, old.pk: None}
        assert [job.payload["report"] for job in reports.queue_due(today)] == [str(recent.pk)]


class TestQueueing:
    def test_waits_for_the_day(self, cast: Cast) -> None:
        reports.draft(NOVEMBER)
        assert reports.queue_due(dt.date(2026, 12, 2)) == []
        assert len(reports.queue_due(dt.date(2026, 12, 3))) == MonthlyReport.objects.count()

    def test_twice_a_day_makes_one_job(self, cast: Cast) -> None:
        reports.draft(NOVEMBER)
        reports.queue_due(dt.date(2026, 12, 3))
        reports.queue_due(dt.date(2026, 12, 3))
        assert Job.objects.count() == MonthlyReport.objects.count()

    def test_comes_back_the_next_day_to_what_failed(self, cast: Cast) -> None:
        reports.draft(NOVEMBER)
        failed = {job.pk for job in reports.queue_due(dt.date(2026, 12, 3))}
        again = {job.pk for job in reports.queue_due(dt.date(2026, 12, 4))}
        assert len(again) == len(failed)
        assert again.isdisjoint(failed)

    def test_leaves_at_once_where_a_team_waits_no_days(self, cast: Cast) -> None:
        Team.objects.filter(code="gebiedsteam-marke").update(report_after_working_days=0)
        with on(12, 1):
            tasks.draft_monthly_reports()
        marke = MonthlyReport.objects.get(area=area("Marke"))
        assert [job.payload["report"] for job in Job.objects.all()] == [str(marke.pk)]

    def test_makes_good_a_first_that_beat_slept_through(self, cast: Cast) -> None:
        with on(12, 3):
            tasks.mail_due_reports()
        assert MonthlyReport.objects.filter(month=NOVEMBER).count() == Job.objects.count() > 0

    def test_surprises_nobody_later_in_the_month(self, cast: Cast) -> None:
        with on(12, 11):
            tasks.mail_due_reports()
        assert not MonthlyReport.objects.exists()


class TestCommand:
    def run(self, *arguments: str) -> str:
        out = io.StringIO()
        with on(12, 3):
            call_command("monthly_reports", *arguments, stdout=out)
        return out.getvalue()

    def test_drafts(self, cast: Cast) -> None:
        assert "2026-11 overleie ocmw: drafted" in self.run("--month", "2026-11")

    def test_sends_when_asked_and_says_what_was_sent_already(self, cast: Cast) -> None:
        arguments = ("--month", "2026-11", "--area", "marke", "--send")
        assert self.run(*arguments) == "2026-11 marke stad: sent\n"
        assert self.run(*arguments) == "2026-11 marke stad: sent already\n"

    @pytest.mark.parametrize("wrong", [["2026-13"], ["november"], ["2027-01"], ["2026-11", "--area", "atlantis"]])
    def test_refuses_what_it_does_not_understand(self, cast: Cast, wrong: list[str]) -> None:
        with pytest.raises(CommandError):
            self.run("--month", *wrong)
        assert not MonthlyReport.objects.exists()
