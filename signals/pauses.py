"""When a signal stood still for its reporter: what no term counts."""

import datetime as dt
import itertools

from signals.models import EventKind, Signal, SignalEvent
from signals.workflow import WaitingFor

# What is in the course of a signal when it stops waiting, one way or another.
ENDS_A_WAIT = (EventKind.WAITS, EventKind.RESUMED, EventKind.CLOSED, EventKind.CANCELLED, EventKind.REOPENED)


def stood_still(signal: Signal) -> list[tuple[dt.datetime, dt.datetime]]:
    """From when to when it stood still, each time that it waited for the reporter and goes on again since."""
    course: list[SignalEvent] = []
    for event in signal.events.filter(kind__in=ENDS_A_WAIT).order_by("at", "pk"):
        if event.data.get("undone") and course:
            course.pop()  # the closing that was undone: it went on waiting
        else:
            course.append(event)
    return [
        (event.at, after.at)
        for event, after in itertools.pairwise(course)
        if event.kind == EventKind.WAITS and event.data.get("waiting_for") == WaitingFor.REPORTER
    ]
