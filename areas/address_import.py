"""The address register into streets and addresses, batch by batch; a second time it changes nothing.

In which sub-municipality an address lies is what the map says. So a street that runs through two of them is two
streets of one name, which is how people tell them apart.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched, groupby

import numpy as np
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.address_file import NotTaken, Row, RowReader
from areas.geometry import WGS84, moved
from areas.locate import Location, current_locator
from areas.models import Address, Area, AreaSet, Place
from areas.typed import plain
from kortrijk_gebied.refused_rows import Refusal
from kortrijk_gebied.tables import Line

BATCH = 2000
SOURCE = "Adressenregister, Digitaal Vlaanderen"
STREETS = (Place.Kind.STREET, Place.Kind.SQUARE)

type Key = tuple[int, str, str]
"""Street, number, box."""


@dataclass
class Counts:
    new: int = 0
    changed: int = 0
    known: int = 0
    rejected: int = 0
    gone: int = 0

    def __str__(self) -> str:
        return (
            f"new {self.new}, changed {self.changed}, already known {self.known},"
            f" rejected {self.rejected}, gone {self.gone}"
        )

    @property
    def rows(self) -> int:
        return self.new + self.changed + self.known + self.rejected


@dataclass
class Importer:
    """One file. `refused` hears of each row that cannot be taken, `advanced` of each batch."""

    refused: Callable[[Refusal], None] = lambda refusal: None
    advanced: Callable[[Counts], None] = lambda counts: None
    is_example: bool = False
    source: str = SOURCE
    counts: Counts = field(default_factory=Counts)

    @transaction.atomic
    def run(self, header: Sequence[str], lines: Iterable[Line], *, complete: bool = False) -> Counts:
        """Nothing of it shows before all is read. `complete` says that the file is the whole register: what is
        not in it, goes; what was an example too."""
        self.streets = {street_key(place): place for place in Place.objects.filter(kind__in=STREETS)}
        self.locator = current_locator()
        self.seen: set[int] = set()  # of the city, so its size does not follow that of the file
        self.touched: set[int] = set()
        reader = RowReader(header)
        for batch in batched(lines, BATCH, strict=False):
            self._take(list(self._readable(reader, batch)), dict(batch))
            self.advanced(self.counts)
        if complete:
            self._drop_the_rest()
        if not self.is_example:  # an example of a street knows better where it lies than numbers that were invented
            settle(self.touched)
        return self.counts

    def _readable(self, reader: RowReader, batch: Iterable[Line]) -> Iterator[tuple[int, Row]]:
        for line, cells in batch:
            try:
                yield line, reader.read(cells)
            except NotTaken as reason:
                self._refuse(line, cells, str(reason))

    def _refuse(self, line: int, cells: list[str], reason: str) -> None:
        self.counts.rejected += 1
        self.refused(Refusal(line, cells, reason))

    def _take(self, rows: list[tuple[int, Row]], cells: dict[int, list[str]]) -> None:
        points = degrees([row for _line, row in rows])
        today = timezone.localdate()
        locations = self.locator.locate_all((*point, today) for point in points)
        wanted: dict[Key, tuple[int, Address]] = {}
        for (line, row), point, location in zip(rows, points, locations, strict=True):
            village = sub_municipality(location)
            if village is None:
                self._refuse(line, cells[line], _("This address lies outside the municipality."))
                continue
            address = self._address(row, self._street(row, village, point), point)
            if wanted.setdefault(key_of(address), (line, address))[1] is not address:
                self._refuse(line, cells[line], _("This address stands in the file twice."))
        self._write(wanted, cells)

    def _address(self, row: Row, street: Place, point: tuple[float, float]) -> Address:
        number = row.number
        return Address(
            street=street, number=number.label, box=number.box, low=number.low, high=number.high,
            postcode=row.postcode, longitude=point[0], latitude=point[1], is_example=self.is_example,
        )  # fmt: skip

    def _street(self, row: Row, village: Area, point: tuple[float, float]) -> Place:
        """The street of that name in that village. An example of it becomes the real one, without the numbers
        that were invented for it."""
        key = (plain(row.street), village.name)
        street = self.streets.get(key)
        if street is None:
            street = self.streets[key] = Place.objects.create(
                name=row.street, locality=village.name, kind=Place.Kind.STREET, longitude=point[0],
                latitude=point[1], source=self.source, is_example=self.is_example,
            )  # fmt: skip
        elif street.is_example and not self.is_example:
            street.name, street.source, street.is_example = row.street, self.source, False
            street.save(update_fields=["name", "source", "is_example"])
            street.addresses.filter(is_example=True).delete()
        return street

    def _write(self, wanted: dict[Key, tuple[int, Address]], cells: dict[int, list[str]]) -> None:
        new, changed = [], []
        known = existing(wanted)
        for key, (line, address) in wanted.items():
            before = known.get(key)
            if before is not None and before.pk in self.seen:
                self._refuse(line, cells[line], _("This address stands in the file twice."))
            elif before is None:
                new.append(address)
            elif facts(before) != facts(address):
                address.pk = before.pk
                changed.append(address)
            else:
                self.counts.known += 1
                self.seen.add(before.pk)
        Address.objects.bulk_create(new)
        Address.objects.bulk_update(changed, ["low", "high", "postcode", "longitude", "latitude", "is_example"])
        self.seen |= {address.pk for address in (*new, *changed)}
        self.touched |= {address.street_id for address in (*new, *changed)}
        self.counts.new += len(new)
        self.counts.changed += len(changed)

    def _drop_the_rest(self) -> None:
        """Addresses that are not in the file, and then streets that came from the register and have none left. A
        street that somebody added by hand stays."""
        rows = Address.objects.order_by("pk").values_list("pk", "street_id").iterator(BATCH)
        for rest in batched((row for row in rows if row[0] not in self.seen), BATCH, strict=False):
            self.counts.gone += Address.objects.filter(pk__in=[pk for pk, _street in rest]).delete()[0]
            self.touched |= {street for _pk, street in rest}
        empty = Place.objects.filter(kind__in=STREETS, addresses=None)
        empty.filter(Q(is_example=True) | Q(source=self.source)).delete()


def key_of(address: Address) -> Key:
    return address.street_id, address.number, address.box


def facts(address: Address) -> tuple[object, ...]:
    """What may change about an address while it stays the same one."""
    return address.low, address.high, address.postcode, address.longitude, address.latitude, address.is_example


def street_key(place: Place) -> tuple[str, str]:
    return plain(place.name), place.locality


def degrees(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The points of these rows in WGS84, to a decimetre: the same row always gives the same point."""
    points = np.array([(row.x, row.y) for row in rows], dtype=float).reshape(-1, 2)
    systems = np.array([row.system for row in rows])
    for system in set(systems.tolist()) - {WGS84}:
        points[systems == system] = moved(points[systems == system], system, WGS84)
    return [(round(x, 6), round(y, 6)) for x, y in points.tolist()]


def sub_municipality(location: Location) -> Area | None:
    if location.outside:
        return None
    return next((area for area in location.areas.values() if area.set.kind == AreaSet.Kind.SUBMUNICIPALITY), None)


def existing(keys: Iterable[Key]) -> dict[Key, Address]:
    """The addresses that these keys have already, in one query, however the file is sorted."""
    columns = [list(column) for column in zip(*keys, strict=True)] or [[], [], []]
    rows = Address.objects.raw(
        "SELECT address.* FROM areas_address address JOIN unnest(%s::bigint[], %s::text[], %s::text[])"
        " AS wanted(street, number, box) ON address.street_id = wanted.street"
        " AND address.number = wanted.number AND address.box = wanted.box",
        columns,
    )
    return {key_of(address): address for address in rows}


def settle(street_ids: set[int]) -> None:
    """Lay the point of each of these streets on its door that is nearest to the middle of all."""
    rows = Address.objects.filter(street__in=street_ids).order_by("street_id", "pk")
    doors = rows.values_list("street_id", "longitude", "latitude").iterator(BATCH)
    middles: dict[int, tuple[float, float]] = {}
    for street_id, group in groupby(doors, key=lambda door: door[0]):
        points = np.array([(x, y) for _street, x, y in group])
        away = ((points - points.mean(axis=0)) ** 2).sum(axis=1)
        longitude, latitude = points[away.argmin()].tolist()
        middles[street_id] = (longitude, latitude)
    streets = list(Place.objects.filter(pk__in=middles))
    for street in streets:
        street.longitude, street.latitude = middles[street.pk]
    Place.objects.bulk_update(streets, ["longitude", "latitude"], batch_size=BATCH)
