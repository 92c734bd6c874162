"""What anybody may report, without an account, without a cookie, and without JavaScript."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kortrijk_gebied.access import public
from kortrijk_gebied.keyed import keyed
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.throttle import throttled, within
from signals.attaching.keeping import attach_all
from signals.forms.files import say_choose_again
from signals.forms.public import ReportForm, WhatForm
from signals.intake import register
from signals.models import Report, StatusLink, UnprovenAddress
from signals.proving import prove, remember

REPORTS = "10/h/ip"
ADDRESSES = "5/h/key"


# There is nobody's session to abuse, so there is no token that could be stale when somebody wrote for an hour. What
# another site sends in a visitor's name is shown to that visitor first.
@csrf_exempt
@public
@throttled("public-page", "120/10m/ip")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _first(request, WhatForm())
    step = request.POST.get("step")
    if step == "back":
        _photos_again(request)
        return _first(request, WhatForm(initial=request.POST.dict()))
    if step != "send":
        form = WhatForm(request.POST)
        if not form.is_valid():
            return _first(request, form)
        return _second(request, ReportForm(initial=request.POST.dict() | {"weighed": form.data.get("weighed")}), form)
    return _send(request, ReportForm(request.POST, request.FILES))


def _send(request: HttpRequest, form: ReportForm) -> HttpResponse:
    if not form.is_valid():
        if not form.first_step_fails:
            return _second(request, form, form)
        _photos_again(request)
        return _first(request, WhatForm(request.POST))
    problem = _not_now(request)
    if not problem:
        try:
            return _registered(request, form)
        except Refused as refusal:
            problem = str(refusal)
            form.start_anew()
    form.add_error(None, problem)
    return _second(request, form, form)


def _not_now(request: HttpRequest) -> str:
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return _("Another website sent this in your name. Is it yours? Then send it once more.")
    if not within(request, "public-report", REPORTS):
        return _("From this address came many reports in an hour. Call 1777, or send it once more later.")
    return ""


def _registered(request: HttpRequest, form: ReportForm) -> HttpResponse:
    made = register(form.contact(), join=form.signal_to_join())
    attach_all(report=made, files=form.given.ready, by=None)  # after the words are safe
    said = _("Thank you, your report arrived. Keep the address of this page: here you see how it stands.")
    if made.saved_before:
        said = _("Your report had arrived already; nothing was sent a second time. Here you see how it stands.")
    messages.success(request, said)
    if email := form.cleaned_data["email"]:
        if within(request, "public-address", ADDRESSES, key=email.lower()):
            remember(report=made, email=email)
        messages.info(request, _("You get a mail with a link. Our answer comes to you once you have opened it."))
    for sentence in form.given.refused:
        messages.warning(request, sentence)
    return redirect(_page_of(made))


def _first(request: HttpRequest, form: WhatForm) -> HttpResponse:
    form.is_valid()
    context = {"form": form, "where": form.where}
    return render(request, "signals/public_report.html", context, status=422 if form.errors else 200)


def _photos_again(request: HttpRequest) -> None:
    """They stay behind when the first step comes back."""
    if request.FILES:
        messages.warning(request, _("The photos you chose did not come along. Choose them once more in step 2."))


def _second(request: HttpRequest, form: ReportForm, first: WhatForm) -> HttpResponse:
    """`first` is what the first step came to."""
    say_choose_again(request, form, "photos")
    context: dict[str, Any] = {
        "form": form,
        "first": first,
        "category": first.cleaned_data.get("category"),
        "where": first.where,
        "nearby": first.nearby,
        "retention_days": settings.RETENTION["reporter_days"],
    }
    return render(request, "signals/public_details.html", context, status=422 if form.errors else 200)


@public
@keyed
@throttled("public-proof", "30/10m/ip")
@require_http_methods(["GET", "HEAD", "POST"])
def proof(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail. A button proves, not the opening: programs that look into mails open everything."""
    address = UnprovenAddress.objects.current().select_related("report").filter(token=token).first()
    if address is None:
        raise Http404
    if request.method == "POST":
        messages.success(request, _("Thank you: our answer comes to this address."))
        return redirect(_page_of(prove(address)))
    if address.proven_at:
        return redirect(_page_of(address.report))
    return render(request, "signals/public_proof.html", {"address": address})


def _page_of(report: Report) -> str:
    """Its status page. Not by its whole address: a form may lead to this site only, whatever SITE_URL says."""
    link, _created = StatusLink.objects.get_or_create(report=report)
    return reverse("status-page", args=[link.token]) if link.token else reverse("report")
