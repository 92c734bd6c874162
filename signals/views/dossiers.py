"""Dossiers: signals that belong together. Everybody sees in one only the signals that they may read."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.audit.models import Look, record
from kortrijk_gebied.refusals import Refused
from signals.dossiers import Shown
from signals.forms.dossiers import DossierClosureForm, DossierForm, DossierNoteForm, EntriesForm
from signals.histories import steps_of_dossier
from signals.levels import Level
from signals.lifting import became, is_liftable
from signals.models import Signal
from signals.models.dossiers import Dossier
from signals.reading import looked_at, looked_at_parts
from teams.decorators import allowed, signed_in, viewer

readers, keepers = allowed("view", "work", "view_sealed"), allowed("route", "work")


@readers
@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    access, closed = viewer(request), request.GET.get("toon") == "afgesloten"
    found = (
        Dossier.objects.readable(access).filter(closed_at__isnull=not closed).select_related("area", "owner", "team")
    )
    shown = list(found[:200])
    _looked(request, shown)
    may_begin = access.may("route") or access.may("work")
    return render(request, "signals/dossiers.html", {"dossiers": shown, "closed": closed, "may_begin": may_begin})


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def dossier_add(request: HttpRequest) -> HttpResponse:
    """Begin one, with the signal from whose page one comes."""
    access, first = viewer(request), request.GET.get("signaal", "")
    signal = Signal.objects.readable(access).filter(reference=first).first() if first else None
    initial = {"area": signal.area_id, "level": signal.level, "team": signal.team_id} if signal else {}
    form = DossierForm(request.POST or None, viewer=access, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "weighed"}
        try:
            made = Dossier.begin(by=signed_in(request), first=signal, **data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The dossier is there. Put the signals in it that belong together."))
            return redirect("signals:dossier", reference=made.reference)
    return render(
        request, "signals/dossier_form.html", {"form": form, "first": signal}, status=422 if form.errors else 200
    )


@readers
@require_safe
def dossier(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, get_object_or_404(_readable(request), reference=reference))


@readers
@require_safe
def dossier_history(request: HttpRequest, reference: str) -> HttpResponse:
    """What changed in it: of its signals only those that the viewer may read."""
    found = get_object_or_404(_readable(request), reference=reference)
    steps, named = steps_of_dossier(found, viewer(request))
    _looked(request, [found])
    looked_at(named, by=signed_in(request), surface="dossier")
    back = reverse("signals:dossier", args=[reference])
    return render(
        request, "history.html", {"about": found.reference, "title": found.title, "back": back, "steps": steps}
    )


@keepers
@require_POST
def dossier_entries(request: HttpRequest, reference: str) -> HttpResponse:
    """Put signals in it; each that cannot is named, the others are in."""
    found, form = _writable(request, reference), EntriesForm(request.POST, viewer=viewer(request))

    def put(data: dict[str, Any]) -> None:
        refused = []
        for signal in data["signals"]:
            try:
                found.add(signal, by=signed_in(request))
            except Refused as refusal:
                refused.append(str(refusal))
        if refused:
            raise Refused(" ".join(refused))

    return _done(request, found, "entries_form", form, put, _("In the dossier."))


@keepers
@require_POST
def dossier_removal(request: HttpRequest, reference: str, signal: str) -> HttpResponse:
    found = _writable(request, reference)
    taken = get_object_or_404(Signal.objects.readable(viewer(request)), reference=signal)
    return _done(
        request, found, "", forms.Form({}), lambda _data: found.take_out(taken), _("Taken out of the dossier.")
    )


@keepers
@require_POST
def dossier_notes(request: HttpRequest, reference: str) -> HttpResponse:
    found, form = _writable(request, reference), DossierNoteForm(request.POST)
    by = signed_in(request)
    return _done(
        request, found, "note_form", form, lambda data: found.add_note(by=by, text=data["text"]), _("Note kept.")
    )


@keepers
@require_POST
def dossier_closure(request: HttpRequest, reference: str) -> HttpResponse:
    found, form = _writable(request, reference), DossierClosureForm(request.POST)
    by = signed_in(request)
    said = _("The dossier is closed.")
    return _done(request, found, "closure_form", form, lambda data: found.close(by=by, outcome=data["outcome"]), said)


@keepers
@require_POST
def dossier_reopening(request: HttpRequest, reference: str) -> HttpResponse:
    found = _writable(request, reference)
    return _done(request, found, "", forms.Form({}), lambda _data: found.reopen(), _("The dossier is open again."))


def _readable(request: HttpRequest) -> Any:
    return Dossier.objects.readable(viewer(request)).select_related("area__set", "owner", "team", "closed_by")


def _writable(request: HttpRequest, reference: str) -> Dossier:
    found: Dossier = get_object_or_404(_readable(request), reference=reference)
    if not Dossier.objects.writable(viewer(request)).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


def _done(
    request: HttpRequest, found: Dossier, name: str, form: forms.Form, do: Callable[[Any], object], said: str
) -> HttpResponse:
    """Do what the form asks and go on; or the page again, with what was typed and why not."""
    if form.is_valid():
        try:
            do(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("signals:dossier", reference=found.reference)
    if not name:
        messages.error(request, " ".join(map(str, form.non_field_errors())))
        return redirect("signals:dossier", reference=found.reference)
    return _page(request, found, status=422, **{name: form})


def _page(request: HttpRequest, found: Dossier, status: int = 200, **typed: forms.Form) -> HttpResponse:
    access = viewer(request)
    shown = Shown(found, access)
    writes = Dossier.objects.writable(access).filter(pk=found.pk).exists()
    _looked(request, [found])
    proposed = shown.proposed() if writes and found.is_open else []
    looked_at([*shown.signals, *proposed], by=signed_in(request), surface="dossier")
    for signal, note in shown.secret_notes:
        looked_at_parts([note], of=signal, by=signed_in(request), surface="dossier")
    actions, points = became(found, access)
    context = {
        "actions": actions, "points": points, "may_lift": is_liftable(found) and bool(access.team_ids),
        "shown": shown, "dossier": found, "writes": writes, "proposed": proposed,
        "entries_form": EntriesForm(viewer=access), "note_form": DossierNoteForm(),
        "closure_form": DossierClosureForm(),
        **typed,
    }  # fmt: skip
    return render(request, "signals/dossier.html", context, status=status)


def _looked(request: HttpRequest, found: list[Dossier]) -> None:
    user = signed_in(request)
    looks = [
        Look(dossier.owner_id, "dossier", dossier.pk, dossier.reference, dossier.level)
        for dossier in found
        if dossier.level > Level.OPEN
    ]
    if looks:
        record(looks, reader_id=user.pk, reader_name=user.name, organisation_id=user.organisation_id, surface="dossier")
