"""What came free and somebody waits for: kept for who may say yes, asked of the keeper for who may not."""

import pytest

from kortrijk_gebied.jobs.models import Job, Message
from kortrijk_gebied.jobs.registry import perform
from reservations import offering
from reservations.keepers import keepers_of
from reservations.models import Booking, Room
from teams.models import User
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = pytest.mark.django_db


def waits(room: Room, by: User | None) -> Booking:
    return booked(room, ahead(5), by=by, state="refused", refusal="occupied", wants_offer=True)


def came_free(booking: Booking) -> str:
    spaces = list(booking.room.spaces.values_list("pk", flat=True))
    offering.look_again(set(spaces))
    perform(Job.objects.claim(Job.objects.get(kind=offering.KIND).pk))  # type: ignore[arg-type]
    booking.refresh_from_db()
    return booking.state


def test_is_asked_of_the_keeper_where_its_holder_may_not_say_yes(rooms: Rooms, cast: Cast) -> None:
    els = cast["gebiedswerker"]
    kept = waits(rooms.hall, els)
    assert came_free(kept) == "requested"
    mine = Message.objects.get(to=els.email)
    assert "de beheerder van het gebouw antwoordt" in mine.body
    assert {mail.to for mail in Message.objects.exclude(pk=mine.pk)} == {
        user.email for user in keepers_of(rooms.hall.building)
    }


def test_is_kept_for_who_may_say_yes(rooms: Rooms, cast: Cast) -> None:
    assert came_free(waits(rooms.bissegem, cast["gebiedswerker"])) == "held"


def test_is_not_kept_for_an_account_that_was_stopped(rooms: Rooms, cast: Cast) -> None:
    els = cast["gebiedswerker"]
    kept = waits(rooms.bissegem, els)
    User.objects.filter(pk=els.pk).update(is_active=False)
    assert came_free(kept) == "refused"
    assert not Message.objects.exists()
