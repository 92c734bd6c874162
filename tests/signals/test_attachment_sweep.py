"""The store and the rows, side by side: what one has and the other has not."""

import datetime as dt
import logging
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.jobs.tasks import run_job
from signals import tasks
from signals.attaching.files import read_file
from signals.attaching.keeping import attach_file
from signals.attaching.sweeping import GRACE, Found, sweep
from signals.attaching.thumbnails import make_thumbnail
from signals.models import Attachment, Signal
from tests.cast import Cast
from tests.signals.files import name_of, picture, upload

type Make = Callable[..., Signal]


@pytest.fixture(autouse=True)
def _own_store(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def photo(report: Make, cast: Cast) -> Attachment:
    made = attach_file(signal=report(), file=read_file(upload(picture())), by=cast["agent"])
    make_thumbnail(str(made.pk))
    made.refresh_from_db()
    return made


def swept_later(**options: Any) -> Found:
    with time_machine.travel(timezone.now() + GRACE + dt.timedelta(minutes=1), tick=False):
        return sweep(**options)


class TestOrphans:
    def test_are_deleted_and_what_has_a_row_stays(self, photo: Attachment) -> None:
        left = default_storage.save(f"attachments/{photo.at:%Y/%m}/over.jpg", ContentFile(b"x"))
        elsewhere = default_storage.save("thumbnails/2019/03/over.jpg", ContentFile(b"x"))
        assert swept_later().orphans == [left, elsewhere]
        assert not default_storage.exists(left)
        assert not default_storage.exists(elsewhere)
        assert default_storage.exists(name_of(photo.file))
        assert default_storage.exists(name_of(photo.thumbnail))

    def test_are_left_while_their_row_may_still_come(self, photo: Attachment) -> None:
        young = default_storage.save(f"attachments/{photo.at:%Y/%m}/jong.jpg", ContentFile(b"x"))
        assert sweep().orphans == []
        assert default_storage.exists(young)

    def test_are_only_named_when_one_looks(self, photo: Attachment) -> None:
        left = default_storage.save(f"attachments/{photo.at:%Y/%m}/over.jpg", ContentFile(b"x"))
        assert swept_later(look_only=True).orphans == [left]
        assert default_storage.exists(left)

    def test_of_other_folders_are_none_of_its_business(self, photo: Attachment) -> None:
        report = default_storage.save("reports/maand.pdf", ContentFile(b"x"))
        assert swept_later().orphans == []
        assert default_storage.exists(report)


class TestLost:
    def test_file_is_marked_once_and_somebody_hears_of_it(
        self, photo: Attachment, caplog: pytest.LogCaptureFixture
    ) -> None:
        default_storage.delete(name_of(photo.file))
        with caplog.at_level(logging.ERROR):
            assert sweep().lost == [name_of(photo.file)]
            assert sweep().lost == []
        assert len(caplog.records) == 1
        photo.refresh_from_db()
        assert photo.lost_at is not None

    def test_file_that_comes_back_is_there_again(self, photo: Attachment) -> None:
        with photo.file.open() as file:
            content = file.read()
        default_storage.delete(name_of(photo.file))
        sweep()
        default_storage.save(name_of(photo.file), ContentFile(content))
        assert sweep().back == [name_of(photo.file)]
        photo.refresh_from_db()
        assert photo.lost_at is None

    def test_thumbnail_is_made_again(self, photo: Attachment) -> None:
        default_storage.delete(name_of(photo.thumbnail))
        assert swept_later().thumbnails == 1
        photo.refresh_from_db()
        assert photo.thumbnail.name == ""
        for job in Job.objects.filter(kind="attachment-thumbnail").due():
            run_job(str(job.pk))
        with time_machine.travel(timezone.now() + GRACE + dt.timedelta(hours=1), tick=False):
            for job in Job.objects.filter(kind="attachment-thumbnail"):
                run_job(str(job.pk))
        photo.refresh_from_db()
        assert default_storage.exists(name_of(photo.thumbnail))

    def test_nothing_is_lost_from_an_empty_store(self, db: None) -> None:
        assert sweep() == Found()


class TestEveryNight:
    def test_is_one_job_a_day(self, photo: Attachment) -> None:
        left = default_storage.save("attachments/2019/03/over.jpg", ContentFile(b"x"))
        tasks.sweep_attachments()
        tasks.sweep_attachments()
        job = Job.objects.get(kind="sweep-attachments")
        with time_machine.travel(timezone.now() + GRACE + dt.timedelta(minutes=1), tick=False):
            run_job(str(job.pk))
        job.refresh_from_db()
        assert job.result == {"orphans": 1, "lost": 0, "back": 0}
        assert not default_storage.exists(left)

    def test_can_be_done_by_hand(self, photo: Attachment) -> None:
        default_storage.delete(name_of(photo.file))
        said = StringIO()
        call_command("sweep_attachments", "--look", stdout=said)
        assert "1 lost" in said.getvalue()
        assert name_of(photo.file) in said.getvalue()
        photo.refresh_from_db()
        assert photo.lost_at is None
