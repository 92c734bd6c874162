"""Publishing a plan, and what everybody reads of it: the version that was published, never what is written since."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from kortrijk_gebied.access import member, public
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.throttle import throttled
from teams.decorators import signed_in, viewer
from teams.forms.plans import WithdrawalForm
from teams.models import Plan, PlanVersion
from teams.plans.drawing import chart_of
from teams.plans.freezing import Frozen, contents
from teams.plans.progress import for_everybody
from teams.plans.publishing import publish, unowned
from teams.plans.publishing import render as render_document
from teams.views.plans import written_plan

kept_a_while = cache_control(private=True, max_age=300)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: HttpRequest, code: str) -> HttpResponse:
    """What still has no service stands there with its link; without such, one button."""
    plan = written_plan(viewer(request), code)
    refused = ""
    if request.method == "POST":
        try:
            version = publish(plan, by=signed_in(request))
        except Refused as refusal:
            refused = str(refusal)
        else:
            said = _("Version %(number)s is public. What you write from now on is a draft until you publish again.")
            messages.success(request, said % {"number": version.number})
            return redirect(plan)
    written = Frozen.of(contents(plan))
    context = {
        "plan": plan, "written": written, "missing": unowned(written), "refused": refused,
        "version": plan.versions.filter(ended_at=None).first(),
    }  # fmt: skip
    return render(request, "teams/plans/publication.html", context, status=422 if refused else 200)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, code: str) -> HttpResponse:
    plan = written_plan(viewer(request), code)
    version = plan.versions.filter(ended_at=None).first()
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if version is None:
                raise Refused(_("No version of this plan is public."))
            version.withdraw(by=signed_in(request), reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Nobody outside reads it any more."))
            return redirect(plan)
    context = {"plan": plan, "version": version, "form": form}
    return render(request, "teams/plans/withdrawal.html", context, status=422 if form.errors else 200)


@member
@require_safe
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """As PDF, how it would look if it were published today."""
    plan = get_object_or_404(Plan.objects.readable(viewer(request)).select_related("team"), code=code)
    document = render_document(Frozen.of(contents(plan)), number=None, on=timezone.localdate())
    name = f'inline; filename="ontwerp-{plan.filename}"'
    return HttpResponse(document, content_type="application/pdf", headers={"Content-Disposition": name})


@member
@require_safe
def version_document(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The bytes of a version as they were published, of a former one too."""
    plans = Plan.objects.readable(viewer(request)).filter(code=code)
    found = get_object_or_404(PlanVersion.objects.select_related("plan"), plan__in=plans, number=number)
    return FileResponse(found.file.open(), as_attachment=True, filename=found.filename)


# --- for everybody ---------------------------------------------------------------------------------------


@public
@throttled("plans", "120/m/ip")
@require_safe
@kept_a_while
def public_plans(request: HttpRequest) -> HttpResponse:
    versions = (
        PlanVersion.objects.filter(ended_at=None).select_related("plan").order_by("plan__kind", "plan__title", "pk")
    )
    return render(request, "teams/plans/public_list.html", {"versions": versions[:200]})


@public
@throttled("plans", "120/m/ip")
@require_safe
@kept_a_while
def public_plan(request: HttpRequest, code: str) -> HttpResponse:
    version = _public(code)
    plan = Frozen.of(version.contents)
    context = {"version": version, "plan": plan, "together": for_everybody(plan), "chart": chart_of(plan)}
    return render(request, "teams/plans/public.html", context)


@public
@throttled("plans", "120/m/ip")
@require_safe
def public_document(request: HttpRequest, code: str) -> HttpResponseBase:
    version = _public(code)
    return FileResponse(version.file.open(), as_attachment=True, filename=version.filename)


def _public(code: str) -> PlanVersion:
    found = PlanVersion.objects.filter(plan__code=code, ended_at=None).select_related("plan").first()
    if found is None:
        raise Http404
    return found
