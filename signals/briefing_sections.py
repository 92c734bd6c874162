"""What only a briefing shows: for the eyes of one reader, who may read more than the colleague beside them."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.sections import Content, Place, Request, section
from signals import worklist
from signals.left_behind import left_for
from signals.levels import Level
from signals.models import Feedback, Signal
from signals.raised import hears_how_it_ends
from signals.reading import looked_at
from teams.models import User

MOST = 5
ON_BRIEFING = {Place.BRIEFING}
# On the tablet these have a screen of their own, or stand above the blocks.
CARRIED_ELSEWHERE = frozenset({"briefing-notes", "briefing-tasks", "briefing-feedback"})


def reader_of(request: Request) -> User | None:
    found = (request.extra or {}).get("user")
    return found if isinstance(found, User) else None


@section(
    key="briefing-notes", title=_("From the shift before"), template="signals/briefing_notes.html", on=ON_BRIEFING,
    order=5,
)  # fmt: skip
def notes(request: Request) -> Content:
    found = left_for(request.viewer, MOST, [request.area] if request.area else ())
    return {"notes": found} if found else None


@section(
    key="briefing-tasks", title=_("Yours to do"), template="signals/briefing_tasks.html", on=ON_BRIEFING, order=15
)  # fmt: skip
def yours(request: Request) -> Content:
    """Tasks of one's teams in the area, also on what is limited to one's organisation; nothing sealed."""
    user = reader_of(request)
    if user is None:
        return None
    mine = worklist.own_tasks(request.viewer).filter(level__lt=Level.SEALED, signal__level__lt=Level.SEALED)
    here = mine.filter(signal__area=request.area)
    total = here.count()
    if not total:
        return None
    items = worklist.shown(worklist.items_of(here, request.viewer, MOST), by=user, surface="briefing")
    return {"items": items, "more": total - len(items), "url": reverse("today")}


@section(
    key="signals-limited", title=_("New for your organisation only"), template="signals/briefing_limited.html",
    on=ON_BRIEFING, order=36,
)  # fmt: skip
def limited(request: Request) -> Content:
    """What is limited and this reader may read. Each reading is logged, and it does not go on paper. With a tablet
    (`given_along`: since when) it is logged where it went, and once."""
    user = reader_of(request)
    if user is None or request.area is None:
        return None
    since = request.period.start if request.period else timezone.now() - dt.timedelta(days=1)
    came = Signal.objects.readable(request.viewer).filter(
        area=request.area, level=Level.LIMITED, reported_at__gte=since
    )
    total = came.count()
    if not total:
        return None
    signals = list(came.select_related("category").order_by("-reported_at", "-pk")[:MOST])
    given_along = (request.extra or {}).get("given_along")
    looked_at(signals, by=user, surface="tablet" if given_along else "briefing", once_since=given_along)
    return {"signals": signals, "more": total - len(signals)}


@section(
    key="briefing-feedback", title=_("What became of what you raised"), template="signals/briefing_feedback.html",
    on=ON_BRIEFING, order=80,
)  # fmt: skip
def feedback(request: Request) -> Content:
    """For the one who raised it alone."""
    user = reader_of(request)
    if user is None:
        return None
    unread = Feedback.objects.of(user).unread()
    total = unread.count()
    if not total:
        return None
    lines = list(unread.select_related("signal")[:3])
    looked_at([line.signal for line in lines if hears_how_it_ends(line.signal, user)], by=user, surface="briefing")
    return {"lines": lines, "total": total, "url": reverse("feedback")}
