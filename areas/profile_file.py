"""The rows of an export of Provincies in Cijfers: which column holds what, and what one row says. Described in
docs/profielcijfers.md."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from areas.address_file import NotTaken, bare
from areas.models.profile import FIRST_YEAR
from kortrijk_gebied.tables import Unreadable

# Names as they are without capitals, spaces and signs. Of several that a file has, the first counts.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("gebiedcode", "gebied", "code", "geoitem", "gebiedscode"),
    "year": ("jaar", "periode", "period"),
    "topic": ("onderwerp", "thema"),
    "indicator": ("indicator", "naamindicator"),
    "target_group": ("doelgroep", "dimensie"),
    "unit": ("eenheid",),
    "value": ("waarde", "value"),
    "source": ("bron",),
}
REQUIRED = ("code", "year", "indicator", "value", "source")
LONGEST = {"topic": 80, "indicator": 160, "target_group": 80, "unit": 40, "source": 200}
# 12,5 and 1.234,5 and 1234: a point only ever parts thousands, so 0.125 is no number here.
NUMBER = re.compile(r"-?(?:\d+|[1-9]\d{0,2}([. \u00a0\u202f])\d{3}(?:\1\d{3})*)(?:,\d{1,4})?")
LARGEST = Decimal(10) ** 10
# 12.345 percent is of a file with points for its decimals, and not twelve thousand.
PERCENT = {"%", "procent", "percent"}
# What is left of a sign that was written in another encoding, and what nobody types.
NOT_A_SIGN = re.compile(r"[\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Row:
    code: str
    topic: str
    indicator: str
    target_group: str
    year: int
    value: Decimal
    unit: str
    source: str

    @property
    def what(self) -> tuple[str, str, str, int]:
        return self.topic, self.indicator, self.target_group, self.year


class RowReader:
    def __init__(self, header: Sequence[str]) -> None:
        self.at, self.width = positions(header), len(header)

    def read(self, cells: Sequence[str]) -> Row:
        """Raises NotTaken."""
        if len(cells) != self.width:
            words = _("The row has %(count)s columns, the header has %(width)s.")
            raise NotTaken(words % {"count": len(cells), "width": self.width})
        if any(NOT_A_SIGN.search(cell) for cell in cells):
            raise NotTaken(_("There are signs in it that cannot be read. Save the file as CSV in UTF-8."))
        texts = {name: self._words(cells, name) for name in LONGEST}
        if not texts["indicator"] or not texts["source"]:
            raise NotTaken(_("The indicator or the source is missing."))
        texts["topic"] = texts["topic"] or _("Other")
        return Row(
            code=self._cell(cells, "code"), year=self._year(cells), value=self._value(cells, texts["unit"]), **texts
        )

    def _cell(self, cells: Sequence[str], field: str) -> str:
        return cells[self.at[field]].strip() if field in self.at else ""

    def _words(self, cells: Sequence[str], field: str) -> str:
        words = " ".join(self._cell(cells, field).split())
        if len(words) > LONGEST[field]:
            raise NotTaken(_("“%(text)s…” is too long.") % {"text": words[:40]})
        return words

    def _year(self, cells: Sequence[str]) -> int:
        text, last = self._cell(cells, "year"), timezone.localdate().year
        if not re.fullmatch(r"\d{4}", text) or not FIRST_YEAR <= int(text) <= last:
            words = _("“%(text)s” is not a year from %(first)s up to %(last)s.")
            raise NotTaken(words % {"text": text[:20], "first": FIRST_YEAR, "last": last})
        return int(text)

    def _value(self, cells: Sequence[str], unit: str) -> Decimal:
        text = self._cell(cells, "value")
        found = NUMBER.fullmatch(text)
        if not found:
            raise NotTaken(_("“%(text)s” is not a number such as 1.234,5.") % {"text": text[:20]})
        value = Decimal(re.sub(r"[. \u00a0\u202f]", "", text).replace(",", "."))
        if abs(value) >= LARGEST:
            raise NotTaken(_("“%(text)s” is too large.") % {"text": text[:20]})
        if unit.casefold() in PERCENT and found[1]:
            raise NotTaken(_("“%(text)s” percent cannot be: write decimals with a comma.") % {"text": text[:20]})
        return value


def positions(header: Sequence[str]) -> dict[str, int]:
    """In which column each field stands. Raises Unreadable when one is missing that a row cannot do without."""
    if len(header) == 1:
        raise Unreadable(_("This file has one column. Save it as CSV, parted by semicolons, and give that."))
    names = {bare(name): column for column, name in reversed(list(enumerate(header)))}
    at = {}
    for field, known in COLUMNS.items():
        column = next((names[name] for name in known if name in names), None)
        if column is not None:
            at[field] = column
    if missing := [field for field in REQUIRED if field not in at]:
        titles = {
            "code": "Gebied (code)",
            "year": "Jaar",
            "indicator": "Indicator",
            "value": "Waarde",
            "source": "Bron",
        }
        raise Unreadable(
            _("These are no profile figures: there is no column %(columns)s.")
            % {"columns": ", ".join(f"“{titles[field]}”" for field in missing)}
        )
    return at
