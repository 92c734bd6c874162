"""Rounds at a desk: which zones are seen and what is done there, and one's own rounds for oneself."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.refusals import Refused
from signals import presence
from signals.forms.rounds import RoundForm
from signals.models import PatrolRound
from signals.rounds import (
    before_it_was_corrected,
    correct,
    may_be_corrected,
    state_of,
    withdraw,
    write_down,
    written_today,
)
from teams.decorators import allowed, functions, signed_in, viewer
from teams.models import Function

PER_PAGE = 20
WALKING = (
    Function.COMMUNITY_WARDEN, Function.WARD_INSPECTOR, Function.NEIGHBOURHOOD_WORKER, Function.AREA_WORKER,
    Function.PROJECT_OFFICER,
)  # fmt: skip


@allowed("view")
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """When each zone was seen last, and counts of a month, for everybody; rounds with their notes for who walked them
    alone."""
    user, months = signed_in(request), presence.months_kept()
    asked = request.GET.get("maand", "")
    month = next((each for each in months if f"{each:%Y-%m}" == asked), months[0])
    rows = presence.by_zone(month)
    own = PatrolRound.objects.filter(by=user).select_related("zone").defer("zone__boundary")
    mine = own.prefetch_related("activities").order_by("-started_at", "-pk")
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    shown = [round_.pk for round_ in page.object_list]
    may_add = viewer(request).holds(*WALKING)
    context = {
        "screening": presence.screening(),
        "rows": rows,
        "chart": presence.chart_of(rows),
        "month": month,
        "months": months,
        "page": page,
        "fresh": set(own.filter(written_today(), pk__in=shown, ended_at__isnull=False).values_list("pk", flat=True)),
        "correctable": {round_.pk for round_ in page.object_list if may_add and may_be_corrected(round_)},
        "may_add": may_add,
    }
    return render(request, "signals/rounds.html", context)


@functions(*WALKING)
@require_http_methods(["GET", "HEAD", "POST"])
def round_add(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = RoundForm(request.POST if request.method == "POST" else None, viewer=viewer(request), user=user)
    if request.method == "POST" and form.is_valid():
        try:
            write_down(key=form.cleaned_data["key"], by=user, **typed(form))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your round is written down."))
            return redirect("rounds:rounds")
    return render(request, "signals/round_form.html", {"form": form}, status=422 if form.errors else 200)


def typed(form: RoundForm) -> dict[str, Any]:
    data, (starts, ends) = form.cleaned_data, form.moments()
    return {
        "zone": data["zone"], "starts": starts, "ends": ends, "kinds": data["activities"], "note": data["note"],
    }  # fmt: skip


@functions(*WALKING)
@require_http_methods(["GET", "HEAD", "POST"])
def round_correction(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One's own, with what stood there before."""
    user = signed_in(request)
    found = get_object_or_404(PatrolRound.objects.filter(by=user).select_related("zone"), pk=pk)
    if not may_be_corrected(found):
        messages.error(request, _("A round is corrected when it is over, until two weeks later."))
        return redirect("rounds:rounds")
    form = RoundForm(
        request.POST if request.method == "POST" else None, viewer=viewer(request), user=user, stands=found
    )
    if request.method == "POST" and form.is_valid():
        try:
            correct(found.pk, by=user, seen=request.POST.get("seen", ""), **typed(form))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Corrected."))
            return redirect("rounds:rounds")
    seen = request.POST.get("seen", "") if request.method == "POST" else state_of(found)
    context = {"form": form, "round": found, "seen": seen, **before_it_was_corrected(found)}
    return render(request, "signals/round_form.html", context, status=422 if form.errors else 200)


@functions(*WALKING)
@require_POST
def round_withdrawal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    try:
        withdraw(pk, signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The round is withdrawn. Write it down again if it has to be otherwise."))
    return redirect("rounds:rounds")
