"""Coordinators see which tablet holds what, and ask things of it; the tablet does it at its next contact."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from signals.field.sealing import b64, seal
from signals.field.shifts import COOKIE, token_of
from signals.models import Attachment, Delivery, Order, Report, Shift, Signal, Tablet
from teams.models import User
from tests.cast import Cast
from tests.field.tablet import NOTED, FieldTablet, seen
from tests.signals.files import picture

type SignIn = Callable[[User], Client]


def standing(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/veld/stand/").json()
    return found


class TestStanding:
    def test_tells_anybody_the_key_and_nobody_who_it_is_not(self, tablet: FieldTablet, cast: Cast) -> None:
        found = standing(Client())
        assert (found["person"], found["tablet"], found["shift"]) == (None, None, None)
        assert found["key"]["jwk"].keys() == {"kty", "alg", "ext", "key_ops", "n", "e"}
        own = standing(tablet.client)
        assert own["person"]["name"] == cast["gemeenschapswacht"].name
        assert (own["tablet"]["name"], own["shift"]["pass"] != "") == ("Tablet 3", True)

    def test_notes_what_the_tablet_says_of_itself(self, tablet: FieldTablet) -> None:
        said = {
            "waiting": 2, "attention": 1, "oldest": NOTED, "used": 90, "quota": 100, "clock": "2019-01-01T00:00:00Z",
            "shell": "abc", "done": "",
        }  # fmt: skip
        assert tablet.client.post("/veld/stand/", said, "application/json").status_code == 204
        found = Tablet.objects.get()
        assert (found.waiting, found.attention, found.is_nearly_full, found.clock_is_off) == (2, 1, True, True)

    @pytest.mark.parametrize(
        "said",
        [
            "geen json", "[]", '{"waiting": "veel", "oldest": 3, "clock": null, "used": -1}',
            r'{"shell": "\u0000\ud83d", "done": []}',
        ],
    )  # fmt: skip
    def test_survives_nonsense(self, tablet: FieldTablet, said: str) -> None:
        assert tablet.client.post("/veld/stand/", said, "application/json").status_code == 204
        assert Tablet.objects.get().waiting == 0


class TestShift:
    def test_is_one_at_a_time_on_a_tablet(self, tablet: FieldTablet, cast: Cast) -> None:
        assert tablet.start(cast["coordinator"]).status_code == 201
        assert Tablet.objects.count() == 1
        assert Shift.objects.get(ended_at=None).user == cast["coordinator"]

    def test_knows_the_tablet_again_by_the_shift_before(self, tablet: FieldTablet, cast: Cast) -> None:
        """A browser that died may have lost the cookie that says which tablet it is."""
        del tablet.client.cookies[COOKIE]
        envelope = tablet.save("signal", seen())
        tablet.send(envelope)
        assert Delivery.objects.get().tablet == Tablet.objects.get()
        asked = {"id": str(uuid.uuid4()), "name": "", "before": token_of(Tablet.objects.get())}
        answer = tablet.client.post("/veld/dienst/", asked, "application/json")
        assert (answer.status_code, Tablet.objects.count()) == (201, 1)

    def test_is_for_who_registers(self, cast: Cast) -> None:
        answer = FieldTablet(Client()).start(cast["dpo"])
        assert answer.status_code == 403
        assert not Tablet.objects.exists()

    def test_opens_the_tablet_and_nothing_else(self, tablet: FieldTablet, cast: Cast, sign_in: SignIn) -> None:
        """Whoever finds a locked tablet could type another address."""
        for path in ("/vandaag/", "/postvak/", "/signalen/nieuw/", "/zalen/", "/"):
            answer = tablet.client.get(path)
            assert (answer.status_code, answer["Location"]) == (302, "/veld/"), path
        assert tablet.client.get("/veld/gegevens/").status_code == 200
        assert sign_in(cast["gemeenschapswacht"]).get("/vandaag/").status_code == 200
        tablet.client.post("/veld/dienst/einde/")
        tablet.client.force_login(cast["gemeenschapswacht"])
        assert tablet.client.get("/vandaag/").status_code == 200

    def test_ends_with_signing_out(self, tablet: FieldTablet) -> None:
        assert tablet.client.post("/veld/dienst/einde/").status_code == 204
        assert Shift.objects.get().ended_at is not None
        assert standing(tablet.client)["person"] is None


class TestOrder:
    @pytest.fixture
    def coordinator(self, sign_in: SignIn, cast: Cast) -> Client:
        return sign_in(cast["coordinator"])

    def order(self, coordinator: Client, order: str) -> None:
        address = reverse("signals:tablet-order", args=[Tablet.objects.get().pk])
        assert coordinator.post(address, {"order": order}).status_code == 302

    def test_signs_out_at_the_next_contact_and_is_done_then(self, tablet: FieldTablet, coordinator: Client) -> None:
        self.order(coordinator, "sign_out")
        found = standing(tablet.client)
        assert (found["person"], found["tablet"]["order"]) == (None, "sign_out")
        assert Shift.objects.get().ended_at is not None
        tablet.client.post("/veld/stand/", {"done": "sign_out"}, "application/json")
        assert Tablet.objects.get().order == ""

    def test_to_wipe_is_not_done_by_signing_out(self, tablet: FieldTablet, coordinator: Client) -> None:
        self.order(coordinator, "wipe")
        self.order(coordinator, "sign_out")
        tablet.client.post("/veld/stand/", {"done": "sign_out"}, "application/json")
        assert Tablet.objects.get().order == Order.WIPE
        tablet.client.post("/veld/stand/", {"done": "wipe"}, "application/json")
        found = Tablet.objects.get()
        assert (found.order, found.carried_out_at is not None) == ("", True)

    def test_out_of_use_until_it_is_taken_back(self, tablet: FieldTablet, coordinator: Client, cast: Cast) -> None:
        address = reverse("signals:tablet-revocation", args=[Tablet.objects.get().pk])
        coordinator.post(address, {"revoked": "1"})
        assert tablet.start(cast["gemeenschapswacht"]).status_code == 403
        assert standing(tablet.client)["tablet"]["revoked"] is True
        coordinator.post(address, {"revoked": "0"})
        assert tablet.start(cast["gemeenschapswacht"]).status_code == 201

    def test_out_of_use_signs_its_person_out_of_every_page_at_once(
        self, tablet: FieldTablet, coordinator: Client, cast: Cast
    ) -> None:
        today, elsewhere = reverse("today"), Client()
        elsewhere.force_login(cast["gemeenschapswacht"])
        assert elsewhere.get(today).status_code == 200
        coordinator.post(reverse("signals:tablet-revocation", args=[Tablet.objects.get().pk]), {"revoked": "1"})
        assert elsewhere.get(today)["Location"].startswith("/account/login/")
        assert coordinator.get(today).status_code == 200
        assert not Shift.objects.filter(ended_at=None).exists()
        assert standing(tablet.client)["tablet"]["order"] == "wipe"


class TestPage:
    def test_shows_what_waits_where(self, tablet: FieldTablet, sign_in: SignIn, cast: Cast) -> None:
        tablet.client.post("/veld/stand/", {"waiting": 2, "oldest": NOTED}, "application/json")
        page = sign_in(cast["coordinator"]).get(reverse("signals:tablets")).text
        assert "Tablet 3" in page
        assert "2 berichten" in page
        assert cast["gemeenschapswacht"].name in page

    def test_is_of_the_own_organisation(self, tablet: FieldTablet, sign_in: SignIn, cast: Cast) -> None:
        page = sign_in(cast["coordinator.ocmw"])
        assert "Tablet 3" not in page.get(reverse("signals:tablets")).text
        assert page.get(reverse("signals:tablet", args=[Tablet.objects.get().pk])).status_code == 404
        assert sign_in(cast["gemeenschapswacht"]).get(reverse("signals:tablets")).status_code == 403

    def test_names_a_tablet_and_refuses_a_name_that_is_taken(
        self, tablet: FieldTablet, sign_in: SignIn, cast: Cast
    ) -> None:
        other = FieldTablet(Client(), name="tablet 3")
        assert other.start(cast["agent"]).status_code == 201
        assert sorted(Tablet.objects.values_list("name", flat=True)) == ["Tablet 3", "tablet 3 2"]
        coordinator = sign_in(cast["coordinator"])
        address = reverse("signals:tablet", args=[Tablet.objects.get(name="tablet 3 2").pk])
        assert coordinator.post(address, {"name": "TABLET 3"}).status_code == 422
        assert coordinator.post(address, {"name": "Leie"}).status_code == 302
        assert Tablet.objects.filter(name="Leie").exists()


class TestRecovery:
    """A file that a tablet gave along, still sealed, comes in through a coordinator."""

    def file(self, tablet: FieldTablet, *envelopes: dict[str, Any]) -> SimpleUploadedFile:
        written = []
        for envelope in envelopes:
            key, photos = tablet.kept[uuid.UUID(envelope["id"])]
            sealed = [(each, *seal(key, photo, f"{envelope['id']}/{each}")) for each, photo in photos.items()]
            parts = [{"hash": each, "iv": b64(iv), "data": b64(data)} for each, iv, data in sealed]
            written.append({**envelope, "saved_at": NOTED, "photos": parts})
        content = {"format": "veld-1", "made_at": NOTED, "records": written}
        return SimpleUploadedFile("veld.json", json.dumps(content).encode(), "application/json")

    def test_twice_is_once_with_its_photos(self, tablet: FieldTablet, sign_in: SignIn, cast: Cast) -> None:
        envelope = tablet.save("signal", seen(), [picture()])
        coordinator = sign_in(cast["coordinator"])
        for expected in ("geregistreerd", "was er al"):
            answer = coordinator.post(reverse("signals:tablet-recovery"), {"file": self.file(tablet, envelope)})
            assert (answer.status_code, expected in answer.text) == (200, True)
        assert (Report.objects.count(), Attachment.objects.count()) == (1, 1)
        assert Report.objects.get().registered_by == cast["gemeenschapswacht"]

    def test_says_of_each_why_it_was_refused(self, tablet: FieldTablet, sign_in: SignIn, cast: Cast) -> None:
        good, bad = tablet.save("signal", seen()), tablet.save("signal", seen())
        vague = tablet.save("signal", seen(longitude=None, latitude=None))
        file = self.file(tablet, {**bad, "hash": "0" * 64}, good, vague)
        answer = sign_in(cast["coordinator"]).post(reverse("signals:tablet-recovery"), {"file": file})
        assert "kunnen niet openen" in answer.text
        assert '<span class="ds-tag" data-color="warning">te verdelen</span> De tablet wist niet waar' in answer.text
        assert {str(each.pk) for each in Report.objects.all()} == {good["id"], vague["id"]}

    @pytest.mark.parametrize("content", [b"geen json", b"{}", b'{"format": "veld-1", "records": 3}', b""])
    def test_refuses_another_file(self, sign_in: SignIn, cast: Cast, content: bytes) -> None:
        file = SimpleUploadedFile("veld.json", content)
        answer = sign_in(cast["coordinator"]).post(reverse("signals:tablet-recovery"), {"file": file})
        assert answer.status_code == 422

    def test_survives_any_record(self, sign_in: SignIn, cast: Cast) -> None:
        records = [3, None, {}, {"id": "x"}, {"id": str(uuid.uuid4()), "author": 3}]
        file = SimpleUploadedFile("veld.json", json.dumps({"format": "veld-1", "records": records}).encode())
        answer = sign_in(cast["coordinator"]).post(reverse("signals:tablet-recovery"), {"file": file})
        assert (answer.status_code, answer.text.count("kunnen niet openen")) == (200, 5)

    def test_is_for_coordinators(self, sign_in: SignIn, cast: Cast) -> None:
        assert sign_in(cast["beheerder"]).post(reverse("signals:tablet-recovery")).status_code == 403


class TestNotices:
    """What a colleague has to know of how a signal came in."""

    def page(self, client: Client) -> str:
        return client.get(reverse("signals:signal", args=[Signal.objects.get().reference])).text.replace("\xa0", " ")

    def test_tell_that_photos_follow(self, tablet: FieldTablet, sign_in: SignIn, cast: Cast) -> None:
        coordinator = sign_in(cast["coordinator"])
        envelope = tablet.save("signal", seen(), [picture(), picture((61, 40))])
        missing = tablet.send(envelope).json()["missing"]
        tablet.send_photo(envelope, missing[0])
        assert "1 van 2 zijn er" in self.page(coordinator)
        assert "foto volgt 1/2" in coordinator.get(reverse("inbox"), {"tab": "alles"}).text
        tablet.send_photo(envelope, missing[1])
        assert "zijn er" not in self.page(coordinator)
        assert "foto volgt" not in coordinator.get(reverse("inbox"), {"tab": "alles"}).text

    def test_tell_of_a_wrong_clock_a_restart_a_replay_and_another_of_its_number(
        self, tablet: FieldTablet, sign_in: SignIn, cast: Cast
    ) -> None:
        changes = {"clock_offset_ms": 3 * 3600 * 1000, "locked": True, "saved_at": "2026-11-22T10:00:00Z"}
        envelope = tablet.save("signal", seen(), changes=changes)
        tablet.client.force_login(cast["coordinator"])
        tablet.send(envelope), tablet.send(envelope)
        tablet.send({**envelope, "hash": "0" * 64})
        page = self.page(sign_in(cast["coordinator"]))
        for said in (
            "Genoteerd op de tablet", "liep 3 uur achter", "na een herstart", "Nog 1 keer toegekomen",
            "Onder hetzelfde nummer", "Binnengebracht door Bram",
        ):  # fmt: skip
            assert said in page, said

    def test_are_silent_when_all_is_plain(self, tablet: FieldTablet, sign_in: SignIn, cast: Cast) -> None:
        tablet.send(tablet.save("signal", seen()))
        assert 'class="why plain"' not in self.page(sign_in(cast["coordinator"]))
        assert Delivery.objects.get().replays == 0
