"""A contact of an association asks for a room week after week: all dates in one answer, and one mail for the keeper."""

import datetime as dt
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils.formats import date_format

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from reservations.finding import key_of
from reservations.models import Association, Booking, CancelledBy, Contact, Room, Series
from reservations.prices.book import prices_of
from reservations.prices.money import NOTHING, euros
from reservations.register import asking, asking_series
from reservations.serial import SKIP, TAKE, WAIT
from reservations.series_changes import cancel_from
from tests.cast import Cast
from tests.reservations.asked_by_link import KEYS, opened, page_of
from tests.reservations.prices import price, workday
from tests.reservations.rooms import Rooms, ahead, at, booked

pytestmark = pytest.mark.usefixtures("no_throttle_of_before")

FIRST = workday(ahead(30)).date()
DAYS = [FIRST + dt.timedelta(weeks=number) for number in range(4)]


def typed(room: Room | None = None, **said: Any) -> dict[str, Any]:
    """Four Tuesday evenings."""
    choice = {"keuze": key_of(room, at(FIRST, "19:30"))} if room else {"zoek": "1"}
    return {
        "dag": str(FIRST), "van": "19:30", "tot": "21:30", "personen": "12", "waarvoor": "Repetitie", **choice,
        "herhaal": "weekly", "keren": "4", **said,
    }  # fmt: skip


def sent(room: Room, **said: Any) -> dict[str, Any]:
    """All their dates, chosen."""
    return typed(room, boek="1", **{f"d-{day}": TAKE for day in DAYS}, **said)


class TestSearch:
    def test_shows_rooms_by_how_many_dates_but_never_one_of_the_police(
        self, mieke: Contact, rooms: Rooms, client: Client
    ) -> None:
        opened(client, mieke)
        page = client.post(page_of(), typed()).text
        assert "alle 4 dinsdagen vrij" in page
        assert "PZ Vlas" not in page
        assert "Overlegzaal" not in client.post(page_of(), typed(nodig=["wifi", "projector"])).text

    def test_says_what_is_missing_of_the_rule(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        opened(client, mieke)
        assert "Een reeks heeft een einde" in client.post(page_of(), typed(keren="")).text
        page = client.post(page_of(), typed(rooms.hall, keren=""))
        assert page.status_code == 422
        assert "Een reeks heeft een einde" in page.text


class TestDates:
    def test_come_in_one_answer_that_betrays_nothing(
        self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        booked(rooms.hall, at(DAYS[2], "20:00"), by=cast["gebiedswerker"], title="Geheim overleg")
        opened(client, mieke)
        page = client.post(page_of(), typed(rooms.hall)).text
        assert "4 data." in page
        assert page.count('type="checkbox" name="d-') == 3
        assert f'name="d-{DAYS[2]}"' in page
        assert "OC Bissegem" in page
        assert all(word not in page for word in ("Geheim overleg", cast["gebiedswerker"].name, "PZ Vlas"))
        assert not Series.objects.exists()

    def test_propose_every_room_but_those_of_the_police(self, mieke: Contact, rooms: Rooms) -> None:
        booked(rooms.hall, at(DAYS[2], "20:00"))
        series = Series(
            room=rooms.hall, title="Repetitie", persons=12, weekdays=[1], first_on=FIRST, times=4,
            start_time=dt.time(19, 30), end_time=dt.time(21, 30),
        )  # fmt: skip
        with patch("reservations.serial.MOST_PER_DATE", 20):
            found = asking_series.dates(asking_series.for_association(series, mieke))
        proposed = {option.room for date in found for option in date.options}
        assert rooms.bissegem in proposed
        assert rooms.police not in proposed

    def test_say_the_price_of_all_or_that_it_comes(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        price(rooms)
        opened(client, mieke)
        uses = [
            Booking(room=rooms.hall, association=rooms.choir, starts=at(day, "19:30"), ends=at(day, "21:30"))
            for day in DAYS
        ]
        found = prices_of(uses)
        total = sum((found[each.pk].price.total for each in uses), NOTHING)  # type: ignore[union-attr]
        assert euros(total) in client.post(page_of(), typed(rooms.hall)).text
        Association.objects.filter(pk=rooms.choir.pk).update(price_group=None)
        assert "De prijs hoort u nog." in client.post(page_of(), typed(rooms.hall)).text

    def test_lead_back_to_the_form_as_it_was(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        opened(client, mieke)
        page = client.post(page_of(), typed(rooms.hall, **{"terug-naar-formulier": "1"}))
        assert page.status_code == 200
        assert 'value="Repetitie"' in page.text

    def test_of_a_room_of_the_police_are_shown_to_nobody(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        opened(client, mieke)
        page = client.post(page_of(), typed(rooms.police))
        assert page.status_code == 422
        assert "Deze zaal kunt u hier niet vragen" in page.text


class TestRequest:
    def test_is_one_of_all_dates_that_the_keeper_answers(
        self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        opened(client, mieke)
        page = client.post(page_of(), sent(rooms.bissegem), follow=True)
        assert "4 data gevraagd." in page.text
        series = Series.objects.get()
        assert (series.association, series.is_shared, series.created_by) == (rooms.choir, False, None)
        found = Booking.objects.filter(series=series, state="requested", contact=mieke, is_shared=False)
        assert found.count() == 4
        (mail,) = Message.objects.filter(to=mieke.email)
        assert mail.body.count("- dinsdag ") == 4
        assert Message.objects.filter(to=cast["gebouwbeheerder"].email).count() == 1

    def test_is_read_by_the_keeper_and_no_other_colleague(
        self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        opened(client, mieke)
        client.post(page_of(), sent(rooms.hall))
        page = Series.objects.get().get_absolute_url()
        keeper, other = Client(), Client()
        keeper.force_login(cast["gebouwbeheerder"])
        other.force_login(cast["gebiedswerker"])
        assert "Repetitie" in keeper.get(page).text
        seen = other.get(page)
        assert seen.status_code == 404 or "Repetitie" not in seen.text

    def test_sent_twice_is_one(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        opened(client, mieke)
        for _time in range(2):
            assert client.post(page_of(), sent(rooms.hall)).status_code == 302
        assert (Series.objects.count(), Booking.objects.count()) == (1, 4)
        assert Message.objects.filter(to=mieke.email).count() == 1

    def test_takes_each_date_as_it_was_chosen(self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client) -> None:
        booked(rooms.hall, at(DAYS[1], "19:00"), 4, by=cast["gebiedswerker"])
        chosen = {DAYS[0]: TAKE, DAYS[1]: WAIT, DAYS[2]: SKIP, DAYS[3]: key_of(rooms.bissegem, at(DAYS[3], "20:00"))}
        opened(client, mieke)
        client.post(page_of(), typed(rooms.hall, boek="1", **{f"d-{day}": said for day, said in chosen.items()}))
        found = {each.series_on: each for each in Booking.objects.filter(contact=mieke)}
        assert {day: (each.state, each.room) for day, each in found.items()} == {
            DAYS[0]: ("requested", rooms.hall), DAYS[1]: ("refused", rooms.hall),
            DAYS[3]: ("requested", rooms.bissegem),
        }  # fmt: skip
        assert found[DAYS[1]].wants_offer

    def test_is_never_of_a_room_of_the_police_on_any_date(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        opened(client, mieke)
        other = key_of(rooms.police, at(DAYS[3], "20:00"))
        page = client.post(page_of(), sent(rooms.hall) | {f"d-{DAYS[3]}": other})
        assert "Deze zaal kunt u hier niet vragen" in page.text
        assert not Booking.objects.exists()

    def test_with_the_key_of_a_colleague_is_refused(
        self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        theirs = Series.objects.create(
            id=KEYS[1], room=rooms.hall, title="Geheim", association=rooms.choir, created_by=cast["gebiedswerker"],
            persons=3, weekdays=[1], first_on=FIRST, times=4, start_time=dt.time(19, 30), end_time=dt.time(21, 30),
        )  # fmt: skip
        opened(client, mieke)
        page = client.post(page_of(), sent(rooms.hall))
        assert "Iemand anders gebruikte dit formulier al" in page.text
        assert not theirs.bookings.exists()

    def test_for_what_the_association_has_already_is_refused_with_the_day(
        self, mieke: Contact, rooms: Rooms, client: Client
    ) -> None:
        booked(rooms.hall, at(DAYS[2], "20:00"), association=rooms.choir, state="requested")
        opened(client, mieke)
        page = client.post(page_of(), sent(rooms.hall))
        said = date_format(DAYS[2], "l j F Y")
        assert f"Uw vereniging heeft of vroeg deze zaal al op dat moment: {said}" in page.text

    def test_waits_as_one_and_is_never_longer_than_sixty(self, mieke: Contact, rooms: Rooms, client: Client) -> None:
        opened(client, mieke)
        assert "meer dan 60 data" in client.post(page_of(), typed(rooms.hall, keren="61")).text
        for number in range(asking.MOST_OPEN - 1):
            booked(rooms.hall, at(FIRST) + dt.timedelta(days=100 + number), association=rooms.choir, state="requested")
        client.post(page_of(), sent(rooms.hall))
        assert Series.objects.count() == 1
        wish = asking_series.for_association(Series(
            room=rooms.bissegem, title="Nog een", persons=3, weekdays=[1], first_on=FIRST, times=2,
            start_time=dt.time(9), end_time=dt.time(10),
        ), mieke)  # fmt: skip
        with pytest.raises(Refused, match="Er wachten al veel aanvragen"):
            asking_series.ask(wish, {FIRST: TAKE}, mieke)

    def test_cancelled_as_a_whole_by_the_keeper_is_one_mail(
        self, mieke: Contact, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        opened(client, mieke)
        client.post(page_of(), sent(rooms.hall))
        Message.objects.all().delete()
        cancel_from(Series.objects.get(), None, by=cast["gebouwbeheerder"], kind=CancelledBy.KEEPER)
        (mail,) = Message.objects.filter(to=mieke.email)
        assert "4 data zijn geannuleerd." in mail.body
