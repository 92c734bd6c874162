"""The one place where hours become somebody's own, and are no more. Only this writes `AllocatedRange`.

Giving locks the spaces as booking does: who books at that moment was before it and stays, or comes after it and reads
whose hours they are. Whoever changes of which spaces a room is made, or its minutes to clear up, calls
`work_out_house(building)` in the same transaction; by night all are worked out again, for holidays change.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.models import Job, enqueue
from kortrijk_gebied.jobs.registry import handles
from kortrijk_gebied.jobs.rounds import each
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import A_DAY
from reservations import offering
from reservations.locking import lock_rooms, undisturbed
from reservations.models import (
    AllocatedRange,
    Allocation,
    AllocationState,
    Booking,
    Building,
    Occupancy,
    Room,
    SchoolHoliday,
)
from reservations.models.bookings import BookingQuerySet
from reservations.moments import on_clock, whole_day
from reservations.recurrence_words import hours_in_words
from reservations.seasons.ranges import Day, check_hours, days_of, with_clearing
from teams.models import User

JOB = "work-out-allocations"


class KeptAlready(Refused):
    """Part of it is somebody's own; `other` says whose."""

    def __init__(self, other: Allocation, on: dt.date) -> None:
        self.other = other
        said = _(
            "%(room)s is kept for %(holder)s already, %(hours)s, for example on %(day)s. Withdraw those hours first."
        ) % {
            "room": other.room.name, "holder": other.holder.name, "day": date_format(on, "l j F Y"),
            "hours": hours_in_words(other.start_time, other.end_time),
        }  # fmt: skip
        super().__init__(" ".join([said, *_clearing(other.room)]))


class MeetsItself(Refused):
    """One day of it is not over, or not cleared up, when the next begins."""

    def __init__(self, allocation: Allocation, one: Day) -> None:
        said = _(
            "In %(room)s these hours would run into each other: what begins on %(day)s ends on %(last)s at %(end)s, and"
            " by then the next has begun. Choose an earlier end, or other days."
        ) % {
            "room": allocation.room.name, "day": date_format(one.on, "l j F Y"),
            "last": date_format(on_clock(one.ends), "l"), "end": time_format(on_clock(one.ends).time()),
        }  # fmt: skip
        super().__init__(" ".join([said, *_clearing(allocation.room)]))


def _clearing(room: Room) -> list[str]:
    minutes = room.turnaround
    return [_("The %(minutes)s minutes to clear up count too.") % {"minutes": minutes}] if minutes else []


@undisturbed()
def give(allocation: Allocation, *, by: User) -> Allocation:
    """From now on these hours are the holder's. What others booked there stays (`standing_there`). Given again with
    the same key it is the same one. Raises `KeptAlready` when somebody else has priority on one of these days."""
    spaces = lock_rooms({allocation.room_id})
    if known := Allocation.objects.filter(pk=allocation.pk).first():
        return known
    allocation.room = Room.objects.select_related("building").get(pk=allocation.room_id)  # as it is now
    if allocation.last_on < timezone.localdate():
        raise Refused(_("These days are over. Choose a later last day."))
    check_hours(allocation.start_time, allocation.end_time)
    if not allocation.room.is_in_use:
        raise Refused(_("This room was withdrawn: nobody books it any more."))
    allocation.state, allocation.created_by = AllocationState.STANDING, by
    allocation.save(force_insert=True)
    if not write(allocation, spaces[allocation.room_id], list(SchoolHoliday.objects.all())):
        raise Refused(_("In these weeks there is no such day. Look at the weekdays and the days again."))
    return allocation


def write(allocation: Allocation, spaces: Collection[int], holidays: Iterable[SchoolHoliday]) -> int:
    """Write what a standing allocation comes to on its spaces, which are locked, and only what differs. Raises
    `KeptAlready` and `MeetsItself`."""
    days = list(days_of(allocation, holidays))
    turnaround = allocation.room.turnaround
    for one, following in pairwise(days):
        if with_clearing(one, turnaround)[1] > following.starts:
            raise MeetsItself(allocation, one)
    wanted = {(space, *with_clearing(day, turnaround)): day.released_at for day in days for space in spaces}
    standing = {
        (each.space_id, each.during.lower, each.during.upper): each for each in allocation.ranges.all()
    }  # fmt: skip
    gone = [row.pk for key, row in standing.items() if wanted.get(key) != row.released_at]
    AllocatedRange.objects.filter(pk__in=gone).delete()
    new = [
        AllocatedRange(
            allocation=allocation, space_id=key[0], during=DateTimeTZRange(key[1], key[2]), released_at=released_at
        )
        for key, released_at in wanted.items()
        if key not in standing or standing[key].released_at != released_at
    ]
    _check(new)
    AllocatedRange.objects.bulk_create(new)
    return len(wanted)


def _check(new: Sequence[AllocatedRange]) -> None:
    """Also the database refuses two; this says whose it is."""
    if not new:
        return
    around = DateTimeTZRange(min(row.during.lower for row in new), max(row.during.upper for row in new))
    theirs = AllocatedRange.objects.filter(space__in={row.space_id for row in new}, during__overlap=around)
    taken: dict[int, list[tuple[dt.datetime, dt.datetime, AllocatedRange]]] = {}
    for row in theirs:
        taken.setdefault(row.space_id, []).append((row.during.lower, row.during.upper, row))
    for row in new:
        for starts, ends, other in taken.get(row.space_id, ()):
            if starts < row.during.upper and row.during.lower < ends:
                whose = Allocation.objects.with_words().get(pk=other.allocation_id)
                raise KeptAlready(whose, on_clock(starts).date())


def standing_there(allocation: Allocation) -> BookingQuerySet:
    """Bookings of others, still to come, in hours that are the holder's: they were first, and stay."""
    kept = AllocatedRange.objects.filter(
        allocation=allocation, space=OuterRef("space"), during__overlap=OuterRef("during")
    )
    there = Occupancy.objects.filter(Exists(kept), booking__isnull=False, booking__ends__gt=timezone.now())
    found = Booking.objects.filter(pk__in=there.values("booking"))
    if allocation.association_id:
        return found.exclude(association=allocation.association_id).order_by("starts")
    return found.exclude(organisation=allocation.organisation_id).order_by("starts")


@undisturbed()
def withdraw(allocation: Allocation, *, by: User) -> None:
    """The hours are everybody's again. What the holder booked stays theirs."""
    spaces = lock_rooms({allocation.room_id})
    found = Allocation.objects.select_for_update().get(pk=allocation.pk)
    if found.state == AllocationState.WITHDRAWN:
        return
    found.state = AllocationState.WITHDRAWN
    found.save(update_fields=["state"])
    found.ranges.all().delete()
    offering.look_again(set(spaces[found.room_id]))


@undisturbed()
def give_back(allocation: Allocation, on: dt.date, *, by: User) -> None:
    """The holder will not use it that day: it is free at once."""
    spaces = lock_rooms({allocation.room_id})
    found = Allocation.objects.select_for_update().get(pk=allocation.pk)
    if found.state != AllocationState.STANDING:
        raise Refused(_("These hours are not kept any more."))
    first, after = whole_day(on)
    gone, _models = found.ranges.filter(during__startswith__gte=first, during__startswith__lt=after).delete()
    if not gone and on not in found.given_back:
        raise Refused(_("On %(day)s nothing is kept.") % {"day": date_format(on)})
    if gone:
        found.given_back = sorted({*found.given_back, on})
        found.save(update_fields=["given_back"])
        offering.look_again(set(spaces[found.room_id]))


# --- kept in step -----------------------------------------------------------------------------------------


def work_out_house(building: Building) -> None:
    """Its rooms changed. Raises `KeptAlready` where two would now stand in each other's way."""
    rooms = set(building.rooms.values_list("pk", flat=True))
    spaces = lock_rooms(rooms)
    holidays = list(SchoolHoliday.objects.all())
    theirs = Allocation.objects.of_now().filter(room__in=rooms).select_related("room")
    for allocation in theirs:
        write(allocation, spaces[allocation.room_id], holidays)


def work_out_all() -> int:
    """And what was released since the day before yesterday is offered to who waits for it."""
    done = each(Building.objects.filter(rooms__allocations__isnull=False).distinct(), _again, about="allocations")
    now = timezone.now()
    released = AllocatedRange.objects.filter(released_at__range=(now - 2 * A_DAY, now), during__startswith__gt=now)
    offering.look_again(set(released.values_list("space", flat=True)))
    return done


def _again(building: Building) -> bool:
    with undisturbed():
        work_out_house(building)
    return True


def ask_for_all() -> None:
    """A worker does it, after this transaction."""
    enqueue(JOB, key=f"{JOB}:{uuid7()}")


@handles(JOB)
def _work_out_all(job: Job) -> None:
    job.result = {"buildings": work_out_all()}
    job.save(update_fields=["result"])
