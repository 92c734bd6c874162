"""Filters of the inbox that somebody keeps: for oneself, for a team, or to give as a link."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from signals.facets import counts_of
from signals.forms.inbox import FilterForm, canonical
from signals.forms.saved_filters import SavedFilterForm
from signals.inbox import Tab, tab_of
from signals.models import SavedFilter
from teams.decorators import allowed, signed_in, viewer
from teams.models import Team


@allowed("view", "work", "view_sealed")
@require_safe
def saved_filters(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    kept = list(SavedFilter.objects.of(access).select_related("team"))
    counts = counts_of(kept, access, FilterForm({}, viewer=access))
    rows = [(saved, counts.get(saved.pk)) for saved in kept]
    return render(request, "signals/saved_filters.html", {"rows": rows})


@allowed("view", "work", "view_sealed")
@require_http_methods(["GET", "HEAD", "POST"])
def saved_filter_add(request: HttpRequest) -> HttpResponse:
    """Keep the filters that stand in the address of this page: those of the list one came from."""
    asked = request.GET.dict()
    query = canonical({**asked, "tab": tab_of(asked, viewer(request))})
    saved = SavedFilter(by=signed_in(request), query=query[:1000])
    return _edited(request, saved, _("Kept: it stands beside the tabs."))


@allowed("view", "work", "view_sealed")
@require_http_methods(["GET", "HEAD", "POST"])
def saved_filter_edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    saved = get_object_or_404(SavedFilter.objects.editable(viewer(request)), pk=pk)
    return _edited(request, saved, _("Changed."))


def _edited(request: HttpRequest, saved: SavedFilter, done: str) -> HttpResponse:
    access = viewer(request)
    teams = list(Team.objects.filter(pk__in=access.team_ids).order_by("name"))
    data = request.POST if request.method == "POST" else None
    form = SavedFilterForm(data, teams=teams, by=signed_in(request), instance=saved)
    if form.is_valid():
        form.save()
        messages.success(request, done)
        return redirect(f"{reverse('inbox')}?{saved.query}")
    words = in_words(saved.query, FilterForm(QueryDict(saved.query), viewer=access))
    context = {"form": form, "saved": saved, "words": words}
    return render(request, "signals/saved_filter.html", context, status=422 if form.is_bound else 200)


@allowed("view", "work", "view_sealed")
@require_safe
def saved_filter(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The link to give away. Who opens it sees what they may see, through these filters."""
    saved = get_object_or_404(SavedFilter.objects.openable(viewer(request)), pk=pk)
    return redirect(f"{reverse('inbox')}?{saved.query}")


@allowed("view", "work", "view_sealed")
@require_POST
def saved_filter_end(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    get_object_or_404(SavedFilter.objects.editable(viewer(request)), pk=pk).delete()
    messages.success(request, _("The filter is gone; the signals are not."))
    return redirect("saved-filters")


def in_words(query: str, form: FilterForm) -> list[str]:
    """What a filter narrows to, as the fields of the form say it."""
    data = QueryDict(query)
    said = [str(dict(Tab.choices).get(data.get("tab", ""), ""))]
    for name in ("gebied", "onderwerp", "status", "kanaal", "organisatie", "label", "q"):
        value = data.get(name, "")
        if value:
            choices = dict(_flat(getattr(form.fields[name], "choices", [])))
            said.append(f"{form.fields[name].label or _('Words')}: {choices.get(value, value)}")
    if data.get("geheim"):
        said.append(str(form.fields["geheim"].label))
    return [line for line in said if line]


def _flat(choices: object) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for value, label in choices:  # type: ignore[attr-defined]
        pairs += _flat(label) if isinstance(label, (list, tuple)) else [(str(value), str(label))]
    return pairs
