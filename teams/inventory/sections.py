"""What was promised, by whom and for when: on Today, on the page of an area, in the briefing and in the report."""

import datetime as dt

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.sections import Content, Place, Request, section
from teams.models import Action
from teams.models.action_words import ActionStatus
from teams.models.audience import Audience
from teams.models.inventory import ActionQuerySet

MOST = 8
MOST_OF_MONTH = 25
SOON = dt.timedelta(days=7)
# What stands on paper, or is read aloud, for a mixed group.
FOR_ALL = [Audience.PARTNERS, Audience.PUBLIC]


def first_due(rows: ActionQuerySet) -> ActionQuerySet:
    return rows.select_related("owner", "team").order_by(F("due_on").asc(nulls_last=True), "pk")


@section(
    key="today-promised", title=_("What you promised"), template="teams/inventory/mine.html", on={Place.TODAY}, order=25
)  # fmt: skip
def mine(request: Request) -> Content:
    """One's own, what is over its date first."""
    if request.viewer.user_id is None:
        return None
    own = Action.objects.open().filter(owner=request.viewer.user_id)
    found = list(first_due(own)[: MOST + 1])
    return {"actions": found[:MOST], "more": len(found) > MOST} if found else None


@section(
    key="actions", title=_("Actions"), template="teams/inventory/of_area.html", on={Place.AREA}, order=28, on_page=8
)  # fmt: skip
def of_area(request: Request) -> Content:
    if request.viewer.user_id is None:
        return None
    here = Action.objects.readable(request.viewer).of_area(request.area)
    done = here.filter(status=ActionStatus.DONE)
    if request.period:
        done = done.filter(done_at__gte=request.period.start, done_at__lt=request.period.end)
    inside = here.open().exclude(audience__in=FOR_ALL).count()  # not in the figures of the area
    return {
        "inside": inside, "open": here.open().count(),
        "overdue": here.overdue(timezone.localdate()).count(), "done": done.count(),
        "actions": list(first_due(here.open())[:MOST]), "area": request.area,
        "results": list(done.select_related("owner", "team").order_by("-done_at", "-pk")[:3]),
        "may_add": bool(request.viewer.team_ids),
    }  # fmt: skip


@section(
    key="actions-due", title=_("Agreements due"), template="teams/inventory/due.html", on={Place.BRIEFING}, order=45
)
def due(request: Request) -> Content:
    """Within a week, or over its date; only what all who listen may hear."""
    if request.area is None:
        return None
    here = Action.objects.readable(request.viewer).of_area(request.area).open().filter(audience__in=FOR_ALL)
    most = (request.extra or {}).get("most", MOST)
    found = list(first_due(here.filter(due_on__lte=timezone.localdate() + SOON))[: most + 1])
    return {"actions": found[:most], "more": len(found) > most, "area": request.area} if found else None


@section(
    key="actions-of-month", title=_("What was done"), template="teams/inventory/of_month.html", on={Place.REPORT},
    order=15,
)  # fmt: skip
def of_month(request: Request) -> Content:
    """What was done with its result. The same in every copy: what is of one house alone stands in none."""
    if request.period is None or request.area is None:
        return None
    done = Action.objects.of_area(request.area).filter(
        audience__in=FOR_ALL, status=ActionStatus.DONE, done_at__gte=request.period.start,
        done_at__lt=request.period.end,
    )  # fmt: skip
    found = list(done.select_related("owner", "team").order_by("done_at", "pk")[: MOST_OF_MONTH + 1])
    return {"actions": found[:MOST_OF_MONTH], "more": len(found) > MOST_OF_MONTH} if found else None
