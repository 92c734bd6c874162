"""Many signals at once: chosen in the list, then what to do, then how it went row by row, and taken back in time."""

import json
import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from kortrijk_gebied.htmx import is_fragment, to_page
from kortrijk_gebied.refusals import Refused
from signals import bulk as acting
from signals.bulk_words import Result, lines_of
from signals.forms.bulk import form_for
from signals.forms.inbox import FilterForm
from signals.inbox import Inbox, Tab, tab_of
from signals.models import Act, Bulk, BulkState, RowState, Signal
from signals.views.answers import asked_next
from signals.visibility import SignalQuerySet
from teams.decorators import allowed, signed_in, viewer

LINES = 100


@allowed("route", "work")
@require_POST
def selection(request: HttpRequest) -> HttpResponse:
    """Freeze what was chosen: the rows that were ticked, or everything within the filters."""
    act = request.POST.get("doe", "")
    if act not in Act.values:
        act = Act.CLOSE
    back = asked_next(request) or reverse("inbox")
    try:
        bulk = acting.choose(_chosen(request), viewer=viewer(request), by=signed_in(request), act=act, back=back)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return to_page(request, back)
    if act == Act.EXPORT:
        return to_page(request, f"{reverse('signals:export')}?tab={Tab.ALL}&keuze={bulk.pk}")
    if is_fragment(request):
        return _dialog(request, bulk, form_for(bulk, viewer(request)))
    return redirect("bulk", pk=bulk.pk)


def _chosen(request: HttpRequest) -> SignalQuerySet:
    access = viewer(request)
    if request.POST.get("alles"):
        query = QueryDict(request.POST.get("lijst", ""))
        return Inbox(access, tab_of(query, access), FilterForm(query, viewer=access).filters()).in_order()
    chosen: SignalQuerySet = Signal.objects.filter(reference__in=request.POST.getlist("kies"))
    return chosen.order_by("due_at", "pk")


def _own(request: HttpRequest, pk: uuid.UUID) -> Bulk:
    return get_object_or_404(Bulk.objects.of(viewer(request)).select_related("by__organisation", "job"), pk=pk)


@allowed("route", "work")
@require_safe
def bulk(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What it is depends on how far it is: a form, a progress bar, or the result per row."""
    found = _own(request, pk)
    form = form_for(found, viewer(request)) if found.state == BulkState.CHOSEN else None
    return _page(request, found, form)


@allowed("route", "work")
@require_safe
def progress(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _page(request, _own(request, pk), None, part="#progress")


@allowed("route", "work")
@require_POST
def execution(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Do it. Sent twice it is done once, and the answer is the same."""
    found = _own(request, pk)
    if found.state == BulkState.CHOSEN:
        form = form_for(found, viewer(request), request.POST)
        if not form.is_valid():
            return _dialog(request, found, form, 422) if is_fragment(request) else _page(request, found, form)
        acting.start(found, details=form.details())
    return _after(request, found)


@allowed("route", "work")
@require_POST
def undo(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _own(request, pk)
    try:
        acting.undo(found)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return to_page(request, reverse("bulk", args=[pk]))
    return _after(request, found)


def _after(request: HttpRequest, done: Bulk) -> HttpResponse:
    """Little is said beside the list; much, and without JavaScript all, has a page."""
    if done.is_busy or not is_fragment(request):
        return to_page(request, reverse("bulk", args=[done.pk]))
    result = Result(done)
    response = render(request, "signals/bulk.html#said", {"bulk": done, "result": result})
    happened = {"bulk-done": str(done.pk), "signal-changed": "", "announce": result.words}
    response.headers["HX-Trigger"] = json.dumps(happened)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _dialog(request: HttpRequest, chosen: Bulk, form: Any, status: int = 200) -> HttpResponse:
    count = chosen.rows.count()
    response = render(
        request, "signals/bulk.html#dialog", {"bulk": chosen, "form": form, "count": count}, status=status
    )
    patch_vary_headers(response, ["HX-Request"])
    return response


def _page(request: HttpRequest, found: Bulk, form: Any, *, part: str = "") -> HttpResponse:
    """Refused rows first. A title stands there only as long as its reader may read it."""
    rows = found.rows.order_by("state", "pk") if found.state == BulkState.CHOSEN else found.rows.exclude(
        state__in=[RowState.DONE, RowState.UNDONE, RowState.WAITING]
    )  # fmt: skip
    page = Paginator(rows.select_related("signal"), LINES).get_page(request.GET.get("page"))
    context = {
        "bulk": found, "form": form, "count": found.rows.aggregate(Count("pk"))["pk__count"], "result": Result(found),
        "page": page, "lines": lines_of(list(page), viewer(request), by=signed_in(request)),
    }  # fmt: skip
    bound = form is not None and form.is_bound
    return render(request, f"signals/bulk.html{part}", context, status=422 if bound else 200)
