"""Thumbnails: made by a worker, of the file as it is now, and made again when they are missing."""

import datetime as dt
import io
from collections.abc import Callable

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from kortrijk_gebied.jobs.models import Job, State
from kortrijk_gebied.jobs.tasks import run_job
from signals.attaching import thumbnails
from signals.attaching.files import read_file
from signals.attaching.keeping import attach_file, smudge
from signals.attaching.patches import Patch
from signals.models import Attachment, Signal
from tests.cast import Cast
from tests.signals.files import picture, upload

type Make = Callable[..., Signal]


@pytest.fixture
def photo(report: Make, cast: Cast) -> Attachment:
    return attach_file(signal=report(), file=read_file(upload(picture((1600, 900)))), by=cast["gemeenschapswacht"])


def run(kind: str = "attachment-thumbnail") -> None:
    for job in Job.objects.filter(kind=kind, state=State.WAITING):
        run_job(str(job.pk))


class TestMaking:
    def test_is_a_job(self, photo: Attachment) -> None:
        run()
        photo.refresh_from_db()
        assert Job.objects.get(kind="attachment-thumbnail").state == State.DONE
        with photo.thumbnail.open() as file:
            assert Image.open(io.BytesIO(file.read())).size == (480, 270)

    def test_twice_makes_one(self, photo: Attachment) -> None:
        thumbnails.make_thumbnail(str(photo.pk))
        photo.refresh_from_db()
        first = photo.thumbnail.name
        thumbnails.make_thumbnail(str(photo.pk))
        photo.refresh_from_db()
        assert photo.thumbnail.name == first

    def test_of_a_photo_that_is_smudged_meanwhile_is_thrown_away(
        self, photo: Attachment, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made: list[str] = []

        def slowly(content: bytes) -> bytes:
            smudge(photo=photo, patches=[Patch(0, 0, 50, 50)], by=cast["agent"])
            return b"of before"

        monkeypatch.setattr(thumbnails, "thumbnail_of", slowly)
        thumbnails.make_thumbnail(str(photo.pk))
        photo.refresh_from_db()
        assert photo.thumbnail.name == ""
        shelf = f"thumbnails/{photo.at:%Y/%m}"
        for name in default_storage.listdir(shelf)[1]:
            with default_storage.open(f"{shelf}/{name}") as file:
                made += ["left"] if file.read() == b"of before" else []
        assert made == []

    def test_of_what_is_gone_is_no_failure(self, photo: Attachment) -> None:
        Attachment.objects.all().delete()
        run()
        assert Job.objects.get(kind="attachment-thumbnail").state == State.DONE


class TestMissing:
    def test_is_asked_for_again_once_an_hour(self, photo: Attachment) -> None:
        Job.objects.all().delete()
        later = timezone.now().replace(minute=10) + dt.timedelta(hours=2)
        with time_machine.travel(later, tick=False):
            assert thumbnails.ask_for_missing_thumbnails() == 1
            thumbnails.ask_for_missing_thumbnails()
        assert Job.objects.filter(kind="attachment-thumbnail").count() == 1
        with time_machine.travel(later + dt.timedelta(hours=1), tick=False):
            thumbnails.ask_for_missing_thumbnails()
        assert Job.objects.filter(kind="attachment-thumbnail").count() == 2

    def test_is_not_asked_for_while_its_job_is_young(self, photo: Attachment) -> None:
        assert thumbnails.ask_for_missing_thumbnails() == 0
