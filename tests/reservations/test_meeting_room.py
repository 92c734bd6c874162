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
from teams.meetings import closing, planning
from teams.models import Meeting, User
from tests.cast import Cast
from tests.reservations.booking_pages import typed
from tests.reservations.rooms import Rooms, make
from tests.teams.meetings import at, planned

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
        Meeting.objects.filter(pk=meeting.pk).update(starts=at(-3), ends=at(-3, 16))
        page = sign_in(cast["gebiedswerker"]).get(reverse("meetings:meeting", args=[meeting.pk])).text
        assert "Zoek een zaal" not in page, "what is past needs none"
        assert "verslag nog niet verstuurd" in page

    def test_is_linked_when_it_is_booked(self, cast: Cast, sign_in, rooms: Rooms) -> None:  # type: ignore[no-untyped-def]
        meeting, client = planned(cast["gebiedswerker"], days=8), sign_in(cast["gebiedswerker"])
        booking = book(client, meeting, rooms.hall)
        assert booked_for(meeting) == booking
        page = client.get(reverse("meetings:meeting", args=[meeting.pk])).text
        assert booking.get_absolute_url() in page
        assert "Zoek een zaal" not in page

    def test_may_be_theirs_for_longer_than_they_meet(self, cast: Cast, sign_in, rooms: Rooms) -> None:  # type: ignore[no-untyped-def]
        meeting, client = planned(cast["gebiedswerker"], days=8), sign_in(cast["gebiedswerker"])
        url = f"{reverse('reservations:booking-add')}?sleutel={uuid7()}&overleg={meeting.pk}"
        client.post(url, typed(rooms.hall, meeting.starts - dt.timedelta(minutes=30), 3))
        booking = booked_for(meeting)
        assert booking is not None
        assert (booking.starts, booking.ends) != (meeting.starts, meeting.ends)
        assert "De zaal verhuisde niet mee" not in client.get(reverse("meetings:meeting", args=[meeting.pk])).text

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

    def test_of_a_meeting_that_is_off_is_linked_to_nothing(self, cast: Cast, sign_in, rooms: Rooms) -> None:  # type: ignore[no-untyped-def]
        meeting, client = planned(cast["gebiedswerker"], days=8), sign_in(cast["gebiedswerker"])
        closing.cancel(meeting, by=cast["gebiedswerker"])
        book(client, meeting, rooms.hall)
        assert booked_for(meeting) is None

    def test_of_a_meeting_of_others_is_linked_to_nothing(self, cast: Cast, sign_in, rooms: Rooms) -> None:  # type: ignore[no-untyped-def]
        meeting = planned(cast["gebiedswerker"], days=8)
        book(sign_in(cast["coordinator.rand"]), meeting, rooms.hall)
        assert not MeetingBooking.objects.exists()


class TestMovedMeeting:
    """The room does not follow by itself: somebody else may sit there then. That it stayed behind is said."""

    @pytest.fixture
    def moved(self, cast: Cast, sign_in, rooms: Rooms) -> tuple[Meeting, Booking]:  # type: ignore[no-untyped-def]
        meeting = planned(cast["gebiedswerker"], days=8)
        booking = book(sign_in(cast["gebiedswerker"]), meeting, rooms.hall)
        meeting.starts, meeting.ends = at(9, 10), at(9, 12)
        planning.change(meeting)
        return meeting, booking

    def test_says_so_and_takes_the_room_along_with_one_press(
        self, cast: Cast, sign_in: Callable[[User], Client], moved: tuple[Meeting, Booking]
    ) -> None:
        meeting, booking = moved
        client, url = sign_in(cast["gebiedswerker"]), reverse("meetings:meeting", args=[meeting.pk])
        page = client.get(url).text
        assert "De zaal verhuisde niet mee" in page
        assert "van 14.00 tot 16.00 uur" in page
        for _time in range(2):  # sent twice
            response = client.post(reverse("meetings:room-move", args=[meeting.pk]), follow=True)
        booking.refresh_from_db()
        assert (booking.starts, booking.ends) == (meeting.starts, meeting.ends)
        assert "De zaal verhuisde niet mee" not in response.text

    def test_leaves_the_room_where_it_is_when_somebody_else_sits_there(
        self, cast: Cast, sign_in: Callable[[User], Client], rooms: Rooms, moved: tuple[Meeting, Booking]
    ) -> None:
        meeting, booking = moved
        other = planned(cast["gebiedswerker"], days=9, starts=meeting.starts + dt.timedelta(minutes=30))
        actions.confirm(book(sign_in(cast["gebiedswerker"]), other, rooms.hall), by=None)
        before = booking.starts
        response = sign_in(cast["gebiedswerker"]).post(reverse("meetings:room-move", args=[meeting.pk]), follow=True)
        booking.refresh_from_db()
        assert booking.starts == before
        assert "Zoek een andere zaal" in response.text
        assert "De zaal is nu geboekt" not in response.text

    def test_booked_elsewhere_says_that_the_first_room_stays_booked(
        self, cast: Cast, sign_in: Callable[[User], Client], rooms: Rooms, moved: tuple[Meeting, Booking]
    ) -> None:
        meeting, booking = moved
        url = f"{reverse('reservations:booking-add')}?sleutel={uuid7()}&overleg={meeting.pk}"
        client = sign_in(cast["gebiedswerker"])
        response = client.post(url, typed(rooms.hall, meeting.starts, 2), follow=True)
        assert f"({booking.reference})" in response.text
        found = booked_for(meeting)
        assert found is not None
        assert found.pk != booking.pk

    @pytest.mark.parametrize(("who", "code"), [("agent", 403), ("fluvius", 404)])
    def test_is_for_members(
        self, cast: Cast, sign_in: Callable[[User], Client], moved: tuple[Meeting, Booking], who: str, code: int
    ) -> None:
        for name in ("room-move", "room-release"):
            url = reverse(f"meetings:{name}", args=[moved[0].pk])
            assert sign_in(cast[who]).post(url).status_code == code
            assert sign_in(cast["gebiedswerker"]).get(url).status_code == 405

    def test_of_which_somebody_else_booked_the_room_is_not_theirs_to_move(
        self, cast: Cast, sign_in: Callable[[User], Client], moved: tuple[Meeting, Booking]
    ) -> None:
        meeting, booking = moved
        client, before = sign_in(cast["wijkinspecteur"]), (booking.starts, booking.state)
        assert "Verplaats de zaal mee" not in client.get(reverse("meetings:meeting", args=[meeting.pk])).text
        for name, said in (("room-move", "door iemand anders geboekt"), ("room-release", "van iemand anders")):
            assert said in client.post(reverse(f"meetings:{name}", args=[meeting.pk]), follow=True).text
        booking.refresh_from_db()
        assert (booking.starts, booking.state) == before


class TestCancelledMeeting:
    def test_that_kept_its_room_says_so_and_lets_it_go_with_one_press(
        self, cast: Cast, sign_in: Callable[[User], Client], rooms: Rooms
    ) -> None:
        meeting, client = planned(cast["gebiedswerker"], days=8), sign_in(cast["gebiedswerker"])
        booking = book(client, meeting, rooms.hall)
        page = client.post(reverse("meetings:meeting-cancellation", args=[meeting.pk]), {}, follow=True).text
        assert "De zaal staat nog geboekt" in page
        page = client.post(reverse("meetings:room-release", args=[meeting.pk]), follow=True).text
        booking.refresh_from_db()
        assert booking.state == "cancelled"
        assert "De zaal staat nog geboekt" not in page


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
