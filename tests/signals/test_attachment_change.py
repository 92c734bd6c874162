"""Describing a photo, making it unrecognisable, removing it: by whom, with what answer, and without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from signals.attaching.files import read_file
from signals.attaching.keeping import attach_file
from signals.levels import Level
from signals.models import Attachment, Signal
from teams.models import User
from tests.cast import Cast
from tests.signals.files import name_of, pdf, picture, upload

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

SIDES = ("x", "y", "width", "height")


@pytest.fixture
def photo(report: Make, cast: Cast) -> Attachment:
    """By the warden, on a signal that Bram steers and the nurse reads."""
    file = read_file(upload(picture((400, 300))))
    return attach_file(signal=report("Onveilige situatie"), file=file, by=cast["gemeenschapswacht"])


@pytest.fixture
def document(report: Make, cast: Cast) -> Attachment:
    return attach_file(signal=report(), file=read_file(upload(pdf(), "Brief.pdf")), by=cast["agent"])


def post(client: Client, name: str, attachment: Attachment, data: dict[str, Any] | None = None) -> Any:
    return client.post(reverse(f"signals:attachment-{name}", args=[attachment.pk]), data or {}, follow=True)


def rows(*patches: tuple[object, ...], doe: str = "smudge") -> dict[str, object]:
    data: dict[str, object] = {"form-TOTAL_FORMS": len(patches), "form-INITIAL_FORMS": 0, "doe": doe}
    for number, patch in enumerate(patches):
        data |= {f"form-{number}-{side}": value for side, value in zip(SIDES, patch, strict=True)}
    return data


class TestDescription:
    def test_is_kept_and_becomes_what_the_photo_says(self, cast: Cast, sign_in: SignIn, photo: Attachment) -> None:
        page = post(sign_in(cast["coordinator"]), "description", photo, {"description": "Een hek staat los."})
        assert "Bewaard." in page.text
        assert 'alt="Een hek staat los."' in page.text

    def test_of_a_document_comes_with_its_name(self, cast: Cast, sign_in: SignIn, document: Attachment) -> None:
        client = sign_in(cast["coordinator"])
        assert post(client, "description", document, {"name": "Toelating"}).status_code == 200
        document.refresh_from_db()
        assert document.name == "Toelating"
        page = post(client, "description", document, {"name": " "})
        assert page.status_code == 422
        assert page.context["form"].errors["name"]

    def test_too_long_is_refused_and_kept_to_correct(self, cast: Cast, sign_in: SignIn, photo: Attachment) -> None:
        page = post(sign_in(cast["coordinator"]), "description", photo, {"description": "hek " * 100})
        assert page.status_code == 422
        assert "hek hek" in page.text


class TestPatches:
    def test_are_painted_and_the_page_says_so(self, cast: Cast, sign_in: SignIn, photo: Attachment) -> None:
        before = name_of(photo.file)
        page = post(sign_in(cast["gemeenschapswacht"]), "patches", photo, rows((10, 20, 30, 40)))
        assert "Onherkenbaar gemaakt. De foto zoals ze was, bestaat niet meer." in page.text
        assert "Plaatselijk onherkenbaar gemaakt" in page.text
        photo.refresh_from_db()
        assert name_of(photo.file) != before

    def test_can_be_looked_at_first_without_javascript(self, cast: Cast, sign_in: SignIn, photo: Attachment) -> None:
        page = post(sign_in(cast["coordinator"]), "patches", photo, rows((10, 20.5, 30, 40), doe="look"))
        assert '<rect class="patch" x="10.0" y="20.5" width="30.0" height="40.0"/>' in page.text
        assert page.text.count("data-patch>") == 2  # the one, and the template for more
        assert Attachment.objects.get().smudged_at is None

    def test_can_be_one_more_without_javascript(self, cast: Cast, sign_in: SignIn, photo: Attachment) -> None:
        page = post(sign_in(cast["coordinator"]), "patches", photo, rows((10, 20, 30, 40), doe="more"))
        assert page.text.count("data-patch>") == 3
        assert 'value="2" id="id_form-TOTAL_FORMS"' in page.text

    def test_may_leave_a_row_empty_also_one_that_was_full(self, cast: Cast, sign_in: SignIn, photo: Attachment) -> None:
        page = post(sign_in(cast["coordinator"]), "patches", photo, rows(("", "", "", ""), (1, 1, 9, 9)))
        assert "Onherkenbaar gemaakt." in page.text

    @pytest.mark.parametrize(
        ("patches", "sentence"),
        [
            ([], "Duid eerst aan wat niemand mag herkennen."),
            ([("", "", "", "")], "Duid eerst aan wat niemand mag herkennen."),
            ([(10, 10, "", 5)], "Vul alle vier in, of geen."),
            ([("x", 10, 5, 5)], "getal"),
            ([("nan", 10, 5, 5)], "getal"),
            ([(10, 10, 1e9, 5)], "100"),
            ([(-5, 10, 5, 5)], "0"),
            ([(10, 10, 0, 5)], "0.5"),
        ],
    )
    def test_that_are_wrong_are_said_and_kept(
        self, cast: Cast, sign_in: SignIn, photo: Attachment, patches: list[tuple[object, ...]], sentence: str
    ) -> None:
        page = post(sign_in(cast["coordinator"]), "patches", photo, rows(*patches))
        assert page.status_code == 422
        assert sentence in page.text
        assert Attachment.objects.get().smudged_at is None

    @pytest.mark.parametrize("total", ["21", "5000", "x", ""])
    def test_beyond_count_are_refused(self, cast: Cast, sign_in: SignIn, photo: Attachment, total: str) -> None:
        data = {**rows((10, 10, 5, 5)), "form-TOTAL_FORMS": total}
        assert post(sign_in(cast["coordinator"]), "patches", photo, data).status_code == 422

    def test_are_for_photos(self, cast: Cast, sign_in: SignIn, document: Attachment) -> None:
        url = reverse("signals:attachment-patches", args=[document.pk])
        assert sign_in(cast["coordinator"]).get(url).status_code == 404


class TestRemoval:
    def test_is_for_who_steers_and_for_who_brought_it(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Onveilige situatie")
        for number, who in enumerate(("coordinator", "gemeenschapswacht")):
            file = read_file(upload(picture((40, 30 + number))))
            made = attach_file(signal=signal, file=file, by=cast["gemeenschapswacht"])
            page = post(sign_in(cast[who]), "removal", made)
            assert "Verwijderd." in page.text
        assert not Attachment.objects.exists()

    def test_is_not_for_another_who_may_only_add(self, cast: Cast, sign_in: SignIn, photo: Attachment) -> None:
        assert post(sign_in(cast["agent"]), "removal", photo).status_code == 403
        page = sign_in(cast["agent"]).get(reverse("signals:attachment-page", args=[photo.pk])).text
        assert "Deze foto verwijderen" not in page
        assert "Onherkenbaar maken" in page

    def test_is_not_undone_by_pressing_twice(self, cast: Cast, sign_in: SignIn, photo: Attachment) -> None:
        client = sign_in(cast["coordinator"])
        post(client, "removal", photo)
        assert post(client, "removal", photo).status_code == 404


@pytest.mark.parametrize("name", ["description", "patches", "removal"])
class TestWho:
    """Reading is not changing: who may only look on gets a 403, who may not read it a 404."""

    def test_may_change(self, cast: Cast, sign_in: SignIn, photo: Attachment, name: str) -> None:
        answers = {
            who: post(sign_in(cast[who]), name, photo).status_code
            for who in ("verpleegkundige", "coordinator.rand", "fluvius", "beheerder", "dpo")
        }
        assert answers == {
            "verpleegkundige": 403, "coordinator.rand": 404, "fluvius": 404, "beheerder": 403, "dpo": 403,
        }  # fmt: skip
        assert post(sign_in(cast["coordinator"]), name, photo, rows((1, 1, 9, 9))).status_code == 200

    def test_may_change_what_is_secret(self, cast: Cast, sign_in: SignIn, photo: Attachment, name: str) -> None:
        Attachment.objects.update(level=Level.LIMITED, organisation=cast["buurtwerker"].organisation)
        assert post(sign_in(cast["coordinator"]), name, photo).status_code == 404
        assert post(sign_in(cast["coordinator.politie"]), name, photo).status_code == 404
        assert post(sign_in(cast["buurtwerker"]), name, photo, rows((1, 1, 9, 9))).status_code in (200, 403)

    def test_is_asked_to_sign_in(self, client: Client, photo: Attachment, name: str) -> None:
        answer = client.post(reverse(f"signals:attachment-{name}", args=[photo.pk]))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("name", ["description", "removal"])
def test_refuses_to_be_read(cast: Cast, sign_in: SignIn, photo: Attachment, name: str) -> None:
    url = reverse(f"signals:attachment-{name}", args=[photo.pk])
    assert sign_in(cast["coordinator"]).get(url).status_code == 405
