"""A file on a signal: once, nameless in the store, and as secret as what it hangs on."""

from collections.abc import Callable

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import IntegrityError, transaction

from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.refusals import Refused
from signals.attaching.files import Ready, read_file
from signals.attaching.keeping import attach_all, attach_file, describe, take_in
from signals.joining import join
from signals.levels import Level
from signals.models import Attachment, EventKind, Report, Signal
from teams.access import access_of
from teams.models import Team
from tests.cast import Cast
from tests.signals.files import name_of, pdf, picture, upload

type Make = Callable[..., Signal]


@pytest.fixture
def photo() -> Ready:
    return read_file(upload(picture(), "de-buurman.jpg"))


def first_report(signal: Signal) -> Report:
    return signal.reports.get()


def kinds(signal: Signal) -> list[str]:
    return list(signal.events.order_by("at").values_list("kind", flat=True))


class TestTakingIn:
    """For a mail or an application of a partner: bytes and a name."""

    def test_hangs_a_photo_and_asks_for_its_thumbnail(self, report: Make, cast: Cast) -> None:
        made = take_in(content=picture(), name="a.jpg", report=first_report(report()), by=cast["agent"])
        assert (made.kind, made.width, made.height, made.pages) == ("photo", 60, 40, None)
        assert Job.objects.get(kind="attachment-thumbnail").payload == {"attachment": str(made.pk)}

    def test_hangs_a_document_by_its_name(self, report: Make) -> None:
        made = take_in(content=pdf(3), name="mappen/Toelating 2026.PDF", report=first_report(report()))
        assert (made.kind, made.name, made.pages, made.by) == ("document", "Toelating 2026", 3, None)
        assert made.organisation == made.signal.owner
        assert not Job.objects.filter(kind="attachment-thumbnail").exists()

    def test_says_in_a_sentence_what_it_does_not_take(self, report: Make) -> None:
        with pytest.raises(Refused, match=r"“x\.svg”: In zo’n pagina of tekening"):
            take_in(content=b"<svg onload='x()'/>", name="x.svg", report=first_report(report()))
        assert not Attachment.objects.exists()


class TestAttaching:
    def test_twice_is_once(self, report: Make, cast: Cast, photo: Ready) -> None:
        signal = report()
        first, second = (attach_file(signal=signal, file=photo, by=cast["gemeenschapswacht"]) for _time in range(2))
        assert first == second
        assert Attachment.objects.count() == 1

    def test_twice_leaves_no_second_file_behind(self, report: Make, cast: Cast, photo: Ready) -> None:
        signal = report()
        made = attach_file(signal=signal, file=photo, by=cast["gemeenschapswacht"])
        shelf = name_of(made.file).rpartition("/")[0]
        before = default_storage.listdir(shelf)[1]
        attach_file(signal=signal, file=photo, by=cast["gemeenschapswacht"])
        assert default_storage.listdir(shelf)[1] == before

    def test_leaves_no_file_behind_when_the_row_is_refused(
        self, cast: Cast, photo: Ready, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        deleted: list[str] = []
        monkeypatch.setattr(FileSystemStorage, "delete", lambda self, name: deleted.append(name))
        with pytest.raises(Signal.DoesNotExist):
            attach_file(signal=Signal(), file=photo, by=cast["gemeenschapswacht"])  # gone meanwhile
        assert len(deleted) == 1

    def test_of_open_matter_is_there_once_whatever_writes_it(self, report: Make, cast: Cast, photo: Ready) -> None:
        made = attach_all(report=first_report(report()), files=[photo], by=cast["agent"])[0]
        twin = Attachment(
            signal=made.signal, report=made.report, organisation=made.organisation, width=1, height=1, size=1,
            sha256=made.sha256,
        )  # fmt: skip
        with pytest.raises(IntegrityError, match="attachment_open_once_per_report"), transaction.atomic():
            twin.save()

    def test_of_two_signals_goes_along_when_they_are_joined(self, report: Make, cast: Cast, photo: Ready) -> None:
        """The same mail sent twice: its photo then stands there twice, and nothing breaks."""
        signals = [report() for _time in range(2)]
        for signal in signals:
            attach_all(report=first_report(signal), files=[photo], by=cast["agent"])
        join(signals[1], into=signals[0], by=cast["coordinator"])
        assert signals[0].attachments.count() == 2

    def test_says_nothing_in_its_file_name(self, report: Make, cast: Cast, photo: Ready) -> None:
        made = attach_file(signal=report(), file=photo, by=cast["gemeenschapswacht"])
        assert name_of(made.file).startswith(f"attachments/{made.at:%Y/%m}/")
        assert str(made.pk) not in name_of(made.file)
        assert "buurman" not in name_of(made.file)

    def test_later_stands_in_the_course_and_with_a_report_does_not(
        self, report: Make, cast: Cast, photo: Ready
    ) -> None:
        signal = report()
        attach_all(report=first_report(signal), files=[photo], by=cast["agent"])
        assert EventKind.PHOTO_ADDED not in kinds(signal)
        attach_file(signal=signal, file=read_file(upload(picture((9, 9)))), by=cast["agent"])
        attach_file(signal=signal, file=read_file(upload(pdf())), by=cast["agent"])
        assert kinds(signal)[-2:] == [EventKind.PHOTO_ADDED, EventKind.DOCUMENT_ADDED]


class TestSecrecy:
    def test_is_as_secret_as_its_signal(self, report: Make, cast: Cast, photo: Ready) -> None:
        made = attach_file(signal=report("Zorgwekkende woonsituatie"), file=photo, by=cast["gemeenschapswacht"])
        made.refresh_from_db()
        assert made.level == Level.SEALED
        assert made in Attachment.objects.readable(access_of(cast["verpleegkundige"]))
        assert made not in Attachment.objects.readable(access_of(cast["gemeenschapswacht"]))

    def test_of_limited_matter_belongs_to_its_owner(self, report: Make, cast: Cast, photo: Ready) -> None:
        made = attach_file(signal=report("Burenruzie"), file=photo, by=cast["gemeenschapswacht"])
        assert made in Attachment.objects.readable(access_of(cast["coordinator.politie"]))
        assert made not in Attachment.objects.readable(access_of(cast["coordinator"]))

    def test_of_what_an_organisation_keeps_to_itself_nobody_else_notices_anything(
        self, report: Make, cast: Cast, photo: Ready
    ) -> None:
        """Not by adding the same file either, and not in the course, which every reader of the signal reads."""
        signal = report("Onveilige situatie")
        before = kinds(signal)
        team = Team.objects.get(code="sociale-dienst")
        kept = [
            attach_file(signal=signal, file=photo, by=cast["buurtwerker"], level=Level.LIMITED),
            attach_file(signal=signal, file=photo, by=cast["verpleegkundige"], level=Level.SEALED, team=team),
        ]
        assert kinds(signal) == before
        own = attach_file(signal=signal, file=photo, by=cast["coordinator"])
        assert own not in kept
        seen = {who: set(Attachment.objects.readable(access_of(cast[who]))) for who in cast}
        assert seen["coordinator"] == seen["coordinator.politie"] == {own}
        assert seen["buurtwerker"] == {own, kept[0]}
        assert seen["verpleegkundige"] == {own, *kept}

    def test_stays_possible_when_the_signal_becomes_as_secret(self, report: Make, cast: Cast, photo: Ready) -> None:
        """The same file open and limited: raised together, neither gets in the way of the other."""
        signal = report("Onveilige situatie")
        attach_file(signal=signal, file=photo, by=cast["coordinator"])
        attach_file(signal=signal, file=photo, by=cast["agent"], level=Level.LIMITED)
        signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        assert set(signal.attachments.values_list("level", flat=True)) == {Level.LIMITED}


class TestDescribing:
    def test_keeps_one_line_and_what_it_was(self, report: Make, cast: Cast) -> None:
        made = take_in(content=pdf(), name="a.pdf", report=first_report(report()), by=cast["agent"])
        describe(attachment=made, description="  Een\n toelating ", name="Toelating")
        made.refresh_from_db()
        assert (made.description, made.name) == ("Een toelating", "Toelating")
        assert made.changes.get().name == "a"  # type: ignore[attr-defined]

    def test_gives_a_photo_no_name(self, report: Make, cast: Cast, photo: Ready) -> None:
        made = attach_file(signal=report(), file=photo, by=cast["agent"])
        describe(attachment=made, description="Tien zakken", name="Rika")
        made.refresh_from_db()
        assert (made.description, made.name) == ("Tien zakken", "")
