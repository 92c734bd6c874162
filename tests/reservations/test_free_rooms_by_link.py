"""What somebody behind the link sees of rooms: which are free, and never what others do in the rest."""

from unittest.mock import patch

import pytest
from django.test import Client

from reservations import closing
from reservations.finding import near_misses
from reservations.models import Booking, Closure, Contact, Room
from reservations.obstacles import obstacles
from reservations.register import asking
from reservations.why_not import why_not
from teams.access import Access, access_of
from tests.cast import Cast
from tests.reservations.allocated import given
from tests.reservations.asked_by_link import DAY, WISH, asked, opened, page_of
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = pytest.mark.usefixtures("no_throttle_of_before")


class TestSearch:
    def test_shows_what_is_free_but_never_a_room_of_the_police(
        self, mieke: Contact, rooms: Rooms, client: Client
    ) -> None:
        opened(client, mieke)
        page = client.post(
            page_of(2),
            {**WISH, "personen": "12", "opstelling": "", "zoek": "1"},
        )
        assert "OC Bissegem" in page.text
        assert "PZ Vlas" not in page.text
        refused = asked(client, rooms.police, personen="12", opstelling="")
        assert "Deze zaal kunt u hier niet vragen" in refused.text
        assert not Booking.objects.exists()

    def test_finds_what_is_kept_for_the_association(
        self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        given(rooms.bissegem, by=cast["gebouwbeheerder"], association=rooms.choir)
        opened(client, mieke)
        evening = {**WISH, "van": "19:00", "tot": "21:00", "zoek": "1"}
        page = client.post(page_of(2), evening)
        assert "OC Bissegem" in page.text

    def test_is_not_crowded_out_by_rooms_of_the_police(self, rooms: Rooms) -> None:
        wish = Booking(starts=DAY, ends=ahead(20, "21:00"), persons=5, layout="", features=[])
        others = {each.pk for each in Room.objects.exclude(pk=rooms.bissegem.pk)}
        assert asking.not_for_associations() == {rooms.police.pk}
        with patch("reservations.finding.MOST_OFFERS", 1):
            (found,) = near_misses(wish, rights=asking.NO_RIGHTS, without=others)
        assert found.room == rooms.bissegem

    def test_hears_that_a_room_is_taken_but_not_by_whom(
        self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        booked(rooms.hall, DAY.replace(hour=11, minute=0), 4, by=cast["gebiedswerker"], title="Geheim overleg")
        opened(client, mieke)
        page = asked(client, rooms.hall)
        assert page.status_code == 409
        assert "Grote zaal is dan niet vrij" in page.text
        assert "OC Bissegem" in page.text
        assert all(word not in page.text for word in ("Geheim overleg", cast["gebiedswerker"].name))

    def test_hears_that_a_room_is_closed_or_kept_but_not_why_nor_for_whom(self, rooms: Rooms, cast: Cast) -> None:
        keeper, evening = cast["gebouwbeheerder"], {"starts": ahead(20, "19:00"), "ends": ahead(20, "20:00")}
        given(rooms.bissegem, by=keeper, association=rooms.choir)
        shut = Closure(building=rooms.hall.building, reason="Geheim lek", **evening)
        closing.close(shut, spaces=list(rooms.hall.spaces.all()), choices={}, by=keeper)
        wishes = [Booking(room=room, persons=5, **evening) for room in (rooms.hall, rooms.bissegem)]
        for viewer, hears in ((Access(), False), (access_of(cast["gebiedswerker"]), True)):
            found = why_not(wishes, obstacles(wishes), viewer)
            said = " ".join(each.text for whys in found.values() for each in whys)
            assert "Gesloten tot" in said
            assert "Voorbehouden voor" in said
            assert [word in said for word in ("Geheim lek", "Zangkoor")] == [hears, hears]
