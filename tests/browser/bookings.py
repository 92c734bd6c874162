"""Bookings for the pages of a browser: with a long word in each, and of each state that asks something."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from reservations.models import Feed, OpenRange, Room, Series
from teams.models import User
from tests.reservations.rooms import booked

LONG = "Vergaderzaalinrichtingsaanvraagbespreking-Kasteelbrakelsesteenwegverlengde"
A_WEEK = dt.timedelta(weeks=1)


@transaction.atomic
def bookings(people: dict[str, User]) -> dict[str, str]:
    """A booking, two requests for one moment, a hold, what was refused, and two series of two: one is only asked."""
    hall = Room.objects.filter(building__owner__code="stad", needs_approval=True).order_by("pk")[0]
    els = people["gebiedswerker"]
    _open(list(Room.objects.filter(building__owner__code="stad").exclude(building=hall.building)[:4]))
    starts = (timezone.now() + dt.timedelta(days=400)).replace(minute=0, second=0, microsecond=0)
    first = timezone.localdate(starts) + 4 * A_WEEK
    words: dict[str, Any] = {"title": LONG, "note": LONG, "persons": 1, "by": els}
    one = booked(hall, starts, **words)
    for state in ("requested", "requested", "refused"):
        booked(hall, starts + A_WEEK, state=state, refusal="occupied" if state == "refused" else "", **words)
    booked(hall, starts + 2 * A_WEEK, state="held", hold_until=timezone.now() + dt.timedelta(hours=20), **words)
    made: dict[str, Series] = {}
    for state in ("requested", "confirmed"):
        made[state] = series = Series.objects.create(
            room=hall, title=LONG, organisation=els.organisation, persons=1, weekdays=[first.weekday()], times=2,
            created_by=els, first_on=first, start_time=dt.time(9), end_time=dt.time(11),
        )  # fmt: skip
        for number in range(2):
            on = first + number * A_WEEK
            booked(hall, starts + (4 + number) * A_WEEK, series=series, series_on=on, state=state, **words)
    for target in ({"room": hall}, {"building": hall.building}):
        feed = Feed(kind=next(iter(target)), owner=els, last_read_at=timezone.now(), **target)
        Feed.make(feed)
    feed.revoke(by=els)
    return {
        "booking": reverse("reservations:booking", args=[one.reference]),
        "series": reverse("reservations:series", args=[made["confirmed"].pk]),
    }


def _open(rooms: list[Room]) -> None:
    """Day and night, for who books there."""
    OpenRange.objects.filter(room__in=rooms).delete()
    during = (timezone.now(), timezone.now() + dt.timedelta(days=700))
    OpenRange.objects.bulk_create(OpenRange(room=room, during=during) for room in rooms)
