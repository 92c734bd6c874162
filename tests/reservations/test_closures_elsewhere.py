"""Who closes their own house decides nothing in another: there a booking stands by right, or is asked."""

from collections.abc import Callable

import pytest
from django.test import Client

from kortrijk_gebied.jobs.models import Message
from reservations import actions
from reservations.closing import close, hits
from reservations.hit import hits_of
from reservations.models import Association, Booking, Closure, Occupancy, Room
from teams.access import access_of
from teams.models import User
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked
from tests.reservations.test_closures_keep import ADD, asked, to

type SignIn = Callable[[User], Client]


@pytest.fixture
def nele(cast: Cast, rooms: Rooms, sign_in: SignIn) -> Client:
    return sign_in(cast["gebouwbeheerder"])


@pytest.fixture
def wannes(cast: Cast) -> User:
    return User.objects.get(email__startswith="sociaalhuis@")


def options(booking: Booking, rooms: Rooms, by: User) -> list[Room]:
    """Where the page lets it go when all of Marke closes."""
    found = hits_of(list(rooms.hall.building.spaces.all()), ahead(4), ahead(8), access_of(by))
    return next([each.room for each in hit.options] for hit in found if hit.booking == booking)


def test_asks_the_keeper_of_another_house(nele: Client, wannes: User, rooms: Rooms, cast: Cast) -> None:
    """Els books in houses of the city alone: in the centre of the OCMW somebody says yes first, and hears it."""
    course = booked(rooms.half_a, ahead(6), by=cast["gebiedswerker"], title="Naailes", persons=20)
    data = asked(**to(course, rooms.ocmw))
    page = nele.post(ADD, data).content.decode()
    assert "aan te vragen bij de beheerder daar" in page
    page = nele.get(nele.post(ADD, {**data, "besluit": "1"})["Location"]).content.decode()
    assert "1 reservatie elders gevraagd" in page
    assert "wacht op de beheerder daar" in page
    course.refresh_from_db()
    assert (course.room, course.state) == (rooms.ocmw, Booking.State.REQUESTED)
    assert not Occupancy.objects.filter(booking=course).exists()
    mails = {mail.to: mail for mail in Message.objects.all()}
    assert wannes.email in mails
    assert "zodra de beheerder daar ja zegt" in mails[cast["gebiedswerker"].email].body

    actions.refuse(course, by=wannes, answer="Dan is er al iets.")
    closure = Closure.objects.get()
    page = nele.get(f"/zalen/gebouwen/oc-marke/sluitingen/{closure.pk}/").content.decode()
    assert "de beheerder daar zei neen" in page


def test_stands_at_once_where_who_made_it_books_at_once(nele: Client, rooms: Rooms, cast: Cast) -> None:
    visit = booked(rooms.half_a, ahead(6), by=cast["verpleegkundige"], persons=20)
    assert nele.post(ADD, asked(besluit="1", **to(visit, rooms.ocmw))).status_code == 302
    visit.refresh_from_db()
    assert (visit.room, visit.state) == (rooms.ocmw, Booking.State.CONFIRMED)


def test_asks_also_in_a_room_of_ones_own_house_that_others_keep(wannes: User, rooms: Rooms, cast: Cast) -> None:
    """Wannes keeps the houses of the OCMW and books in those of the city; the halls there ask for a yes."""
    course = booked(rooms.ocmw, ahead(6), by=cast["verpleegkundige"], persons=20)
    spaces = list(rooms.ocmw.spaces.all())
    closure = Closure(building=rooms.ocmw.building, starts=ahead(5), ends=ahead(7), reason="Lek")
    done = close(closure, spaces=spaces, choices={course.pk: rooms.half_a}, by=wannes)
    assert [each.state for each in done.asked] == [Booking.State.REQUESTED]


def test_prefers_what_stands_at_once_to_what_is_nearer(rooms: Rooms, cast: Cast) -> None:
    course = booked(rooms.half_a, ahead(6), by=cast["gebiedswerker"], persons=22)
    found = options(course, rooms, cast["gebouwbeheerder"])
    assert found.index(rooms.bissegem) < found.index(rooms.ocmw)


def test_brings_nobody_of_outside_to_the_police(nele: Client, rooms: Rooms, cast: Cast) -> None:
    course = booked(rooms.meeting, ahead(6), by=cast["gebiedswerker"], persons=10)
    choir = booked(rooms.meeting, ahead(7), association=Association.objects.get(), persons=10)
    ward = booked(rooms.half_b, ahead(6), by=cast["coordinator.politie"], persons=10)
    nele_ = cast["gebouwbeheerder"]
    assert [rooms.police in options(each, rooms, nele_) for each in (course, choir, ward)] == [False, False, True]
    answer = nele.post(ADD, asked(besluit="1", **{**to(course, rooms.police), **to(choir, None), **to(ward, None)}))
    assert answer.status_code == 422
    closure = Closure(building=rooms.meeting.building, starts=ahead(5), ends=ahead(8), reason="Lek")
    spaces = list(rooms.meeting.spaces.all())
    choices = dict.fromkeys([each.pk for each in hits(spaces, closure.starts, closure.ends)], rooms.police)
    with pytest.raises(Exception, match="niemand van buiten"):
        close(closure, spaces=spaces, choices=choices, by=nele_)
    assert not Closure.objects.exists()
