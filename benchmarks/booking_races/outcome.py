"""What came of a race, what the same rows cost who asks nothing, and what the proof in the database costs."""

import datetime as dt
import time
from collections import Counter

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from benchmarks.booking_races import kept_hours
from benchmarks.booking_races.world import FIRST, nothing_there, rooms, wish
from reservations import placing
from reservations.models import Booking, Occupancy
from reservations.models.states import OCCUPYING
from tests.reservations.proof import WRONGS, wrongs

FAULTS = ("double bookings", "bookings in hours of another", "lost or half-occupied bookings", "other faults")


def kept() -> int:
    return Booking.objects.filter(state__in=OCCUPYING).count()


def faults(had: int) -> Counter[str]:
    """`had` is what the writers were told that they have: a closure may have cancelled some of it since."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT FROM race_plain GROUP BY room, slot HAVING count(*) > 1) AS twice")
        plain = cursor.fetchone()[0]
    found = {what: len(rows) for what, rows in wrongs().items()}
    double, uses, half, left, gaps = (found.get(what, 0) for what in WRONGS)
    there = Booking.objects.filter(state__in=[*OCCUPYING, "cancelled"])
    lost = abs(had - there.count()) if there.exists() else 0
    of_another = kept_hours.how_they_met()["of another"]
    return Counter(dict(zip(FAULTS, (plain + double + uses, of_another, lost + half + left, gaps), strict=True)))


def insert_bare(writer: int, _tries: int) -> Counter[str]:
    """The rows of this race once more, a week of years later, where nobody is: a booking and its spaces at a time."""
    from benchmarks.booking_race import WRITERS

    later = dt.timedelta(days=7 * 260)
    mine = list(Booking.objects.filter(state__in=OCCUPYING, starts__lt=FIRST + later).order_by("pk"))[writer::WRITERS]
    taken = {each.pk: list(each.occupancies.all()) for each in mine}
    for number, each in enumerate(mine):
        with transaction.atomic():
            new = Booking(
                reference=f"B-{writer}-{number}",  # of so many, two that are drawn would be alike
                room_id=each.room_id, starts=each.starts + later, ends=each.ends + later, state=each.state,
                title="Race", persons=10, organisation_id=each.organisation_id, association_id=each.association_id,
            )  # fmt: skip
            Booking.objects.bulk_create([new])
            Occupancy.objects.bulk_create(
                Occupancy(
                    space_id=one.space_id, booking=new,
                    during=DateTimeTZRange(one.during.lower + later, one.during.upper + later),
                )
                for one in taken[each.pk]
            )  # fmt: skip
    return Counter(had=len(mine))


def cost() -> None:
    """Forty thousand bookings at once, and 52, with the trigger asleep and awake."""
    from reservations.locking import lock_rooms

    some = rooms("hall", "half-a", "meeting")
    for what, count in (("40,000 at once", 40_000), ("52 at once", 52)):
        for trigger in ("DISABLE", "ENABLE"):
            nothing_there(0)
            with connection.cursor() as cursor:
                cursor.execute(f"ALTER TABLE reservations_booking {trigger} TRIGGER booking_has_its_room_whole")
                cursor.execute(f"ALTER TABLE reservations_occupancy {trigger} TRIGGER occupancy_is_of_who_has_the_room")
            began = time.perf_counter()
            with transaction.atomic():
                spaces = lock_rooms([room.pk for room in some])
                wishes = [wish(some[n % 2 * 2], n) for n in range(count)]
                placing._redraw(wishes)
                Booking.objects.bulk_create(wishes, batch_size=2_000)
                placing.occupy(wishes, spaces)
            print(f"{what}, trigger {trigger}: {time.perf_counter() - began:.3f} s", flush=True)
