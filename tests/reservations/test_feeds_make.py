"""The page where one makes a calendar for another program, and revokes it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.ids import uuid7
from reservations.models import Building, Feed, Room
from reservations.models.feeds import MOST_FEEDS
from teams.models import Team, User
from tests.cast import Cast
from tests.reservations.calendar_files import feed_of, read
from tests.reservations.rooms import Rooms

type SignIn = Callable[[User], Client]
PAGE = "/zalen/abonnementen/"


def make(client: Client, of: str, key: object = None) -> Any:
    return client.post(PAGE, {"id": str(key or uuid7()), "of": of})


class TestMaking:
    def test_shows_the_address_once(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        client, key = sign_in(cast["gebiedswerker"]), uuid7()
        address = make(client, f"room-{rooms.meeting.pk}", key).context["address"]
        assert Feed.objects.get(pk=key).room == rooms.meeting
        assert "BEGIN:VCALENDAR" in read("/zalen/" + address.partition("/zalen/")[2])
        token = address.rpartition("/")[2]
        assert token not in client.get(PAGE).text
        assert make(client, f"room-{rooms.meeting.pk}", key).status_code == 302
        assert Feed.objects.count() == 1

    @pytest.mark.parametrize("page", ["room", "building"])
    def test_begins_with_what_one_came_from(self, cast: Cast, sign_in: SignIn, rooms: Rooms, page: str) -> None:
        client = sign_in(cast["gebiedswerker"])
        found: Room | Building = rooms.meeting if page == "room" else rooms.meeting.building
        link = f"{reverse('reservations:feeds')}?van={page}-{found.pk}"
        assert link in client.get(found.get_absolute_url()).text
        assert f'value="{page}-{found.pk}" selected' in client.get(link).text

    def test_of_a_team_is_for_its_members(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        of = f"team-{Team.objects.get(code='sociale-dienst').pk}"
        assert make(sign_in(cast["verpleegkundige"]), of).status_code == 200
        assert make(sign_in(cast["gebiedswerker"]), of).status_code == 422
        assert Feed.objects.count() == 1

    def test_stops_at_many(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        els = cast["gebiedswerker"]
        Feed.objects.bulk_create(Feed(kind="person", owner=els, hashed=str(n)) for n in range(MOST_FEEDS))
        answer = make(sign_in(els), "person")
        assert answer.status_code == 422
        assert "Trek er eerst een in" in answer.text


class TestRevoking:
    def test_is_for_who_made_it(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        feed, address = feed_of(cast["gebiedswerker"])
        url = reverse("reservations:feed-revocation", args=[feed.pk])
        for other in ("coordinator", "beheerder", "verpleegkundige"):
            assert sign_in(cast[other]).post(url).status_code == 404
        read(address)
        client = sign_in(cast["gebiedswerker"])
        assert client.get(url).status_code == 405
        assert client.post(url).status_code == 302
        assert Client().get(address).status_code == 410
        assert "ingetrokken" in client.get(PAGE).text
