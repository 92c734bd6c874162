from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.audit.models import ReadEntry
from signals.levels import Level
from signals.models import Attachment, Signal
from teams.models import User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

JPEG = b"\xff\xd8\xff\xe0 photo"


def photo_on(signal: Signal, level: int = Level.OPEN) -> Attachment:
    photo = Attachment(
        signal=signal, organisation=signal.owner, team=signal.team, width=4, height=3, size=len(JPEG), sha256="a" * 64,
        level=max(level, signal.level),
    )  # fmt: skip
    photo.file.save("zetel van de buren.jpg", ContentFile(JPEG), save=False)
    photo.save()
    return photo


def status(client: Client, address: str) -> int:
    answer = client.get(address)
    if answer.streaming:
        assert b"".join(answer.streaming_content) == JPEG  # type: ignore[attr-defined]  # and so closes the file
    return answer.status_code


@pytest.fixture
def address() -> Callable[[Attachment], str]:
    return lambda photo: reverse("signals:attachment", args=[photo.pk])


class TestPhoto:
    def test_comes_as_it_is_and_stays_in_no_cache(
        self, cast: Cast, sign_in: SignIn, report: Make, address: Callable[[Attachment], str]
    ) -> None:
        answer = sign_in(cast["coordinator"]).get(address(photo_on(report("Onveilige situatie"))))
        assert b"".join(answer.streaming_content) == JPEG  # type: ignore[attr-defined]
        assert answer["Content-Type"] == "image/jpeg"
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Content-Disposition"].startswith("inline")
        assert "buren" not in answer["Content-Disposition"]

    def test_is_404_for_who_may_not_see_it(
        self, cast: Cast, sign_in: SignIn, report: Make, address: Callable[[Attachment], str]
    ) -> None:
        photo = photo_on(report("Onveilige situatie"), Level.LIMITED)
        assert status(sign_in(cast["wijkinspecteur"]), address(photo)) == 404
        assert status(sign_in(cast["coordinator.rand"]), address(photo)) == 404
        assert status(sign_in(cast["coordinator"]), address(photo)) == 200

    def test_of_sealed_matter_is_its_team_s_alone_and_on_record(
        self, cast: Cast, sign_in: SignIn, report: Make, address: Callable[[Attachment], str]
    ) -> None:
        photo = photo_on(report("Bezorgd om iemand"))
        assert status(sign_in(cast["coordinator.ocmw"]), address(photo)) == 404
        assert status(sign_in(cast["verpleegkundige"]), address(photo)) == 200
        assert [entry.reader_id for entry in ReadEntry.objects.all()] == [cast["verpleegkundige"].pk]

    def test_refuses_a_post(
        self, cast: Cast, sign_in: SignIn, report: Make, address: Callable[[Attachment], str]
    ) -> None:
        assert sign_in(cast["coordinator"]).post(address(photo_on(report("Onveilige situatie")))).status_code == 405
