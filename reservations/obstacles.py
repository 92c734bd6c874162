"""What stands in the way of a booking, of one or of 52 at once, in one question to the database.

What is kept for somebody else (`AllocatedRange`) stands in the way until it is released; for who holds it, it does not.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from reservations.models import Booking, RefusalReason

# The hours first: who asks for a closed hour need not know that it is taken as well.
WORST_FIRST = (
    RefusalReason.UNFIT,
    RefusalReason.CLOSED,
    RefusalReason.OUTSIDE_HOURS,
    RefusalReason.ALLOCATED,
    RefusalReason.OCCUPIED,
)

WANTED = """
    WITH wanted AS (
        SELECT * FROM unnest(%(keys)s::uuid[], %(rooms)s::bigint[], %(starts)s::timestamptz[], %(ends)s::timestamptz[],
            %(persons)s::int[], %(layouts)s::text[], %(features)s::text[], %(organisations)s::bigint[],
            %(associations)s::bigint[])
            AS w(key, room_id, starts, ends, persons, layout, features, organisation_id, association_id)
    )
"""

# The room `r` is in use and has what is `wanted`.
SUITS = """r.withdrawn_at IS NULL AND r.features @> wanted.features::varchar[] AND EXISTS (
        SELECT FROM reservations_roomsetup s
        WHERE s.room_id = r.id AND s.capacity >= persons AND (wanted.layout = '' OR s.layout = wanted.layout)
    )"""

# What keeps a `part` of a room from who is in `wanted`: still kept, and not for them.
KEPT = """
    JOIN reservations_allocatedrange kept ON kept.space_id = part.space_id AND kept.released_at > %(now)s
    JOIN reservations_allocation given ON given.id = kept.allocation_id AND (
        given.organisation_id = wanted.organisation_id OR given.association_id = wanted.association_id
    ) IS NOT TRUE
"""

ASKED = f"""
    {WANTED}
    SELECT key, 'occupied' AS reason, o.booking_id, o.closure_id, lower(o.during), upper(o.during),
        NULL::uuid, NULL::timestamptz
    FROM wanted
    JOIN reservations_room r ON r.id = room_id
    JOIN reservations_room_spaces made ON made.room_id = r.id
    JOIN reservations_occupancy o ON o.space_id = made.space_id
        AND o.during && tstzrange(starts, ends + make_interval(mins => r.turnaround))
    LEFT JOIN reservations_booking b ON b.id = o.booking_id
    WHERE (o.booking_id IS NULL OR o.booking_id <> ALL(%(ignoring)s::uuid[]))
        AND (b.state IS DISTINCT FROM 'held' OR b.hold_until > %(now)s)
    UNION ALL
    SELECT key, 'allocated', NULL, NULL, lower(kept.during), upper(kept.during), given.id, kept.released_at
    FROM wanted
    JOIN reservations_room r ON r.id = room_id
    JOIN reservations_room_spaces part ON part.room_id = r.id
    {KEPT}
    WHERE kept.during && tstzrange(starts, ends + make_interval(mins => r.turnaround))
    UNION ALL
    SELECT key, 'outside_hours', NULL, NULL, starts, ends, NULL, NULL FROM wanted
    WHERE NOT EXISTS (
        SELECT FROM reservations_openrange open
        WHERE open.room_id = wanted.room_id AND open.during @> tstzrange(starts, ends)
    )
    UNION ALL
    SELECT key, 'unfit', NULL, NULL, starts, ends, NULL, NULL FROM wanted
    JOIN reservations_room r ON r.id = room_id
    WHERE NOT ({SUITS}) OR NOT EXISTS (SELECT FROM reservations_room_spaces made WHERE made.room_id = r.id)
"""  # noqa: S608  constants of this app


@dataclass(frozen=True)
class Obstacle:
    """One thing in the way. `booking_id`, `closure_id` and `allocation_id` say what holds the room; from when to when
    it does, the minutes to clear up included. What is only kept for somebody is free for all from `frees_at` on."""

    reason: RefusalReason
    booking_id: uuid.UUID | None
    closure_id: uuid.UUID | None
    starts: dt.datetime
    ends: dt.datetime
    allocation_id: uuid.UUID | None = None
    frees_at: dt.datetime | None = None

    @property
    def worst(self) -> int:
        return WORST_FIRST.index(self.reason)


def obstacles(
    bookings: Sequence[Booking], *, ignoring: Collection[uuid.UUID] = (), now: dt.datetime | None = None
) -> Mapping[uuid.UUID, list[Obstacle]]:
    """What is in the way of each booking, by its key, the worst first; nothing for those that can be had.

    A hold that ran out is in nobody's way. `ignoring` are bookings that give up what they have.
    """
    found: dict[uuid.UUID, list[Obstacle]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(ASKED, asked(bookings) | {"ignoring": list(ignoring), "now": now or timezone.now()})
        for key, reason, booking, closure, starts, ends, allocation, frees_at in cursor.fetchall():
            kind = RefusalReason.CLOSED if closure else RefusalReason(reason)
            found[key].append(Obstacle(kind, booking, closure, starts, ends, allocation, frees_at))
    return {key: sorted(set(each), key=lambda one: (one.worst, one.starts)) for key, each in found.items()}


def asked(bookings: Sequence[Booking]) -> dict[str, Any]:
    """The columns of `wanted`, a row for each booking."""
    return {
        "keys": [each.pk for each in bookings],
        "rooms": [each.room_id for each in bookings],
        "starts": [each.starts for each in bookings],
        "ends": [each.ends for each in bookings],
        "persons": [each.persons for each in bookings],
        "layouts": [each.layout for each in bookings],
        "features": [f"{{{','.join(each.features)}}}" for each in bookings],
        "organisations": [each.organisation_id for each in bookings],
        "associations": [each.association_id for each in bookings],
    }
