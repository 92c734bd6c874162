"""Closures of a building: what they hit is seen and decided before anything is shut."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from reservations.closing import Closed, NewHits, Stuck, close, lift
from reservations.forms.closing import ClosureForm, DecisionForm
from reservations.hit import hits_of
from reservations.models import Building, Closure
from reservations.results import results_of
from reservations.views.keeping import kept_building
from teams.decorators import signed_in, viewer

PAST_SHOWN = 20


@member
@require_safe
def closures(request: HttpRequest, code: str) -> HttpResponse:
    building = kept_building(request, code)
    found = building.closures.prefetch_related("spaces").select_related("created_by", "lifted_by")
    ahead = list(found.standing().ahead())
    context = {
        "building": building,
        "ahead": ahead,
        "past": found.exclude(pk__in=[each.pk for each in ahead]).order_by("-starts")[:PAST_SHOWN],
        "count": building.spaces.count(),
    }
    return render(request, "reservations/closures.html", context)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def closure_add(request: HttpRequest, code: str) -> HttpResponse:
    """Asked in two steps on one page: first what closes, then what happens to the bookings that it hits."""
    building = kept_building(request, code)
    form = ClosureForm(request.POST or None, building=building)
    context: dict[str, Any] = {"building": building, "form": form}
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "reservations/closure_form.html", context, status=status)
    return _decided(request, building, form)


def _decided(request: HttpRequest, building: Building, form: ClosureForm) -> HttpResponse:
    found = hits_of(form.spaces, form.cleaned_data["starts"], form.cleaned_data["ends"], viewer(request))
    decides = "besluit" in request.POST
    decisions = DecisionForm(request.POST if decides else None, hits=found)
    problem = ""
    if decides and decisions.is_valid():
        try:
            done = close(form.closure, spaces=form.spaces, choices=decisions.choices, by=signed_in(request))
        except NewHits as new:
            problem = str(new)
            found = hits_of(form.spaces, form.cleaned_data["starts"], form.cleaned_data["ends"], viewer(request))
            decisions = DecisionForm(hits=found)
        except Stuck as stuck:
            problem = str(stuck)
            decisions.choose_again(stuck.bookings)
        except Refused as refusal:
            problem = str(refusal)
        else:
            return _closed(request, building, done)
    context = {"building": building, "form": form, "decisions": decisions, "problem": problem, "spaces": form.spaces}
    status = 422 if problem or decisions.errors else 200
    return render(request, "reservations/closure_decisions.html", context, status=status)


def _closed(request: HttpRequest, building: Building, done: Closed) -> HttpResponse:
    messages.success(request, _("The closure stands. Who holds a booking that it hit gets a mail."))
    if done.asked:
        said = ngettext(
            "For %(count)s booking another room is asked: the keeper there answers, and was told.",
            "For %(count)s bookings another room is asked: the keeper there answers, and was told.",
            len(done.asked),
        )
        messages.info(request, said % {"count": len(done.asked)})
    return redirect("reservations:closure", building.code, done.closure.pk)


@member
@require_safe
def closure(request: HttpRequest, code: str, pk: uuid.UUID) -> HttpResponse:
    building = kept_building(request, code)
    found = get_object_or_404(building.closures.select_related("created_by", "lifted_by"), pk=pk)
    context = {
        "building": building,
        "closure": found,
        "spaces": found.spaces.all(),
        "results": results_of(found, viewer(request)),
        "is_standing": Closure.objects.standing().ahead().filter(pk=pk).exists(),
    }
    return render(request, "reservations/closure.html", context)


@member
@require_POST
def closure_lifting(request: HttpRequest, code: str, pk: uuid.UUID) -> HttpResponse:
    building = kept_building(request, code)
    found = get_object_or_404(building.closures, pk=pk)
    try:
        lift(found, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The closure is lifted. What was moved or cancelled for it stays so."))
    return redirect("reservations:closure", building.code, pk)
