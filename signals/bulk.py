"""The same act on many signals: chosen once, done row by row by the methods a single signal knows, undone in time.

The choice is frozen as keys when it is made. Each row has a savepoint and a result of its own, written with what was
done: a worker that takes over after another died goes on with the rows that still wait.
"""

import datetime as dt
import logging
from collections.abc import Callable, Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.failures import kind
from kortrijk_gebied.jobs.models import Job, enqueue
from kortrijk_gebied.jobs.registry import handles
from kortrijk_gebied.refusals import Refused
from signals.actions import UNDO
from signals.bulk_acts import do, hold_mail, take_back
from signals.models import Bulk, BulkRow, BulkState, RowState, Signal
from signals.visibility import SignalQuerySet
from teams.access import Access, access_of
from teams.models import User

logger = logging.getLogger(__name__)

MOST = 10_000
AT_ONCE = 50  # more than that is a worker's job, with progress
BATCH = 100
HELD = dt.timedelta(hours=1)  # how long mail waits for a worker that is at it, or died; renewed as long as one is

type Advance = Callable[[int, int], None]


def choose(signals: SignalQuerySet, *, viewer: Access, by: User, act: str, back: str = "") -> Bulk:
    """Freeze which signals it is about. Only what may be read can be chosen; a guessed reference chooses nothing."""
    keys = list(signals.readable(viewer).values_list("pk", flat=True)[: MOST + 1])
    if not keys:
        raise Refused(_("Choose at least one signal in the list."))
    if len(keys) > MOST:
        raise Refused(_("That is more than 10,000 signals. Narrow the list with a filter, and do it in parts."))
    with transaction.atomic():
        Bulk.objects.of(viewer).worn_out().delete()
        bulk = Bulk.objects.create(by=by, act=act, back=back)
        BulkRow.objects.bulk_create([BulkRow(bulk=bulk, signal_id=key) for key in keys], batch_size=2_000)
    return bulk


def start(bulk: Bulk, *, details: dict[str, Any]) -> None:
    """Do it, once however often it is asked: here and now when it is little, else a worker does."""
    with transaction.atomic():
        bulk.refresh_from_db(from_queryset=Bulk.objects.select_for_update())
        if bulk.state != BulkState.CHOSEN:
            return
        count = bulk.rows.count()
        bulk.state, bulk.details = BulkState.RUNNING, details
        bulk.undo_until = timezone.now() + HELD
        _hand_on(bulk, count)


def undo(bulk: Bulk) -> None:
    """Take back every row that was done, as far as that still goes; the others say why not."""
    with transaction.atomic():
        bulk.refresh_from_db(from_queryset=Bulk.objects.select_for_update())
        if bulk.state in (BulkState.UNDOING, BulkState.UNDONE):
            return
        if not bulk.can_be_undone:
            raise Refused(_("Too late to undo this: mail may have left. Each signal can still be changed on its own."))
        bulk.state = BulkState.UNDOING
        _undoable_until(bulk, timezone.now() + HELD)
        _hand_on(bulk, bulk.rows.filter(state=RowState.DONE).count())


def _hand_on(bulk: Bulk, count: int) -> None:
    if count > AT_ONCE:
        bulk.job = enqueue("bulk", key=f"bulk:{bulk.pk}:{bulk.state}", payload={"bulk": str(bulk.pk)}, by_id=bulk.by_id)
    bulk.save(update_fields=["state", "details", "undo_until", "job"])
    if count <= AT_ONCE:
        work(bulk)


@handles("bulk")
def run_job(job: Job) -> None:
    work(Bulk.objects.select_related("by").get(pk=job.payload["bulk"]), advance=job.advance)


def work(bulk: Bulk, advance: Advance = lambda done, total: None) -> None:
    """Go through what is left of it, some rows per transaction, each row in a savepoint."""
    undoing = bulk.state == BulkState.UNDOING
    left = bulk.rows.filter(state=RowState.DONE if undoing else RowState.WAITING)
    total = bulk.rows.count()
    while some := list(left.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            _some_rows(bulk, some, take_back if undoing else do)
            _go_on_holding(bulk)
            advance(total - left.count(), total)
    _finish(bulk, BulkState.UNDONE if undoing else BulkState.DONE)


def _go_on_holding(bulk: Bulk) -> None:
    """As long as it runs, or is being undone, no mail leaves, however slow the worker is."""
    if dt.timedelta() < _time_left(bulk) < HELD / 2:
        _undoable_until(bulk, timezone.now() + HELD)


@transaction.atomic
def _finish(bulk: Bulk, state: BulkState) -> None:
    """The time to undo begins now; there is none when the worker died for so long that mail may have left."""
    bulk.state = state
    bulk.save(update_fields=["state"])
    if state == BulkState.DONE and _time_left(bulk) > dt.timedelta():
        _undoable_until(bulk, timezone.now() + UNDO)


def _time_left(bulk: Bulk) -> dt.timedelta:
    assert bulk.undo_until is not None  # noqa: S101  it was set to work
    return bulk.undo_until - timezone.now()


def _undoable_until(bulk: Bulk, moment: dt.datetime) -> None:
    bulk.undo_until = moment
    bulk.save(update_fields=["undo_until"])
    hold_mail(bulk, until=moment)


type Step = Callable[[Bulk, BulkRow, Signal], None]


def _some_rows(bulk: Bulk, keys: Collection[int], step: Step) -> None:
    """With the rights its maker has now. What may no longer be read is refused in words that tell nothing of it.

    All signals are locked first, in the order of their keys: two lists in another order wait for each other.
    """
    hold = Signal.objects.select_for_update(of=("self",)).order_by("pk")
    list(hold.filter(pk__in=bulk.rows.filter(pk__in=keys).values("signal")).values_list("pk"))
    bulk.by = User.objects.get(pk=bulk.by_id)  # a new object: on the old one its rights are kept
    viewer = access_of(bulk.by)
    rows = list(bulk.rows.filter(pk__in=keys).select_related("signal__category", "signal__owner").order_by("pk"))
    signals = Signal.objects.filter(pk__in=[row.signal_id for row in rows])
    readable = set(signals.readable(viewer).values_list("pk", flat=True))
    writable = set(signals.writable(viewer).values_list("pk", flat=True))
    failed = RowState.KEPT if bulk.state == BulkState.UNDOING else RowState.REFUSED
    for row in rows:
        try:
            if row.signal_id not in readable:
                raise Refused(not_for_you())
            if row.signal_id not in writable:
                raise Refused(_("You may read this signal, not steer it."))
            with transaction.atomic():
                step(bulk, row, row.signal)
        except Refused as refusal:
            row.state, row.words = failed, str(refusal)[:300]
        except ValidationError as error:
            row.state, row.words = failed, " ".join(error.messages)[:300]
        except Exception as error:
            if isinstance(error, DatabaseError) and not isinstance(error, IntegrityError | DataError):
                raise  # of the server, not of this row: the job tries again
            logger.error("Bulk %s, row %s: %s", bulk.pk, row.pk, kind(error))
            row.state, row.words = failed, _("Something went wrong with this signal. Nothing was changed in it.")
    bulk.save(update_fields=["details"])
    BulkRow.objects.bulk_update(rows, ["state", "words", "made"])


def not_for_you() -> str:
    """The same whether it became secret, went elsewhere or was erased."""
    return _("This signal is not there for you (any more).")
