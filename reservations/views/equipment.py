"""What there is to lend, how much of it is free, and who has it."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.history import steps_of
from reservations.forms.equipment import EquipmentForm, FreeForm
from reservations.loans_seen import Line, kept_by, marked
from reservations.models import Building, Equipment, LoanState
from reservations.rights import Rights
from reservations.stock import free
from teams.decorators import viewer

A_MINUTE = dt.timedelta(minutes=1)
MOST_LOANS = 60
LAST_REMARKS = 5


@member
@require_safe
def equipment(request: HttpRequest) -> HttpResponse:
    """Everybody who is signed in may look: now, or at the moment that is asked for."""
    asks = any(request.GET.get(name) for name in ("dag", "van", "tot"))
    form = FreeForm(request.GET if asks else None)
    starts, ends = timezone.now(), timezone.now() + A_MINUTE
    if form.is_valid():
        starts, ends = form.cleaned_data["starts"], form.cleaned_data["ends"]
    things = list(Equipment.objects.select_related("building", "owner").order_by("building__name", "name"))
    left = free(things, starts, ends)
    houses: dict[Building, list[tuple[Equipment, int]]] = {}
    for thing in things:
        houses.setdefault(thing.building, []).append((thing, left[thing.pk]))
    access = viewer(request)
    context = {
        "houses": houses, "form": form, "is_asked": form.is_valid(), "starts": starts, "ends": ends,
        "query": request.GET.urlencode() if form.is_valid() else "", "serves": bool(Rights.of(access).keeps),
        "manages": Building.objects.managed_by(access).exists(),
    }  # fmt: skip
    return render(request, "reservations/equipment.html", context, status=422 if form.errors else 200)


def thing_of(code: str) -> Equipment:
    return get_object_or_404(Equipment.objects.select_related("building__owner", "owner"), code=code)


@member
@require_safe
def equipment_item(request: HttpRequest, code: str) -> HttpResponse:
    found, access, now = thing_of(code), viewer(request), timezone.now()
    ahead = marked(access).filter(equipment=found).running()
    current = ahead.exclude(ends__lte=now, state__in=[LoanState.ASKED, LoanState.CONFIRMED])
    context = {
        "thing": found, "left": free([found], now, now + A_MINUTE)[found.pk],
        "lines": [Line(each) for each in current.order_by("starts", "pk")[:MOST_LOANS]],
        "manages": _manages(request, found), "at_once": Rights.of(access).lends_at_once(found),
        "remarks": kept_by(access).filter(equipment=found).remarkable()[:LAST_REMARKS],
        "out": sum(each.quantity for each in found.loans.filter(state=LoanState.OUT)),
    }  # fmt: skip
    return render(request, "reservations/equipment_item.html", context)


def _manages(request: HttpRequest, thing: Equipment) -> bool:
    return Building.objects.managed_by(viewer(request)).filter(pk=thing.building_id).exists()


def _managed(request: HttpRequest, code: str) -> Equipment:
    found = thing_of(code)
    if not _manages(request, found):
        raise PermissionDenied
    return found


@member
@require_http_methods(["GET", "HEAD", "POST"])
def equipment_add(request: HttpRequest) -> HttpResponse:
    if not Building.objects.managed_by(viewer(request)).exists():
        raise PermissionDenied
    return _form(request, Equipment())


@member
@require_http_methods(["GET", "HEAD", "POST"])
def equipment_edit(request: HttpRequest, code: str) -> HttpResponse:
    return _form(request, _managed(request, code))


def _form(request: HttpRequest, thing: Equipment) -> HttpResponse:
    form = EquipmentForm(request.POST or None, instance=thing, viewer=viewer(request))
    if request.method == "POST" and form.saved(form.write):
        messages.success(request, _("Saved."))
        return redirect(thing)
    context = {"form": form, "thing": thing if thing.pk else None}
    return render(request, "reservations/equipment_form.html", context, status=422 if form.errors else 200)


@member
@require_safe
def equipment_history(request: HttpRequest, code: str) -> HttpResponse:
    """What changed on the thing itself; of who lent it this tells nothing."""
    found = _managed(request, code)
    context = {"about": found.name, "back": found.get_absolute_url(), "steps": steps_of([found])}
    return render(request, "history.html", context)
