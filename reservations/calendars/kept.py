"""Hours that are kept for somebody and that nobody booked yet: shown to everybody but who may book them."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from reservations.calendars.grid import Taken
from reservations.models import AllocatedRange
from reservations.moments import Stretch
from teams.access import Access


@dataclass(frozen=True)
class Kept:
    """A stretch of a room that an allocation keeps. At the door it is not shown: nothing happens then."""

    allocation: uuid.UUID
    holder: str
    starts: dt.datetime
    ends: dt.datetime


def kept_in(
    viewer: Access, rooms: Sequence[int], during: DateTimeTZRange, taken: Mapping[int, list[Taken]]
) -> Mapping[int, Iterable[Taken]]:
    """By room, as far as nothing else stands there. What was released is anybody's."""
    rows = AllocatedRange.objects.filter(space__rooms__in=rooms, during__overlap=during, released_at__gt=timezone.now())
    if viewer.organisation_id is not None:
        rows = rows.exclude(allocation__organisation=viewer.organisation_id)
    found: dict[int, set[Taken]] = defaultdict(set)
    for room, stretch, minutes, allocation, organisation, association in rows.values_list(
        "space__rooms",
        "during",
        "allocation__room__turnaround",
        "allocation",
        "allocation__organisation__name",
        "allocation__association__name",
    ):
        until = stretch.upper - dt.timedelta(minutes=minutes)  # the minutes to clear up are nobody's evening
        for starts, ends in without((stretch.lower, until), taken.get(room, ())):
            kept = Kept(allocation, association or organisation, starts, ends)
            found[room].add(Taken(starts, ends, kept))
    return found


def without(stretch: Stretch, taken: Iterable[Taken]) -> list[Stretch]:
    """What remains of it between what is taken, which is in order of its beginning."""
    begins, ends = stretch
    found = []
    for use in taken:
        if use.ends <= begins or use.starts >= ends:
            continue
        if use.starts > begins:
            found.append((begins, use.starts))
        begins = max(begins, use.ends)
    if begins < ends:
        found.append((begins, ends))
    return found
