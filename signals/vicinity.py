"""What was reported near a spot: for joining, and for noticing that something keeps coming back."""

import datetime as dt

from areas.distance import box_around, metres_between
from signals.levels import Level
from signals.models.categories import Category
from signals.models.events import EventKind
from signals.models.reports import Report
from signals.models.signals import Signal
from signals.workflow import SignalStatus
from teams.access import Access

JOIN_WITHIN_METRES = 50
JOIN_WITHIN = dt.timedelta(days=14)
REPEATED_WITHIN_METRES = 100
REPEATED_WITHIN = dt.timedelta(days=30)
REPEATED_TIMES = 3


def signals_nearby(
    viewer: Access, *, longitude: float, latitude: float, category_id: int | None = None, metres: float = 100
) -> list[tuple[Signal, int]]:
    """Open signals the viewer may read, nearest first, each with its distance in metres. At most five."""
    found = Signal.objects.readable(viewer).open().filter(box_around(longitude, latitude, metres))
    if category_id:
        found = found.filter(category_id=category_id)
    near = []
    for signal in found.select_related("category")[:200]:
        if signal.longitude is not None and signal.latitude is not None:
            near.append((signal, metres_between(longitude, latitude, signal.longitude, signal.latitude)))
    return [(signal, round(m)) for signal, m in sorted(near, key=lambda pair: pair[1]) if m <= metres][:5]


def known_to_everybody(
    longitude: float, latitude: float, *, category: Category, metres: float = 100
) -> list[tuple[Signal, int]]:
    """Open signals about a subject that everybody may follow, nearest first, at most three. Who reports sees of them
    what, how far and since when; that they run is no secret of anybody."""
    if not category.public:
        return []
    found = Signal.objects.open().exclude(status=SignalStatus.NEW)  # of which nobody knows yet what it is
    found = found.filter(box_around(longitude, latitude, metres), level=Level.OPEN, category=category)
    near = []
    for signal in found.select_related("category").order_by("-reported_at")[:200]:
        if signal.longitude is not None and signal.latitude is not None:
            near.append((signal, metres_between(longitude, latitude, signal.longitude, signal.latitude)))
    return [(signal, round(m)) for signal, m in sorted(near, key=lambda pair: pair[1]) if m <= metres][:3]


def notice_repetition(
    signal: Signal, *, category_id: int, longitude: float | None, latitude: float | None, until: dt.datetime
) -> None:  # fmt: skip
    """The third report of a subject around a spot in a month lifts its signal to the area inbox."""
    if signal.surfaced_at or not signal.is_open or longitude is None or latitude is None:
        return
    count = times_reported(
        category_id=category_id, longitude=longitude, latitude=latitude, until=until, level=signal.level
    )
    if count >= REPEATED_TIMES:
        signal.surface("repeated")
        signal.record(EventKind.REPEATED, by=None, count=count)


def times_reported(
    *, category_id: int, longitude: float, latitude: float, until: dt.datetime, level: int = Level.OPEN
) -> int:
    """How many reports of a category there were around a spot in the thirty days up to `until`; of matter no
    more secret than `level`, for the number is told to who reads that."""
    spots = Report.objects.filter(
        box_around(longitude, latitude, REPEATED_WITHIN_METRES),
        category_id=category_id,
        signal__level__lte=level,
        received_at__gt=until - REPEATED_WITHIN,
        received_at__lte=until,
    ).values_list("longitude", "latitude")
    return sum(
        metres_between(longitude, latitude, x, y) <= REPEATED_WITHIN_METRES
        for x, y in spots
        if x is not None and y is not None
    )
