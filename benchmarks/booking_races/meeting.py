"""Bookings that meet: each other, a yes of a keeper, a closure, a wall."""

import random
import uuid
from collections import Counter
from collections.abc import Sequence
from functools import partial

from django.db import connection, transaction

from benchmarks.booking_races.world import FIRST, HOUR, book, met, nothing_there, rooms, wish
from reservations import actions, closing, spaces
from reservations.models import Booking, Closure, Room, Space


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
    stuck = set[uuid.UUID]()
    for _try in range(20):
        hit = closing.hits(made_of, closure.starts, closure.ends)
        choices = {each.pk: None if each.pk in stuck else random.choice([None, *elsewhere]) for each in hit}
        try:
            closing.close(closure, spaces=made_of, choices=choices, by=None)  # type: ignore[arg-type]
            break
        except closing.NewHits:
            continue
        except closing.Stuck as there:
            stuck |= {each.pk for each in there.bookings}
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
