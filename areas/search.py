"""Which place somebody means by what they type: a street with its number, a square, a building, a neighbourhood.

The names of a city are some thousands, so every one is compared; its addresses are many more, and are
looked up by street and number. What is only nearly right is offered, never taken for certain.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from areas.distance import box_around, metres_between
from areas.elsewhere import MUNICIPALITIES
from areas.models import Address, Place
from areas.models.place import PlaceQuerySet
from areas.typed import HouseNumber, Typed, plain, read, without

# A street and the neighbourhood named after it: one place for who types its name.
SAME_SPOT_METRES = 400
FEWEST_LETTERS = 3
MOST, MISHEARD = 8, 3
MOST_NAMED = 40  # names within the words: villages, parts of longer names
# For who points instead of typing: the nearest door, or else the nearest name.
DOOR_METRES, NAME_METRES = 60, 300


@dataclass(frozen=True)
class Match:
    """A place that may be meant. `number` is what was typed, when the register has no such number there: then
    `address` is the nearest one it does have."""

    place: Place
    address: Address | None = None
    number: str = ""

    @property
    def elsewhere(self) -> bool:
        """Another sub-municipality has a place of the same name."""
        return bool(getattr(self.place, "elsewhere", False))

    @property
    def key(self) -> str:
        """What a form sends back for it."""
        mark = "~" if self.number else ""  # near that address, not at it
        return f"{self.place.pk}-{self.address.pk}{mark}" if self.address else f"{self.place.pk}"

    @property
    def name(self) -> str:
        number = self.number or (self.address.label if self.address else "")
        return f"{self.place.name} {number}" if number else self.place.name

    @property
    def label(self) -> str:
        """Enough words to be found again, and to be told apart."""
        return f"{self.name}, {self.place.locality}" if self.elsewhere and self.place.locality else self.name

    @property
    def point(self) -> tuple[float, float]:
        spot = self.address or self.place
        return spot.longitude, spot.latitude

    @property
    def near(self) -> str:
        """The number where the point lies, when that is not the number that was typed."""
        return self.address.label if self.address and self.number else ""

    @property
    def is_example(self) -> bool:
        return self.place.is_example or bool(self.address and self.address.is_example)


@dataclass(frozen=True)
class Found:
    """Matches, the best first, and whether the first is certainly meant."""

    matches: list[Match] = field(default_factory=list)
    certain: bool = False
    elsewhere: str = ""  # another municipality that the words name: then nothing is certain

    def chosen(self, key: str) -> Match | None:
        return next((match for match in self.matches if match.key == key), None)


def find(text: str, most: int = MOST) -> Found:
    if len(plain(text)) < FEWEST_LETTERS:
        return Found()
    typed = read(text, Place.objects.localities())
    rows = list(Place.objects.search(typed.head, typed.words).with_elsewhere()[: most + MOST_NAMED])
    named = _named(rows, typed)
    similar = sorted((place for place in rows if place not in named and _is_like(place)), key=_unlikeness)[:most]
    if named:  # a whole name was typed: what looks like it is only in case a word was misheard
        similar = similar[:MISHEARD]
    exact = [place for place in similar if not named and place.plain_name == typed.head]
    meant = _in_village(typed, named or exact)
    first = _in_village(typed, similar) if typed.localities else []
    places = list(dict.fromkeys([*meant, *named, *exact, *first, *similar]))[:most]
    matches = _with_numbers(places, typed.number)
    certain = bool(meant) and _one_spot(meant)
    if meant and not certain:
        matches, certain = _only_one_has_it(matches, meant)
    elsewhere = _elsewhere(typed, meant)
    return Found(matches[:most], certain and not elsewhere, elsewhere)


def by_key(key: str) -> Match | None:
    """The match that a form or an address of a page names; None for what is no key, or gone."""
    found = re.fullmatch(r"([0-9]{1,18})(?:-([0-9]{1,18})~?)?", key)
    place = Place.objects.with_elsewhere().filter(pk=int(found[1])).first() if found else None
    if found is None or place is None:
        return None
    return Match(place, Address.objects.filter(pk=int(found[2]), street=place).first() if found[2] else None)


def name_at(longitude: float, latitude: float) -> str:
    """What one would call a point: by the door nearest to it, or the nearest street or square; else empty."""

    def away(spot: Place | Address) -> float:
        return metres_between(longitude, latitude, spot.longitude, spot.latitude)

    doors = Address.objects.filter(box_around(longitude, latitude, DOOR_METRES)).select_related("street")
    if door := min(doors, key=away, default=None):
        return _("%(street)s near no. %(number)s") % {"street": door.street.name, "number": door.number}
    names = Place.objects.filter(box_around(longitude, latitude, NAME_METRES))
    nearest = min(names.exclude(kind=Place.Kind.NEIGHBOURHOOD), key=away, default=None)
    return nearest.name if nearest else ""


# --- names ------------------------------------------------------------------------------------------------


def _named(rows: list[Place], typed: Typed) -> list[Place]:
    """Places whose whole name stands in the words, of the longest name only."""
    within = [place for place in rows if f" {place.plain_name} " in f" {typed.words} "]
    # A village is named to tell streets apart, unless it is all there is.
    within = [place for place in within if not typed.names(place.name)] or within
    if typed.number:  # "Overleie straat 8" is no neighbourhood
        within = [place for place in within if place.has_numbers]
    longest = max((len(place.name) for place in within), default=0)
    named = [place for place in within if len(place.name) == longest]
    return sorted(named, key=lambda place: (place.kind == Place.Kind.NEIGHBOURHOOD, place.locality))


def _elsewhere(typed: Typed, meant: list[Place]) -> str:
    """Another municipality, when it stands on its own or right behind the name of a place: “Veemarkt 3, Brussel”. Not
    when it is part of more words (“kant Kuurne”), or a place of ours is called like it."""
    ours = {place.plain_name for place in meant}
    words = without(typed.localities, typed.words)
    behind = [words.removeprefix(f"{name} ") for name in ours if words.startswith(f"{name} ")]
    for part in (*typed.parts, *behind):
        if part in MUNICIPALITIES and part not in ours:
            return MUNICIPALITIES[part]
    return ""


def _is_like(place: Place) -> bool:
    """Found by its likeness, not only because the words hold its letters somewhere."""
    return bool(place.begins or place.word_likeness >= PlaceQuerySet.LIKE_ENOUGH)  # type: ignore[attr-defined]


def _unlikeness(place: Place) -> tuple[float, ...]:
    return -place.begins, -place.word_likeness, -place.likeness  # type: ignore[attr-defined]


def _in_village(typed: Typed, places: list[Place]) -> list[Place]:
    """Those in the village that was typed, if any; else all of them."""
    return [place for place in places if typed.names(place.locality)] or places


def _one_spot(places: Sequence[Place]) -> bool:
    first = places[0]
    return all(
        metres_between(first.longitude, first.latitude, place.longitude, place.latitude) <= SAME_SPOT_METRES
        for place in places
    )


# --- numbers ----------------------------------------------------------------------------------------------


def _with_numbers(places: Sequence[Place], number: HouseNumber | None) -> list[Match]:
    streets = [place for place in places if place.has_numbers]
    if number is None or not streets:
        return [Match(place) for place in places]
    here: dict[int, list[Address]] = defaultdict(list)
    for address in Address.objects.filter(street__in=streets).numbered(number.low):
        here[address.street_id].append(address)
    # Where the nearest door is matters only for what is probably meant.
    rest = [street for street in streets if street.name == places[0].name and not here[street.pk]]
    doors = Address.objects.filter(street__in=rest).nearest_to(number.low) if rest else []
    nearest = {address.street_id: address for address in doors}
    matches: list[Match] = []
    for place in places:
        at_number = _at_number(place, number, here[place.pk], nearest.get(place.pk))
        matches += at_number if place is places[0] else at_number[:1]
    return matches


def _at_number(place: Place, number: HouseNumber, here: list[Address], nearest: Address | None) -> list[Match]:
    """The door itself and those beside it; when there is no such door, the street with the number all the same."""
    if not place.has_numbers:
        return [Match(place)]
    doors = _doors(here, number)
    exact = [Match(place, address) for address in doors if _is(address, number)]
    typed = f"{number.label} bus {number.box}" if number.box else number.label
    first = exact[:1] or [Match(place, next(iter(doors), nearest), typed)]
    return [*first, *(Match(place, address) for address in doors if Match(place, address) not in first)]


def _is(address: Address, number: HouseNumber) -> bool:
    """Exactly what was typed; a range is right for each number in it."""
    same = address.number == number.label or (address.low < address.high and number.label.isdigit())
    return same and (not number.box or address.box == number.box)


def _doors(addresses: Iterable[Address], number: HouseNumber) -> list[Address]:
    """Those that hold the number, each door once, the exact one first. Of boxes the one that was typed."""
    holding = [a for a in addresses if HouseNumber(a.number, a.low, a.high).holds(number.low)]
    holding.sort(key=lambda a: (a.number != number.label, a.low != a.high, a.number, a.box != number.box, a.box))
    doors: dict[str, Address] = {}
    for address in holding:
        doors.setdefault(address.number, address)
    return list(doors.values())


def _only_one_has_it(matches: list[Match], meant: list[Place]) -> tuple[list[Match], bool]:
    """Streets of one name, and a number that only one of them has. It counts when the numbers of all are known:
    otherwise it may well be in a street whose numbers nobody loaded."""
    known = {match.place.pk for match in matches if match.place in meant and match.address}
    having = [match for match in matches if match.place in meant and match.address and not match.number]
    if len({match.place.pk for match in having}) != 1 or known != {place.pk for place in meant}:
        return matches, False
    return [having[0], *(match for match in matches if match != having[0])], True
