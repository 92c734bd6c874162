"""In which areas of the area work something lies that is divided otherwise: a zone of the inner city, a ward."""

from collections.abc import Iterable

from areas.models import Area, AreaSet, Crosswalk
from areas.succession import A_PART


def areas_of_zone(zone: Area) -> list[Area]:
    """The areas of the working set of today that a zone covers a part of, the largest part first."""
    return working_areas([zone])


def working_areas(zones: Iterable[Area]) -> list[Area]:
    """Those of all zones together, each once and in the order of the zones; in two queries, whatever their number.
    Without borders: they are long, and only the names are asked for."""
    zones = list(zones)
    working = AreaSet.objects.current().filter(kind=AreaSet.Kind.WORKING).values_list("pk", flat=True)
    sets = list(working) if zones else []
    others = {area.pk for area in zones if area.set_id not in sets}
    rows = (
        Crosswalk.objects.filter(from_area__in=others, to_set__in=sets, share__gte=A_PART)
        .exclude(to_area=None)
        .order_by("-share", "to_area__position", "to_area")
        .select_related("to_area")
        .defer("to_area__boundary")
    )
    parts: dict[int, list[Area]] = {}
    for row in rows:
        if row.to_area:
            parts.setdefault(row.from_area_id, []).append(row.to_area)
    found = [area for zone in zones for area in (parts.get(zone.pk, []) if zone.pk in others else [zone])]
    return list({area.pk: area for area in found}.values())
