"""The inventory: one list, as a table or as a board, and the page of one line of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, F, Prefetch
from django.forms import UUIDField
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from areas.models import Area
from kortrijk_gebied.access import member
from kortrijk_gebied.history import steps_of
from kortrijk_gebied.sheets import csv_parts
from teams.decorators import signed_in, viewer
from teams.forms.overtaken import repeats
from teams.forms.plans import key_in
from teams.inventory import sheet
from teams.inventory.finding import ActionFilter, found
from teams.inventory.forms import ActionForm, DropForm, FigureForm, WordsForm, teams_of
from teams.inventory.steps import steps_for
from teams.lifting import behind
from teams.models import Action
from teams.models.action_words import ENDED, ActionStatus
from teams.models.audience import heard_then
from teams.models.inventory import ActionQuerySet
from teams.plans.choosing import goals_for, shown_goal

PER_PAGE = 50
PER_COLUMN = 15


@member
@require_safe
def actions(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    form = ActionFilter(request.GET, viewer=access)
    context: dict[str, Any] = {
        "form": form, "as_board": request.GET.get("vorm") == "bord", "may_add": bool(access.team_ids),
        "today": timezone.localdate(),
    }  # fmt: skip
    if context["as_board"]:
        context["columns"] = _columns(form, request)
    else:
        paginator = Paginator(with_areas(found(form, access)), PER_PAGE)
        context["page"] = paginator.get_page(request.GET.get("page"))
    return render(request, "teams/inventory/actions.html", context)


def with_areas(rows: ActionQuerySet) -> ActionQuerySet:
    return rows.prefetch_related(Prefetch("areas", Area.objects.defer("boundary")))


def _columns(form: ActionFilter, request: HttpRequest) -> list[dict[str, Any]]:
    """A column per status with how many there are; of what ended the latest first. Each card has the step that comes
    next, and the others. The one that was just moved is among them, however full its column is."""
    access = viewer(request)
    every, columns = found(form, access, every_status=True), []
    writable = Action.objects.writable(access)
    moved = request.GET.get("kaart", "")
    counts = dict(every.order_by().values_list("status").annotate(number=Count("pk")))
    for status in ActionStatus:
        rows = every.filter(status=status)
        if status in ENDED:
            rows = rows.order_by(F("done_at").desc(), "pk")
        cards, number = list(rows[:PER_COLUMN]), counts.get(status, 0)
        if moved and moved not in {card.reference for card in cards}:
            cards += rows.filter(reference=moved)
        own = set(writable.filter(pk__in=[card.pk for card in cards]).values_list("pk", flat=True))
        shown = [(card, steps_for(card) if card.pk in own else []) for card in cards]
        columns.append({"status": status, "cards": shown, "number": number, "more": number > len(cards)})
    return columns


@member
@require_safe
def actions_sheet(request: HttpRequest) -> StreamingHttpResponse:
    access = viewer(request)
    parts = csv_parts(sheet.heading(), sheet.rows(found(ActionFilter(request.GET, viewer=access), access)))
    response = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="acties-{timezone.localdate()}.csv"'
    return response


@member
@require_safe
def action(request: HttpRequest, reference: str) -> HttpResponse:
    return action_page(request, readable_action(request, reference))


def readable_action(request: HttpRequest, reference: str) -> Action:
    rows = Action.objects.readable(viewer(request)).select_related("team__organisation", "owner__organisation")
    return get_object_or_404(rows.select_related("done_by", "created_by"), reference=reference)


def writable_action(request: HttpRequest, reference: str) -> Action:
    found = readable_action(request, reference)
    if not Action.objects.writable(viewer(request)).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


def action_page(
    request: HttpRequest, shown: Action, *, status: int = 200, problem: str = "", typed: dict[str, Any] | None = None
) -> HttpResponse:
    """With `typed` the forms as they were sent."""
    access = viewer(request)
    writes = Action.objects.writable(access).filter(pk=shown.pk).exists()
    context = {
        "action": shown, "writes": writes, "problem": problem, "figures": shown.figures.all(),
        "areas": shown.areas.defer("boundary").order_by("set__position", "position", "pk"),
        "sectors": shown.sectors.defer("boundary").order_by("name", "pk"),
        "steps": steps_for(shown) if writes else [], "behind": behind(shown, access),
        "goal": shown_goal(shown.goal_id, access),
        "words_form": WordsForm(), "drop_form": DropForm(), "figure_form": FigureForm(), **(typed or {}),
    }  # fmt: skip
    return render(request, "teams/inventory/action.html", context, status=status)


@member
@require_safe
def action_history(request: HttpRequest, reference: str) -> HttpResponse:
    shown, access = readable_action(request, reference), viewer(request)
    # Figures do not know for whom they were: their past is for who keeps them. A goal is of a plan not all may read.
    figures = shown.figures.all() if Action.objects.writable(access).filter(pk=shown.pk).exists() else []
    steps = steps_of([shown, *figures], hidden=["goal"], shows=heard_then(access))
    back = reverse("inventory:action", args=[reference])
    context = {"about": shown.reference, "title": shown.title, "back": back, "steps": steps}
    return render(request, "history.html", context)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def action_add(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    if not teams_of(access).exists():
        raise PermissionDenied
    initial: dict[str, Any] = {"areas": Area.objects.current().filter(code=request.GET.get("gebied", ""))[:1]}
    if goal := goals_for(access).filter(pk=key_in(request.GET, "doel")).first():
        initial = {"goal": goal, "areas": goal.plan.areas.all(), "dimension": goal.dimension}
    form = ActionForm(request.POST if request.method == "POST" else None, viewer=access, initial=initial)
    form.instance.created_by = signed_in(request)
    if request.method == "POST":
        made = _sent_before(request)
        if repeats(form, made) if made else form.saved():
            messages.success(request, _("It stands in the inventory."))
            return redirect(made or form.instance)
    return render(request, "teams/inventory/action_form.html", {"form": form}, status=422 if form.errors else 200)


def _sent_before(request: HttpRequest) -> Action | None:
    key = UUIDField(required=False)
    try:
        pk = key.clean(request.POST.get("key"))
    except ValidationError:
        return None
    return Action.objects.filter(pk=pk, created_by=signed_in(request)).first() if pk else None


@member
@require_http_methods(["GET", "HEAD", "POST"])
def action_edit(request: HttpRequest, reference: str) -> HttpResponse:
    shown = writable_action(request, reference)
    changed = Action.objects.get(pk=shown.pk)  # a refused form writes on it; the heading says what stands there
    form = ActionForm(request.POST if request.method == "POST" else None, viewer=viewer(request), instance=changed)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect(form.instance)
    context = {"form": form, "action": shown}
    return render(request, "teams/inventory/action_form.html", context, status=422 if form.errors else 200)
