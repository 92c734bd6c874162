"""What a typed place, a chosen one or a point on the map amounts to."""

import datetime as dt
from dataclasses import dataclass, field

from areas.locate import Location, locate
from areas.models import Area
from areas.search import Match, find, name_at
from areas.typed import plain
from signals.contacts import WORKING_SET
from signals.models.corrected import Spot

NONE_OF_THEM = "none"

type Point = tuple[float, float]
"""Longitude, latitude."""


@dataclass(frozen=True)
class Whereabouts:
    """`candidates` are places the words may mean; `asks` when one of them has to be chosen."""

    text: str = ""
    match: Match | None = None
    point: Point | None = None
    location: Location | None = None
    candidates: list[Match] = field(default_factory=list)
    asks: bool = False
    is_none_of_them: bool = False
    elsewhere: str = ""  # another municipality that the words name

    @property
    def label(self) -> str:
        return self.match.label if self.match else self.text

    @property
    def area(self) -> Area | None:
        return self.location.area(WORKING_SET) if self.location and not self.location.outside else None

    @property
    def is_outside(self) -> bool:
        return self.location is not None and self.location.outside

    @property
    def is_elsewhere(self) -> bool:
        """They name another municipality, and no place of ours was chosen."""
        return bool(self.elsewhere) and self.point is None

    @property
    def is_certain(self) -> bool:
        return self.point is not None or self.is_none_of_them or not self.asks


def whereabouts(text: str, *, on: dt.date, chosen: str = "", point: Point | None = None) -> Whereabouts:
    """A point given counts before words; `chosen` is the key of a candidate, or NONE_OF_THEM."""
    text = " ".join(text.split())
    if point:
        return Whereabouts(text or name_at(*point), None, point, locate(*point, on=on))
    found = find(text)
    asks = bool(found.matches) and not found.certain
    picked = found.chosen(chosen) or (found.matches[0] if found.certain else None)
    if picked is None:
        is_none = chosen == NONE_OF_THEM
        return Whereabouts(
            text, candidates=found.matches, asks=asks, is_none_of_them=is_none, elsewhere=found.elsewhere
        )
    here = locate(*picked.point, on=on)
    name = picked.label if found.elsewhere else named(text, picked)  # it is ours: without the other municipality
    return Whereabouts(name, picked, picked.point, here, found.matches, asks, elsewhere=found.elsewhere)


def spot_of(where: Whereabouts, area: Area | None) -> Spot:
    """Where a signal then lies; without a point on the map, in the area that somebody chose."""
    longitude, latitude = where.point or (None, None)
    if where.location is not None and not where.location.outside:
        found, ids = where.location.area(WORKING_SET), tuple(where.location.ids)
    else:
        found, ids = area, (area.pk,) if area else ()
    return Spot(where.text, longitude, latitude, found.pk if found else None, ids)


def named(text: str, match: Match) -> str:
    """The words as typed when they hold the name; else the name as it is written, with the number."""
    return text if plain(match.place.name) in plain(text) else match.label
