"""Things to lend in the houses of `rooms`, for tests."""

import datetime as dt
from typing import Any

from reservations.models import Equipment, Loan, Room
from teams.models import User


def thing(room: Room, quantity: int = 10, **details: Any) -> Equipment:
    """It lies in the house of that room."""
    number = Equipment.objects.count()
    building = room.building
    return Equipment.objects.create(
        **{"code": f"klaptafel-{number}", "name": f"Klaptafel {number}", **details},
        building=building, owner=building.owner, quantity=quantity,
    )  # fmt: skip


def loan(equipment: Equipment, starts: dt.datetime, hours: float = 2, *, by: User, **details: Any) -> Loan:
    """Not written."""
    return Loan(
        equipment=equipment, starts=starts, ends=starts + dt.timedelta(hours=hours),
        **{"quantity": 1, "title": "Straatfeest", "organisation": by.organisation, "created_by": by, **details},
    )  # fmt: skip


def lent(equipment: Equipment, starts: dt.datetime, hours: float = 2, *, by: User, **details: Any) -> Loan:
    """As it stands once all is decided; `state="out"` is picked up at its beginning."""
    made = loan(equipment, starts, hours, by=by, **{"state": "confirmed", **details})
    if made.state in ("out", "returned"):
        made.picked_up_at = made.starts
    made.save(force_insert=True)
    return made
