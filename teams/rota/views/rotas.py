"""The rota that holds: one's own first, who serves where, and for the team itself everybody's turns and rounds."""

import datetime as dt
import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from kortrijk_gebied.access import member
from teams.decorators import signed_in, viewer
from teams.models import Rota
from teams.rota.forms import teams_without
from teams.rota.missing import missing_in
from teams.rota.own import serving, shifts_of_person, turns_of_person
from teams.rota.reading import plan_of
from teams.rota.tables import A_WEEK, grid
from teams.rota.tables import week as zones_of_week
from teams.rota.zones import replaced_on, zones_of

COMING = dt.timedelta(days=7)
FARTHEST = dt.timedelta(days=800)


@member
@require_safe
def rotas(request: HttpRequest) -> HttpResponse:
    user, access, today = signed_in(request), viewer(request), timezone.localdate()
    found = list(Rota.objects.readable(access).select_related("team"))
    context = {
        "turns": turns_of_person(user, today),
        "shifts": shifts_of_person(user, today, today + COMING),
        "rotas": [(rota, serving(rota, today) if rota.published else None) for rota in found],
        "may_add": teams_without(access).exists(),
        "today": today,
    }
    return render(request, "teams/rota/rotas.html", context)


@member
@require_safe
def rota(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    access, today = viewer(request), timezone.localdate()
    found = get_object_or_404(Rota.objects.readable(access).select_related("team"), pk=pk)
    inside = Rota.objects.inside(access).filter(pk=pk).exists()
    manages = Rota.objects.writable(access).filter(pk=pk).exists()
    version, zones = found.published, zones_of(found)
    context = {
        "rota": found, "version": version, "serving": serving(found, today), "inside": inside, "manages": manages,
        "draft": found.draft if manages else None, "today": today,
        "replaced": replaced_on(zones),
        "missing": missing_in(found, version) if version and inside else [],
        "grid": grid(version, plan_of(found, version, with_shifts=False)) if version and inside else None,
        "versions": found.versions.filter(state="published").select_related("published_by") if inside else [],
    }  # fmt: skip
    return render(request, "teams/rota/rota.html", context)


@member
@require_safe
def week(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The rounds of a week; for the team itself and who arranges it."""
    access, today = viewer(request), timezone.localdate()
    found = get_object_or_404(Rota.objects.readable(access).select_related("team"), pk=pk)
    if not Rota.objects.inside(access).filter(pk=pk).exists():
        raise PermissionDenied
    asked = _asked(request.GET.get("dag", ""), today)
    monday = asked - dt.timedelta(days=asked.weekday())
    version = found.published_by_then(monday + dt.timedelta(days=6))
    context = {
        "rota": found, "version": version, "zones": zones_of_week(version, monday) if version else [],
        "monday": monday, "sunday": monday + dt.timedelta(days=6), "before": monday - A_WEEK,
        "after": monday + A_WEEK, "today": today,
    }  # fmt: skip
    return render(request, "teams/rota/week.html", context)


def _asked(said: str, today: dt.date) -> dt.date:
    try:
        day = parse_date(said)
    except ValueError:
        day = None
    return day if day and abs(day - today) < FARTHEST else today
