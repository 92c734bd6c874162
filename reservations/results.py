"""What became of the bookings that a closure hit, read from the history of each: moved where, or cancelled."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from reservations.models import Booking, BookingState, CancelledBy, Closure, Room
from reservations.models.states import LIVE
from teams.access import Access

# The closure is dated by the program, the history by the database: their clocks may differ a little.
CLOCKS_DIFFER = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Results:
    """Bookings with whether the viewer may read their words."""

    moved: list[tuple[Booking, bool]]
    asked: list[tuple[Booking, bool]]  # where it goes its keeper answers first, or said no
    cancelled: list[tuple[Booking, bool]]


def results_of(closure: Closure, viewer: Access) -> Results:
    shut = set(Room.objects.filter(spaces__in=closure.spaces.all()).values_list("pk", flat=True))
    changes: Any = Booking._meta.get_field("changes").related_model
    stood = changes.objects.filter(
        room__in=shut, state__in=LIVE, starts__lt=closure.ends, ends__gt=closure.starts,
        pgh_created_at__gte=closure.created_at - CLOCKS_DIFFER,
    )  # fmt: skip
    found = list(
        Booking.objects.filter(pk__in=stood.values("pgh_obj_id"))
        .select_related("room__building", "organisation", "association")
        .order_by("starts", "pk")
    )
    mine = set(Booking.objects.readable(viewer).filter(pk__in=[each.pk for each in found]).values_list("pk", flat=True))
    elsewhere = [(each, each.pk in mine) for each in found if each.room_id not in shut]
    waiting = (BookingState.REQUESTED, BookingState.REFUSED)
    cancelled = [
        (each, each.pk in mine)
        for each in found
        if each.state == BookingState.CANCELLED and each.cancelled_kind == CancelledBy.CLOSURE
    ]
    return Results(
        moved=[one for one in elsewhere if one[0].state in LIVE and one[0].state not in waiting],
        asked=[one for one in elsewhere if one[0].state in waiting],
        cancelled=cancelled,
    )
