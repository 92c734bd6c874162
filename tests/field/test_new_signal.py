"""A new signal on the tablet, as a warden makes one: what, where, photos, a few words, kept; and what may go wrong."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Geolocation, Locator, Page, expect

from signals.field import records
from signals.intake import Contact, register
from signals.levels import Level
from signals.models import Attachment, Category, Report
from tests.browser.visits import too_wide, violations
from tests.cast import OVERLEIE
from tests.field.device import begin, with_worker
from tests.servers import wait_until

type Device = Callable[..., Page]

MOST = 6
OUTSIDE: Geolocation = {"longitude": 3.4, "latitude": 50.9, "accuracy": 8}
SMALLEST_TARGET = 48
# As a browser ends a transaction that there is no room for.
FULL = """() => {
    const full = {get: () => new DOMException("", "QuotaExceededError")};
    Object.defineProperty(IDBTransaction.prototype, "error", full);
    IDBObjectStore.prototype.add = function () { try { this.transaction.abort(); } catch { /* it was already */ } };
}"""
DRAFTED = """async (text) => {
    const {draft} = await import("/static/field/reading.js");
    return (await draft("nieuw"))?.text === text && (await draft("nieuw-fotos"))?.photos.length === 1;
}"""

# Between the tap and what the screen says.
EMPTIED = """async () => {
    const [{forget}, wrap] = [await import("/static/field/record.js"), crypto.subtle.exportKey.bind(crypto.subtle)];
    crypto.subtle.exportKey = (...given) => { forget(); return wrap(...given); };
}"""


def photo(size: tuple[int, int] = (2400, 1800), name: str = "foto.jpg") -> FilePayload:
    """Striped, and with the place in it where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    written, picture = io.BytesIO(), Image.new("L", size, "white")
    for left in range(0, size[0], 24):
        picture.paste(0, (left, 0, left + 12, size[1]))
    picture.save(written, "JPEG", exif=exif)
    return {"name": name, "mimeType": "image/jpeg", "buffer": written.getvalue()}


def tile(page: Page, name: str) -> Locator:
    return page.locator("#tiles").get_by_role("button", name=name, exact=True)


def add_photos(page: Page, *files: FilePayload) -> None:
    page.set_input_files("#photo-files", list(files))


def keep(page: Page) -> None:
    page.get_by_role("button", name="Bewaren", exact=True).click()


def kept(page: Page) -> Locator:
    return page.get_by_role("heading", name="Bewaard op dit toestel").and_(page.locator("#saved-heading"))


def place(page: Page) -> Locator:
    return page.locator("#place .located")


def arrived(**how: Any) -> Report:
    wait_until(lambda: Report.objects.filter(**how).exists(), what="the report arrives")
    return Report.objects.select_related("signal").get(**how)


class TestFourTaps:
    def test_what_runs_nearby_is_joined_with_a_photo_that_tells_nothing_else(self, device: Device) -> None:
        longitude, latitude = OVERLEIE
        subject = Category.objects.get(name="Sluikstort")
        running = register(
            Contact(category=subject, description="Drie zakken", longitude=longitude, latitude=latitude + 0.0002)
        ).signal
        page = begin(device())
        expect(place(page)).to_contain_text("op 6 meter nauwkeurig")
        near = page.locator("#near-list").get_by_role("button", name="Sluikstort vandaag, 20 meter verder")
        near.wait_for()
        page.context.set_offline(True)
        near.click()
        expect(tile(page, "Sluikstort")).to_have_attribute("aria-pressed", "true")
        add_photos(page, photo())
        page.get_by_role("button", name="Foto 1: gezichten en nummerplaten wegvegen").click()
        wipe(page)
        page.fill("#new-text", "Acht zakken, bel 0478 12 34 56")
        expect(page.locator("#caution")).to_contain_text("een telefoonnummer")
        keep(page)
        expect(kept(page)).to_be_focused()
        expect(page.locator("#saved")).to_contain_text("Sluikstort, 1 foto")
        assert not Report.objects.filter(description__startswith="Acht zakken").exists()

        page.context.set_offline(False)
        report = arrived(description="Acht zakken, bel 0478 12 34 56")
        assert report.signal_id == running.pk
        assert (report.longitude, report.latitude) == OVERLEIE
        wait_until(lambda: Attachment.objects.filter(signal=running).exists(), what="the photo arrives")
        with Attachment.objects.get(signal=running).file.open() as file:
            picture = Image.open(io.BytesIO(file.read())).convert("L")
        assert picture.size == (1600, 1200)
        assert not picture.getexif()
        assert contrast(picture, 1205, 165) > 200
        assert contrast(picture, 765, 565) < 20
        page.get_by_role("button", name="Volgend signaal").click()
        expect(page.locator("#new-text")).to_have_value("")
        expect(page.locator("#taken li")).to_have_count(0)


def contrast(picture: Image.Image, left: int, top: int) -> int:
    """Between the lightest and the darkest within one square of the mosaic."""
    low, high = picture.crop((left, top, left + 30, top + 30)).getextrema()
    return int(high - low)  # type: ignore[operator]


def wipe(page: Page) -> None:
    """By finger and by keys; what is undone is undone."""
    canvas = page.locator("#smudge-photo")
    expect(canvas).to_be_focused()  # it is drawn by then
    before = colour(page, 500, 400)
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 200, steps=5)
    page.mouse.up()
    assert colour(page, 500, 400) != before
    page.get_by_role("button", name="Ongedaan maken").click()
    assert colour(page, 500, 400) == before
    canvas.focus()
    middle = colour(page, 800, 600)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    assert colour(page, 800, 580) != middle
    page.keyboard.press("Escape")  # to leave is to keep
    expect(page.get_by_role("button", name="Foto 1, weggeveegd: aanpassen")).to_be_focused()


def colour(page: Page, x: int, y: int) -> str:
    read = "(canvas, [x, y]) => canvas.getContext('2d').getImageData(x, y, 1, 1).data.join()"
    return str(page.locator("#smudge-photo").evaluate(read, [x, y]))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What tablets sealed, once the server has opened it."""
    opened: list[dict[str, Any]] = []
    read = records.read

    def noting(body: dict[str, Any]) -> records.Record:
        opened.append(body)
        return read(body)

    monkeypatch.setattr(records, "read", noting)
    return opened


class TestHelp:
    def test_takes_a_yes_and_a_number_and_nothing_else(self, device: Device, sent: list[dict[str, Any]]) -> None:
        page = begin(device())
        expect(place(page)).to_contain_text("nauwkeurig")
        page.fill("#new-text", "GEHEIM: zij heet An")
        add_photos(page, photo((80, 60)))
        expect(page.locator("#taken li")).to_have_count(1)
        tile(page, "Iemand vraagt hulp").click()
        expect(page.locator("#help")).to_contain_text("niemand anders leest dit")
        expect(page.locator("#help-left-out")).to_be_visible()
        for left_out in ("#new-text", "#taken", "#take-photo", "#choose-photo"):
            expect(page.locator(left_out)).to_be_hidden()
        keep(page)
        expect(page.locator("#problem")).to_contain_text("Vraag eerst")
        page.locator("#help-consent").check()
        keep(page)
        expect(page.locator("#problem")).to_contain_text("Op welk nummer")
        page.fill("#help-phone", "0478 12 34 56")
        keep(page)
        expect(kept(page)).to_be_visible()
        signal = arrived(category__name="Iemand vraagt hulp").signal
        assert signal.level == Level.SEALED
        # Not left to the server: it never left the screen.
        [body] = sent
        assert body["photos"] == []
        assert body["signal"]["phone"] == "0478 12 34 56"
        assert "GEHEIM" not in str(body)


class TestPlace:
    def test_is_pointed_at_or_typed_where_gps_is_silent(self, device: Device) -> None:
        page = begin(device(permissions=[]))
        expect(place(page)).to_contain_text("mag niet zeggen waar het is")
        tile(page, "Zwerfvuil").click()
        keep(page)
        expect(page.get_by_role("button", name="Bewaren zonder plaats")).to_be_visible()
        page.context.set_offline(True)
        page.get_by_role("button", name="Aanpassen", exact=True).click()
        page.fill("#place-text", "Overleiestr")
        page.press("#place-text", "ArrowDown")
        page.press("#place-text", "Enter")
        expect(page.locator("#place-text")).to_have_value("Overleiestraat")
        expect(place(page)).to_contain_text("Overleie · gekozen uit de lijst")
        page.locator("#place-map").click(position={"x": 300, "y": 60})
        expect(place(page)).to_contain_text("aangewezen op de kaart")
        expect(page.locator("#place-text")).to_have_value("")  # the name was that of another spot
        page.fill("#place-text", "Achter de sporthal")
        expect(place(page)).to_contain_text("Achter de sporthal")
        page.get_by_role("button", name="Zoek opnieuw waar ik ben").click()
        expect(place(page)).to_contain_text("mag niet zeggen waar het is")

    def test_says_how_unsure_it_is_and_saves_outside_the_city(self, device: Device) -> None:
        page = device()
        page.context.set_geolocation({"longitude": OVERLEIE[0], "latitude": OVERLEIE[1], "accuracy": 400})
        begin(page)
        expect(place(page)).to_contain_text("maar op 400 meter nauwkeurig")
        expect(page.locator("#place-map")).to_be_visible()
        page.context.set_geolocation(OUTSIDE)
        page.get_by_role("button", name="Zoek opnieuw waar ik ben").click()
        expect(place(page)).to_contain_text("Buiten Kortrijk")
        tile(page, "Goed nieuws").click()
        keep(page)
        expect(kept(page)).to_be_visible()


class TestRefusals:
    def test_of_photos_are_said_and_the_others_stay(self, device: Device) -> None:
        page = begin(device())
        page.get_by_role("button", name="Foto nemen").click()
        expect(page.locator("#problem")).to_contain_text("camera")
        add_photos(page, {"name": "lijst.txt", "mimeType": "image/jpeg", "buffer": b"geen foto"}, photo((60, 80)))
        expect(page.locator("#problem")).to_contain_text("lijst.txt")
        expect(page.locator("#taken li")).to_have_count(1)
        add_photos(page, *[photo((80, 60), f"{number}.jpg") for number in range(MOST)])
        expect(page.locator("#problem")).to_contain_text("hoogstens zes foto’s")
        expect(page.locator("#taken li")).to_have_count(MOST)
        page.get_by_role("button", name="Foto 6 weghalen").click()
        expect(page.get_by_role("button", name="Foto 5 weghalen")).to_be_focused()

    def test_of_the_device_leave_everything_on_the_screen(self, device: Device) -> None:
        page = begin(device())
        expect(place(page)).to_contain_text("nauwkeurig")
        tile(page, "Sluikstort").click()
        page.fill("#new-text", "Blijft staan")
        add_photos(page, photo((80, 60)))
        page.evaluate(FULL)
        refused(page, "toestel is vol")
        page.evaluate("IDBFactory.prototype.open = IDBObjectStore.prototype.add = () => { throw new Error(); }; null")
        page.evaluate("Object.defineProperty(IDBTransaction.prototype, 'error', {get: () => null}); null")
        refused(page, "laat ons niets bewaren")


def refused(page: Page, says: str) -> None:
    keep(page)
    expect(page.locator("#problem")).to_contain_text(says)
    expect(page.locator("#new-text")).to_have_value("Blijft staan")
    expect(page.locator("#taken li")).to_have_count(1)
    expect(kept(page)).to_be_hidden()


class TestOrder:
    def test_that_empties_the_screen_meanwhile_makes_nothing_of_what_was_kept_undone(self, device: Device) -> None:
        """Who reads that it failed writes it again."""
        page = begin(device())
        expect(place(page)).to_contain_text("nauwkeurig")
        tile(page, "Sluikstort").click()
        page.evaluate(EMPTIED)
        keep(page)
        expect(page.locator("#saved-what")).to_have_text("Sluikstort")
        expect(page.locator("#problem")).to_be_hidden()


class TestDraft:
    def test_is_there_again_after_a_reload(self, device: Device) -> None:
        page = with_worker(begin(device()))
        expect(place(page)).to_contain_text("nauwkeurig")
        tile(page, "Goed nieuws").click()
        page.fill("#new-text", "De gevel is geschilderd")
        add_photos(page, photo((80, 60)))
        page.wait_for_function(DRAFTED, arg="De gevel is geschilderd")
        page.context.set_offline(True)
        page.reload()
        expect(page.locator("#new-text")).to_have_value("De gevel is geschilderd")
        expect(tile(page, "Goed nieuws")).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#taken li")).to_have_count(1)
        expect(place(page)).to_contain_text("op 6 meter nauwkeurig")


class TestNextPerson:
    def test_finds_nothing_of_the_one_before(self, device: Device) -> None:
        page = begin(device())
        tile(page, "Iemand vraagt hulp").click()
        page.fill("#help-phone", "0478 12 34 56")
        tile(page, "Sluikstort").click()
        page.fill("#new-text", "GEHEIM")
        add_photos(page, photo((80, 60)))
        expect(page.locator("#taken li")).to_have_count(1)
        page.evaluate("import('/static/field/contact.js').then(({endShift}) => endShift())")
        page.locator("[data-screen=begin]").wait_for()
        for field in ("#new-text", "#help-phone"):
            expect(page.locator(field)).to_have_value("")
        expect(page.locator("#taken li")).to_have_count(0)
        assert "GEHEIM" not in page.content()


class TestLook:
    def test_is_large_enough_for_a_thumb_and_clean(self, device: Device) -> None:
        page = begin(device(reduced_motion="reduce"))
        expect(place(page)).to_contain_text("nauwkeurig")
        page.get_by_role("button", name="Aanpassen", exact=True).click()
        add_photos(page, photo((80, 60)))
        page.fill("#new-text", "1-ABC-123")
        expect(page.locator("#caution")).to_contain_text("nummerplaat")
        expect(page.locator("#taken li")).to_have_count(1)
        found = violations(page) + too_small(page) + too_wide(page, 390, 768)
        page.emulate_media(color_scheme="dark")
        found += violations(page) + too_small(page)
        page.get_by_role("button", name="Foto 1: gezichten en nummerplaten wegvegen").click()
        page.locator("#smudge[open]").wait_for()
        found += violations(page)
        page.keyboard.press("Escape")
        tile(page, "Iemand vraagt hulp").click()
        keep(page)
        found += violations(page) + too_small(page) + too_wide(page, 390, 1024)
        assert found == []


def too_small(page: Page) -> list[str]:
    """What one touches and that is smaller than a thumb."""
    touched = "button, textarea, input:not([type=checkbox]), a"
    script = f"""() => [...document.querySelectorAll("[data-screen=nieuw] :is({touched})")]
        .filter((each) => each.checkVisibility())
        .map((each) => [each.id || each.textContent.trim() || each.title, each.getBoundingClientRect()])
        .filter(([, box]) => Math.min(box.width, box.height) < {SMALLEST_TARGET - 0.5})
        .map(([name, box]) => `${{name}}: ${{Math.round(box.width)}} x ${{Math.round(box.height)}}`)"""
    return list(page.evaluate(script))
