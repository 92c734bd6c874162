"""Hours used against hours open. Postgres does the sums, with ranges: a year of sixty rooms in a second.

Opening hours come from `OpenRange`, less the closures; what is used is what was booked, within those hours and without
the minutes to clear up. A building counts its leaf spaces: a hall that was booked whole counts as both its halves, and
never twice.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from reservations.models.states import BookingState
from reservations.moments import whole_day

USED = [BookingState.CONFIRMED, BookingState.NO_SHOW]

# Per owner (a space, or a room) two multiranges: when it was open and when it was used.
SUMS = """
    WITH asked AS MATERIALIZED (
        SELECT room.id AS room, room.building_id AS building, made.space_id AS space
        FROM reservations_room room JOIN reservations_room_spaces made ON made.room_id = room.id
        WHERE room.id = ANY(%(rooms)s)
    ), opened AS (
        SELECT room_id AS room, range_agg(during * %(during)s) AS during
        FROM reservations_openrange WHERE room_id = ANY(%(rooms)s) AND during && %(during)s GROUP BY room_id
    ), shut AS (
        SELECT space_id AS space, range_agg(during) AS during
        FROM reservations_occupancy WHERE closure_id IS NOT NULL AND during && %(during)s GROUP BY space_id
    ), booked AS MATERIALIZED (
        SELECT made.space_id AS space, tstzrange(booking.starts, booking.ends) * %(during)s AS during
        FROM reservations_booking booking JOIN reservations_room_spaces made ON made.room_id = booking.room_id
        WHERE booking.state = ANY(%(used)s) AND made.space_id IN (SELECT space FROM asked)
            AND booking.starts < upper(%(during)s) AND booking.starts > lower(%(during)s) - interval '31 days'
            AND booking.ends > lower(%(during)s)
    ), held AS (
        SELECT space, range_agg(during) AS during FROM booked GROUP BY space
    ), of_space AS (
        SELECT asked.building, asked.space AS owner, range_agg(opened.during) AS open
        FROM asked JOIN opened USING (room) GROUP BY 1, 2
    ), spaces AS MATERIALIZED (
        SELECT of_space.building, owner, of_space.open - coalesce(shut.during, '{}') AS open,
            coalesce(held.during, '{}') AS used
        FROM of_space LEFT JOIN shut ON shut.space = owner LEFT JOIN held ON held.space = owner
    ), rooms AS MATERIALIZED (
        SELECT asked.building, asked.room AS owner,
            (array_agg(opened.during))[1] - coalesce(range_agg(shut.during), '{}') AS open,
            coalesce(range_agg(held.during), '{}') AS used
        FROM asked JOIN opened USING (room) LEFT JOIN shut ON shut.space = asked.space
        LEFT JOIN held ON held.space = asked.space
        GROUP BY 1, 2
    )
"""

LENGTH = "coalesce((SELECT sum(extract(epoch FROM upper(one) - lower(one))) FROM unnest({ranges}) one), 0)::float"
PER_OWNER = "SELECT '{kind}', building, owner, {open}, {used} FROM {kind}"

# In which hours of the week: each stretch cut at the hours of the clock, which everywhere in Belgium are whole ones.
PER_HOUR = """
    SELECT extract(isodow FROM clock)::int - 1, extract(hour FROM clock)::int, {kind},
        sum(extract(epoch FROM least(upper(one), hour + interval '1 hour') - greatest(lower(one), hour)))::float
    FROM spaces, unnest({stretches}) one,
        generate_series(date_trunc('hour', lower(one)), upper(one) - interval '1 microsecond', interval '1 hour') hour,
        LATERAL (SELECT hour AT TIME ZONE 'Europe/Brussels' AS clock) local
    GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Hours:
    """Of a space of a building, or of one room: seconds become hours."""

    open: float = 0.0
    used: float = 0.0

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None for what was never open."""
        return self.used / self.open if self.open else None

    def __add__(self, other: "Hours") -> "Hours":
        return Hours(self.open + other.open, self.used + other.used)


@dataclass(frozen=True)
class Totals:
    buildings: dict[int, Hours]
    rooms: dict[int, Hours]

    @property
    def all(self) -> Hours:
        return sum(self.buildings.values(), Hours())


def hours_of(rooms: Sequence[int], first: dt.date, last: dt.date) -> Totals:
    """One query."""
    lengths = {"open": LENGTH.format(ranges="open"), "used": LENGTH.format(ranges="used * open")}
    query = SUMS + " UNION ALL ".join(PER_OWNER.format(kind=kind, **lengths) for kind in ("spaces", "rooms"))
    found = Totals({}, {})
    for kind, building, owner, opened, used in _asked(query, rooms, first, last):
        here = Hours(opened / 3600, used / 3600)
        if kind == "rooms":
            found.rooms[owner] = here
        else:
            found.buildings[building] = found.buildings.get(building, Hours()) + here
    return found


def week_of(rooms: Sequence[int], first: dt.date, last: dt.date) -> dict[tuple[int, int], Hours]:
    """By weekday (Monday is 0) and hour of the clock. One query."""
    parts = [PER_HOUR.format(kind=0, stretches="open"), PER_HOUR.format(kind=1, stretches="used * open")]
    found: dict[tuple[int, int], Hours] = {}
    for weekday, hour, is_used, seconds in _asked(SUMS + " UNION ALL ".join(parts), rooms, first, last):
        here = Hours(0, seconds / 3600) if is_used else Hours(seconds / 3600, 0)
        found[weekday, hour] = found.get((weekday, hour), Hours()) + here
    return found


def _asked(query: str, rooms: Sequence[int], first: dt.date, last: dt.date) -> list[tuple[Any, ...]]:
    during = DateTimeTZRange(whole_day(first)[0], whole_day(last)[1])
    with connection.cursor() as cursor:
        cursor.execute(query, {"rooms": list(rooms), "during": during, "used": [str(state) for state in USED]})
        return list(cursor.fetchall())
