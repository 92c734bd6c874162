"""Which buildings there are, what is in them, and whom to call for one."""

import datetime as dt
from collections import defaultdict

from django.contrib import messages
from django.db import models, transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from areas.models import Area
from kortrijk_gebied.access import member
from kortrijk_gebied.history import steps_of
from reservations.accessible import agree
from reservations.forms.buildings import BuildingFilter, BuildingForm
from reservations.hours import days_open, in_a_line
from reservations.models import Allocation, Building, OpeningPeriod, PeriodKind, Photo, Room
from reservations.parts import parts_of
from reservations.views.keeping import governs, keeps, kept_building
from teams.decorators import viewer

AHEAD = dt.timedelta(days=90)


@member
@require_safe
def buildings(request: HttpRequest) -> HttpResponse:
    """Everybody who is signed in may look up every building: it is no secret where a hall stands."""
    form = BuildingFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = Building.objects.select_related("owner", "area").defer("area__boundary")
    found = found.prefetch_related(Prefetch("rooms", Room.objects.in_use().order_by("name")))
    if wanted.get("area"):
        found = found.filter(area=wanted["area"])
    if wanted.get("kind"):
        found = found.filter(kind=wanted["kind"])
    places: dict[Area | None, list[Building]] = defaultdict(list)
    for building in found.order_by("area__position", "name"):
        places[building.area].append(building)
    context = {"places": dict(places), "form": form, "is_filtered": any(request.GET.values())}
    return render(request, "reservations/buildings.html", context)


@member
@require_safe
def building(request: HttpRequest, code: str) -> HttpResponse:
    rooms_of = Room.objects.prefetch_related("setups", "spaces", "photos")
    found = get_object_or_404(
        Building.objects.select_related("owner", "area").prefetch_related("photos", Prefetch("rooms", rooms_of)),
        code=code,
    )
    in_use = [room for room in found.rooms.all() if room.is_in_use]
    spaces = {space for room in in_use for space in room.spaces.all()}
    closures = list(found.closures.standing().ahead().prefetch_related("spaces"))
    of_all = [closure for closure in closures if spaces <= set(closure.spaces.all())]
    context = {
        "building": found,
        "rooms": [(room, parts_of(room, in_use)) for room in in_use],
        "withdrawn": [room for room in found.rooms.all() if not room.is_in_use],
        "weeks": days_open(in_use, timezone.localdate(), closures=of_all),
        "periods": other_hours(found),
        "closures": closures,
        "spaces": spaces,
        "keeps": keeps(request, found),
        "governs": governs(viewer(request), found),
        "kept_hours": Allocation.objects.of_now().filter(room__building=found).exists(),
    }
    return render(request, "reservations/building.html", context)


def other_hours(building: Building) -> list[tuple[OpeningPeriod, str]]:
    """Holidays and single days of the coming months on which other hours hold, with those hours."""
    today = timezone.localdate()
    periods = (
        building.opening_periods.exclude(kind=PeriodKind.YEAR)
        .filter(ends__gte=today, starts__lte=today + AHEAD)
        .select_related("room__building")
        .prefetch_related("spans")
        .order_by("starts", "pk")
    )
    return [(period, in_a_line(period.spans.all())) for period in periods]


@member
@require_http_methods(["GET", "HEAD", "POST"])
def building_edit(request: HttpRequest, code: str) -> HttpResponse:
    found = kept_building(request, code)
    form = BuildingForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save(commit=False).save(update_fields=form.Meta.fields)
            agree(found)
        messages.success(request, _("Saved."))
        return redirect(found)
    context = {"form": form, "building": found}
    return render(request, "reservations/building_form.html", context, status=422 if form.errors else 200)


@member
@require_safe
def building_history(request: HttpRequest, code: str) -> HttpResponse:
    """What changed on the building and what belongs to it; of who booked there it tells nothing."""
    found = kept_building(request, code)
    rows: list[models.Model] = [
        found,
        *Room.objects.filter(building=found).select_related("building"),
        *found.opening_periods.all(),
        *found.closures.all(),
        *Allocation.objects.filter(room__building=found).select_related("organisation", "association"),
        *Photo.objects.filter(models.Q(building=found) | models.Q(room__building=found)),
    ]
    context = {"about": found.name, "back": found.get_absolute_url(), "steps": steps_of(rows)}
    return render(request, "history.html", context)
