"""The opening hours of a building, for its keepers. What they come to this week stands on the page of the building."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from reservations.forms.opening import PeriodForm
from reservations.hours import Week, in_words
from reservations.models import Booking, Building, OpeningPeriod
from reservations.opening_changes import Outcome, change_hours, in_rows, outside, weeks_ahead
from reservations.views.keeping import kept_building
from teams.decorators import viewer

SEEN = "gezien"
MOST_SHOWN = 50


@member
@require_safe
def opening(request: HttpRequest, code: str) -> HttpResponse:
    building = kept_building(request, code)
    periods = building.opening_periods.select_related("room").prefetch_related("spans").order_by("room", "starts")
    today = timezone.localdate()
    stand_outside = list(outside(building).select_related("room", "organisation", "association"))
    context = {
        "building": building,
        "periods": [(each, in_words(each.spans.all())) for each in periods if each.ends >= today],
        "past": [each for each in periods if each.ends < today],
        "weeks": _rows(weeks_ahead(building)),
        "outside": _shown(request, stand_outside[:MOST_SHOWN]),
        "outside_count": len(stand_outside),
        "more": len(stand_outside[MOST_SHOWN:]),
    }
    return render(request, "reservations/opening.html", context)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def period_add(request: HttpRequest, code: str) -> HttpResponse:
    building = kept_building(request, code)
    today = timezone.localdate()
    initial = {"starts": today, "ends": today.replace(year=today.year + 1, month=12, day=31)}
    return _period(request, building, OpeningPeriod(building=building), initial)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def period_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    building = kept_building(request, code)
    return _period(request, building, get_object_or_404(building.opening_periods, pk=pk), {})


def _period(request: HttpRequest, building: Building, period: OpeningPeriod, initial: dict[str, Any]) -> HttpResponse:
    is_new = period.pk is None
    context: dict[str, Any] = {"building": building, "period": None if is_new else period, "name": period.name}
    form = PeriodForm(request.POST or None, instance=period, initial=initial, building=building)
    if to := request.POST.get("neem"):
        fresh = OpeningPeriod(building=building) if is_new else period
        form = PeriodForm(initial=form.copied(to), instance=fresh, building=building)
    elif request.method == "POST":
        outcome: list[Outcome] = []
        if _done(form, lambda: outcome.append(_change(request, building, form.write))):
            if outcome[0].kept:
                return _saved(request, building)
            context |= _tried(request, outcome[0])
    status = 422 if form.is_bound and (form.errors or context.get("left_out")) else 200
    return render(request, "reservations/period_form.html", {**context, "form": form}, status=status)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def period_removal(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    building = kept_building(request, code)
    period = get_object_or_404(building.opening_periods.select_related("room"), pk=pk)
    context: dict[str, Any] = {"building": building, "period": period}
    if request.method == "POST":
        outcome = _change(request, building, building.opening_periods.filter(pk=pk).delete)
        if outcome.kept:
            return _saved(request, building)
        context |= _tried(request, outcome)
    status = 422 if context.get("left_out") else 200
    return render(request, "reservations/period_removal.html", context, status=status)


def _change(request: HttpRequest, building: Building, write: Callable[[], object]) -> Outcome:
    return change_hours(building, write, seen=request.POST.get(SEEN, ""), only_look="bekijk" in request.POST)


def _done(form: PeriodForm, write: Callable[[], object]) -> bool:
    try:
        return form.saved(write)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False


def _saved(request: HttpRequest, building: Building) -> HttpResponse:
    messages.success(request, _("Saved. The hours count from now on."))
    return redirect("reservations:opening", building.code)


def _tried(request: HttpRequest, outcome: Outcome) -> dict[str, Any]:
    shown, count = outcome.left_out[:MOST_SHOWN], len(outcome.left_out)
    return {
        "left_out": _shown(request, shown), "left_out_count": count, "more": count - len(shown), "seen": outcome.mark,
        "weeks": _rows(outcome.weeks), "is_tried": True,
    }  # fmt: skip


def _rows(weeks: list[Week]) -> list[tuple[Week, Any]]:
    return [(week, in_rows(week.days)) for week in weeks]


def _shown(request: HttpRequest, bookings: list[Booking]) -> list[tuple[Booking, bool]]:
    """Each with whether the viewer may read its words."""
    keys = [each.pk for each in bookings]
    mine = set(Booking.objects.readable(viewer(request)).filter(pk__in=keys).values_list("pk", flat=True))
    return [(each, each.pk in mine) for each in bookings]
