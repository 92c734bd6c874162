"""What lay in a division that was replaced, counted for the areas that came after: so a figure can be compared over
the change."""

from collections import defaultdict
from collections.abc import Sequence

from areas.models import Area, Crosswalk
from areas.succession import A_PART
from kortrijk_gebied.indicators import Past


def past_of(areas: Sequence[Area]) -> Past:
    """By surface, as nothing tells where in a former area something closed lay. In one query."""
    shares: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for area in areas:
        shares[area.pk].append((area.pk, 1.0))
    if areas:
        today = areas[0].set
        rows = Crosswalk.objects.filter(
            to_set=today, to_area__in=areas, share__gte=A_PART,
            from_area__set__code=today.code, from_area__set__valid_from__lt=today.valid_from,
        )  # fmt: skip
        for old, new, share in rows.values_list("from_area", "to_area", "share"):
            shares[old].append((new or 0, float(share)))
    return Past(areas, dict(shares))
