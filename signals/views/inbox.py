"""The inbox: the list, beside it the chosen signal; and what the list asks for by itself."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.dateparse import parse_datetime
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kortrijk_gebied.menu import ENTRANCES, item_for
from signals.facets import counts_of, facets_of
from signals.forms.inbox import FilterForm, canonical
from signals.inbox import Inbox, Tab, tab_of
from signals.levels import Level
from signals.models import Column, InboxChoice, SavedFilter, Signal
from signals.reading import looked_at, looked_at_parts
from signals.rows import Row, rows_of
from signals.snippets import Snippets, snippets_of
from signals.to_do import acts
from signals.views.answers import RELATED, asked_next, opened, panel_of
from signals.visibility import Sight
from teams.decorators import allowed, signed_in, viewer

MORE_FILTERS = ("onderwerp", "kanaal", "status", "organisatie", "label", "geheim")
TABS_KEPT = 4  # saved filters that stand beside the fixed tabs; the others on their own page
DOTS = 1_000  # on the map


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


def box_of(request: HttpRequest) -> tuple[Inbox, FilterForm]:
    """The list that an address of the inbox asks for."""
    access = viewer(request)
    form = FilterForm(request.GET, viewer=access)
    return Inbox(access, tab_of(request.GET, access), form.filters()), form


def _listed(request: HttpRequest) -> dict[str, Any]:
    box, form = box_of(request)
    user, now = signed_in(request), timezone.now()
    page = box.page(request.GET.get("page"))
    shown = list(page.object_list)
    looked_at([signal for signal in shown if signal.sight != Sight.LIMITED], by=user, surface="inbox")
    columns = InboxChoice.of(user)
    kept = [(name, value) for name, value in request.GET.items() if name not in ("page", "signaal")]
    return {
        "form": form,
        "filters": box.filters,
        "kept": kept,
        "narrowed": sum(bool(request.GET.get(name)) for name in MORE_FILTERS),
        "tab": box.tab,
        "tabs": _tabs(box),
        "saved": _saved(request, box, form),
        "page": page,
        "rows": rows_of(shown, box.viewer, columns=columns, snippets=_snippets(request, box, shown)),
        "found": box.found,
        "columns": [(value, label, value in columns) for value, label in Column.choices],
        "on_map": request.GET.get("weergave") == "kaart",
        "may_register": box.viewer.may("register"),
        "may_choose": acts(box.viewer),
        "since": now.isoformat(),
    }


def _tabs(box: Inbox) -> list[dict[str, Any]]:
    """Some only when they hold something; what is to be done always for who does something about it."""
    hidden = (Tab.NEW, Tab.UNPLACED) if acts(box.viewer) else (Tab.NEW, Tab.UNPLACED, Tab.TODO)
    return [
        {"value": value, "label": label, "count": box.count(value), "is_current": value == box.tab}
        for value, label in Tab.choices
        if value not in hidden or box.count(value) or value == box.tab
    ]


def _saved(request: HttpRequest, box: Inbox, form: FilterForm) -> dict[str, Any]:
    """Saved filters as tabs. The one whose address this is, is current."""
    here = canonical({**request.GET.dict(), "tab": box.tab})
    kept = list(SavedFilter.objects.of(box.viewer)[: TABS_KEPT + 1])
    counts = counts_of(kept[:TABS_KEPT], box.viewer, form)
    tabs = [
        {"filter": saved, "count": counts.get(saved.pk), "is_current": saved.query == here}
        for saved in kept[:TABS_KEPT]
    ]
    return {
        "tabs": tabs,
        "is_more": len(kept) > TABS_KEPT,
        "is_current": any(tab["is_current"] for tab in tabs),
        "can_keep": not box.filters.is_plain and not any(tab["is_current"] for tab in tabs),
        "here": here,
    }


def _snippets(request: HttpRequest, box: Inbox, shown: list[Any]) -> Snippets:
    """Where the words were found. A note that is more secret than its signal is on record when it is shown."""
    if box.found is None:
        return {}
    by_key = {signal.pk: signal for signal in shown if signal.sight == Sight.FULL}
    snippets, notes = snippets_of(box.found, by_key.values(), box.viewer)
    for note in notes:
        looked_at_parts([note], of=by_key[note.signal_id], by=signed_in(request), surface="inbox")
    return snippets


def _chosen(request: HttpRequest, listed: list[Row]) -> Signal | None:
    """The signal asked for; else the first, unless opening it would put a reading on record unasked."""
    readable = Signal.objects.readable(viewer(request)).select_related(*RELATED)
    if asked := request.GET.get("signaal", ""):
        found = readable.filter(reference=asked).first()
        return opened(request, found) if found else None
    first = next((row.signal for row in listed if row.signal), None)
    return readable.filter(pk=first.pk).first() if first and first.level == Level.OPEN else None


@allowed("view", "work", "view_sealed")
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What came in since the list was shown: how many, and nothing else. No news is an empty answer."""
    box, _form = box_of(request)
    since = parse_datetime(request.GET.get("sinds", "").replace(" ", "+"))
    count = box.came_since(since) if since and timezone.is_aware(since) else 0
    if not count or str(count) == request.GET.get("gezegd"):
        return HttpResponse(status=204)
    words = ngettext("%(count)s new signal", "%(count)s new signals", count) % {"count": count}
    response = render(request, "signals/rows.html#news", {"news": words, "count": count})
    response.headers["HX-Trigger"] = json.dumps({"announce": words})
    return response


@allowed("view", "work", "view_sealed")
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Where the rest of the list lies, for the map: open matter only, by reference; its words stand in the list."""
    box, _form = box_of(request)
    rows = box.in_tab().order_by().readable(box.viewer).filter(level=Level.OPEN, longitude__isnull=False)
    return JsonResponse({"points": list(rows.values_list("reference", "longitude", "latitude")[:DOTS])})


@allowed("view", "work", "view_sealed")
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """The filters with how many each choice would leave: asked when they are opened."""
    box, form = box_of(request)
    form.count(facets_of(box, form.categories))
    kept = [(name, value) for name, value in request.GET.items() if name not in ("page", "signaal")]
    context = {"form": form, "filters": box.filters, "kept": kept}
    part = "areas" if request.GET.get("deel") == "gebied" else "more"
    return render(request, f"signals/filters.html#{part}", context)


@allowed("view", "work", "view_sealed")
@require_POST
def choice(request: HttpRequest) -> HttpResponse:
    """What a row shows, for this person."""
    columns = [column for column in Column.values if column in request.POST.getlist("kolom")]
    InboxChoice.objects.update_or_create(user=signed_in(request), defaults={"columns": columns})
    return redirect(asked_next(request) or reverse("inbox"))
