"""The tablets of the own organisation: who sees which waits where, and what is asked of it at its next contact."""

import uuid

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.refusals import Refused
from signals.field.recovering import recover
from signals.field.shifts import cut_off
from signals.forms.tablets import NameForm, RecoveryForm
from signals.models import Order, Shift, Tablet
from teams.decorators import functions, signed_in, viewer
from teams.models import Function

keepers = functions(Function.COORDINATOR, Function.ADMINISTRATOR)
coordinators = functions(Function.COORDINATOR)


@keepers
@require_safe
def tablets(request: HttpRequest) -> HttpResponse:
    running = Prefetch("shifts", Shift.objects.filter(ended_at__isnull=True).select_related("user"), to_attr="running")
    found = Tablet.objects.managed_by(viewer(request)).prefetch_related(running)
    waiting = found.filter(Q(waiting__gt=0) | Q(attention__gt=0)).count()
    is_coordinator = viewer(request).holds(Function.COORDINATOR)
    context = {"tablets": found, "waiting": waiting, "form": RecoveryForm() if is_coordinator else None}
    return render(request, "signals/tablets.html", context)


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def tablet(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Its name, and what may be asked of it."""
    found = _managed(request, pk)
    form = NameForm(request.POST or None, instance=found)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("signals:tablets")
    context = {"tablet": _managed(request, pk), "form": form}
    return render(request, "signals/tablet.html", context, status=422 if form.errors else 200)


@keepers
@require_POST
def tablet_order(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found, asked = _managed(request, pk), request.POST.get("order", "")
    if asked in Order.values:
        found.give(Order(asked), by=signed_in(request))
        said = _("%(name)s does it at its next contact. What it saved stays, sealed.")
        messages.success(request, said % {"name": found.name})
    return redirect("signals:tablet", pk)


@keepers
@require_POST
def tablet_revocation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _managed(request, pk)
    if request.POST.get("revoked") == "1":
        found.revoke(by=signed_in(request))
        cut_off(found)
        messages.success(request, _("%(name)s is out of use. Nobody starts a shift on it.") % {"name": found.name})
    else:
        found.allow_again()
        messages.success(request, _("%(name)s is in use again.") % {"name": found.name})
    return redirect("signals:tablet", pk)


@coordinators
@require_POST
def tablet_recovery(request: HttpRequest) -> HttpResponse:
    """Read in what a tablet gave along, still sealed; what came of each."""
    form = RecoveryForm(request.POST, request.FILES)
    lines = None
    if form.is_valid():
        try:
            lines = recover(form.cleaned_data["file"], by=signed_in(request))
        except Refused as refusal:
            form.add_error("file", str(refusal))
    return render(
        request,
        "signals/tablet_recovery.html",
        {"form": form, "lines": lines},
        status=200 if lines is not None else 422,
    )


def _managed(request: HttpRequest, pk: uuid.UUID) -> Tablet:
    return get_object_or_404(
        Tablet.objects.managed_by(viewer(request)).select_related("ordered_by", "revoked_by"), pk=pk
    )
