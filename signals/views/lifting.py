"""From signal to policy: a short page on which somebody writes for the table of the team."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kortrijk_gebied.refusals import Refused
from signals.forms.lifting import AGENDA, EXISTING, LiftForm
from signals.lifting import Matter, lift_to_agenda, lift_to_inventory, must_be_open, url_of
from signals.models import Dossier, Signal
from teams.decorators import allowed, signed_in, viewer
from teams.models import User

readers = allowed("view", "work", "view_sealed")


@readers
@require_http_methods(["GET", "HEAD", "POST"])
def signal_policy(request: HttpRequest, reference: str) -> HttpResponse:
    rows = Signal.objects.readable(viewer(request)).select_related("category", "area")
    return _page(request, get_object_or_404(rows, reference=reference))


@readers
@require_http_methods(["GET", "HEAD", "POST"])
def dossier_policy(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, get_object_or_404(Dossier.objects.readable(viewer(request)), reference=reference))


def _page(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Of what is not open nothing is shown but its reference: here nobody reads it."""
    try:
        must_be_open(matter)
    except Refused as refusal:
        context = {"matter": matter, "back": url_of(matter), "refusal": str(refusal)}
        return render(request, "signals/lifting.html", context, status=409 if request.method == "POST" else 200)
    form = LiftForm(request.POST if request.method == "POST" else None, viewer=viewer(request))
    if request.method == "POST" and form.is_valid():
        try:
            said = _lift(matter, form.cleaned_data, signed_in(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect(url_of(matter))
    shown: dict[str, Any] = {"matter": matter, "title": matter.title, "back": url_of(matter), "form": form}
    return render(request, "signals/lifting.html", shown, status=422 if form.errors else 200)


def _lift(matter: Matter, data: dict[str, Any], by: User) -> str:
    if data["where"] == EXISTING:
        lift_to_inventory(matter, by=by, action=data["action"])
        return _("It stands behind that action. Who raised it hears what is decided.")
    words = {"team": data["team"], "title": data["title"], "text": data["text"], "key": data["key"]}
    if data["where"] == AGENDA:
        lift_to_agenda(matter, by=by, needs_decision=data["needs_decision"], **words)
        return _("It stands on the open agenda of %(team)s. Who raised it hears what is decided.") % words
    lift_to_inventory(matter, by=by, kind=data["kind"] or "bottleneck", **words)
    return _("It stands in the inventory of %(team)s. Who raised it hears what is decided.") % words
