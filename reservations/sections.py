"""What this room shows of an area: how its rooms are used."""

import datetime as dt

from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.sections import Content, Place, Request, section
from kortrijk_gebied.workdays import A_DAY, BRUSSELS
from reservations.models import Room
from reservations.use.report import UseReport

DAYS = 30


@section(
    key="rooms", title=_("Use of rooms"), template="reservations/sections/use.html",
    on={Place.AREA, Place.REPORT}, order=85,
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
