"""Another subject, or another place, for a signal that runs: said, looked at, and done."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kortrijk_gebied.kept import give_back
from signals.arrivals import needs_admission
from signals.correcting import correct
from signals.correction import Plan, plan
from signals.course import course_of
from signals.forms.correcting import FOLLOW, CorrectionForm
from signals.meanwhile import seen_in
from signals.models import Signal
from signals.reading import looked_at
from signals.suggesting.suggestions import suggestions
from signals.vicinity import signals_nearby
from signals.views.answers import attempted, readable_signal, seen_by_writer
from signals.workflow import SIGNAL_TRANSITIONS
from teams.access import Access
from teams.decorators import allowed, signed_in, viewer


@allowed("register", "route", "work")
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, reference: str) -> HttpResponse:
    """First it says what would become of it; whoever has it is chosen then, and it is done."""
    found, by = _correctable(request, reference), signed_in(request)
    if needs_admission(found):
        return redirect("signals:signal-admission", reference=found.reference)
    if found.status not in SIGNAL_TRANSITIONS["correct"]:
        return redirect("signals:signal", reference=found.reference)
    if request.method != "POST" or "pick" in request.POST:
        return _page(request, found, _unbound(request, found))
    form = CorrectionForm(request.POST, signal=found, access=viewer(request))
    meant = _meant(request, found, form) if form.is_valid() else None
    if meant is None or not form.settles(meant):
        return _page(request, found, form, meant)

    def do(data: dict[str, Any]) -> None:
        correct(
            signal=found, by=by, category=data["category"], spot=form.new_spot, shown=data["shown"],
            follow=data["who"] == FOLLOW, take_back=data["take_back"],
        )  # fmt: skip

    done, seen = attempted(request, form, do, reference=reference)
    return _corrected(request, reference) if done else _anew(request, reference, form, seen)


def _correctable(request: HttpRequest, reference: str) -> Signal:
    """For who steers it, and for a moment for who registered it."""
    access = viewer(request)
    found = readable_signal(access, reference)
    if not Signal.objects.correctable(access).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


def _unbound(request: HttpRequest, signal: Signal) -> CorrectionForm:
    """As it stands, or as it was chosen so far."""
    initial = {"category": signal.category_id, "place": signal.place, "area": signal.area_id}
    typed = request.POST if request.method == "POST" else give_back(request)
    if typed:
        initial |= typed.dict()
        initial["category"] = typed.get("pick") or typed.get("category", "")
    return CorrectionForm(signal=signal, access=viewer(request), initial=initial)


def _meant(request: HttpRequest, signal: Signal, form: CorrectionForm) -> Plan:
    return plan(signal, by=signed_in(request), category=form.cleaned_data["category"], spot=form.new_spot)


def _anew(request: HttpRequest, reference: str, form: CorrectionForm, seen: int | None) -> HttpResponse:
    """It was refused: with the reason, and as it is by now."""
    form.signal = found = _correctable(request, reference)
    return _page(request, found, form, _meant(request, found, form), seen)


def _page(
    request: HttpRequest, signal: Signal, form: CorrectionForm, meant: Plan | None = None, seen: int | None = None
) -> HttpResponse:
    access = viewer(request)
    looked_at([signal], by=signed_in(request), surface="signal")
    if meant is not None:
        form.show(meant)
    if seen is None:
        seen = seen_by_writer(request)
    context = {
        "signal": signal,
        "form": form,
        "where": form.where,
        "meant": meant,
        "may_steer": Signal.objects.writable(access).filter(pk=signal.pk).exists(),
        "seen": seen_in(course_of(signal, access)[0]) if seen is None else seen,
        "suggestions": suggestions(signal.description),
    }
    return render(request, "signals/correction.html", context, status=422 if form.errors else 200)


def _corrected(request: HttpRequest, reference: str) -> HttpResponse:
    signal = Signal.objects.readable(viewer(request)).filter(reference=reference).first()
    if signal is None:
        messages.success(request, _("Corrected. From now on it is for others to read."))
        return redirect("inbox")
    messages.success(request, _("Corrected."))
    if count := _alike(signal, viewer(request)):
        said = ngettext(
            "Nearby %(count)s signal about this runs already. Is it the same? Join them.",
            "Nearby %(count)s signals about this run already. Are they the same? Join them.",
            count,
        )
        messages.info(request, said % {"count": count})
    # There whoever reads with the keys or by ear goes on, not at the top of the page.
    return redirect(f"{reverse('signals:signal', args=[reference])}#signal-heading")


def _alike(signal: Signal, access: Access) -> int:
    """What runs about the same subject around the spot, as it is now: only how many the viewer reads."""
    if signal.longitude is None or signal.latitude is None:
        return 0
    near = signals_nearby(access, longitude=signal.longitude, latitude=signal.latitude, category_id=signal.category_id)
    return sum(one.pk != signal.pk for one, _metres in near)
