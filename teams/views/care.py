"""The care grid: all care areas, one of them in a year, on paper, and beside another year."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from areas.models import Area
from kortrijk_gebied.refusals import Refused
from teams.access import Access
from teams.care.comparing import compare
from teams.care.matrix import Counted, counted, matrix
from teams.care.places import care_areas_of_today, parts_of
from teams.decorators import allowed, signed_in, viewer
from teams.forms.care import AskedForm
from teams.models import CareGrid, GridEntry, User
from teams.models.care import care_areas, years
from teams.models.care_attention import reads_attention
from teams.models.care_entries import keeps_the_years, writes


def care_area(access: Access, code: str, year: int) -> Area:
    """The latest area of that name that the viewer may view. A year far away does not exist."""
    if year not in years():
        raise Http404
    found = care_areas(access).filter(code=code).select_related("set").order_by("-set__valid_from")
    return get_object_or_404(found.defer("boundary")[:1])


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when it is nothing at all."""
    return request.POST if request.method == "POST" else None


def rights(access: Access, person: User, grid: CareGrid | None) -> dict[str, bool]:
    is_open = grid is None or not grid.is_fixed
    keeps = keeps_the_years(access, person.organisation)
    return {
        "writes": is_open and writes(access, person.organisation),
        "fixes": bool(grid) and is_open and keeps,
        "takes_over": bool(grid) and keeps and (grid.year + 1 in years() if grid else False),
    }


@allowed("view")
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    access, year = viewer(request), timezone.localdate().year
    areas = care_areas_of_today(access)
    parts, numbers = parts_of(areas), counted(access, areas, year)
    states = dict(CareGrid.objects.readable(access).filter(area__in=areas, year=year).values_list("area", "state"))
    rows = [(area, parts[area.pk], numbers.get(area.pk, Counted()), states.get(area.pk)) for area in areas]
    context = {"rows": rows, "year": year, "has_attention": reads_attention(access, signed_in(request).organisation)}
    return render(request, "teams/care/start.html", context)


@allowed("view")
@require_safe
def grid(request: HttpRequest, code: str, year: int) -> HttpResponse:
    return render(request, "teams/care/matrix.html", contents(request, code, year))


def contents(request: HttpRequest, code: str, year: int) -> dict[str, Any]:
    access, person = viewer(request), signed_in(request)
    area = care_area(access, code, year)
    form = AskedForm(request.GET)
    found = CareGrid.objects.readable(access).filter(area=area, year=year).select_related("fixed_by").first()
    asked = form.asked()
    return {
        "area": area, "year": year, "grid": found, "form": form, "asked": asked, "query": request.GET.urlencode(),
        "matrix": matrix(access, area, year, asked), "parts": parts_of([area])[area.pk],
        "years": sorted({*_made(access, area), timezone.localdate().year, year}, reverse=True),
        "organisation": person.organisation, **rights(access, person, found),
    }  # fmt: skip


def _made(access: Access, area: Area) -> set[int]:
    """Years that were fixed or in which the viewer reads a line: that another one was begun tells something too."""
    fixed = CareGrid.objects.filter(area=area, state=CareGrid.State.FIXED).values_list("year", flat=True)
    read = GridEntry.objects.readable(access).filter(grid__area=area).order_by()
    return {*fixed, *read.values_list("grid__year", flat=True).distinct()}


@allowed("view")
@require_safe
def paper(request: HttpRequest, code: str, year: int) -> HttpResponse:
    from kortrijk_gebied.pdf import render_pdf  # takes half a second to load; only who prints pays it

    shown = contents(request, code, year)
    size = "A4" if request.GET.get("papier") == "a4" else "A3"
    pdf = render_pdf("teams/care/paper.html", {**shown, "size": size, "made_at": timezone.localtime()})
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="zorgraster-{code}-{year}.pdf"'
    return response


@allowed("view")
@require_safe
def comparison(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """With the year before, or the one that is asked for."""
    access = viewer(request)
    area, asked = care_area(access, code, year), request.GET.get("met", "")
    other = int(asked) if asked.isdecimal() and int(asked) in years() and int(asked) != year else year - 1
    earlier, later = sorted((other, year))
    context = {
        "area": area, "year": year, "other": other, "earlier": earlier, "later": later,
        "years": sorted({*_made(access, area), other} - {year}, reverse=True),
        "found": compare(access, area, earlier, later),
    }  # fmt: skip
    return render(request, "teams/care/comparison.html", context)


def kept(request: HttpRequest, code: str, year: int) -> CareGrid:
    access = viewer(request)
    found = get_object_or_404(CareGrid, area=care_area(access, code, year), year=year)
    if not keeps_the_years(access, signed_in(request).organisation):
        raise PermissionDenied
    return found


@allowed("view")
@require_POST
def fixing(request: HttpRequest, code: str, year: int) -> HttpResponse:
    kept(request, code, year).fix(by=signed_in(request))
    messages.success(request, _("The grid of %(year)s is fixed. It stays as it is.") % {"year": year})
    return redirect("care:matrix", code, year)


@allowed("view")
@require_POST
def taking_over(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """How many lines went says nothing here: some are not the reader's to count."""
    found = kept(request, code, year)
    try:
        target = found.take_over(by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("care:matrix", code, year)
    said = _("What stood in %(year)s now stands in %(next)s. Change there what is no longer so.")
    messages.success(request, said % {"year": year, "next": target.year})
    return redirect("care:matrix", code, target.year)
