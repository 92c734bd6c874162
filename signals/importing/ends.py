"""Signals of before that rows of a file joined.

A signal that came from a file ends when the last of its reports does, also when that one comes in a later file.
"""

import uuid
from collections.abc import Collection

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from signals.importing.neighbourhood import Matter
from signals.models import EventKind, Signal, SignalEvent, Task
from signals.workflow import SignalStatus, TaskStatus

# One statement for a whole batch: a row each takes longer than all the rest of the batch.
JOIN = """
    UPDATE signals_signal AS signal
    SET report_count = signal.report_count + told.joined,
        last_reported_at = greatest(signal.last_reported_at, told.latest),
        surfaced_at = coalesce(signal.surfaced_at, told.surfaced_at),
        surfaced_why = CASE WHEN signal.surfaced_at IS NULL AND told.surfaced_at IS NOT NULL
            THEN 'repeated' ELSE signal.surfaced_why END,
        closed_at = CASE WHEN told.moved AND told.closed_at IS NOT NULL THEN told.closed_at ELSE signal.closed_at END
    FROM unnest(%s::uuid[], %s::int[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::bool[])
        AS told (id, joined, latest, surfaced_at, closed_at, moved)
    WHERE signal.id = told.id
"""


def update_joined(matters: Collection[Matter]) -> None:
    if not matters:
        return
    told = [
        (m.signal_id, m.joined, m.last_reported_at, m.surfaced_at, m.closed_at, m.moved) for m in matters
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(JOIN, [list(column) for column in zip(*told, strict=True)])
    _move_along([m.signal_id for m in matters if m.moved and m.closed_at is not None])
    _open_again([m.signal_id for m in matters if m.moved and m.closed_at is None])


def _move_along(signals: Collection[uuid.UUID]) -> None:
    """What ended with the signal ends when it does now. Only what nobody here ended."""
    closed_at = Subquery(Signal.objects.filter(pk=OuterRef("signal_id")).values("closed_at"))
    Task.objects.filter(signal__in=signals, status=TaskStatus.DONE, ended_by=None).update(ended_at=closed_at)
    _endings(signals).update(at=closed_at)


def _open_again(signals: Collection[uuid.UUID]) -> None:
    tasks = Task.objects.filter(signal__in=signals, status=TaskStatus.DONE, ended_by=None)
    at_work = set(tasks.values_list("signal_id", flat=True))
    tasks.update(status=TaskStatus.ACCEPTED, ended_at=None, outcome="")
    again = Signal.objects.filter(pk__in=signals)
    again.filter(pk__in=at_work).update(status=SignalStatus.IN_PROGRESS, closed_at=None, outcome="")
    again.exclude(pk__in=at_work).update(status=SignalStatus.TO_DIVIDE, closed_at=None, outcome="")
    _endings(signals).delete()


def _endings(signals: Collection[uuid.UUID]) -> QuerySet[SignalEvent]:
    return SignalEvent.objects.filter(
        signal__in=signals, kind__in=[EventKind.COMPLETED, EventKind.CLOSED], by__isnull=True
    )
