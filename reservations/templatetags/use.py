"""How much a building is used, as a block on its page."""

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone

from reservations.models import Building
from reservations.use.hours import hours_of

register = template.Library()
DAYS = 90


@register.inclusion_tag("reservations/use_block.html")
def building_use(building: Building) -> dict[str, Any]:
    """Of the last ninety days. Two queries."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    rooms = list(building.rooms.values_list("pk", flat=True))
    hours = hours_of(rooms, yesterday - dt.timedelta(days=DAYS - 1), yesterday).all
    return {"building": building, "hours": hours, "days": DAYS}
