"""Who has which hours of the week in a building: rooms by weekdays."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dates import WEEKDAYS

from reservations.models import Allocation, Building, Room


@dataclass(frozen=True)
class Line:
    room: Room
    days: list[tuple[str, list[Allocation]]]


@dataclass(frozen=True)
class Week:
    headings: list[str]
    lines: list[Line]
    count: int


def week_of(building: Building) -> Week:
    """All that stands now or later; in three queries. `comes` on each says that it begins later."""
    today = timezone.localdate()
    found = Allocation.objects.of_now().filter(room__building=building).with_words().order_by("start_time", "pk")
    cells: dict[tuple[int, int], list[Allocation]] = defaultdict(list)
    for each in found:
        each.comes = each.first_on > today  # type: ignore[attr-defined]
        for weekday in each.weekdays:
            cells[each.room_id, weekday].append(each)
    rooms = [room for room in building.rooms.in_use().order_by("name") if any(key[0] == room.pk for key in cells)]
    headings = [str(name) for name in WEEKDAYS.values()]
    lines = [Line(room, [(headings[day], cells[room.pk, day]) for day in range(7)]) for room in rooms]
    return Week(headings, lines, len({each.pk for some in cells.values() for each in some}))
