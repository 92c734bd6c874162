"""Mail as it came is kept for thirty days; what somebody still has to look at as long as that takes."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from kortrijk_gebied.jobs.bounces import Bounce
from kortrijk_gebied.jobs.models import Job, Message
from signals.actions import erase_reporters
from signals.incoming.jobs import erase_old_mail
from signals.models import IncomingMail, Report, Signal
from tests.cast import Cast
from tests.signals.incoming.conftest import Receive, letter, made


def a_month_later() -> Job:
    IncomingMail.objects.update(received_at=timezone.now() - dt.timedelta(days=31))
    job = Job.objects.create(kind="retention-mail", key="x", state="running", lease_until=timezone.now())
    erase_old_mail(job)
    return job


class TestErasing:
    def test_takes_the_mail_and_its_file_and_leaves_the_report(self, receive: Receive) -> None:
        name = str(receive(letter()).raw.name)
        assert a_month_later().result["erased"] == 1
        assert not IncomingMail.objects.exists()
        assert not default_storage.exists(name)
        assert Report.objects.exists()

    @pytest.mark.usefixtures("kortrijk")
    def test_leaves_what_nobody_looked_at(self, receive: Receive, cast: Cast) -> None:
        mail = receive(b"From: an@voorbeeld.example\n\n")
        a_month_later()
        mail.settle(by=cast["agent"])
        Job.objects.all().delete()
        assert a_month_later().result["erased"] == 1

    def test_takes_what_a_machine_wrote(self, receive: Receive) -> None:
        receive(letter(Auto_Submitted="auto-replied"))
        assert a_month_later().result["erased"] == 1

    def test_leaves_what_is_recent(self, receive: Receive) -> None:
        receive(letter())
        erase_old_mail(Job.objects.create(kind="x", key="x", state="running", lease_until=timezone.now()))
        assert IncomingMail.objects.exists()

    def test_forgets_addresses_that_bounced(self, db: None) -> None:
        Bounce.note("weg@voorbeeld.example", "5.1.1")
        Bounce.objects.update(at=timezone.now() - dt.timedelta(days=31))
        a_month_later()
        assert not Bounce.objects.exists()

    def test_of_a_reporter_takes_the_receipts_along(self, receive: Receive, cast: Cast) -> None:
        signal = made(receive(letter())).signal
        assert Message.objects.filter(key__startswith="receipt:").exists()
        signal.close(by=cast["agent"], outcome="Beantwoord.")
        Signal.objects.update(closed_at=timezone.now() - dt.timedelta(days=181), reported_at="2025-01-01T10:00:00Z")
        assert erase_reporters() == 1
        assert not Message.objects.filter(to="an@voorbeeld.example").exists()
