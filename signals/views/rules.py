"""Routing rules: in order, as sentences. Whoever routes may read them; the owner of a subject changes its rules."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from signals.forms.rules import RuleForm
from signals.models import RoutingRule
from signals.routing import placed_lately
from teams.access import Access
from teams.decorators import allowed, functions, viewer
from teams.models import Function

keepers = functions(Function.COORDINATOR, Function.ADMINISTRATOR)


@allowed("route", "manage")
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    found = list(RoutingRule.objects.select_related("category", "team__organisation").prefetch_related("areas"))
    placed, active = placed_lately(access), [rule for rule in found if rule.active]
    context = {
        "rules": [(rule, placed[rule.pk]) for rule in active],
        "inactive": [rule for rule in found if not rule.active],
        "writable": set(RoutingRule.objects.writable(access).values_list("pk", flat=True)),
        "may_add": access.holds(Function.COORDINATOR, Function.ADMINISTRATOR),
    }
    return render(request, "signals/rules.html", context)


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def rule_add(request: HttpRequest) -> HttpResponse:
    form = RuleForm(request.POST or None, viewer=viewer(request))
    if request.method == "POST" and form.saved():
        messages.success(request, _("The rule works from now on."))
        return redirect(place_of(form.instance))
    return render(request, "signals/rule_form.html", {"form": form}, status=422 if form.errors else 200)


@allowed("route", "manage")
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """A rule as a sentence; who may change it finds the form below."""
    access = viewer(request)
    found = get_object_or_404(RoutingRule, pk=pk)
    if request.method != "POST" and not RoutingRule.objects.writable(access).filter(pk=pk).exists():
        return render(request, "signals/rule_form.html", {"rule": found, "sentence": found.sentence})
    found = writable_rule(access, pk)
    form = RuleForm(request.POST or None, instance=found, viewer=access)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved. It counts for signals from now on."))
        return redirect(place_of(found))
    context = {"form": form, "rule": found, "sentence": RoutingRule.objects.get(pk=pk).sentence}
    return render(request, "signals/rule_form.html", context, status=422 if form.errors else 200)


@keepers
@require_POST
def rule_position(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down: the first rule that matches wins."""
    found = writable_rule(viewer(request), pk)
    found.move(-1 if request.POST.get("direction") == "up" else 1)
    return redirect(place_of(found))


@keepers
@require_POST
def rule_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a rule on or off. It is never removed: signals say that it placed them."""
    found = writable_rule(viewer(request), pk)
    found.active = request.POST.get("active") == "1"
    found.save(update_fields=["active"])
    said = _("“%(rule)s” works again.") if found.active else _("“%(rule)s” no longer works.")
    messages.success(request, said % {"rule": found})
    return redirect(place_of(found))


def writable_rule(access: Access, pk: int) -> RoutingRule:
    found = get_object_or_404(RoutingRule, pk=pk)
    if not RoutingRule.objects.writable(access).filter(pk=pk).exists():
        raise PermissionDenied
    return found


def place_of(rule: RoutingRule) -> str:
    return f"{reverse('signals:rules')}#rule-{rule.pk}"
