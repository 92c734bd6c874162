"""Reports out of a file: give it, say what each column holds, look at the first rows, let a worker do it."""

import uuid
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.htmx import to_page
from kortrijk_gebied.tables import Unreadable, opened
from signals.forms.imports import ColumnsForm, UploadForm
from signals.importing.run import Preview, start
from signals.models import ReportImport
from teams.access import Access
from teams.decorators import allowed, signed_in, viewer
from teams.models import Team

# The call line is the city's; who registers at a counter or in the field does so one by one.
KINDS = (Team.Kind.OFFICE, Team.Kind.COORDINATION, Team.Kind.DESK)


def may_import(access: Access) -> bool:
    return access.may("register") and Team.objects.filter(
        pk__in=access.team_ids, kind__in=KINDS, organisation__kind="city"
    ).exists()  # fmt: skip


def importers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Those who register for the city, in an office, a coordination or at the desk."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_import(viewer(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded.__name__, guarded.__doc__, guarded.__module__ = view.__name__, view.__doc__, view.__module__
    return allowed("register")(guarded)


@importers
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    access, user = viewer(request), signed_in(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        upload = ReportImport(organisation=user.organisation, by=user, name=PurePath(file.name).name[:200])
        # The name on disk says nothing, and is no path of somebody's making.
        upload.file.save(f"{upload.pk}.data", file, save=False)
        upload.save()
        return to_page(request, reverse("signals:import", args=[upload.pk]))
    earlier = ReportImport.objects.listed(access).select_related("by", "job")[:50]
    context = {"form": form, "earlier": earlier}
    return render(request, "signals/imports.html", context, status=422 if form.is_bound else 200)


@importers
@require_safe
def report_import(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What it is depends on how far it is: columns and a preview, a progress bar, or the result."""
    upload = _own(request, pk)
    if upload.job:
        return render(request, "signals/import.html", {"upload": upload, "job": upload.job})
    header = _header(upload)
    form = ColumnsForm(header, initial=upload.mapping) if upload.mapping else ColumnsForm(header)
    return _columns_page(request, upload, form, form.initial)


@importers
@require_POST
def columns(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep which column holds what, and show the first rows again."""
    upload = _own(request, pk)
    if upload.job:
        return redirect("signals:import", pk=pk)
    form = ColumnsForm(_header(upload), request.POST)
    if not form.is_valid():
        return _columns_page(request, upload, form, form.cleaned_data)
    upload.mapping = form.columns()
    upload.save(update_fields=["mapping"])
    return to_page(request, f"{reverse('signals:import', args=[pk])}#preview")


@importers
@require_POST
def execution(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Set a worker to it."""
    upload = _own(request, pk)
    if upload.job is None:
        form = ColumnsForm(_header(upload), request.POST)
        if not form.is_valid():
            return _columns_page(request, upload, form, form.cleaned_data)
        start(upload, columns=form.columns(), by=signed_in(request))
    return to_page(request, reverse("signals:import", args=[pk]))


@importers
@require_safe
def progress(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    upload = _own(request, pk)
    if upload.job is None:
        raise Http404
    return render(request, "signals/import.html#progress", {"upload": upload, "job": upload.job})


@importers
@require_safe
def refused(request: HttpRequest, pk: uuid.UUID) -> FileResponse:
    upload = _own(request, pk)
    if not upload.rejects:
        raise Http404
    name = _("refused rows %(name)s.csv") % {"name": PurePath(upload.name).stem}
    return FileResponse(upload.rejects.open("rb"), as_attachment=True, filename=name, content_type="text/csv")


def _own(request: HttpRequest, pk: uuid.UUID) -> ReportImport:
    return get_object_or_404(ReportImport.objects.readable(viewer(request)).select_related("job"), pk=pk)


def _header(upload: ReportImport) -> list[str]:
    with upload.file.open("rb") as file, opened(file) as table:
        return table.header


def _columns_page(request: HttpRequest, upload: ReportImport, form: ColumnsForm, chosen: Any) -> HttpResponse:
    context: dict[str, Any] = {"upload": upload, "form": form}
    try:
        context["preview"] = Preview(upload, {field: name for field, name in chosen.items() if name})
    except Unreadable as reason:
        context["reason"] = str(reason)
    return render(request, "signals/import.html", context, status=422 if form.is_bound else 200)
