"""The races of `benchmarks.booking_race`: what stands there before, and what each of the writers does."""

import datetime as dt
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from psycopg import errors

from kortrijk_gebied.refusals import Refused
from reservations import actions, closing, placing, spaces
from reservations.locking import Busy
from reservations.models import Booking, Building, Closure, Occupancy, OpenRange, Room, RoomSetup, Space
from reservations.models.states import OCCUPYING
from teams.models import Organisation
from tests.reservations.proof import WRONGS, wrongs

type Work = Callable[[int, int], Counter[str]]

FAULTS = ("double bookings", "lost or half-occupied bookings", "other faults")
FIRST = dt.datetime(2031, 3, 3, 8, tzinfo=dt.UTC)
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


def wish(room: Room, slot: int, state: str = "confirmed") -> Booking:
    starts = FIRST + HOUR * slot
    city = Organisation(pk=room.building.owner_id)
    return Booking(
        room=room, starts=starts, ends=starts + HOUR, state=state, title="Race", persons=10, organisation=city
    )


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


# --- the races ---------------------------------------------------------------------------------------------


def nothing_there(_tries: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE reservations_booking, reservations_closure, reservations_occupancy CASCADE")
        cursor.execute("DROP TABLE IF EXISTS race_plain")
        cursor.execute("CREATE TABLE race_plain (room int, slot int, writer int)")
    return 0


def single(_writer: int, tries: int) -> Counter[str]:
    """Everybody wants every slot of one room, in the same order."""
    (room, *_others) = rooms("meeting")
    return sum((met(partial(book, [wish(room, slot)])) for slot in range(tries)), Counter[str]())


def apart(writer: int, tries: int) -> Counter[str]:
    """Each has slots of its own: nobody meets anybody, and all is had."""
    (room, *_others) = rooms("meeting")
    return sum((met(partial(book, [wish(room, 8 * slot + writer)])) for slot in range(tries)), Counter[str]())


def combined(_writer: int, tries: int) -> Counter[str]:
    """The hall against its halves."""
    some, found = rooms("hall", "half-a", "half-b")[:3], Counter[str]()
    for slot in range(tries):
        found += met(partial(book, [wish(random.choice(some), slot)]))
    return found


def series(_writer: int, tries: int) -> Counter[str]:
    """52 weeks at once, here and there, in any order; what is free is had, the rest is refused."""
    some, found = rooms("hall", "half-a", "half-b", "meeting"), Counter[str]()
    for _each in range(max(tries // 4, 2)):
        slot = random.randrange(6)
        weeks = [wish(random.choice(some[:4]), slot + 168 * week) for week in range(52)]
        random.shuffle(weeks)
        found += met(partial(book, weeks, keep_refused=True))
    return found


def book(wishes: Sequence[Booking], *, keep_refused: bool = False) -> placing.Placed:
    return placing.place(wishes, keep_refused=keep_refused)


def requests_there(tries: int) -> int:
    nothing_there(tries)
    halls = rooms("hall", "half-a")[:2]
    Booking.objects.bulk_create(wish(halls[n % 2], n // 2, "requested") for n in range(tries))
    return 0


def approval(writer: int, tries: int) -> Counter[str]:
    """Half of them say yes to what was asked, half book what was asked."""
    found, some = Counter[str](), rooms("half-a", "half-b")[:2]
    asked = list(Booking.objects.filter(state="requested").order_by("starts", "pk"))
    for number, request in enumerate(asked[:tries]):
        if writer % 2:
            found += met(partial(confirm, request))
        else:
            found += met(partial(book, [wish(random.choice(some), number // 2)]))
    return found


def confirm(request: Booking) -> int:
    actions.confirm(request, by=None)
    return 1


def closures(writer: int, tries: int) -> Counter[str]:
    """One in four shuts a hall here and there, and opens some of it again; what stands there goes, or is cancelled."""
    found, some = Counter[str](), rooms("hall", "half-a", "half-b", "meeting")
    there = {room: list(room.spaces.all()) for room in some}
    for number in range(tries):
        if writer % 4:
            found += met(partial(book, [wish(random.choice(some[:4]), number)]))
        elif number % 5 == 0:
            room, start = random.choice(some[:3]), FIRST + HOUR * random.randrange(tries)
            closure = Closure(building=room.building, starts=start, ends=start + 3 * HOUR, reason="Lek")
            found += met(partial(shut, closure, there[room], some[4:]))
    return found


def shut(closure: Closure, made_of: Sequence[Space], elsewhere: Sequence[Room]) -> int:
    for _try in range(20):
        hit = closing.hits(made_of, closure.starts, closure.ends)
        choices = {each.pk: random.choice([None, *elsewhere]) for each in hit}
        try:
            closing.close(closure, spaces=made_of, choices=choices, by=None)  # type: ignore[arg-type]
            break
        except closing.NewHits:
            continue
    if random.random() < 0.5:
        closing.lift(closure, by=None)  # type: ignore[arg-type]
    return 0


def walls(writer: int, tries: int) -> Counter[str]:
    """One takes a folding wall out and puts it back, while the others book on both sides."""
    found, some = Counter[str](), rooms("hall", "half-a", "half-b", "meeting")[:4]
    for number in range(tries):
        if writer:
            found += met(partial(book, [wish(random.choice(some), number)]))
        elif number % 10 == 0:
            found += met(partial(wall, some[3]))
    return found


def wall(room: Room) -> int:
    parts = list(room.spaces.all())
    if len(parts) == 1:
        spaces.split(parts[0], into=["links", "rechts"])
    else:
        spaces.join(parts, name="C")
    return 0


def look_first(writer: int, tries: int) -> Counter[str]:
    """No lock, no constraint: who sees nothing there, writes."""
    found = Counter[str]()
    for slot in range(tries):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM race_plain WHERE slot = %s", [slot])
            if cursor.fetchone()[0]:
                found["refused"] += 1
                continue
            cursor.execute("INSERT INTO race_plain VALUES (1, %s, %s)", [slot, writer])
            found["had"] += 1
    return found


RACES: dict[str, tuple[Callable[[int], int], Work]] = {
    "apart, all is had": (nothing_there, apart),
    "single": (nothing_there, single),
    "hall against halves": (nothing_there, combined),
    "series of 52": (nothing_there, series),
    "approval against booking": (requests_there, approval),
    "closure against booking": (nothing_there, closures),
    "wall against booking": (nothing_there, walls),
    "look first, no constraint": (nothing_there, look_first),
}

UNLOCKED = ("single", "hall against halves", "series of 52")
LOOK_FIRST = "look first, no constraint"

# --- what came of it -----------------------------------------------------------------------------------------


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
    return Counter({FAULTS[0]: plain + double + uses, FAULTS[1]: lost + half + left, FAULTS[2]: gaps})


def insert_bare(writer: int, _tries: int) -> Counter[str]:
    """The rows of this race once more, a week of years later, where nobody is: a booking and its spaces at a time."""
    from benchmarks.booking_race import WRITERS

    later = dt.timedelta(days=7 * 260)
    mine = list(Booking.objects.filter(state__in=OCCUPYING, starts__lt=FIRST + later).order_by("pk"))[writer::WRITERS]
    taken = {each.pk: list(each.occupancies.all()) for each in mine}
    for each in mine:
        with transaction.atomic():
            new = Booking(
                room_id=each.room_id, starts=each.starts + later, ends=each.ends + later, state=each.state,
                title="Race", persons=10, organisation_id=each.organisation_id,
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
