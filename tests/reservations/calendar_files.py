"""Calendar files, read back by another library than wrote them."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import vobject
from django.test import Client

from reservations.models import Booking, Feed, FeedKind, Room, SchoolHoliday, Series
from reservations.moments import nearest_stretch
from reservations.recurrence import dates_of
from teams.models import User
from tests.reservations.rooms import booked

BRUSSELS = ZoneInfo("Europe/Brussels")
FIRST = dt.date(2027, 3, 16)  # a Tuesday, two weeks before the clock goes forward


def feed_of(owner: User, **target: Any) -> tuple[Feed, str]:
    """And its address, without the host."""
    kind = next((FeedKind(name) for name in target), FeedKind.PERSON)
    feed = Feed(kind=kind, owner=owner, **target)
    return feed, "/zalen/" + Feed.make(feed).partition("/zalen/")[2]


def read(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def events(text: str) -> list[Any]:
    return list(getattr(vobject.readOne(text), "vevent_list", []))


def moment(value: dt.datetime) -> dt.datetime:
    return value.astimezone(dt.UTC)


def instants(text: str) -> dict[dt.datetime, Any]:
    """Every moment at which something begins, with the event that says so, as a calendar program works it out."""
    found: dict[dt.datetime, Any] = {}
    apart = {}
    for event in events(text):
        if hasattr(event, "recurrence_id"):
            apart[event.uid.value, moment(event.recurrence_id.value)] = event
    for event in events(text):
        if hasattr(event, "recurrence_id") or event.getrruleset(True) is None:
            found[moment(event.dtstart.value)] = event
        else:
            # In vobject a set of rules is on the clock, without its zone.
            for naive in event.getrruleset(True):
                begins = moment(naive.replace(tzinfo=BRUSSELS))
                if (event.uid.value, begins) not in apart:
                    found[begins] = event
    return found


def weekly(room: Room, by: User, **rule: Any) -> tuple[Series, list[Booking]]:
    rule = {"weekdays": [1], "times": 5, "start_time": dt.time(19, 30), "end_time": dt.time(21, 30), **rule}
    series = Series.objects.create(
        room=room, title="Repetitie", organisation=by.organisation, persons=10, first_on=FIRST, created_by=by, **rule
    )
    dates = []
    for day in dates_of(series, SchoolHoliday.objects.all()):
        stretch = nearest_stretch(day, series.start_time, series.end_time)
        assert stretch
        dates.append(booked(room, stretch[0], by=by, ends=stretch[1], series=series, series_on=day))
    return series, dates
