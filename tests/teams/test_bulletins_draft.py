"""A bulletin that its team still works at: nobody else reads it, wherever it might come to light."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from teams.access import access_of
from teams.bulletins.writing import write
from teams.models import Bulletin, BulletinPhoto, User
from tests.cast import Cast
from tests.teams.bulletins import bulletin, changed, filled, is_picture, picture

type SignIn = Callable[[User], Client]
ADD = "bulletins:bulletin-add"

pytestmark = pytest.mark.django_db


class TestDraft:
    def begin(self, client: Client, **values: str) -> Bulletin:
        sent = filled(draft="on", **values)
        answer = client.post(reverse(ADD), sent)
        assert answer.headers["Location"] == reverse("bulletins:photos", args=[sent["key"]])
        return Bulletin.objects.get(pk=sent["key"])

    def test_is_read_by_its_team_alone_whoever_it_will_be_for(self, cast: Cast, sign_in: SignIn) -> None:
        made = self.begin(sign_in(cast["gebiedswerker"]), audience="public")
        listed = reverse("bulletins:bulletins")
        for who, code in (("wijkinspecteur", 200), ("verpleegkundige", 404), ("fluvius", 404)):
            client = sign_in(cast[who])
            assert client.get(made.get_absolute_url()).status_code == code
            assert (made.title in client.get(listed).content.decode()) == (code == 200)
        assert made.title not in Client().get(reverse("news")).content.decode()
        assert made.title not in Client().get(reverse("news-feed", args=["overleie"])).content.decode()
        assert Client().get(reverse("news-item", args=[made.pk])).status_code == 404
        assert not made.is_public

    def test_is_told_to_nobody_by_mail_nor_on_the_page_of_the_area(self, cast: Cast, sign_in: SignIn) -> None:
        made = self.begin(sign_in(cast["gebiedswerker"]), audience="partners")
        assert made in Bulletin.objects.readable(access_of(cast["wijkinspecteur"]))
        assert not Bulletin.objects.standing().exists()

    def test_gets_its_photos_and_is_then_shown_with_them_and_published(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        made = self.begin(client, audience="public")
        Bulletin.objects.update(published_at=timezone.now() - dt.timedelta(days=3))
        hung = {"key": str(uuid7()), "photo": picture(), "description": "Een bank", "checked": "on"}
        assert client.post(reverse("bulletins:photos", args=[made.pk]), hung).status_code == 302
        assert Client().get(reverse("news-photo", args=[hung["key"]])).status_code == 404
        url = reverse("bulletins:bulletin-edit", args=[made.pk])
        sent = changed(client, url, audience="public")
        shown = client.post(url, sent)
        assert reverse("bulletins:photo", args=[hung["key"]]) in shown.content.decode()
        assert Bulletin.objects.get().is_draft
        seen = re.search(r'name="seen" value="(\w+)"', shown.content.decode())
        assert seen
        assert client.post(url, sent | {"seen": seen[1], "checked": "on"}).status_code == 302
        told = Bulletin.objects.get()
        assert (told.is_public, told.published_at.date()) == (True, timezone.now().date())
        assert is_picture(Client(), reverse("news-photo", args=[hung["key"]]))

    def test_may_be_kept_as_one_and_sent_twice(self, cast: Cast, sign_in: SignIn) -> None:
        client, sent = sign_in(cast["gebiedswerker"]), filled(draft="on")
        for _time in range(2):
            assert client.post(reverse(ADD), sent).status_code == 302
        url = reverse("bulletins:bulletin-edit", args=[sent["key"]])
        client.post(url, changed(client, url, title="Langer bedacht", draft="on"))
        found = Bulletin.objects.get()
        assert (found.title, found.is_draft) == ("Langer bedacht", True)

    def test_is_none_any_more_once_others_read_it(self, cast: Cast, sign_in: SignIn) -> None:
        client, made = sign_in(cast["gebiedswerker"]), bulletin(cast)
        url = reverse("bulletins:bulletin-edit", args=[made.pk])
        assert client.post(url, changed(client, url, title="Beter", draft="on")).status_code == 302
        assert not Bulletin.objects.get().is_draft
        made.refresh_from_db()
        made.is_draft = True
        write(made, areas=list(made.areas.all()), by=cast["gebiedswerker"])
        assert not Bulletin.objects.get().is_draft

    def test_takes_no_remark_and_no_place_in_the_archive(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        made = self.begin(client)
        said = {"key": str(uuid7()), "text": "Mooi."}
        assert client.post(reverse("bulletins:comment-add", args=[made.pk]), said).status_code == 422
        client.post(reverse("bulletins:bulletin-archive", args=[made.pk]))
        assert Bulletin.objects.get().archived_at is None

    def test_is_thrown_away_with_its_photos_and_what_was_published_is_not(self, cast: Cast, sign_in: SignIn) -> None:
        client, other = sign_in(cast["gebiedswerker"]), bulletin(cast)
        made = self.begin(client)
        hung = {"key": str(uuid7()), "photo": picture(), "description": "Een bank"}
        client.post(reverse("bulletins:photos", args=[made.pk]), hung)
        for each in (made, other):
            assert client.get(reverse("bulletins:bulletin-removal", args=[each.pk])).status_code == 405
            assert client.post(reverse("bulletins:bulletin-removal", args=[each.pk])).status_code == 302
        assert Bulletin.objects.get() == other
        assert not BulletinPhoto.objects.exists()
        assert sign_in(cast["verpleegkundige"]).post(
            reverse("bulletins:bulletin-removal", args=[other.pk])).status_code == 404  # fmt: skip
