"""What this room shows of an area: how its rooms are used, and what there is to do."""

import datetime as dt

from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.sections import Content, Place, Request, section
from kortrijk_gebied.workdays import A_DAY, BRUSSELS
from reservations.activities import listing
from reservations.models import Activity, Booking, Room
from reservations.models.states import BookingState
from reservations.moments import whole_day
from reservations.use.report import UseReport

DAYS = 30


@section(
    key="rooms", title=_("Use of rooms"), template="reservations/sections/use.html",
    on={Place.AREA, Place.REPORT}, order=85, folded=True,
)  # fmt: skip
def rooms(request: Request) -> Content:
    """Of the period, or of the last thirty days; nothing where there are no rooms."""
    found = list(Room.objects.filter(building__area=request.area).select_related("building").order_by("building__name"))
    if not found:
        return None
    first, last = _days(request)
    return {"report": UseReport(request.viewer, found, first, last), "area": request.area}


def _days(request: Request) -> tuple[dt.date, dt.date]:
    if request.period is None:
        return timezone.localdate() - A_DAY * DAYS, timezone.localdate() - A_DAY
    first, end = (localtime(moment, BRUSSELS) for moment in (request.period.start, request.period.end))
    return first.date(), (end - dt.timedelta(microseconds=1)).date()


MOST_DOING, A_WEEK = 6, 6


@section(
    key="activities", title=_("What is there to do?"), template="reservations/sections/activities.html",
    on={Place.AREA}, order=84,
)  # fmt: skip
def activities(request: Request) -> Content:
    """Of the coming week; open houses stand on the page of each house."""
    if request.area is None:
        return None
    today = timezone.localdate()
    found = listing.wanted(Activity.objects.readable(request.viewer), {"gebied": request.area})
    dates = list(listing.dates(found, today, today + A_DAY * A_WEEK)[: MOST_DOING + 1])
    return {"dates": dates[:MOST_DOING], "more": len(dates) > MOST_DOING, "area": request.area}


MOST_TODAY = 6


@section(
    key="rooms-today", title=_("Today in the area"), template="reservations/sections/today.html",
    on={Place.BRIEFING}, order=60,
)  # fmt: skip
def today_here(request: Request) -> Content:
    """What there is to do and who has a room: of a booking only what this viewer may read of it, and never a person."""
    if request.area is None:
        return None
    today, now = timezone.localdate(), timezone.now()
    most = (request.extra or {}).get("most", MOST_TODAY)
    asked = listing.wanted(Activity.objects.readable(request.viewer), {"gebied": request.area})
    dates = list(listing.dates(asked, today, today).filter(ends__gt=now)[: most + 1])
    start, end = whole_day(today)
    booked = (
        Booking.objects.filter(state=BookingState.CONFIRMED)
        .overlapping(max(start, now), end)
        .filter(room__building__area=request.area)
    )
    readable = booked.readable(request.viewer).select_related("room__building", "organisation", "association")
    bookings = list(readable.order_by("starts", "pk")[: most + 1])
    others = booked.exclude(pk__in=Booking.objects.readable(request.viewer)).count()
    if not dates and not bookings and not others:
        return None
    more = max(len(dates) - most, 0) + max(len(bookings) - most, 0)
    shown = [(date, None) for date in dates[:most]] + [(None, booking) for booking in bookings[:most]]
    return {
        "lines": sorted(shown, key=lambda pair: (pair[0] or pair[1]).starts), "dates": dates[:most],
        "bookings": bookings[:most], "others": others, "more": more, "area": request.area,
    }  # fmt: skip
