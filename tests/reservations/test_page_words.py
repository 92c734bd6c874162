"""Small things that a page of the rooms says: in whole sentences, in small letters, and where one looks for it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from reservations.forms.associations import AssociationForm, ContactForm
from reservations.forms.closing import ClosureForm
from reservations.models import Contact
from tests.cast import Cast
from tests.reservations.asked_by_link import WISH, opened, page_of
from tests.reservations.rooms import Rooms
from tests.reservations.test_closures_keep import SignIn


def test_no_month_is_shortened_with_a_capital() -> None:
    """`M` makes “1 Sep”; Dutch writes “1 sep”, which is `b`."""
    short = re.compile(r"""date:["'][^"'_]*M[^"'_]*["']""")
    templates = Path(settings.BASE_DIR, "templates").rglob("*.html")
    assert [each.name for each in templates if short.search(each.read_text(encoding="utf-8"))] == []


def test_what_is_left_empty_is_asked_for_in_a_sentence_of_its_own(rooms: Rooms) -> None:
    forms = [
        ClosureForm({"what": "whole"}, building=rooms.hall.building),
        AssociationForm({}),
        ContactForm({}, association=rooms.choir),
    ]
    said = [sentence for form in forms for name in form.errors if name != "id" for sentence in form.errors[name]]
    assert "Zeg waarom er gesloten wordt." in said
    assert [sentence for sentence in said if "is verplicht" in sentence] == []


def test_the_form_of_one_room_names_its_building(rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
    address = f"/zalen/reserveren/?zaal={rooms.bissegem.pk}"
    page = sign_in(cast["gebiedswerker"]).get(address, follow=True).text
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page)
    assert heading is not None
    assert heading[1] == str(rooms.bissegem)


@pytest.mark.usefixtures("no_throttle_of_before")
def test_a_citizen_who_looks_is_brought_to_what_is_free(mieke: Contact, rooms: Rooms, client: Client) -> None:
    opened(client, mieke)
    page = client.post(page_of(2), {**WISH, "zoek": "1"}).text
    assert 'formaction="' in page.partition("#free")[0]
    assert '<h3 id="free" tabindex="-1" data-focus>' in page
