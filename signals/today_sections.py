"""What stands on Today: for each function what it asks of this person now, all of them together."""

import datetime as dt
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from areas.within import working_areas
from kortrijk_gebied.menu import address
from kortrijk_gebied.sections import Content, Place, Request, section
from signals import worklist
from signals.models import Feedback, Handover, Mention, Share, Signal
from signals.models.tasks import TaskQuerySet
from signals.raised import hears_how_it_ends
from signals.reading import looked_at
from signals.today_links import ADMINISTRATION, ROOM_PEOPLE, links_for
from signals.visibility import in_area_inbox, is_late
from teams.models import Function, MonthlyReport, User
from teams.start import own_areas

MOST = 8
MOST_ASKED_FOR = 50
ON_TODAY = {Place.TODAY}

F = Function
FOLLOWERS = (
    F.COORDINATOR, F.AREA_WORKER, F.PROJECT_OFFICER, F.WARD_INSPECTOR, F.NEIGHBOURHOOD_WORKER, F.SOCIAL_NURSE,
    F.COMMUNITY_WARDEN, F.CULTURAL_OFFICER,
)  # fmt: skip
AREA_PEOPLE = (F.AREA_WORKER, F.PROJECT_OFFICER)


def user_of(request: Request) -> User:
    user = (request.extra or {})["user"]
    assert isinstance(user, User)  # noqa: S101  for the type checker
    return user


def areas_of(request: Request) -> list[Area]:
    """Those in which signals lie, also of who answers for a zone. Asked by several sections of one page: read once."""
    kept: list[Area] | None = (request.extra or {}).get("areas")
    return working_areas(own_areas(user_of(request), request.viewer)) if kept is None else kept


def since_yesterday() -> dt.datetime:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - dt.timedelta(days=1)


def task_list(request: Request, tasks: TaskQuerySet) -> Content:
    """The first tasks, how many there are, and where to come back to after working on one."""
    total = tasks.count()
    if not total:
        return None
    most = MOST_ASKED_FOR if (request.extra or {}).get("all_tasks") else MOST
    items = worklist.shown(worklist.items_of(tasks, request.viewer, most), by=user_of(request), surface="today")
    late = worklist.due_before(tasks, timezone.now()).count()
    return {"items": items, "total": total, "more": total - len(items), "late": late, "next": reverse("today")}


@section(key="today-asked", title=_("Asked of your team"), template="signals/today_tasks.html", on=ON_TODAY, order=10)
def asked(request: Request) -> Content:
    return task_list(request, worklist.offered(request.viewer))


@section(
    key="today-handovers", title=_("To take over or take up"), template="signals/today_handovers.html", on=ON_TODAY,
    order=9,
)  # fmt: skip
def handed(request: Request) -> Content:
    """Who asks what of which team, and until when; the words stand behind the link, where reading is logged."""
    teams = request.viewer.team_ids & request.viewer.teams("work")
    waiting = Handover.objects.pending().filter(team_id__in=teams)
    total = waiting.count()
    if not total:
        return None
    found = list(waiting.select_related("team", "from_team", "from_organisation").order_by("due_at", "pk")[:MOST])
    return {"handovers": found, "more": total - len(found)}


@section(
    key="today-mentions",
    title=_("Mentioned by colleagues"),
    template="signals/today_mentions.html",
    on=ON_TODAY,
    order=12,
)
def mentioned(request: Request) -> Content:
    """Who calls you and where; the words stand with the signal."""
    found = Mention.objects.of(user_of(request), request.viewer).unread().select_related("note__by", "note__signal")
    return {"mentions": list(found[:MOST])} if found else None


@section(
    key="today-shared", title=_("Shared with your team"), template="signals/today_shared.html", on=ON_TODAY, order=20
)
def shared(request: Request) -> Content:
    """That there is a sentence, not the sentence: reading it is an act that is logged."""
    shares = Share.objects.received_by(request.viewer).filter(signal__isnull=False)
    found = list(shares.select_related("signal__owner", "team")[:MOST])
    return {"shares": found} if found else None


@section(
    key="today-running", title=_("What your team does"), template="signals/today_tasks.html", on=ON_TODAY, order=30
)
def running(request: Request) -> Content:
    return task_list(request, worklist.running(request.viewer))


@section(
    key="today-new",
    title=_("New in your areas since yesterday"),
    template="signals/today_new.html",
    on=ON_TODAY,
    order=40,
)
def new(request: Request) -> Content:
    """What a coordinator would look at; routine that went straight to its service is only counted."""
    areas = areas_of(request) if request.viewer.holds(*FOLLOWERS) else []
    if not areas:
        return None
    came = Signal.objects.readable(request.viewer).filter(area__in=areas, reported_at__gte=since_yesterday())
    numbers = came.aggregate(all=Count("pk"), inbox=Count("pk", filter=in_area_inbox()))
    rows = came.filter(in_area_inbox()).select_related("category", "area").defer("area__boundary")
    signals = list(rows.order_by("-reported_at", "-pk")[:MOST])
    looked_at(signals, by=user_of(request), surface="today")
    routine = numbers["all"] - numbers["inbox"]
    return {"signals": signals, "more": numbers["inbox"] - len(signals), "routine": routine}


@section(
    key="today-feedback",
    title=_("What became of what you raised"),
    template="signals/today_feedback.html",
    on=ON_TODAY,
    order=50,
)
def feedback(request: Request) -> Content:
    user = user_of(request)
    unread = Feedback.objects.of(user).unread()
    total = unread.count()
    if not total:
        return None
    lines = list(unread.select_related("signal")[:3])
    looked_at([line.signal for line in lines if hears_how_it_ends(line.signal, user)], by=user, surface="today")
    return {"lines": lines, "total": total, "url": reverse("feedback")}


@section(key="today-areas", title=_("Your areas"), template="signals/today_areas.html", on=ON_TODAY, order=60)
def areas(request: Request) -> Content:
    found = areas_of(request) if request.viewer.holds(*AREA_PEOPLE, F.COORDINATOR) else []
    if not found:
        return None
    rows = Signal.objects.readable(request.viewer).open().filter(area__in=found).values("area")
    counts = {
        row["area"]: row for row in rows.annotate(open=Count("pk"), late=Count("pk", filter=is_late())).order_by()
    }
    nothing = {"open": 0, "late": 0}
    return {"rows": [{**counts.get(area.pk, nothing), "area": area} for area in found]}


@section(
    key="today-report", title=_("The report of the month"), template="signals/today_report.html", on=ON_TODAY, order=15
)
def report(request: Request) -> Content:
    """Drafts that still leave: five lines of one's own, what went well first."""
    if not request.viewer.holds(*AREA_PEOPLE):
        return None
    drafts = MonthlyReport.objects.readable(request.viewer).drafts().filter(area__in=areas_of(request))
    found = list(drafts.select_related("area").defer("area__boundary").order_by("area__position")[:MOST])
    return {"drafts": found} if found else None


@section(key="today-rooms", title=_("Rooms"), template="signals/today_rooms.html", on=ON_TODAY, order=70)
def rooms(request: Request) -> Content:
    url = address(["rooms"]) if request.viewer.holds(*ROOM_PEOPLE) else None
    return {"url": url} if url else None


@section(key="today-management", title=_("Management"), template="signals/today_management.html", on=ON_TODAY, order=80)
def management(request: Request) -> Content:
    links: list[Any] = links_for(ADMINISTRATION, request.viewer)
    return {"links": links} if links else None
