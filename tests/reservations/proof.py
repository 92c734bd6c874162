"""What must hold of all bookings at every moment, asked of the database itself. Nothing found is right."""

from django.db import connection
from django.utils import timezone

DOUBLE = """
    SELECT a.id, b.id FROM reservations_occupancy a JOIN reservations_occupancy b
        ON a.space_id = b.space_id AND a.id < b.id AND a.during && b.during
"""
# By the bookings alone, without a look at the occupancy: two uses of one space at one moment.
TWICE = """
    SELECT a.reference, b.reference FROM reservations_booking a
    JOIN reservations_room ra ON ra.id = a.room_id
    JOIN reservations_room_spaces sa ON sa.room_id = a.room_id
    JOIN reservations_room_spaces sb ON sb.space_id = sa.space_id
    JOIN reservations_room rb ON rb.id = sb.room_id
    JOIN reservations_booking b ON b.room_id = rb.id AND a.id < b.id
        AND a.starts < b.ends + make_interval(mins => rb.turnaround)
        AND b.starts < a.ends + make_interval(mins => ra.turnaround)
    WHERE a.state IN ('held', 'in_treatment', 'confirmed', 'no_show')
        AND b.state IN ('held', 'in_treatment', 'confirmed', 'no_show') AND greatest(a.ends, b.ends) > %(now)s
"""
# Who has a room has each of its spaces, once, for as long as it takes and clearing up after it; nobody else has any.
HALF = """
    SELECT b.reference FROM reservations_booking b JOIN reservations_room r ON r.id = b.room_id,
    LATERAL (
        SELECT count(*) AS spaces, count(o.id) AS taken FROM reservations_room_spaces m
        LEFT JOIN reservations_occupancy o ON o.space_id = m.space_id AND o.booking_id = b.id
            AND o.during = tstzrange(b.starts, b.ends + make_interval(mins => r.turnaround))
        WHERE m.room_id = b.room_id
    ) AS its
    WHERE b.state IN ('held', 'in_treatment', 'confirmed', 'no_show') AND b.ends > %(now)s AND (
        its.spaces = 0 OR its.taken <> its.spaces
        OR its.spaces <> (SELECT count(*) FROM reservations_occupancy o WHERE o.booking_id = b.id)
    )
"""
LEFT_BEHIND = """
    SELECT DISTINCT b.reference FROM reservations_occupancy o JOIN reservations_booking b ON b.id = o.booking_id
    WHERE b.state NOT IN ('held', 'in_treatment', 'confirmed', 'no_show')
"""
# A closure that stands leaves nothing of its spaces open but what bookings have; one that was lifted has nothing.
OPEN = """
    SELECT c.reason, gap FROM reservations_closure c
    JOIN reservations_closure_spaces shut ON shut.closure_id = c.id
    CROSS JOIN LATERAL unnest(tstzmultirange(tstzrange(c.starts, c.ends)) - (
        SELECT coalesce(range_agg(o.during), '{}') FROM reservations_occupancy o WHERE o.space_id = shut.space_id
    )) AS gap
    WHERE c.lifted_at IS NULL
    UNION ALL
    SELECT c.reason, o.during FROM reservations_occupancy o JOIN reservations_closure c ON c.id = o.closure_id
    WHERE c.lifted_at IS NOT NULL OR NOT o.during <@ tstzrange(c.starts, c.ends)
        OR NOT EXISTS (SELECT FROM reservations_closure_spaces s WHERE s.closure_id = c.id AND s.space_id = o.space_id)
"""
WRONGS = {
    "double bookings": DOUBLE,
    "two uses of one space": TWICE,
    "half or wholly without their room": HALF,
    "spaces of who has none": LEFT_BEHIND,
    "closures with a gap": OPEN,
}


def wrongs() -> dict[str, list[tuple[object, ...]]]:
    """What does not hold, by its name."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with connection.cursor() as cursor:
        for name, question in WRONGS.items():
            cursor.execute(question, {"now": timezone.now()})
            if rows := cursor.fetchall():
                found[name] = rows
    return found
