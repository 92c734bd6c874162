"""Routing rules: in order, as sentences. Whoever routes may read them; the owner of a subject changes its rules."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.htmx import is_fragment
from signals.forms.rules import RuleForm
from signals.models import RoutingRule
from signals.rule_figures import LATELY, NOTHING, Figures, figures_of_rules
from signals.rule_trial import try_rule
from signals.rule_words import RuleWords
from signals.soundness import Soundness
from teams.access import Access
from teams.decorators import allowed, functions, signed_in, viewer
from teams.models import Function

keepers = functions(Function.COORDINATOR, Function.ADMINISTRATOR)


@dataclass(frozen=True)
class Shown:
    """A rule as the list shows it."""

    rule: RoutingRule
    sentence: str
    figures: Figures
    may_change: bool
    broken: list[str]

    @property
    def is_over(self) -> bool:
        return self.rule.ends is not None and self.rule.ends < timezone.localdate()

    @property
    def is_to_come(self) -> bool:
        return self.rule.starts is not None and self.rule.starts > timezone.localdate()


def shown(access: Access) -> list[Shown]:
    found = list(RoutingRule.objects.whole().order_by("priority", "pk"))
    words, soundness, figures = RuleWords(found), Soundness(), figures_of_rules(access)
    own = set(RoutingRule.objects.writable(access).values_list("pk", flat=True))
    return [
        Shown(rule, words.sentence(rule), figures.get(rule.pk, NOTHING), rule.pk in own,
              list(soundness.faults(rule).values()) if rule.active else [])
        for rule in found
    ]  # fmt: skip


@allowed("route", "manage")
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    return render(request, "signals/rules.html", page_of(viewer(request)))


def page_of(access: Access) -> dict[str, Any]:
    found = shown(access)
    return {
        "rules": [line for line in found if line.rule.active],
        "inactive": [line for line in found if not line.rule.active],
        "broken": [line for line in found if line.broken and line.may_change],
        "may_add": access.holds(Function.COORDINATOR, Function.ADMINISTRATOR),
        "days": LATELY.days,
    }


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def rule_add(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    form = RuleForm(request.POST or None, viewer=access)
    if "try" in request.POST:
        return tried(request, form, {})
    on = request.POST.get("keep") != "off"
    if request.method == "POST" and form.saved(by=signed_in(request), active=on):
        messages.success(request, _("The rule works from now on.") if on else _("Kept, and still switched off."))
        return redirect(place_of(form.instance))
    return render(request, "signals/rule_form.html", {"form": form}, status=422 if form.errors else 200)


@allowed("route", "manage")
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """A rule as a sentence; who may change it finds the form below."""
    access = viewer(request)
    found = get_object_or_404(RoutingRule.objects.whole(), pk=pk)
    faults = Soundness().faults(found) if found.active else {}
    context = {"rule": found, "sentence": RuleWords([found]).sentence(found), "broken": list(faults.values())}
    if request.method != "POST" and not RoutingRule.objects.writable(access).filter(pk=pk).exists():
        return render(request, "signals/rule_form.html", context)
    form = RuleForm(request.POST or None, instance=writable_rule(access, pk), viewer=access)
    if "try" in request.POST:
        return tried(request, form, context)
    if request.method == "POST" and form.saved(by=signed_in(request)):
        messages.success(request, _("Saved. It counts for signals from now on."))
        return redirect(place_of(found))
    return render(request, "signals/rule_form.html", {**context, "form": form}, status=422 if form.errors else 200)


def tried(request: HttpRequest, form: RuleForm, context: dict[str, Any]) -> HttpResponse:
    """What stands in the form is tried, not kept."""
    if not form.is_valid():
        return render(request, "signals/rule_form.html", {**context, "form": form}, status=422)
    trial = try_rule(form.instance, viewer=viewer(request), user=signed_in(request))
    return render(request, "signals/rule_form.html", {**context, "form": form, "trial": trial})


@keepers
@require_safe
def rule_trial(request: HttpRequest, pk: int) -> HttpResponse:
    """What a rule as it was kept does, or would do once it is switched on."""
    access = viewer(request)
    found = writable_rule(access, pk)
    faults = Soundness().faults(found)
    context = {
        "rule": found,
        "sentence": RuleWords([found]).sentence(found),
        "broken": list(faults.values()),
        "trial": try_rule(found, viewer=access, user=signed_in(request)),
    }
    return render(request, "signals/rule_trial.html", context)


@keepers
@require_POST
def rule_position(request: HttpRequest, pk: int) -> HttpResponse:
    """Some places up or down: the first rule that matches wins."""
    access = viewer(request)
    found = writable_rule(access, pk)
    place = found.move(steps_of(request), by=signed_in(request))
    if not is_fragment(request):
        return redirect(place_of(found))
    response = render(request, "signals/rules.html#list", page_of(access))
    said = _("%(rule)s now stands at place %(place)s.") % {"rule": found.name, "place": place}
    response.headers["HX-Trigger"] = json.dumps({"announce": said})
    return response


def steps_of(request: HttpRequest) -> int:
    steps = request.POST.get("steps", "")
    if steps.removeprefix("-").isdecimal() and len(steps) < 5:
        return int(steps)
    return -1 if request.POST.get("direction") == "up" else 1


@keepers
@require_POST
def rule_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a rule on or off. It is never removed: signals say that it placed them."""
    found = writable_rule(viewer(request), pk)
    on = request.POST.get("active") == "1"
    if on and (faults := Soundness().faults(found)):
        said = _("“%(rule)s” cannot work like this: %(why)s") % {"rule": found, "why": " ".join(faults.values())}
        messages.error(request, said)
        return redirect(place_of(found))
    found.switch(on=on, by=signed_in(request))
    said = _("“%(rule)s” works again.") if on else _("“%(rule)s” no longer works.")
    messages.success(request, said % {"rule": found})
    return redirect(place_of(found))


def writable_rule(access: Access, pk: int) -> RoutingRule:
    """The rule, for who may change it; in a transaction it is held until that ends."""
    rows = RoutingRule.objects.whole()
    if connection.in_atomic_block:
        rows = rows.select_for_update(of=("self",))
    found = get_object_or_404(rows, pk=pk)
    if not RoutingRule.objects.writable(access).filter(pk=pk).exists():
        raise PermissionDenied
    return found


def place_of(rule: RoutingRule) -> str:
    return f"{reverse('signals:rules')}#rule-{rule.pk}"
