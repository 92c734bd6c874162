"""What happens, as a list: the agenda, and the days of a month."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reservations.calendars.axis import MORNING
from reservations.calendars.reading import Use
from reservations.calendars.shown import Taker, Words
from reservations.models import Booking, Room
from reservations.moments import nearest, on_clock, whole_day


@dataclass(frozen=True)
class Entry:
    starts: dt.datetime
    ends: dt.datetime
    taker: Taker
    rooms: tuple[Room, ...]

    @property
    def place(self) -> str:
        """Of a closure all it shuts, under the name of the house."""
        return f"{self.rooms[0].building}, {', '.join(room.name for room in self.rooms)}" if self.rooms else ""


type Days = Mapping[dt.date, list[Entry]]


def of_rooms(words: Words, rooms: Sequence[Room], days: Sequence[dt.date]) -> Days:
    """All that takes these rooms, each once: a hall that is booked also has its halves taken, and a closure shuts more
    than one."""
    by_key = {room.pk: room for room in rooms}
    uses: dict[uuid.UUID | None, Use] = {}
    where: dict[uuid.UUID | None, dict[int, Room]] = defaultdict(dict)
    for room in rooms:
        for use in words.picture.uses(room):
            key = use.booking or use.closure
            booked = by_key.get(use.room or room.pk, room)
            uses.setdefault(key, use)
            where[key][booked.pk] = booked
    found = []
    for key, use in uses.items():
        places = tuple(where[key].values())
        found.append(Entry(use.starts, use.ends, words.taker(places[0], use), places))
    return by_day(found, days)


def of_bookings(words: Words, bookings: Iterable[Booking], days: Sequence[dt.date]) -> Days:
    """Only of bookings that the viewer may read."""
    return by_day((Entry(each.starts, each.ends, words.booking(each), (each.room,)) for each in bookings), days)


def by_day(entries: Iterable[Entry], days: Sequence[dt.date]) -> Days:
    """Each on the day it begins, or on the first of these days when it began before; not for a last hour at night."""
    found: dict[dt.date, list[Entry]] = {day: [] for day in days}
    midnight, morning = whole_day(days[0])[0], nearest(days[0], MORNING)
    for entry in sorted(entries, key=lambda entry: (entry.starts, entry.place)):
        day = max(on_clock(entry.starts).date(), days[0])
        if day in found and (entry.starts >= midnight or entry.ends > morning):
            found[day].append(entry)
    return found
