"""Who decides about a space has it to itself until the transaction ends.

Advisory locks, always taken in one order: first the buildings, shared; then the leaf spaces, each by their keys; then
the row of the booking. So two who want the same spaces wait for each other in turn and never in a circle. Who does
several things in one transaction locks the rooms of all of them first. The exclusion constraint stays, and proves it
(docs/decisions/042).
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _
from psycopg import errors

from kortrijk_gebied.refusals import Refused

PATIENCE = "10s"
BUILDING, SPACE = "building of rooms", "space of a room"
EQUIPMENT = "equipment of rooms"  # a trigger takes this one too (models/stock_proofs.py)
# What the database says when two met in spite of the locks: somebody wrote by another way, or with the same key.
MET = {
    "occupancy_never_two",
    "allocatedrange_of_one_holder",
    "reservations_allocation_pkey",
    "booking_once_per_day_of_a_series",
    "reservations_booking_pkey",
    "reservations_closure_pkey",
    "reservations_loan_pkey",
    "equipment_never_too_much",
}


class Busy(Refused):
    """Somebody else was there first, or for too long. Nothing was written; asking again may work."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """A transaction that decides about spaces. Where others are in its way it is a refusal, and nothing is written."""
    try:
        with transaction.atomic():
            yield
    except (OperationalError, IntegrityError) as problem:
        if not _is_of_others(problem.__cause__):
            raise
        raise Busy(_("Many people are booking here at this moment. Try again in a minute.")) from problem


def _is_of_others(cause: BaseException | None) -> bool:
    if isinstance(cause, errors.ExclusionViolation | errors.UniqueViolation | errors.CheckViolation):
        return cause.diag.constraint_name in MET
    return isinstance(cause, errors.LockNotAvailable | errors.DeadlockDetected)


@contextmanager
def patience() -> Iterator[CursorWrapper]:
    """Waits for a lock no longer than somebody waits for a page."""
    if not connection.in_atomic_block:
        raise RuntimeError("A lock lasts as long as its transaction: begin one first.")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
            yield cursor
    except OperationalError as problem:
        if not _is_of_others(problem.__cause__):
            raise
        raise Busy(_("Many people are booking here at this moment. Try again in a minute.")) from problem


def lock_rooms(rooms: Collection[int], *, also: Collection[int] = ()) -> dict[int, list[int]]:
    """The spaces of each of these rooms, by the key of the room; nobody else changes what is taken there, nor which
    spaces the rooms are made of, until this transaction ends. `also` are spaces locked in the same turn: who locks
    twice could wait in a circle."""
    with patience() as cursor:
        _keep_as_made(cursor, rooms, also)
        cursor.execute("SELECT room_id, space_id FROM reservations_room_spaces WHERE room_id = ANY(%s)", [list(rooms)])
        spaces: dict[int, list[int]] = {room: [] for room in rooms}
        for room, space in cursor.fetchall():
            spaces[room].append(space)
        _lock_spaces(cursor, {space for found in spaces.values() for space in found}.union(also))
    return spaces


def keep_as_made(rooms: Collection[int], spaces: Collection[int]) -> None:
    """Until this transaction ends the rooms of these buildings are made of the spaces that they are made of now."""
    with patience() as cursor:
        _keep_as_made(cursor, rooms, spaces)


def _keep_as_made(cursor: CursorWrapper, rooms: Collection[int], spaces: Collection[int]) -> None:
    cursor.execute(
        """
        SELECT pg_advisory_xact_lock_shared(hashtext(%s), building_id::int) FROM (
            SELECT building_id FROM reservations_room WHERE id = ANY(%s)
            UNION SELECT building_id FROM reservations_space WHERE id = ANY(%s) ORDER BY 1
        ) AS houses
        """,
        [BUILDING, list(rooms), list(spaces)],
    )


def _lock_spaces(cursor: CursorWrapper, spaces: Collection[int]) -> None:
    cursor.execute(
        "SELECT pg_advisory_xact_lock(hashtext(%s), space::int) FROM unnest(%s::bigint[]) AS space",
        [SPACE, sorted(spaces)],
    )


def lock_building(building: int) -> None:
    """Nobody books in it meanwhile: of which spaces its rooms are made is about to change. Everybody else locks it too,
    shared, before any space: who has this needs no lock of a space."""
    with patience() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s::int)", [BUILDING, building])


def lock_equipment(keys: Collection[int]) -> None:
    """Nobody else lends of these until the transaction ends. After the spaces, always: buildings, spaces, equipment."""
    with patience() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s), thing::int) FROM unnest(%s::bigint[]) AS thing",
            [EQUIPMENT, sorted(keys)],
        )
