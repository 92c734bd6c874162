"""Work behind the page: nothing is lost when a worker or the broker is."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core import mail
from django.utils import timezone
from kombu.exceptions import OperationalError

from kortrijk_gebied.jobs import registry, tasks
from kortrijk_gebied.jobs.models import STOPPED, Job, Message, State, enqueue, post
from teams.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def done() -> Iterator[list[str]]:
    """A kind of job that writes down whose turn it was."""
    keys: list[str] = []
    registry.handles("test")(lambda job: keys.append(job.key))
    yield keys
    registry._handlers.pop("test")


class TestEnqueueing:
    def test_writes_one_row_per_key(self) -> None:
        assert enqueue("test", key="a") == enqueue("test", key="a")

    def test_does_not_need_a_broker(
        self, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object, done: list[str]
    ) -> None:
        def no_broker(*args: object, **options: object) -> None:
            raise OperationalError

        monkeypatch.setattr(tasks.run_job, "apply_async", no_broker)
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            job = enqueue("test", key="a")
        assert Job.objects.due().contains(job)


class TestRunning:
    def test_does_a_job_once(self, done: list[str]) -> None:
        job = enqueue("test", key="a")
        tasks.run_job(str(job.pk))
        tasks.run_job(str(job.pk))
        job.refresh_from_db()
        assert (done, job.state) == (["a"], State.DONE)

    def test_leaves_a_job_whose_worker_is_alive(self, done: list[str]) -> None:
        job = enqueue("test", key="a")
        assert Job.objects.claim(job.pk)
        tasks.run_job(str(job.pk))
        assert done == []

    def test_takes_over_from_a_dead_worker(self, done: list[str]) -> None:
        job = enqueue("test", key="a")
        Job.objects.claim(job.pk)
        Job.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
        tasks.run_job(str(job.pk))
        assert done == ["a"]

    def test_keeps_the_reason_and_tries_again_later(self) -> None:
        registry.handles("broken")(lambda job: 1 // 0)  # type: ignore[arg-type]
        job = enqueue("broken", key="a")
        with pytest.raises(ZeroDivisionError):
            tasks.run_job(str(job.pk))
        job.refresh_from_db()
        assert (job.state, job.attempts) == (State.WAITING, 1)
        assert "ZeroDivisionError" in job.error
        assert job.run_after > timezone.now()

    def test_gives_up_at_once_on_what_cannot_succeed(self) -> None:
        def refuse(job: Job) -> None:
            raise registry.Hopeless("Dit bestand is leeg.")

        registry.handles("hopeless")(refuse)
        job = enqueue("hopeless", key="a")
        tasks.run_job(str(job.pk))
        job.refresh_from_db()
        assert (job.state, job.error) == (State.FAILED, "Dit bestand is leeg.")


class TestMail:
    def send(self, message: Message) -> None:
        tasks.send_message(str(message.pk))

    def test_leaves_once_per_key(self) -> None:
        for _ in range(2):
            self.send(post(key="a", to="buur@example.be", subject="Uw melding", body="Opgelost."))
        assert [sent.subject for sent in mail.outbox] == ["Uw melding"]

    def test_carries_an_id_that_makes_a_duplicate_recognisable(self) -> None:
        message = post(key="a", to="buur@example.be", subject="Uw melding", body="Opgelost.")
        self.send(message)
        assert mail.outbox[0].extra_headers["Message-ID"] == message.message_id

    def test_waits_for_its_moment_and_can_be_taken_back_till_then(self) -> None:
        later = timezone.now() + dt.timedelta(minutes=2)
        message = post(key="a", to="buur@example.be", subject="Uw melding", body="Opgelost.", send_after=later)
        self.send(message)
        assert mail.outbox == []
        assert message.withdraw()
        Message.objects.update(run_after=timezone.now())
        self.send(message)
        assert mail.outbox == []

    def test_taken_back_can_leave_after_all(self) -> None:
        mails = [post(key=f"a:{number}", to="buur@example.be", subject="x", body="") for number in range(2)]
        mails[0].withdraw()
        Message.objects.give_back("a:")
        for message in mails:
            self.send(message)
        assert len(mail.outbox) == 2

    def test_to_a_colleague_whose_account_was_stopped_since_does_not_leave(self) -> None:
        people = [User.objects.create(email=f"{name}@example.be", name=name) for name in ("an", "bo")]
        mails = [post(key=one.name, to=one.email, subject="x", body="", reader_id=one.pk) for one in people]
        User.objects.filter(pk=people[0].pk).update(is_active=False)
        for message in mails:
            self.send(message)
        assert [sent.to for sent in mail.outbox] == [["bo@example.be"]]
        mails[0].refresh_from_db()
        assert (mails[0].state, mails[0].error) == (State.WITHDRAWN, STOPPED)

    def test_cannot_be_taken_back_once_it_left(self) -> None:
        message = post(key="a", to="buur@example.be", subject="Uw melding", body="Opgelost.")
        self.send(message)
        assert not message.withdraw()

    def test_subject_cannot_smuggle_a_header(self) -> None:
        message = post(key="a", to="buur@example.be", subject="Uw\nBcc: x@y.be", body="")
        assert "\n" not in message.subject
