"""A signal is kept as long as promised after it ended; then nothing of it is left, in no table and in no folder."""

import datetime as dt
from collections.abc import Callable

import pghistory
import pghistory.models
import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from kortrijk_gebied.jobs import tasks
from kortrijk_gebied.jobs.models import Job, State, enqueue, post
from signals import retention
from signals.levels import Level
from signals.models import Attachment, Report, Signal, SignalEvent
from tests.cast import Cast
from tests.permissions.planted import KEEPERS, Secret, plant, prepare

type Make = Callable[..., Signal]

YEAR = dt.timedelta(days=366)


def close(signal: Signal, cast: Cast, *, years_ago: int, by: str = "coordinator") -> Signal:
    signal.refresh_from_db()
    if signal.is_open:
        signal.close(by=cast[by], outcome="Opgeruimd.")
    Signal.objects.filter(pk=signal.pk).update(closed_at=timezone.now() - years_ago * YEAR)
    return signal


def erase(key: str = "a") -> Job:
    job = enqueue("retention-signals", key=key)
    tasks.run_job(str(job.pk))
    job.refresh_from_db()
    return job


def tables_with(*words: str) -> set[str]:
    """Every table that holds one of these words, in whichever column."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        found = set()
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT EXISTS (SELECT 1 FROM "{table}" AS row WHERE row::text LIKE ANY (%s))',  # noqa: S608
                [[f"%{word}%" for word in words]],
            )
            if cursor.fetchone()[0]:
                found.add(table)
    return found


@pytest.fixture
def secret(cast: Cast) -> Secret:
    """Sealed to the OCMW, with words in every place where people write, and both its signals over for years."""
    prepare(cast)
    secret = plant(cast, "ocmw", Level.SEALED)
    keeper = KEEPERS["ocmw"][1]
    for signal in (secret.running, secret.over):
        with pghistory.context(url=f"/signalen/{signal.reference}/"):
            Report.objects.filter(signal=signal).update(answer=f"Later {secret.word('later')}.")
            close(signal, cast, years_ago=11, by=keeper)
        task = signal.tasks.first()
        assert task is not None
        post(key=f"task-unseen:{task.pk}:x", to="x@stad.example", subject=secret.stem, body=signal.reference)
    return secret


class TestErasing:
    def test_leaves_nothing_of_it_but_the_read_log(self, cast: Cast, secret: Secret) -> None:
        words = [secret.stem, *(str(word) for s in (secret.running, secret.over) for word in (s.pk, s.reference))]
        assert {"signals_signal", "signals_note", "signals_taskchange", "pghistory_context", "jobs_message"} <= (
            tables_with(*words)
        )
        assert erase().result == {"erased": 2}
        # Dossiers have a term of their own, and a tag is a word of the house.
        stay = {"signals_category", "signals_categorychange", "signals_dossier", "signals_dossiernote", "signals_tag"}
        assert tables_with(*words) <= {"audit_readentry", *stay}

    def test_takes_the_files_of_its_photos_along(self, cast: Cast, secret: Secret) -> None:
        photo = Attachment.objects.get(kind="photo")
        photo.thumbnail.save("klein.jpg", ContentFile(b"x"))
        former, photo.file = str(photo.file), ""
        photo.file.save("vervangen.jpg", ContentFile(b"y"))
        names = [former, str(photo.file), str(photo.thumbnail)]
        assert len(set(names)) == 3
        assert all(map(default_storage.exists, names))
        erase()
        assert not any(map(default_storage.exists, names))

    def test_leaves_what_ended_later_or_is_still_open(self, cast: Cast, report: Make) -> None:
        running, lately = report(), close(report(), cast, years_ago=9)
        gone = close(report(), cast, years_ago=11)
        assert erase().result == {"erased": 1}
        assert set(Signal.objects.values_list("pk", flat=True)) == {running.pk, lately.pk}
        history = apps.get_model("signals", "SignalChange")._default_manager
        assert not history.filter(pgh_obj_id=gone.pk).exists()
        assert history.filter(pgh_obj_id=lately.pk).exists()
        assert SignalEvent.objects.filter(signal=lately).exists()

    def test_leaves_what_was_opened_again(self, cast: Cast, report: Make) -> None:
        signal = close(report(), cast, years_ago=11)
        signal.refresh_from_db()
        signal.reopen(by=cast["coordinator"], reason="Het ligt er weer.")
        assert erase().result == {"erased": 0}

    def test_keeps_a_request_that_other_history_still_tells_of(self, cast: Cast, report: Make) -> None:
        gone, stays = report(), report()
        with pghistory.context(url="/signalen/samen/"):
            close(gone, cast, years_ago=11)
            close(stays, cast, years_ago=1)
        erase()
        assert pghistory.models.Context.objects.filter(metadata__url="/signalen/samen/").exists()

    def test_does_nothing_the_second_time(self, cast: Cast, report: Make) -> None:
        close(report(), cast, years_ago=11)
        assert (erase().result, erase("b").result) == ({"erased": 1}, {"erased": 0})


class TestAWorkerThatDies:
    @pytest.fixture(autouse=True)
    def _one_at_a_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(retention, "BATCH", 1)

    def test_is_followed_by_one_that_goes_on(self, cast: Cast, report: Make, monkeypatch: pytest.MonkeyPatch) -> None:
        for _signal in range(3):
            close(report(), cast, years_ago=11)
        counted = Job.count
        job = enqueue("retention-signals", key="a")

        def die_in_the_second(job: Job, **numbers: int) -> None:
            if job.result.get("erased"):
                raise KeyboardInterrupt
            counted(job, **numbers)

        monkeypatch.setattr(Job, "count", die_in_the_second)
        with pytest.raises(KeyboardInterrupt):
            tasks.run_job(str(job.pk))
        assert Signal.objects.count() == 2
        monkeypatch.setattr(Job, "count", counted)
        Job.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
        tasks.run_job(str(job.pk))
        job.refresh_from_db()
        assert (job.state, job.result, Signal.objects.count()) == (State.DONE, {"erased": 3}, 0)

    def test_leaves_no_file_that_nothing_names(
        self, cast: Cast, secret: Secret, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It dies between the files and the rows: the rows still name them, and are erased next time."""
        name = str(Attachment.objects.get(kind="photo").file)
        monkeypatch.setattr(retention, "erase_history", lambda keys: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            retention.erase_batch(timezone.now(), enqueue("retention-signals", key="a"))
        monkeypatch.undo()
        assert Attachment.objects.filter(file=name).exists()
        assert erase("b").result == {"erased": 2}
        assert not default_storage.exists(name)
