"""Making a photo unrecognisable in a browser: with keys, with the mouse, with a finger, and without JavaScript."""

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import FilePayload, Page, expect

from signals.attaching.files import read_file
from signals.attaching.keeping import attach_file
from signals.models import Attachment
from teams.models import User
from tests.browser.conftest import Enter, Raise
from tests.browser.visits import Console, violations
from tests.signals.files import picture, upload

type Take = Callable[[str], Attachment]


@pytest.fixture
def take(raise_signal: Raise, people: dict[str, User]) -> Take:
    """A red photo on a signal in a street."""

    def photo(street: str) -> Attachment:
        file = read_file(upload(picture((800, 600))))
        return attach_file(signal=raise_signal("Onveilige situatie", street), file=file, by=people["agent"])

    return photo


def page_of(photo: Attachment) -> str:
    return f"/signalen/bijlagen/{photo.pk}/"


def painted(photo: Attachment) -> tuple[int, int, int, int]:
    """Where the photo is no longer red, in percent: left, top, right, bottom. A JPEG blurs the edge by a percent."""
    photo.refresh_from_db()
    with photo.file.open() as file:
        image = Image.open(io.BytesIO(file.read())).convert("RGB")
    less_red = image.getchannel("R").point(lambda shade: 255 if shade < 245 else 0)
    more_green = image.getchannel("G").point(lambda shade: 255 if shade > 8 else 0)
    box = ImageChops.lighter(less_red, more_green).getbbox()
    assert box
    return tuple(round(100 * side / whole) for side, whole in zip(box, (800, 600, 800, 600), strict=True))  # type: ignore[return-value]


def boxes(page: Page) -> list[list[str]]:
    """The numbers beside the photo: left, top, width, height of each rectangle."""
    fields = page.locator("[data-patch] input").all()
    values = [field.input_value() for field in fields]
    return [values[at : at + 4] for at in range(0, len(values), 4)]


class TestByKeyboard:
    def test_from_the_signal_to_the_painted_photo(self, enter: Enter, take: Take) -> None:
        photo = take("Toetsenstraat 1")
        page = enter("coordinator")
        console = Console(page)
        page.goto(page_of(photo))
        page.keyboard.press("o")
        expect(page.get_by_role("heading", level=1)).to_have_text("Onherkenbaar maken")
        page.keyboard.press("v")
        patch = page.get_by_role("application", name="Vlak 1")
        expect(patch).to_be_focused()
        assert boxes(page) == [["40", "40", "20", "20"]]
        for key, times in (("ArrowLeft", 30), ("ArrowUp", 20), ("Shift+ArrowRight", 10), ("Shift+ArrowUp", 5)):
            for _time in range(times):
                page.keyboard.press(key)
        assert boxes(page) == [["10", "20", "30", "15"]]
        expect(page.locator("#status")).to_have_text("10 procent van links, 20 van boven, 30 breed, 15 hoog")
        assert violations(page) == []
        page.keyboard.press("v")
        expect(page.get_by_role("application", name="Vlak 2")).to_be_focused()
        page.keyboard.press("Delete")
        expect(patch).to_be_focused()
        assert len(boxes(page)) == 1
        page.get_by_role("button", name="Onherkenbaar maken").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#messages")).to_contain_text("Onherkenbaar gemaakt")
        assert painted(photo) == pytest.approx((10, 20, 40, 35), abs=1)
        assert console.take() == []

    def test_by_number_and_enter_never_paints_by_itself(self, enter: Enter, take: Take) -> None:
        photo = take("Toetsenstraat 3")
        page = enter("coordinator")
        page.goto(f"{page_of(photo)}vlakken/")
        for label, value in (("Van links", "5"), ("Van boven", "10"), ("Breedte", "20"), ("Hoogte", "30")):
            page.get_by_label(label).fill(value)
        rect = page.get_by_role("application", name="Vlak 1")
        assert [rect.get_attribute(side) for side in ("x", "y", "width", "height")] == ["5", "10", "20", "30"]
        page.keyboard.press("Enter")
        expect(page.get_by_role("application", name="Vlak 1")).to_be_visible()
        assert boxes(page)[0] == ["5.0", "10.0", "20.0", "30.0"]
        photo.refresh_from_db()
        assert photo.smudged_at is None


class TestByPointer:
    def test_draws_moves_and_stretches(self, enter: Enter, take: Take) -> None:
        photo = take("Muisstraat 1")
        page = enter("coordinator")
        page.goto(f"{page_of(photo)}vlakken/")
        self.drag(page, (60, 70), (40, 50))  # drawn from the bottom up
        assert boxes(page) == [["40", "50", "20", "20"]]
        expect(page.get_by_role("application", name="Vlak 1")).to_be_focused()
        self.drag(page, (50, 60), (30, 40))  # taken in the middle
        assert boxes(page) == [["20", "30", "20", "20"]]
        self.drag(page, (40, 50), (70, 60))  # taken by its corner
        assert boxes(page) == [["20", "30", "50", "30"]]
        self.drag(page, (80, 80), (120, 120))  # out of the photo
        assert boxes(page)[1] == ["80", "80", "20", "20"]
        self.drag(page, (5, 5), (5.2, 5.2))  # a tap
        assert len(boxes(page)) == 2
        page.locator("[data-take-away]").first.click()
        assert boxes(page) == [["80", "80", "20", "20"]]
        assert page.locator("[name=form-0-x]").count() == 1
        page.get_by_role("button", name="Onherkenbaar maken").click()
        expect(page.locator("#messages")).to_contain_text("Onherkenbaar gemaakt")
        assert painted(photo) == pytest.approx((80, 80, 100, 100), abs=1)

    def drag(self, page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
        area = page.locator("#stage svg").bounding_box()
        assert area

        def at(point: tuple[float, float]) -> tuple[float, float]:
            x, y = point
            return area["x"] + area["width"] * x / 100, area["y"] + area["height"] * y / 100

        page.mouse.move(*at(start))
        page.mouse.down()
        page.mouse.move(*at(end), steps=3)
        page.mouse.up()


class TestWithoutJavaScript:
    def test_shows_then_paints(self, enter: Enter, take: Take) -> None:
        photo = take("Zonderstraat 1")
        page = enter("coordinator", javascript=False)
        page.goto(f"{page_of(photo)}vlakken/")
        for label, value in (("Van links", "50"), ("Van boven", "50"), ("Breedte", "25"), ("Hoogte", "25")):
            page.get_by_label(label).fill(value)
        page.get_by_role("button", name="Toon de vlakken").click()
        expect(page.locator("rect.patch")).to_have_count(1)
        page.get_by_role("button", name="Nog een vlak").click()
        expect(page.get_by_label("Breedte")).to_have_count(2)
        page.get_by_role("button", name="Onherkenbaar maken").click()
        expect(page.locator("#messages")).to_contain_text("Onherkenbaar gemaakt")
        assert painted(photo) == pytest.approx((50, 50, 75, 75), abs=1)

    def test_adds_a_photo_on_a_page_of_its_own(self, enter: Enter, raise_signal: Raise) -> None:
        signal = raise_signal("Onveilige situatie", "Zonderstraat 3")
        page = enter("coordinator", javascript=False)
        page.goto(f"/signalen/{signal.reference}/")
        page.get_by_role("link", name="Foto of document toevoegen").click()
        page.get_by_label("Foto’s en documenten").set_input_files(
            {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture((90, 60))}
        )
        page.get_by_role("button", name="Toevoegen").click()
        expect(page.locator("#messages")).to_have_text("Toegevoegd.")
        assert signal.attachments.count() == 1


class TestInThePanel:
    def test_a_photo_is_added_beside_the_list_and_a_refused_one_is_said(
        self, enter: Enter, raise_signal: Raise
    ) -> None:
        signal = raise_signal("Onveilige situatie", "Paneelstraat 1")
        page = enter("coordinator")
        page.goto(f"/postvak/?tab=alles&q=paneelstraat&signaal={signal.reference}")
        page.keyboard.press("f")
        dialog = page.get_by_role("dialog", name="Een foto of document toevoegen")
        files = dialog.get_by_label("Foto’s en documenten")
        files.set_input_files({"name": "plan.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"})
        dialog.get_by_role("button", name="Toevoegen").click()
        expect(dialog.get_by_text("“plan.svg”: In zo’n pagina of tekening")).to_be_visible()
        good = FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=picture((90, 60)))
        files.set_input_files([good, FilePayload(name="leeg.jpg", mimeType="image/jpeg", buffer=b"")])
        dialog.get_by_role("button", name="Toevoegen").click()
        expect(page.locator(".photos li")).to_have_count(1)
        expect(page.locator("#messages")).to_contain_text("“leeg.jpg”: Dit bestand is leeg")
        assert signal.attachments.count() == 1
        assert violations(page) == []
