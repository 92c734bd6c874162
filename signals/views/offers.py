"""Saying yes to a task from a mail: for who is on the street and not signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from kortrijk_gebied.access import public
from kortrijk_gebied.keyed import keyed
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.throttle import throttled
from signals.offers import accept, invitation_of, may_accept


@public
@keyed
@throttled("task-offer", "30/m/ip")
@require_http_methods(["GET", "HEAD", "POST"])
def task_offer(request: HttpRequest, token: str) -> HttpResponse:
    found = invitation_of(token)
    if found is None:
        return _answer(request, {}, 404)
    refusal, accepted = "", False
    if request.method == "POST":
        try:
            accept(found)
            accepted = True
        except Refused as error:
            refusal = str(error)
    context = {"invitation": found, "task": found.task, "accepted": accepted, "refusal": refusal}
    return _answer(request, {**context, "may_accept": may_accept(found.task)}, 409 if refusal else 200)


def _answer(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    return render(request, "signals/task_offer.html", context, status=status)
