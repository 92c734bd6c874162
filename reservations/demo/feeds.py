"""Two calendars that an area worker of the demo city keeps in another program, and one that was revoked."""

import datetime as dt

from django.utils import timezone

from reservations.models import Building, Feed, FeedKind
from teams.models import Function, User

HOUSE = "oc-marke"


def is_loaded() -> bool:
    return Feed.objects.exists()


def load() -> int:
    """Nobody has their addresses: they show on the page what a calendar in use looks like."""
    owner = User.objects.filter(memberships__function=Function.AREA_WORKER).order_by("pk").first()
    house = Building.objects.filter(code=HOUSE).first()
    if owner is None or house is None:
        return 0
    now = timezone.now()
    feeds = [
        Feed(kind=FeedKind.PERSON, owner=owner, created_at=now - dt.timedelta(days=90), last_read_at=now),
        Feed(kind=FeedKind.BUILDING, building=house, owner=owner, created_at=now - dt.timedelta(days=30)),
        Feed(kind=FeedKind.ROOM, room=house.rooms.first(), owner=owner, created_at=now - dt.timedelta(days=200)),
    ]
    for feed in feeds:
        Feed.make(feed)
    feeds[-1].revoke(by=owner)
    return len(feeds)
