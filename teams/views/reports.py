"""Monthly reports: the copies of one's own organisation, and the five lines of the area team."""

import datetime as dt
import uuid

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from areas.models import Area
from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from teams import reports
from teams.decorators import allowed, functions, signed_in, viewer
from teams.forms.reports import WordsForm
from teams.models import MonthlyReport, ReportWords

PER_PAGE = 50


@member
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    readable = MonthlyReport.objects.readable(viewer(request))
    worded = ReportWords.objects.filter(area=OuterRef("area"), month=OuterRef("month")).exclude(text="")
    shown = readable.select_related("area__set", "organisation").annotate(worded=Exists(worded))
    month, area = month_asked(request), request.GET.get("gebied", "")
    if month:
        shown = shown.filter(month=month)
    if area:
        shown = shown.filter(area__code=area)
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    leaves = reports.leaves_on([report for report in page if not report.is_sent], today)
    mine = reports.areas_worded_by(signed_in(request), today)
    context = {
        "page": page,
        "rows": [(report, leaves.get(report.pk), report.area_id in mine) for report in page],
        "months": readable.order_by("-month").values_list("month", flat=True).distinct(),
        "areas": Area.objects.filter(reports__in=readable).defer("boundary").distinct(),
        "month": month,
        "area": area,
    }
    return render(request, "teams/reports.html", context)


@allowed("view")
@require_safe
def document(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The bytes that were mailed; of a draft, how it would look now."""
    readable = MonthlyReport.objects.readable(viewer(request))
    report = get_object_or_404(readable.select_related("area__set", "organisation"), pk=pk)
    if report.is_sent:
        return FileResponse(report.file.open(), as_attachment=True, filename=report.filename)
    name = f'inline; filename="ontwerp-{report.filename}"'
    return HttpResponse(
        reports.render(report, is_preview=True), content_type="application/pdf", headers={"Content-Disposition": name}
    )


@functions(*reports.WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One text for all copies of an area and month."""
    user, today = signed_in(request), timezone.localdate()
    readable = MonthlyReport.objects.readable(viewer(request))
    report = get_object_or_404(readable.select_related("area__set", "organisation"), pk=pk)
    if report.area_id not in reports.areas_worded_by(user, today):
        raise PermissionDenied
    kept, theirs = kept_words(report), None
    read = request.POST.get("read", kept.stamp if kept else "")
    form = WordsForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            reports.put_into_words(area=report.area, month=report.month, text=text, by=user, read=read)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            kept = theirs = kept_words(report)
            read = kept.stamp if kept else ""
        else:
            return redirect(f"{reverse('reports:reports')}?maand={report.month:%Y-%m}#{report.area.code}")
    leaves_on = reports.leaves_on([report], today)[report.pk]
    context = {"report": report, "form": form, "kept": kept, "theirs": theirs, "read": read, "leaves_on": leaves_on}
    return render(request, "teams/report_words.html", context, status=422 if form.errors else 200)


def kept_words(report: MonthlyReport) -> ReportWords | None:
    return ReportWords.objects.filter(area=report.area, month=report.month).select_related("by").first()


def month_asked(request: HttpRequest) -> dt.date | None:
    try:
        return dt.datetime.strptime(request.GET.get("maand", ""), "%Y-%m").date()
    except ValueError:
        return None
