"""Hours that pass midnight are one stretch, of the evening they begin on: released and given back with it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from reservations.booking import book
from reservations.models import AllocatedRange, Allocation, Booking, BookingState, RefusalReason, Room
from reservations.moments import nearest, on_clock
from reservations.placing import Taken
from reservations.seasons.days import book_all
from reservations.seasons.giving import give_back
from teams.access import access_of
from teams.models import User
from tests.cast import Cast
from tests.reservations.allocated import given
from tests.reservations.rooms import Rooms, ahead

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]

NIGHT: dict[str, Any] = {"start_time": dt.time(20), "end_time": dt.time(1)}


def after_midnight(room: Room, by: User, days: int = 20) -> Booking:
    starts = ahead(days, "00:15")
    return Booking(
        room=room, starts=starts, ends=starts + dt.timedelta(minutes=30), title="Nachtwandeling", persons=8,
        organisation=by.organisation,
    )  # fmt: skip


class TestANight:
    def test_keeps_others_out_after_midnight_too(self, rooms: Rooms, cast: Cast) -> None:
        given(rooms.bissegem, by=cast["gebouwbeheerder"], weekdays=[on_clock(ahead(19)).weekday()], **NIGHT)
        joke, asked = cast["verpleegkundige"], after_midnight(rooms.bissegem, cast["verpleegkundige"])
        with pytest.raises(Taken) as found:
            book(asked, by=joke)
        assert {one.reason for one in found.value.in_the_way[asked.pk]} == {RefusalReason.ALLOCATED}
        assert book(after_midnight(rooms.bissegem, cast["gebiedswerker"]), by=cast["gebiedswerker"]).occupies

    def test_is_free_again_the_night_after(self, rooms: Rooms, cast: Cast) -> None:
        given(rooms.bissegem, by=cast["gebouwbeheerder"], weekdays=[on_clock(ahead(20)).weekday()], **NIGHT)
        joke = cast["verpleegkundige"]
        assert book(after_midnight(rooms.bissegem, joke), by=joke).occupies

    def test_is_released_whole_with_the_evening_it_begins_on(self, rooms: Rooms, cast: Cast) -> None:
        given(rooms.bissegem, by=cast["gebouwbeheerder"], release_days=0, **NIGHT)
        for row in AllocatedRange.objects.all():
            assert row.released_at == nearest(on_clock(row.during.lower).date(), dt.time(0))
            assert on_clock(row.during.upper).time() == dt.time(2)  # an hour to clear up

    def test_lasts_as_long_as_the_clock_says(self, rooms: Rooms, cast: Cast) -> None:
        """From 20.00 to 3.30: an hour less to summer time, one more to winter time; the end is its last."""
        year = timezone.localdate().year + 1
        given(
            rooms.bissegem, by=cast["gebouwbeheerder"], first_on=dt.date(year, 3, 1), last_on=dt.date(year, 11, 20),
            weekdays=[5], start_time=dt.time(20), end_time=dt.time(3, 30),
        )  # fmt: skip
        lasts = {
            on_clock(row.during.lower).date(): (row.during.upper - row.during.lower).total_seconds() / 3600 - 1
            for row in AllocatedRange.objects.all()
        }
        assert sorted({*lasts.values()}) == [6.5, 7.5, 8.5]
        shortest, longest = min(lasts, key=lambda day: lasts[day]), max(lasts, key=lambda day: lasts[day])
        assert (shortest.month, longest.month) == (3, 10)

    def test_ends_where_the_clock_jumps_when_there_is_no_such_hour(self, rooms: Rooms, cast: Cast) -> None:
        given(
            rooms.bissegem, by=cast["gebouwbeheerder"], first_on=dt.date(2027, 3, 27), last_on=dt.date(2027, 3, 27),
            start_time=dt.time(20), end_time=dt.time(2, 30),
        )  # fmt: skip
        row = AllocatedRange.objects.get()
        assert row.during.upper == dt.datetime(2027, 3, 28, 2, tzinfo=dt.UTC)  # 3.00, and an hour to clear up

    def test_given_back_is_free_after_midnight_too(self, rooms: Rooms, cast: Cast) -> None:
        one = given(rooms.bissegem, by=cast["gebouwbeheerder"], **NIGHT)
        give_back(one, on_clock(ahead(19)).date(), by=cast["gebouwbeheerder"])
        joke = cast["verpleegkundige"]
        assert book(after_midnight(rooms.bissegem, joke), by=joke).occupies

    def test_is_of_now_until_it_is_over(self, rooms: Rooms, cast: Cast) -> None:
        one = given(rooms.bissegem, by=cast["gebouwbeheerder"], **NIGHT)
        by_day = given(rooms.meeting, by=cast["gebouwbeheerder"])
        Allocation.objects.update(first_on=ahead(-9).date(), last_on=timezone.localdate() - dt.timedelta(days=1))
        assert list(Allocation.objects.of_now()) == [one]
        assert by_day.pk

    def test_is_booked_whole_by_who_holds_it(self, rooms: Rooms, cast: Cast) -> None:
        els = cast["gebiedswerker"]
        one = given(
            rooms.bissegem, by=cast["gebouwbeheerder"], weekdays=[4], last_on=ahead(25).date(), **NIGHT
        )  # fmt: skip
        use = {"id": uuid7(), "title": "Fuif", "persons": 90, "is_shared": True}
        made = book_all(one, use, by=els, viewer=access_of(els)).placed
        assert {each.state for each in made} == {BookingState.CONFIRMED}
        assert {each.ends - each.starts for each in made} == {dt.timedelta(hours=5)}


class TestHoursThatCannotBe:
    @pytest.mark.parametrize(
        ("hours", "said"),
        [
            ((20, 20), "begint en eindigt op hetzelfde uur"),
            ((14, 13), "dan duurt het 23 uur"),
        ],
    )
    def test_are_refused_with_what_they_come_to(
        self, rooms: Rooms, cast: Cast, hours: tuple[int, int], said: str
    ) -> None:
        start, end = (dt.time(hour) for hour in hours)
        with pytest.raises(Refused, match=said):
            given(rooms.bissegem, by=cast["gebouwbeheerder"], start_time=start, end_time=end)
        assert not Allocation.objects.exists()

    def test_are_those_that_run_into_the_next_day(self, rooms: Rooms, cast: Cast) -> None:
        with pytest.raises(Refused, match="lopen deze uren in elkaar over") as found:
            given(rooms.bissegem, by=cast["gebouwbeheerder"], start_time=dt.time(0), end_time=dt.time(23, 30))
        assert "De 60 minuten om op te ruimen tellen mee" in str(found.value)
        assert given(rooms.meeting, by=cast["gebouwbeheerder"], start_time=dt.time(0), end_time=dt.time(23, 30))

    def test_are_refused_by_the_database_too(self, rooms: Rooms, cast: Cast) -> None:
        given(rooms.bissegem, by=cast["gebouwbeheerder"])
        with pytest.raises(IntegrityError, match="allocation_ends_at_another_hour"), transaction.atomic():
            Allocation.objects.update(end_time=dt.time(18))

    def test_keep_what_was_typed_on_the_page(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        today = timezone.localdate()
        sent = {
            "id": uuid7(), "room": rooms.bissegem.pk, "holder": f"vereniging:{rooms.choir.pk}", "weekdays": ["4"],
            "start_time": "20:00", "end_time": "20:00", "first_on": today, "release_days": "7",
            "last_on": today + dt.timedelta(days=60), "why": "Elke vrijdag.",
        }  # fmt: skip
        client, url = sign_in(cast["gebouwbeheerder"]), reverse("reservations:allocation-add", args=["oc-bissegem"])
        shown = client.post(url, sent)
        assert shown.status_code == 422
        assert "begint en eindigt op hetzelfde uur" in shown.content.decode()
        assert client.post(url, {**sent, "end_time": "01:00"}).status_code == 302
        page = client.get(Allocation.objects.get().get_absolute_url()).content.decode()
        assert "vrijdag van 20.00 tot 1.00 uur" in page
