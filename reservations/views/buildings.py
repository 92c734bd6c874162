"""Which buildings there are, and whom to call for one."""

from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from areas.models import Area
from kortrijk_gebied.access import member
from reservations.forms.buildings import BuildingFilter, BuildingForm
from reservations.models import Building
from teams.decorators import viewer


@member
@require_safe
def rooms(request: HttpRequest) -> HttpResponse:
    """Everybody who is signed in may look up every building: it is no secret where a hall stands."""
    form = BuildingFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = Building.objects.select_related("owner", "area").defer("area__boundary")
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
    found = get_object_or_404(Building.objects.select_related("owner", "area"), code=code)
    manages = Building.objects.managed_by(viewer(request)).filter(pk=found.pk).exists()
    return render(request, "reservations/building.html", {"building": found, "manages": manages})


@member
@require_http_methods(["GET", "HEAD", "POST"])
def building_edit(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Building, code=code)
    if not Building.objects.managed_by(viewer(request)).filter(pk=found.pk).exists():
        raise PermissionDenied
    form = BuildingForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(found)
    context = {"form": form, "building": found}
    return render(request, "reservations/building_form.html", context, status=422 if form.errors else 200)
