"""The read log is kept as long as promised, and what is left of its chain stays verifiable.

Rows leave from the beginning, in batches. In the same transaction the hash of the last one is written down
(`ChainStart`): the chain goes on from there.
"""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from kortrijk_gebied.audit.models import ChainStart, ReadEntry, broken_among, hold_chain, start_of

BATCH = 2_000


def erase_before(moment: dt.datetime, *, counted: Callable[[int], None]) -> None:
    """Erase what was written before a moment. `counted` is told how many, in the transaction of each batch."""
    for owner_id in ReadEntry.objects.order_by("owner_id").values_list("owner_id", flat=True).distinct():
        while erase_batch(owner_id, moment, counted):
            pass


@transaction.atomic
def erase_batch(owner_id: int, before: dt.datetime, counted: Callable[[int], None]) -> int:
    """Erase the oldest rows of one organisation; how many."""
    hold_chain(owner_id)
    entries = ReadEntry.objects.of_owner(owner_id).order_by("number")
    kept = entries.filter(at__gte=before).first()
    old = list((entries.filter(number__lt=kept.number) if kept else entries)[:BATCH])
    if not old:
        return 0
    start, last = start_of(owner_id), old[-1]
    ChainStart.objects.update_or_create(
        owner_id=owner_id,
        defaults={
            "number": last.number, "hash": last.hash, "at": last.at,
            "broken": [*start.broken, *broken_among(old, start)],
        },
    )  # fmt: skip
    ReadEntry.objects.filter(pk__in=[entry.pk for entry in old]).delete()
    counted(len(old))
    return len(old)
