"""What asks for attention in an area: on its page, in the briefing and in the report of the month."""

import datetime as dt

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.sections import Content, Place, Request, section
from teams.models import AreaFlag
from teams.models.flags import AreaFlagQuerySet

MOST = 10


@section(
    key="flags", title=_("Attention"), template="teams/sections/flags.html", on={Place.AREA}, order=30, on_page=9
)  # fmt: skip
def on_the_page(request: Request) -> Content:
    if request.viewer.user_id is None:
        return None
    content = _content(AreaFlag.objects.readable(request.viewer).current(), request, MOST)
    return {**content, "plain": not request.viewer.may("view")} if content else None  # their list asks for the same


@section(key="flags-watch", title=_("Watch"), template="teams/sections/flags.html", on={Place.BRIEFING}, order=20)
def watch(request: Request) -> Content:
    """Nothing to watch is no block: two minutes are short."""
    most = (request.extra or {}).get("most", MOST)
    content = _content(AreaFlag.objects.readable(request.viewer).current(), request, most)
    return {**content, "plain": True} if content and content["flags"] else None


@section(
    key="flags-of-month", title=_("Attention"), template="teams/sections/flags.html", on={Place.REPORT}, order=62
)  # fmt: skip
def of_month(request: Request) -> Content:
    """What ran in the month, and what ended with which result."""
    if request.period is None:
        return None
    first, last = localtime(request.period.start).date(), localtime(request.period.end - dt.timedelta(seconds=1)).date()
    found = AreaFlag.objects.readable(request.viewer).run_between(first, last)
    content = _content(found, request, MOST * 2)
    return {**content, "plain": True} if content and content["flags"] else None


def _content(found: AreaFlagQuerySet, request: Request, most: int) -> Content:
    if request.area is None:
        return None
    here = found.of_areas([request.area]).select_related("team")
    with_areas = here.prefetch_related(Prefetch("areas", Area.objects.defer("boundary")))
    # A risk before attention, what was looked at last before what was not.
    rows = list(with_areas.order_by("-kind", "-starts", "pk")[: most + 1])
    more = here.count() - most if len(rows) > most else 0
    return {"flags": rows[:most], "more": more, "area": request.area, "today": timezone.localdate()}
