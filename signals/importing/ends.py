"""A signal that came from a file ends when the last of its reports does, also when that one comes in a later file."""

import datetime as dt
import uuid
from collections.abc import Mapping

from signals.models import EventKind, Signal, SignalEvent, Task
from signals.workflow import SignalStatus, TaskStatus

ENDING = [EventKind.COMPLETED, EventKind.CLOSED]


def move_ends(ends: Mapping[uuid.UUID, dt.datetime | None]) -> None:
    """The new end of each signal, None for one that turns out to be open still. Only what nobody here ended."""
    for pk, closed_at in ends.items():
        tasks = Task.objects.filter(signal=pk, status=TaskStatus.DONE, ended_by__isnull=True)
        events = SignalEvent.objects.filter(signal=pk, kind__in=ENDING, by__isnull=True)
        if closed_at is not None:
            Signal.objects.filter(pk=pk).update(closed_at=closed_at)
            tasks.update(ended_at=closed_at)
            events.update(at=closed_at)
            continue
        working = tasks.update(status=TaskStatus.ACCEPTED, ended_at=None, outcome="")
        status = SignalStatus.IN_PROGRESS if working else SignalStatus.TO_DIVIDE
        Signal.objects.filter(pk=pk).update(status=status, closed_at=None, outcome="")
        events.delete()
