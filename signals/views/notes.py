from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from signals import moves
from signals.levels import Level
from signals.mentions import suggestions
from signals.models import Signal
from signals.panel import keeper_of
from signals.views.answers import perform, readable_signal
from teams.decorators import allowed, signed_in, viewer


@allowed("register", "route", "work")
@require_safe
def colleagues(request: HttpRequest, reference: str) -> HttpResponse:
    """Who could be mentioned in a note on this signal: they may read it too."""
    found = readable_signal(viewer(request), reference)
    words = request.GET.get("q", "")[:40]
    people = suggestions(words, signal=found) if words.strip() else []
    return render(request, "signals/colleagues.html", {"people": people})


@allowed("register", "route", "work")
@require_POST
def notes(request: HttpRequest, reference: str) -> HttpResponse:
    access, user = viewer(request), signed_in(request)
    found = readable_signal(access, reference)
    if not Signal.objects.contributable(access).filter(pk=found.pk).exists():
        raise PermissionDenied
    keeper = keeper_of(found, access)

    def keep(data: dict[str, Any]) -> None:
        sealed = data["level"] == Level.SEALED
        found.add_note(by=user, text=data["text"], level=data["level"], team=keeper if sealed else None)

    return perform(request, moves.note(found, user.organisation, keeper, request.POST), keep, reference=reference)
