"""The versions of a rule, for whoever reads rules; going back to one is for who may change it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kortrijk_gebied.refusals import Refused
from signals.models import RoutingRule
from signals.rule_versions import restore, versions_of
from signals.views.rules import keepers, place_of, writable_rule
from teams.decorators import allowed, signed_in, viewer


@allowed("route", "manage")
@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(RoutingRule, pk=pk)
    may_change = RoutingRule.objects.writable(viewer(request)).filter(pk=pk).exists()
    context = {"rule": found, "versions": versions_of(found), "may_change": may_change}
    return render(request, "signals/rule_versions.html", context)


@keepers
@require_POST
def restoration(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Back to a version: it becomes the newest one."""
    access = viewer(request)
    found = writable_rule(access, pk)
    try:
        restore(found, number, viewer=access, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("signals:rule-versions", pk)
    messages.success(request, _("“%(rule)s” is again what it was. It counts from now on.") % {"rule": found})
    return redirect(place_of(found))
