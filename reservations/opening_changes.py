"""Other hours for a building: tried first, so that who keeps it sees whom they leave standing outside."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone

from kortrijk_gebied.workdays import A_DAY
from reservations.hours import Day, Week, days_open
from reservations.locking import lock_building
from reservations.models import Booking, Building, OpenRange, Room
from reservations.models.bookings import BookingQuerySet
from reservations.openings import work_out

WEEKS = 4


@dataclass(frozen=True)
class Outcome:
    """`left_out` were inside the hours before and would not be any more. They stay, whatever is decided."""

    kept: bool
    left_out: list[Booking]
    weeks: list[Week]

    @property
    def mark(self) -> str:
        return mark_of(self.left_out)


def change_hours(
    building: Building, write: Callable[[], object], *, seen: str = "", only_look: bool = False
) -> Outcome:
    """Do `write` and work out the hours again. Nothing is kept when other bookings would fall outside than those the
    keeper has `seen` (the mark of an earlier outcome), nor when they only look."""
    with transaction.atomic():
        lock_building(building.pk)  # nobody books meanwhile
        before = set(outside(building).values_list("pk", flat=True))
        write()
        work_out(building)
        left_out = list(outside(building).exclude(pk__in=before).select_related("room", "organisation", "association"))
        kept = not only_look and (not left_out or mark_of(left_out) == seen)
        weeks = [] if kept else weeks_ahead(building)
        if not kept:
            transaction.set_rollback(True)
    return Outcome(kept, left_out, weeks)


def mark_of(bookings: Iterable[Booking]) -> str:
    """By which the same bookings are known again, however many."""
    return hashlib.sha256(" ".join(sorted(str(each.pk) for each in bookings)).encode()).hexdigest()


def outside(building: Building) -> BookingQuerySet:
    """The bookings ahead of a building at hours at which their room is not open."""
    inside = OpenRange.objects.filter(
        room=models.OuterRef("room"),
        during__startswith__lte=models.OuterRef("starts"),
        during__endswith__gte=models.OuterRef("ends"),
    )
    ahead = Booking.objects.live().filter(room__building=building, ends__gt=timezone.now())
    return ahead.exclude(models.Exists(inside)).order_by("starts")


def weeks_ahead(building: Building) -> list[Week]:
    """From this Monday on."""
    today = timezone.localdate()
    rooms = list(Room.objects.in_use().filter(building=building))
    return days_open(rooms, today - A_DAY * today.weekday(), WEEKS * 7)


def in_rows(days: list[Day]) -> list[list[Day]]:
    """A week on each row."""
    return [days[at : at + 7] for at in range(0, len(days), 7)]
