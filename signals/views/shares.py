"""One sentence for another team: given, read, and ended."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from signals import moves
from signals.models import Share, Signal, Task
from signals.reading import looked_at
from signals.task_lines import TaskLine, task_moves, task_words
from signals.views.answers import perform, steerable_signal
from signals.visibility import Sight
from teams.access import teams_that_work
from teams.decorators import allowed, signed_in, viewer


@allowed("route", "work")
@require_POST
def shares(request: HttpRequest, reference: str) -> HttpResponse:
    found = steerable_signal(viewer(request), reference)
    teams = teams_that_work().select_related("organisation")

    def give(data: dict[str, Any]) -> None:
        found.share(
            by=signed_in(request), team=data["team"], text=data["text"], legal_ground=data["legal_ground"],
            purpose=data["purpose"], expires_at=data["until"],
        )  # fmt: skip

    return perform(request, moves.share(found, teams, request.POST), give, reference=reference)


@allowed("view", "work", "view_sealed")
@require_safe
def share(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What the receiver reads: the sentence and what goes with it, nothing of the signal."""
    access = viewer(request)
    received = Share.objects.received_by(access).select_related("team", "by__organisation", "signal__owner")
    found = get_object_or_404(received, pk=pk, signal__isnull=False)
    assert found.signal is not None  # noqa: S101  the lookup saw to it
    found.signal.sight = Sight.SHARED  # type: ignore[attr-defined]
    looked_at([found.signal], by=signed_in(request), surface="share")
    own = Task.objects.filter(signal=found.signal, team_id__in=access.team_ids)
    own = own.select_related("team__organisation", "signal")
    lines = [TaskLine(task, task_words(task), task_moves(task, access, False), True) for task in own]
    beside = bool(request.htmx)  # type: ignore[attr-defined]
    template = "signals/share_panel.html" if beside else "signals/share.html"
    response = render(request, template, {"share": found, "tasks": lines})
    patch_vary_headers(response, ["HX-Request"])
    return response


@allowed("route", "work")
@require_POST
def end(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    access = viewer(request)
    on_readable = Share.objects.given_on_readable(access).select_related("signal__category", "team")
    found = get_object_or_404(on_readable, pk=pk)
    assert found.signal is not None  # noqa: S101  given_on_readable saw to it
    if not Signal.objects.writable(access).filter(pk=found.signal_id).exists():
        raise PermissionDenied
    return perform(
        request, moves.share_end(found, found.signal), lambda _data: found.revoke(by=signed_in(request)),
        reference=found.signal.reference,
    )  # fmt: skip
