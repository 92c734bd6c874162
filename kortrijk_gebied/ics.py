"""What a calendar program reads (RFC 5545): the file around its events, on the clock of Brussels."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, Timezone

from kortrijk_gebied.workdays import BRUSSELS

# Directive 2000/84/EC. The library can make a zone from Python's, but puts the change of March an hour late.
ZONE = b"""BEGIN:VTIMEZONE\r
TZID:Europe/Brussels\r
BEGIN:DAYLIGHT\r
TZNAME:CEST\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
DTSTART:19960331T020000\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
END:DAYLIGHT\r
BEGIN:STANDARD\r
TZNAME:CET\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
DTSTART:19961027T030000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
END:STANDARD\r
END:VTIMEZONE\r
"""


def calendar(events: Iterable[Event], *, name: str = "", method: str = "") -> bytes:
    found = Calendar()
    found.add("prodid", f"-//{_host()}//Gebied Kortrijk//NL")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    if method:
        found.add("method", method)
    if name:
        found.add("name", name)  # RFC 7986, and what Outlook and Google have called it since before that
        found.add("x-wr-calname", name)
        found.add("x-wr-timezone", "Europe/Brussels")
        found.add("refresh-interval", dt.timedelta(hours=1), {"value": "DURATION"})
    found.add_component(_zone())
    for event in events:
        found.add_component(event)
    return bytes(found.to_ical())


def uid(key: object) -> str:
    return f"{key}@{_host()}"


def when(event: Event, starts: dt.datetime, ends: dt.datetime) -> None:
    event.add("dtstart", _written(starts))
    event.add("dtend", _written(ends))


def _written(moment: dt.datetime) -> dt.datetime:
    """On the clock of Brussels; of the hour that comes twice a calendar takes the first, so the second is in UTC."""
    here = moment.astimezone(BRUSSELS)
    return moment.astimezone(dt.UTC) if here.fold else here


@cache
def _zone() -> Timezone:
    found = Timezone.from_ical(ZONE)
    if not isinstance(found, Timezone):
        raise TypeError("That is no time zone.")
    return found


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
