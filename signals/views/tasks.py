"""Tasks: offered on a signal; accepted, returned, done or withdrawn on their own address."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from signals import moves
from signals.ending import Ending
from signals.models import Signal, Task
from signals.reading import looked_at
from signals.task_lines import task_moves
from signals.views.answers import doing, perform, steerable_signal
from teams.access import Access, teams_that_work
from teams.decorators import allowed, signed_in, viewer


@allowed("route", "work")
@require_POST
def tasks(request: HttpRequest, reference: str) -> HttpResponse:
    found = steerable_signal(viewer(request), reference)
    teams = teams_that_work().select_related("organisation")

    def offer(data: dict[str, Any]) -> None:
        found.offer(
            by=signed_in(request), team=data["team"], post=data.get("post"), title=data["title"], due_at=data["due_on"]
        )

    return perform(request, moves.offer(found, teams, request.POST), offer, reference=reference)


def _workable(access: Access, pk: uuid.UUID) -> Task:
    """A task of a team the viewer works for; 403 when it may only be read."""
    task = get_object_or_404(Task.objects.readable(access).select_related("team", "signal__category"), pk=pk)
    if task.team_id not in access.teams("work"):
        raise PermissionDenied
    return task


def _stands(access: Access, task: Task) -> str:
    """On its signal; for who reads the task alone among their tasks of today."""
    if Signal.objects.readable(access).filter(pk=task.signal_id).exists():
        return reverse("signals:signal", args=[task.signal.reference])
    return f"{reverse('today')}#task-{task.pk}"


def _ending(request: HttpRequest, task: Task) -> Ending | None:
    """Texts and mail about a signal, for who may read more of it than the task."""
    readable = Signal.objects.readable(viewer(request)).filter(pk=task.signal_id).exists()
    return Ending(task.signal) if readable else None


@allowed("work")
@require_safe
def task(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One of its forms on a page of its own, named by `?doe=`: for who works without JavaScript. Without a form it is
    the address that programs of partners are given: it leads to where the task stands."""
    found = _workable(viewer(request), pk)
    if "doe" not in request.GET:
        return redirect(_stands(viewer(request), found))
    wanted = f"{request.GET.get('doe', '')}-{pk}"
    offered = task_moves(found, viewer(request), may_steer=False, ending=_ending(request, found))
    move = next((move for move in offered if move.name == wanted), None)
    if move is None:
        raise Http404
    looked_at([found.signal], by=signed_in(request), surface="task")
    return doing(request, move)


@allowed("work")
@require_POST
def acceptance(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _workable(viewer(request), pk)
    return perform(
        request, moves.acceptance(found), lambda _data: found.accept(by=signed_in(request)),
        reference=found.signal.reference,
    )  # fmt: skip


@allowed("work")
@require_POST
def beginning(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _workable(viewer(request), pk)
    return perform(
        request, moves.beginning(found), lambda _data: found.begin(by=signed_in(request)),
        reference=found.signal.reference,
    )  # fmt: skip


@allowed("work")
@require_POST
def return_(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _workable(viewer(request), pk)
    return perform(
        request, moves.return_(found, request.POST),
        lambda data: found.give_back(by=signed_in(request), reason=data["reason"]), reference=found.signal.reference,
    )  # fmt: skip


@allowed("work")
@require_POST
def completion(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _workable(viewer(request), pk)
    return perform(
        request, moves.completion(found, request.POST, ending=_ending(request, found)),
        lambda data: found.complete(by=signed_in(request), outcome=data["outcome"]),
        reference=found.signal.reference,
    )  # fmt: skip


@allowed("route", "work")
@require_POST
def withdrawal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Taking a task back is for who steers its signal, not for who does it."""
    access = viewer(request)
    found = get_object_or_404(Task.objects.readable(access).select_related("team", "signal__category"), pk=pk)
    if not Signal.objects.writable(access).filter(pk=found.signal_id).exists():
        raise PermissionDenied
    return perform(
        request, moves.withdrawal(found), lambda _data: found.withdraw(by=signed_in(request)),
        reference=found.signal.reference,
    )  # fmt: skip
