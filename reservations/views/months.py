"""What is due in a month: on a page, for a spreadsheet, and on paper for who pays."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.sheets import csv_parts
from reservations.forms.prices import MonthForm
from reservations.models import MonthLine
from reservations.prices.months import Group, Month, close, grouped, lines_of, totals_by_rate
from reservations.prices.rights import closes_months_of
from reservations.prices.sheet import heading, rows
from teams.decorators import signed_in, viewer


def _asked(request: HttpRequest) -> tuple[MonthForm, Month | None, list[MonthLine]]:
    access = viewer(request)
    form = MonthForm(request.POST or request.GET, own=access.organisation_id)
    if form.owner is None:
        return form, None, []
    month = Month.of(form.owner, form.first)
    return form, month, lines_of(month, access)


@member
@require_safe
def month_list(request: HttpRequest) -> HttpResponse:
    form, month, lines = _asked(request)
    context = {
        "form": form, "month": month, "groups": grouped(lines), "rates": totals_by_rate(lines),
        "total": sum(line.amount for line in lines), "vat": sum(line.vat for line in lines),
        "closes": bool(month and closes_months_of(viewer(request), month.owner)), "query": query_of(month),
    }  # fmt: skip
    return render(request, "reservations/month_list.html", context)


def query_of(month: Month | None) -> str:
    return f"maand={month.first:%Y-%m}&eigenaar={month.owner.code}" if month else ""


@member
@require_safe
def month_sheet(request: HttpRequest) -> StreamingHttpResponse:
    """Everybody of the month in one file, for the finance service."""
    _form, month, lines = _asked(request)
    return _sheet(lines, f"zaalprijzen-{month.owner.code}-{month.first:%Y-%m}" if month else "zaalprijzen")


def _sheet(lines: list[MonthLine], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(csv_parts(heading(), rows(lines)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@member
@require_POST
def month_closing(request: HttpRequest) -> HttpResponse:
    _form, month, _lines = _asked(request)
    if month is None or not closes_months_of(viewer(request), month.owner):
        raise PermissionDenied
    try:
        close(month, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("%(month)s is closed. What changes in it comes with the next one.")
        messages.success(request, said % {"month": month.name})
    return redirect(f"{reverse('reservations:month-list')}?{query_of(month)}")


# --- of one holder ----------------------------------------------------------------------------------------


def _holder(request: HttpRequest, kind: str, pk: int) -> tuple[Month, Group]:
    """Who sees no line of a holder sees no holder."""
    _form, month, lines = _asked(request)
    is_club = kind == "vereniging"
    for group in grouped(lines):
        if group.is_association == is_club and group.holder.pk == pk and month:
            return month, group
    raise Http404


@member
@require_safe
def holder_month(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    month, group = _holder(request, kind, pk)
    context = {"month": month, "group": group, "kind": kind, "query": query_of(month)}
    return render(request, "reservations/holder_month.html", context)


@member
@require_safe
def holder_month_sheet(request: HttpRequest, kind: str, pk: int) -> StreamingHttpResponse:
    month, group = _holder(request, kind, pk)
    return _sheet(list(group.lines), _file_name(month, group))


@member
@require_safe
def holder_month_paper(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    from kortrijk_gebied.pdf import render_pdf  # takes half a second to load; only who prints pays it

    month, group = _holder(request, kind, pk)
    paper = render_pdf("reservations/month_paper.html", {"month": month, "group": group})
    response = HttpResponse(paper, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(month, group)}.pdf"'
    return response


def _file_name(month: Month, group: Group) -> str:
    return f"{slugify(group.holder.name)[:60]}-{month.first:%Y-%m}"
