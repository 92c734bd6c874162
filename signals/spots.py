"""Where somebody means who types an address in the search of the inbox, and which signals lie there.

Words alone find what calls itself by that address. A signal that was pointed at on a map, or that somebody called
"at the baker's", lies there as well: it is found by its point. The register of addresses is public; which signals
lie near one of them is asked of what the viewer may read and of nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Case, Exists, F, FloatField, Max, Min, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import StrIndex

from areas.distance import METRES_PER_DEGREE, box_around
from areas.models import Address, Place
from areas.search import Match, find
from areas.typed import Typed, plain, read, without
from signals.levels import Level
from signals.models import Signal
from teams.access import Access

AT, NEAR, SQUARE = 15.0, 40.0, 60.0  # metres: the door itself, next door and across, a square
BESIDE = 25 / METRES_PER_DEGREE  # how far from a door of a street a signal is still in it; sideways a little less
# Between what is called by the address and what only mentions it. `SearchRank` gives a street and a number that stand
# in the place 1.0 and in what was told up to 0.88; a street alone 0.6 and 0.25.
AT_RANK, NEAR_RANK, ALONG_RANK = 0.95, 0.9, 0.4
FEWEST = 3  # letters of a word that may name a place
ALIKE = 0.6  # “overleistraat” and “Overleiestraat” score 0.71

type Found = tuple[QuerySet[Signal], Case | Value]


@dataclass(frozen=True)
class Spot:
    """One place, or a few of one name in several villages. `rest` is what else was typed."""

    label: str
    matches: tuple[Match, ...] = ()
    rest: str = ""
    streets: tuple[int, ...] = ()  # without a number: any door of these

    def rows(self, viewer: Access, readable: QuerySet[Signal], *, running: bool, ended: bool) -> Iterator[Found]:
        """Signals that lie here with how well they fit, apart by who keeps them, each from an index of its own: what
        others keep secret is not even passed over. Along a whole street only what runs."""
        if self.streets:
            if running and (along := self._along()) is not None:
                yield readable.filter(along, level=Level.OPEN, closed_at__isnull=True), Value(ALONG_RANK)
            return
        here, rank = readable.filter(self._around()), self._rank()
        if running:
            yield here.filter(level=Level.OPEN, closed_at__isnull=True), rank
        if ended:
            yield here.filter(level=Level.OPEN, closed_at__isnull=False), rank
        if viewer.organisation_id:
            yield here.filter(level__gt=Level.OPEN, owner_id=viewer.organisation_id), rank

    def _around(self) -> Q:
        condition = Q(pk__in=[])
        for match in self.matches:
            is_square = match.place.kind == Place.Kind.SQUARE and not match.address
            condition |= box_around(*match.point, SQUARE if is_square else NEAR)
        return condition

    def _rank(self) -> Case:
        at = [When(box_around(*match.point, AT), then=Value(AT_RANK)) for match in self.matches]
        return Case(*at, default=Value(NEAR_RANK), output_field=FloatField())

    def _along(self) -> Q | None:
        """Beside any door of the street; None when its doors are not known."""
        doors = Address.objects.filter(street__in=self.streets)
        edge = doors.aggregate(
            west=Min("longitude"), south=Min("latitude"), east=Max("longitude"), north=Max("latitude")
        )
        if edge["west"] is None:
            return None
        here = doors.filter(
            longitude__range=(OuterRef("longitude") - BESIDE, OuterRef("longitude") + BESIDE),
            latitude__range=(OuterRef("latitude") - BESIDE, OuterRef("latitude") + BESIDE),
        )
        return Q(
            Exists(here),
            longitude__range=(edge["west"] - BESIDE, edge["east"] + BESIDE),
            latitude__range=(edge["south"] - BESIDE, edge["north"] + BESIDE),
        )


def spot_of(text: str) -> Spot | None:
    """The place that is named in these words, letter by letter; None when none is."""
    if not _names_a_place(read(text, ()).words):
        return None
    found = find(text)
    if not found.matches:
        return None
    best = found.matches[0].place
    typed = read(text, [match.place.locality for match in found.matches])
    if f" {best.plain_name} " not in f" {typed.words} " or best.kind == Place.Kind.NEIGHBOURHOOD:
        return None
    rest = _besides(best, typed)
    places: dict[int, Match] = {}
    for match in found.matches:  # the first of a street is the door that was typed, or else the nearest to it
        said = not typed.localities or typed.names(match.place.locality)
        if match.place.name == best.name and match.place.kind == best.kind and said:
            places.setdefault(match.place.pk, match)
    if best.kind == Place.Kind.STREET and not typed.number:
        return Spot(best.name, rest=rest, streets=tuple(places))
    return Spot(next(iter(places.values())).name, tuple(places.values()), rest) if places else None


def _names_a_place(words: str) -> bool:
    """Whether it is worth the trouble: letter by letter, a tenth of what comparing by likeness costs."""
    if not any(len(word) >= FEWEST for word in words.split()):
        return False
    at = StrIndex(Value(words, output_field=TextField()), F("plain_name"))
    return Place.objects.exclude(kind=Place.Kind.NEIGHBOURHOOD).annotate(at=at).filter(at__gt=0).exists()


def instead_of(text: str) -> Iterator[str]:
    """What was probably meant: the same address as it is written, then the street without the number."""
    found = find(text)
    if not found.matches:
        return
    best = found.matches[0]
    typed = read(text, [match.place.locality for match in found.matches])
    rest = ""
    if f" {best.place.plain_name} " in f" {typed.words} ":
        rest = _besides(best.place, typed)
    elif best.place.word_likeness < ALIKE:  # type: ignore[attr-defined]  # as `find` compared it
        return
    for name in (best.name, best.place.name):
        better = f"{name} {rest}".strip()
        if not set(plain(text).split()) <= set(plain(better).split()):  # each word must be found: more find no more
            yield better


def _besides(place: Place, typed: Typed) -> str:
    """The words that are no part of the address."""
    return without([place.plain_name, *typed.localities], typed.words)
