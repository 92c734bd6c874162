"""That a case consultation took place: for who sat there and for the officers of their organisations, nobody else."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.history import steps_of
from teams.consultations import looked_at
from teams.decorators import allowed, signed_in, viewer
from teams.forms.consultations import ConsultationForm
from teams.forms.overtaken import repeats
from teams.models import CaseConsultation

PER_PAGE = 25


@member
@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """An empty list for who sat nowhere: it tells nothing."""
    access = viewer(request)
    found = CaseConsultation.objects.readable(access).select_related("organisation").prefetch_related("houses")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    looked_at(page, by=signed_in(request), surface="case-consultations")
    context = {"page": page, "may_add": _may_add(request)}
    return render(request, "teams/consultations.html", context)


@allowed("work")
@require_http_methods(["GET", "HEAD", "POST"])
def consultation_add(request: HttpRequest) -> HttpResponse:
    if not _may_add(request):
        raise PermissionDenied
    return _form(request, None, made=_sent_before(request))


def _sent_before(request: HttpRequest) -> CaseConsultation | None:
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    return CaseConsultation.objects.writable(viewer(request)).filter(pk=key).first()


@member
@require_safe
def consultation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    rows = CaseConsultation.objects.readable(viewer(request)).select_related("organisation", "team", "convened_by")
    found = get_object_or_404(rows.prefetch_related("participants__organisation", "houses"), pk=pk)
    looked_at([found], by=signed_in(request), surface="case-consultation")
    writes = found.convened_by_id == signed_in(request).pk
    context = {"consultation": found, "writes": writes, "steps": steps_of([found])}
    return render(request, "teams/consultation.html", context)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def consultation_edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    access = viewer(request)
    found = get_object_or_404(CaseConsultation.objects.readable(access).prefetch_related("houses"), pk=pk)
    if not CaseConsultation.objects.writable(access).filter(pk=found.pk).exists():
        raise PermissionDenied
    looked_at([found], by=signed_in(request), surface="case-consultation")
    return _form(request, found)


def _form(
    request: HttpRequest, found: CaseConsultation | None, *, made: CaseConsultation | None = None
) -> HttpResponse:
    """`made`: what this form wrote down before, when it comes again."""
    sent = request.POST if request.method == "POST" else None
    form = ConsultationForm(sent, instance=found, viewer=viewer(request), convenor=signed_in(request))
    if request.method == "POST" and (repeats(form, made) if made else form.saved()):
        messages.success(request, _("Saved."))
        return redirect("consultations:consultation", (made or form.instance).pk)
    context = {"form": form, "consultation": found}
    return render(request, "teams/consultation_form.html", context, status=422 if form.errors else 200)


def _may_add(request: HttpRequest) -> bool:
    return viewer(request).may("work") and signed_in(request).organisation_id is not None
