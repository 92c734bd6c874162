"""Bookings for the matrix: one that is shared and one that is not, a request, and a series."""

import datetime as dt
from typing import Any

from django.utils import timezone

from reservations.models import Booking, Feed, FeedKind, OpenRange, Room, Series
from teams.models import User
from tests.cast import Cast
from tests.reservations.rooms import booked

type Arguments = list[object]


def everything(people: Cast) -> dict[str, Arguments]:
    """In the first room of the city, and of the OCMW; Els made those of the city, Joke the one of the OCMW."""
    hall, ocmw = (Room.objects.filter(building__owner__code=code)[0] for code in ("stad", "ocmw"))
    els, joke = people["gebiedswerker"], people["verpleegkundige"]
    now = timezone.now()
    OpenRange.objects.filter(room__in=(hall, ocmw)).delete()
    OpenRange.objects.bulk_create(
        OpenRange(room=room, during=(now, now + dt.timedelta(days=90))) for room in (hall, ocmw)
    )
    cancelled = {"state": "cancelled", "cancelled_at": now, "cancelled_kind": "holder"}
    series = Series.objects.create(
        room=hall, title="Proef", organisation=els.organisation, persons=1, weekdays=[0], times=1, created_by=els,
        first_on=timezone.localdate() + dt.timedelta(days=60), start_time=dt.time(9), end_time=dt.time(10),
    )  # fmt: skip
    days = {"series_on": series.first_on, "series": series}
    made = {
        "shared booking": _made(hall, 30, by=els),
        "request": _made(hall, 31, by=els, state="requested"),
        "booking in treatment": _made(hall, 33, by=els, state="in_treatment"),
        "booking cancelled": _made(hall, 34, by=els, **cancelled),
        "booking not shared": _made(ocmw, 32, by=joke, is_shared=False),
    }
    _made(hall, 60, by=els, **days)
    return {**{name: [booking.reference] for name, booking in made.items()}, "series": [series.pk], **_feeds(els, hall)}


def _feeds(els: User, hall: Room) -> dict[str, Arguments]:
    standing, revoked = (Feed(kind=FeedKind.ROOM, room=hall, owner=els) for _which in range(2))
    tokens = [Feed.make(feed).rpartition("/")[2].removesuffix(".ics") for feed in (standing, revoked)]
    revoked.revoke(by=els)
    return {
        "calendar of Els": [standing.pk], "address of a calendar": [tokens[0]],
        "address of a revoked calendar": [tokens[1]],
    }  # fmt: skip


def _made(room: Room, ahead: int, **details: Any) -> Booking:
    starts = timezone.now() + dt.timedelta(days=ahead)
    return booked(room, starts, 1, **{"title": "Proef", "persons": 1, "is_shared": True, **details})
