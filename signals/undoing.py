"""Taking an ending back as if it had not happened: that of a closing for a moment, that of a joining at any time.

What an ending takes along ends at the very moment of its signal (Signal.end_as): so what somebody withdrew just
before stays withdrawn. And the row ends in one write: its history keeps it whole, as it was.
"""

import datetime as dt
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from signals.actions import UNDO, withdraw_unseen_tasks, withdraw_what_was_told
from signals.models import EventKind, Feedback, Signal, Task
from signals.models.events import Unseen
from signals.models.resting import WAITING_FIELDS
from signals.workflow import UNDIVIDED, HandoverKind, SignalStatus, TaskStatus
from teams.models import User


def undo_closing(*, signal: Signal, by: User, until: dt.datetime | None = None) -> None:
    """Take back a closing with its mail that has not left and its unread feedback. Only for a moment, by who closed
    it; later it is a reopening, with a reason."""
    with transaction.atomic():
        signal = Signal.objects.select_for_update(of=("self",)).get(pk=signal.pk)
        closed_at = signal.closed_at
        if (
            closed_at is None
            or signal.status != SignalStatus.CLOSED
            or not can_undo_closing(signal, by=by, until=until)
        ):
            if _is_undone_already(signal):
                raise Refused(_("This was undone already: the signal is open again."))
            raise Refused(_("Too late to undo. Reopen the signal, with the reason."))
        withdraw_what_was_told(signal=signal)
        Feedback.objects.filter(signal=signal, at=closed_at, read_at__isnull=True).delete()
        signal.record(EventKind.REOPENED, by=by, reason=_("closing undone"), undone=True)
        bring_back(signal, tasks=signal.tasks.filter(ended_at=closed_at), by=by)


def _is_undone_already(signal: Signal) -> bool:
    """Pressed twice, or in a second tab."""
    turns = signal.events.filter(kind__in=[EventKind.CLOSED, EventKind.REOPENED]).order_by("-at", "-pk")
    last = turns.first()
    return signal.is_open and last is not None and bool(last.data.get("undone"))


def can_undo_closing(signal: Signal, *, by: User, until: dt.datetime | None = None) -> bool:
    """`until` is later than usual for what was closed together with many others."""
    if signal.closed_at is None or signal.closed_by_id != by.pk:
        return False
    return timezone.now() < (until or signal.closed_at + UNDO)


def bring_back(signal: Signal, *, tasks: QuerySet[Task], by: User) -> None:
    """Go on as before it ended: the state and the terms, those of its tasks that it cost, what was asked of others.
    The caller holds the lock."""
    ended_at, was = signal.closed_at, _before_it_ended(signal)
    signal.status, signal.closed_at, signal.closed_by, signal.outcome = SignalStatus.TO_DIVIDE, None, None, ""
    if was is not None:  # else it came in as ended: it was nothing before
        signal.due_at = was.due_at
        if was.status == SignalStatus.WAITING:
            for name in ("status", *WAITING_FIELDS):
                setattr(signal, name, getattr(was, name))
    signal.save(update_fields=["status", "closed_at", "closed_by", "outcome", "due_at", *WAITING_FIELDS])
    for task in tasks.filter(status=TaskStatus.WITHDRAWN):
        task.take_up_again()
    mine = {"from_organisation": signal.owner_id, "from_team": signal.team_id}  # a joined one may have changed hands
    for asked in signal.handovers.filter(ended_at=ended_at, **mine):
        # Other words than those of a referral were written for how secret it was then.
        if asked.kind == HandoverKind.REFERRAL or (was is not None and was.level == signal.level):
            asked.take_up_again()
    signal.follow_tasks(by=by)
    not_taken_up = signal.status in (SignalStatus.TO_DIVIDE, SignalStatus.ROUTED)
    if was is not None and not_taken_up and was.status in UNDIVIDED:
        signal.status = was.status  # nobody had read it yet, or taken it up again though somebody was asked
        signal.save(update_fields=["status"])
    withdraw_unseen_tasks(signal=signal, by=by, why=Unseen.SEALED)


def _before_it_ended(signal: Signal) -> Any:
    """The row before the one write that ended it; None when it was never open."""
    history = apps.get_model("signals", "SignalChange").objects.filter(pgh_obj_id=signal.pk)
    return history.filter(closed_at__isnull=True).order_by("-pgh_id").first()
