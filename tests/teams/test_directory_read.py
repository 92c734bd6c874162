import datetime as dt
import io
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from areas.models import Area
from teams.directory import who_is_who
from teams.models import Absence, PresenceHour, User
from tests.cast import Cast

type SignIn = Callable[[User], Client]


@pytest.fixture
def overleie(kortrijk: None) -> Area:
    return Area.objects.get(set__code="gebieden17", name="Overleie")


def photo() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 40), "teal").save(drawn, "PNG")
    return SimpleUploadedFile("ik.png", drawn.getvalue(), "image/png")


class TestDirectory:
    def test_names_each_once_with_hours_deputy_and_absence(self, cast: Cast, sign_in: SignIn, overleie: Area) -> None:
        els, today = cast["gebiedswerker"], timezone.localdate()
        User.objects.filter(pk=els.pk).update(hours="maandag tot donderdag", deputy=cast["coordinator"])
        PresenceHour.objects.create(
            user=els, area=overleie, place="Dienstencentrum", weekday=1, opens=dt.time(9), closes=dt.time(12)
        )
        Absence.objects.create(user=els, starts=today, ends=today, replaced_by=cast["projectmedewerker"])
        page = sign_in(cast["wijkinspecteur"]).get(reverse("directory:directory", args=[overleie.code])).text
        for words in [
            "maandag tot donderdag",
            "Dienstencentrum",
            cast["projectmedewerker"].name,
            'href="tel:056000004"',
        ]:
            assert words in page
        entries = who_is_who(overleie, today)
        assert len({entry.person.pk for entry in entries}) == len(entries)

    def test_is_for_who_follows_the_area(self, cast: Cast, sign_in: SignIn, overleie: Area) -> None:
        address = reverse("directory:directory", args=[overleie.code])
        assert sign_in(cast["wijkinspecteur"]).get(address).status_code == 200
        assert sign_in(cast["wijkinspecteur.zuid"]).get(address).status_code == 404
        assert sign_in(cast["fluvius"]).get(address).status_code == 403
        assert Client().get(address).status_code == 302

    def test_costs_the_same_however_many(
        self, cast: Cast, overleie: Area, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
    ) -> None:
        with django_assert_num_queries(6):
            for entry in who_is_who(overleie, timezone.localdate()):
                str(entry.person.organisation), entry.person.away, entry.person.hours_here  # type: ignore[attr-defined]


class TestFace:
    def test_is_made_again_and_seen_by_colleagues_only(self, cast: Cast, sign_in: SignIn) -> None:
        els = sign_in(cast["gebiedswerker"])
        assert els.post(reverse("teams:face"), {"photo": photo()}).status_code == 302
        address = reverse("teams:face-of", args=[cast["gebiedswerker"].pk])
        seen = sign_in(cast["wijkinspecteur"]).get(address)
        assert (seen["Content-Type"], seen.getvalue()[:2]) == ("image/jpeg", b"\xff\xd8")
        assert sign_in(cast["fluvius"]).get(address).status_code == 404
        assert Client().get(address).status_code == 302
        assert els.post(reverse("teams:face-removal")).status_code == 302
        assert els.get(address).status_code == 404

    def test_is_no_text(self, cast: Cast, sign_in: SignIn) -> None:
        upload = SimpleUploadedFile("ik.png", b"geen foto", "image/png")
        assert sign_in(cast["gebiedswerker"]).post(reverse("teams:face"), {"photo": upload}).status_code == 422
        assert not User.objects.get(pk=cast["gebiedswerker"].pk).photo


class TestReach:
    def test_names_a_deputy_of_the_own_house(self, cast: Cast, sign_in: SignIn) -> None:
        client, address = sign_in(cast["gebiedswerker"]), reverse("teams:reach")
        assert client.post(address, {"deputy": cast["wijkinspecteur"].pk}).status_code == 422
        assert client.post(address, {"deputy": cast["coordinator"].pk, "hours": "voormiddag"}).status_code == 302
        els = User.objects.get(pk=cast["gebiedswerker"].pk)
        assert (els.deputy, els.hours) == (cast["coordinator"], "voormiddag")

    def test_tells_where_one_is_until_one_stops(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        data = {"weekday": 1, "opens": "09:00", "closes": "12:00", "place": "Antenne", "starts": "2026-01-01"}
        add = reverse("teams:presence-add")
        assert client.post(add, data | {"closes": "08:00"}).status_code == 422
        assert client.post(add, data).status_code == 302
        row = PresenceHour.objects.get()
        assert row.user == cast["gebiedswerker"]
        ending = reverse("teams:presence-ending", args=[row.pk])
        assert sign_in(cast["coordinator"]).post(ending).status_code == 404
        assert client.post(ending).status_code == 302
        row.refresh_from_db()
        assert row.ends == timezone.localdate()
