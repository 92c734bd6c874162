"""Who reads the name and number of a contact is in the read log, wherever that stands."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.audit.models import ReadEntry
from teams.models import User
from tests.cast import Cast
from tests.reservations.register import contact_of
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


def test_at_a_request_its_page_and_the_list_of_the_caretaker(rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
    mieke = contact_of(rooms.choir)
    theirs: dict[str, Any] = {"association": rooms.choir, "organisation": None, "contact": mieke, "is_shared": True}
    asked = booked(rooms.hall, ahead(3), state="requested", **theirs)
    sure = booked(rooms.meeting, ahead(3), **theirs)
    for url, surface in (
        (reverse("reservations:requests"), "request"),
        (asked.get_absolute_url(), "booking"),
        (f"{reverse('reservations:calendar-duty')}?dag={sure.starts:%Y-%m-%d}", "duty"),
    ):
        page = sign_in(cast["gebouwbeheerder"]).get(url).text
        assert "Mieke Vandorpe" in page
        entry = ReadEntry.objects.latest("number")
        assert (entry.object_id, entry.surface, entry.reader_name) == (mieke.pk, surface, "Nele Descheemaeker")
