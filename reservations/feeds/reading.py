"""What a feed says: decided anew each time, by what its owner may read today. In as many queries for two events as for
two thousand."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event

from kortrijk_gebied.workdays import A_DAY
from reservations.feeds import ics, repeated
from reservations.models import Booking, BookingState, Closure, Feed, FeedKind, Room, SchoolHoliday
from reservations.models.bookings import BookingQuerySet
from reservations.models.states import LIVE, OCCUPYING
from reservations.moments import whole_day
from reservations.sight import held_by
from teams.access import Access, access_of

BACK, AHEAD = dt.timedelta(days=90), dt.timedelta(days=400)
# What was refused or ran out goes away; of what was cancelled a calendar says so.
SHOWN = LIVE | {BookingState.NO_SHOW, BookingState.CANCELLED}


def why_closed(feed: Feed) -> str:
    """A sentence when its address opens nothing any more."""
    if feed.revoked_at is not None:
        return _("This calendar was revoked. Make a new one under Calendars in your own program.")
    if not feed.owner.is_active:
        return _("The account that made this calendar was stopped.")
    if feed.team_id is not None and feed.team_id not in access_of(feed.owner).team_ids:
        return _("Who made this calendar is not in that team any more. Ask a colleague of the team for one.")
    return ""


def written(feed: Feed) -> bytes:
    """The file of a feed that is open."""
    today = timezone.localdate()
    since, until = whole_day(today - BACK)[0], whole_day(today + AHEAD + A_DAY)[0]
    access = access_of(feed.owner)
    bookings = _bookings(feed, access, since, until)
    theirs = [each for each in bookings if each.is_readable]  # type: ignore[attr-defined]  # annotated
    events = [ics.of_taken(each, since=feed.created_at) for each in bookings if not each.is_readable]  # type: ignore[attr-defined]
    return ics.calendar([*_events(theirs), *events, *_closures(feed, since, until)], name=feed.name)


def revisions_of(bookings: Sequence[Booking]) -> ics.Revisions:
    changes = apps.get_model("reservations", "BookingChange").objects.order_by()
    own = changes.filter(pgh_obj__in=[each.pk for each in bookings])
    # Of a date that went over to another series too: it counts where it was when it changed, so this never goes down.
    of_series = changes.filter(series__in={each.series_id for each in bookings if each.series_id})
    return ics.Revisions(
        dict(own.values_list("pgh_obj").annotate(models.Max("pgh_created_at"))),
        dict(of_series.values_list("series").annotate(models.Count("pk"))),
    )


def _events(bookings: Sequence[Booking]) -> list[Event]:
    revisions, holidays = revisions_of(bookings), list(SchoolHoliday.objects.all())
    found: list[Event] = []
    series: dict[object, list[Booking]] = defaultdict(list)
    for each in bookings:
        if each.series is None:
            found.append(ics.of_booking(each, revisions))
        else:
            series[each.series_id].append(each)
    for dates in series.values():
        if dates[0].series is not None:
            found += repeated.of_series(dates[0].series, dates, revisions, holidays)
    return found


def _bookings(feed: Feed, access: Access, since: dt.datetime, until: dt.datetime) -> list[Booking]:
    """Those of the days it is about, and of a series with one of them all dates: the rule speaks of them."""
    readable = Booking.objects.readable(access).filter(pk=models.OuterRef("pk"))
    found = _scope(feed, access).annotate(is_readable=models.Exists(readable)).filter(
        models.Q(is_readable=True, state__in=SHOWN) | models.Q(is_readable=False, state__in=OCCUPYING)
    )  # fmt: skip
    found = found.select_related("room__building", "organisation", "association", "team", "series").order_by(
        "starts", "pk"
    )
    near = list(found.overlapping(since, until))
    series = {each.series_id for each in near if each.series_id and each.is_readable}  # type: ignore[attr-defined]
    near_keys = {each.pk for each in near}
    far = [each for each in found.filter(series__in=series, is_readable=True) if each.pk not in near_keys]
    return [*near, *far]


def _scope(feed: Feed, access: Access) -> BookingQuerySet:
    bookings = Booking.objects.all()
    if feed.kind == FeedKind.PERSON:
        return bookings.readable(access).filter(held_by(access))
    if feed.kind == FeedKind.TEAM:
        return bookings.readable(access).filter(team=feed.team_id)
    if feed.kind == FeedKind.BUILDING:
        return bookings.filter(room__building=feed.building_id)
    # Who has one half has a part of the hall too.
    parts = Room.spaces.through.objects.filter(room=feed.room_id).values("space")
    return bookings.filter(room__in=Room.objects.filter(spaces__in=parts).values("pk"))


def _closures(feed: Feed, since: dt.datetime, until: dt.datetime) -> list[Event]:
    found = Closure.objects.standing().filter(starts__lt=until, ends__gt=since).order_by("starts", "pk")
    if feed.kind == FeedKind.BUILDING and feed.building:
        house = feed.building
        return [
            ics.of_closure(each, ", ".join([house.name, *sorted(space.name for space in each.spaces.all())]))
            for each in found.filter(building=house).prefetch_related("spaces")
        ]
    if feed.kind == FeedKind.ROOM and feed.room:
        place = str(feed.room)
        return [ics.of_closure(each, place) for each in found.filter(spaces__rooms=feed.room).distinct()]
    return []
