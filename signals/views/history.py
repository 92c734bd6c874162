"""What changed on a signal and on what hangs on it: only what the viewer may read today."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kortrijk_gebied.history import steps_of
from signals.histories import reaches, steps_on_signal
from signals.levels import Level
from signals.models import Attachment, Note, Report, Reporter, Share, Signal, Task
from signals.reading import looked_at, looked_at_parts
from signals.views.answers import readable_signal
from teams.access import Access
from teams.decorators import allowed, signed_in, viewer


@allowed("view", "work", "view_sealed")
@require_safe
def history(request: HttpRequest, reference: str) -> HttpResponse:
    access = viewer(request)
    signal = readable_signal(access, reference)
    notes = list(Note.objects.readable(access).filter(signal=signal))
    attachments = list(Attachment.objects.readable(access).filter(signal=signal))
    looked_at([signal], by=signed_in(request), surface="history")
    looked_at_parts([*notes, *attachments], of=signal, by=signed_in(request), surface="history")
    rows: list[models.Model] = [signal, *notes, *attachments, *_on_readable(signal, access)]

    def shows(row: Any, state: Any) -> bool:
        """What it was while it was more secret than it is now, stays with who could read it then."""
        level = getattr(state, "level", Level.OPEN)
        return level <= getattr(row, "level", level) or reaches(signal, access, level)

    context = {
        "about": signal.reference,
        "title": signal.title,
        "back": reverse("signals:signal", args=[reference]),
        "steps": sorted(
            [*steps_of(rows, shows=shows), *steps_on_signal(signal, access)], key=lambda step: step.at, reverse=True
        ),
    }
    return render(request, "history.html", context)


def _on_readable(signal: Signal, access: Access) -> list[models.Model]:
    """Tasks at their level, reports, who reported for who may see that, and shares for who steers."""
    steers = Signal.objects.writable(access).filter(pk=signal.pk).exists()
    return [
        *Task.objects.readable(access).filter(signal=signal),
        *Report.objects.filter(signal=signal),
        *Reporter.objects.readable(access).filter(report__signal=signal),
        *(Share.objects.filter(signal=signal) if steers else []),
    ]
