"""What meetings show elsewhere: beside an area, in its monthly report, and on somebody's Today."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.sections import Content, Place, Request, section
from kortrijk_gebied.workdays import BRUSSELS
from teams.meetings.lines import agreed as agreed_under
from teams.models import AgendaPoint, Meeting, Team
from teams.models.meetings import PointState

DAYS, MOST = 60, 8


@section(
    key="meetings", title=_("Meetings"), template="teams/meetings/sections/area.html", on={Place.AREA}, order=25,
    on_page=10,
)  # fmt: skip
def meetings(request: Request) -> Content:
    """When the area team meets next, and what it decided lately."""
    if request.viewer.user_id is None or request.area is None:
        return None
    now = timezone.now()
    coming = Meeting.objects.readable(request.viewer).planned().filter(team__in=_area_teams(request), ends__gte=now)
    decided = _decided(request, now - dt.timedelta(days=DAYS), now)[:MOST]
    if not coming and not decided:
        return None
    return {"coming": coming.select_related("team")[:2], "decided": decided, "area": request.area, "days": DAYS}


@section(
    key="agreed", title=_("What we agreed"), template="teams/meetings/sections/report.html", on={Place.REPORT}, order=20
)  # fmt: skip
def agreed(request: Request) -> Content:
    """Of the area teams in the month: the same in every copy, for all of them sat at that table."""
    if request.period is None or request.area is None:
        return None
    points = list(_decided(request, request.period.start, request.period.end))
    return {"points": points} if points else None


def _area_teams(request: Request) -> list[int]:
    return list(
        Team.objects.filter(kind=Team.Kind.AREA, organisation=None, areas=request.area).values_list("pk", flat=True)
    )


def _decided(request: Request, start: dt.datetime, end: dt.datetime) -> QuerySet[AgendaPoint]:
    points = AgendaPoint.objects.readable(request.viewer).filter(
        team__in=_area_teams(request), state=PointState.DECIDED, decided_at__gte=start, decided_at__lt=end
    )
    return points.select_related("team").prefetch_related(agreed_under(request.viewer)).order_by("-decided_at", "-pk")


@section(
    key="today-meetings", title=_("Meetings this week"), template="teams/meetings/sections/today.html",
    on={Place.TODAY}, order=45,
)  # fmt: skip
def this_week(request: Request) -> Content:
    """Of the own teams, and where the program proposes to cancel."""
    if not request.viewer.team_ids:
        return None
    now = timezone.now()
    monday = timezone.localdate(now) + dt.timedelta(days=7 - timezone.localdate(now).weekday())
    week_ends = dt.datetime.combine(monday, dt.time(), BRUSSELS)
    mine = Meeting.objects.planned().filter(team__in=request.viewer.team_ids, ends__gte=now)
    needless = set(Meeting.objects.needless(now).filter(team__in=request.viewer.team_ids).values_list("pk", flat=True))
    rows = [
        (meeting, meeting.pk in needless)
        for meeting in mine.select_related("team")[: MOST * 2]
        if meeting.starts < week_ends or meeting.pk in needless
    ]
    return {"rows": rows} if rows else None
