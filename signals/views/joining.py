"""Two signals that are one, and one that is two."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kortrijk_gebied.htmx import is_fragment, to_page
from kortrijk_gebied.refusals import Refused
from signals.forms.joining import JoinForm, SplitForm
from signals.joining import ended_a_wait, join, separate, split
from signals.models import Joining, Signal
from signals.reading import looked_at
from signals.vicinity import signals_nearby
from signals.views.answers import done, steerable_signal
from teams.access import Access
from teams.decorators import allowed, signed_in, viewer

steerers = allowed("route", "work")


@steerers
@require_http_methods(["GET", "HEAD", "POST"])
def joining(request: HttpRequest, reference: str) -> HttpResponse:
    access, by = viewer(request), signed_in(request)
    found = steerable_signal(access, reference)
    form = JoinForm(
        request.POST if request.method == "POST" else None, signal=found, viewer=access, nearby=_nearby(found, access)
    )
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        try:
            join(found, into=into, by=by)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if is_fragment(request):  # beside the list one goes on with that
                return done(request, _("Joined with the other one."), reference)
            messages.success(request, _("Joined: its reports go on here."))
            return redirect("signals:signal", reference=into.reference)
    looked_at([found, *(near for near, _metres in form.nearby)], by=by, surface="signal")
    return _form(request, form, found)


def _form(request: HttpRequest, form: JoinForm, found: Signal) -> HttpResponse:
    """A page; or beside the list a window, and the form again when something is wrong with it."""
    part = ("#form" if form.errors else "#dialog") if is_fragment(request) else ""
    context = {"form": form, "signal": found, "beside": bool(part)}
    response = render(request, f"signals/joining.html{part}", context, status=422 if form.errors else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


@steerers
@require_http_methods(["GET", "HEAD", "POST"])
def splitting(request: HttpRequest, reference: str) -> HttpResponse:
    found, by = steerable_signal(viewer(request), reference), signed_in(request)
    form = SplitForm(request.POST if request.method == "POST" else None, signal=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = split(found, reports=[report.pk for report in form.cleaned_data["reports"]], by=by)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Split off: these reports go on as a signal of their own."))
            readable = Signal.objects.readable(viewer(request)).filter(pk=made.pk).exists()
            return redirect("signals:signal", reference=made.reference if readable else reference)
    looked_at([found], by=by, surface="signal")
    return render(
        request, "signals/splitting.html", {"form": form, "signal": found}, status=422 if form.errors else 200
    )


@steerers
@require_POST
def joining_undo(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    access = viewer(request)
    found = get_object_or_404(
        Joining.objects.select_related("signal", "into"), pk=pk, signal__in=Signal.objects.readable(access)
    )
    steered = Signal.objects.writable(access).filter(pk__in=[found.signal_id, found.into_id]).count()
    if steered < 2:
        raise PermissionDenied
    try:
        separate(found, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("Undone: both go on by themselves.")
        if ended_a_wait(found):
            runs = _(
                "%(reference)s waited for its reporter and goes on now: let it wait again if the answer is not there."
            )
            said = f"{said} {runs % {'reference': found.into.reference}}"
        if is_fragment(request):
            return done(request, said, found.signal.reference)
        messages.success(request, said)
    page = reverse("signals:signal", args=[found.signal.reference])
    return to_page(request, page) if is_fragment(request) else redirect(page)


def _nearby(signal: Signal, access: Access) -> list[tuple[Signal, int]]:
    """Running signals around it that the viewer may steer too."""
    if signal.longitude is None or signal.latitude is None:
        return []
    near = signals_nearby(access, longitude=signal.longitude, latitude=signal.latitude)
    steered = set(
        Signal.objects.writable(access).filter(pk__in=[one.pk for one, _metres in near]).values_list("pk", flat=True)
    )
    return [(one, metres) for one, metres in near if one.pk != signal.pk and one.pk in steered]
