"""Two workers at one job: the one whose lease ran out changes nothing any more."""

import datetime as dt

import pytest
from django.utils import timezone

from kortrijk_gebied.jobs import registry, tasks
from kortrijk_gebied.jobs.models import MAIL_ATTEMPTS, MAX_ATTEMPTS, Job, LeaseLost, Message, State, enqueue, post

pytestmark = pytest.mark.django_db


def run_out(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))


class TestLostLease:
    def test_stops_a_worker_that_was_thought_dead(self) -> None:
        job = enqueue("test", key="a")
        slow = Job.objects.claim(job.pk)
        run_out(job)
        quick = Job.objects.claim(job.pk)
        assert slow is not None
        assert quick is not None
        with pytest.raises(LeaseLost):
            slow.advance(1, 2)
        quick.advance(1, 2)
        quick.finish()
        slow.fail("Te laat.")
        job.refresh_from_db()
        assert (job.state, job.error) == (State.DONE, "")

    def test_is_no_failure_of_the_job(self) -> None:
        def slow(job: Job) -> None:
            run_out(job)
            assert Job.objects.claim(job.pk)
            job.advance(1, 2)

        registry.handles("slow")(slow)
        job = enqueue("slow", key="a")
        tasks.run_job(str(job.pk))
        job.refresh_from_db()
        assert (job.state, job.attempts) == (State.RUNNING, 2)


class TestDeadWorkers:
    def test_are_replaced_a_few_times_and_then_no_more(self) -> None:
        """A job that kills whoever does it would otherwise do so for ever."""
        job = enqueue("test", key="a")
        for _attempt in range(MAX_ATTEMPTS):
            assert Job.objects.claim(job.pk)
            run_out(job)
        assert Job.objects.claim(job.pk) is None
        job.refresh_from_db()
        assert job.state == State.FAILED

    def test_leave_a_mail_that_is_not_sent_for_ever(self) -> None:
        message = post(key="a", to="buur@example.be", subject="Uw melding", body="Opgelost.")
        Message.objects.update(
            state=State.RUNNING, attempts=MAIL_ATTEMPTS, lease_until=timezone.now() - dt.timedelta(seconds=1)
        )
        assert Message.objects.claim(message.pk) is None
        message.refresh_from_db()
        assert message.state == State.FAILED
