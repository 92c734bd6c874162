"""When the houses of Kortrijk are open, to begin with: per kind of house, and for some houses and rooms their own.

Examples, all of them: the sources give no hours. A house that has hours already keeps those.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from reservations.load import rows
from reservations.models import Building, OpeningPeriod, OpeningSpan, Room
from reservations.models.opening import described
from reservations.openings import work_out

# A rule of every week holds until somebody changes it; dates in summer are written down for some years.
FROM_YEARS, UNTIL_YEARS, SUMMERS = -2, 10, 3

type Row = dict[str, str]


@transaction.atomic
def load_hours() -> int:
    """Give hours to the houses without any, and work them out; the number of those houses."""
    table = list(rows("opening_hours"))
    houses = Building.objects.filter(opening_periods=None, rooms__isnull=False).distinct()
    found = [(house, mine) for house in houses if (mine := _of(house, table))]
    rooms = {(room.building_id, room.code): room for room in Room.objects.filter(building__in=houses)}
    made = [
        (period, spans)
        for house, mine in found
        for period, spans in _periods(house, mine, rooms)
    ]  # fmt: skip
    hours = [(period, _hours(spans)) for period, spans in made]
    for period, its in hours:
        period.described = described(its)
    OpeningPeriod.objects.bulk_create(period for period, _its in hours)
    OpeningSpan.objects.bulk_create(
        OpeningSpan(period=period, weekday=weekday, opens=opens, closes=closes)
        for period, its in hours
        for weekday, opens, closes in its
    )
    for house, _mine in found:
        work_out(house)
    return len(found)


def _of(house: Building, table: Iterable[Row]) -> list[Row]:
    """Its own rows and, unless those speak of the whole house, those of its kind."""
    own = [row for row in table if row["houses"] == house.code]
    if any(not row["room"] for row in own):
        return own
    return [*(row for row in table if row["houses"] == house.kind), *own]


def _periods(
    house: Building, mine: list[Row], rooms: dict[tuple[int, str], Room]
) -> Iterator[tuple[OpeningPeriod, list[Row]]]:
    year = timezone.localdate().year
    for (room, name, kind, starts, ends), group in groupby(
        mine, key=lambda row: (row["room"], row["period"], row["kind"], row["starts"], row["ends"])
    ):
        spans = [row for row in group if row["days"]]
        if room and (house.pk, room) not in rooms:
            continue
        for first, last in _between(year, starts, ends):
            period = OpeningPeriod(
                building=house, room=rooms.get((house.pk, room)), name=name, kind=kind, starts=first, ends=last
            )
            yield period, spans


def _between(year: int, starts: str, ends: str) -> Iterator[tuple[dt.date, dt.date]]:
    if not starts:
        yield dt.date(year + FROM_YEARS, 1, 1), dt.date(year + UNTIL_YEARS, 12, 31)
        return
    for summer in range(year - 1, year - 1 + SUMMERS):
        yield dt.date.fromisoformat(f"{summer}-{starts}"), dt.date.fromisoformat(f"{summer}-{ends}")


def _hours(spans: Iterable[Row]) -> list[tuple[int, dt.time, dt.time]]:
    return sorted(
        (weekday, dt.time.fromisoformat(row["opens"]), dt.time.fromisoformat(row["closes"]))
        for row in spans
        for weekday in _weekdays(row["days"])
    )


def _weekdays(days: str) -> range:
    """`0-4` is Monday to Friday."""
    first, _dash, last = days.partition("-")
    return range(int(first), int(last or first) + 1)
