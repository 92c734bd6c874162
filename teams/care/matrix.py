"""The grid of one year as one reader sees it: needs down, target groups across, and where something lacks.

A gap is relative to its reader: a need was written down, and of an offer nothing was shared with them. That is
true whether or not another organisation keeps an offer to itself, so no gap is false and none betrays anything
(docs/decisions/055).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from areas.models import Area
from teams.access import Access
from teams.models import CareNeed, GridEntry, Organisation, TargetGroup

type Key = tuple[int, int]  # of a need and a target group


@dataclass
class Cell:
    need: CareNeed
    group: TargetGroup
    offers: list[GridEntry] = field(default_factory=list)
    needs: list[GridEntry] = field(default_factory=list)
    hints: list[Organisation] = field(default_factory=list)

    @property
    def is_gap(self) -> bool:
        return bool(self.needs) and not self.offers and not self.hints

    @property
    def is_empty(self) -> bool:
        return not (self.needs or self.offers or self.hints)

    @property
    def anchor(self) -> str:
        return f"cel-{self.need.pk}-{self.group.pk}"


@dataclass(frozen=True)
class Row:
    need: CareNeed
    cells: list[Cell]

    @property
    def filled(self) -> list[Cell]:
        return [cell for cell in self.cells if not cell.is_empty]


@dataclass(frozen=True)
class Asked:
    """What of the grid somebody wants to see."""

    group: int | None = None
    need: int | None = None
    gaps_only: bool = False
    shared_only: bool = False


@dataclass(frozen=True)
class Matrix:
    groups: list[TargetGroup]
    rows: list[Row]

    @property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.cells]

    @property
    def gaps(self) -> int:
        return sum(cell.is_gap for cell in self.cells)

    @property
    def is_empty(self) -> bool:
        return all(cell.is_empty for cell in self.cells)


def matrix(viewer: Access, area: Area, year: int, asked: Asked | None = None) -> Matrix:
    """In four queries, however much stands in it."""
    asked = asked or Asked()
    groups = [each for each in TargetGroup.objects.all() if asked.group in (None, each.pk)]
    needs = [each for each in CareNeed.objects.all() if asked.need in (None, each.pk)]
    cells = cells_of(viewer, [area], year, shared_only=asked.shared_only)
    rows = []
    for need in needs:
        row = Row(need, [cells.get((area.pk, need.pk, group.pk)) or Cell(need, group) for group in groups])
        if not asked.gaps_only or any(cell.is_gap for cell in row.cells):
            rows.append(row)
    return Matrix(groups, rows)


def cells_of(
    viewer: Access, areas: Iterable[Area], year: int, *, shared_only: bool = False
) -> dict[tuple[int, int, int], Cell]:
    """Every cell with something in it, by the keys of its area, need and target group."""
    there = GridEntry.objects.filter(grid__area__in=areas, grid__year=year).select_related(
        "grid", "organisation", "team", "service_point", "need", "target_group"
    )
    readable, hinted = there.readable(viewer), there.hinted(viewer, also_own=shared_only)
    found: dict[tuple[int, int, int], Cell] = {}

    def cell(entry: GridEntry) -> Cell:
        key = (entry.grid.area_id, entry.need_id, entry.target_group_id)
        return found.setdefault(key, Cell(entry.need, entry.target_group))

    for entry in readable.shared() if shared_only else readable:
        here = cell(entry)
        (here.offers if entry.kind == GridEntry.Kind.OFFER else here.needs).append(entry)
    for entry in hinted:
        here = cell(entry)
        if entry.organisation not in here.hints:
            here.hints.append(entry.organisation)
    return found


@dataclass
class Counted:
    offers: int = 0
    needs: int = 0
    gaps: int = 0


def counted(viewer: Access, areas: Iterable[Area], year: int) -> dict[int, Counted]:
    """For each care area how much the viewer reads there, and how many cells are a gap to them."""
    found: dict[int, Counted] = defaultdict(Counted)
    for (area, _need, _group), cell in cells_of(viewer, areas, year).items():
        found[area].offers += len(cell.offers)
        found[area].needs += len(cell.needs)
        found[area].gaps += cell.is_gap
    return found
