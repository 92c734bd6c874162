"""What a closure takes: its spaces from its beginning to its end, as far as nothing else has them."""

from collections.abc import Collection, Sequence

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from reservations.models import Closure

TAKE = """
    INSERT INTO reservations_occupancy (space_id, during, closure_id)
    SELECT shut.space_id, part, shut.closure_id
    FROM reservations_closure_spaces shut
    JOIN reservations_closure c ON c.id = shut.closure_id
    CROSS JOIN LATERAL unnest(
        tstzmultirange(tstzrange(c.starts, c.ends)) - (
            SELECT coalesce(range_agg(o.during), '{}') FROM reservations_occupancy o
            WHERE o.space_id = shut.space_id AND o.during && tstzrange(c.starts, c.ends)
        )
    ) AS part
    WHERE shut.closure_id = %s AND shut.space_id = ANY(%s)
"""


def cover(closure: Closure, spaces: Collection[int]) -> None:
    """Take those of its spaces that are named here; they are locked."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [closure.pk, list(spaces)])


def cover_again(freed: Sequence[tuple[int, DateTimeTZRange]]) -> None:
    """Somebody let go of these spaces. The minutes to clear up after a booking may run into a closure, which then
    began later: without the booking it is shut from its beginning."""
    spaces = {space for space, _during in freed}
    around = Closure.objects.standing().filter(
        spaces__in=spaces,
        starts__lt=max(during.upper for _space, during in freed),
        ends__gt=min(during.lower for _space, during in freed),
    )
    for closure in around.distinct().order_by("created_at"):
        cover(closure, spaces)
