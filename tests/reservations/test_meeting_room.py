"""A room for a meeting: looked for from its page, linked when booked, given back with it."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.ids import uuid7
from reservations import actions
from reservations.for_meetings import booked_for
from reservations.models import Booking, MeetingBooking
from teams.models import Meeting, User
from tests.cast import Cast
from tests.reservations.booking_pages import typed
from tests.reservations.rooms import Rooms, make
from tests.teams.meetings import planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def rooms(cast: Cast) -> Rooms:
    return make()


def book(client, meeting: Meeting, room, **more) -> Booking:  # type: ignore[no-untyped-def]
    url = f"{reverse('reservations:booking-add')}?sleutel={uuid7()}&overleg={meeting.pk}"
    response = client.post(url, typed(room, meeting.starts, 2, **more))
    assert response.status_code == 302, response.content.decode()[:3000]
    return Booking.objects.latest("created_at")


class TestRoom:
    def test_is_looked_for_with_what_is_known(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        meeting = planned(cast["gebiedswerker"])
        page = sign_in(cast["gebiedswerker"]).get(reverse("meetings:meeting", args=[meeting.pk])).text
        assert "Zoek een zaal" in page
        assert f"dag={meeting.day.isoformat()}" in page
        assert "personen=5" in page
        assert f"overleg={meeting.pk}" in page

    def test_is_linked_when_it_is_booked(self, cast: Cast, sign_in, rooms: Rooms) -> None:  # type: ignore[no-untyped-def]
        meeting, client = planned(cast["gebiedswerker"], days=8), sign_in(cast["gebiedswerker"])
        booking = book(client, meeting, rooms.hall)
        assert booked_for(meeting) == booking
        page = client.get(reverse("meetings:meeting", args=[meeting.pk])).text
        assert booking.get_absolute_url() in page
        assert "Zoek een zaal" not in page

    def test_falls_away_when_its_booking_is_cancelled(self, cast: Cast, sign_in, rooms: Rooms) -> None:  # type: ignore[no-untyped-def]
        meeting, client = planned(cast["gebiedswerker"], days=8), sign_in(cast["gebiedswerker"])
        actions.cancel(book(client, meeting, rooms.hall), by=cast["gebiedswerker"])
        assert booked_for(meeting) is None
        again = book(client, meeting, rooms.hall)
        assert booked_for(meeting) == again
        assert MeetingBooking.objects.count() == 1

    @pytest.mark.parametrize(("given", "state"), [({"with_room": "on"}, "cancelled"), ({}, "live")])
    def test_is_given_back_with_the_meeting_when_asked(
        self, cast: Cast, sign_in: Callable[[User], Client], rooms: Rooms, given: dict[str, str], state: str
    ) -> None:
        meeting, client = planned(cast["gebiedswerker"], days=8), sign_in(cast["gebiedswerker"])
        booking = book(client, meeting, rooms.hall)
        client.post(reverse("meetings:meeting-cancellation", args=[meeting.pk]), given)
        booking.refresh_from_db()
        meeting.refresh_from_db()
        assert meeting.state == "cancelled"
        assert (booking.state == "cancelled") is (state == "cancelled")

    def test_of_a_meeting_of_others_is_linked_to_nothing(self, cast: Cast, sign_in, rooms: Rooms) -> None:  # type: ignore[no-untyped-def]
        meeting = planned(cast["gebiedswerker"], days=8)
        book(sign_in(cast["coordinator.rand"]), meeting, rooms.hall)
        assert not MeetingBooking.objects.exists()


def test_the_meeting_is_cancelled_though_the_room_is_of_somebody_else(cast: Cast, sign_in, rooms: Rooms) -> None:  # type: ignore[no-untyped-def]
    meeting = planned(cast["gebiedswerker"], days=8)
    booking = book(sign_in(cast["gebiedswerker"]), meeting, rooms.hall)
    response = sign_in(cast["coordinator"]).post(
        reverse("meetings:meeting-cancellation", args=[meeting.pk]), {"with_room": "on"}, follow=True
    )
    booking.refresh_from_db()
    assert booking.state != "cancelled"
    assert "van iemand anders" in response.text
    assert isinstance(meeting.starts, dt.datetime)
