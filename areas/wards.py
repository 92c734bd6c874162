"""Police wards are drawn from the table of sectors: a ward is the union of its sectors."""

from django.db import transaction

from areas.geometry import boundary_of, hectares, shape_of, union
from areas.models import Area, AreaSet


@transaction.atomic
def rebuild_wards() -> list[Area]:
    """Draw every ward again; returns those whose border changed. A ward without sectors keeps its border."""
    changed = []
    wards = Area.objects.filter(set__kind=AreaSet.Kind.WARD, set__in=AreaSet.objects.current())
    for ward in wards.select_for_update().prefetch_related("sector_rows__sector"):
        cells = [shape_of(row.sector.boundary) for row in ward.sector_rows.all()]
        if not cells:
            continue
        shape = union(cells)
        boundary = boundary_of(shape)
        if boundary != ward.boundary:
            ward.boundary, ward.hectares = boundary, hectares(shape)
            ward.save(update_fields=["boundary", "hectares"])
            changed.append(ward)
    return changed
