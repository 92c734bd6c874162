"""The town of a period, out of the database: in as many queries for a week of one house as for a year of them all."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F, Func, IntegerField, Q

from areas.distance import metres_between
from reservations.consolidation.town import Kept, Need, Place, Stretch, Town
from reservations.models import (
    AllocatedRange,
    Booking,
    BookingState,
    Building,
    Occupancy,
    OpenRange,
    Room,
    RoomSetup,
)
from reservations.models.bookings import BookingQuerySet
from reservations.moments import whole_day
from reservations.spots import spot_of

# What was sure, and so has to go on somewhere. Nobody came, but it was asked for.
SURE = (BookingState.CONFIRMED, BookingState.NO_SHOW)
# What is not sure yet keeps its place meanwhile.
MEANWHILE = (BookingState.HELD, BookingState.IN_TREATMENT)


def uses_of(first: dt.date, last: dt.date) -> BookingQuerySet:
    """What begins from the first day up to and including the last."""
    return Booking.objects.filter(
        state__in=SURE, starts__gte=whole_day(first)[0], starts__lt=whole_day(last)[1]
    )  # fmt: skip


def read_town(first: dt.date, last: dt.date, *, empty: Collection[int] = ()) -> Town:
    """Nobody is moved to a building of `empty`; what stands there stays, or leaves when it closes."""
    uses = uses_of(first, last)
    buildings = Building.objects.filter(rooms__isnull=False).distinct()
    places = _places(first, last, empty)
    needs = [
        Need(str(pk), room, starts, ends, persons, layout, frozenset(features), holder_of(organisation, association))
        for pk, room, persons, layout, features, organisation, association, starts, ends in uses.order_by(
            "starts", "pk"
        ).values_list(
            "pk", "room", "persons", "layout", "features", "organisation", "association", minute("starts"),
            minute("ends"),
        )
    ]  # fmt: skip
    return Town(places, needs, distances(buildings), _shut(first, last), _kept(first, last))


def holder_of(organisation: int | None, association: int | None) -> str:
    return f"association {association}" if association else f"organisation {organisation}"


def minute(field: str) -> Func:
    """Minutes from 1970: made by the database, which is ten times as quick as Python."""
    epoch = "(extract(epoch FROM %(expressions)s) / 60)::int"
    return Func(F(field), template=epoch, output_field=IntegerField())


def _places(first: dt.date, last: dt.date, empty: Collection[int]) -> dict[int, Place]:
    """Every room, those withdrawn too: what was booked in them has to stand somewhere. They are never open."""
    capacity: dict[int, dict[str, int]] = defaultdict(dict)
    for room, layout, persons in RoomSetup.objects.values_list("room", "layout", "capacity"):
        capacity[room][layout] = persons
    spaces: dict[int, set[int]] = defaultdict(set)
    for room, space in Room.spaces.through.objects.values_list("room_id", "space_id"):
        spaces[room].add(space)
    opened = _opened(first, last)
    return {
        pk: Place(
            pk, building, frozenset(spaces[pk]), capacity[pk], frozenset(features), turnaround,
            () if withdrawn or building in empty else opened.get(pk, ()),
        )
        for pk, building, features, turnaround, withdrawn in Room.objects.order_by("pk").values_list(
            "pk", "building", "features", "turnaround", "withdrawn_at"
        )
    }  # fmt: skip


def _opened(first: dt.date, last: dt.date) -> Mapping[int, Sequence[Stretch]]:
    found: dict[int, list[Stretch]] = defaultdict(list)
    rows = OpenRange.objects.filter(during__overlap=_wide(first, last)).order_by("room", "during")
    for room, opens, closes in rows.values_list("room", minute("during__startswith"), minute("during__endswith")):
        found[room].append((opens, closes))
    return found


def _shut(first: dt.date, last: dt.date) -> Mapping[int, Sequence[Stretch]]:
    """By space: closures, and what is on hold or in treatment."""
    found: dict[int, list[Stretch]] = defaultdict(list)
    rows = Occupancy.objects.filter(
        Q(closure__isnull=False) | Q(booking__state__in=MEANWHILE), during__overlap=_wide(first, last)
    )
    for space, begins, over in rows.values_list("space", minute("during__startswith"), minute("during__endswith")):
        found[space].append((begins, over))
    return {space: sorted(stretches) for space, stretches in found.items()}


def _kept(first: dt.date, last: dt.date) -> Mapping[int, Sequence[Kept]]:
    """By space: what allocations come to. Also what was released since: that is free for a use that asks late, and not
    for one that moves there for good."""
    found: dict[int, list[Kept]] = defaultdict(list)
    rows = AllocatedRange.objects.filter(during__overlap=_wide(first, last)).order_by("space", "during")
    for space, organisation, association, begins, over in rows.values_list(
        "space", "allocation__organisation", "allocation__association", minute("during__startswith"),
        minute("during__endswith"),
    ):  # fmt: skip
        found[space].append((begins, over, holder_of(organisation, association)))
    return found


def _wide(first: dt.date, last: dt.date) -> DateTimeTZRange:
    """A day more on either side, for an evening that goes past midnight and a use that is moved by hours."""
    day = dt.timedelta(days=1)
    return DateTimeTZRange(whole_day(first - day)[0], whole_day(last + day)[1])


def distances(buildings: Collection[Building]) -> dict[tuple[int, int], float]:
    """Between each two; by the middle of its area where a house is on no map, and unknown where that is not known."""
    spots = {building.pk: spot for building in buildings if (spot := spot_of(building))}
    return {
        (one, other): metres_between(*spots[one], *spots[other]) for one, other in combinations(sorted(spots), 2)
    }  # fmt: skip
