"""When a house and its rooms are open. What the periods come to stands in OpenRange, for a horizon that moves by night.

Whoever changes a period, its hours or the rooms of a building calls `work_out(building)` in the same transaction; who
changes the school holidays, `ask_for_all()`.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.models import Job, enqueue
from kortrijk_gebied.jobs.registry import handles
from kortrijk_gebied.jobs.rounds import each
from kortrijk_gebied.workdays import A_DAY, monday_of
from reservations.models import Building, OpenRange, Room
from reservations.moments import Stretch
from reservations.timetable import OpenDay, Timetable

BACK, AHEAD = 400 * A_DAY, 800 * A_DAY
JOB = "work-out-openings"


@transaction.atomic
def work_out(building: Building, *, today: dt.date | None = None) -> int:
    """Write what the periods come to for each of its rooms, and only what differs; how many rows that were.

    Two at once agree: the second waits for the row of the building, and then reads what the first kept.
    """
    Building.objects.select_for_update(no_key=True).only("pk").get(pk=building.pk)
    today = today or timezone.localdate()
    wanted = _wanted(building, today - BACK, today + AHEAD)
    standing = {
        (room_id, during.lower, during.upper): pk
        for pk, room_id, during in OpenRange.objects.filter(room__building=building).values_list(
            "pk", "room_id", "during"
        )
    }
    gone = [pk for key, pk in standing.items() if key not in wanted]
    new = [
        OpenRange(room_id=room_id, during=(opens, closes))
        for room_id, opens, closes in wanted
        if (room_id, opens, closes) not in standing
    ]
    if gone:
        OpenRange.objects.filter(pk__in=gone).delete()
    OpenRange.objects.bulk_create(new)
    return len(gone) + len(new)


def work_out_all() -> int:
    """For how many buildings something changed."""
    return each(Building.objects.all(), work_out, about="opening hours")


def ask_for_all() -> None:
    """A worker does it, after this transaction."""
    enqueue(JOB, key=f"{JOB}:{uuid7()}")


@handles(JOB)
def _work_out_all(job: Job) -> None:
    job.result = {"buildings": work_out_all()}
    job.save(update_fields=["result"])


def is_open(room: Room, starts: dt.datetime, ends: dt.datetime) -> bool:
    """All that time, within the horizon."""
    return starts < ends and OpenRange.objects.filter(room=room, during__contains=(starts, ends)).exists()


def hours_on(house: Building | Room, day: dt.date) -> list[Stretch]:
    """The hours that begin that day, in UTC; of a building those it keeps itself, whatever its rooms do."""
    return _days(house, day, 1)[0].hours


def week_of(house: Building | Room, day: dt.date) -> list[OpenDay]:
    """The week of that day, from Monday."""
    return _days(house, monday_of(day), 7)


def _days(house: Building | Room, first: dt.date, count: int) -> list[OpenDay]:
    building, room_id = (house.building, house.pk) if isinstance(house, Room) else (house, None)
    timetable = Timetable.of(building)
    return [timetable.day(first + A_DAY * number, room_id) for number in range(count)]


def _wanted(building: Building, first: dt.date, last: dt.date) -> dict[tuple[int, dt.datetime, dt.datetime], None]:
    """In order, so that two tables with the same in them look the same."""
    timetable = Timetable.of(building)
    of_the_house = timetable.stretches(first, last)
    wanted: dict[tuple[int, dt.datetime, dt.datetime], None] = {}
    for room_id in building.rooms.order_by("pk").values_list("pk", flat=True):
        own = timetable.stretches(first, last, room_id) if timetable.keeps_own_hours(room_id) else of_the_house
        wanted |= {(room_id, opens, closes): None for opens, closes in own}
    return wanted
