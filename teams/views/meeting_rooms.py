"""The room of a meeting follows it when it moves, and goes free when it is cancelled: one press each."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kortrijk_gebied.access import member
from teams.decorators import signed_in, viewer
from teams.meetings import rooms
from teams.models import Meeting
from teams.views.meetings import readable_meeting


@member
@require_POST
def room_move(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _done(request, pk, rooms.move_along, _("The room is booked for when you meet."))


@member
@require_POST
def room_release(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Also of a meeting that was cancelled before."""
    return _done(request, pk, rooms.give_back, _("The room is free again."))


def _done(request: HttpRequest, pk: uuid.UUID, act: Callable[..., str], said: str) -> HttpResponse:
    found = readable_meeting(viewer(request), pk)
    if not Meeting.objects.writable(viewer(request)).filter(pk=pk).exists():
        raise PermissionDenied
    if problem := act(found, by=signed_in(request)):
        messages.error(request, problem)
    else:
        messages.success(request, said)
    return redirect("meetings:meeting", pk)
