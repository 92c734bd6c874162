"""What if a building closed, and with how few it could be done: asked of a worker, and nothing is moved."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.jobs.models import Job, State
from kortrijk_gebied.sheets import csv_parts
from reservations.consolidation.asking import Asked, may_ask, questions_of
from reservations.consolidation.shown import Answer
from reservations.forms.consolidation import QuestionForm
from reservations.models import Building
from teams.access import Access
from teams.decorators import signed_in, viewer

PER_PAGE, EARLIER = 100, 10


def askers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Coordinators, and who manages a building."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_ask(viewer(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded.__name__, guarded.__doc__, guarded.__module__ = view.__name__, view.__doc__, view.__module__
    return member(guarded)


@askers
@require_http_methods(["GET", "HEAD", "POST"])
def consolidation(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    chosen = Building.objects.filter(code=request.GET.get("gebouw", ""))
    typed = request.POST if request.method == "POST" else None
    form = QuestionForm(typed, viewer=access, initial={"close": chosen})
    if form.is_valid():
        job = form.asked().ask(signed_in(request))
        return redirect("reservations:consolidation-answer", pk=job.pk)
    context = {"form": form, "earlier": _earlier(access)}
    return render(request, "reservations/consolidation.html", context, status=422 if form.errors else 200)


def _earlier(access: Access) -> list[tuple[Job, Asked, list[str]]]:
    names = dict(Building.objects.values_list("pk", "name"))
    jobs = [(job, Asked.of(job)) for job in questions_of(access)[:EARLIER]]
    return [(job, asked, [names[pk] for pk in asked.close if pk in names]) for job, asked in jobs]


@askers
@require_safe
def answer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return render(request, "reservations/consolidation_answer.html", _context(request, pk))


@askers
@require_safe
def progress(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return render(request, "reservations/consolidation_answer.html#answer", _context(request, pk))


def _context(request: HttpRequest, pk: uuid.UUID) -> dict[str, Any]:
    job = get_object_or_404(questions_of(viewer(request)), pk=pk)
    names = Building.objects.filter(pk__in=Asked.of(job).close)
    context: dict[str, Any] = {"job": job, "asked": Asked.of(job), "chosen": list(names)}
    if job.state == State.DONE:
        found = Answer(job, viewer(request))
        context |= {"found": found, "page": Paginator(found.lines, PER_PAGE).get_page(request.GET.get("page"))}
    return context


@askers
@require_safe
def answer_sheet(request: HttpRequest, pk: uuid.UUID) -> StreamingHttpResponse:
    job = get_object_or_404(questions_of(viewer(request)), pk=pk)
    if job.state != State.DONE:
        raise Http404
    found = Answer(job, viewer(request))
    response = StreamingHttpResponse(csv_parts(found.heading(), found.rows()), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="zaalgebruik-{job.created_at:%Y-%m-%d}.csv"'
    return response
