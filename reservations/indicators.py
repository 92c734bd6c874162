"""How much the rooms of an area are used, as one figure."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.indicators import Indicator, Measure, Past, Values, register
from kortrijk_gebied.sections import Period
from kortrijk_gebied.workdays import BRUSSELS
from reservations.models import Room
from reservations.use.hours import Hours, hours_of


def room_use(past: Past, periods: Sequence[Period]) -> list[Values]:
    """Hours used of hours open, of all buildings together: two queries, and one for each period. Before somebody booked
    here nobody kept what was used: a period without any booking is no past to compare with, and now it is a zero."""
    rooms = Room.objects.filter(building__area__in=past.keys).values_list("pk", "building", "building__area")
    keys: list[int] = []
    areas: dict[int, int | None] = {}
    for room, building, area in rooms:
        keys.append(room)
        areas[building] = area
    found = [_of_period(past, keys, areas, period) for period in periods]
    return [found[0], *({pk: use for pk, use in before.items() if use.value} for before in found[1:])]


def _of_period(past: Past, rooms: Sequence[int], areas: dict[int, int | None], period: Period) -> Values:
    if not rooms:
        return {}
    first = period.start.astimezone(BRUSSELS).date()
    last = (period.end - timedelta(microseconds=1)).astimezone(BRUSSELS).date()
    hours: dict[int, Hours] = defaultdict(Hours)
    for building, there in hours_of(rooms, first, last).buildings.items():
        for new, _share in past.shares.get(areas[building] or 0, ()):
            hours[new] += there
    return {pk: Measure(100 * there.used / there.open, there.open) for pk, there in hours.items() if there.open}


register(
    Indicator(
        "rooms-use", _("Use of rooms"), _("percent of the open hours"), 70, room_use, True, is_share=True, per_case=True
    )
)
