"""Faces and plates painted over: nothing of what was there can be had back, from anywhere."""

import io
import secrets
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.refusals import Refused
from signals.attaching.files import read_file
from signals.attaching.keeping import attach_file, delete_files, remove, smudge
from signals.attaching.patches import Patch, smudged
from signals.attaching.thumbnails import make_thumbnail
from signals.levels import Level
from signals.models import Attachment, EventKind, Signal
from tests.cast import Cast
from tests.signals.files import SECRET, name_of, telling_jpeg, upload

type Make = Callable[..., Signal]
PLATE = Patch(25, 40, 30, 20)


def car(letters: str = "1-ABC-234") -> bytes:
    """A car with a number plate in the middle."""
    image = Image.new("RGB", (400, 300), "#556070")
    draw = ImageDraw.Draw(image)
    draw.rectangle((110, 130, 210, 170), fill="white")
    draw.text((118, 142), letters, fill="black")
    made = io.BytesIO()
    image.save(made, "JPEG", quality=95)
    return made.getvalue()


@pytest.fixture
def photo(report: Make, cast: Cast) -> Attachment:
    made = attach_file(signal=report(), file=read_file(upload(car())), by=cast["gemeenschapswacht"])
    make_thumbnail(str(made.pk))
    made.refresh_from_db()
    return made


def opened(name: str | None) -> Image.Image:
    with default_storage.open(str(name)) as file:
        return Image.open(io.BytesIO(file.read())).convert("RGB")


def contrast(image: Image.Image) -> int:
    channels: Any = image.getextrema()
    return int(max(high - low for low, high in channels))


class TestPaint:
    def test_uses_nothing_of_what_was_there_but_a_coarse_colour(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """With chance taken out of it two different plates are painted the same."""
        monkeypatch.setattr(secrets, "randbelow", lambda bound: bound // 2)
        plates = [Image.open(io.BytesIO(car(letters))).convert("RGB") for letters in ("1-ABC-234", "2-XYZ-987")]
        assert ImageChops.difference(*plates).getbbox()
        assert not ImageChops.difference(*(smudged(plate, [PLATE]) for plate in plates)).getbbox()

    def test_is_different_each_time_so_that_no_trying_out_finds_it(self) -> None:
        photo = Image.open(io.BytesIO(car())).convert("RGB")
        first, second = smudged(photo, [PLATE]), smudged(photo, [PLATE])
        assert ImageChops.difference(first, second).getbbox()

    def test_leaves_the_rest_alone(self) -> None:
        photo = Image.open(io.BytesIO(car())).convert("RGB")
        assert ImageChops.difference(photo, smudged(photo, [PLATE])).getbbox() == (100, 120, 220, 180)

    @given(
        x=st.floats(-10, 110), y=st.floats(-10, 110), width=st.floats(0, 120), height=st.floats(0, 120),
        size=st.tuples(st.integers(1, 90), st.integers(1, 90)),
    )  # fmt: skip
    def test_stays_within_the_photo(
        self, x: float, y: float, width: float, height: float, size: tuple[int, int]
    ) -> None:
        photo = Image.new("RGB", size, "red")
        assert smudged(photo, [Patch(x, y, width, height)]).size == size

    def test_covers_every_pixel_that_is_touched(self) -> None:
        assert Patch(10.1, 10.1, 9.8, 9.8).box((100, 100)) == (10, 10, 20, 20)
        assert Patch(99.9, 0, 50, 0.1).box((100, 100)) == (99, 0, 100, 1)
        assert Patch(100, 100, 5, 5).box((100, 100)) is None


class TestSmudging:
    def test_replaces_the_photo_and_its_thumbnail_and_deletes_what_was(
        self, photo: Attachment, cast: Cast, django_capture_on_commit_callbacks: Any
    ) -> None:
        former = [name_of(photo.file), name_of(photo.thumbnail)]
        assert all(default_storage.exists(name) for name in former)
        before = opened(name_of(photo.file))
        with django_capture_on_commit_callbacks(execute=True):
            smudge(photo=photo, patches=[PLATE], by=cast["coordinator"])
        photo.refresh_from_db()
        assert not any(default_storage.exists(name) for name in former)
        assert name_of(photo.file) not in former
        assert (photo.smudged_by, photo.thumbnail.name) == (cast["coordinator"], "")
        assert opened(name_of(photo.file)).getpixel((115, 135)) != before.getpixel((115, 135))
        make_thumbnail(str(photo.pk))
        photo.refresh_from_db()
        plate = opened(name_of(photo.thumbnail)).crop((112, 132, 208, 168))
        assert contrast(plate) < 90  # no black on white

    def test_is_done_by_a_worker_should_this_process_die_after_writing(self, photo: Attachment, cast: Cast) -> None:
        former = name_of(photo.file)
        smudge(photo=photo, patches=[PLATE], by=cast["coordinator"])  # its transaction is never seen to end
        assert default_storage.exists(former)
        job = Job.objects.get(kind="discard-files")
        assert former in job.payload["names"]
        delete_files(job.payload["names"])
        assert not default_storage.exists(former)
        delete_files(job.payload["names"])  # and again: no harm

    def test_keeps_everything_when_it_fails(
        self, photo: Attachment, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        former = name_of(photo.file)
        monkeypatch.setattr("signals.attaching.keeping._tell", lambda *args, **more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            smudge(photo=photo, patches=[PLATE], by=cast["coordinator"])
        photo.refresh_from_db()
        assert photo.file.name == former
        assert default_storage.exists(former)
        assert not Job.objects.filter(kind="discard-files").exists()

    def test_stands_in_the_course_and_in_the_history(self, photo: Attachment, cast: Cast) -> None:
        smudge(photo=photo, patches=[PLATE], by=cast["coordinator"])
        event = photo.signal.events.get(kind=EventKind.PHOTO_SMUDGED)
        assert (event.by, event.sentence) == (cast["coordinator"], "Foto plaatselijk onherkenbaar gemaakt.")
        assert photo.changes.latest("pgh_id").smudged_at is None  # type: ignore[attr-defined]

    def test_adds_up(self, photo: Attachment, cast: Cast) -> None:
        smudge(photo=photo, patches=[PLATE], by=cast["coordinator"])
        again = smudge(photo=photo, patches=[Patch(0, 0, 10, 10)], by=cast["agent"])
        assert again.smudged_by == cast["agent"]
        plate = opened(name_of(again.file)).crop((112, 132, 208, 168))
        assert contrast(plate) < 90  # no black on white

    def test_is_not_undone_by_sending_the_photo_again(self, photo: Attachment, cast: Cast) -> None:
        """A tablet repeats itself; what it sends is known by the hash of what it sent."""
        made = smudge(photo=photo, patches=[PLATE], by=cast["coordinator"])
        again = attach_file(signal=photo.signal, file=read_file(upload(car())), by=cast["gemeenschapswacht"])
        assert again == made
        assert again.file.name == name_of(made.file)

    def test_needs_a_rectangle(self, photo: Attachment, cast: Cast) -> None:
        with pytest.raises(Refused, match="Duid eerst aan"):
            smudge(photo=photo, patches=[], by=cast["coordinator"])

    def test_tells_nothing_either(self, report: Make, cast: Cast) -> None:
        made = attach_file(signal=report(), file=read_file(upload(telling_jpeg((300, 200)))), by=cast["agent"])
        made = smudge(photo=made, patches=[PLATE], by=cast["agent"])
        make_thumbnail(str(made.pk))
        made.refresh_from_db()
        for name in (name_of(made.file), name_of(made.thumbnail)):
            with default_storage.open(name) as file:
                kept = file.read()
            assert SECRET not in kept
            assert {application for application, _ in Image.open(io.BytesIO(kept)).applist} == {"APP0"}  # type: ignore[attr-defined]

    def test_of_what_is_more_secret_than_its_signal_is_not_told(self, report: Make, cast: Cast) -> None:
        signal = report("Onveilige situatie")
        made = attach_file(
            signal=signal, file=read_file(upload(car())), by=cast["buurtwerker"], level=Level.LIMITED
        )  # fmt: skip
        smudge(photo=made, patches=[PLATE], by=cast["buurtwerker"])
        assert not signal.events.filter(kind=EventKind.PHOTO_SMUDGED).exists()


class TestRemoving:
    def test_takes_row_and_files_away_and_says_so(
        self, photo: Attachment, cast: Cast, django_capture_on_commit_callbacks: Any
    ) -> None:
        former, signal = [name_of(photo.file), name_of(photo.thumbnail)], photo.signal
        with django_capture_on_commit_callbacks(execute=True):
            remove(attachment=photo, by=cast["coordinator"])
        assert not Attachment.objects.exists()
        assert not any(default_storage.exists(name) for name in former)
        assert signal.events.get(kind=EventKind.PHOTO_REMOVED).by == cast["coordinator"]
