"""A series: all dates in one answer, booked in one act, changed and cancelled from a date on."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.models import Job, Message
from kortrijk_gebied.jobs.registry import perform
from kortrijk_gebied.workdays import A_DAY
from reservations import actions
from reservations.models import Booking, BookingState, Room, Series
from reservations.moments import on_clock
from reservations.serial import TAKE, WAIT, book_series, key_of_date, preview, use_of
from reservations.series_changes import cancel_from, change_from
from teams.models import Organisation, User
from tests.cast import Cast
from tests.reservations.booking_pages import address, typed
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = pytest.mark.django_db
type SignIn = Callable[..., Client]


def weekly(room: Room, times: int = 4, **details: Any) -> Series:
    first = ahead(3).date()
    return Series(
        room=room, first_on=first, start_time=dt.time(19, 30), end_time=dt.time(22), weekdays=[first.weekday()],
        times=times, skips_public_holidays=False, title="Zangavond", persons=20,
        organisation=Organisation.objects.get(code="stad"), **details,
    )  # fmt: skip


def written(room: Room, by: User, times: int = 4) -> Series:
    series = weekly(room, times)
    book_series(series, {each.on: each.proposed for each in preview(series, by=by)}, by=by)
    return series


def days(series: Series) -> list[dt.date]:
    return [each.on for each in preview(series, by=User.objects.get(email__startswith="gebiedswerker@"))]


class TestPreview:
    def test_has_every_conflict_with_a_room_and_an_hour_instead(self, rooms: Rooms, cast: Cast) -> None:
        booked(rooms.bissegem, ahead(10), by=cast["gebouwbeheerder"], title="Quiz")
        found = preview(weekly(rooms.bissegem), by=cast["gebiedswerker"])
        assert [each.is_free for each in found] == [True, False, True, True]
        assert "Quiz" in found[1].why[0].text
        # 20 people: the meeting room of Marke is the first that suits
        assert found[1].options[0].room in {rooms.meeting, rooms.half_a, rooms.half_b, rooms.hall, rooms.ocmw}
        assert found[1].proposed == found[1].options[0].key

    def test_sends_a_group_to_one_place_rather_than_to_many(self, rooms: Rooms, cast: Cast) -> None:
        for day in (3, 10, 17):
            booked(rooms.bissegem, ahead(day))
        booked(rooms.meeting, ahead(10))
        series = weekly(rooms.bissegem, 3)
        proposed = {each.options[0].room for each in preview(series, by=cast["gebiedswerker"])}
        assert len(proposed) == 1
        assert rooms.meeting not in proposed

    def test_takes_as_many_questions_for_52_weeks_as_for_one(
        self, rooms: Rooms, cast: Cast, django_assert_max_num_queries: Any
    ) -> None:
        for week in range(0, 52, 2):
            booked(rooms.bissegem, ahead(3 + 7 * week), by=cast["gebouwbeheerder"])
        preview(weekly(rooms.bissegem, 1), by=cast["gebiedswerker"])
        with django_assert_max_num_queries(14):
            assert len(preview(weekly(rooms.bissegem, 52), by=cast["gebiedswerker"])) == 52

    @time_machine.travel(dt.datetime(2026, 10, 10, 12, tzinfo=dt.UTC))
    def test_keeps_the_hour_on_the_wall_when_the_clock_changes(self, rooms: Rooms, cast: Cast) -> None:
        series = weekly(rooms.bissegem)
        found = preview(series, by=cast["gebiedswerker"])
        assert {on_clock(each.booking.starts).time() for each in found} == {dt.time(19, 30)}
        assert {each.booking.starts.hour for each in found} == {17, 18}

    @time_machine.travel(dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC))
    def test_says_that_an_hour_does_not_exist(self, rooms: Rooms, cast: Cast) -> None:
        series = weekly(rooms.bissegem, 3)
        series.first_on, series.weekdays = dt.date(2026, 3, 22), [6]
        series.start_time, series.end_time = dt.time(2, 30), dt.time(5)
        found = preview(series, by=cast["gebiedswerker"])
        assert [(each.on.day, each.exists) for each in found] == [(22, True), (29, False), (5, True)]
        done = book_series(series, {each.on: WAIT for each in found}, by=cast["gebiedswerker"])
        assert [each.refusal for each in done.refused] == ["no_such_time"]


class TestBooking:
    def test_books_what_is_free_and_what_was_chosen_and_keeps_the_rest(self, rooms: Rooms, cast: Cast) -> None:
        els, series = cast["gebiedswerker"], weekly(rooms.bissegem)
        there = booked(rooms.bissegem, ahead(10))
        booked(rooms.bissegem, ahead(17))
        found = preview(series, by=els)
        choices = {each.on: each.proposed for each in found} | {found[2].on: WAIT}
        done = book_series(series, choices, by=els)
        assert (len(done.placed), [each.series_on for each in done.refused]) == (3, [found[2].on])
        moved = Booking.objects.get(pk=key_of_date(series, found[1].on))
        assert (moved.room, moved.series_on) == (found[1].options[0].room, found[1].on)
        assert there.room != moved.room
        assert done.refused[0].wants_offer

    def test_offers_a_kept_one_when_it_comes_free(self, rooms: Rooms, cast: Cast) -> None:
        els, series = cast["gebiedswerker"], weekly(rooms.bissegem, 2)
        there = booked(rooms.bissegem, ahead(10), by=cast["gebouwbeheerder"])
        found = preview(series, by=els)
        book_series(series, {found[0].on: TAKE, found[1].on: WAIT}, by=els)
        actions.cancel(there, by=cast["gebouwbeheerder"])
        perform(Job.objects.claim(Job.objects.get(kind="offer-freed-rooms").pk))  # type: ignore[arg-type]
        kept = Booking.objects.get(series=series, series_on=found[1].on)
        assert kept.state == BookingState.HELD
        assert Message.objects.get(to=els.email).subject == f"Reservatie {kept.reference}: de zaal kwam vrij"

    def test_writes_nothing_twice(self, rooms: Rooms, cast: Cast) -> None:
        series = written(rooms.bissegem, cast["gebiedswerker"])
        again = weekly(rooms.bissegem, id=series.pk)
        book_series(again, dict.fromkeys(days(again), TAKE), by=cast["gebiedswerker"])
        assert (Series.objects.count(), Booking.objects.count()) == (1, 4)

    def test_leaves_out_what_is_not_chosen(self, rooms: Rooms, cast: Cast) -> None:
        series = weekly(rooms.bissegem)
        book_series(series, {days(series)[1]: TAKE}, by=cast["gebiedswerker"])
        assert Booking.objects.count() == 1

    def test_goes_from_the_form_over_the_dates_to_the_series(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        client, key = sign_in(cast["gebiedswerker"]), uuid7()
        booked(rooms.bissegem, ahead(10), by=cast["verpleegkundige"], title="Zebra", is_shared=False)
        sent = typed(rooms.bissegem, ahead(3), herhaal="weekly", keren="3")
        page = client.post(address(key), sent).content.decode()
        assert "1 kan niet zoals je vroeg" in page
        assert "Zebra" not in page
        assert page.count('type="checkbox" name="d-') == 2
        assert not Booking.objects.filter(series__isnull=False).exists()
        dates = {f"d-{ahead(3 + 7 * n).date().isoformat()}": "take" for n in range(3)}
        response = client.post(address(key), {**sent, "boek": "1", **dates})
        series = Series.objects.get(pk=key)
        assert response["Location"] == series.get_absolute_url()
        assert series.bookings.filter(state="confirmed").count() == 2
        shown = client.get(response["Location"]).content.decode()
        assert "de zaal was al bezet" in shown
        assert sign_in(cast["agent"]).get(response["Location"]).status_code == 200  # shared
        assert client.post(address(key), sent)["Location"] == series.get_absolute_url()

    def test_says_of_a_hall_that_is_asked_for_that_it_is_asked_for(
        self, rooms: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        client, key = sign_in(cast["gebiedswerker"]), uuid7()
        sent = typed(rooms.hall, ahead(3), herhaal="weekly", keren="3")
        assert "Vraag aan wat aangevinkt is" in client.post(address(key), sent).content.decode()
        dates = {f"d-{ahead(3 + 7 * n).date().isoformat()}": "take" for n in range(3)}
        page = client.post(address(key), {**sent, "boek": "1", **dates}, follow=True).content.decode()
        assert "3 data zijn gevraagd: de zaalbeheerder zegt eerst ja." in page
        assert "staan erin" not in page

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"herhaal": "weekly"}, "Een reeks heeft een einde"),
            ({"herhaal": "weekly", "keren": "999"}, "400"),
            ({"herhaal": "weekly", "keren": "3", "totdag": "2027-12-12"}, ""),
        ],
    )
    def test_refuses_a_series_that_is_not_whole(
        self, rooms: Rooms, cast: Cast, sign_in: SignIn, more: dict[str, Any], said: str
    ) -> None:
        response = sign_in(cast["gebiedswerker"]).post(address(), typed(rooms.bissegem, ahead(3), **more))
        assert response.status_code == 422
        assert said in response.content.decode()


class TestChanging:
    def test_from_a_date_on_cuts_the_series_in_two(self, rooms: Rooms, cast: Cast) -> None:
        nele = cast["gebouwbeheerder"]
        series = written(rooms.bissegem, nele)
        third = Booking.objects.filter(series=series).order_by("series_on")[2].series_on
        done = change_from(
            series, third, by=nele, room=rooms.hall, start=dt.time(20), end=dt.time(22), use=use_of(series)
        )
        series.refresh_from_db()
        assert (series.until, series.times) == (third - dt.timedelta(days=1), None)  # type: ignore[operator]
        assert [(each.room, on_clock(each.starts).time()) for each in done.series.bookings.order_by("starts")] == [
            (rooms.hall, dt.time(20))
        ] * 2
        assert series.bookings.count() == 2

    def test_leaves_a_date_for_which_there_is_no_room(self, rooms: Rooms, cast: Cast) -> None:
        nele = cast["gebouwbeheerder"]
        series = written(rooms.bissegem, nele)
        booked(rooms.hall, ahead(10), title="Quiz")
        done = change_from(
            series, None, by=nele, room=rooms.hall, start=dt.time(19, 30), end=dt.time(22), use=use_of(series)
        )
        assert (done.series, len(done.done), [each.room for each in done.stayed]) == (series, 3, [rooms.bissegem])

    def test_keeps_the_day_of_one_that_was_moved_by_hand(self, rooms: Rooms, cast: Cast) -> None:
        nele = cast["gebouwbeheerder"]
        series = written(rooms.bissegem, nele)
        one = series.bookings.order_by("series_on")[0]
        actions.move(
            one, by=nele, room=rooms.bissegem, starts=one.starts + A_DAY, ends=one.ends + A_DAY
        )  # fmt: skip
        change_from(series, None, by=nele, room=rooms.hall, start=dt.time(19, 30), end=dt.time(22), use=use_of(series))
        one.refresh_from_db()
        assert on_clock(one.starts).date() == one.series_on


class TestCancelling:
    def test_from_a_date_on_is_told_in_one_mail(self, rooms: Rooms, cast: Cast) -> None:
        els = cast["gebiedswerker"]
        series = written(rooms.bissegem, els)
        second = series.bookings.order_by("series_on")[1].series_on
        assert cancel_from(series, second, by=cast["gebouwbeheerder"], kind="keeper", answer="Werken.") == 3  # type: ignore[arg-type]
        assert sorted(series.bookings.values_list("state", flat=True)) == ["cancelled"] * 3 + ["confirmed"]
        assert Message.objects.get().to == els.email

    def test_is_not_for_who_only_reads_it(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        series = written(rooms.bissegem, cast["gebiedswerker"])
        for name in ("series-cancellation", "series-change"):
            url = reverse(f"reservations:{name}", args=[series.pk])
            assert sign_in(cast["wijkinspecteur"]).post(url).status_code == 403
        url = reverse("reservations:series-cancellation", args=[series.pk])
        assert sign_in(cast["gebiedswerker"]).post(url).status_code == 302
        assert not series.bookings.live().exists()

    def test_of_what_is_not_shared_is_not_there_for_others(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        series = written(rooms.bissegem, cast["gebiedswerker"])
        series.bookings.update(is_shared=False)
        Series.objects.filter(pk=series.pk).update(is_shared=False)
        url = reverse("reservations:series", args=[series.pk])
        assert sign_in(cast["wijkinspecteur"]).get(url).status_code == 404
        assert sign_in(cast["projectmedewerker"]).get(url).status_code == 200
