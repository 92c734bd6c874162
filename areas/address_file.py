"""The rows of an address register: which column holds what, and what one row says.

The register is published in several forms; their columns are known by name. Coordinates are Lambert 72,
Lambert 2008 or degrees: in Belgium the three have no value in common, so each pair says itself which it is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from areas.geometry import LAMBERT_72, LAMBERT_2008, WGS84
from areas.typed import HouseNumber, house_number
from kortrijk_gebied.tables import Unreadable

# Names as they are without capitals, spaces and signs. Of several that a file has, the first counts.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "street": ("straatnaam", "straatnm", "straat", "streetnamenl", "straatnaamnl"),
    "number": ("huisnummer", "huisnr", "housenumber", "hnrlabel"),
    "box": ("busnummer", "busnr", "boxnumber", "bus"),
    "postcode": ("postcode", "postinfo", "pkancode", "postkode"),
    "municipality": ("gemeente", "gemeentenaam", "gemeentenm", "municipalitynamenl"),
    "status": ("status", "adresstatus", "statusid"),
    "x": ("x", "xlambert72", "lambert72x", "epsg31370x", "xcoord", "xcoordinaat", "xlambert2008", "lambert2008x",
          "epsg3812x", "lengtegraad", "epsg4326lon", "longitude", "lon"),
    "y": ("y", "ylambert72", "lambert72y", "epsg31370y", "ycoord", "ycoordinaat", "ylambert2008", "lambert2008y",
          "epsg3812y", "breedtegraad", "epsg4326lat", "latitude", "lat"),
}  # fmt: skip
REQUIRED = ("street", "number", "x", "y")
# What each system gives anywhere in Belgium: lowest and highest x, lowest and highest y.
REACH = {
    LAMBERT_72: (20_000, 300_000, 20_000, 250_000),
    LAMBERT_2008: (510_000, 800_000, 510_000, 760_000),
    WGS84: (2.3, 6.5, 49.4, 51.6),
}
NOT_USED = {"gehistoreerd", "afgekeurd", "retired", "rejected", "nietgerealiseerd"}
LONGEST_NAME, LONGEST_NUMBER = 120, 16


class NotTaken(Exception):
    """Why a row is refused, as a sentence."""


@dataclass(frozen=True)
class Row:
    street: str
    number: HouseNumber
    postcode: str
    x: float
    y: float
    system: int


class RowReader:
    def __init__(self, header: Sequence[str]) -> None:
        self.at = positions(header)
        self.width = len(header)

    def read(self, cells: Sequence[str]) -> Row:
        """Raises NotTaken."""
        if len(cells) != self.width:
            raise NotTaken(
                _("The row has %(count)s columns, the header has %(width)s.")
                % {"count": len(cells), "width": self.width}
            )
        street = " ".join(self._cell(cells, "street").split())
        if not street or len(street) > LONGEST_NAME:
            raise NotTaken(_("The street is missing, or its name is too long."))
        if bare(self._cell(cells, "status")) in NOT_USED:
            raise NotTaken(_("This address is not in use any more."))
        return Row(street, self._number(cells), self._cell(cells, "postcode")[:10], *self._spot(cells))

    def _cell(self, cells: Sequence[str], field: str) -> str:
        return cells[self.at[field]].strip() if field in self.at else ""

    def _number(self, cells: Sequence[str]) -> HouseNumber:
        text, box = self._cell(cells, "number"), self._cell(cells, "box")
        number = house_number(text, box)
        if number is None or max(len(number.label), len(number.box)) > LONGEST_NUMBER:
            raise NotTaken(_("“%(text)s” is not a house number.") % {"text": f"{text} {box}".strip()})
        return number

    def _spot(self, cells: Sequence[str]) -> tuple[float, float, int]:
        try:
            x, y = (float(self._cell(cells, axis).replace(",", ".")) for axis in "xy")
        except ValueError:
            raise NotTaken(_("The coordinates are missing, or are no numbers.")) from None
        for system, (west, east, south, north) in REACH.items():
            if west <= x <= east and south <= y <= north:
                return x, y, system
        raise NotTaken(_("These coordinates lie nowhere in Belgium."))


def positions(header: Sequence[str]) -> dict[str, int]:
    """In which column each field stands. Raises Unreadable when one is missing that a row cannot do without."""
    names = {bare(name): column for column, name in reversed(list(enumerate(header)))}
    at = {}
    for field, known in COLUMNS.items():
        column = next((names[name] for name in known if name in names), None)
        if column is not None:
            at[field] = column
    if missing := [field for field in REQUIRED if field not in at]:
        raise Unreadable(
            _("This is not an address register: there is no column %(columns)s.")
            % {"columns": ", ".join(f"“{COLUMNS[field][0]}”" for field in missing)}
        )
    return at


def bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())
