"""Two years of one care area side by side: what came, what went, and what is said otherwise."""

import uuid
from dataclasses import dataclass

from areas.models import Area
from teams.access import Access
from teams.models import GridEntry


@dataclass(frozen=True)
class Compared:
    came: list[GridEntry]
    went: list[GridEntry]
    changed: list[tuple[GridEntry, GridEntry]]
    same: int


def compare(viewer: Access, area: Area, earlier: int, later: int) -> Compared:
    """Of what the viewer reads in both years. A line that is one's own alone since then has gone, for others."""
    there = GridEntry.objects.readable(viewer).filter(grid__area=area, grid__year__in=[earlier, later])
    rows = list(there.select_related("grid", "organisation", "need", "target_group").order_by(
        "need__position", "target_group__position", "at", "pk"
    ))  # fmt: skip
    origin = origins(area)
    before = {origin.get(row.pk, row.pk): row for row in rows if row.grid.year == earlier}
    after = {origin.get(row.pk, row.pk): row for row in rows if row.grid.year == later}
    pair(before, after)
    kept = [(before[key], after[key]) for key in before.keys() & after.keys()]
    changed = [(one, other) for one, other in kept if said(one) != said(other)]
    return Compared(
        came=[row for key, row in after.items() if key not in before],
        went=[row for key, row in before.items() if key not in after],
        changed=sorted(changed, key=lambda both: (both[1].need.position, both[1].target_group.position, both[1].pk)),
        same=len(kept) - len(changed),
    )


def origins(area: Area) -> dict[uuid.UUID, uuid.UUID]:
    """Of each line the first one that it was taken over from, through however many years."""
    pairs = GridEntry.objects.filter(grid__area=area).order_by("grid__year").values_list("pk", "copied_from")
    found: dict[uuid.UUID, uuid.UUID] = {}
    for key, earlier in pairs:
        found[key] = found.get(earlier, earlier) if earlier else key
    return found


def pair(before: dict[uuid.UUID, GridEntry], after: dict[uuid.UUID, GridEntry]) -> None:
    """What was typed again in the same words is the same line, though nobody took it over."""
    alone = {words(row): key for key, row in before.items() if key not in after}
    for key in [key for key in after if key not in before]:
        if found := alone.pop(words(after[key]), None):
            after[found] = after.pop(key)


def words(row: GridEntry) -> tuple[object, ...]:
    return (row.need_id, row.target_group_id, row.organisation_id, *said(row))


def said(row: GridEntry) -> tuple[str, str]:
    return row.kind, row.text
