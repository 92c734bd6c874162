"""Seasons: which there are, by what rule each is divided, and what came of it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from reservations.forms.seasons import SeasonForm
from reservations.models import Building, Outcome, Season
from reservations.seasons import deciding, settling
from reservations.seasons.sight import keeps_season, seen_requests
from reservations.seasons.table import proposal_of
from reservations.seasons.words import asked_in_words, rule_in_words, when_in_words
from teams.decorators import signed_in, viewer


@member
@require_safe
def seasons(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    found = Season.objects.prefetch_related("buildings")
    context = {
        "seasons": found,
        "buildings": Building.objects.filter(rooms__allocations__state="standing").distinct().order_by("name"),
        "may_add": Building.objects.managed_by(access).exists(),
        "today": timezone.localdate(),
    }
    return render(request, "reservations/seasons.html", context)


@member
@require_safe
def season(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    access = viewer(request)
    found = get_object_or_404(Season.objects.prefetch_related("buildings"), pk=pk)
    rows = [
        (each, asked_in_words(each), when_in_words(given) if (given := proposal_of(each)) else "", given)
        for each in seen_requests(access).filter(season=found).standing().order_by("created_at", "pk")
    ]
    keeps = keeps_season(access, found)
    context = {
        "season": found, "rule": rule_in_words(found), "keeps": keeps, "rows": rows,
        "open": sum(row[0].outcome == Outcome.ASKED for row in rows), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "reservations/season.html", context)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def season_add(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    if not Building.objects.managed_by(access).exists():
        raise PermissionDenied
    return _form(
        request,
        SeasonForm(
            request.POST if request.method == "POST" else None,
            viewer=access,
            instance=Season(created_by=signed_in(request)),
        ),
    )


@member
@require_http_methods(["GET", "HEAD", "POST"])
def season_edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _kept(request, pk)
    if found.is_settled:
        messages.error(request, _("This season is settled: nothing in it is divided any more."))
        return redirect(found)
    return _form(
        request,
        SeasonForm(request.POST if request.method == "POST" else None, viewer=viewer(request), instance=found),
        season=found,
    )


def _form(request: HttpRequest, form: SeasonForm, **context: Any) -> HttpResponse:
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect(form.instance)
    status = 422 if form.errors else 200
    return render(request, "reservations/season_form.html", {"form": form, **context}, status=status)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def division(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What each has now beside what it would get: nothing is written before the keeper says so."""
    found = _kept(request, pk)
    if request.method == "POST":
        try:
            deciding.keep(found, by=signed_in(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Divided. Mend it by hand where you know better, then settle it."))
        return redirect(found)
    readable = {each.pk: each.is_readable for each in seen_requests(viewer(request)).filter(season=found)}  # type: ignore[attr-defined]
    decisions = [] if found.is_settled else deciding.propose(found)
    given = sum(bool(each.gets) for each in decisions)
    context = {
        "season": found, "given": given, "left": len(decisions) - given,
        "rows": [
            (each, readable.get(each.request.pk, False), asked_in_words(each.request))
            for each in sorted(decisions, key=lambda each: bool(each.gets))
        ],
        "differs": sum(each.differs for each in decisions),
        "again": any(each.request.outcome != Outcome.ASKED for each in decisions),
    }  # fmt: skip
    return render(request, "reservations/season_division.html", context)


@member
@require_POST
def settlement(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _kept(request, pk)
    try:
        count = settling.settle(found, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext(
            "Settled: %(count)s hour is somebody's own. Whoever asked gets a mail.",
            "Settled: %(count)s hours are somebody's own. Whoever asked gets a mail.",
            count,
        )
        messages.success(request, said % {"count": count})
    return redirect(found)


def _kept(request: HttpRequest, pk: uuid.UUID) -> Season:
    found = get_object_or_404(Season, pk=pk)
    if not keeps_season(viewer(request), found):
        raise PermissionDenied
    return found
