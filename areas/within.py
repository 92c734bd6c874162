"""In which areas of the area work something lies that is divided otherwise: a zone of the inner city, a ward."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q, QuerySet

from areas.geometry import boundary_of, shape_of, union
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


def zones_over(areas: Collection[Area] | Collection[int]) -> QuerySet[Crosswalk, Any]:
    """Keys of what is divided otherwise and of which a part lies in one of these areas, as a question in a question."""
    return Crosswalk.objects.filter(to_area__in=areas, share__gte=A_PART).values("from_area")


def in_or_over(area: Area, name: str = "zone") -> Q:
    """Of rows with a `zone`: in an area of the area work, or in a zone of which a part lies in it."""
    return Q(**{name: area}) | Q(**{f"{name}__in": zones_over([area])})


def ground_of(area: Area) -> Q:
    """Of rows with an `area`: in it, in a former area of the same division of which it took over a part, or, of a zone
    or a ward, in the areas that it covers a part of."""
    if area.set.kind != AreaSet.Kind.WORKING:
        return Q(area__in=[area.pk, *(part.pk for part in areas_of_zone(area))])
    before = Crosswalk.objects.filter(
        from_area=area,
        share__gte=A_PART,
        to_area__set__code=area.set.code,
        to_area__set__valid_from__lt=area.set.valid_from,
    )
    return Q(area=area) | Q(area__in=before.values("to_area"))


def surface_of(areas: Collection[Area]) -> dict[str, Any] | None:
    """The surface of some areas together, as GeoJSON; of none there is none."""
    shapes = Area.objects.filter(pk__in=[area.pk for area in areas]).values_list("boundary", flat=True)
    return boundary_of(union([shape_of(shape) for shape in shapes])) if areas else None
