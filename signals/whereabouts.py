"""What a typed place, a chosen one or a point on the map amounts to."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field

from django.db.models import F, TextField, Value

from areas.locate import Location, locate
from areas.models import Area, Place
from signals.intake import WORKING_SET
from signals.vicinity import box_around, metres_between

SUGGESTIONS = 6
# A street and the neighbourhood named after it: one place for who types its name.
SAME_SPOT_METRES = 400
NEARBY_METRES = 300
NONE_OF_THEM = "none"

type Point = tuple[float, float]
"""Longitude, latitude."""


@dataclass(frozen=True)
class Whereabouts:
    """`candidates` are places the words may mean; `asks` when one of them has to be chosen."""

    text: str = ""
    place: Place | None = None
    point: Point | None = None
    location: Location | None = None
    candidates: list[Place] = field(default_factory=list)
    asks: bool = False
    is_none_of_them: bool = False

    @property
    def area(self) -> Area | None:
        return self.location.area(WORKING_SET) if self.location and not self.location.outside else None

    @property
    def is_outside(self) -> bool:
        return self.location is not None and self.location.outside

    @property
    def is_certain(self) -> bool:
        return self.point is not None or self.is_none_of_them or not self.asks


def whereabouts(text: str, *, on: dt.date, chosen: str = "", point: Point | None = None) -> Whereabouts:
    """A point given counts before words; `chosen` is the id of a candidate, or NONE_OF_THEM."""
    text = " ".join(text.split())
    if point:
        near = "" if text else nearest_name(point)
        return Whereabouts(text or near, None, point, locate(*point, on=on))
    found, certain = places_meant(text)
    asks = bool(found) and not certain
    picked = next((place for place in found if str(place.pk) == chosen), found[0] if certain else None)
    if picked is None:
        return Whereabouts(text, candidates=found, asks=asks, is_none_of_them=chosen == NONE_OF_THEM)
    spot = (picked.longitude, picked.latitude)
    return Whereabouts(named(text, picked), picked, spot, locate(*spot, on=on), found, asks)


def places_meant(text: str) -> tuple[list[Place], bool]:
    """Places the words may mean, the best first, and whether the first is certainly meant."""
    words = plain(text)
    if len(words) < 3:
        return [], False
    # House numbers and "near the bridge" follow the name: look for names within the words first.
    typed = Place.objects.annotate(typed=Value(text, output_field=TextField())).filter(typed__icontains=F("name"))
    within = [place for place in typed if f" {plain(place.name)} " in f" {words} "]
    if not within:
        head = re.split(r"[,;(\d]", text)[0]
        return list(Place.objects.search(head)[:SUGGESTIONS]), False
    longest = max(len(place.name) for place in within)
    named_so = [place for place in within if len(place.name) == longest]
    here = [place for place in named_so if f" {plain(place.locality)} " in f" {words} "] or named_so
    here.sort(key=lambda place: (place.kind == Place.Kind.NEIGHBOURHOOD, place.locality))
    first = here[0]
    apart = max(metres_between(first.longitude, first.latitude, p.longitude, p.latitude) for p in here)
    return (here[:1], True) if apart <= SAME_SPOT_METRES else (here[:SUGGESTIONS], False)


def named(text: str, place: Place) -> str:
    """The words as typed when they hold the name; else the name, with the house number that was typed."""
    if plain(place.name) in plain(text):
        return text
    number = re.search(r"\s(\d+\s?[a-zA-Z]?)$", text)
    return f"{place.name} {number[1]}" if number else place.name


def nearest_name(point: Point) -> str:
    """The name of the nearest street or square, for who points instead of typing; empty when none is near."""
    near = Place.objects.filter(box_around(*point, NEARBY_METRES)).exclude(kind=Place.Kind.NEIGHBOURHOOD)
    best = min(near, key=lambda place: metres_between(*point, place.longitude, place.latitude), default=None)
    return best.name if best else ""


def plain(text: str) -> str:
    """Lower case, without accents and punctuation, for comparing names."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in bare if not unicodedata.combining(c))))
