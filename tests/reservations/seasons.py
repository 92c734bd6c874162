"""A season in which something is asked, for the tests."""

import datetime as dt
from typing import Any

from django.utils import timezone

from reservations.models import Association, Building, Season, SeasonRequest
from teams.models import User

FIRST = timezone.localdate() + dt.timedelta(days=40)


def season(*buildings: Building, **details: Any) -> Season:
    today = timezone.localdate()
    found: Season = Season.objects.create(
        **{
            "name": "Voorjaar", "starts": FIRST, "ends": FIRST + dt.timedelta(days=90),
            "requests_until": today + dt.timedelta(days=20), "lot": 4711, "skips_school_holidays": False, **details,
        }
    )  # fmt: skip
    found.buildings.set(buildings)
    return found


def association(name: str) -> Association:
    return Association.objects.get_or_create(name=name, defaults={"is_example": True})[0]


def asked(of: Season, *, by: User, holder: str = "", **details: Any) -> SeasonRequest:
    """On a Tuesday from 19.00 to 20.30, for 20 people; of the organisation of `by`, or an association."""
    whose = {"association": association(holder)} if holder else {"organisation": by.organisation}
    return SeasonRequest.objects.create(
        season=of, created_by=by,
        **{
            "title": "Training", "persons": 20, "weekdays": [1], "start_time": dt.time(19), "end_time": dt.time(20, 30),
            **whose, **details,
        },
    )  # fmt: skip
