"""The outbox in a real browser: kept before it is said, sent once, gone only when the city has exactly this."""

import json
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from signals.field.ours import MARK
from signals.models import Attachment, DeliveredPhoto, Delivery, Report, Tablet
from signals.models.tablets import Order
from tests.cast import Cast
from tests.field.conftest import Device
from tests.field.device import begin, call, keep, kept, sign_in, sign_out, with_worker
from tests.servers import wait_until
from tests.signals.files import picture

TWO = [picture(), picture((61, 40))]
RECORDS = "**/veld/berichten/*/"


def says(page: Page, words: str) -> None:
    page.locator("#state").get_by_text(words).wait_for()


def empty(page: Page) -> None:
    wait_until(lambda: kept(page) == [], what="everything left")


def answering(page: Page, status: int, answer: dict[str, Any]) -> None:
    page.route(RECORDS, lambda route: route.fulfill(status=status, json=answer, headers={MARK: "veld"}))


def answered(answer: dict[str, Any], route: Route) -> None:
    route.fulfill(**answer)


class TestWithoutNetwork:
    def test_starts_keeps_survives_and_sends_once(self, device: Device, cast: Cast) -> None:
        page = with_worker(begin(device()))
        page.context.set_offline(True)
        pk = keep(page, "Tien zakken aan de Leie", TWO)
        says(page, "Geen netwerk. 1 signaal bewaard op dit toestel")
        page.reload()
        says(page, "Geen netwerk. 1 signaal bewaard op dit toestel")
        assert page.get_by_text("Spoed? Bel").is_visible()
        page.context.set_offline(False)
        says(page, "Alles is verzonden")
        assert kept(page) == []
        report = Report.objects.get()
        assert (str(report.pk), report.description) == (pk, "Tien zakken aan de Leie")
        assert report.registered_by == cast["gemeenschapswacht"]
        assert Attachment.objects.count() == 2

    def test_in_two_tabs_comes_once(self, device: Device) -> None:
        page = with_worker(begin(device()))
        page.fill("#new-text", "Achter de haag.")
        wait_until(lambda: call(page, "reading", "isTyping"), what="the draft is kept")
        other = page.context.new_page()
        other.goto("/veld/")
        other.get_by_role("heading", name="Dit toestel heeft al een venster open").wait_for()
        page.context.set_offline(True)
        for number in range(3):
            keep(page, f"Zak {number}")
        page.context.set_offline(False)
        for tab in (page, other):
            tab.evaluate("() => { import('/static/field/outbox.js').then(({drain}) => drain()); }")
        empty(other)
        assert sorted(Report.objects.values_list("description", flat=True)) == ["Zak 0", "Zak 1", "Zak 2"]
        # One window has the tablet; it hands over what is typed there, with the key and the PIN, not what no draft has.
        page.evaluate("document.getElementById('round-note').value = 'Het hek is los.'")
        other.get_by_role("button", name="Hier verdergaan").click()
        other.get_by_text("Daar is iets nog niet bewaard").wait_for()
        page.evaluate("document.getElementById('round-note').value = ''")
        other.get_by_role("button", name="Hier verdergaan").click()
        expect(other.locator("#new-text")).to_have_value("Achter de haag.")
        page.get_by_role("heading", name="Dit toestel heeft al een venster open").wait_for()
        assert call(other, "lock", "hasPin")


class TestSigningIn:
    def test_is_asked_for_and_what_waits_goes_to_nobody_else(self, device: Device, cast: Cast, site: str) -> None:
        page = begin(device())
        sign_out(page.context)
        keep(page)
        says(page, "Meld je aan: 1 signaal bewaard op dit toestel")
        sign_in(page.context, cast["wijkinspecteur"], site)
        call(page, "outbox", "drain")
        assert (len(kept(page)), Delivery.objects.count()) == (1, 0)
        page.click("#state")
        page.get_by_text("van een collega, verzegeld").wait_for()
        assert not page.get_by_role("button", name="Nu verzenden").is_visible()
        sign_in(page.context, cast["coordinator"], site)
        call(page, "outbox", "drain")
        empty(page)
        delivery = Delivery.objects.get()
        assert (delivery.author, delivery.by) == (cast["gemeenschapswacht"], cast["coordinator"])


class TestRefusal:
    def test_asks_for_attention_and_deletes_nothing(self, device: Device) -> None:
        page = begin(device())
        for status in (400, 403, 409, 422):
            answering(page, status, {"message": f"Zo kan het niet: {status}."})
            keep(page)
            wait_until(lambda: all(each["state"] == "attention" for each in kept(page)), what="it asks for attention")
            page.unroute(RECORDS)
        says(page, "4 vragen aandacht")
        page.click("#state")
        for row in page.locator("[data-kept=list] li").all():
            row.get_by_text("Zo kan het niet").wait_for()
        for _row in range(4):
            page.get_by_role("button", name="Opnieuw proberen").first.click()
            call(page, "outbox", "drain")
        empty(page)
        assert Report.objects.count() == 4

    def test_of_something_between_us_and_the_city_is_no_answer(self, device: Device) -> None:
        """A wifi that wants a sign-in, a proxy: whatever its status and however much it looks like ours."""
        page = begin(device())
        html: dict[str, Any] = {"content_type": "text/html", "body": "<p>Welkom op het gratis netwerk</p>"}
        answers = [{"status": 403, **html}, {"status": 200, **html}, {"status": 422, "json": {"message": "Nee."}}]
        page.route(RECORDS, partial(answered, answers[0]))
        keep(page)
        for between in answers:
            page.route(RECORDS, partial(answered, between))
            call(page, "outbox", "drain")
            assert [each["state"] for each in kept(page)] == ["waiting"]
            says(page, "Dit netwerk laat ons niet door. 1 signaal bewaard op dit toestel")
        page.route("**/veld/stand/", partial(answered, answers[0]))
        call(page, "outbox", "drain")
        page.get_by_text("misschien een wifi waar je je eerst moet aanmelden").wait_for()
        page.unroute_all()
        call(page, "outbox", "drain")
        empty(page)
        says(page, "Alles is verzonden")

    def test_of_a_moment_is_tried_again(self, device: Device) -> None:
        page, answers = begin(device()), [500, 429, 503]

        def fails(route: Route) -> None:
            if answers:
                route.fulfill(status=answers.pop(), json={}, headers={MARK: "veld"})
            else:
                route.continue_()

        page.route(RECORDS, fails)
        keep(page)
        while answers:
            assert [each["state"] for each in kept(page)] == ["waiting"]
            call(page, "outbox", "drain")
        call(page, "outbox", "drain")
        assert kept(page) == []

    def test_to_say_what_exactly_came_leaves_it_here(self, device: Device) -> None:
        page = begin(device())
        page.context.set_offline(True)
        pk = keep(page)
        right = {"id": pk, "hash": kept(page)[0]["hash"], "missing": []}
        answering(page, 500, {})  # coming back online it sends by itself: never past these answers
        page.context.set_offline(False)
        for wrong in ({"hash": "0" * 64}, {"id": "01a203d6-5ef7-7149-9ea6-982d7bcd8b33"}, {"missing": None}):
            answering(page, 200, {**right, **wrong})
            call(page, "outbox", "drain")
            assert [each["id"] for each in kept(page)] == [pk], wrong
        answering(page, 200, right)  # the control: with the right answer it goes
        call(page, "outbox", "drain")
        assert kept(page) == []


class TestPhoto:
    def test_cut_off_halfway_follows_later(self, device: Device) -> None:
        page = begin(device())
        page.route("**/fotos/*/", lambda route: route.abort())
        keep(page, photos=TWO)
        wait_until(lambda: Delivery.objects.exists(), what="the words arrived")
        assert len(kept(page)) == 1
        page.unroute("**/fotos/*/")
        call(page, "outbox", "drain")
        empty(page)
        assert DeliveredPhoto.objects.filter(arrived_at__isnull=False).count() == 2


class TestShiftEnd:
    def test_is_refused_while_something_waits_and_offers_a_copy(self, device: Device, tmp_path: Path) -> None:
        page = begin(device())
        answering(page, 500, {})
        pk = keep(page, "Tien zakken")
        page.click("#state")
        page.get_by_role("button", name="Dienst beëindigen").click()
        page.get_by_text("De dienst kan nog niet eindigen").wait_for()
        with page.expect_download() as download:
            page.get_by_role("button", name="Versleutelde kopie meenemen").click()
        download.value.save_as(tmp_path / "copy.json")
        copy = (tmp_path / "copy.json").read_text()
        assert [record["id"] for record in json.loads(copy)["records"]] == [pk]
        assert "zakken" not in copy
        page.get_by_text("De kopie ligt").locator("visible=true").first.wait_for()
        page.get_by_role("button", name="Dienst beëindigen").click()
        page.get_by_role("button", name="Aanmelden").wait_for()
        assert [each["id"] for each in kept(page)] == [pk]
        assert call(page, "store", "state", "shift") is None

    def test_takes_along_in_more_than_one_file_what_the_city_could_not_read_at_once(
        self, device: Device, tmp_path: Path
    ) -> None:
        page = device(service_workers="block")

        def small(route: Route) -> None:
            route.fulfill(body=route.fetch().text().replace("60e6", "1"), content_type="text/javascript")

        page.route("**/field/outbox.js", small)
        begin(page)
        answering(page, 500, {})
        kept_here = [keep(page, text) for text in ("Tien zakken", "Elf zakken")]
        page.click("#state")
        end = page.get_by_role("button", name="Dienst beëindigen")
        taken = []
        for said in ("nog 1", "De kopie ligt", "nog 1"):  # once all are along, it begins again
            with page.expect_download() as download:
                page.get_by_role("button", name="Versleutelde kopie meenemen").click()
            download.value.save_as(tmp_path / "copy.json")
            taken += [each["id"] for each in json.loads((tmp_path / "copy.json").read_text())["records"]]
            page.locator("[data-kept=exported]", has_text=said).wait_for()
            if len(taken) == 1:
                end.click()
                page.get_by_text("De dienst kan nog niet eindigen").wait_for()
        assert taken == [*kept_here, kept_here[0]]

    def test_by_order_of_the_city_wipes_all_but_what_waits(self, device: Device, cast: Cast) -> None:
        page = begin(device())
        call(page, "reading", "keepDraft", "new", {"text": "half"})
        answering(page, 500, {})
        keep(page)
        tablet = Tablet.objects.get()
        tablet.give(Order.WIPE, by=cast["coordinator"])
        call(page, "contact", "stand")
        page.get_by_role("button", name="Aanmelden").wait_for()
        assert page.get_by_text("Een coördinator heeft de dienst op deze tablet beëindigd.").is_visible()
        assert len(kept(page)) == 1
        assert not call(page, "store", "sealedOf", "drafts", "new")
        assert not call(page, "store", "sealedOf", "reading", "gegevens")
        wait_until(lambda: Tablet.objects.get().order == "", what="the tablet said it did")
