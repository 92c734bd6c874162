"""Who sees a photo or a document, at each of its addresses, and that it is on record."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kortrijk_gebied.audit.models import ReadEntry
from signals.attaching.files import read_file
from signals.attaching.keeping import attach_file
from signals.attaching.showing import LOOK_AGAIN
from signals.attaching.thumbnails import make_thumbnail
from signals.levels import Level
from signals.models import Attachment, Signal
from teams.models import User
from tests.cast import Cast
from tests.signals.files import name_of, pdf, picture, upload

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

JPEG = b"\xff\xd8\xff\xe0 photo"


def photo_on(signal: Signal, level: int = Level.OPEN, **details: Any) -> Attachment:
    photo = Attachment(
        signal=signal, organisation=signal.owner, team=signal.team, width=4, height=3, size=len(JPEG), sha256="a" * 64,
        level=max(level, signal.level), **details,
    )  # fmt: skip
    photo.file.save("zetel van de buren.jpg", ContentFile(JPEG), save=False)
    photo.thumbnail.save("klein", ContentFile(JPEG), save=False)
    photo.save()
    return photo


def get(client: Client, name: str, photo: Attachment) -> Any:
    answer = client.get(reverse(f"signals:{name}", args=[photo.pk]))
    if answer.streaming:
        answer.body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # and so closes the file
    return answer


READ = ["attachment", "attachment-thumbnail", "attachment-item", "attachment-page"]


class TestFile:
    @pytest.mark.parametrize("name", ["attachment", "attachment-thumbnail"])
    def test_comes_as_it_is_and_stays_in_no_cache(self, cast: Cast, sign_in: SignIn, report: Make, name: str) -> None:
        answer = get(sign_in(cast["coordinator"]), name, photo_on(report("Onveilige situatie")))
        assert answer.body == JPEG
        assert answer["Content-Type"] == "image/jpeg"
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer["Content-Disposition"].startswith("inline")
        assert "buren" not in answer["Content-Disposition"]

    def test_of_a_document_is_saved_under_its_name_and_never_opened_here(
        self, cast: Cast, sign_in: SignIn, report: Make
    ) -> None:
        made = attach_file(signal=report(), file=read_file(upload(pdf(), "Brief é\r\nX: y.pdf")), by=cast["agent"])
        answer = get(sign_in(cast["coordinator"]), "attachment", made)
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Brief%20%C3%A9%20X%3A%20y.pdf"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.body.startswith(b"%PDF-")

    @pytest.mark.parametrize("name", ["attachment", "attachment-thumbnail"])
    def test_that_is_lost_is_404_and_no_failure(self, cast: Cast, sign_in: SignIn, report: Make, name: str) -> None:
        photo = photo_on(report("Onveilige situatie"))
        default_storage.delete(name_of(photo.file))
        default_storage.delete(name_of(photo.thumbnail))
        assert get(sign_in(cast["coordinator"]), name, photo).status_code == 404

    def test_of_a_thumbnail_that_is_not_there_yet_is_404(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        photo = photo_on(report("Onveilige situatie"))
        Attachment.objects.update(thumbnail="")
        assert get(sign_in(cast["coordinator"]), "attachment-thumbnail", photo).status_code == 404


@pytest.mark.parametrize("name", READ)
class TestSecrecy:
    def test_is_404_for_who_may_not_see_it(self, cast: Cast, sign_in: SignIn, report: Make, name: str) -> None:
        photo = photo_on(report("Onveilige situatie"), Level.LIMITED)
        assert get(sign_in(cast["wijkinspecteur"]), name, photo).status_code == 404
        assert get(sign_in(cast["coordinator.rand"]), name, photo).status_code == 404
        assert get(sign_in(cast["coordinator"]), name, photo).status_code == 200

    def test_of_sealed_matter_is_its_team_s_alone_and_on_record(
        self, cast: Cast, sign_in: SignIn, report: Make, name: str
    ) -> None:
        photo = photo_on(report("Bezorgd om iemand"))
        assert get(sign_in(cast["coordinator.ocmw"]), name, photo).status_code == 404
        assert get(sign_in(cast["verpleegkundige"]), name, photo).status_code == 200
        assert [entry.reader_id for entry in ReadEntry.objects.all()] == [cast["verpleegkundige"].pk]

    def test_more_secret_than_its_signal_is_on_record_by_itself(
        self, cast: Cast, sign_in: SignIn, report: Make, name: str
    ) -> None:
        photo = photo_on(report("Onveilige situatie"), Level.LIMITED)
        get(sign_in(cast["coordinator"]), name, photo)
        entry = ReadEntry.objects.get()
        assert (entry.object_type, entry.object_id, entry.surface) == ("attachment", photo.pk, "photo")

    def test_that_is_open_leaves_no_record(self, cast: Cast, sign_in: SignIn, report: Make, name: str) -> None:
        get(sign_in(cast["coordinator"]), name, photo_on(report("Onveilige situatie")))
        assert not ReadEntry.objects.exists()

    def test_refuses_a_post(self, cast: Cast, sign_in: SignIn, report: Make, name: str) -> None:
        photo = photo_on(report("Onveilige situatie"))
        address = reverse(f"signals:{name}", args=[photo.pk])
        assert sign_in(cast["coordinator"]).post(address).status_code == 405

    def test_asks_a_stranger_to_sign_in(self, client: Client, report: Make, name: str) -> None:
        answer = get(client, name, photo_on(report("Onveilige situatie")))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/")


class TestPanel:
    def test_shows_photos_with_their_words_and_documents_by_name(
        self, cast: Cast, sign_in: SignIn, report: Make
    ) -> None:
        signal = report("Onveilige situatie")
        photo_on(signal, description="Een hek dat los staat")
        attach_file(signal=signal, file=read_file(upload(pdf(2), "Toelating.pdf")), by=cast["agent"])
        page = sign_in(cast["coordinator"]).get(reverse("signals:signal", args=[signal.reference])).text
        assert 'alt="Een hek dat los staat"' in page
        assert "Toelating" in page
        assert "pdf, 2 bladzijden, " in page
        assert reverse("signals:signal-attachments", args=[signal.reference]) in page

    def test_of_who_may_only_look_on_has_no_button(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Onveilige situatie")
        photo_on(signal)
        page = sign_in(cast["verpleegkundige"]).get(reverse("signals:signal", args=[signal.reference])).text
        assert "Foto 1 van 1" in page
        assert reverse("signals:signal-attachments", args=[signal.reference]) not in page

    def test_says_for_whom_what_is_more_secret(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Onveilige situatie")
        photo_on(signal, Level.LIMITED)
        page = sign_in(cast["coordinator"]).get(reverse("signals:signal", args=[signal.reference])).text
        assert "alleen voor Stad Kortrijk" in page

    def test_asks_as_much_for_many_as_for_one(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        client, asked = sign_in(cast["coordinator"]), []
        for count in (1, 6):
            signal = report("Onveilige situatie")
            for number in range(count):
                photo = photo_on(signal)
                Attachment.objects.filter(pk=photo.pk).update(sha256=str(number) * 64)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(reverse("signals:signal", args=[signal.reference]))
            asked.append(len(queries))
        assert asked[0] == asked[1]

    def test_says_that_a_file_is_lost(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Onveilige situatie")
        photo_on(signal)
        Attachment.objects.update(lost_at=signal.reported_at)
        page = sign_in(cast["coordinator"]).get(reverse("signals:signal", args=[signal.reference])).text
        assert "het bestand is zoek" in page


class TestPlaceholder:
    def test_stands_there_until_the_thumbnail_is_made_and_looks_again(
        self, cast: Cast, sign_in: SignIn, report: Make
    ) -> None:
        made = attach_file(signal=report(), file=read_file(upload(picture())), by=cast["agent"])
        client = sign_in(cast["coordinator"])
        waiting = get(client, "attachment-item", made).text
        assert 'hx-trigger="load delay:2s"' in waiting
        assert "keer=1" in waiting
        assert "<img" not in waiting
        make_thumbnail(str(made.pk))
        there = get(client, "attachment-item", made).text
        assert "<img" in there
        assert "hx-trigger" not in there

    @pytest.mark.parametrize("times", [str(len(LOOK_AGAIN)), "99", "-1", "é", "²", "9" * 5000])
    def test_stops_looking_or_begins_again_whatever_is_asked(
        self, cast: Cast, sign_in: SignIn, report: Make, times: str
    ) -> None:
        made = attach_file(signal=report(), file=read_file(upload(picture())), by=cast["agent"])
        url = reverse("signals:attachment-item", args=[made.pk])
        answer = sign_in(cast["coordinator"]).get(url, {"keer": times})
        assert answer.status_code == 200
        assert ("hx-trigger" in answer.text) is (times not in ("5", "99"))
