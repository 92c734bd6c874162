"""A wish that comes back: on which of its dates each room that suits is free, in one question to the database."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from reservations.models import Booking, RefusalReason
from reservations.obstacles import KEPT

# The hours first, as in `obstacles`; a room that is shut then is not asked what stands in it.
DATES = f"""
    WITH dates AS (
        SELECT * FROM unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[]) WITH ORDINALITY AS d(starts, ends, n)
    ), wanted AS (
        SELECT %(organisation)s::bigint AS organisation_id, %(association)s::bigint AS association_id,
            min(starts) AS starts, max(ends) AS ends FROM dates
    ), suits AS MATERIALIZED (
        SELECT r.id, r.turnaround,
            ARRAY(SELECT made.space_id FROM reservations_room_spaces made WHERE made.room_id = r.id) AS spaces,
            (SELECT range_agg(open.during) FROM reservations_openrange open
                WHERE open.room_id = r.id AND open.during && tstzrange(wanted.starts, wanted.ends)) AS open,
            (SELECT range_agg(kept.during) FROM reservations_room_spaces part {KEPT} WHERE part.room_id = r.id
                AND kept.during && tstzrange(wanted.starts, wanted.ends + make_interval(mins => r.turnaround))) AS kept
        FROM reservations_room r CROSS JOIN wanted
        WHERE r.withdrawn_at IS NULL AND r.features @> %(features)s::varchar[]
            AND (%(rooms)s::bigint[] IS NULL OR r.id = ANY(%(rooms)s::bigint[]))
            AND r.id <> ALL(%(without)s::bigint[])
            AND EXISTS (
                SELECT FROM reservations_roomsetup s
                WHERE s.room_id = r.id AND s.capacity >= %(persons)s AND (%(layout)s = '' OR s.layout = %(layout)s)
            )
    )
    SELECT suits.id, array_agg(
        CASE WHEN (suits.open @> tstzrange(dates.starts, dates.ends)) IS NOT TRUE THEN 'outside_hours'
        WHEN suits.kept && tstzrange(dates.starts, dates.ends + make_interval(mins => suits.turnaround))
        THEN 'allocated' ELSE (
            SELECT CASE WHEN bool_or(o.closure_id IS NOT NULL) THEN 'closed' ELSE 'occupied' END
            FROM reservations_occupancy o LEFT JOIN reservations_booking b ON b.id = o.booking_id
            WHERE o.space_id = ANY(suits.spaces)
                AND o.during && tstzrange(dates.starts, dates.ends + make_interval(mins => suits.turnaround))
                AND (b.state IS DISTINCT FROM 'held' OR b.hold_until > %(now)s)
            HAVING count(*) > 0
        ) END ORDER BY n
    )
    FROM suits CROSS JOIN dates
    WHERE suits.spaces <> '{{}}'
    GROUP BY suits.id
"""  # noqa: S608  constants of this app

type InTheWayOn = list[RefusalReason | None]
"""For each moment, in order, what is in the way; None where it is free."""


def over_dates(
    wish: Booking, moments: Sequence[tuple[dt.datetime, dt.datetime]], *, rooms: Collection[int] | None = None,
    without: Collection[int] = (),
) -> Mapping[int, InTheWayOn]:  # fmt: skip
    """By the key of each room that suits the wish (of `rooms` alone, when given; never one of `without`)."""
    if not moments:
        return {}
    asked: dict[str, Any] = {
        "starts": [starts for starts, _ends in moments], "ends": [ends for _starts, ends in moments],
        "features": f"{{{','.join(wish.features)}}}", "persons": wish.persons, "layout": wish.layout,
        "rooms": None if rooms is None else list(rooms), "without": list(without), "now": timezone.now(),
        "organisation": wish.organisation_id, "association": wish.association_id,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(DATES, asked)
        found = cursor.fetchall()
    return {room: [RefusalReason(each) if each else None for each in reasons] for room, reasons in found}
