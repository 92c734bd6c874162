"""Halls are divided and joined: a folding wall comes, or goes. What was booked stays where it stood."""

from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations.locking import lock_building, lock_spaces
from reservations.models import Occupancy, Space


@transaction.atomic
def split(space: Space, *, into: Sequence[str]) -> list[Space]:
    """In the place of one space come several. Whoever had it has them all."""
    names = [name.strip() for name in into if name.strip()]
    if len(names) < 2:
        raise Refused(_("Name at least two parts."))
    lock_building(space.building_id)
    lock_spaces([space.pk])
    if not Space.objects.filter(pk=space.pk).exists():
        raise Refused(_("This space was split or joined meanwhile."))
    try:
        with transaction.atomic():
            parts = [Space.objects.create(building_id=space.building_id, name=name) for name in names]
    except IntegrityError as problem:
        raise Refused(_("Another space of this building has that name.")) from problem
    for room in space.rooms.all():
        room.spaces.add(*parts)
    for closure in space.closures.all():
        closure.spaces.add(*parts)
    Occupancy.objects.bulk_create(
        Occupancy(space=part, during=each.during, booking_id=each.booking_id, closure_id=each.closure_id)
        for each in space.occupancies.all()
        for part in parts
    )
    _remove([space])
    return parts


@transaction.atomic
def join(spaces: Sequence[Space], *, name: str) -> Space:
    """One space comes in the place of several: refused while two of them are taken by different people at once, and
    while a room has some and not all of them."""
    lock_building(spaces[0].building_id)
    lock_spaces([space.pk for space in spaces])
    keys = {space.pk for space in spaces}
    if len({space.building_id for space in spaces}) > 1 or len(keys) < 2:
        raise Refused(_("Choose at least two spaces of one building."))
    if Space.objects.filter(pk__in=keys).count() < len(keys):
        raise Refused(_("This space was split or joined meanwhile."))
    rooms = {room for space in spaces for room in space.rooms.all()}
    if any(not keys <= set(room.spaces.values_list("pk", flat=True)) for room in rooms if room.is_in_use):
        raise Refused(_("A room in use has only a part of these. Withdraw that room first."))
    if _has_two_at_once(keys):
        raise Refused(_("Different people have these at one moment. Move them first."))
    try:
        with transaction.atomic():
            whole = Space.objects.create(building_id=spaces[0].building_id, name=name.strip())
    except IntegrityError as problem:
        raise Refused(_("Another space of this building has that name.")) from problem
    for room in rooms:
        room.spaces.add(whole)
    for space in spaces:
        for closure in space.closures.all():
            closure.spaces.add(whole)
    _take_over(keys, whole)
    _remove(spaces)
    return whole


def _has_two_at_once(keys: set[int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT EXISTS (
                SELECT FROM reservations_occupancy a JOIN reservations_occupancy b ON a.during && b.during
                WHERE a.space_id = ANY(%(keys)s) AND b.space_id = ANY(%(keys)s) AND a.id < b.id
                    AND (a.booking_id, a.closure_id) IS DISTINCT FROM (b.booking_id, b.closure_id)
            )
            """,
            {"keys": list(keys)},
        )
        return bool(cursor.fetchone()[0])


def _take_over(keys: set[int], whole: Space) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO reservations_occupancy (space_id, during, booking_id, closure_id)
            SELECT %s, part, booking_id, closure_id FROM (
                SELECT booking_id, closure_id, unnest(range_agg(during)) AS part
                FROM reservations_occupancy WHERE space_id = ANY(%s) GROUP BY booking_id, closure_id
            ) AS taken
            """,
            [whole.pk, list(keys)],
        )


def _remove(spaces: Sequence[Space]) -> None:
    Occupancy.objects.filter(space__in=spaces).delete()
    for space in spaces:
        space.rooms.clear()
        space.closures.clear()
        space.delete()
