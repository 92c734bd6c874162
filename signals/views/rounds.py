"""Rounds at a desk: which zones are seen and what is done there, and one's own rounds for oneself."""

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import BRUSSELS
from signals import presence
from signals.forms.rounds import RoundForm
from signals.models import PatrolRound
from signals.rounds import write_down
from teams.decorators import allowed, functions, signed_in, viewer
from teams.models import Function

PER_PAGE = 20
PERIODS = (30, 90, 365)
WALKING = (
    Function.COMMUNITY_WARDEN, Function.WARD_INSPECTOR, Function.NEIGHBOURHOOD_WORKER, Function.AREA_WORKER,
    Function.PROJECT_OFFICER,
)  # fmt: skip


@allowed("view")
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Counts of zones for everybody; rounds with their notes for who walked them alone."""
    user = signed_in(request)
    asked = request.GET.get("dagen", "")
    days = int(asked) if asked in map(str, PERIODS) else PERIODS[0]
    since = timezone.now() - dt.timedelta(days=days)
    rows = presence.by_zone(PatrolRound.objects.filter(started_at__gte=since))
    own = PatrolRound.objects.filter(by=user).select_related("zone").defer("zone__boundary")
    mine = own.prefetch_related("activities").order_by("-started_at", "-pk")
    context = {
        "screening": presence.screening(),
        "rows": rows,
        "chart": presence.chart_of(rows),
        "days": days,
        "periods": [(n, ngettext("%(days)s day", "%(days)s days", n) % {"days": n}) for n in PERIODS],
        "page": Paginator(mine, PER_PAGE).get_page(request.GET.get("page")),
        "may_add": viewer(request).holds(*WALKING),
    }
    return render(request, "signals/rounds.html", context)


@functions(*WALKING)
@require_http_methods(["GET", "HEAD", "POST"])
def round_add(request: HttpRequest) -> HttpResponse:
    form = RoundForm(request.POST if request.method == "POST" else None, viewer=viewer(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        starts, ends = (dt.datetime.combine(data["day"], data[name], tzinfo=BRUSSELS) for name in ("starts", "ends"))
        try:
            write_down(
                key=data["key"], by=signed_in(request), zone=data["zone"], starts=starts, ends=ends,
                kinds=data["activities"], note=data["note"],
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your round is written down."))
            return redirect("rounds:rounds")
    return render(request, "signals/round_form.html", {"form": form}, status=422 if form.errors else 200)
