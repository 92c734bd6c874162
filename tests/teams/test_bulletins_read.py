from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kortrijk_gebied.files.pictures import Picture
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from teams.bulletins.views import REMARKS_PER_PAGE
from teams.bulletins.writing import MOST_PHOTOS, hang, write
from teams.models import Bulletin, BulletinComment, BulletinPhoto, User
from tests.cast import Cast
from tests.teams.bulletins import bulletin, is_picture, picture

type SignIn = Callable[[User], Client]
LIST = "bulletins:bulletins"

pytestmark = pytest.mark.django_db


class TestReading:
    @pytest.mark.parametrize(
        ("audience", "who", "code"),
        [
            ("internal", "wijkinspecteur", 200),  # in the team
            ("internal", "verpleegkundige", 404),
            ("partners", "verpleegkundige", 200),
            ("partners", "fluvius", 404),  # views no area
            ("public", "fluvius", 200),
        ],
    )
    def test_is_for_those_it_is_meant_for(
        self, cast: Cast, sign_in: SignIn, audience: str, who: str, code: int
    ) -> None:
        made = bulletin(cast, audience=audience)
        assert sign_in(cast[who]).get(made.get_absolute_url()).status_code == code
        listed = made.title in sign_in(cast[who]).get(reverse(LIST)).content.decode()
        assert listed == (code == 200)

    def test_stays_within_the_house_of_a_team_that_has_one(self, cast: Cast, sign_in: SignIn) -> None:
        made = bulletin(cast, by="buurtwerker", team="buurtwerk")
        assert sign_in(cast["verpleegkundige"]).get(made.get_absolute_url()).status_code == 200
        assert sign_in(cast["gebiedswerker"]).get(made.get_absolute_url()).status_code == 404

    def test_is_narrowed_by_words_area_and_kind(self, cast: Cast, sign_in: SignIn) -> None:
        bulletin(cast, title="Fietsen graveren", kind="good_practice", areas=("Overleie", "Pius X"))
        bulletin(cast, title="Openingsuren", kind="basic_information", areas=("Pius X",))
        client = sign_in(cast["gebiedswerker"])

        def found(**asked: str) -> list[str]:
            return [row.title for row in client.get(reverse(LIST), asked).context["page"]]

        assert found() == ["Openingsuren", "Fietsen graveren"]
        assert found(zoek="GRAVEREN") == ["Fietsen graveren"]
        assert found(gebied="overleie") == ["Fietsen graveren"]
        assert found(soort="basic_information") == ["Openingsuren"]
        assert found(voor="internal") == ["Openingsuren", "Fietsen graveren"]
        assert found(voor="public") == []
        assert found(soort="onzin") == ["Openingsuren", "Fietsen graveren"]

    def test_asks_as_much_of_the_database_for_one_as_for_many(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        counts = []
        for more in (1, 12):
            for _ in range(more):
                bulletin(cast, areas=("Overleie", "Pius X"))
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(reverse(LIST))
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestRemark:
    def remark(self, client: Client, made: Bulletin, **values: Any) -> int:
        sent = {"key": str(uuid7()), "text": "Wij komen met twee.", **values}
        return client.post(reverse("bulletins:comment-add", args=[made.pk]), sent).status_code

    def test_stands_below_once(self, cast: Cast, sign_in: SignIn) -> None:
        made, client, key = bulletin(cast, audience="partners"), sign_in(cast["verpleegkundige"]), str(uuid7())
        assert [self.remark(client, made, key=key) for _ in range(2)] == [302, 302]
        assert BulletinComment.objects.get().by == cast["verpleegkundige"]
        assert self.remark(client, made, text="") == 422

    def test_of_many_the_last_stand_there_first(self, cast: Cast, sign_in: SignIn) -> None:
        made, client = bulletin(cast), sign_in(cast["gebiedswerker"])
        for number in range(REMARKS_PER_PAGE + 1):
            made.comment(uuid7(), text=f"Opmerking nummer {number}.", by=cast["gebiedswerker"])
        last, first = (client.get(made.get_absolute_url() + page).content.decode() for page in ("", "?page=1"))
        assert f"Opmerking nummer {REMARKS_PER_PAGE}." in last
        assert "Opmerking nummer 0." not in last
        assert "Opmerking nummer 0." in first
        assert f"Opmerking nummer {REMARKS_PER_PAGE}." not in first

    def test_is_refused_to_who_cannot_read_it_or_when_it_was_archived(self, cast: Cast, sign_in: SignIn) -> None:
        made = bulletin(cast)
        assert self.remark(sign_in(cast["verpleegkundige"]), made) == 404
        made.archive(by=cast["gebiedswerker"])
        assert self.remark(sign_in(cast["gebiedswerker"]), made) == 422
        assert not BulletinComment.objects.exists()

    @pytest.mark.parametrize(
        ("who", "code"), [("verpleegkundige", 302), ("wijkinspecteur", 302), ("buurtwerker", 302), ("dpo.ocmw", 404)]
    )
    def test_is_removed_by_who_wrote_it_or_keeps_the_bulletin(
        self, cast: Cast, sign_in: SignIn, who: str, code: int
    ) -> None:
        made = bulletin(cast, audience="partners")
        comment = made.comment(uuid7(), text="Wij komen.", by=cast["verpleegkundige"])
        url = reverse("bulletins:comment-removal", args=[comment.pk])
        assert sign_in(cast[who]).get(url).status_code == 405
        assert sign_in(cast[who]).post(url).status_code == code
        assert BulletinComment.objects.exists() == (code != 302)

    def test_stays_among_colleagues_when_the_news_goes_wider(self, cast: Cast, sign_in: SignIn) -> None:
        made = bulletin(cast)
        made.comment(uuid7(), text="Dit blijft onder ons.", by=cast["wijkinspecteur"])
        made.audience = "partners"
        write(made, areas=list(made.areas.all()), by=cast["gebiedswerker"])
        made.comment(uuid7(), text="Dit is voor allen.", by=cast["wijkinspecteur"])
        inside, outside = sign_in(cast["gebiedswerker"]), sign_in(cast["agent"])
        assert "Dit blijft onder ons." in inside.get(made.get_absolute_url()).content.decode()
        page = outside.get(made.get_absolute_url()).content.decode()
        assert "Dit is voor allen." in page
        assert "Dit blijft onder ons." not in page
        counts = [client.get(reverse("bulletins:bulletins")).context["page"][0].remarks for client in (inside, outside)]
        assert counts == [2, 1]

    def test_is_left_alone_by_other_readers(self, cast: Cast, sign_in: SignIn) -> None:
        comment = bulletin(cast, audience="partners").comment(uuid7(), text="Ja.", by=cast["verpleegkundige"])
        url = reverse("bulletins:comment-removal", args=[comment.pk])
        assert sign_in(cast["coordinator.politie"]).post(url).status_code == 403


class TestPhoto:
    def test_is_seen_by_who_reads_the_bulletin(self, cast: Cast, sign_in: SignIn) -> None:
        made, client = bulletin(cast), sign_in(cast["gebiedswerker"])
        sent = {"key": str(uuid7()), "photo": picture(), "description": "Een bank aan het water"}
        assert client.post(reverse("bulletins:photos", args=[made.pk]), sent).status_code == 302
        url = reverse("bulletins:photo", args=[BulletinPhoto.objects.get().pk])
        assert is_picture(client, url)
        assert 'alt="Een bank aan het water"' in client.get(made.get_absolute_url()).content.decode()
        assert sign_in(cast["verpleegkundige"]).get(url).status_code == 404
        assert Client().get(reverse("news-photo", args=[BulletinPhoto.objects.get().pk])).status_code == 404

    def test_says_in_words_what_one_sees(self, cast: Cast, sign_in: SignIn) -> None:
        made = bulletin(cast)
        sent = {"key": str(uuid7()), "photo": picture(), "description": ""}
        url = reverse("bulletins:photos", args=[made.pk])
        assert sign_in(cast["gebiedswerker"]).post(url, sent).status_code == 422

    def test_that_is_none_is_refused_with_one_sentence_that_asks_for_a_photo(self, cast: Cast, sign_in: SignIn) -> None:
        sent = {"key": str(uuid7()), "photo": SimpleUploadedFile("bank.jpg", b"geen foto"), "description": "Een bank"}
        answer = sign_in(cast["gebiedswerker"]).post(reverse("bulletins:photos", args=[bulletin(cast).pk]), sent)
        errors = answer.context["form"].errors
        assert answer.status_code == 422
        assert errors == {"photo": ["Dit is geen foto die we kunnen lezen. Stuur een JPEG, PNG, WebP, GIF of HEIC."]}

    def test_of_what_others_read_is_looked_at_first(self, cast: Cast, sign_in: SignIn) -> None:
        made, client = bulletin(cast, audience="public"), sign_in(cast["gebiedswerker"])
        url = reverse("bulletins:photos", args=[made.pk])
        sent = {"key": str(uuid7()), "description": "Een bank"}
        assert client.post(url, {**sent, "photo": picture()}).status_code == 422
        assert client.post(url, {**sent, "photo": picture(), "checked": "on"}).status_code == 302
        photo = BulletinPhoto.objects.get()
        assert is_picture(Client(), reverse("news-photo", args=[photo.pk]))
        client.post(reverse("bulletins:photo-removal", args=[photo.pk]))
        assert not BulletinPhoto.objects.exists()

    def test_of_six_there_is_no_seventh_also_when_two_are_sent_at_once(self, cast: Cast, sign_in: SignIn) -> None:
        made, client = bulletin(cast), sign_in(cast["gebiedswerker"])
        url, keys = reverse("bulletins:photos", args=[made.pk]), [str(uuid7()) for _ in range(7)]
        codes = [client.post(url, {"key": key, "photo": picture(), "description": "Een bank"}).status_code
                 for key in [*keys, keys[0]]]  # fmt: skip
        assert codes == [302] * 6 + [422, 302]  # the first one sent again hangs there
        assert made.photos.count() == MOST_PHOTOS
        with pytest.raises(Refused, match="zijn al 6 foto"):  # the form of another saw five
            hang(BulletinPhoto(bulletin=made, description="Een bank"), Picture(b"x", 1, 1), by=cast["gebiedswerker"])


class TestPublicPages:
    def test_show_what_is_for_everybody_without_names_or_remarks(self, cast: Cast) -> None:
        made = bulletin(cast, audience="public", title="Straatfeest")
        bulletin(cast, audience="partners", title="Alleen voor collega’s")
        made.comment(uuid7(), text="Geheime opmerking", by=cast["verpleegkundige"])
        for url in (reverse("news"), reverse("news-area", args=["overleie"]), reverse("news-item", args=[made.pk])):
            page = Client().get(url).content.decode()
            assert "Straatfeest" in page
            assert "Gebiedsteam Overleie" in page
            for hidden in ("collega", "Geheime", cast["gebiedswerker"].name, cast["verpleegkundige"].name):
                assert hidden not in page
        assert "Straatfeest" not in Client().get(reverse("news-area", args=["marke"])).content.decode()
        assert Client().get(reverse("news-area", args=["nergens"])).status_code == 404

    def test_feed_holds_the_same(self, cast: Cast) -> None:
        made = bulletin(cast, audience="public", title="Straatfeest")
        bulletin(cast, audience="internal", title="Intern")
        answer = Client().get(reverse("news-feed", args=["overleie"]))
        feed = answer.content.decode()
        assert answer["Content-Type"].startswith("application/atom+xml")
        assert "Straatfeest" in feed
        assert str(made.pk) in feed
        assert "Intern" not in feed
        assert cast["gebiedswerker"].name not in feed
