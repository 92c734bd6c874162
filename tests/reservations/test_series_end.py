"""A series ends later, with more dates, or earlier, and then the rest is cancelled; it stays one series."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import A_DAY
from reservations.keepers import keepers_of
from reservations.models import Series
from reservations.serial import TAKE
from reservations.series_end import last_day, lengthen, more_dates, shorten
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked
from tests.reservations.test_series_book import written

pytestmark = pytest.mark.django_db
type SignIn = Callable[..., Client]
WEEK = dt.timedelta(weeks=1)


def days(series: Series) -> list[dt.date | None]:
    return list(series.bookings.order_by("series_on").values_list("series_on", flat=True))


class TestLater:
    def test_shows_every_conflict_and_books_what_is_ticked(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        els = cast["gebiedswerker"]
        series = written(rooms.bissegem, els, 2)
        end = last_day(series)
        booked(rooms.bissegem, ahead(3 + 21), by=cast["gebouwbeheerder"], title="Quiz")
        client, url = sign_in(els), reverse("reservations:series-end", args=[series.pk])
        until = (end + 3 * WEEK).isoformat()
        page = client.post(url, {"laatste": until}).content.decode()
        assert ("3 data erbij" in page, "Quiz" in page, page.count('type="checkbox" name="d-')) == (True, True, 2)
        assert len(days(series)) == 2
        ticked = {f"d-{(end + number * WEEK).isoformat()}": TAKE for number in (1, 3)}
        for _twice in range(2):
            assert client.post(url, {"laatste": until, "boek": "1", **ticked}).status_code in (302, 409)
        assert days(series) == [end - WEEK, end, end + WEEK, end + 3 * WEEK]
        series.refresh_from_db()
        assert (series.until, series.times) == (end + 3 * WEEK, None)

    def test_every_other_week_stays_the_same_week(self, rooms: Rooms, cast: Cast) -> None:
        els = cast["gebiedswerker"]
        series = written(rooms.bissegem, els, 2)
        Series.objects.filter(pk=series.pk).update(interval=2)
        series.refresh_from_db()
        end = last_day(series)
        assert [each.on for each in more_dates(series, end + 5 * WEEK, by=els)] == [end + 2 * WEEK, end + 4 * WEEK]

    def test_asks_the_keeper_where_one_says_yes_in_one_mail(self, rooms: Rooms, cast: Cast) -> None:
        els = cast["gebiedswerker"]
        series = written(rooms.hall, els, 2)
        Message.objects.all().delete()
        end = last_day(series)
        lengthen(series, end + 2 * WEEK, {end + WEEK: TAKE, end + 2 * WEEK: TAKE}, by=els)
        assert set(series.bookings.values_list("state", flat=True)) == {"requested"}
        assert Message.objects.count() == len(keepers_of(rooms.hall.building))

    def test_a_keeper_who_does_it_leaves_it_with_whose_it_is(self, rooms: Rooms, cast: Cast) -> None:
        els = cast["gebiedswerker"]
        series = written(rooms.bissegem, els, 2)
        end = last_day(series)
        lengthen(series, end + WEEK, {end + WEEK: TAKE}, by=cast["gebouwbeheerder"])
        assert set(series.bookings.values_list("created_by", flat=True)) == {els.pk}
        assert "Er kwam 1 datum bij." in Message.objects.get(to=els.email).body

    def test_gives_back_no_date_that_was_cancelled_but_says_where(
        self, rooms: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        els = cast["gebiedswerker"]
        series = written(rooms.bissegem, els, 3)
        end = last_day(series)
        shorten(series, end - A_DAY, by=els, kind="holder")  # type: ignore[arg-type]
        series.refresh_from_db()
        assert [each.on for each in more_dates(series, end + WEEK, by=els)] == [end + WEEK]
        url = reverse("reservations:series-end", args=[series.pk])
        page = sign_in(els).post(url, {"laatste": (end + WEEK).isoformat()}).content.decode()
        (gone,) = series.bookings.filter(state="cancelled")
        assert gone.get_absolute_url() in page
        with pytest.raises(Refused, match="Er komt geen datum bij"):
            more_dates(series, end, by=els)


class TestEarlier:
    def test_says_first_what_it_cancels_and_what_is_late(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        rooms.bissegem.notice_days = 11
        rooms.bissegem.save(update_fields=["notice_days"])
        with time_machine.travel(ahead(0, "12:00"), tick=False):
            els = cast["gebiedswerker"]
            series = written(rooms.bissegem, els, 3)
            first = days(series)[0]
            client, url = sign_in(els), reverse("reservations:series-end", args=[series.pk])
            sent = {"laatste": first.isoformat() if first else ""}
            page = client.post(url, sent).content.decode()
            assert ("2 data" in page, "1 daarvan is laattijdig" in page) == (True, True)
            assert series.bookings.live().count() == 3
            assert client.post(url, {**sent, "boek": "1"}).status_code == 302
        found = series.bookings.order_by("series_on").values_list("state", "cancelled_late")
        assert list(found) == [("confirmed", False), ("cancelled", True), ("cancelled", False)]
        series.refresh_from_db()
        assert series.until == first

    def test_waits_for_no_date_after_it(self, rooms: Rooms, cast: Cast) -> None:
        els = cast["gebiedswerker"]
        series = written(rooms.bissegem, els, 3)
        last = series.bookings.order_by("series_on").last()
        assert last
        last.occupancies.all().delete()
        series.bookings.filter(pk=last.pk).update(state="refused", refusal="occupied", wants_offer=True)
        shorten(series, last_day(series) - A_DAY, by=els, kind="holder")  # type: ignore[arg-type]
        assert not series.bookings.filter(wants_offer=True).exists()

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "straks"])
    def test_nonsense_changes_nothing(self, rooms: Rooms, cast: Cast, sign_in: SignIn, day: str) -> None:
        els = cast["gebiedswerker"]
        series = written(rooms.bissegem, els, 2)
        url = reverse("reservations:series-end", args=[series.pk])
        assert sign_in(els).post(url, {"laatste": day, "boek": "1"}).status_code in (409, 422)
        assert series.bookings.live().count() == 2
