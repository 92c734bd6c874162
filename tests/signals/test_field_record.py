"""The tablet: a tile, a place, photos, a few words, saved."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from kortrijk_gebied.ids import uuid7
from signals.levels import Level
from signals.models import Attachment, Category, Channel, Report, Reporter, ReportKind, Signal
from teams.models import User
from tests.cast import KOOIGEM, OVERLEIE, Cast, area
from tests.signals.files import name_of

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]


def photo(colour: str = "red", name: str = "mevrouw-peeters.jpg") -> SimpleUploadedFile:
    made = io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (64, 48), colour).save(made, "JPEG", exif=exif)
    return SimpleUploadedFile(name, made.getvalue(), "image/jpeg")


def noted(subject: str = "Sluikstort", **changes: Any) -> dict[str, Any]:
    longitude, latitude = OVERLEIE
    return {
        "id": str(uuid7()), "category": Category.objects.get(name=subject).pk, "longitude": longitude,
        "latitude": latitude, "accuracy": "6", "place": "", "description": "Tien zakken.", **changes,
    }  # fmt: skip


@pytest.fixture
def warden(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["gemeenschapswacht"])


def send(client: Client, **changes: Any) -> Any:
    return client.post(reverse("field"), noted(**changes), follow=True)


class TestRecording:
    def test_raises_a_signal_where_the_tablet_is(self, warden: Client, cast: Cast) -> None:
        page = send(warden)
        report = Report.objects.get()
        assert (report.channel, report.registered_by) == (Channel.WARDEN, cast["gemeenschapswacht"])
        assert report.signal.area == area("Overleie")
        assert (report.longitude, report.latitude) == OVERLEIE
        assert report.signal.reference in page.text

    def test_names_a_street_nearby_for_who_reads_it(self, warden: Client) -> None:
        send(warden)
        assert Report.objects.get().place != ""

    def test_takes_a_typed_place_when_there_is_no_satellite(self, warden: Client) -> None:
        send(warden, longitude="", latitude="", accuracy="", place="Overleiestraat 12")
        assert Signal.objects.get().area == area("Overleie")

    def test_needs_no_words(self, warden: Client) -> None:
        send(warden, description="")
        assert Report.objects.get().description == "Sluikstort"

    def test_twice_is_once_with_its_photos(self, warden: Client) -> None:
        same = noted()
        for _time in range(2):
            warden.post(reverse("field"), {**same, "photos": [photo(), photo("blue")]})
        assert Report.objects.count() == 1
        assert Attachment.objects.count() == 2

    def test_adds_the_photo_that_was_missing(self, warden: Client) -> None:
        same = noted()
        warden.post(reverse("field"), same)
        warden.post(reverse("field"), {**same, "photos": [photo()]})
        assert Report.objects.get().attachments.count() == 1

    def test_keeps_photos_without_name_or_metadata(self, warden: Client, cast: Cast) -> None:
        send(warden, photos=[photo()])
        kept = Attachment.objects.get()
        assert kept.by == cast["gemeenschapswacht"]
        assert "peeters" not in name_of(kept.file)
        with kept.file.open() as file:
            assert not Image.open(file).getexif()


class TestSomebodyAsksForHelp:
    def asked(self, client: Client, **changes: Any) -> Any:
        return send(client, **{"subject": "Iemand vraagt hulp", "consent": "on", "phone": "0470 00 00 00", **changes})

    def test_goes_sealed_to_the_sociaal_huis(self, warden: Client) -> None:
        page = self.asked(warden, description="")
        signal = Signal.objects.get()
        assert signal.team is not None
        assert (signal.level, signal.team.code) == (Level.SEALED, "sociaal-huis")
        assert Report.objects.get().kind == ReportKind.HELP_REQUEST
        assert Reporter.objects.get().phone == "0470 00 00 00"
        assert "Bezorgd aan de juiste dienst." in page.text
        assert signal.reference not in page.text

    def test_keeps_no_words_about_the_person(self, warden: Client) -> None:
        self.asked(warden, description="Ruikt naar drank")
        assert "drank" not in Report.objects.get().description

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"consent": ""}, "Vraag eerst of het Sociaal Huis mag bellen."),
            ({"phone": ""}, "Op welk nummer mag het Sociaal Huis bellen?"),
        ],
    )
    def test_needs_a_yes_and_a_number(self, warden: Client, change: dict[str, str], sentence: str) -> None:
        assert sentence in self.asked(warden, **change).text
        assert not Report.objects.exists()

    def test_takes_no_photo(self, warden: Client) -> None:
        assert "Geen foto’s als iemand hulp vraagt." in self.asked(warden, photos=[photo()]).text
        assert not Attachment.objects.exists()


class TestRefusing:
    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"category": ""}, "Kies wat je ziet."),
            ({"longitude": "", "latitude": ""}, "Waar is het?"),
            ({"longitude": "3.72", "latitude": "51.05"}, "Deze plaats ligt buiten Kortrijk."),
            ({"longitude": "50.8335", "latitude": "3.262"}, "Lengte en breedte zijn verwisseld."),
            ({"longitude": KOOIGEM[0], "latitude": KOOIGEM[1]}, "In Kooigem neem je geen meldingen op."),
        ],
        ids=["no tile", "no place", "outside", "swapped", "elsewhere"],
    )
    def test_says_why_and_keeps_the_words(self, warden: Client, change: dict[str, Any], sentence: str) -> None:
        page = send(warden, **{"description": "Tien grijze zakken", **change})
        assert page.status_code == 422
        assert sentence in page.text
        assert "Tien grijze zakken" in page.text
        assert not Report.objects.exists()

    def test_a_seventh_photo(self, warden: Client) -> None:
        colours = ["red", "blue", "green", "white", "black", "gray", "pink"]
        assert "hoogstens 6 bestanden tegelijk" in send(warden, photos=[photo(colour) for colour in colours]).text
        assert Report.objects.get().attachments.count() == 6  # what was taken and typed is not lost by it

    def test_a_subject_without_a_tile(self, warden: Client) -> None:
        assert send(warden, subject="Bezorgd om iemand").status_code == 422

    def test_who_does_not_register(self, cast: Cast, sign_in: SignIn) -> None:
        assert sign_in(cast["gemeenschapswacht"]).get(reverse("field")).status_code == 200
        assert sign_in(cast["uitvoerder"]).get(reverse("field")).status_code == 403


class TestSurroundings:
    def test_say_the_area_and_how_sure_it_is(self, warden: Client) -> None:
        page = warden.post(reverse("field-surroundings"), noted()).text
        assert "Overleie · op 6 meter nauwkeurig" in page

    def test_name_what_runs_there(self, warden: Client, report: Make) -> None:
        report()
        page = warden.post(reverse("field-surroundings"), noted()).text
        assert "In de buurt al gemeld:" in page
        assert "Sluikstort, vandaag, 0 meter verder" in page

    def test_say_nothing_of_what_is_sealed(self, warden: Client, report: Make) -> None:
        report("Iemand vraagt hulp")
        page = warden.post(reverse("field-surroundings"), noted("Iemand vraagt hulp")).text
        assert "In de buurt al gemeld" not in page


class TestThePage:
    def test_has_every_tile_and_the_emergency_numbers(self, warden: Client) -> None:
        page = warden.get(reverse("field")).text
        for tile in Category.objects.filter(on_tablet=True):
            assert tile.name in page
        assert 'href="tel:112"' in page
        assert 'href="tel:101"' in page
