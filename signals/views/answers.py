"""How a view answers when somebody did, or could not do, something with a signal.

In the page (htmx) the answer is the panel of the signal anew, or the form with what was typed and why not.
Without JavaScript it is a redirect, or a page with that form.
"""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from kortrijk_gebied.kept import give_back
from kortrijk_gebied.menu import ENTRANCES, item_for
from kortrijk_gebied.refusals import Refused
from signals.meanwhile import Overtaken, news_since
from signals.models import Signal
from signals.moves import SEEN, Move
from signals.panel import Panel
from signals.visibility import SignalQuerySet
from signals.workflow import SignalStatus
from teams.access import Access
from teams.decorators import signed_in, viewer

LONGEST_ADDRESS = 2_000
RELATED = ("category", "owner", "team", "area", "closed_by")


def readable_signal(access: Access, reference: str) -> Signal:
    readable: SignalQuerySet = Signal.objects.readable(access).select_related(*RELATED)
    found: Signal = get_object_or_404(readable, reference=reference)
    return found


def steerable_signal(access: Access, reference: str) -> Signal:
    """A signal the viewer may steer; 403 when it may only be read, 404 when not even that."""
    signal = readable_signal(access, reference)
    if not Signal.objects.writable(access).filter(pk=signal.pk).exists():
        raise PermissionDenied
    return signal


def opened(request: HttpRequest, signal: Signal) -> Signal:
    """Asked for by somebody who may divide it, what came in by itself and no rule placed is new no longer.

    What no rule has seen yet (signals/arrivals.py) stays new until somebody has given it its subject.
    """
    is_new = signal.status == SignalStatus.NEW and signal.route_reason
    if is_new and Signal.objects.writable(viewer(request)).filter(pk=signal.pk).exists():
        signal.read(by=signed_in(request))
    return signal


def panel_of(request: HttpRequest, signal: Signal) -> Panel:
    """The panel of a signal that is about to be shown: from here on it has been read."""
    panel = Panel(signal, viewer(request), signed_in(request))
    panel.log()
    return panel


def perform(
    request: HttpRequest, move: Move, do: Callable[[dict[str, Any]], object], *, reference: str
) -> HttpResponse:
    """Do what the form asks, or say what is wrong and keep what was typed."""
    if move.form.is_valid():
        heeds = move.heeds and move.asks
        is_done, seen = attempted(request, move.form, do, reference=reference, heeds=heeds)
        if is_done:
            return done(request, move.done, reference)
        move.seen = move.seen if seen is None else seen
    return _refused(request, move, reference)


def attempted(
    request: HttpRequest, form: Form, do: Callable[[dict[str, Any]], object], *, reference: str, heeds: bool = True
) -> tuple[bool, int | None]:  # fmt: skip
    """Whether it was done; else the form says why not. And how much of the course its writer has seen by then, when a
    colleague was first."""
    try:
        with transaction.atomic():
            if heeds:
                _heed(request, reference)
            do(form.cleaned_data)
    except Overtaken as meanwhile:
        said = _("Meanwhile something happened. Read it; press once more to do this all the same.")
        form.add_error(None, [said, *meanwhile.news])
        return False, meanwhile.seen
    except Refused as refusal:
        form.add_error(None, [str(refusal), *_news(request, reference).news])
    except ValidationError as error:
        form.add_error(None, error.messages)
    else:
        return True, None
    return False, None


def _heed(request: HttpRequest, reference: str) -> None:
    """Whether colleagues did something with the signal since the form was shown. Holds it from here on."""
    Signal.objects.select_for_update(of=("self",)).get(reference=reference)
    if (meanwhile := _news(request, reference)).news:
        raise meanwhile


def _news(request: HttpRequest, reference: str) -> Overtaken:
    """What others did since, as far as this person may read it."""
    seen = seen_by_writer(request)
    if seen is None:  # a form without it heeds nothing
        return Overtaken([], 0)
    return news_since(Signal.objects.get(reference=reference), viewer(request), seen)


def seen_by_writer(request: HttpRequest) -> int | None:
    seen = request.POST.get(SEEN, "")
    return int(seen) if seen.isdecimal() and len(seen) < 7 else None


def done(request: HttpRequest, words: str, reference: str) -> HttpResponse:
    """Say so, beside the list with the panel as it is now."""
    signal = Signal.objects.readable(viewer(request)).select_related(*RELATED).filter(reference=reference).first()
    if signal is None:  # sealed, or given back: it is no longer for these eyes
        messages.success(request, words)
        return _elsewhere(request, asked_next(request) or reverse("inbox"))
    if request.htmx and not asked_next(request):  # type: ignore[attr-defined]
        return _panel(request, signal, announce=words)
    messages.success(request, words)
    return _elsewhere(request, asked_next(request) or reverse("signals:signal", args=[reference]))


def _refused(request: HttpRequest, move: Move, reference: str) -> HttpResponse:
    move.seen = seen_by_writer(request) if move.seen is None else move.seen
    if not request.htmx:  # type: ignore[attr-defined]
        return doing(request, move, status=422)
    if move.asks:
        response = render(request, "signals/move.html#form", {"move": move}, status=422)
        patch_vary_headers(response, ["HX-Request"])
        return response
    for error in move.form.non_field_errors():
        messages.error(request, str(error))
    signal = Signal.objects.readable(viewer(request)).select_related(*RELATED).filter(reference=reference).first()
    if signal is None:
        return _elsewhere(request, asked_next(request) or reverse("inbox"))
    return _panel(request, signal, status=422)


def _panel(request: HttpRequest, signal: Signal, *, announce: str = "", status: int = 200) -> HttpResponse:
    here = request.htmx.current_url_abs_path  # type: ignore[attr-defined]
    own_page = (here or "").partition("?")[0] == reverse("signals:signal", args=[signal.reference])
    context = {"panel": panel_of(request, signal), "with_messages": True, "alone": own_page}
    if own_page:  # beside the list, the list brings the number along
        context["menu_item"] = item_for(ENTRANCES[0], request)
    response = render(request, "signals/panel.html", context, status=status)
    happened = {"signal-changed": signal.reference}
    response.headers["HX-Trigger"] = json.dumps({**happened, **({"announce": announce} if announce else {})})
    patch_vary_headers(response, ["HX-Request"])
    return response


def doing(request: HttpRequest, move: Move, *, status: int = 200) -> HttpResponse:
    """One move on a page of its own; filled in with what was typed when the session had ended."""
    if request.method == "GET" and (typed := give_back(request)):
        move.fill_in(typed)
        messages.info(request, _("You had been signed out. What you typed still stands here: send it once more."))
    response = render(request, "signals/doing.html", {"move": move, "next": asked_next(request)}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def asked_next(request: HttpRequest) -> str:
    """Where the page that posted wants to go on, if that is a page of ours."""
    asked: QueryDict = request.POST if request.method == "POST" else request.GET
    url = asked.get("next", "")
    if not url.startswith("/") or len(url) > LONGEST_ADDRESS:
        return ""
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if ours else ""


def _elsewhere(request: HttpRequest, url: str) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": iri_to_uri(url)})
    return redirect(url)
