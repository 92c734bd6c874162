"""Which running signal a row joins, and whether a subject keeps coming back, as it was at the row's own time.

The rules are those of `signals.vicinity`; here they are asked thousands of times, so the answer comes from
memory: what the database holds around the days of one batch, and what the batch itself adds.
"""

import datetime as dt
import math
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from areas.distance import METRES_PER_DEGREE, metres_between
from signals.contacts import Draft
from signals.importing.rows import Row
from signals.models import Report, Signal
from signals.vicinity import JOIN_WITHIN, JOIN_WITHIN_METRES, REPEATED_WITHIN, REPEATED_WITHIN_METRES
from signals.workflow import ENDED

type Cell = tuple[int, int, int]


@dataclass
class Matter:
    """A signal as far as joining needs to know it. `draft` is None when it is in the database already."""

    signal_id: uuid.UUID
    level: int
    longitude: float
    latitude: float
    reported_at: dt.datetime
    last_reported_at: dt.datetime
    closed_at: dt.datetime | None
    surfaced_at: dt.datetime | None
    handled_here: bool = False  # a colleague had a hand in its end: a file does not change that
    draft: Draft | None = None
    joined: int = 0
    moved: bool = False  # its end is another than it was

    def takes(self, row: Row) -> bool:
        running = self.reported_at <= row.received_at and (self.closed_at is None or row.received_at < self.closed_at)
        return running and row.received_at - self.last_reported_at <= JOIN_WITHIN


class Neighbourhood:
    def __init__(self, rows: Sequence[Row]) -> None:
        self._matters: dict[Cell, list[Matter]] = defaultdict(list)
        self._reports: dict[Cell, list[tuple[float, float, dt.datetime]]] = defaultdict(list)
        placed = [row for row in rows if row.longitude is not None]
        if placed:
            self._read({row.category.pk for row in placed}, [row.received_at for row in placed])

    def matter_for(self, row: Row) -> Matter | None:
        """The nearest signal of the same subject that was running near enough; the older of two equals."""
        if row.longitude is None or row.latitude is None:
            return None
        near = [
            (metres, matter.reported_at, str(matter.signal_id), matter)
            for cell in _cells_around(row.category.pk, row.longitude, row.latitude, JOIN_WITHIN_METRES)
            for matter in self._matters.get(cell, ())
            if matter.takes(row)
            and (metres := metres_between(row.longitude, row.latitude, matter.longitude, matter.latitude))
            <= JOIN_WITHIN_METRES
        ]
        return min(near)[-1] if near else None

    def add_matter(self, category_id: int, matter: Matter) -> None:
        cell = _cell(category_id, matter.longitude, matter.latitude, JOIN_WITHIN_METRES)
        self._matters[cell].append(matter)

    def add_report(self, category_id: int, longitude: float, latitude: float, received_at: dt.datetime) -> None:
        cell = _cell(category_id, longitude, latitude, REPEATED_WITHIN_METRES)
        self._reports[cell].append((longitude, latitude, received_at))

    def times_reported(self, row: Row) -> int:
        """The same question as `vicinity.times_reported`, of memory."""
        if row.longitude is None or row.latitude is None:
            return 0
        since = row.received_at - REPEATED_WITHIN
        return sum(
            since < at <= row.received_at
            and metres_between(row.longitude, row.latitude, longitude, latitude) <= REPEATED_WITHIN_METRES
            for cell in _cells_around(row.category.pk, row.longitude, row.latitude, REPEATED_WITHIN_METRES)
            for longitude, latitude, at in self._reports.get(cell, ())
        )

    def _read(self, categories: set[int], moments: list[dt.datetime]) -> None:
        first, last = min(moments), max(moments)
        signals = Signal.objects.filter(
            Q(closed_at__isnull=True) | Q(closed_at__gt=first),
            category_id__in=categories,
            longitude__isnull=False,
            reported_at__lte=last,
            last_reported_at__gte=first - JOIN_WITHIN,
        )
        fields = (
            "category_id", "pk", "level", "longitude", "latitude", "reported_at", "last_reported_at", "closed_at",
            "surfaced_at", "closed_by_id", "status",
        )  # fmt: skip
        for category_id, pk, level, x, y, reported, latest, closed, surfaced, by, status in signals.values_list(
            *fields
        ).iterator():
            matter = Matter(pk, level, x, y, reported, latest, closed, surfaced, by is not None and status in ENDED)
            self.add_matter(category_id, matter)
        reports = Report.objects.filter(
            category_id__in=categories,
            longitude__isnull=False,
            received_at__gt=first - REPEATED_WITHIN,
            received_at__lte=last,
        )
        for category_id, x, y, at in reports.values_list(
            "category_id", "longitude", "latitude", "received_at"
        ).iterator():
            self.add_report(category_id, x or 0, y or 0, at)  # both are there: that was asked


def _cell(category_id: int, longitude: float, latitude: float, metres: float) -> Cell:
    """Squares a little wider than the distance asked about: what lies within it is in this one or beside it.

    One cosine for the whole of Flanders and more keeps the squares in line.
    """
    size = metres * 1.05 / METRES_PER_DEGREE
    return category_id, math.floor(longitude * math.cos(math.radians(51)) / size), math.floor(latitude / size)


def _cells_around(category_id: int, longitude: float, latitude: float, metres: float) -> Iterator[Cell]:
    _category, x, y = _cell(category_id, longitude, latitude, metres)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            yield category_id, x + dx, y + dy
