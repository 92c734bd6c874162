"""Flags as tests make them: of the area team of Overleie, that begins a day ago."""

import datetime as dt
from typing import Any

from django.utils import timezone

from teams.models import AreaFlag, Team
from tests.cast import Cast, area


def flag_of(cast: Cast, *, days: int = 30, where: str = "Overleie", **changes: Any) -> AreaFlag:
    """To be looked at again in so many days; fewer than none are gone by."""
    today = timezone.localdate()
    told: dict[str, Any] = {
        "kind": "attention", "place": "Overleiestraat", "reason": "Elke vrijdagavond lawaai.", "source": "residents",
        "starts": today - dt.timedelta(days=100), "review_on": today + dt.timedelta(days=days),
        "team": Team.objects.get(code="gebiedsteam-overleie-pius-x"), "by": cast["gebiedswerker"], **changes,
    }  # fmt: skip
    flag = AreaFlag(**told)
    flag.lie_in([area(where)])
    return flag
