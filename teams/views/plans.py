"""Plans: those one may read, one as a tree, and keeping it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from areas.models import Area
from kortrijk_gebied.access import member
from kortrijk_gebied.ids import uuid7
from teams.access import Access
from teams.decorators import signed_in, viewer
from teams.forms.overtaken import repeats
from teams.forms.plans import PlanForm, key_in
from teams.models import Plan, PlanVersion
from teams.models.plans import PlanKind, teams_written_for
from teams.plans.drawing import chart_of, timeline
from teams.plans.freezing import Frozen, contents
from teams.plans.progress import for_viewer

PER_PAGE = 30


@member
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """Our own, and those of partners with their cycles, in one table by year."""
    access, today = viewer(request), timezone.localdate()
    found = (
        Plan.objects.readable(access)
        .select_related("team")
        .prefetch_related(Prefetch("areas", Area.objects.defer("boundary")))
        .annotate(
            public=Count("versions", filter=Q(versions__ended_at=None), distinct=True),
            of_a_partner=Q(kind=PlanKind.RELATED),
        )
        .order_by("of_a_partner", "kind", "-starts", "title", "pk")
    )
    kind = request.GET.get("soort", "")
    if kind in PlanKind.values:
        found = found.filter(kind=kind)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    years, lines = timeline(page.object_list, today)
    context = {
        "page": page, "years": years, "lines": lines, "this_year": today.year, "kinds": PlanKind.choices, "kind": kind,
        "may_add": teams_written_for(access).exists(),
    }  # fmt: skip
    return render(request, "teams/plans/plans.html", context)


@member
@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    access = viewer(request)
    found = get_object_or_404(Plan.objects.readable(access).select_related("team"), code=code)
    written = Frozen.of(contents(found))
    version = found.versions.filter(ended_at=None).first()
    after = Plan.objects.readable(access).filter(follows=found).first()
    context = {
        "plan": found, "written": written, "together": for_viewer(written, access), "chart": chart_of(written),
        "version": version, "is_changed": version is not None and version.contents != written.data,
        "former": PlanVersion.objects.filter(plan=found, ended_at__isnull=False).select_related("ended_by")[:10],
        "writes": Plan.objects.writable(access).filter(pk=found.pk).exists(),
        "before": Plan.objects.readable(access).filter(next_cycle=found).first(), "after": after,
        "may_follow": after is None and not Plan.objects.filter(follows=found).exists(),
    }  # fmt: skip
    return render(request, "teams/plans/plan.html", context)


def written_plan(access: Access, code: str) -> Plan:
    """404 for who may not read it, 403 for who may only read it."""
    found = get_object_or_404(Plan.objects.readable(access).select_related("team"), code=code)
    if not Plan.objects.writable(access).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


@member
@require_http_methods(["GET", "HEAD", "POST"])
def plan_add(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    if not teams_written_for(access).exists():
        raise PermissionDenied
    former = written_plan(access, code) if (code := request.GET.get("na")) else None
    first = {"id": uuid7(), "starts": timezone.localdate(), "kind": request.GET.get("soort")}
    form = PlanForm(request.POST if request.method == "POST" else None, viewer=access, former=former, initial=first)
    if request.method == "POST":
        made = Plan.objects.writable(access).filter(pk=key_in(request.POST)).first()
        made = made or (Plan.objects.writable(access).filter(follows=former).first() if former else None)
        if repeats(form, made) if made else form.saved(lambda: form.begin(by=signed_in(request))):
            messages.success(request, _("Saved."))
            return redirect(made or form.instance)
    context = {"form": form, "former": former}
    return render(request, "teams/plans/plan_form.html", context, status=422 if form.errors else 200)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: HttpRequest, code: str) -> HttpResponse:
    access = viewer(request)
    found = written_plan(access, code)
    form = PlanForm(request.POST if request.method == "POST" else None, viewer=access, instance=found)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect(found)
    context = {"form": form, "plan": get_object_or_404(Plan, pk=found.pk)}
    return render(request, "teams/plans/plan_form.html", context, status=422 if form.errors else 200)
