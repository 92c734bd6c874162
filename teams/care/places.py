"""Care areas and the areas of the city in each of them; points that serve an area."""

import datetime as dt

from django.utils import timezone

from areas.models import Area, AreaSet, Crosswalk
from areas.models.sets import SetKind
from teams.access import Access
from teams.models import ServicePoint
from teams.models.care import WORTH_SAYING, care_areas


def care_areas_of_today(viewer: Access) -> list[Area]:
    return list(care_areas(viewer).current().defer("boundary").select_related("set"))


def parts_of(areas: list[Area]) -> dict[int, list[Crosswalk]]:
    """Which of the areas of the area work lie in each care area, the largest part first."""
    rows = Crosswalk.objects.filter(
        from_area__in=areas, to_area__isnull=False, share__gte=WORTH_SAYING,
        to_set__in=AreaSet.objects.current().filter(kind=SetKind.WORKING),
    ).select_related("to_area").defer("to_area__boundary").order_by("-share", "pk")  # fmt: skip
    found: dict[int, list[Crosswalk]] = {area.pk: [] for area in areas}
    for row in rows:
        found[row.from_area_id].append(row)
    return found


def care_areas_around(viewer: Access, area: Area) -> list[Area]:
    """The care areas of today in which an area lies; of a care area itself that one."""
    around = Crosswalk.objects.filter(from_area=area, share__gte=WORTH_SAYING).values("to_area")
    here = care_areas(viewer).current().defer("boundary")
    return list(here.filter(pk__in=around) | here.filter(pk=area.pk))


def points_of(area: Area, day: dt.date | None = None) -> list[ServicePoint]:
    day = day or timezone.localdate()
    return list(ServicePoint.objects.within([area.pk], day).with_places(day))
