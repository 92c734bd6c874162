"""Police wards are drawn from the table of sectors: a ward is the union of its sectors."""

from django.db import transaction

from areas.geometry import boundary_of, hectares, shape_of, union
from areas.models import Area, AreaSet, SectorWard
from areas.succession import parts, successors


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


@transaction.atomic
def follow(former: AreaSet, area_set: AreaSet) -> None:
    """Take the table of sectors along to new wards, or to new sectors."""
    if area_set.kind == AreaSet.Kind.WARD:
        became = successors(former, area_set)
        for row in SectorWard.objects.filter(ward__set=former).select_related("sector__set"):
            lies_in = [pk for pk in parts(row.sector.set, area_set)[row.sector_id] if pk in became[row.ward_id]]
            row.ward_id = (lies_in or became[row.ward_id])[0]
            row.save(update_fields=["ward"])
    if area_set.kind == AreaSet.Kind.SECTOR:
        ward_of = dict(SectorWard.objects.filter(sector__set=former).values_list("sector", "ward"))
        for sector, olds in parts(area_set, former).items():
            if ward := next((ward_of[old] for old in olds if old in ward_of), None):
                SectorWard.objects.get_or_create(sector_id=sector, defaults={"ward_id": ward})
        SectorWard.objects.filter(sector__set=former).delete()
