"""What may follow what. Models look their transitions up here; tests walk these maps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignalStatus(models.TextChoices):
    TO_DIVIDE = "to_divide", _("to divide")
    ROUTED = "routed", _("routed")
    IN_PROGRESS = "in_progress", _("in progress")
    RESOLVED = "resolved", _("resolved")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


class TaskStatus(models.TextChoices):
    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned")
    DONE = "done", _("done")
    WITHDRAWN = "withdrawn", _("withdrawn")


S, T = SignalStatus, TaskStatus

OPEN = frozenset({S.TO_DIVIDE, S.ROUTED, S.IN_PROGRESS, S.RESOLVED})
ENDED = frozenset({S.CLOSED, S.CANCELLED})
LIVE_TASK = frozenset({T.OFFERED, T.ACCEPTED})
COUNTING_TASK = frozenset({T.OFFERED, T.ACCEPTED, T.DONE})

# action -> the states from which it is allowed; where it leads, the action itself says
SIGNAL_TRANSITIONS: dict[str, frozenset[SignalStatus]] = {
    "offer": OPEN,
    "join": OPEN,
    "lift": OPEN,
    "close": OPEN,
    "cancel": OPEN,
    "reopen": ENDED,
}

TASK_TRANSITIONS: dict[str, frozenset[TaskStatus]] = {
    "accept": frozenset({T.OFFERED}),
    "give_back": LIVE_TASK,
    "complete": frozenset({T.ACCEPTED}),
    "withdraw": LIVE_TASK,
}


def status_from_tasks(tasks: list[TaskStatus], *, routine: bool) -> SignalStatus:
    """The one rule by which an open signal follows its tasks.

    Routine that is done is closed; anything else that is done waits for a coordinator to close it.
    """
    counting = [task for task in tasks if task in COUNTING_TASK]
    if not counting:
        return S.TO_DIVIDE
    if all(task == T.DONE for task in counting):
        return S.CLOSED if routine else S.RESOLVED
    if T.ACCEPTED in counting or T.DONE in counting:
        return S.IN_PROGRESS
    return S.ROUTED
