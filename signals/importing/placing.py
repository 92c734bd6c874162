"""Where the rows of a file lie, many at once; without coordinates by the sub-municipality, if that is enough."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from areas.geometry import shape_of
from areas.locate import Location, current_locator
from areas.models import Area, AreaSet
from signals.contacts import WORKING_SET
from signals.importing.rows import Row


class Placer:
    def __init__(self) -> None:
        self.locator = current_locator()
        self.localities = _localities()

    def place(self, rows: Iterable[Row]) -> Iterator[tuple[Row, str]]:
        """Give each row its location. Yields the rows that do not lie in the city, with the reason."""
        placed = []
        for row in rows:
            if row.longitude is None or row.latitude is None:
                row.location = self.localities.get(row.locality.casefold())
            else:
                placed.append((row, (row.longitude, row.latitude, timezone.localdate(row.received_at))))
        found = self.locator.locate_all(spot for _row, spot in placed)
        outside = []
        for (row, spot), location in zip(placed, found, strict=True):
            row.location = location
            if location.outside:
                outside.append((row, spot))
        turned = self.locator.locate_all((y, x, on) for _row, (x, y, on) in outside)
        for (row, _spot), location in zip(outside, turned, strict=True):
            yield row, _outside() if location.outside else _swapped()


def _outside() -> str:
    return _("The place lies outside the city.")


def _swapped() -> str:
    return _("Latitude and longitude are swapped: the other way round the place lies in the city.")


def _localities() -> dict[str, Location]:
    """For each sub-municipality what is certain about a place in it: the area of the 17 only where it
    holds no more than one, so not in Kortrijk or Heule."""
    today = timezone.localdate()
    locator = current_locator()
    areas = list(Area.objects.current().in_set(WORKING_SET))
    centres = [shape_of(area.boundary).representative_point() for area in areas]
    holds: dict[int, list[Area]] = defaultdict(list)
    for area, location in zip(areas, locator.locate_all((c.x, c.y, today) for c in centres), strict=True):
        for found in location.areas.values():
            holds[found.pk].append(area)
    certain = {}
    for locality in Area.objects.current().filter(set__kind=AreaSet.Kind.SUBMUNICIPALITY).select_related("set"):
        inside = holds[locality.pk]
        known = {WORKING_SET: inside[0]} if len(inside) == 1 else {}
        certain[locality.name.casefold()] = Location(outside=False, areas={locality.set.code: locality, **known})
    return certain
