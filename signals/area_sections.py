"""What runs in an area and what came of it, on its page and in the shift briefing: for the eyes of all of a team."""

import datetime as dt

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.within import ground_of
from kortrijk_gebied.sections import Content, Place, Request, section
from signals.levels import Level
from signals.models import Dossier, EventKind, Signal, SignalEvent, Task
from signals.statistics import lying_in
from signals.workflow import SignalStatus

MOST = 10
# Since somebody last heard of it, it is not over after all, or about something else, or elsewhere.
TURNS = (EventKind.REOPENED, EventKind.NEW_SUBJECT, EventKind.NEW_PLACE)
BOTH = {Place.AREA, Place.BRIEFING}


@section(key="signals-new", title=_("New and changed"), template="signals/area_new.html", on={Place.BRIEFING}, order=35)
def new(request: Request) -> Content:
    """What came in the period or came again, and what turned out otherwise than who walks there knows it; beside the
    routine: what people on the street will be asked about. What ended has a block of its own."""
    since = request.period.start if request.period else timezone.now() - dt.timedelta(days=1)
    here = Signal.objects.readable(request.viewer).filter(lying_in(request.area), level=Level.OPEN, routine=False)
    again = Case(When(reported_at__lt=since, then=Value("again")), default=Value(""))
    came = here.filter(last_reported_at__gte=since).annotate(turn=again, turned_at=F("last_reported_at"))
    turns = SignalEvent.objects.filter(
        ~Q(data__has_key="undone"), signal=OuterRef("pk"), kind__in=TURNS, level=Level.OPEN, at__gte=since
    ).order_by("-at", "-pk")
    turned = (
        here.open()
        .filter(Exists(turns), last_reported_at__lt=since)
        .annotate(turn=Subquery(turns.values("kind")[:1]), turned_at=Subquery(turns.values("at")[:1]))
    )
    most = most_of(request)
    rows = [
        row for found in (came, turned) for row in found.select_related("category").order_by("-turned_at", "-pk")[:most]
    ]
    shown = sorted(rows, key=lambda row: row.turned_at, reverse=True)[:most]
    more = came.count() + turned.count() - len(shown) if len(rows) >= most else 0
    return {"signals": shown, "more": more}


def most_of(request: Request) -> int:
    """Of a briefing fewer: it is read in two minutes."""
    most: int = (request.extra or {}).get("most", MOST)
    return most


def is_briefing(request: Request) -> bool:
    return "most" in (request.extra or {})


@section(key="signals-tasks", title=_("Who is at work here"), template="signals/area_tasks.html", on=BOTH, order=40,
         on_page=7)  # fmt: skip
def tasks(request: Request) -> Content:
    """Live tasks on open matter, the most urgent first. Nothing limited: a briefing has many listeners."""
    signals = Signal.objects.readable(request.viewer).open().filter(lying_in(request.area), level=Level.OPEN)
    live = Task.objects.live().filter(signal__in=signals, level=Level.OPEN, signal__routine=False)
    if is_briefing(request):  # one's own stand there already
        live = live.exclude(team_id__in=request.viewer.team_ids)
    rows = live.select_related("team__organisation", "signal__category").order_by(F("due_at").asc(nulls_last=True))
    most = most_of(request)
    found = list(rows[: most + 1])
    if not found and is_briefing(request):
        return None
    return {"tasks": found[:most], "more": len(found) > most, "most": most}


@section(key="signals-outcomes", title=_("What was solved"), template="signals/area_outcomes.html", on=BOTH, order=50,
         folded=True)  # fmt: skip
def outcomes(request: Request) -> Content:
    """How matter of the period ended: what a team tells people who ask."""
    since = request.period.start if request.period else timezone.now() - dt.timedelta(days=7)
    closed = Signal.objects.readable(request.viewer).filter(
        lying_in(request.area), level=Level.OPEN, status=SignalStatus.CLOSED, closed_at__gte=since, routine=False
    )
    if request.period:
        closed = closed.filter(closed_at__lt=request.period.end)
    found = list(closed.select_related("category").order_by("-closed_at", "-pk")[: most_of(request)])
    if not found and is_briefing(request):
        return None
    return {"signals": found}


@section(key="signals-dossiers", title=_("Dossiers"), template="signals/area_dossiers.html", on={Place.AREA}, order=45)
def dossiers(request: Request) -> Content:
    """Open dossiers of the area that are open to all of the team; of a ward or a care area those of the areas that it
    covers a part of."""
    found = Dossier.objects.readable(request.viewer).open().filter(ground_of(request.area), level=Level.OPEN)
    opens = any(map(request.viewer.may, ("view", "work", "view_sealed")))  # as their list asks
    return {"dossiers": list(found.select_related("team__organisation")[:MOST]), "may_all": opens}
