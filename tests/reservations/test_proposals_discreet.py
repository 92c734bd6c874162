"""What is proposed for a booking tells a keeper nothing of how many come to what they may not read."""

from typing import Any

import pytest

from reservations.hit import hits_of
from reservations.models import RoomSetup
from reservations.sight import for_proposals
from teams.access import access_of
from tests.cast import Cast
from tests.reservations.booking_pages import typed
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = pytest.mark.django_db


def test_is_looked_for_with_a_round_number_and_in_any_set_up(rooms: Rooms, cast: Cast) -> None:
    one = booked(rooms.hall, ahead(5), by=cast["verpleegkundige"], persons=13, layout="tables")
    blurred = for_proposals(one, is_readable=False)
    assert (blurred.persons, blurred.layout, blurred.features) == (25, "", [])
    assert for_proposals(one, is_readable=True) is one


def test_a_room_that_holds_just_enough_is_not_proposed_for_it(rooms: Rooms, cast: Cast) -> None:
    """The meeting room holds 14 and 20: proposed for 13, and not for 21, it would give the number away."""
    RoomSetup.objects.filter(room=rooms.meeting).update(capacity=20)
    shared = booked(rooms.half_a, ahead(5), by=cast["gebiedswerker"], persons=13)
    secret = booked(rooms.half_a, ahead(6), by=cast["verpleegkundige"], persons=13)
    hits = hits_of(list(rooms.half_a.spaces.all()), ahead(4), ahead(8), access_of(cast["gebouwbeheerder"]))
    proposed = {hit.booking.pk: {each.room for each in hit.options} for hit in hits}
    assert rooms.meeting in proposed[shared.pk]
    assert rooms.meeting not in proposed[secret.pk]


def test_the_page_to_move_it_shows_rooms_for_a_round_number(rooms: Rooms, cast: Cast, sign_in: Any) -> None:
    RoomSetup.objects.filter(room=rooms.meeting).update(capacity=20)
    client = sign_in(cast["gebouwbeheerder"])
    shown = [
        client.get(f"{one.get_absolute_url()}verplaatsing/").content.decode()
        for one in (
            booked(rooms.half_a, ahead(5), by=cast["gebiedswerker"], persons=13),
            booked(rooms.half_a, ahead(6), by=cast["verpleegkundige"], persons=13),
        )
    ]
    assert [f'value="{rooms.meeting.pk}@' in each for each in shown] == [True, False]


def test_why_a_room_does_not_suit_says_nothing_of_what_they_need(rooms: Rooms, cast: Cast, sign_in: Any) -> None:
    one = booked(rooms.bissegem, ahead(6), by=cast["verpleegkundige"], persons=13, layout="dinner", features=["stage"])
    sent = typed(rooms.meeting, ahead(6))
    page = sign_in(cast["gebouwbeheerder"]).post(f"{one.get_absolute_url()}verplaatsing/", sent)
    words = page.content.decode()
    assert page.status_code == 409
    assert "Vergaderzaal past niet bij wat er nodig is. Vraag het aan wie de reservatie heeft." in words
    assert "heeft geen" not in words
    assert "hoogstens" not in words
