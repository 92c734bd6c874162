"""How much of a thing can still be had between two moments: one question, for one thing or for all."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection
from django.utils import timezone

from kortrijk_gebied.workdays import A_DAY
from reservations.models import Equipment

# What is late is counted on for another day: it is not there, and nobody knows when it comes.
LATE_COUNTS = A_DAY
# The highest number at one moment is reached where a loan begins: all steps in order, what comes back before what goes.
HIGHEST = """
    WITH lent AS (
        SELECT equipment_id, quantity, starts,
            CASE WHEN state = 'out' AND ends < %(now)s THEN %(late)s ELSE ends END AS ends
        FROM reservations_loan
        WHERE equipment_id = ANY(%(keys)s) AND state IN ('confirmed', 'out') AND id <> ALL(%(ignoring)s::uuid[])
    ), steps AS (
        SELECT equipment_id, greatest(starts, %(starts)s) AS moment, quantity AS delta FROM lent
        WHERE starts < %(ends)s AND ends > %(starts)s
        UNION ALL
        SELECT equipment_id, ends, -quantity FROM lent WHERE starts < %(ends)s AND ends > %(starts)s
    )
    SELECT equipment_id, max(total) FROM (
        SELECT equipment_id, sum(delta) OVER (PARTITION BY equipment_id ORDER BY moment, delta) AS total FROM steps
    ) AS line GROUP BY equipment_id
"""


def lent(
    keys: Collection[int],
    starts: dt.datetime,
    ends: dt.datetime,
    *,
    ignoring: Collection[uuid.UUID] = (),
) -> Mapping[int, int]:
    """The highest number of each that is lent at one moment between these two."""
    now = timezone.now()
    asked: dict[str, Any] = {
        "keys": list(keys), "starts": starts, "ends": ends, "ignoring": list(ignoring), "now": now,
        "late": now + LATE_COUNTS,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(HIGHEST, asked)
        highest = {key: int(total) for key, total in cursor.fetchall()}
    return {key: highest.get(key, 0) for key in keys}


def free(
    equipment: Collection[Equipment],
    starts: dt.datetime,
    ends: dt.datetime,
    *,
    ignoring: Collection[uuid.UUID] = (),
) -> Mapping[int, int]:
    """How many of each can be had all the time between these two; never below nought."""
    taken = lent([each.pk for each in equipment], starts, ends, ignoring=ignoring)
    return {each.pk: max(each.lendable - taken[each.pk], 0) for each in equipment}
