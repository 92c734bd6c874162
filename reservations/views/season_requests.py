"""Asking for an hour of a season, and what the keeper decides of it by hand."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from reservations.forms.seasons import BecauseForm, DecisionForm, RequestForm
from reservations.models import Feature, Layout, Outcome, Season, SeasonRequest
from reservations.seasons import requests
from reservations.seasons.sight import keeps_season, request_for
from reservations.seasons.table import proposal_of
from reservations.seasons.words import asked_in_words, when_in_words
from teams.decorators import signed_in, viewer


@member
@require_http_methods(["GET", "HEAD", "POST"])
def request_add(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    season = get_object_or_404(Season, pk=pk)
    form = RequestForm(
        request.POST if request.method == "POST" else None, season=season, by=signed_in(request), viewer=viewer(request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = requests.ask(form.request, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked. You hear by mail what became of it when the season is settled."))
            return redirect(made)
    context = {"form": form, "season": season}
    return render(request, "reservations/season_request_form.html", context, status=422 if form.errors else 200)


@member
@require_safe
def season_request(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _page(request, request_for(viewer(request), pk))


def _page(
    request: HttpRequest,
    found: SeasonRequest,
    *,
    decision: DecisionForm | None = None,
    because: BecauseForm | None = None,
    problem: str = "",
) -> HttpResponse:
    given = proposal_of(found)
    may_decide = (
        keeps_season(viewer(request), found.season)
        and not found.season.is_settled
        and found.outcome != Outcome.WITHDRAWN
    )
    context = {
        "asked": found, "season": found.season, "when": asked_in_words(found), "given": given, "problem": problem,
        "gets": when_in_words(given) if given else "", "may_decide": may_decide,
        "features": [str(Feature(each).label) for each in found.features],
        "layout": str(Layout(found.layout).label) if found.layout else "",
        "decision": decision or DecisionForm(season=found.season, initial=_as_asked(found)),
        "because": because or BecauseForm(),
        "may_withdraw": _may_withdraw(found),
    }  # fmt: skip
    failed = bool(problem or (decision and decision.errors) or (because and because.errors))
    return render(request, "reservations/season_request.html", context, status=422 if failed else 200)


def _as_asked(found: SeasonRequest) -> dict[str, object]:
    given = proposal_of(found)
    room = given.room_id if given else found.room_id
    of = given or found
    return {"room": room, "weekday": of.weekdays[0], "start_time": of.start_time, "end_time": of.end_time}


def _may_withdraw(found: SeasonRequest) -> bool:
    return bool(found.is_mine) and found.outcome != Outcome.WITHDRAWN and not found.season.is_settled  # type: ignore[attr-defined]


@member
@require_POST
def request_withdrawal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = request_for(viewer(request), pk)
    if not found.is_mine:  # type: ignore[attr-defined]
        raise PermissionDenied
    try:
        requests.withdraw_request(found, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn: you do not ask for this hour any more."))
    return redirect(found.season)


@member
@require_POST
def request_decision(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Given by hand, refused by hand, or left to the rule: the button says which."""
    found = request_for(viewer(request), pk)
    if not keeps_season(viewer(request), found.season):
        raise PermissionDenied
    by = signed_in(request)
    decision = DecisionForm(request.POST, season=found.season) if "geef" in request.POST else None
    because = BecauseForm(request.POST) if "weiger" in request.POST else None
    if decision is None and because is None and "regel" not in request.POST:
        return _page(
            request, found, problem=_("Say what becomes of it: give it, do not give it, or leave it to the rule.")
        )
    if (decision and not decision.is_valid()) or (because and not because.is_valid()):
        return _page(request, found, decision=decision, because=because)
    try:
        if decision:
            data = decision.cleaned_data
            requests.decide(found, data["room"], data["weekday"], data["start_time"], data["end_time"], by=by)
        elif because:
            requests.refuse(found, because.cleaned_data["because"], by=by)
        else:
            requests.leave_to_the_rule(found, by=by)
    except Refused as refusal:
        return _page(request, found, decision=decision, because=because, problem=str(refusal))
    messages.success(request, _("Decided. Dividing again leaves this as it is."))
    return redirect(found)
