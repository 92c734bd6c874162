"""One goal of a plan: what it says, what hangs on it, its place, and who took it on."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from teams.access import Access
from teams.decorators import signed_in, viewer
from teams.forms.overtaken import repeats
from teams.forms.plans import GoalForm, key_in
from teams.models import Action, Goal, Plan
from teams.models.goals import GoalKind
from teams.models.plans import PlanKind
from teams.plans.choosing import goals_for
from teams.plans.freezing import Frozen, contents
from teams.plans.progress import for_viewer
from teams.plans.tree import shift
from teams.views.plans import written_plan

# What mostly stands below what.
NEXT = {GoalKind.DOMAIN: GoalKind.THEME, GoalKind.THEME: GoalKind.STRATEGIC, GoalKind.STRATEGIC: GoalKind.TACTICAL}
FLAT = [PlanKind.PROGRAMME, PlanKind.PARTICIPATION, PlanKind.NINE_POINT]
MOST_ACTIONS = 100


@member
@require_safe
def goal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    access = viewer(request)
    rows = Goal.objects.filter(plan__in=Plan.objects.readable(access))
    found = get_object_or_404(rows.select_related("plan__team", "owner_team__organisation", "adopted_by"), pk=pk)
    written = Frozen.of(contents(found.plan))
    for_viewer(written, access)
    node = next(node for node in written.nodes if node.key == str(pk))
    below = [uuid.UUID(each.key) for each in node.walk()]
    actions = Action.objects.readable(access).filter(goal__in=below).select_related("owner", "team", "goal")
    shown = list(actions.order_by("due_on", "pk")[: MOST_ACTIONS + 1])
    context = {
        "goal": found, "plan": found.plan, "node": node, "actions": shown[:MOST_ACTIONS],
        "more": len(shown) > MOST_ACTIONS, "may_add": goals_for(access).filter(pk=pk).exists() and access.team_ids,
        "writes": Plan.objects.writable(access).filter(pk=found.plan_id).exists(),
    }  # fmt: skip
    return render(request, "teams/plans/goal.html", context)


def written_goal(access: Access, pk: uuid.UUID) -> Goal:
    rows = Goal.objects.filter(plan__in=Plan.objects.readable(access)).select_related("plan__team")
    found = get_object_or_404(rows, pk=pk)
    if not Plan.objects.writable(access).filter(pk=found.plan_id).exists():
        raise PermissionDenied
    return found


@member
@require_http_methods(["GET", "HEAD", "POST"])
def goal_add(request: HttpRequest, code: str) -> HttpResponse:
    plan = written_plan(viewer(request), code)
    if plan.is_related:
        raise Http404
    above = plan.goals.filter(pk=key_in(request.GET, "onder")).first()
    usual = NEXT.get(GoalKind(above.kind), GoalKind.ITEM) if above else GoalKind.DOMAIN
    kind = GoalKind.ITEM if plan.kind in FLAT else usual
    first = {"id": uuid7(), "parent": str(above.pk) if above else "", "kind": kind}
    form = GoalForm(request.POST if request.method == "POST" else None, plan=plan, initial=first)
    if request.method == "POST":
        made = plan.goals.filter(pk=key_in(request.POST)).first()
        if repeats(form, made) if made else form.written():
            messages.success(request, _("Saved."))
            return redirect(made or form.instance)
    return render(
        request, "teams/plans/goal_form.html", {"form": form, "plan": plan}, status=422 if form.errors else 200
    )


@member
@require_http_methods(["GET", "HEAD", "POST"])
def goal_edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = written_goal(viewer(request), pk)
    form = GoalForm(request.POST if request.method == "POST" else None, plan=found.plan, instance=found)
    if request.method == "POST" and form.written():
        messages.success(request, _("Saved."))
        return redirect(found)
    context = {"form": form, "plan": found.plan, "goal": Goal.objects.get(pk=pk)}
    return render(request, "teams/plans/goal_form.html", context, status=422 if form.errors else 200)


@member
@require_POST
def goal_place(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One place up, or down, among those beside it."""
    found = written_goal(viewer(request), pk)
    shift(found, up=request.POST.get("richting") == "op")
    return redirect(f"{found.plan.get_absolute_url()}#g-{found.pk}")


@member
@require_POST
def goal_adoption(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = written_goal(viewer(request), pk)
    try:
        found.adopt(by=signed_in(request))
        messages.success(request, _("Adopted."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


@member
@require_POST
def goal_removal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = written_goal(viewer(request), pk)
    try:
        found.remove()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    messages.success(request, _("“%(goal)s” is taken out of the plan.") % {"goal": found.title})
    return redirect(found.plan)
