"""Mails about an account: none is lost with a mail server that is away, and no link is kept anywhere."""

import datetime as dt
import re
from smtplib import SMTPRecipientsRefused

import pytest
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.utils import timezone

from kortrijk_gebied.jobs import tasks
from kortrijk_gebied.jobs.models import MAIL_ATTEMPTS, Job, State
from teams import account_mail
from teams.models import User
from tests.cast import Cast
from tests.conftest import Sink
from tests.servers import Worker, wait_until

RESET = "/account/password/reset/"
LINK = re.compile(r"https?://\S+?(/account/password/reset/key/\S+)")


def link_in(text: str) -> str:
    found = LINK.search(text)
    assert found
    return found[1]


def opens(link: str) -> bool:
    return "Deze link werkt niet meer" not in Client().get(link, follow=True).content.decode()


class TestReset:
    def test_reaches_the_mailbox_through_a_worker(self, worker: Worker, cast: Cast, smtp_sink: Sink) -> None:
        person = cast["coordinator"]
        assert Client().post(RESET, {"email": person.email}).status_code == 302
        [mail] = smtp_sink.wait_for(1)
        assert (mail["To"], mail["Subject"]) == (person.email, "Kies een nieuw wachtwoord")
        link = link_in(mail.get_content())
        assert opens(link)
        worker.settle()
        token = link.rstrip("/").rpartition("-")[2]
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM jobs_job AS job WHERE job::text LIKE %s", [f"%{token}%"])
            assert cursor.fetchone() == (0,)
        job = Job.objects.get(kind="account-mail")
        assert (job.state, job.payload) == (State.DONE, {})
        assert mail["Message-ID"] == job.message_id

    def test_waits_for_a_mail_server_that_is_away(self, worker: Worker, cast: Cast, smtp_sink: Sink) -> None:
        smtp_sink.refuse = True
        Client().post(RESET, {"email": cast["coordinator"].email})
        wait_until(lambda: Job.objects.filter(attempts=1, state=State.WAITING).exists(), what="the job failed once")
        job = Job.objects.get()
        assert "code 451" in job.error
        assert cast["coordinator"].email not in job.error
        smtp_sink.refuse = False
        Job.objects.update(run_after=timezone.now())
        tasks.sweep()
        [mail] = smtp_sink.wait_for(1)
        assert opens(link_in(mail.get_content()))


class TestTrying:
    @pytest.fixture
    def job(self, cast: Cast) -> Job:
        return account_mail.queue("account/email/password_reset_key", to="x@stad.example", person=cast["coordinator"])

    def test_goes_on_for_days_an_hour_apart_at_most(self, job: Job) -> None:
        waited = dt.timedelta()
        for _attempt in range(MAIL_ATTEMPTS - 1):
            claimed = Job.objects.claim(job.pk)
            assert claimed
            claimed.fail("SMTPServerDisconnected")
            assert claimed.state == State.WAITING
            pause = claimed.run_after - timezone.now()
            assert pause <= dt.timedelta(hours=1)
            waited += pause
            Job.objects.update(run_after=timezone.now())
        assert waited > dt.timedelta(days=3)

    def test_ends_with_an_address_the_server_does_not_know(self, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(mail: EmailMessage) -> None:
            raise SMTPRecipientsRefused({"x@stad.example": (550, b"no such user")})

        monkeypatch.setattr(EmailMessage, "send", refuse)
        tasks.run_job(str(job.pk))
        job.refresh_from_db()
        assert (job.state, job.payload, job.result) == (State.DONE, {}, {"refused": True})

    def test_sends_nothing_to_who_was_stopped_meanwhile(self, job: Job, cast: Cast, mailoutbox: list[object]) -> None:
        User.objects.filter(pk=cast["coordinator"].pk).update(is_active=False)
        tasks.run_job(str(job.pk))
        assert mailoutbox == []


class TestThreeDays:
    """What the mails say, the link does."""

    @pytest.mark.parametrize(("late", "works"), [(-60, True), (60, False)])
    def test_are_how_long_the_link_works(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch, late: int, works: bool
    ) -> None:
        link = account_mail.password_link(cast["coordinator"]).removeprefix(settings.SITE_URL)
        then = dt.datetime.now() + dt.timedelta(days=3, seconds=late)
        monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda generator: then)
        assert opens(link) is works
