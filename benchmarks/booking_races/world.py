"""What stands there before a race: houses, rooms, and what somebody wishes for."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence

from django.db import connection
from psycopg import errors

from kortrijk_gebied.refusals import Refused
from reservations import placing
from reservations.locking import Busy
from reservations.models import Association, Booking, Building, OpenRange, Room, RoomSetup, Space
from teams.models import Organisation

type Work = Callable[[int, int], Counter[str]]
"""By the number of the writer and how often it tries: what it met."""

FIRST = dt.datetime(2031, 3, 3, 8, tzinfo=dt.UTC)  # a Monday
HOUR, WEEK = dt.timedelta(hours=1), dt.timedelta(weeks=1)


def build() -> None:
    """Four houses, each with a hall of two halves and a meeting room."""
    city = Organisation.objects.get_or_create(code="stad", defaults={"name": "Stad", "kind": "city", "letter": "S"})[0]
    for number in range(4):
        house = Building.objects.create(
            code=f"huis-{number}", name=f"Huis {number}", kind="community_centre", owner=city
        )
        a, b, c = (Space.objects.create(building=house, name=name) for name in ("A", "B", "C"))
        for name, made_of in (("hall", [a, b]), ("half-a", [a]), ("half-b", [b]), ("meeting", [c])):
            room = Room.objects.create(building=house, code=name, name=name, turnaround=0)
            room.spaces.set(made_of)
            RoomSetup.objects.create(room=room, layout="rows", capacity=100)
            OpenRange.objects.create(room=room, during=(FIRST - 52 * WEEK, FIRST + 520 * WEEK))


def rooms(*names: str) -> list[Room]:
    return list(Room.objects.filter(code__in=names).select_related("building").order_by("pk"))


def wish(room: Room, slot: int, state: str = "confirmed", *, holder: Association | None = None) -> Booking:
    """For the city unless somebody else is named."""
    starts = FIRST + HOUR * slot
    city = None if holder else Organisation(pk=room.building.owner_id)
    return Booking(
        room=room, starts=starts, ends=starts + HOUR, state=state, title="Race", persons=10, organisation=city,
        association=holder,
    )  # fmt: skip


def met(act: Callable[[], int | placing.Placed]) -> Counter[str]:
    """What became of one try, or of each date of a series."""
    try:
        done = act()
    except Busy as busy:
        circle = busy.__cause__ is not None and isinstance(busy.__cause__.__cause__, errors.DeadlockDetected)
        return Counter(busy=1, deadlocks=int(circle))
    except Refused:
        return Counter(refused=1)
    return (
        Counter(had=len(done.placed), refused=len(done.refused))
        if isinstance(done, placing.Placed)
        else Counter(had=done)
    )


def nothing_there(_tries: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE reservations_booking, reservations_closure, reservations_occupancy, reservations_season,"
            " reservations_allocation CASCADE"
        )
        cursor.execute("DROP FUNCTION IF EXISTS race_told CASCADE")
        cursor.execute("DROP TABLE IF EXISTS race_log")
        cursor.execute("DROP TABLE IF EXISTS race_plain")
        cursor.execute("CREATE TABLE race_plain (room int, slot int, writer int)")
    return 0


def book(wishes: Sequence[Booking], *, keep_refused: bool = False) -> placing.Placed:
    return placing.place(wishes, keep_refused=keep_refused)
