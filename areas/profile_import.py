"""Profile figures from a file. A row that cannot be taken is told of with its line and its reason; the others are
kept. A second time it changes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import IO

from django.db import connection, transaction
from django.utils.translation import gettext as _

from areas.address_file import NotTaken
from areas.models import Area, AreaSet, Crosswalk, ProfileFigure
from areas.profile_file import Row, RowReader
from areas.succession import A_PART
from kortrijk_gebied.refused_rows import Refusal
from kortrijk_gebied.tables import Line, Unreadable, opened

# The number of the municipality, which stands for all of it.
CITY = "34022"
# What may be added up over sectors.
COUNTS = {"aantal", "aantallen", "personen", "inwoners", "huishoudens", "woningen"}

type Key = tuple[int | None, str, str, str, int]


@dataclass
class Report:
    added: int = 0
    changed: int = 0
    same: int = 0
    refused: list[Refusal] = field(default_factory=list)

    def __str__(self) -> str:
        return f"added {self.added}, changed {self.changed}, the same {self.same}, refused {len(self.refused)}"


def read(file: IO[bytes]) -> Report:
    """Raises Unreadable when it is no such file at all."""
    start = file.read(2)
    file.seek(0)
    if start == b"PK":
        raise Unreadable(_("This is a spreadsheet. Save it as CSV, parted by semicolons, and give that."))
    with opened(file) as table:
        return Importer().run(table.header, table.rows)


class Importer:
    def __init__(self) -> None:
        self.report = Report()
        current = Area.objects.current().select_related("set").defer("boundary").order_by("-set__position")
        # Codes are unique per set alone: the set that comes first in the lists wins, as in addresses.
        self.areas = {area.code: area for area in current}
        self.wanted: dict[Key, tuple[Line, Row]] = {}
        self.of_sectors: dict[tuple[str, str, str, int], dict[int, tuple[Line, Row]]] = defaultdict(dict)

    @transaction.atomic
    def run(self, header: Sequence[str], lines: Iterable[Line]) -> Report:
        reader = RowReader(header)
        for line in lines:
            try:
                self._take(line, reader.read(line[1]))
            except NotTaken as reason:
                self._refuse(line, str(reason))
        self._add_up()
        self._write()
        self.report.refused.sort(key=lambda refusal: refusal.line)
        return self.report

    def _refuse(self, line: Line, reason: str) -> None:
        self.report.refused.append(Refusal(line[0], line[1], reason))

    def _take(self, line: Line, row: Row) -> None:
        area = self.areas.get(row.code) or self.areas.get(row.code.casefold())
        if area is None and row.code != CITY:
            raise NotTaken(_("No area of today has the code “%(code)s”.") % {"code": row.code[:40]})
        if area and area.set.kind == AreaSet.Kind.SECTOR:
            self._take_sector(line, row, area)
            return
        if self.wanted.setdefault((area.pk if area else None, *row.what), (line, row))[1] is not row:
            raise NotTaken(_("This figure stands in the file twice: the first one counts."))

    def _take_sector(self, line: Line, row: Row, sector: Area) -> None:
        if row.unit.casefold() not in COUNTS:
            words = _("Of a statistical sector counts alone are taken: %(unit)s cannot be added up.")
            raise NotTaken(words % {"unit": row.unit or "–"})
        if self.of_sectors[row.what].setdefault(sector.pk, (line, row))[1] is not row:
            raise NotTaken(_("This figure stands in the file twice: the first one counts."))

    def _add_up(self) -> None:
        """Sectors to the areas they lie in, by surface; an area of which a sector is missing gets no figure."""
        if not self.of_sectors:
            return
        parts: dict[int, dict[int, Decimal]] = defaultdict(dict)
        rows = Crosswalk.objects.filter(
            from_area__set__kind=AreaSet.Kind.SECTOR, from_area__set__in=AreaSet.objects.current(),
            to_area__set__in=AreaSet.objects.current().filter(kind=AreaSet.Kind.WORKING), share__gte=A_PART,
        )  # fmt: skip
        for sector, area, share in rows.values_list("from_area", "to_area", "share"):
            parts[area or 0][sector] = share
        for what, sectors in self.of_sectors.items():
            used: set[int] = set()
            for area, shares in parts.items():
                if shares.keys() <= sectors.keys():
                    used |= shares.keys()
                    self._sum(area, what, {pk: sectors[pk] for pk in shares}, shares)
            for pk in sectors.keys() - used:
                self._refuse(sectors[pk][0], _("Not all sectors of its area stand in the file for this figure."))

    def _sum(
        self, area: int, what: tuple[str, str, str, int], sectors: dict[int, tuple[Line, Row]],
        shares: dict[int, Decimal],
    ) -> None:  # fmt: skip
        line, row = next(iter(sectors.values()))
        if (area, *what) in self.wanted:  # the file gives the area itself: that is better
            return
        value = sum((each.value * shares[pk] for pk, (_line, each) in sectors.items()), Decimal(0))
        whole = value.quantize(Decimal(1))
        source = _("%(source)s, added up from sectors") % {"source": row.source}
        summed = Row(row.code, *what, whole, row.unit, source[:200])
        self.wanted[(area, *what)] = (line, summed)

    def _write(self) -> None:
        with connection.cursor() as cursor:  # of two files at once the second sees what the first wrote
            cursor.execute("LOCK TABLE areas_profilefigure IN SHARE ROW EXCLUSIVE MODE")
        known = {
            (figure.area_id, figure.topic, figure.indicator, figure.target_group, figure.year): figure
            for figure in ProfileFigure.objects.filter(year__in={row.year for _line, row in self.wanted.values()})
        }
        new, changed = [], []
        for key, (_line, row) in self.wanted.items():
            figure = known.get(key)
            if figure is None:
                area, topic, indicator, target_group, year = key
                new.append(
                    ProfileFigure(area_id=area, topic=topic, indicator=indicator, target_group=target_group, year=year,
                                  value=row.value, unit=row.unit, source=row.source)
                )  # fmt: skip
            elif (figure.value, figure.unit, figure.source) != (row.value, row.unit, row.source):
                figure.value, figure.unit, figure.source = row.value, row.unit, row.source
                changed.append(figure)
        ProfileFigure.objects.bulk_create(new)
        ProfileFigure.objects.bulk_update(changed, ["value", "unit", "source"])
        self.report.added, self.report.changed = len(new), len(changed)
        self.report.same = len(self.wanted) - len(new) - len(changed)
