"""What an act on many signals does to one of them, how that is taken back, and how its mail waits for that long."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.db import models
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import Message, State
from kortrijk_gebied.refusals import Refused
from signals.models import Act, Bulk, BulkRow, RowState, Signal, SignalTag, Task
from signals.models.tags import tag_signal, untag_signal
from signals.undoing import undo_closing
from signals.workflow import UNDIVIDED, SignalStatus, TaskStatus
from teams.models import Team


def do(bulk: Bulk, row: BulkRow, signal: Signal) -> None:
    row.made = ACTS[Act(bulk.act)](bulk, signal)
    row.state = RowState.DONE


def take_back(bulk: Bulk, row: BulkRow, signal: Signal) -> None:
    if bulk.act == Act.CLOSE:
        # Its mail is held while this runs; unless no worker was there for so long that it left.
        undo_closing(signal=signal, by=bulk.by, until=bulk.undo_until)
    elif bulk.act == Act.OFFER:
        _take_back_offer(bulk, row)
    elif bulk.act == Act.TAG and row.made:
        SignalTag.objects.filter(pk=_made_by(row)).delete()
    elif bulk.act == Act.UNTAG and row.made:
        tag_signal(signal=signal, name=bulk.details["name"], by=bulk.by)
    row.state = RowState.UNDONE


def _take_back_offer(bulk: Bulk, row: BulkRow) -> None:
    """Its mail is held while this runs. Nobody divided it otherwise since: then it is as undivided as it was."""
    task = Task.objects.select_related("team", "signal").get(pk=_made_by(row))
    if _is_taken_up(task):
        raise Refused(_("%(team)s took it up meanwhile: withdraw that task by itself.") % {"team": task.team})
    task.withdraw(by=bulk.by)
    signal, was = task.signal, bulk.details.get("was", {}).get(str(row.signal_id))
    if was and not signal.events.filter(at__gte=task.offered_at).exclude(task=task).exists():
        signal.status = was
        signal.save(update_fields=["status"])


def _is_taken_up(task: Task) -> bool:
    """By somebody: within the owner's organisation it counts as accepted from the beginning."""
    straight = task.team.organisation_id == task.signal.owner_id
    return task.status == TaskStatus.IN_PROGRESS or (task.status == TaskStatus.ACCEPTED and not straight)


def _made_by(row: BulkRow) -> uuid.UUID:
    assert row.made is not None  # noqa: S101  what was done made something
    return row.made


def _offer(bulk: Bulk, signal: Signal) -> uuid.UUID:
    due, was = bulk.details.get("due_at"), signal.status
    task = signal.offer(
        team=Team.objects.select_related("organisation").get(pk=bulk.details["team"]),
        title=bulk.details.get("title") or signal.category.work_title, by=bulk.by,
        due_at=dt.datetime.fromisoformat(due) if due else None,
    )  # fmt: skip
    if was in UNDIVIDED - {SignalStatus.TO_DIVIDE}:
        bulk.details.setdefault("was", {})[str(signal.pk)] = was
    _wait_for_undo(bulk, f"task:{task.pk}:")
    return task.pk


def _close(bulk: Bulk, signal: Signal) -> None:
    signal.close(by=bulk.by, outcome=bulk.details["outcome"])
    _wait_for_undo(bulk, f"closed:{signal.pk}:")


def _tag(bulk: Bulk, signal: Signal) -> uuid.UUID | None:
    hung = tag_signal(signal=signal, name=bulk.details["name"], by=bulk.by)
    return hung.pk if hung else None


def _untag(bulk: Bulk, signal: Signal) -> uuid.UUID | None:
    return signal.pk if untag_signal(signal=signal, name=bulk.details["name"]) else None


ACTS: dict[Act, Callable[[Bulk, Signal], uuid.UUID | None]] = {
    Act.OFFER: _offer, Act.CLOSE: _close, Act.TAG: _tag, Act.UNTAG: _untag,
}  # fmt: skip


# --- its mail -------------------------------------------------------------------------------------------

# How the keys of its mail begin, and what of a row they name.
MAILED: dict[Act, tuple[str, str]] = {Act.CLOSE: ("closed:", "signal_id"), Act.OFFER: ("task:", "made")}


def _wait_for_undo(bulk: Bulk, about: str) -> None:
    """Mail leaves when neither the one act nor the whole can be undone: a worker may come to it late."""
    assert bulk.undo_until is not None  # noqa: S101  it runs
    mails = Message.objects.filter(key__startswith=about, state=State.WAITING)
    mails.update(run_after=Greatest("run_after", bulk.undo_until))


def hold_mail(bulk: Bulk, *, until: dt.datetime) -> None:
    """The mail of what it closed or offered leaves then, unless it was taken back."""
    if bulk.act not in MAILED:
        return
    start, named = MAILED[Act(bulk.act)]
    keys = bulk.rows.filter(state=RowState.DONE).values_list(named, flat=True)
    about = models.Func(
        "key", models.Value(":"), models.Value(2), function="split_part", output_field=models.TextField()
    )
    waiting = Message.objects.filter(state=State.WAITING, key__startswith=start).alias(about=about)
    waiting.filter(about__in=[str(key) for key in keys]).update(run_after=until)
