"""Who has which hours in a building, until when they are kept, and what the holder does with them."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from reservations.forms.allocations import AllDatesForm, AllocationForm, DayForm
from reservations.models import Allocation, Booking, Building
from reservations.models.uses import DISCREET
from reservations.seasons import giving
from reservations.seasons.days import book_all, days_ahead
from reservations.seasons.sight import allocation_for, books_all, holds, manages, why_for
from reservations.seasons.week import week_of
from reservations.seasons.words import release_in_words, when_in_words
from reservations.views.keeping import keeps, kept_building
from teams.decorators import signed_in, viewer


@member
@require_safe
def allocations(request: HttpRequest, code: str) -> HttpResponse:
    building = get_object_or_404(Building.objects.select_related("owner"), code=code)
    context = {"building": building, "week": week_of(building), "keeps": keeps(request, building)}
    return render(request, "reservations/allocations.html", context)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def allocation_add(request: HttpRequest, code: str) -> HttpResponse:
    building = kept_building(request, code)
    form = AllocationForm(request.POST if request.method == "POST" else None, building=building)
    if request.method == "POST" and form.is_valid():
        try:
            given = giving.give(form.allocation, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            _say_given(request, given)
            return redirect(given)
    context = {"form": form, "building": building}
    return render(request, "reservations/allocation_form.html", context, status=422 if form.errors else 200)


def _say_given(request: HttpRequest, given: Allocation) -> None:
    messages.success(request, _("From now on these hours are kept for %(holder)s.") % {"holder": given.holder.name})
    if there := giving.standing_there(given).count():
        said = ngettext(
            "%(count)s booking of somebody else stands there already, and stays: see below.",
            "%(count)s bookings of others stand there already, and stay: see below.",
            there,
        )
        messages.warning(request, said % {"count": there})


@member
@require_safe
def allocation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _page(request, allocation_for(viewer(request), pk))


def _page(request: HttpRequest, found: Allocation, form: AllDatesForm | None = None) -> HttpResponse:
    access = viewer(request)
    does_manage, does_hold = manages(access, found), holds(access, found)
    days = days_ahead(found, access)
    there = giving.standing_there(found).select_related("organisation", "association", "room__building")
    others = list(there[:20]) if does_manage else []
    readable = set(
        Booking.objects.readable(access).filter(pk__in=[each.pk for each in others]).values_list("pk", flat=True)
    )
    context = {
        "allocation": found, "when": when_in_words(found), "why": why_for(access, found), "days": days,
        "release": release_in_words(found.release_days), "manages": does_manage, "holds": does_hold,
        "others": [(each, each.pk in readable) for each in others],
        "may_book": books_all(access, found) and any(not day.is_booked for day in days) and found.is_standing,
        "form": form or AllDatesForm(initial=_usual(found, access_is_holder=does_hold)),
    }  # fmt: skip
    status = 422 if form is not None and form.errors else 200
    return render(request, "reservations/allocation.html", context, status=status)


def _usual(found: Allocation, *, access_is_holder: bool) -> dict[str, object]:
    """What was asked for in the season, for who holds it."""
    shared = found.organisation is None or found.organisation.kind not in DISCREET
    if found.request is None or not access_is_holder:
        return {"is_shared": shared, "persons": 20}
    return {"title": found.request.title, "persons": found.request.persons, "is_shared": found.request.is_shared}


@member
@require_POST
def allocation_withdrawal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = allocation_for(viewer(request), pk)
    if not manages(viewer(request), found):
        raise PermissionDenied
    try:
        giving.withdraw(found, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    messages.success(request, _("Withdrawn: these hours are everybody's again. What was booked stays."))
    return redirect("reservations:allocations", found.room.building.code)


@member
@require_POST
def allocation_return(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A day that the holder will not use."""
    found = allocation_for(viewer(request), pk)
    if not (manages(viewer(request), found) or holds(viewer(request), found)):
        raise PermissionDenied
    form = DayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a day."))
        return redirect(found)
    try:
        giving.give_back(found, form.cleaned_data["day"], by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("That day is free for all now."))
    return redirect(found)


@member
@require_POST
def allocation_series(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """All coming days at once, as one series."""
    found = allocation_for(viewer(request), pk)
    if not books_all(viewer(request), found):
        raise PermissionDenied
    form = AllDatesForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        done = book_all(found, form.cleaned_data, by=signed_in(request), viewer=viewer(request))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, form)
    number = len(done.placed)
    said = ngettext("%(number)s date is in.", "%(number)s dates are in.", number) % {"number": number}
    messages.success(request, said)
    made = [*done.placed, *done.refused]
    return redirect(made[0].series) if made and made[0].series else redirect(found)
