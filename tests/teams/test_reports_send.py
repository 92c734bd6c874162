"""Each member gets one mail with the report of the own organisation, whatever goes wrong on the way."""

import datetime as dt
import hashlib
import threading
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from kortrijk_gebied.jobs import tasks
from kortrijk_gebied.jobs.models import Job, Message, State
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import BRUSSELS
from signals.models import Signal
from teams import reports
from teams.models import Membership, MonthlyReport, User
from tests.cast import Cast, area
from tests.conftest import Sink
from tests.servers import Worker, wait_until

type Make = Callable[..., Signal]

NOVEMBER = dt.date(2026, 11, 1)
THIRD = dt.date(2026, 12, 3)


def drafted(organisation: str = "politie") -> MonthlyReport:
    return next(
        report
        for report in reports.draft(NOVEMBER, area("Overleie"))
        if report.organisation.code == organisation
    )  # fmt: skip


@pytest.fixture
def quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only the sending is at stake."""
    monkeypatch.setattr(reports, "render", lambda report, **options: b"%PDF- of this month")


class TestSending:
    def test_writes_one_mail_to_every_member_of_that_organisation(self, cast: Cast, quick_pdf: None) -> None:
        report = reports.send(drafted("stad").pk)
        assert report.is_sent
        expected = {cast[name].email for name in ["coordinator", "gebiedswerker"]}
        assert set(Message.objects.values_list("to", flat=True)) == expected

    def test_keeps_the_bytes_that_it_mails_and_their_hash(self, cast: Cast, quick_pdf: None) -> None:
        report = reports.send(drafted().pk)
        (attached,) = Message.objects.get().attachments
        with default_storage.open(attached["path"]) as file:
            content = file.read()
        assert attached["name"] == "maandrapport-overleie-2026-11-politie.pdf"
        assert hashlib.sha256(content).hexdigest() == report.sha256

    def test_says_in_the_mail_only_that_there_is_a_report(self, cast: Cast, report: Make) -> None:
        report(
            "Burenruzie",
            description="MERK-beperkt",
            place="MERK-plaats",
            received_at=dt.datetime(2026, 11, 3, 9, tzinfo=BRUSSELS),
        )
        reports.send(drafted().pk)
        message = Message.objects.get()
        assert message.subject == "Maandrapport Overleie, november 2026"
        assert "MERK" not in message.body
        assert "Burenruzie" not in message.body
        assert message.key == f"monthly:{MonthlyReport.objects.sent().get().pk}:{cast['wijkinspecteur'].pk}"

    def test_leaves_out_who_is_no_member_any_more(self, cast: Cast, quick_pdf: None) -> None:
        report = drafted("stad")
        Membership.objects.filter(user=cast["coordinator"], team__kind="area").update(
            ends=timezone.localdate() - dt.timedelta(days=1)
        )
        reports.send(report.pk)
        assert [message.to for message in Message.objects.all()] == [cast["gebiedswerker"].email]

    def test_gives_who_sits_in_two_teams_of_an_area_one_mail(self, cast: Cast, quick_pdf: None) -> None:
        team = Membership.objects.filter(user=cast["wijkinspecteur"], team__kind="area").get().team
        Membership.objects.create(user=cast["wijkinspecteur"], team=team, function="coordinator", starts="2026-01-01")
        reports.send(drafted().pk)
        assert Message.objects.count() == 1


class TestOnce:
    def test_twice_sends_nothing_twice(self, cast: Cast, quick_pdf: None) -> None:
        report = drafted("stad")
        first = reports.send(report.pk)
        second = reports.send(report.pk)
        assert (first.sent_at, first.file.name) == (second.sent_at, second.file.name)
        assert Message.objects.count() == 2

    def test_sends_nothing_when_it_stops_halfway_and_all_the_next_time(
        self, cast: Cast, quick_pdf: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        report = drafted("stad")
        with monkeypatch.context() as dying:
            dying.setattr(reports, "_mail", lambda report, person: 1 // 0)
            with pytest.raises(ZeroDivisionError):
                reports.send(report.pk)
        assert not MonthlyReport.objects.sent().exists()
        assert not Message.objects.exists()
        sent = reports.send(report.pk)
        assert sent.file.name == f"reports/2026/11/{report.pk}.pdf"  # not a second file beside the first
        assert Message.objects.count() == 2

    @pytest.mark.django_db(transaction=True)
    def test_two_workers_at_once_send_once(self, cast: Cast, quick_pdf: None) -> None:
        report, start = drafted("stad"), threading.Barrier(2)

        def work() -> None:
            start.wait()
            reports.send(report.pk)
            connection.close()

        workers = [threading.Thread(target=work) for _number in range(2)]
        for thread in workers:
            thread.start()
        for thread in workers:
            thread.join()
        assert Message.objects.count() == 2
        assert len(default_storage.listdir("reports/2026/11")[1]) >= 1
        assert MonthlyReport.objects.sent().count() == 1

    def test_a_job_whose_worker_died_is_taken_over(self, cast: Cast, quick_pdf: None) -> None:
        drafted()
        job = next(job for job in reports.queue_due(THIRD) if str(drafted().pk) in str(job.payload))
        Job.objects.claim(job.pk)  # a worker that is killed here
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
        tasks.run_job(str(job.pk))
        job.refresh_from_db()
        assert (job.state, job.attempts) == (State.DONE, 2)
        assert Message.objects.count() == 1


class TestWords:
    def test_go_into_every_copy(self, cast: Cast) -> None:
        reports.draft(NOVEMBER)
        reports.put_into_words(
            area=area("Overleie"), month=NOVEMBER, text=" Het plein bleef proper.\n", by=cast["gebiedswerker"]
        )
        for organisation in ["stad", "ocmw", "politie"]:
            blocks = reports.contents(drafted(organisation))["blocks"]
            (words,) = [block["content"] for block in blocks if block["section"].key == "words-of-month"]
            assert words["lines"] == ["Het plein bleef proper."]

    def test_stay_as_they_are_once_a_copy_has_left(self, cast: Cast, quick_pdf: None) -> None:
        reports.send(drafted("ocmw").pk)
        with pytest.raises(Refused, match="al verstuurd"):
            reports.put_into_words(area=area("Overleie"), month=NOVEMBER, text="Te laat", by=cast["gebiedswerker"])

    def test_are_for_the_area_worker_and_project_officer_of_that_team(self, cast: Cast) -> None:
        def worded(user: User) -> set[int]:
            return reports.areas_worded_by(user, THIRD)

        assert worded(cast["gebiedswerker"]) == {area("Overleie").pk, area("Pius X").pk}
        assert worded(cast["projectmedewerker"]) == {area("Kortrijk Centrum").pk}
        assert worded(cast["coordinator"]) == set()  # in the team, with another function
        assert worded(cast["buurtwerker"]) == set()


@pytest.mark.django_db(transaction=True)
class TestForReal:
    def test_the_report_arrives_as_an_attachment(self, cast: Cast, worker: Worker, smtp_sink: Sink) -> None:
        reports.draft(NOVEMBER)
        reports.queue_due(THIRD)
        inspector = cast["wijkinspecteur"].email
        wait_until(lambda: len(smtp_sink.to(inspector)) == 2, what="both reports arrive")
        mail = next(mail for mail in smtp_sink.to(inspector) if "Overleie" in mail["Subject"])
        (attached,) = mail.iter_attachments()
        content = attached.get_content()
        report = MonthlyReport.objects.get(organisation__code="politie", area=area("Overleie"))
        assert attached.get_content_type() == "application/pdf"
        assert hashlib.sha256(content).hexdigest() == report.sha256
