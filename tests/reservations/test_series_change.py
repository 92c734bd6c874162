"""What happens to a series follows what may happen to one date of it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from psycopg import errors

from kortrijk_gebied.jobs.models import Message
from reservations import actions
from reservations.keepers import keepers_of
from reservations.locking import lock_rooms
from reservations.models import Room, Series
from reservations.moments import on_clock
from reservations.serial import use_of
from reservations.series_changes import DatesAskYes, change_from
from teams.models import User
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead
from tests.reservations.test_series_book import written

pytestmark = pytest.mark.django_db
type SignIn = Callable[..., Client]


def confirmed(room: Room, by: User, times: int = 3) -> Series:
    """The keeper said yes to each of its dates."""
    series = written(room, by, times)
    for each in series.bookings.filter(state="requested"):
        actions.confirm(each, by=None)
    Message.objects.all().delete()
    return series


def states(series: Series) -> list[str]:
    return list(series.bookings.order_by("series_on").values_list("state", flat=True))


def sent(series: Series, room: Room, **more: Any) -> dict[str, Any]:
    return {
        "zaal": room.pk, "van": "19:30", "tot": "22:00", "waarvoor": series.title,
        "voor": "eigen", "personen": series.persons, "gedeeld": "on", **more,
    }  # fmt: skip


class TestWhereTheKeeperSaysYes:
    def test_other_hours_are_not_had_without_it(self, rooms: Rooms, cast: Cast) -> None:
        els = cast["gebiedswerker"]
        series = confirmed(rooms.hall, els)
        with pytest.raises(DatesAskYes) as question:
            change_from(series, None, by=els, room=rooms.hall, start=dt.time(22), end=dt.time(5), use=use_of(series))
        assert question.value.number == 3
        assert {on_clock(each.starts).time() for each in series.bookings.all()} == {dt.time(19, 30)}
        assert not Message.objects.exists()

    def test_they_are_asked_for_anew_when_one_says_so_and_the_keepers_hear_it_once(
        self, rooms: Rooms, cast: Cast
    ) -> None:
        els = cast["gebiedswerker"]
        series = confirmed(rooms.hall, els)
        with time_machine.travel(ahead(0, "12:00"), tick=False):
            rooms.hall.notice_days = 5
            rooms.hall.save(update_fields=["notice_days"])
            done = change_from(
                series, None, by=els, room=rooms.hall, start=dt.time(20), end=dt.time(22), use=use_of(series), ask=True
            )
        assert states(series) == ["confirmed", "requested", "requested"]  # the first is too near
        assert (len(done.asked), len(done.stayed)) == (2, 1)
        assert Message.objects.count() == len(keepers_of(rooms.hall.building))

    def test_looks_at_the_dates_once_nobody_changes_them(
        self, rooms: Rooms, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The keeper says yes to one while somebody changes the series that was only asked."""
        els = cast["gebiedswerker"]
        series = written(rooms.hall, els, 2)

        def says_yes_first(*asked: Any, **more: Any) -> Any:
            monkeypatch.setattr("reservations.series_changes.lock_rooms", lock_rooms)
            actions.confirm(series.bookings.all()[0], by=None)
            return lock_rooms(*asked, **more)

        monkeypatch.setattr("reservations.series_changes.lock_rooms", says_yes_first)
        with pytest.raises(DatesAskYes):
            change_from(series, None, by=els, room=rooms.hall, start=dt.time(20), end=dt.time(22), use=use_of(series))

    def test_the_keeper_of_it_needs_none(self, rooms: Rooms, cast: Cast) -> None:
        series = confirmed(rooms.hall, cast["gebiedswerker"])
        change_from(
            series, None, by=cast["gebouwbeheerder"], room=rooms.hall, start=dt.time(20), end=dt.time(22),
            use=use_of(series),
        )  # fmt: skip
        assert states(series) == ["confirmed"] * 3

    def test_the_page_asks_and_keeps_what_was_typed(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        els = cast["gebiedswerker"]
        rooms.hall.notice_days = 0
        rooms.hall.save(update_fields=["notice_days"])
        series = confirmed(rooms.hall, els)
        url, client = reverse("reservations:series-change", args=[series.pk]), sign_in(els)
        typed = sent(series, rooms.hall, van="20:00", waarvoor="Zangfeest")
        answer = client.post(url, typed)
        page = answer.content.decode()
        assert (answer.status_code, "Zangfeest" in page, 'name="vraag"' in page) == (409, True, True)
        assert states(series) == ["confirmed"] * 3
        assert client.post(url, {**typed, "vraag": "1"}).status_code == 302
        assert states(series) == ["requested"] * 3

    def test_what_is_asked_in_another_house_is_told_there_once(self, rooms: Rooms, cast: Cast) -> None:
        els = cast["gebiedswerker"]
        series = written(rooms.hall, els, 3)
        Message.objects.all().delete()
        change_from(series, None, by=els, room=rooms.ocmw, start=dt.time(20), end=dt.time(22), use=use_of(series))
        told = set(Message.objects.filter(subject__startswith="Een aanvraag voor Centrum").values_list("to", flat=True))
        assert told == {user.email for user in keepers_of(rooms.ocmw.building)}
        assert Message.objects.filter(to=cast["gebouwbeheerder"].email).count() == 1  # it is gone there


class TestOneDateByHand:
    def test_keeps_its_own_words_and_number(self, rooms: Rooms, cast: Cast) -> None:
        els = cast["gebiedswerker"]
        series = written(rooms.bissegem, els, 3)
        one = series.bookings.order_by("series_on")[1]
        actions.change(one, by=els, title="Kerstfeest", persons=60)
        use = {**use_of(series), "title": "Koor", "persons": 25, "note": "Sleutel aan de bar."}
        done = change_from(series, None, by=els, room=rooms.bissegem, start=dt.time(19, 30), end=dt.time(22), use=use)
        found = series.bookings.order_by("series_on").values_list("title", "persons", "note")
        note = "Sleutel aan de bar."
        assert list(found) == [("Koor", 25, note), ("Kerstfeest", 60, note), ("Koor", 25, note)]
        assert done.by_hand == [one]


class TestNonsenseAndCrowds:
    @pytest.mark.parametrize("name", ["series-cancellation", "series-change"])
    def test_a_date_that_is_none_is_not_all_of_it(self, rooms: Rooms, cast: Cast, sign_in: SignIn, name: str) -> None:
        series = written(rooms.bissegem, cast["gebiedswerker"])
        url = reverse(f"reservations:{name}", args=[series.pk])
        data = sent(series, rooms.meeting, vanaf="2027-13-45")
        assert sign_in(cast["gebiedswerker"]).post(url, data).status_code == 400
        assert states(series) == ["confirmed"] * 4

    @pytest.mark.parametrize("name", ["series-cancellation", "series-change"])
    def test_who_meets_others_reads_so_and_keeps_what_was_typed(
        self, rooms: Rooms, cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        series = written(rooms.bissegem, cast["gebiedswerker"])

        def circle(*_rooms: object, **_more: object) -> None:
            raise OperationalError from errors.DeadlockDetected()

        monkeypatch.setattr("reservations.series_changes.lock_rooms", circle)
        url = reverse(f"reservations:{name}", args=[series.pk])
        answer = sign_in(cast["gebiedswerker"]).post(
            url, sent(series, rooms.bissegem, waarvoor="Zangfeest"), follow=name == "series-cancellation"
        )
        page = answer.content.decode()
        assert "Probeer het over een minuut opnieuw" in page
        assert "Zangfeest" in page or name == "series-cancellation"
        assert states(series) == ["confirmed"] * 4
