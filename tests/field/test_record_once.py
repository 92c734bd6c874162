"""A record is taken in once, in the name of who wrote it, at the moment it was noted; what is unsure is left alone."""

import datetime as dt
import hashlib
import json
import uuid
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from signals.field import delivering
from signals.field.delivering import Envelope, NotYours, deliver
from signals.field.sealing import Unopenable, b64, seal
from signals.field.sealing import wrap as wrap_key
from signals.models import DeliveredPhoto, Delivery, RecordKind, Report, Tablet
from teams.models import User
from tests.cast import Cast
from tests.field.tablet import FieldTablet, seen
from tests.signals.files import picture

NOW = dt.datetime(2026, 11, 22, 14, 10, tzinfo=dt.UTC)


def arrive(
    envelope: dict[str, Any], by: User, tablet: Tablet | None = None, sent_at: dt.datetime | None = NOW
) -> Delivery:
    return deliver(Envelope.read(uuid.UUID(envelope["id"]), envelope), by=by, tablet=tablet, sent_at=sent_at)[0]


class TestDelivery:
    def test_remembers_what_came_and_how(self, tablet: FieldTablet, cast: Cast) -> None:
        photos = [picture((61, 40)), picture(), picture((62, 40))]
        envelope = tablet.save("signal", seen(), photos, clock_offset_ms=-7, locked=True)
        known = Tablet.objects.get()
        assert arrive(envelope, cast["coordinator"], known).pk == uuid.UUID(envelope["id"])
        found, mo = Delivery.objects.get(), cast["gemeenschapswacht"]
        assert (found.kind, found.schema, found.sha256, found.result) == ("signal", 1, envelope["hash"], "registered")
        assert (found.author, found.by, found.tablet, found.replays) == (mo, cast["coordinator"], known, 0)
        assert (found.key_id, found.wrapped) == (envelope["key"], envelope["wrapped"])
        assert (found.saved_at, found.sent_at) == (dt.datetime(2026, 11, 22, 13, 30, tzinfo=dt.UTC), NOW)
        assert (found.clock_offset_ms, found.locked) == (-7, True)
        assert found.report == Report.objects.get()
        assert found.missing == [hashlib.sha256(photo).hexdigest() for photo in photos]
        assert list(found.photos.values_list("position", flat=True)) == [1, 2, 3]

    def test_keeps_no_key_for_photos_that_never_come(self, tablet: FieldTablet, cast: Cast) -> None:
        """Of who asks for help no picture is kept; so nothing that would open one."""
        asked = seen("Iemand vraagt hulp", phone="0470 12 34 56", consent=True)
        for envelope in (tablet.save("signal", asked, [picture()]), tablet.save("signal", seen())):
            assert arrive(envelope, cast["gemeenschapswacht"]).wrapped == ""
        assert not DeliveredPhoto.objects.exists()

    @pytest.mark.parametrize(
        ("away", "counts"),
        [(dt.timedelta(days=30), True), (dt.timedelta(days=30, seconds=1), False), (dt.timedelta(seconds=-1), False)],
    )
    def test_believes_that_it_lay_on_the_tablet_for_a_month_at_most(
        self, tablet: FieldTablet, cast: Cast, away: dt.timedelta, counts: bool
    ) -> None:
        envelope = tablet.save("signal", seen(), saved_at=(NOW - away).isoformat())
        report = arrive(envelope, cast["gemeenschapswacht"]).report
        assert report is not None
        ago = timezone.now() - report.received_at
        assert abs(ago - (away if counts else dt.timedelta())) < dt.timedelta(minutes=1)

    def test_of_no_known_moment_counts_from_its_arrival(self, tablet: FieldTablet, cast: Cast) -> None:
        report = arrive(tablet.save("signal", seen(), saved_at=None), cast["gemeenschapswacht"]).report
        assert report is not None
        assert timezone.now() - report.received_at < dt.timedelta(minutes=1)


class TestEnvelope:
    @pytest.mark.parametrize("part", ["author", "hash", "key", "wrapped", "iv", "body"])
    def test_without_one_of_its_parts_is_not_opened(self, tablet: FieldTablet, part: str) -> None:
        envelope = tablet.save("signal", seen())
        del envelope[part]
        with pytest.raises(Unopenable):
            Envelope.read(uuid.UUID(envelope["id"]), envelope)

    @pytest.mark.parametrize("key", ["", "geen", "\x00\ud83d"])
    def test_sealed_to_a_key_that_is_none_of_ours_is_not_opened(
        self, tablet: FieldTablet, cast: Cast, key: str
    ) -> None:
        with pytest.raises(Unopenable):
            arrive({**tablet.save("signal", seen()), "key": key}, cast["gemeenschapswacht"])

    def test_holds_the_record_that_it_names(self, tablet: FieldTablet, cast: Cast) -> None:
        """Who knows the public key may put any record in it: what is inside has to have the same number."""
        from signals.field import keys

        mo, key, inside = cast["gemeenschapswacht"], b"k" * 32, str(uuid7())
        said = {"schema": 1, "id": inside, "kind": "signal", "author": str(mo.pk), "signal": seen()}
        plain, outside = json.dumps({**said, "pass": tablet.shift_pass}).encode(), str(uuid7())
        iv, sealed = seal(key, plain, outside)
        envelope = {
            "id": outside, "author": str(mo.pk), "hash": hashlib.sha256(plain).hexdigest(), "key": keys.current().pk,
            "wrapped": b64(wrap_key(keys.current().public, key)), "iv": b64(iv), "body": b64(sealed),
        }  # fmt: skip
        with pytest.raises(Unopenable):
            arrive(envelope, mo)


class TestAuthor:
    def test_that_nobody_knows_is_nobody_of_ours(self, tablet: FieldTablet, cast: Cast) -> None:
        envelope = tablet.save("signal", seen(), author=str(uuid7()))
        with pytest.raises(NotYours):
            arrive(envelope, cast["coordinator"])

    @pytest.mark.parametrize("shift_pass", ["", "verzonnen"])
    def test_without_a_pass_is_vouched_for_by_a_coordinator(
        self, tablet: FieldTablet, cast: Cast, shift_pass: str
    ) -> None:
        """The secret that signed the pass may be gone; what somebody wrote is not."""
        envelope = tablet.save("signal", seen(), changes={"pass": shift_pass})
        with pytest.raises(NotYours):
            arrive(envelope, cast["gemeenschapswacht"])
        assert arrive(envelope, cast["coordinator"]).author == cast["gemeenschapswacht"]

    def test_alone_learns_that_it_came(self, tablet: FieldTablet, cast: Cast) -> None:
        """Who sends a copy of what another sent hears what they would hear if it were new, and nothing is counted."""
        envelope = tablet.save("signal", seen())
        arrive(envelope, cast["gemeenschapswacht"])
        for other in ("uitvoerder", "coordinator.ocmw"):
            with pytest.raises(NotYours):
                arrive(envelope, cast[other])
            with pytest.raises(Unopenable):
                arrive({**envelope, "hash": "0" * 64}, cast[other])
        found = Delivery.objects.get()
        assert (found.replays, found.different_at) == (0, None)
        arrive(envelope, cast["gemeenschapswacht"])
        arrive(envelope, cast["coordinator"])
        assert Delivery.objects.get().replays == 2


class TestTwoAtOnce:
    """Between looking whether it came and taking it in, another tab was first."""

    def first(self, monkeypatch: pytest.MonkeyPatch, envelope: dict[str, Any], by: User) -> None:
        opened = delivering.open_record

        def slow(sent: Envelope) -> Any:
            monkeypatch.setattr(delivering, "open_record", opened)
            arrive(envelope, by)
            return opened(sent)

        monkeypatch.setattr(delivering, "open_record", slow)

    def test_become_one(self, tablet: FieldTablet, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        envelope, mo = tablet.save("signal", seen()), cast["gemeenschapswacht"]
        self.first(monkeypatch, envelope, mo)
        sent = Envelope.read(uuid.UUID(envelope["id"]), envelope)
        assert deliver(sent, by=mo, tablet=None, sent_at=NOW) == (Delivery.objects.get(), False)
        assert Report.objects.count() == 1

    def test_of_two_authors_leave_the_second_nothing_of_the_first(
        self, tablet: FieldTablet, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        theirs = tablet.save("signal", seen())
        tablet.start(cast["agent"])
        own = tablet.seal(
            {
                "schema": 1, "id": theirs["id"], "kind": "signal", "author": str(cast["agent"].pk),
                "pass": tablet.shift_pass, "signal": seen(text="Iets anders."),
            },
            {},
        )  # fmt: skip
        self.first(monkeypatch, theirs, cast["gemeenschapswacht"])
        with pytest.raises(NotYours):
            arrive(own, cast["agent"])
        assert Report.objects.get().description == "Tien zakken."

    def test_is_not_what_every_broken_rule_of_the_database_means(
        self, tablet: FieldTablet, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_given: Any) -> None:
            raise IntegrityError

        monkeypatch.setitem(delivering.ACTS, RecordKind.SIGNAL, broken)
        with pytest.raises(IntegrityError):
            arrive(tablet.save("signal", seen()), cast["gemeenschapswacht"])
