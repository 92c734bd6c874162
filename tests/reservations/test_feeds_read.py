"""A calendar that somebody subscribed to: what it says is what its owner may read at that moment."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reservations import actions
from reservations.closing import close
from reservations.models import Booking, CancelledBy, Closure, Feed
from teams.models import Membership, Team
from tests.cast import Cast
from tests.reservations.calendar_files import events, feed_of, read
from tests.reservations.rooms import Rooms, ahead, booked

SECRET = ("kwibbeltitel", "kwibbelnota", "4711", "kwibbelteam")
HOLDS = [("verpleegkundige", "sociale-dienst"), ("wijkinspecteur", "wijkwerking-noord")]


def secret(cast: Cast, rooms: Rooms, who: str, team: str, days: int = 3, **details: Any) -> Booking:
    Team.objects.filter(code=team).update(name="kwibbelteam")
    return booked(
        rooms.half_a, ahead(days), by=cast[who], title="kwibbeltitel", note="kwibbelnota", persons=4711,
        team=Team.objects.get(code=team), **details,
    )  # fmt: skip


class TestFeed:
    def test_says_what_when_where_and_how_it_stands(self, cast: Cast, rooms: Rooms) -> None:
        els = cast["gebiedswerker"]
        title = "Feest; met taart, en Zoë\nvan hiernaast " + "lang " * 14
        one = booked(rooms.meeting, ahead(3), by=els, title=title.strip(), note="Sleutel onder de mat")
        booked(rooms.meeting, ahead(4), by=els, state="held", hold_until=timezone.now() + dt.timedelta(hours=5))
        text = read(feed_of(els)[1])
        first, held = events(text)
        assert first.summary.value == title.strip()
        assert (first.dtstart.value, first.dtend.value) == (one.starts, one.ends)
        assert first.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/Brussels"]
        assert first.uid.value.startswith(f"{one.pk}@")
        assert rooms.meeting.name in first.location.value
        assert first.url.value.endswith(one.get_absolute_url())
        assert [first.status.value, held.status.value] == ["CONFIRMED", "TENTATIVE"]
        assert "Sleutel" not in text
        assert max(len(line.encode()) for line in text.split("\r\n")) <= 75

    def test_counts_a_change_and_says_that_it_was_cancelled(self, cast: Cast, rooms: Rooms) -> None:
        els = cast["gebiedswerker"]
        one, (_feed, address) = booked(rooms.meeting, ahead(20), by=els), feed_of(els)
        before = events(read(address))[0]
        actions.cancel(one, by=els, kind=CancelledBy.HOLDER)
        [after] = events(read(address))
        assert after.uid.value == before.uid.value
        assert int(after.sequence.value) == int(before.sequence.value) + 1
        assert after.status.value == "CANCELLED"

    def test_goes_ninety_days_back_and_four_hundred_ahead(self, cast: Cast, rooms: Rooms) -> None:
        for days in (-95, -85, 395, 405):
            booked(rooms.meeting, ahead(days), by=cast["gebiedswerker"], title=str(days))
        assert [each.summary.value for each in events(read(feed_of(cast["gebiedswerker"])[1]))] == ["-85", "395"]

    def test_of_a_hall_has_what_takes_a_half_of_it_and_what_shuts_it(self, cast: Cast, rooms: Rooms) -> None:
        booked(rooms.half_b, ahead(3), title="In de helft")
        shut = Closure(building=rooms.hall.building, starts=ahead(5), ends=ahead(6), reason="Lek")
        close(shut, spaces=rooms.half_a.spaces.all(), choices={}, by=cast["gebouwbeheerder"])
        text = read(feed_of(cast["vereniging"], room=rooms.hall)[1])
        assert [each.summary.value for each in events(text)] == ["In de helft", "Gesloten: Lek"]
        assert events(read(feed_of(cast["vereniging"], room=rooms.meeting)[1])) == []
        assert len(events(read(feed_of(cast["vereniging"], building=rooms.hall.building)[1]))) == 2

    def test_asks_as_many_questions_for_many_as_for_few(self, cast: Cast, rooms: Rooms) -> None:
        address = feed_of(cast["gebiedswerker"], building=rooms.meeting.building)[1]
        asked = []
        for days in (3, 9):
            for later in range(days, days + 5):
                booked(rooms.meeting, ahead(later), by=cast["gebiedswerker"])
            with CaptureQueriesContext(connection) as questions:
                read(address)
            asked.append(len(questions))
        assert asked[0] == asked[1] <= 14

    def test_needs_no_session(self, cast: Cast, rooms: Rooms) -> None:
        with CaptureQueriesContext(connection) as questions:
            answer = Client().get(feed_of(cast["gebiedswerker"])[1])
        assert not answer.cookies
        assert not [each for each in questions if "django_session" in each["sql"]]
        assert answer["Cache-Control"].startswith("private")


class TestSecrets:
    @pytest.mark.parametrize(("who", "team"), HOLDS)
    @pytest.mark.parametrize("reader", ["coordinator", "gebouwbeheerder", "vereniging", "beheerder", "dpo"])
    def test_show_as_taken_and_no_more(self, cast: Cast, rooms: Rooms, who: str, team: str, reader: str) -> None:
        one = secret(cast, rooms, who, team)
        secret(cast, rooms, who, team, days=4, state=Booking.State.REQUESTED)
        for target in ({"room": rooms.hall}, {"building": rooms.hall.building}):
            text = read(feed_of(cast[reader], **target)[1])
            [event] = events(text)
            assert (event.summary.value, event.dtstart.value) == ("Bezet", one.starts)
            assert getattr(event, "class").value == "PRIVATE"
            unfolded = text.replace("\r\n ", "")
            told = [mark for mark in (*SECRET, one.reference, str(one.pk)) if mark in unfolded]
            assert not told
            assert not {"sequence", "url", "description", "created", "last_modified"} & set(event.contents)

    @pytest.mark.parametrize(("who", "team"), HOLDS)
    def test_are_read_by_who_holds_them(self, cast: Cast, rooms: Rooms, who: str, team: str) -> None:
        """The control, in the room and in the calendar of the team."""
        secret(cast, rooms, who, team)
        assert Membership.objects.filter(user=cast[who], team__code=team).exists()
        for target in ({"room": rooms.hall}, {"team": Team.objects.get(code=team)}, {}):
            [event] = events(read(feed_of(cast[who], **target)[1]))
            assert event.summary.value == "kwibbeltitel"
            assert "kwibbelteam" in event.description.value

    def test_are_closed_again_for_who_left_the_organisation(self, cast: Cast, rooms: Rooms) -> None:
        secret(cast, rooms, "verpleegkundige", "sociale-dienst")
        address = feed_of(cast["verpleegkundige"], room=rooms.hall)[1]
        assert "kwibbeltitel" in read(address)
        joke = cast["verpleegkundige"]
        Membership.objects.filter(user=joke).update(ends=timezone.localdate() - dt.timedelta(days=1))
        type(joke).objects.filter(pk=joke.pk).update(organisation=cast["gebiedswerker"].organisation)
        assert "kwibbeltitel" not in read(address)


class TestAddress:
    def test_is_nowhere_in_the_database(self, cast: Cast, rooms: Rooms) -> None:
        feed, address = feed_of(cast["gebiedswerker"])
        token = address.rpartition("/")[2].removesuffix(".ics")
        kept = Feed.objects.filter(pk=feed.pk).values().get()
        assert token not in str(kept)

    def test_that_nobody_made_opens_nothing(self, cast: Cast, rooms: Rooms) -> None:
        answer = Client().get(f"/zalen/kalender/{'x' * 43}.ics")
        assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain; charset=utf-8")

    def test_that_was_revoked_says_so(self, cast: Cast, rooms: Rooms) -> None:
        feed, address = feed_of(cast["gebiedswerker"])
        read(address)
        feed.revoke(by=cast["gebiedswerker"])
        answer = Client().get(address)
        assert answer.status_code == 410
        assert "ingetrokken" in answer.text

    def test_of_a_stopped_account_is_gone(self, cast: Cast, rooms: Rooms) -> None:
        els, address = cast["gebiedswerker"], feed_of(cast["gebiedswerker"])[1]
        type(els).objects.filter(pk=els.pk).update(is_active=False)
        assert Client().get(address).status_code == 410

    def test_of_a_team_is_gone_for_who_left_it(self, cast: Cast, rooms: Rooms) -> None:
        joke = cast["verpleegkundige"]
        address = feed_of(joke, team=Team.objects.get(code="sociale-dienst"))[1]
        read(address)
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        Membership.objects.filter(user=joke, team__code="sociale-dienst").update(ends=yesterday)
        assert Client().get(address).status_code == 410

    def test_answers_not_modified_until_something_changes(self, cast: Cast, rooms: Rooms) -> None:
        els = cast["gebiedswerker"]
        one, address = booked(rooms.meeting, ahead(20), by=els), feed_of(els)[1]
        first = Client().get(address)
        known = {"If-None-Match": first["ETag"]}
        assert Client().get(address, headers=known).status_code == 304
        assert Client().get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
        actions.change(one, by=els, title="Iets anders")
        assert Client().get(address, headers=known).status_code == 200

    def test_is_not_asked_without_end(self, cast: Cast, rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
        from reservations.views import feeds

        assert feeds.RATE == "600/m/ip"
        monkeypatch.setattr("kortrijk_gebied.throttle.within", lambda *_args, **_more: False)
        assert Client().get(feed_of(cast["gebiedswerker"])[1]).status_code == 429
