"""The lines of the care grid: added, changed and removed by the organisation whose they are."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from areas.models import Area
from kortrijk_gebied.refusals import Refused
from teams.decorators import allowed, signed_in, viewer
from teams.forms.care import EntryForm
from teams.forms.overtaken import repeats
from teams.models import CareGrid, GridEntry, Organisation
from teams.models.care_entries import writes
from teams.views.care import care_area, typed


def writer(request: HttpRequest) -> Organisation:
    """The organisation for which somebody writes; who only reads is told so."""
    organisation = signed_in(request).organisation
    if organisation is None or not writes(viewer(request), organisation):
        raise PermissionDenied
    return organisation


@allowed("view")
@require_http_methods(["GET", "HEAD", "POST"])
def entry_add(request: HttpRequest, code: str, year: int) -> HttpResponse:
    area = care_area(viewer(request), code, year)
    organisation = writer(request)
    asked = {"target_group": request.GET.get("doelgroep"), "need": request.GET.get("nood")}
    if request.GET.get("soort") in GridEntry.Kind.values:
        asked["kind"] = request.GET["soort"]
    form = EntryForm(typed(request), organisation=organisation, initial=asked)
    if request.method == "POST" and _added(request, form, area, year, organisation):
        messages.success(request, _("Saved."))
        return redirect(GridEntry.objects.select_related("grid__area").get(pk=form.cleaned_data["key"]))
    context = {"form": form, "area": area, "year": year}
    return render(request, "teams/care/entry_form.html", context, status=422 if form.errors else 200)


def _added(request: HttpRequest, form: EntryForm, area: Area, year: int, organisation: Organisation) -> bool:
    """Also when the same form came before: its line is there."""
    person = signed_in(request)
    if form.made and (made := GridEntry.objects.filter(pk=form.made, by=person).first()):
        return repeats(form, made)

    def write() -> None:
        entry = form.instance
        entry.pk, entry.organisation, entry.by = form.cleaned_data["key"], organisation, person
        entry.grid = CareGrid.held(area, year)
        entry.put()

    return _saved(form, write)


def _saved(form: EntryForm, write: Callable[[], None]) -> bool:
    try:
        with transaction.atomic():
            return form.saved(write)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False


def own(request: HttpRequest, pk: str) -> GridEntry:
    """A line of another organisation is read in the grid and changed by them; one that may not be read is not there."""
    readable = GridEntry.objects.readable(viewer(request)).select_related("grid__area", "organisation")
    found = get_object_or_404(readable, pk=pk)
    if found.organisation != writer(request):
        raise PermissionDenied
    return found


@allowed("view")
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, pk: str) -> HttpResponse:
    found = own(request, pk)
    grid = found.grid
    form = EntryForm(typed(request), instance=found, organisation=found.organisation)
    if request.method == "POST" and _saved(form, form.instance.put):
        messages.success(request, _("Saved."))
        return redirect(found)
    context = {"form": form, "entry": found, "area": grid.area, "year": grid.year, "grid": grid}
    return render(request, "teams/care/entry_form.html", context, status=422 if form.errors else 200)


@allowed("view")
@require_POST
def entry_removal(request: HttpRequest, pk: str) -> HttpResponse:
    found = own(request, pk)
    try:
        found.remove(by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Removed from the grid. Its history is kept."))
    return redirect(f"{reverse('care:matrix', args=[found.grid.area.code, found.grid.year])}#nood-{found.need_id}")
