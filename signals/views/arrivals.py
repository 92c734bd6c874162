"""What came in by itself: read and sent on its way; and mail of which no program could make a report."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.audit.models import Look, record
from kortrijk_gebied.refusals import Refused
from signals.arrivals import admit, needs_admission
from signals.attaching.showing import shown
from signals.forms.arrivals import AdmissionForm
from signals.incoming.fetching import is_silent, left_on_server
from signals.incoming.taking import take
from signals.levels import Level
from signals.models import Attachment, IncomingMail, MailState, Reporter, Signal
from signals.models.incoming import SORTERS
from signals.reading import looked_at
from signals.suggesting.suggestions import suggestions
from signals.views.answers import readable_signal
from teams.decorators import allowed, functions, signed_in, viewer

MOST_SHOWN = 100


@allowed("register", "route", "work")
@require_http_methods(["GET", "HEAD", "POST"])
def admission(request: HttpRequest, reference: str) -> HttpResponse:
    """Read it, say what it is about and where; the rules do the rest."""
    access = viewer(request)
    found = readable_signal(access, reference)
    if not Signal.objects.contributable(access).filter(pk=found.pk).exists():
        raise PermissionDenied
    if not needs_admission(found):
        return redirect("signals:signal", reference=found.reference)
    if request.method != "POST" or {"look", "pick"} & request.POST.keys():
        return _reading(request, found, _unbound(request, found))
    form = AdmissionForm(request.POST, signal=found, access=access)
    if form.is_valid():
        data = form.cleaned_data
        try:
            admit(signal=found, by=signed_in(request), category=data["category"], where=form.where, area=data["area"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _admitted(request, found)
    return _reading(request, found, form, status=422)


def _unbound(request: HttpRequest, signal: Signal) -> AdmissionForm:
    """As it stands, or as it was chosen so far. What a mail is about nobody said yet."""
    initial: dict[str, Any] = {"place": signal.place, "area": signal.area_id}
    if signal.level != Level.LIMITED or signal.category.level == Level.LIMITED:
        initial["category"] = signal.category_id
    if request.method == "POST":
        initial |= request.POST.dict() | ({"category": request.POST["pick"]} if "pick" in request.POST else {})
    return AdmissionForm(signal=signal, access=viewer(request), initial=initial)


def _reading(request: HttpRequest, signal: Signal, form: AdmissionForm, status: int = 200) -> HttpResponse:
    access = viewer(request)
    looked_at([signal], by=signed_in(request), surface="signal")
    where = form
    if not form.is_bound:  # what is known of the place, judging nothing yet
        where = AdmissionForm(form.initial, signal=signal, access=access)
        where.is_valid()
    attachments = list(Attachment.objects.readable(access).filter(signal=signal).select_related("organisation", "team"))
    for attachment in attachments:
        attachment.signal = signal
    context = {
        "signal": signal,
        "form": form,
        "place_form": form,
        "where": where.where,
        "reports": signal.reports.order_by("received_at"),
        "reporters": Reporter.objects.readable(access).filter(report__signal=signal),
        "attachments": shown(attachments),
        "suggestions": suggestions(signal.description),
    }
    return render(request, "signals/admission.html", context, status=status)


def _admitted(request: HttpRequest, signal: Signal) -> HttpResponse:
    """To its page, when who sent it on may still read it."""
    if not Signal.objects.readable(viewer(request)).filter(pk=signal.pk).exists():
        messages.success(request, _("Delivered to the right service."))
        return redirect("inbox")
    task = signal.tasks.live().select_related("team").first()
    said = _("Goes to %(team)s.") % {"team": task.team} if task else _("Read: it is to be divided.")
    messages.success(request, said)
    return redirect("signals:signal", reference=signal.reference)


# --- mail that became nothing -------------------------------------------------------------------------


@functions(*SORTERS)
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    left = list(IncomingMail.objects.sorted_by(viewer(request)).left_over().with_hope()[:MOST_SHOWN])
    context = {
        "mails": [one for one in left if one.state != MailState.AUTOMATIC],
        "automatic": [one for one in left if one.state == MailState.AUTOMATIC],
        "is_silent": is_silent(),
        "left_there": left_on_server(),
    }
    return render(request, "signals/mail.html", context)


@functions(*SORTERS)
@require_safe
def mail_source(request: HttpRequest, pk: uuid.UUID) -> FileResponse:
    """The mail as it came, to open in a mail program. Nobody knows what is in it: so the look is on record."""
    found, user = _left_over(request, pk), signed_in(request)
    look = Look(found.organisation_id, "incomingmail", found.pk, "", Level.LIMITED)
    record([look], reader_id=user.pk, reader_name=user.name, organisation_id=user.organisation_id, surface="mail")
    name = f"mail-{found.received_at:%Y-%m-%d}.eml"
    return FileResponse(found.raw.open("rb"), as_attachment=True, filename=name, content_type="message/rfc822")


@functions(*SORTERS)
@require_POST
def mail_registration(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A report after all, says a colleague."""
    found = _left_over(request, pk)
    take(found, anyway=True)
    found.refresh_from_db()
    if found.report is None:
        messages.error(request, found.why)
        return redirect("signals:mail")
    messages.success(request, _("Registered. Read it and send it on its way."))
    reference = found.report.signal.reference
    if Signal.objects.readable(viewer(request)).filter(reference=reference).exists():
        return redirect("signals:signal-admission", reference=reference)
    return redirect("signals:mail")


@functions(*SORTERS)
@require_POST
def mail_settlement(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    try:
        _left_over(request, pk).settle(by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Dealt with."))
    return redirect("signals:mail")


def _left_over(request: HttpRequest, pk: uuid.UUID) -> IncomingMail:
    mails = IncomingMail.objects.sorted_by(viewer(request)).left_over().select_related("organisation")
    return get_object_or_404(mails, pk=pk)
