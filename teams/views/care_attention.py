"""Attention for people over 75 and neighbours for neighbours, for the OCMW alone: numbers and appointments."""

import datetime as dt
from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kortrijk_gebied.access import member
from teams.decorators import signed_in, viewer
from teams.forms.care_attention import AppointmentForm, CountForm, first_month
from teams.models import AttentionAppointment, AttentionCount, Organisation
from teams.models.care_attention import counts_attention, reads_attention

MOST = 60


def reader(request: HttpRequest) -> Organisation:
    """For everybody else this page does not exist."""
    organisation = signed_in(request).organisation
    if organisation is None or not reads_attention(viewer(request), organisation):
        raise Http404
    return organisation


def counter(request: HttpRequest) -> Organisation:
    organisation = reader(request)
    if not counts_attention(viewer(request), organisation):
        raise PermissionDenied
    return organisation


@member
@require_safe
def attention(request: HttpRequest) -> HttpResponse:
    return page(request, reader(request), CountForm(viewer=viewer(request)), None)


def page(
    request: HttpRequest, organisation: Organisation, counts: CountForm, appointments: AppointmentForm | None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    access, today = viewer(request), timezone.localdate()
    ahead = AttentionAppointment.objects.readable(access).filter(done_at__isnull=True)
    context = {
        "months": months(request, today), "count_form": counts, "today": today,
        "appointment_form": appointments or AppointmentForm(viewer=access, organisation=organisation),
        "ahead": ahead.select_related("area", "team", "place")[:MOST], "counts": counts_attention(access, organisation),
        "done": AttentionAppointment.objects.readable(access).filter(done_at__isnull=False).count(),
    }  # fmt: skip
    return render(request, "teams/care/attention.html", context, status=status)


type Month = tuple[dt.date, list[AttentionCount], int]


def months(request: HttpRequest, today: dt.date) -> list[Month]:
    """The last months with their counts, as they are: also the small ones, which nobody else sees."""
    rows = AttentionCount.objects.readable(viewer(request)).filter(month__gte=first_month(today))
    totals = dict(rows.order_by().values_list("month").annotate(total=Sum("contacts")))
    found: dict[dt.date, list[AttentionCount]] = defaultdict(list)
    for row in rows.select_related("area"):
        found[row.month].append(row)
    return [(month, counts, totals[month]) for month, counts in found.items()]


@member
@require_POST
def counting(request: HttpRequest) -> HttpResponse:
    organisation = counter(request)
    form = CountForm(request.POST, viewer=viewer(request))
    if not form.saved(lambda: form.instance.keep(by=signed_in(request))):
        return page(request, organisation, form, None, status=422)
    messages.success(request, _("Counted."))
    return redirect("care:attention")


@member
@require_POST
def appointment_add(request: HttpRequest) -> HttpResponse:
    organisation = counter(request)
    form = AppointmentForm(request.POST, viewer=viewer(request), organisation=organisation)
    form.instance.by = signed_in(request)
    if not form.saved():
        return page(request, organisation, CountForm(viewer=viewer(request)), form, status=422)
    messages.success(request, _("The appointment stands in the list."))
    return redirect("care:attention")


def ahead_of(request: HttpRequest, pk: str) -> AttentionAppointment:
    counter(request)
    return get_object_or_404(AttentionAppointment.objects.readable(viewer(request)), pk=pk)


@member
@require_POST
def appointment_end(request: HttpRequest, pk: str) -> HttpResponse:
    ahead_of(request, pk).finish(by=signed_in(request))
    messages.success(request, _("Noted as done."))
    return redirect("care:attention")


@member
@require_POST
def appointment_removal(request: HttpRequest, pk: str) -> HttpResponse:
    """One that was done stays."""
    AttentionAppointment.objects.filter(pk=ahead_of(request, pk).pk, done_at__isnull=True).delete()
    messages.success(request, _("The appointment is taken from the list."))
    return redirect("care:attention")
