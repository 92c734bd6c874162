"""The coming days of an allocation: booked, still kept and until when, or free for all."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from reservations.booking import furthest_day
from reservations.models import Allocation, Booking, Frequency, Occupancy, SchoolHoliday, Series
from reservations.moments import on_clock
from reservations.placing import Placed
from reservations.seasons.ranges import days_of
from reservations.serial import TAKE, book_series
from teams.access import Access
from teams.models import User

MOST = 60


@dataclass(frozen=True)
class KeptDay:
    """`booking` is what the holder has there, for who may read it; `is_booked` that they have something."""

    on: dt.date
    released_at: dt.datetime
    is_booked: bool
    is_taken: bool  # by somebody else
    booking: Booking | None
    now: dt.datetime

    @property
    def is_released(self) -> bool:
        return self.released_at <= self.now

    @property
    def days_left(self) -> int:
        """Until everybody may have it."""
        return (on_clock(self.released_at).date() - on_clock(self.now).date()).days


def days_ahead(allocation: Allocation, viewer: Access, *, most: int = MOST) -> list[KeptDay]:
    """In four queries, whatever the number of days."""
    now = timezone.now()
    days = [day for day in days_of(allocation, SchoolHoliday.objects.all()) if day.ends > now][:most]
    if not days or not allocation.is_standing:
        return []
    there = _there(allocation, days[0].starts, days[-1].ends)
    known = Booking.objects.readable(viewer).in_bulk({pk for pk, *_rest in there})
    found = []
    for day in days:
        on_it = [
            (pk, holder) for pk, holder, starts, ends in there if starts < day.ends and day.starts < ends
        ]  # fmt: skip
        mine = [pk for pk, holder in on_it if holder == _holder(allocation)]
        found.append(
            KeptDay(
                day.on, day.released_at, bool(mine), bool(on_it) and not mine,
                next((known[pk] for pk in mine if pk in known), None), now,
            )
        )  # fmt: skip
    return found


def _holder(allocation: Allocation) -> tuple[int | None, int | None]:
    return allocation.organisation_id, allocation.association_id


def _there(allocation: Allocation, starts: dt.datetime, ends: dt.datetime) -> list[tuple]:  # type: ignore[type-arg]
    rows = Occupancy.objects.filter(
        space__rooms=allocation.room_id, booking__isnull=False, during__overlap=(starts, ends)
    ).values_list("booking", "booking__organisation", "booking__association", "booking__starts", "booking__ends")
    return [(pk, (organisation, association), begun, over) for pk, organisation, association, begun, over in rows]


def book_all(allocation: Allocation, use: Mapping[str, Any], *, by: User, viewer: Access) -> Placed:
    """Every coming day that the holder did not book yet, as one series; `use` says what for and with how many."""
    last = furthest_day()
    days = [each for each in days_ahead(allocation, viewer, most=400) if not each.is_booked and each.on <= last]
    days = [each for each in days if each.on > timezone.localdate()]
    if not days:
        raise Refused(_("Every coming day is booked already."))
    series = Series(
        id=use.get("id") or uuid7(), room=allocation.room, organisation=allocation.organisation,
        association=allocation.association, frequency=Frequency.WEEKLY, weekdays=sorted(allocation.weekdays),
        first_on=days[0].on, until=days[-1].on, start_time=allocation.start_time, end_time=allocation.end_time,
        skips_public_holidays=False, skips_school_holidays=False,
        **{name: use[name] for name in ("title", "persons", "is_shared", "layout", "features", "note") if name in use},
    )  # fmt: skip
    return book_series(series, {each.on: TAKE for each in days}, by=by, at_once=True)
