"""How many came, in two taps."""

import pytest
from django.test import Client
from django.urls import reverse

from reservations.models import Booking
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = pytest.mark.django_db
DUTY = reverse("reservations:calendar-duty")


def count(client: Client, booking: Booking, number: str, **more: str) -> int:
    url = reverse("reservations:booking-count", args=[booking.reference])
    return client.post(url, {"aantal": number, **more}).status_code


@pytest.fixture
def over(rooms: Rooms) -> Booking:
    return booked(rooms.meeting, ahead(-1), persons=12)


class TestCounting:
    def test_is_said_on_the_list_of_the_day(self, over: Booking, cast: Cast, client: Client) -> None:
        client.force_login(cast["gebouwbeheerder"])
        day = over.starts.date().isoformat()
        assert "12 kwamen, zoals verwacht" in client.get(DUTY, {"dag": day}).content.decode()
        assert count(client, over, "12", dag=day) == 302
        assert "12 mensen kwamen" in client.get(DUTY, {"dag": day}).content.decode()
        over.refresh_from_db()
        assert (over.headcount, over.state, over.counted_by) == (12, "confirmed", cast["gebouwbeheerder"])

    def test_of_nobody_is_a_no_show_until_it_is_said_again(self, over: Booking, cast: Cast, client: Client) -> None:
        client.force_login(cast["gebouwbeheerder"])
        count(client, over, "0")
        over.refresh_from_db()
        assert over.state == "no_show"
        assert "Niemand kwam" in client.get(over.get_absolute_url()).content.decode()
        count(client, over, "3")
        over.refresh_from_db()
        assert (over.state, over.headcount) == ("confirmed", 3)

    def test_is_the_keepers(self, over: Booking, cast: Cast, client: Client) -> None:
        for role, status in (("gebiedswerker", 403), ("coordinator.politie", 403), ("gebouwbeheerder", 302)):
            client.force_login(cast[role])
            assert count(client, over, "5") == status

    @pytest.mark.parametrize("typed", ["", "-1", "veel", "1.5", "100000", "٣"])
    def test_takes_whole_numbers(self, over: Booking, cast: Cast, client: Client, typed: str) -> None:
        client.force_login(cast["gebouwbeheerder"])
        count(client, over, typed)
        over.refresh_from_db()
        assert over.counted_at is None
        assert "Geef een geheel getal" in client.get(over.get_absolute_url()).content.decode()

    def test_waits_until_it_began(self, rooms: Rooms, cast: Cast, client: Client) -> None:
        later = booked(rooms.meeting, ahead(2))
        client.force_login(cast["gebouwbeheerder"])
        assert "Hoeveel mensen kwamen er?" not in client.get(later.get_absolute_url()).content.decode()
        count(client, later, "5")
        later.refresh_from_db()
        assert later.headcount is None

    def test_of_what_is_not_shared_tells_nobody_how_many_were_expected(
        self, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        hidden = booked(rooms.meeting, ahead(-1), by=cast["verpleegkundige"], title="Gezin Torfs", persons=19_733)
        client.force_login(cast["gebouwbeheerder"])
        page = client.get(hidden.get_absolute_url()).content.decode()
        assert "Torfs" not in page
        assert "19733" not in page.replace(".", "").split('id="came"')[1].split("</section>")[0]
        assert count(client, hidden, "4") == 302
