"""The read log is erased as promised, from its beginning, and still shows tampering afterwards."""

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kortrijk_gebied.audit import retention
from kortrijk_gebied.audit.models import ChainStart, Look, ReadEntry, broken_links, record
from kortrijk_gebied.jobs import tasks
from kortrijk_gebied.jobs.models import Job, State, enqueue

pytestmark = pytest.mark.django_db

OURS, THEIRS = 901, 902
YEAR = dt.timedelta(days=366)


def looked(owner_id: int, times: int, monkeypatch: pytest.MonkeyPatch, *, years_ago: int) -> None:
    """Somebody looked so many times, so many years ago."""
    monkeypatch.setattr("kortrijk_gebied.audit.models.timezone.now", lambda: dt.datetime.now(dt.UTC) - years_ago * YEAR)
    looks = [Look(owner_id, "signal", uuid.uuid4(), "KOBI-RAVU", 2) for _time in range(times)]
    record(looks, reader_id=uuid.uuid4(), reader_name="Joke", organisation_id=owner_id, surface="signal")
    monkeypatch.undo()


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two organisations five rows past their time; of ours two more that are not."""
    looked(OURS, 5, monkeypatch, years_ago=11)
    looked(THEIRS, 5, monkeypatch, years_ago=11)
    looked(OURS, 2, monkeypatch, years_ago=9)


def erase(key: str = "a") -> Job:
    job = enqueue("retention-read-log", key=key)
    tasks.run_job(str(job.pk))
    job.refresh_from_db()
    return job


def numbers(owner_id: int) -> list[int]:
    return list(ReadEntry.objects.of_owner(owner_id).order_by("number").values_list("number", flat=True))


def tamper(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_readentry DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE audit_readentry ENABLE TRIGGER USER")


class TestErasing:
    def test_takes_what_is_past_its_time_and_leaves_what_is_not(self, log: None) -> None:
        job = erase()
        assert (job.state, job.result) == (State.DONE, {"erased": 10})
        assert (numbers(OURS), numbers(THEIRS)) == ([6, 7], [])
        assert broken_links(OURS) == broken_links(THEIRS) == []

    def test_does_nothing_the_second_time(self, log: None) -> None:
        erase()
        assert erase("b").result == {"erased": 0}

    def test_keeps_as_long_as_the_setting_says(self, log: None, settings: object) -> None:
        settings.RETENTION = {"read_log_years": 8}  # type: ignore[attr-defined]
        assert erase().result == {"erased": 12}

    def test_goes_in_batches_and_on_after_a_worker_died(self, log: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(retention, "BATCH", 2)
        batches, counted = [], Job.count

        def die_in_the_third(job: Job, **numbers: int) -> None:
            counted(job, **numbers)
            batches.append(numbers)
            if len(batches) == 4:  # the first counts nothing yet
                raise KeyboardInterrupt

        monkeypatch.setattr(Job, "count", die_in_the_third)
        job = enqueue("retention-read-log", key="a")
        with pytest.raises(KeyboardInterrupt):
            tasks.run_job(str(job.pk))
        assert numbers(OURS) == [5, 6, 7]
        assert broken_links(OURS) == []
        monkeypatch.setattr(Job, "count", counted)
        Job.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
        tasks.run_job(str(job.pk))
        job.refresh_from_db()
        assert (job.state, job.result) == (State.DONE, {"erased": 10})
        assert (numbers(OURS), broken_links(OURS)) == ([6, 7], [])

    def test_stops_at_the_first_row_that_must_stay(self, log: None, monkeypatch: pytest.MonkeyPatch) -> None:
        """The clock of some machine was wrong: what lies behind the younger row waits for it."""
        looked(OURS, 1, monkeypatch, years_ago=12)
        erase()
        assert numbers(OURS) == [6, 7, 8]


class TestTheChainAfterwards:
    def test_goes_on_from_where_it_was(self, log: None, monkeypatch: pytest.MonkeyPatch) -> None:
        erase()
        looked(THEIRS, 1, monkeypatch, years_ago=0)
        looked(OURS, 1, monkeypatch, years_ago=0)
        assert (numbers(OURS), numbers(THEIRS)) == ([6, 7, 8], [6])
        assert broken_links(OURS) == broken_links(THEIRS) == []

    def test_shows_a_row_that_was_changed(self, log: None) -> None:
        erase()
        tamper("UPDATE audit_readentry SET reader_name = 'Iemand' WHERE owner_id = 901 AND number = 6")
        assert broken_links(OURS) == [6]

    def test_shows_that_the_first_row_was_taken_out(self, log: None) -> None:
        erase()
        tamper("DELETE FROM audit_readentry WHERE owner_id = 901 AND number = 6")
        assert broken_links(OURS) == [7]

    def test_still_shows_what_was_wrong_in_rows_erased_since(self, log: None) -> None:
        tamper("UPDATE audit_readentry SET reader_name = 'Iemand' WHERE owner_id = 901 AND number = 2")
        erase()
        assert broken_links(OURS) == [2]


class TestTheDatabase:
    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM audit_readentry WHERE number > 5",
            "UPDATE audit_readentry SET reader_name = 'Iemand'",
            "DELETE FROM audit_chainstart",
            "UPDATE audit_chainstart SET number = 3",
            "UPDATE audit_chainstart SET number = 7 WHERE owner_id = 901",
            "UPDATE audit_chainstart SET owner_id = 903 WHERE owner_id = 901",
            "INSERT INTO audit_chainstart (owner_id, number, hash, at, broken) VALUES (903, 9, 'x', now(), '[]')",
        ],
    )
    def test_refuses(self, log: None, statement: str) -> None:
        erase()
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    def test_never_lets_go_of_the_last_year(self, monkeypatch: pytest.MonkeyPatch) -> None:
        looked(OURS, 1, monkeypatch, years_ago=0)
        entry = ReadEntry.objects.get()
        with pytest.raises(DatabaseError), transaction.atomic():
            ChainStart.objects.create(owner_id=OURS, number=entry.number, hash=entry.hash, at=entry.at)
