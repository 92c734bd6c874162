"""The inbox: the list, beside it the chosen signal."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from kortrijk_gebied.menu import ENTRANCES, item_for
from signals.forms.inbox import FilterForm
from signals.inbox import Inbox, Tab, first_tab
from signals.levels import Level
from signals.models import Signal
from signals.reading import looked_at
from signals.rows import Row, rows_of
from signals.views.answers import RELATED, panel_of
from signals.visibility import Sight
from teams.decorators import allowed, signed_in, viewer

MORE_FILTERS = ("onderwerp", "kanaal", "status", "organisatie", "geheim")


@allowed("view", "work", "view_sealed")
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    listed = _listed(request)
    chosen = _chosen(request, listed["rows"])
    listed["chosen"] = chosen.reference if chosen else ""
    listed["panel"] = panel_of(request, chosen) if chosen else None
    return render(request, "signals/inbox.html", listed)


@allowed("view", "work", "view_sealed")
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """The list alone, with the numbers above it and in the menu: what a page fetches after something was done."""
    listed = _listed(request)
    listed["chosen"] = request.GET.get("signaal", "")
    listed["menu_item"] = item_for(ENTRANCES[0], request)
    response = render(request, "signals/rows.html", listed)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _listed(request: HttpRequest) -> dict[str, Any]:
    access = viewer(request)
    form = FilterForm(request.GET, viewer=access)
    asked = request.GET.get("tab", "")
    tab = asked if asked in Tab.values else first_tab(access)
    box = Inbox(access, tab, form.filters())
    page = box.page(request.GET.get("page"))
    shown = list(page.object_list)
    looked_at([signal for signal in shown if signal.sight != Sight.LIMITED], by=signed_in(request), surface="inbox")
    tabs = [
        {"value": value, "label": label, "count": box.count(value), "is_current": value == tab}
        for value, label in Tab.choices
        if value != Tab.UNPLACED or box.count(value) or value == tab
    ]
    kept = [(name, value) for name, value in request.GET.items() if name not in ("page", "signaal")]
    return {
        "form": form,
        "filters": box.filters,
        "kept": kept,
        "narrowed": sum(bool(request.GET.get(name)) for name in MORE_FILTERS),
        "tab": tab,
        "tabs": tabs,
        "page": page,
        "rows": rows_of(shown, access),
    }


def _chosen(request: HttpRequest, listed: list[Row]) -> Signal | None:
    """The signal asked for; else the first, unless opening it would put a reading on record unasked."""
    readable = Signal.objects.readable(viewer(request)).select_related(*RELATED)
    if asked := request.GET.get("signaal", ""):
        return readable.filter(reference=asked).first()
    first = next((row.signal for row in listed if row.signal), None)
    return readable.filter(pk=first.pk).first() if first and first.level == Level.OPEN else None
