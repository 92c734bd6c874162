"""Who decides about a space has it to itself until the transaction ends.

Advisory locks, one per leaf space, always taken in the order of their keys: two who want the same spaces wait for each
other in turn and never in a circle. Measured against the exclusion constraint alone: no deadlocks instead of 35, and
thirty times as fast (docs/decisions/042). The constraint stays, and proves it.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection
from django.utils.translation import gettext as _
from psycopg import errors

from kortrijk_gebied.refusals import Refused

PATIENCE = "10s"
BUILDING, SPACE = "building of rooms", "space of a room"


class Busy(Refused):
    """Somebody else held a space for too long. Nothing was written; asking again may work."""


@contextmanager
def patience() -> Iterator[None]:
    """Waits for a lock no longer than somebody waits for a page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
    try:
        yield
    except OperationalError as problem:
        if isinstance(problem.__cause__, errors.LockNotAvailable):
            raise Busy(_("Many people are booking here at this moment. Try again in a minute.")) from problem
        raise


def lock_rooms(rooms: Collection[int], *, also: Collection[int] = ()) -> dict[int, list[int]]:
    """The spaces of each of these rooms, by the key of the room; nobody else changes what is taken there, nor which
    spaces the rooms are made of, until this transaction ends. `also` are spaces locked in the same turn: who locks
    twice could wait in a circle."""
    with patience(), connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT pg_advisory_xact_lock_shared(hashtext(%s), building_id::int) FROM (
                SELECT building_id FROM reservations_room WHERE id = ANY(%s)
                UNION SELECT building_id FROM reservations_space WHERE id = ANY(%s) ORDER BY 1
            ) AS houses
            """,
            [BUILDING, list(rooms), list(also)],
        )
        cursor.execute("SELECT room_id, space_id FROM reservations_room_spaces WHERE room_id = ANY(%s)", [list(rooms)])
        spaces: dict[int, list[int]] = {room: [] for room in rooms}
        for room, space in cursor.fetchall():
            spaces[room].append(space)
    lock_spaces({space for found in spaces.values() for space in found}.union(also))
    return spaces


def lock_spaces(spaces: Collection[int]) -> None:
    with patience(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s), space::int) FROM unnest(%s::bigint[]) AS space",
            [SPACE, sorted(set(spaces))],
        )


def lock_building(building: int) -> None:
    """Nobody books in it meanwhile: of which spaces its rooms are made is about to change."""
    with patience(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s::int)", [BUILDING, building])
