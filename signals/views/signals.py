"""One signal: its page, and what is done with it as a whole."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from signals import moves
from signals.undoing import undo_closing
from signals.views.answers import doing, opened, panel_of, perform, readable_signal, steerable_signal
from teams.decorators import allowed, signed_in, viewer


@allowed("view", "work", "view_sealed")
@require_safe
def signal(request: HttpRequest, reference: str) -> HttpResponse:
    """The signal on a page of its own; as a fragment beside the list; or one of its forms, with `?doe=`."""
    panel = panel_of(request, opened(request, readable_signal(viewer(request), reference)))
    asked = next((move for move in panel.dialogs if move.name == request.GET.get("doe")), None)
    if asked:
        return doing(request, asked)
    beside = bool(request.htmx)  # type: ignore[attr-defined]
    template = "signals/panel.html" if beside else "signals/signal.html"
    response = render(request, template, {"panel": panel, "back": _back(request, reference)})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _back(request: HttpRequest, reference: str) -> str:
    """To the list as it was, with this signal chosen in it."""
    came_from, _, query = request.headers.get("Referer", "").partition("?")
    query = query if came_from.endswith(reverse("inbox")) else ""
    kept = [pair for pair in query.split("&") if pair and not pair.startswith("signaal=")]
    return f"{reverse('inbox')}?{'&'.join([*kept, f'signaal={reference}'])}"


@allowed("route", "work")
@require_POST
def closure(request: HttpRequest, reference: str) -> HttpResponse:
    found = steerable_signal(viewer(request), reference)
    return perform(
        request, moves.closure(found, request.POST),
        lambda data: found.close(by=signed_in(request), outcome=data["outcome"]), reference=reference,
    )  # fmt: skip


@allowed("route", "work")
@require_POST
def undo(request: HttpRequest, reference: str) -> HttpResponse:
    found = steerable_signal(viewer(request), reference)
    move = moves.undo(found)
    return perform(request, move, lambda _data: undo_closing(signal=found, by=signed_in(request)), reference=reference)


@allowed("route", "work")
@require_POST
def cancellation(request: HttpRequest, reference: str) -> HttpResponse:
    found = steerable_signal(viewer(request), reference)
    return perform(
        request, moves.cancellation(found, request.POST),
        lambda data: found.cancel(by=signed_in(request), reason=data["reason"]), reference=reference,
    )  # fmt: skip


@allowed("route", "work")
@require_POST
def reopening(request: HttpRequest, reference: str) -> HttpResponse:
    found = steerable_signal(viewer(request), reference)
    return perform(
        request, moves.reopening(found, request.POST),
        lambda data: found.reopen(by=signed_in(request), reason=data["reason"]), reference=reference,
    )  # fmt: skip


@allowed("route", "work")
@require_POST
def lifting(request: HttpRequest, reference: str) -> HttpResponse:
    found = steerable_signal(viewer(request), reference)
    return perform(request, moves.lifting(found), lambda _data: found.lift(by=signed_in(request)), reference=reference)


@allowed("route", "work")
@require_POST
def level(request: HttpRequest, reference: str) -> HttpResponse:
    found = steerable_signal(viewer(request), reference)
    return perform(
        request, moves.secrecy(found, request.POST),
        lambda data: found.raise_level(by=signed_in(request), level=data["level"]), reference=reference,
    )  # fmt: skip
