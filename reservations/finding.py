"""Which rooms are free for a wish, the best first, each with why; and what nearly is."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.distance import metres_between
from reservations.alternatives import FREE, Alternative, elsewhere, other_times
from reservations.models import Booking, BookingState, Feature, Room
from reservations.moments import YEARS, needs_last_day, on_clock
from reservations.near import Near
from reservations.obstacles import asked
from reservations.rights import Rights
from reservations.spots import spot_of
from reservations.words import distance_in_words, when_in_words

NO_ROOM = 0
MOST_OFFERS = 4
FEW = 2  # so few rooms are no choice


@dataclass(frozen=True)
class Option:
    """A room at a moment that can be had now. One button books it, and sends `key`."""

    room: Room
    starts: dt.datetime
    ends: dt.datetime
    reasons: list[str]
    state: BookingState

    @property
    def key(self) -> str:
        return key_of(self.room, self.starts)

    @property
    def query(self) -> str:
        """For an address of the form to book."""
        starts, ends = on_clock(self.starts), on_clock(self.ends)
        asked = {
            "zaal": self.room.pk,
            "dag": starts.date().isoformat(),
            "van": f"{starts:%H:%M}",
            "tot": f"{ends:%H:%M}",
            **({"totdag": ends.date().isoformat()} if needs_last_day(starts, ends) else {}),
        }
        return urlencode(asked)

    @property
    def is_asked(self) -> bool:
        return self.state == BookingState.REQUESTED

    @property
    def when(self) -> str:
        return when_in_words(self.starts, self.ends)


def key_of(room: Room, starts: dt.datetime) -> str:
    return f"{room.pk}@{on_clock(starts).isoformat()}"


def read_key(key: str) -> tuple[int, dt.datetime] | None:
    """The key of a room and a moment, as a button sends them; None when it is none of ours."""
    room, at, moment = key.partition("@")
    try:
        starts = dt.datetime.fromisoformat(moment)
        return (int(room), starts.astimezone(dt.UTC)) if at and starts.tzinfo and starts.year in YEARS else None
    except (ValueError, OverflowError):
        return None


def for_somebody(wish: Booking, rights: Rights) -> None:
    """What is kept for whose it would be is free for them; where nobody is named it is for their own organisation."""
    if wish.association_id is None and wish.organisation_id is None:
        wish.organisation_id = rights.organisation


def find(wish: Booking, *, rights: Rights, near: Near | None = None, without: Collection[int] = ()) -> list[Option]:
    """Every room that is free then and suits, for a wish without a room: one question to the database. `without` are
    rooms not to propose, here and below."""
    wish.room_id = NO_ROOM
    for_somebody(wish, rights)
    with connection.cursor() as cursor:
        cursor.execute(FREE, asked([wish]) | {"now": timezone.now()})
        keys = [room for _key, room in cursor.fetchall()]
    rooms = (
        Room.objects.filter(pk__in=set(keys).difference(without))
        .select_related("building__owner")
        .prefetch_related("setups")
    )
    ranked = sorted(
        ((*rank(room, wish, rights, near), room) for room in rooms), key=lambda one: (*one[:3], str(one[3]))
    )
    return [
        Option(
            room, wish.starts, wish.ends, reasons_of(room, capacity=capacity, metres=metres, near=near),
            rights.state(room),
        )
        for metres, _asks, capacity, room in ranked
    ]  # fmt: skip


def rank(room: Room, wish: Booking, rights: Rights, near: Near | None) -> tuple[float, bool, int]:
    """Near first, when somebody says near what; then what is booked at once; then the fewest chairs too many."""
    return metres_to(room, near), not rights.books_at_once(room), capacity_of(room, wish.layout)


def metres_to(room: Room, near: Near | None) -> float:
    """To a hundred metres; nought when nobody says near what."""
    if near is None:
        return 0.0
    spot = spot_of(room.building)
    return round(metres_between(*near.spot, *spot), -2) if spot else float("inf")


def capacity_of(room: Room, layout: str = "") -> int:
    """In that set-up; without one in the set-up that takes most people."""
    return max((one.capacity for one in room.setups.all() if not layout or one.layout == layout), default=0)


def reasons_of(room: Room, *, capacity: int, metres: float | None = None, near: Near | None = None) -> list[str]:
    found = [_("room for %(number)s") % {"number": capacity}]
    if near and near.area_id and room.building.area_id == near.area_id:
        found.insert(0, _("in %(area)s") % {"area": near.name})
    elif near and metres is not None and metres != float("inf"):
        found.insert(0, _("%(distance)s from %(area)s") % {"distance": distance_in_words(metres), "area": near.name})
    return found


# --- what else could be had -------------------------------------------------------------------------------


def offers(booking: Booking, *, rights: Rights, without: Collection[int] = ()) -> list[Option]:
    """For what cannot be had: other rooms at the same time, then the same room at another time."""
    rooms = elsewhere([booking], without=without).get(booking.pk, [])[:MOST_OFFERS]
    times = other_times([booking]).get(booking.pk, [])[:MOST_OFFERS]
    return [
        *(instead(booking, each, rights) for each in rooms),
        *(at_another_time(booking, start, rights) for start in times),
    ]


def instead(booking: Booking, found: Alternative, rights: Rights) -> Option:
    far = []
    if found.room.building_id == booking.room.building_id:
        far = [_("in the same building")]
    elif found.metres is not None:
        far = [_("%(distance)s further") % {"distance": distance_in_words(found.metres)}]
    reasons = [_("free at the same time"), *far, *reasons_of(found.room, capacity=found.capacity)]
    return Option(found.room, booking.starts, booking.ends, reasons, rights.state(found.room))


def at_another_time(booking: Booking, start: dt.datetime, rights: Rights) -> Option:
    minutes = round((start - booking.starts).total_seconds() / 60)
    said = _("%(much)s later") if minutes > 0 else _("%(much)s earlier")
    reasons = [_("the same room"), said % {"much": minutes_in_words(abs(minutes))}]
    return Option(booking.room, start, start + (booking.ends - booking.starts), reasons, rights.state(booking.room))


def minutes_in_words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s minutes") % {"minutes": rest}
    if not rest:
        return _("%(hours)s hour") % {"hours": hours}
    return _("%(hours)s hour and %(minutes)s minutes") % {"hours": hours, "minutes": rest}


def near_misses(
    wish: Booking, *, rights: Rights, near: Near | None = None, without: Collection[int] = (),
    free: Sequence[Option] = (),
) -> list[Option]:  # fmt: skip
    """What nearly does, the nearest first when somebody says near what: rooms that suit and are free for as long at
    another hour of that day, and rooms that are free then and lack one thing. Beside rooms that are `free` only what
    lies nearer than those; where nobody says near what, beside few of them."""
    there = {*without, *(option.room.pk for option in free)}
    for_somebody(wish, rights)
    lacking = _lacking_one(wish, rights, near, there)[: MOST_OFFERS // 2]
    found = _at_other_hours(wish, rights, near, there)[: max(MOST_OFFERS - len(lacking), 1)]
    closest = min((metres_to(option.room, near) for option in free), default=float("inf"))
    if near is None:
        return [*found, *lacking] if len(free) <= FEW else []
    return [one for one in [*found, *lacking] if metres_to(one.room, near) < closest]


def _at_other_hours(wish: Booking, rights: Rights, near: Near | None, without: Collection[int]) -> list[Option]:
    suits = Room.objects.in_use().seating(wish.persons, wish.layout).filter(features__contains=wish.features)
    rooms = suits.exclude(pk__in=without).select_related("building__owner").prefetch_related("setups")
    wishes = {room: _in(room, wish) for room in rooms}
    times: Mapping[Any, Sequence[dt.datetime]] = other_times(list(wishes.values())) if wishes else {}
    found = [at_another_time(each, times[each.pk][0], rights) for each in wishes.values() if each.pk in times]
    found.sort(
        key=lambda one: (metres_to(one.room, near), abs(one.starts - wish.starts), capacity_of(one.room, wish.layout))
    )
    return [replace(one, reasons=[*one.reasons[1:], *_reasons(one.room, wish, near)]) for one in found]


def _lacking_one(wish: Booking, rights: Rights, near: Near | None, without: Collection[int]) -> list[Option]:
    if not wish.features:
        return []
    plainer = copy(wish)
    plainer.features = []
    found = []
    for option in find(plainer, rights=rights, near=near, without=without):
        lacks = sorted(set(wish.features) - set(option.room.features))
        if len(lacks) == 1:
            missing = _("no %(what)s") % {"what": Feature(lacks[0]).label}
            found.append(replace(option, reasons=[missing, *option.reasons]))
    return found


def _reasons(room: Room, wish: Booking, near: Near | None) -> list[str]:
    return reasons_of(room, capacity=capacity_of(room, wish.layout), metres=metres_to(room, near), near=near)


def _in(room: Room, wish: Booking) -> Booking:
    return Booking(
        room=room, starts=wish.starts, ends=wish.ends, persons=wish.persons, layout=wish.layout,
        features=wish.features, organisation_id=wish.organisation_id, association_id=wish.association_id,
    )  # fmt: skip
