"""Halls are divided and joined: a folding wall comes, or goes. What was booked stays where it stood."""

from collections.abc import Collection, Sequence

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations.covering import cover
from reservations.locking import lock_building, undisturbed
from reservations.models import Closure, Occupancy, Room, Space
from reservations.seasons.giving import work_out_house


@undisturbed()
def split(space: Space, *, into: Sequence[str]) -> list[Space]:
    """In the place of one space come several. Whoever had it has them all."""
    names = [name.strip() for name in into if name.strip()]
    if len(names) < 2:
        raise Refused(_("Name at least two parts."))
    lock_building(space.building_id)
    _must_stand({space.pk})
    parts = [_made(space.building_id, name) for name in names]
    for room in Room.objects.filter(spaces=space):
        room.spaces.add(*parts)
    for closure in Closure.objects.filter(spaces=space):
        closure.spaces.add(*parts)
    Occupancy.objects.bulk_create(
        Occupancy(space=part, during=each.during, booking_id=each.booking_id, closure_id=each.closure_id)
        for each in Occupancy.objects.filter(space=space)
        for part in parts
    )
    rooms = list(Room.objects.filter(spaces=space))
    _remove({space.pk})
    for room in rooms:
        room.describe()
    work_out_house(space.building)
    return parts


@undisturbed()
def join(spaces: Sequence[Space], *, name: str) -> Space:
    """One space comes in the place of several: refused while two of them are, or will be, taken by different people at
    once, and while a room in use has some and not all of them. Of what is over, two who had them at once had them:
    their bookings say so, and the space does not."""
    keys = {space.pk for space in spaces}
    if len({space.building_id for space in spaces}) != 1 or len(keys) < 2:
        raise Refused(_("Choose at least two spaces of one building."))
    lock_building(spaces[0].building_id)
    _must_stand(keys)
    rooms = list(Room.objects.filter(spaces__in=keys).distinct())
    if any(not keys <= set(room.spaces.values_list("pk", flat=True)) for room in rooms if room.is_in_use):
        raise Refused(_("A room in use has only a part of these. Withdraw that room first."))
    if _has_two_at_once(keys):
        raise Refused(_("Different people have these at one moment. Move them first."))
    whole = _made(spaces[0].building_id, name.strip())
    for room in rooms:
        room.spaces.add(whole)
    closures = list(Closure.objects.filter(spaces__in=keys).distinct().order_by("created_at"))
    for closure in closures:
        closure.spaces.add(whole)
    _take_over(keys, whole)
    _remove(keys)
    for room in rooms:
        room.describe()
    for closure in closures:
        if closure.lifted_at is None:
            cover(closure, [whole.pk])
    work_out_house(whole.building)
    return whole


def _must_stand(keys: set[int]) -> None:
    if Space.objects.filter(pk__in=keys).count() < len(keys):
        raise Refused(_("This space was split or joined meanwhile."))


def _made(building: int, name: str) -> Space:
    try:
        with transaction.atomic():
            return Space.objects.create(building_id=building, name=name)
    except IntegrityError as problem:
        raise Refused(_("Another space of this building has that name.")) from problem


# One booking beside another, or beside a closure; two closures may well share a space.
TWO_AT_ONCE = """
    FROM reservations_occupancy a JOIN reservations_occupancy b ON a.during && b.during
        AND (a.booking_id, a.closure_id) IS DISTINCT FROM (b.booking_id, b.closure_id)
    WHERE a.space_id = ANY(%(keys)s) AND b.space_id = ANY(%(keys)s) AND a.booking_id IS NOT NULL
"""


def _has_two_at_once(keys: set[int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT {TWO_AT_ONCE} AND upper(a.during) > %(now)s)",
            {"keys": [*keys], "now": timezone.now()},  # by the clock that says of a booking whether it is over
        )
        return bool(cursor.fetchone()[0])


def _take_over(keys: set[int], whole: Space) -> None:
    """What bookings have; what closures have follows, for they may overlap."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO reservations_occupancy (space_id, during, booking_id)
            SELECT %(whole)s, unnest(range_agg(during)), booking_id FROM reservations_occupancy
            WHERE space_id = ANY(%(keys)s) AND booking_id IS NOT NULL
                AND booking_id NOT IN (SELECT a.booking_id {TWO_AT_ONCE})
            GROUP BY booking_id
            """,  # noqa: S608  a constant of this module
            {"whole": whole.pk, "keys": [*keys]},
        )


def _remove(keys: Collection[int]) -> None:
    Occupancy.objects.filter(space__in=keys).delete()
    Room.spaces.through.objects.filter(space__in=keys).delete()
    Closure.spaces.through.objects.filter(space__in=keys).delete()
    Space.objects.filter(pk__in=keys).delete()
