"""Photos of buildings and rooms: made again, described in words, put in order and taken down."""

import io
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.fields.files import FieldFile
from django.test import Client, TestCase
from PIL import Image

from reservations.demo.photos import hang_some
from reservations.models import Photo
from teams.models import User
from tests.cast import Cast
from tests.reservations.rooms import Rooms

type SignIn = Callable[[User], Client]
HOUSE = "/zalen/gebouwen/oc-marke/fotos/"
HALL = "/zalen/gebouwen/oc-marke/zalen/grote-zaal/fotos/"


def a_photo(colour: str = "teal", camera: str = "GEHEIME CAMERA") -> SimpleUploadedFile:
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = camera
    Image.new("RGB", (900, 600), colour).save(made, "JPEG", exif=exif)
    return SimpleUploadedFile("thuis bij mij.jpg", made.getvalue(), "image/jpeg")


def content(file: FieldFile) -> bytes:
    with default_storage.open(str(file.name)) as opened:
        return bytes(opened.read())


@pytest.fixture
def nele(cast: Cast, rooms: Rooms, sign_in: SignIn) -> Client:
    return sign_in(cast["gebouwbeheerder"])


class TestHanging:
    def test_keeps_the_picture_and_nothing_that_came_along(self, nele: Client, rooms: Rooms) -> None:
        assert nele.post(HALL, {"photo": a_photo(), "description": "Het podium"}).status_code == 302
        photo = rooms.hall.photos.get()
        kept = content(photo.file)
        assert b"GEHEIME CAMERA" not in kept
        assert (photo.width, photo.height, photo.position) == (900, 600, 0)
        assert photo.added_by == User.objects.get(email__startswith="gebouwbeheerder@")
        assert "thuis" not in str(photo.file.name)
        assert Image.open(io.BytesIO(content(photo.thumbnail))).width == 480

    def test_shows_it_to_everybody_who_is_signed_in(
        self, nele: Client, rooms: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        nele.post(HALL, {"photo": a_photo(), "description": "Het podium"})
        photo = rooms.hall.photos.get()
        client = sign_in(cast["fluvius"])
        assert 'alt="Het podium"' in client.get("/zalen/gebouwen/oc-marke/zalen/grote-zaal/").content.decode()
        response = client.get(photo.get_absolute_url())
        assert response.getvalue() == content(photo.file)
        assert response["Content-Type"] == "image/jpeg"
        assert Client().get(photo.get_absolute_url()).status_code == 302

    @pytest.mark.parametrize(
        ("name", "sent", "said"),
        [
            ("x.pdf", b"%PDF-1.7 ...", "Dit is een pdf."),
            ("x.jpg", b"\xff\xd8\xff\xe0 kapot", ""),
            ("x.svg", b"<svg onload=alert(1)>", "kan een programma"),
            ("x.jpg", b"", ""),
        ],
    )
    def test_says_why_it_refuses_a_file_and_keeps_the_words(
        self, nele: Client, rooms: Rooms, name: str, sent: bytes, said: str
    ) -> None:
        response = nele.post(HALL, {"photo": SimpleUploadedFile(name, sent), "description": "Mooi uitzicht"})
        html = response.content.decode()
        assert response.status_code == 422
        assert said in html
        assert "Mooi uitzicht" in html
        assert not rooms.hall.photos.exists()

    def test_asks_for_words_and_for_the_photo_again(self, nele: Client, rooms: Rooms) -> None:
        response = nele.post(HALL, {"photo": a_photo(), "description": ""})
        assert response.status_code == 422
        assert "Kies de foto nog eens" in response.content.decode()

    def test_ends_at_eight(self, nele: Client, rooms: Rooms) -> None:
        Photo.objects.bulk_create(
            Photo(building=rooms.hall.building, description="x", file="a", thumbnail="b", width=1, height=1)
            for _number in range(8)
        )
        response = nele.post(HOUSE, {"photo": a_photo(), "description": "De negende"})
        assert response.status_code == 422
        assert nele.post(HALL, {"photo": a_photo(), "description": "Van de zaal"}).status_code == 302


class TestDemo:
    def test_hangs_a_front_and_a_look_inside_once(self, rooms: Rooms, cast: Cast) -> None:
        for expected in (2, 0):
            assert hang_some(by=cast["gebouwbeheerder"], houses=("oc-marke",)) == expected
        assert rooms.hall.photos.get().description.startswith("Grote zaal van OC Marke")


class TestKeeping:
    def hung(self, rooms: Rooms, *described: str) -> list[Photo]:
        return [
            Photo.objects.create(
                room=rooms.hall, description=words, file="a", thumbnail="b", width=1, height=1, position=number
            )
            for number, words in enumerate(described)
        ]

    def test_puts_one_first(self, nele: Client, rooms: Rooms) -> None:
        self.hung(rooms, "een", "twee", "drie")
        nele.post(f"/zalen/gebouwen/fotos/{rooms.hall.photos.get(description='drie').pk}/eerst/")
        assert [photo.description for photo in rooms.hall.photos.all()] == ["drie", "een", "twee"]

    def test_changes_the_words_and_remembers_the_old_ones(self, nele: Client, rooms: Rooms) -> None:
        [photo] = self.hung(rooms, "een")
        url = f"/zalen/gebouwen/fotos/{photo.pk}/omschrijving/"
        assert nele.post(url, {"description": ""}).status_code == 422
        assert nele.post(url, {"description": "Het nieuwe podium"}).status_code == 302
        assert "Het nieuwe podium" in nele.get("/zalen/gebouwen/oc-marke/geschiedenis/").content.decode()

    def test_takes_the_files_down_with_it(self, nele: Client, rooms: Rooms) -> None:
        nele.post(HALL, {"photo": a_photo(), "description": "Het podium"})
        photo = rooms.hall.photos.get()
        with TestCase.captureOnCommitCallbacks(execute=True):
            assert nele.post(f"/zalen/gebouwen/fotos/{photo.pk}/weg/").status_code == 302
        assert not rooms.hall.photos.exists()
        assert not default_storage.exists(str(photo.file.name))
        assert not default_storage.exists(str(photo.thumbnail.name))

    def test_is_for_keepers_of_the_building(self, nele: Client, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        [photo] = self.hung(rooms, "een")
        other = sign_in(cast["coordinator.ocmw"])
        for what in ("eerst", "weg", "omschrijving"):
            assert other.post(f"/zalen/gebouwen/fotos/{photo.pk}/{what}/").status_code == 403
        assert other.post(HALL, {"photo": a_photo(), "description": "x"}).status_code == 403
        assert nele.post(f"/zalen/gebouwen/fotos/{photo.pk}/eerst/").status_code == 302
