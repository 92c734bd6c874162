"""A photo is hung on its signal once, in the name of who took it, and only as it was promised."""

import hashlib
import uuid
from typing import Any

import pytest
from django.core.files.base import ContentFile

from kortrijk_gebied.refusals import Refused
from signals.attaching.files import read_file
from signals.attaching.keeping import attach_file
from signals.field import photos
from signals.field.delivering import NotYours
from signals.field.photos import Unexpected, deliver_photo
from signals.field.sealing import Unopenable, seal
from signals.models import Attachment, DeliveredPhoto, Delivery, Report
from teams.models import User
from tests.cast import Cast
from tests.field.tablet import FieldTablet, seen
from tests.signals.files import picture

ONE, OTHER = picture(), picture((61, 40))


def sha(photo: bytes) -> str:
    return hashlib.sha256(photo).hexdigest()


class Sent:
    """A signal that arrived, and whose photos did not yet."""

    def __init__(self, tablet: FieldTablet, taken: list[bytes]) -> None:
        envelope = tablet.save("signal", seen(), taken)
        assert tablet.send(envelope).status_code == 201
        self.pk = uuid.UUID(envelope["id"])
        self.key, _photos = tablet.kept[self.pk]

    def bring(self, photo: bytes, by: User, **changes: Any) -> bool:
        iv, sealed = seal(self.key, photo, changes.pop("label", f"{self.pk}/{sha(photo)}"))
        sent = {"delivery_id": self.pk, "sha256": sha(photo), "iv": iv, "sealed": sealed, "by": by, **changes}
        return deliver_photo(**sent)


class TestPhoto:
    def test_hangs_on_the_report_of_who_took_it(self, tablet: FieldTablet, cast: Cast) -> None:
        sent = Sent(tablet, [ONE, OTHER])
        assert sent.bring(ONE, cast["coordinator"]) is True
        attachment, arrived = Attachment.objects.get(), DeliveredPhoto.objects.get(sha256=sha(ONE))
        assert (attachment.by, attachment.report, attachment.sha256) == (
            cast["gemeenschapswacht"], Report.objects.get(), sha(ONE),
        )  # fmt: skip
        assert (arrived.attachment, arrived.problem, arrived.arrived_at is None) == (attachment, "", False)
        left = Delivery.objects.get()
        assert (left.missing, left.wrapped != "") == ([sha(OTHER)], True), "its key is kept until the last is here"
        assert sent.bring(OTHER, cast["gemeenschapswacht"]) is True
        assert Delivery.objects.get().wrapped == ""

    def test_twice_is_once(self, tablet: FieldTablet, cast: Cast) -> None:
        sent = Sent(tablet, [ONE, OTHER])
        assert [sent.bring(ONE, cast["gemeenschapswacht"]) for _time in range(2)] == [True, False]
        assert Attachment.objects.count() == 1

    def test_of_two_tabs_at_one_moment_hangs_once(
        self, tablet: FieldTablet, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sent, mo = Sent(tablet, [ONE, OTHER]), cast["gemeenschapswacht"]

        def slow(**given: Any) -> Attachment:
            monkeypatch.setattr(photos, "attach_file", attach_file)
            assert sent.bring(ONE, mo) is True
            return attach_file(**{**given, "file": read_file(ContentFile(ONE, name=""))})

        monkeypatch.setattr(photos, "attach_file", slow)
        assert sent.bring(ONE, mo) is False
        assert Attachment.objects.count() == 1

    def test_that_is_taken_after_all_has_no_problem_any_more(self, tablet: FieldTablet, cast: Cast) -> None:
        sent = Sent(tablet, [ONE])
        DeliveredPhoto.objects.update(problem="We kunnen deze foto niet lezen.")
        sent.bring(ONE, cast["gemeenschapswacht"])
        assert DeliveredPhoto.objects.get().problem == ""

    def test_that_is_none_says_so_once_and_waits(self, tablet: FieldTablet, cast: Cast) -> None:
        sent = Sent(tablet, [b"geen foto", ONE])
        with pytest.raises(Refused) as refused:
            sent.bring(b"geen foto", cast["gemeenschapswacht"])
        said = dict(DeliveredPhoto.objects.values_list("sha256", "problem"))
        assert said == {sha(b"geen foto"): str(refused.value), sha(ONE): ""}
        assert DeliveredPhoto.objects.filter(arrived_at=None).count() == 2


class TestRefusal:
    def test_of_what_nobody_promised(self, tablet: FieldTablet, cast: Cast) -> None:
        sent = Sent(tablet, [ONE])
        with pytest.raises(Unexpected):
            sent.bring(OTHER, cast["gemeenschapswacht"])
        with pytest.raises(Unexpected):
            sent.bring(ONE, cast["gemeenschapswacht"], delivery_id=uuid.uuid4())
        assert not Attachment.objects.exists()

    @pytest.mark.parametrize("who", ["uitvoerder", "coordinator.ocmw"])
    def test_of_who_did_not_take_it(self, tablet: FieldTablet, cast: Cast, who: str) -> None:
        sent = Sent(tablet, [ONE])
        with pytest.raises(NotYours):
            sent.bring(ONE, cast[who])
        assert sent.bring(ONE, cast["gemeenschapswacht"]) is True
        with pytest.raises(NotYours):
            sent.bring(ONE, cast[who])

    def test_of_another_in_its_place(self, tablet: FieldTablet, cast: Cast) -> None:
        sent = Sent(tablet, [ONE, OTHER])
        with pytest.raises(Unopenable):
            sent.bring(OTHER, cast["gemeenschapswacht"], sha256=sha(ONE), label=f"{sent.pk}/{sha(ONE)}")
        with pytest.raises(Unopenable):
            sent.bring(OTHER, cast["gemeenschapswacht"], label=f"{sent.pk}/{sha(ONE)}")
        assert not Attachment.objects.exists()

    def test_when_its_key_is_gone(self, tablet: FieldTablet, cast: Cast) -> None:
        sent = Sent(tablet, [ONE])
        Delivery.objects.update(key=None)
        with pytest.raises(Unopenable):
            sent.bring(ONE, cast["gemeenschapswacht"])
