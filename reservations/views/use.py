"""How rooms are used: hours against opening hours, people against seats."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.sheets import csv_parts
from reservations.consolidation.asking import may_ask
from reservations.forms.use import UseForm
from reservations.use.report import UseReport
from reservations.use.sheet import heading, rows
from teams.decorators import viewer


@member
@require_safe
def use(request: HttpRequest) -> HttpResponse:
    form, access = UseForm(request.GET), viewer(request)
    context = {"form": form, "may_ask": may_ask(access), "query": request.GET.urlencode()}
    if not form.is_valid():
        return render(request, "reservations/use.html", context, status=422)
    context["report"] = UseReport(access, form.rooms(), form.cleaned_data["van"], form.cleaned_data["tot"])
    return render(request, "reservations/use.html", context)


@member
@require_safe
def use_sheet(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The same, room by room, for a spreadsheet."""
    form = UseForm(request.GET)
    if not form.is_valid():
        return render(request, "reservations/use.html", {"form": form, "may_ask": False}, status=422)
    report = UseReport(viewer(request), form.rooms(), form.cleaned_data["van"], form.cleaned_data["tot"])
    response = StreamingHttpResponse(csv_parts(heading(), rows(report)), content_type="text/csv; charset=utf-8")
    name = f"zaalgebruik-{report.first}-{report.last}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
