"""A photo on a signal: once, nameless, and as secret as what it hangs on."""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from signals.levels import Level
from signals.models import Attachment, Report, Signal
from signals.photos import Photo, attach_photo, read_photo
from teams.access import access_of
from tests.cast import Cast

type Make = Callable[..., Signal]


@pytest.fixture
def photo() -> Photo:
    made = io.BytesIO()
    Image.new("RGB", (30, 20), "blue").save(made, "JPEG")
    return read_photo(SimpleUploadedFile("de-buurman.jpg", made.getvalue()))


def first_report(signal: Signal) -> Report:
    return signal.reports.get()


class TestAttaching:
    def test_twice_is_once(self, report: Make, cast: Cast, photo: Photo) -> None:
        of = first_report(report())
        assert attach_photo(report=of, photo=photo, by=cast["gemeenschapswacht"]) == attach_photo(
            report=of, photo=photo, by=cast["gemeenschapswacht"]
        )
        assert Attachment.objects.count() == 1

    def test_says_nothing_in_its_file_name(self, report: Make, cast: Cast, photo: Photo) -> None:
        made = attach_photo(report=first_report(report()), photo=photo, by=cast["gemeenschapswacht"])
        assert made.file.name == f"attachments/{made.pk}.jpg"

    def test_leaves_no_file_behind_when_another_was_first(
        self, report: Make, cast: Cast, photo: Photo, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        of = first_report(report())
        first = attach_photo(report=of, photo=photo, by=cast["gemeenschapswacht"])
        # At the very same moment neither sees the other yet: the constraint decides.
        removed: list[str] = []
        monkeypatch.setattr(first.file.storage.__class__, "delete", lambda self, name: removed.append(name))
        monkeypatch.setattr("signals.photos._known", lambda signal, photo: None)
        assert attach_photo(report=of, photo=photo, by=cast["gemeenschapswacht"]) == first
        assert len(removed) == 1
        assert removed[0] != first.file.name

    def test_is_as_secret_as_its_signal(self, report: Make, cast: Cast, photo: Photo) -> None:
        signal = report("Zorgwekkende woonsituatie")
        made = attach_photo(report=first_report(signal), photo=photo, by=cast["gemeenschapswacht"])
        made.refresh_from_db()
        assert made.level == Level.SEALED
        assert made in Attachment.objects.readable(access_of(cast["verpleegkundige"]))
        assert made not in Attachment.objects.readable(access_of(cast["gemeenschapswacht"]))

    def test_of_limited_matter_belongs_to_its_owner(self, report: Make, cast: Cast, photo: Photo) -> None:
        signal = report("Burenruzie")
        made = attach_photo(report=first_report(signal), photo=photo, by=cast["gemeenschapswacht"])
        assert made in Attachment.objects.readable(access_of(cast["coordinator.politie"]))
        assert made not in Attachment.objects.readable(access_of(cast["coordinator"]))
