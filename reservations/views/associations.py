"""The register of associations: found, read by everybody who works here, kept by the city."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.history import steps_of
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.sheets import csv_parts
from kortrijk_gebied.tables import Unreadable
from reservations.activities import listing
from reservations.forms.associations import AssociationFilter, AssociationForm, MergeForm, SheetForm, areas
from reservations.models import Activity, Association, Booking, Contact
from reservations.models.associations import AssociationQuerySet
from reservations.register import looking, sheet
from reservations.register.merging import merge
from reservations.register.rights import keeps_register
from teams.decorators import signed_in, viewer

PER_PAGE = 50
MOST = 20


def only_keepers(request: HttpRequest) -> None:
    if not keeps_register(viewer(request)):
        raise PermissionDenied


@member
@require_safe
def associations(request: HttpRequest) -> HttpResponse:
    form = AssociationFilter(request.GET)
    page = Paginator(_filtered(form), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "numbers": page.paginator.get_elided_page_range(page.number),
        "keeps": keeps_register(viewer(request)), "query": request.GET.urlencode(),
        "is_filtered": any(request.GET.values()),
    }  # fmt: skip
    return render(request, "reservations/associations.html", context)


def _filtered(form: AssociationFilter) -> AssociationQuerySet:
    wanted = form.cleaned_data if form.is_valid() else {}
    found = Association.objects.select_related("area").defer("area__boundary").order_by("name")
    if not wanted.get("gestopt"):
        found = found.current()
    if words := wanted.get("zoek"):
        found = found.filter(Q(name__icontains=words) | Q(number__icontains=words.replace(" ", "")))
    if wanted.get("gebied"):
        found = found.filter(area=wanted["gebied"])
    if wanted.get("soort"):
        found = found.filter(kinds__contains=[wanted["soort"]])
    return found


@member
@require_safe
def associations_sheet(request: HttpRequest) -> StreamingHttpResponse:
    found = _filtered(AssociationFilter(request.GET))
    parts = csv_parts(sheet.HEADINGS, sheet.rows(found.iterator(chunk_size=500)))
    response = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="verenigingen-{timezone.localdate()}.csv"'
    return response


@member
@require_http_methods(["GET", "HEAD", "POST"])
def associations_import(request: HttpRequest) -> HttpResponse:
    only_keepers(request)
    form, report = (
        SheetForm(
            request.POST if request.method == "POST" else None, request.FILES if request.method == "POST" else None
        ),
        None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            report = sheet.read(form.cleaned_data["file"], areas())
        except (Refused, Unreadable) as refusal:
            form.add_error("file", str(refusal))
    context = {"form": form, "report": report, "headings": sheet.HEADINGS}
    return render(request, "reservations/associations_import.html", context, status=422 if form.errors else 200)


@member
@require_safe
def association(request: HttpRequest, pk: int) -> HttpResponse:
    access = viewer(request)
    found = get_object_or_404(Association.objects.select_related("area").defer("area__boundary"), pk=pk)
    contacts = list(Contact.objects.readable(access).filter(association=found))
    looking.looked_at(contacts, by=signed_in(request))
    bookings = Booking.objects.readable(access).live().filter(association=found, ends__gt=timezone.now())
    own = Activity.objects.readable(access).filter(association=found)
    context = {
        "association": found, "contacts": contacts, "keeps": keeps_register(access),
        "bookings": bookings.select_related("room__building").order_by("starts")[:MOST],
        "activities": listing.with_next(own)[:MOST],
    }  # fmt: skip
    return render(request, "reservations/association.html", context)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def association_add(request: HttpRequest) -> HttpResponse:
    only_keepers(request)
    return _form(request, AssociationForm(request.POST if request.method == "POST" else None), _("Association added."))


@member
@require_http_methods(["GET", "HEAD", "POST"])
def association_edit(request: HttpRequest, pk: int) -> HttpResponse:
    only_keepers(request)
    found = get_object_or_404(Association, pk=pk)
    return _form(
        request, AssociationForm(request.POST if request.method == "POST" else None, instance=found), _("Saved."), found
    )


def _form(request: HttpRequest, form: AssociationForm, said: str, found: Association | None = None) -> HttpResponse:
    if request.method == "POST" and form.saved():
        messages.success(request, said)
        return redirect(form.instance)
    context = {"form": form, "association": found}
    return render(request, "reservations/association_form.html", context, status=422 if form.errors else 200)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def association_merge(request: HttpRequest, pk: int) -> HttpResponse:
    only_keepers(request)
    found = get_object_or_404(Association, pk=pk)
    form = MergeForm(request.POST if request.method == "POST" else None, association=found)
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        try:
            merge(found, into)
        except Refused as refusal:
            form.add_error("into", str(refusal))
        else:
            messages.success(request, _("One association now: %(name)s.") % {"name": into.name})
            return redirect(into)
    context = {"form": form, "association": found}
    return render(request, "reservations/association_merge.html", context, status=422 if form.errors else 200)


@member
@require_safe
def association_history(request: HttpRequest, pk: int) -> HttpResponse:
    only_keepers(request)
    found = get_object_or_404(Association, pk=pk)
    people = list(found.contacts.all())
    looking.looked_at(people, by=signed_in(request))
    context = {"about": found.name, "back": found.get_absolute_url(), "steps": steps_of([found, *people])}
    return render(request, "history.html", context)
