"""What anybody may report, without an account and without JavaScript.

The id of a form stands in its address: Back, a reload and a second tab find the same form, and sent again it is the
same report.
"""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kortrijk_gebied.access import public
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.keyed import keyed
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.throttle import throttled, within
from signals.attaching.keeping import attach_all
from signals.forms.files import say_choose_again
from signals.forms.public import ReportForm, WhatForm, report_id
from signals.intake import register
from signals.levels import Level
from signals.models import Report, StatusLink, UnprovenAddress
from signals.proving import call_by, is_proven, prove, remember
from signals.written_here import is_written_here, note

REPORTS = "10/h/ip"
ADDRESSES = "5/h/key"


# There is nobody's session to abuse, so there is no token that could be stale when somebody wrote for an hour. What
# another site sends in a visitor's name is shown to that visitor first.
@csrf_exempt
@public
@throttled("public-page", "160/10m/ip")
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)  # kept for Back, with what was typed; by nobody in between
def report(request: HttpRequest, form_id: uuid.UUID | None = None) -> HttpResponseBase:
    if request.method != "POST":
        return _opened(request, form_id)
    form_id, step = form_id or uuid7(), request.POST.get("step")
    if step == "back":
        _photos_again(request)
        return _first(request, WhatForm(initial=request.POST.dict(), form_id=form_id))
    if step != "send":
        return _next(request, WhatForm(request.POST, form_id=form_id))
    return _send(request, ReportForm(request.POST, request.FILES, form_id=form_id))


def _opened(request: HttpRequest, form_id: uuid.UUID | None) -> HttpResponseBase:
    """A form of one's own; or what was sent from this one already."""
    if form_id is None:
        return redirect("report-form", form_id=uuid7())
    known = _sent_before(form_id)
    if known is None:
        return _first(request, WhatForm(form_id=form_id))
    return _already(request, known, form_id)


@keyed
def _already(request: HttpRequest, known: Report, form_id: uuid.UUID) -> HttpResponse:
    mine = is_written_here(request, form_id)
    context: dict[str, Any] = {"mine": mine, "sent_at": known.received_at}
    if mine:
        is_open = max(known.signal.level, known.category.level) == Level.OPEN
        context |= {"words": known.description if is_open else "", "status_page": _page_of(known)}
    return render(request, "signals/public_already.html", context)


def _sent_before(form_id: uuid.UUID) -> Report | None:
    return Report.objects.select_related("signal", "category").filter(pk=report_id(form_id)).first()


def _next(request: HttpRequest, form: WhatForm) -> HttpResponse:
    if not form.is_valid():
        return _first(request, form)
    if known := _sent_before(form.form_id):
        if is_written_here(request, form.form_id) and form.tells(known):
            return redirect("report-form", form_id=form.form_id)
        messages.warning(request, _other_words())
        form.start_anew()
    initial = request.POST.dict() | {"weighed": form.data.get("weighed")}
    return _second(request, ReportForm(initial=initial, form_id=form.form_id), form)


def _other_words() -> str:
    return _(
        "A report was sent from this page already, and it arrived. What stands here is different. Send it, and it "
        "becomes a second report; the first one stays."
    )


def _send(request: HttpRequest, form: ReportForm) -> HttpResponse:
    if not form.is_valid():
        if not form.first_step_fails:
            return _second(request, form, form)
        _photos_again(request)
        return _first(request, WhatForm(request.POST, form_id=form.form_id))
    problem = _not_now(request)
    if not problem:
        try:
            return _registered(request, form)
        except Refused as refusal:
            known = _sent_before(form.form_id)
            problem = _other_words() if known else str(refusal)
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
    if made.saved_before and not is_written_here(request, form.form_id):
        if form.says_who:
            messages.warning(request, _("Who you are stands there as you gave it the first time."))
    else:
        _who(request, form, made)
    for sentence in form.given.refused:
        messages.warning(request, sentence)
    response = redirect(_page_of(made))
    note(request, response, form.form_id)
    return response


def _who(request: HttpRequest, form: ReportForm, made: Report) -> None:
    """Sent once more, by the same browser, a name or an address may have been mended."""
    data = form.cleaned_data
    if made.saved_before:
        call_by(report=made, name=data["name"], phone=data["phone"])
    email = data["email"]
    if not email or is_proven(report=made, email=email):
        return
    if within(request, "public-address", ADDRESSES, key=email.lower()):
        remember(report=made, email=email)
    messages.info(request, _("You get a mail with a link. Our answer comes to you once you have opened it."))


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
