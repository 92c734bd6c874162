"""The tags of one signal: hung on it and taken off by who steers it."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from signals import moves
from signals.forms.steering import NothingToFill
from signals.models import SignalTag
from signals.models.tags import tag_signal
from signals.views.answers import perform, steerable_signal
from teams.decorators import allowed, signed_in, viewer


@allowed("route", "work")
@require_POST
def tags(request: HttpRequest, reference: str) -> HttpResponse:
    found = steerable_signal(viewer(request), reference)
    return perform(
        request, moves.tagging(found, viewer(request), request.POST),
        lambda data: tag_signal(signal=found, name=data["name"], by=signed_in(request)), reference=reference,
    )  # fmt: skip


@allowed("route", "work")
@require_POST
def tag_end(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Sent twice it is off all the same."""
    found = steerable_signal(viewer(request), reference)
    move = moves.of_signal(
        found, "tag-end", "signal-tags", NothingToFill({}), label="", done=_("Tag taken off."), heeds=False
    )
    hung = SignalTag.objects.filter(signal=found, pk=pk)
    return perform(request, move, lambda _data: hung.delete(), reference=reference)
