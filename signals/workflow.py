"""What may follow what. Models look their transitions up here; tests walk these maps."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignalStatus(models.TextChoices):
    NEW = "new", _("new")  # it came in by itself and nobody read it yet
    TO_DIVIDE = "to_divide", _("to divide")
    ROUTED = "routed", _("routed")
    IN_PROGRESS = "in_progress", _("in progress")
    WAITING = "waiting", _("waiting")  # until a day, when it comes back by itself
    REFERRED = "referred", _("referred")  # to somebody outside, who did not confirm it yet
    RESOLVED = "resolved", _("resolved")
    REOPENED = "reopened", _("reopened")  # and nobody took it up again yet
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")
    NOT_OURS = "not_ours", _("not ours")  # whoever it was referred to has it, confirmed
    JOINED = "joined", _("joined with another")  # its reports go on there


class TaskStatus(models.TextChoices):
    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted")
    IN_PROGRESS = "in_progress", _("in progress")
    RETURNED = "returned", _("returned")
    DONE = "done", _("done")
    WITHDRAWN = "withdrawn", _("withdrawn")


class WaitingFor(models.TextChoices):
    REPORTER = "reporter", _("an answer of the reporter")  # as long as that takes, the term stands still
    WEATHER = "weather", _("the weather")
    THIRD_PARTY = "third_party", _("somebody else")
    OTHER = "other", _("something else")


class HandoverKind(models.TextChoices):
    HANDOVER = "handover", _("handover")  # the receiver becomes the owner
    REFERRAL = "referral", _("referral")  # of a person, within the three organisations: the owner stays
    OUTSIDE = "outside", _("referral outside")  # to somebody who does not work with this program


class HandoverState(models.TextChoices):
    OFFERED = "offered", _("offered")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


S, T = SignalStatus, TaskStatus
H = HandoverKind

ENDED = frozenset({S.CLOSED, S.CANCELLED, S.NOT_OURS, S.JOINED})
OPEN = frozenset(SignalStatus) - ENDED
# Nobody has it: somebody must divide it.
UNDIVIDED = frozenset({S.NEW, S.TO_DIVIDE, S.REOPENED})
# A person put it there; it stays so whatever its tasks do, until the work turns out to be done.
HELD = frozenset({S.WAITING, S.REFERRED})

STARTED_TASK = frozenset({T.ACCEPTED, T.IN_PROGRESS})
LIVE_TASK = frozenset({T.OFFERED}) | STARTED_TASK
COUNTING_TASK = LIVE_TASK | {T.DONE}

# action -> the states from which it is allowed; where it leads, the action itself says
SIGNAL_TRANSITIONS: dict[str, frozenset[SignalStatus]] = {
    "read": frozenset({S.NEW}),
    "admit": UNDIVIDED,
    "offer": OPEN - {S.REFERRED},
    "join": OPEN,
    "lift": OPEN,
    "wait": OPEN - {S.REFERRED, S.RESOLVED},
    "resume": frozenset({S.WAITING}),
    "refer": OPEN - {S.REFERRED},
    "confirm": frozenset({S.REFERRED}),
    "take_back": frozenset({S.REFERRED}),
    "hand_over": OPEN - {S.REFERRED},
    "close": OPEN - {S.REFERRED},
    "cancel": OPEN - {S.REFERRED},
    "reopen": ENDED - {S.JOINED},
    "merge": OPEN - {S.REFERRED},
    "separate": frozenset({S.JOINED}),
    "split": OPEN,
    "correct": frozenset(SignalStatus) - {S.REFERRED, S.JOINED},  # what was joined follows what it goes on in
}

TASK_TRANSITIONS: dict[str, frozenset[TaskStatus]] = {
    "accept": frozenset({T.OFFERED}),
    "begin": frozenset({T.ACCEPTED}),
    "give_back": LIVE_TASK,
    "complete": STARTED_TASK,
    "withdraw": LIVE_TASK,
}


def status_from_tasks(
    tasks: Iterable[TaskStatus], *, routine: bool, held: SignalStatus | None = None
) -> SignalStatus:  # fmt: skip
    """The one rule by which an open signal follows the tasks of its present round.

    Routine that is done is closed; anything else that is done waits for a coordinator to close it.
    """
    counting = [task for task in tasks if task in COUNTING_TASK]
    if counting and all(task == T.DONE for task in counting):
        return S.CLOSED if routine else S.RESOLVED
    if held in HELD:
        return held
    if not counting:
        return S.TO_DIVIDE
    if T.DONE in counting or not STARTED_TASK.isdisjoint(counting):
        return S.IN_PROGRESS
    return S.ROUTED


# action -> the kinds for which it exists; only as long as nobody answered, and taking a yes back only after that yes
HANDOVER_TRANSITIONS: dict[str, frozenset[HandoverKind]] = {
    "acknowledge": frozenset({H.HANDOVER}),
    "confirm": frozenset({H.REFERRAL, H.OUTSIDE}),
    "decline": frozenset(HandoverKind),
    "withdraw": frozenset(HandoverKind),
    "retract": frozenset({H.REFERRAL, H.OUTSIDE}),
}
