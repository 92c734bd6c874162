"""Hours that are somebody's own in what closes: they look for a place too. Nobody says for how many people they are, so
they are not placed again but counted, for who has to agree on another room with their holder."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from reservations.consolidation.reading import SURE
from reservations.models import AllocatedRange, Allocation, Occupancy
from reservations.moments import whole_day
from reservations.seasons.words import when_in_words

type Row = tuple[str, int, int]
"""Of an allocation its key, how many of its days are in the period, and on how many of them nothing is booked."""


def seeking(closing: Collection[int], first: dt.date, last: dt.date) -> list[Row]:
    """In one question; what is booked in it by its holder stands among the bookings already."""
    holders = Q(booking__organisation=OuterRef("allocation__organisation")) | Q(
        booking__association=OuterRef("allocation__association")
    )
    booked = Occupancy.objects.filter(
        holders, space=OuterRef("space"), during__overlap=OuterRef("during"), booking__state__in=SURE
    )
    rows = AllocatedRange.objects.filter(
        allocation__room__building__in=closing,
        during__startswith__gte=whole_day(first)[0],
        during__startswith__lt=whole_day(last)[1],
    )
    used: dict[str, dict[dt.datetime, bool]] = defaultdict(dict)
    for pk, during, is_booked in rows.annotate(is_booked=Exists(booked)).values_list(
        "allocation", "during", "is_booked"
    ):
        used[str(pk)][during.lower] = used[str(pk)].get(during.lower, False) or is_booked
    return [(pk, len(days), sum(not is_booked for is_booked in days.values())) for pk, days in used.items()]


@dataclass(frozen=True)
class Hours:
    """That hours are somebody's own everybody may read; never what they do there."""

    allocation: Allocation
    days: int
    unused: int

    @property
    def when(self) -> str:
        return when_in_words(self.allocation)


def hours_shown(rows: Iterable[Any]) -> list[Hours]:
    """Of what was found, the most days without a booking first: the bookings have a place already, or are listed for
    want of one. What was withdrawn since looks for nothing any more."""
    found = {pk: (days, unused) for pk, days, unused in rows}
    standing = Allocation.objects.standing().with_words().filter(pk__in=found)
    shown = [Hours(each, *found[str(each.pk)]) for each in standing]
    return sorted(
        shown, key=lambda each: (-each.unused, -each.days, str(each.allocation.room), str(each.allocation.pk))
    )
