"""What the tests of the care grid begin with."""

import datetime as dt
from typing import Any

from django.utils import timezone

from areas.models import Area
from teams.models import CareGrid, CareNeed, GridEntry, TargetGroup, User
from teams.models.audience import Audience

YEAR = timezone.localdate().year


def care(code: str = "zorg-2") -> Area:
    return Area.objects.get(set__code="woonzorg8", code=code)


def line(by: User, text: str = "Soep aan huis", *, code: str = "zorg-2", year: int = YEAR, **more: Any) -> GridEntry:
    """An offer of the organisation of `by`, for everybody who works there; in the first cell, in the north."""
    grid = CareGrid.objects.get_or_create(area=care(code), year=year)[0]
    values = {
        "target_group": TargetGroup.objects.all()[0], "need": CareNeed.objects.all()[0], "kind": "offer",
        "source": "Telling van mei", "organisation": by.organisation, "audience": Audience.PARTNERS, **more,
    }  # fmt: skip
    return GridEntry.objects.create(grid=grid, text=text, by=by, **values)


def need(by: User, text: str = "Maaltijden in het weekend", **more: Any) -> GridEntry:
    return line(by, text, kind="need", **more)


def typed(**more: Any) -> dict[str, Any]:
    return {
        "key": "01890a5d-ac96-774b-bcce-b302099a8057", "target_group": TargetGroup.objects.all()[0].pk,
        "need": CareNeed.objects.all()[0].pk, "kind": "offer", "text": "Soep aan huis", "source": "Telling van mei",
        "audience": "partners", **more,
    }  # fmt: skip


def a_day(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)
