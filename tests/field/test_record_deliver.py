"""What a tablet saved arrives once, whole, from the right person."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from signals.field import keys
from signals.levels import Level
from signals.models import (
    Attachment,
    Category,
    CityKey,
    DeliveredPhoto,
    Delivery,
    PatrolRound,
    Report,
    Reporter,
    Signal,
    Tablet,
)
from signals.workflow import SignalStatus
from teams.models import Membership
from tests.cast import OVERLEIE, Cast, area
from tests.field.tablet import FieldTablet, seen
from tests.signals.files import picture


class TestRecord:
    def test_becomes_a_signal_of_its_author(self, tablet: FieldTablet, cast: Cast) -> None:
        envelope = tablet.save("signal", seen())
        answer = tablet.send(envelope)
        report = Report.objects.get()
        assert (answer.status_code, answer.json()["result"]) == (201, "registered")
        assert (answer.json()["id"], answer.json()["hash"]) == (envelope["id"], envelope["hash"])
        assert (str(report.pk), report.registered_by, report.channel) == (
            envelope["id"], cast["gemeenschapswacht"], "warden",
        )  # fmt: skip
        assert (report.description, report.longitude, report.latitude) == ("Tien zakken.", *OVERLEIE)
        assert report.signal.area == area("Overleie")
        assert answer.json()["reference"] == report.signal.reference

    def test_twice_is_once(self, tablet: FieldTablet) -> None:
        envelope = tablet.save("signal", seen())
        first, again = tablet.send(envelope), tablet.send(envelope)
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() == again.json()
        assert Report.objects.count() == Delivery.objects.count() == 1

    def test_of_the_same_id_with_other_words_is_refused_and_changes_nothing(self, tablet: FieldTablet) -> None:
        envelope = tablet.save("signal", seen())
        tablet.send(envelope)
        other = tablet.seal(
            {
                "schema": 1, "id": envelope["id"], "kind": "signal", "author": envelope["author"],
                "pass": tablet.shift_pass, "photos": [], "signal": seen(text="Iets anders."),
            },
            {},
        )  # fmt: skip
        answer = tablet.send(other)
        assert answer.status_code == 409
        assert "nummer" in answer.json()["message"]
        assert Report.objects.get().description == "Tien zakken."

    @pytest.mark.parametrize("part", ["body", "iv", "wrapped", "key", "hash", "author"])
    def test_that_was_changed_on_the_way_is_not_opened(self, tablet: FieldTablet, part: str) -> None:
        envelope = tablet.save("signal", seen())
        changed = {**envelope, part: "AAAA" if part != "author" else "00000000-0000-7000-8000-000000000000"}
        assert tablet.send(changed).status_code == 422
        assert not Signal.objects.exists()
        assert tablet.send(envelope).status_code == 201

    def test_under_the_id_of_another_is_not_opened(self, tablet: FieldTablet) -> None:
        one, other = tablet.save("signal", seen()), tablet.save("signal", seen())
        assert tablet.send({**one, "id": other["id"]}).status_code == 422
        assert not Signal.objects.exists()

    def test_of_a_schema_to_come_stays_on_the_tablet(self, tablet: FieldTablet) -> None:
        answer = tablet.send(tablet.save("signal", seen(), schema=99))
        assert answer.status_code == 422
        assert "nieuwere versie" in answer.json()["message"]

    def test_keeps_when_it_was_noted_however_wrong_the_clock_is(self, tablet: FieldTablet) -> None:
        """Saved at 13.30 and sent at 14.10 by a clock that is years behind: forty minutes ago."""
        envelope = tablet.save("signal", seen(), saved_at="2019-01-01T13:30:00.000Z", clock_offset_ms=7.9 * 3.15e10)
        tablet.send(envelope, at="2019-01-01T14:10:00.000Z")
        ago = timezone.now() - Report.objects.get().received_at
        assert dt.timedelta(minutes=39) < ago < dt.timedelta(minutes=41)
        delivery = Delivery.objects.get()
        assert delivery.saved_at is not None
        assert (delivery.saved_at.year, delivery.clock_offset_ms) == (2019, int(7.9 * 3.15e10))

    @pytest.mark.parametrize("sent_at", ["2026-11-22T12:00:00.000Z", "2027-03-01T00:00:00.000Z", "gisteren", ""])
    def test_of_an_impossible_time_counts_from_its_arrival(self, tablet: FieldTablet, sent_at: str) -> None:
        tablet.send(tablet.save("signal", seen()), at=sent_at)
        assert timezone.now() - Report.objects.get().received_at < dt.timedelta(minutes=1)


class TestHelp:
    """Somebody on the street asks for help: a number and a yes."""

    def test_reaches_the_sociaal_huis_sealed_with_the_number_alone(self, tablet: FieldTablet) -> None:
        content = seen("Iemand vraagt hulp", text="Mevrouw Peeters is ziek.", phone="0470 12 34 56", consent=True)
        answer = tablet.send(tablet.save("signal", content, [picture()]))
        report = Report.objects.get()
        assert report.signal.level == Level.SEALED
        assert "Peeters" not in report.description + report.signal.description
        assert Reporter.objects.get().phone == "0470 12 34 56"
        assert (answer.json()["missing"], answer.json()["reference"]) == ([], "")
        assert answer.json()["message"] == "Bezorgd aan de juiste dienst."

    @pytest.mark.parametrize("changes", [{"consent": False}, {"phone": ""}, {"consent": "true"}])
    def test_without_a_yes_or_a_number_is_refused(self, tablet: FieldTablet, changes: dict[str, object]) -> None:
        content = seen("Iemand vraagt hulp", **{"phone": "0470 12 34 56", "consent": True, **changes})
        assert tablet.send(tablet.save("signal", content)).status_code == 422
        assert not Report.objects.exists()


class TestWhatChangedMeanwhile:
    """It is never refused: a coordinator divides it, and reads why."""

    def divided(self, tablet: FieldTablet, why: str, **changes: object) -> Signal:
        answer = tablet.send(tablet.save("signal", seen(**changes)))  # type: ignore[arg-type]
        signal = Signal.objects.get()
        assert (answer.status_code, answer.json()["result"]) == (201, "to_divide")
        assert signal.status == SignalStatus.TO_DIVIDE
        assert why in signal.route_reason
        assert why in answer.json()["message"]
        assert not signal.tasks.exists()
        return signal

    def test_an_author_who_works_elsewhere_by_now(self, tablet: FieldTablet) -> None:
        Membership.objects.filter(user=tablet.user).update(ends=timezone.localdate() - dt.timedelta(days=1))
        self.divided(tablet, "werkt niet meer in Overleie")

    def test_a_subject_that_was_closed(self, tablet: FieldTablet) -> None:
        content = seen()
        Category.objects.filter(name="Sluikstort").update(active=False)
        answer = tablet.send(tablet.save("signal", content))
        assert answer.json()["result"] == "to_divide"
        assert "niet meer in gebruik" in Signal.objects.get().route_reason

    def test_a_subject_that_is_gone(self, tablet: FieldTablet) -> None:
        signal = self.divided(tablet, "niet meer in gebruik", category=99_999_999)
        assert signal.description == "Tien zakken."

    def test_a_place_outside_the_city(self, tablet: FieldTablet) -> None:
        self.divided(tablet, "buiten Kortrijk", longitude=3.70, latitude=51.05)

    def test_no_place_at_all(self, tablet: FieldTablet) -> None:
        self.divided(tablet, "wist niet waar", longitude=None, latitude=None)

    def test_half_a_place(self, tablet: FieldTablet) -> None:
        self.divided(tablet, "wist niet waar", latitude="noord")

    def test_a_text_longer_than_any_field(self, tablet: FieldTablet) -> None:
        tablet.send(tablet.save("signal", seen(text="a" * 30_000, place="b" * 500)))
        report = Report.objects.get()
        assert report.description.count("a") == 30_000
        assert report.description.count("b") == 500


class TestJoining:
    def test_joins_what_was_chosen(self, tablet: FieldTablet) -> None:
        tablet.send(tablet.save("signal", seen()))
        running = Signal.objects.get()
        answer = tablet.send(tablet.save("signal", seen(text="Er ligt nu ook glas.", join=str(running.pk))))
        running.refresh_from_db()
        assert (answer.json()["result"], running.report_count, Signal.objects.count()) == ("joined", 2, 1)

    def test_stands_by_itself_when_that_ended_meanwhile(self, tablet: FieldTablet, cast: Cast) -> None:
        tablet.send(tablet.save("signal", seen()))
        running = Signal.objects.get()
        running.close(by=cast["coordinator"], outcome="Opgeruimd.")
        answer = tablet.send(tablet.save("signal", seen(join=str(running.pk))))
        assert (answer.json()["result"], Signal.objects.count()) == ("registered", 2)

    def test_never_joins_what_its_author_may_not_read(self, tablet: FieldTablet) -> None:
        content = seen("Iemand vraagt hulp", phone="0470 12 34 56", consent=True)
        tablet.send(tablet.save("signal", content))
        sealed = Signal.objects.get()
        answer = tablet.send(tablet.save("signal", seen(join=str(sealed.pk))))
        assert (answer.json()["result"], Signal.objects.count()) == ("registered", 2)


class TestAuthor:
    def test_is_told_to_sign_in_and_keeps_everything(self, tablet: FieldTablet) -> None:
        envelope = tablet.save("signal", seen())
        tablet.client.logout()
        answer = tablet.send(envelope)
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/json")
        assert not Signal.objects.exists()

    def test_is_never_somebody_else_who_uses_the_tablet(self, tablet: FieldTablet, cast: Cast) -> None:
        envelope = tablet.save("signal", seen())
        tablet.client.force_login(cast["uitvoerder"])
        answer = tablet.send(envelope)
        assert (answer.status_code, answer.json()["reason"]) == (403, "author")
        assert not Signal.objects.exists()

    def test_keeps_the_name_when_a_coordinator_brings_it_in(self, tablet: FieldTablet, cast: Cast) -> None:
        envelope = tablet.save("signal", seen())
        tablet.client.force_login(cast["coordinator"])
        assert tablet.send(envelope).status_code == 201
        delivery = Delivery.objects.get()
        assert (delivery.author, delivery.by) == (cast["gemeenschapswacht"], cast["coordinator"])
        assert Report.objects.get().registered_by == cast["gemeenschapswacht"]

    def test_is_of_the_organisation_of_that_coordinator(self, tablet: FieldTablet, cast: Cast) -> None:
        envelope = tablet.save("signal", seen())
        tablet.client.force_login(cast["coordinator.ocmw"])
        assert tablet.send(envelope).status_code == 403

    def test_is_proven_by_the_pass_of_a_shift(self, tablet: FieldTablet, cast: Cast) -> None:
        """Whoever finds the public key can seal what they like; not as somebody of ours."""
        forged = tablet.save("signal", seen(), changes={"pass": ""})
        assert tablet.send(forged).status_code == 403
        of_another = FieldTablet(Client())
        of_another.start(cast["coordinator"])
        stolen = tablet.save("signal", seen(), changes={"pass": of_another.shift_pass})
        assert tablet.send(stolen).status_code == 403
        assert not Signal.objects.exists()


class TestPhoto:
    def test_follows_its_signal(self, tablet: FieldTablet) -> None:
        photos = [picture(), picture((61, 40))]
        envelope = tablet.save("signal", seen(), photos)
        missing = tablet.send(envelope).json()["missing"]
        assert len(missing) == 2
        for each in missing:
            assert tablet.send_photo(envelope, each).status_code == 201
        assert sorted(Attachment.objects.values_list("sha256", flat=True)) == sorted(missing)
        assert tablet.send(envelope).json()["missing"] == []
        assert Delivery.objects.get().wrapped == ""

    def test_twice_is_once(self, tablet: FieldTablet) -> None:
        envelope = tablet.save("signal", seen(), [picture()])
        [missing] = tablet.send(envelope).json()["missing"]
        assert [tablet.send_photo(envelope, missing).status_code for _time in range(2)] == [201, 200]
        assert Attachment.objects.count() == 1

    def test_that_nobody_promised_is_not_taken(self, tablet: FieldTablet) -> None:
        envelope = tablet.save("signal", seen(), [picture()])
        [missing] = tablet.kept[uuid.UUID(envelope["id"])][1]
        assert tablet.send_photo(envelope, missing).status_code == 404  # its signal is not here yet
        tablet.send(envelope)
        assert tablet.send_photo(envelope, "0" * 64, b"").status_code == 404
        assert tablet.send_photo(envelope, missing).status_code == 201

    def test_that_is_another_than_its_hash_is_refused(self, tablet: FieldTablet) -> None:
        envelope = tablet.save("signal", seen(), [picture()])
        [missing] = tablet.send(envelope).json()["missing"]
        assert tablet.send_photo(envelope, missing, picture((61, 40))).status_code == 422
        assert not Attachment.objects.exists()
        assert tablet.send_photo(envelope, missing).status_code == 201

    def test_that_is_no_picture_stays_on_the_tablet_and_is_told(self, tablet: FieldTablet) -> None:
        envelope = tablet.save("signal", seen(), [b"geen foto"])
        [missing] = tablet.send(envelope).json()["missing"]
        answer = tablet.send_photo(envelope, missing)
        assert answer.status_code == 422
        assert DeliveredPhoto.objects.get().problem == answer.json()["message"] != ""

    def test_is_brought_by_its_author_alone(self, tablet: FieldTablet, cast: Cast) -> None:
        envelope = tablet.save("signal", seen(), [picture()])
        [missing] = tablet.send(envelope).json()["missing"]
        tablet.client.force_login(cast["uitvoerder"])
        assert tablet.send_photo(envelope, missing).status_code == 403
        tablet.client.force_login(cast["coordinator"])
        assert tablet.send_photo(envelope, missing).status_code == 201
        assert Attachment.objects.get().by == cast["gemeenschapswacht"]


class TestKey:
    def test_that_was_retired_still_opens(self, tablet: FieldTablet) -> None:
        before = tablet.save("signal", seen())
        new = keys.rotate()
        assert before["key"] != new.pk == keys.current().pk
        assert tablet.send(before).status_code == 201
        assert tablet.send(tablet.save("signal", seen())).status_code == 201

    def test_is_kept_sealed_itself(self, tablet: FieldTablet) -> None:
        private = CityKey.objects.get(pk=keys.current().pk).private
        assert "PRIVATE" not in private
        assert private.startswith("gAAAA")

    def test_that_we_cannot_open_ourselves_is_never_given_out(self, tablet: FieldTablet, settings: Any) -> None:
        """The secret of the installation changed. With the former one as fallback nothing is lost."""
        before, former = tablet.save("signal", seen()), settings.SECRET_KEY
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [former], "a-new-secret-" * 5
        assert keys.current().pk == before["key"]
        settings.SECRET_KEY_FALLBACKS = []
        assert keys.current().pk != before["key"]
        settings.SECRET_KEY = former
        assert tablet.send(before).status_code == 201

    def test_that_is_forgotten_opens_nothing_any_more(self, tablet: FieldTablet) -> None:
        before = tablet.save("signal", seen())
        keys.rotate()
        assert keys.forget_retired() == [before["key"]]
        assert tablet.send(before).status_code == 422

    def test_is_not_forgotten_while_a_photo_still_comes(self, tablet: FieldTablet) -> None:
        envelope = tablet.save("signal", seen(), [picture()])
        [missing] = tablet.send(envelope).json()["missing"]
        keys.rotate()
        assert keys.forget_retired() == []
        assert tablet.send_photo(envelope, missing).status_code == 201
        assert keys.forget_retired() == [envelope["key"]]


class TestRound:
    def test_closed_twice_keeps_both_notes_and_ended_the_last_time(self, tablet: FieldTablet) -> None:
        pk = str(uuid.uuid4())
        tablet.send(tablet.save("round", {"round": pk, "act": "start"}))
        for text in ("Het hek is los.", "", "De brug is glad."):
            assert tablet.send(tablet.save("round", {"round": pk, "act": "end", "text": text})).status_code == 201
        before = "2026-11-22T13:20:00.000Z"  # of a tablet that sends later what was noted earlier
        tablet.send(tablet.save("round", {"round": pk, "act": "end", "text": "Eerst."}, saved_at=before))
        found = PatrolRound.objects.get()
        assert found.note == "Het hek is los.\n\nDe brug is glad.\n\nEerst."
        assert found.ended_at
        assert timezone.now() - found.ended_at < dt.timedelta(minutes=1)


class TestRevokedTablet:
    def test_takes_nobody_and_leaves_what_it_holds_to_a_coordinator(self, tablet: FieldTablet, cast: Cast) -> None:
        envelope = tablet.save("signal", seen())
        Tablet.objects.get().revoke(by=cast["coordinator"])
        answer = tablet.send(envelope)
        # Not 422: the tablet would take it for refused, and a coordinator who signs in would send it no more.
        assert (answer.status_code, answer.json()["reason"]) == (403, "author")
        assert "buiten gebruik" in answer.json()["message"]
        assert tablet.start(cast["gemeenschapswacht"]).status_code == 403
        tablet.client.force_login(cast["coordinator"])
        assert tablet.send(envelope).status_code == 201
