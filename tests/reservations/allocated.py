"""Hours that are somebody's own, for the tests."""

import datetime as dt
from typing import Any

from django.utils import timezone

from reservations.models import Allocation, Room
from reservations.seasons.giving import give
from teams.models import Organisation, User


def kept(room: Room, *, by: User, **details: Any) -> Allocation:
    """Every day from 18.00 to 22.00, from today on, for the city unless somebody else is named; not given yet."""
    today = timezone.localdate()
    if not {"association", "organisation"} & set(details):
        details["organisation"] = Organisation.objects.get(code="stad")
    return Allocation(
        room=room, created_by=by,
        **{
            "weekdays": list(range(7)), "start_time": dt.time(18), "end_time": dt.time(22), "first_on": today,
            "last_on": today + dt.timedelta(days=60), "release_days": 7, "why": "Hun vaste avond.", **details,
        },
    )  # fmt: skip


def given(room: Room, *, by: User, **details: Any) -> Allocation:
    return give(kept(room, by=by, **details), by=by)
