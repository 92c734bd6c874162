"""Finding signals by word, number or who told it, among what one viewer may read and nothing else.

What may not be read takes no part at any point: not in the matches, not in their number or order. Open matter is found
through an index of its own; what is limited or sealed is looked through within the organisation or team that keeps it.
"""

import dataclasses
import difflib
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import F, FloatField, Q, QuerySet, Value
from django.db.models.functions import Lower

from areas.models import Area, Place
from signals.levels import Level
from signals.models import Category, Note, Reporter, Shelf, Signal
from signals.models.lexemes import DIGITS, KeptWords, LastDigits
from signals.spots import ALIKE, Spot, instead_of, spot_of
from signals.visibility import may_read
from teams.access import Access

MOST = 1_000  # of what runs
LATEST = 200  # of what ended, of notes and of reporters: nobody reads further, and a better word is quickly typed
LONGEST_QUERY = 8  # words
NEARLY = 0.8  # how much of a word and a subject must be the same letters
PREFIX = 3  # letters from which a word may still be unfinished
A_NOTE, A_REPORTER, A_REFERENCE = 0.05, 10.0, 100.0
# For this transaction: what is looked up is in memory or on a fast disk, and too little to call workers for.
PLANNED = {"random_page_cost": "1.1", "max_parallel_workers_per_gather": "0", "jit": "off"}

REFERENCE = re.compile(r"^(?:S[-\s]*)?([A-Z]{4})[-\s]*(\d{4})$", re.IGNORECASE)
BEGUN = re.compile(r"^S-[A-Z]{0,4}(?:-\d{0,4})?$", re.IGNORECASE)
NUMBER = re.compile(r"^\+?[\d\s./()-]+$")


class Prepared(SearchQuery):
    """A query that PostgreSQL has put together before, as text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[str]]:  # type: ignore[override]
        return "%s::tsquery", [self.text]


@dataclass(frozen=True)
class Asked:
    """What somebody typed, and which subjects and areas are called like it, word by word."""

    text: str
    categories: tuple[Category, ...] = ()
    areas: tuple[Area, ...] = ()

    @property
    def words(self) -> list[str]:
        return re.findall(r"\w+", self.text.lower())[:LONGEST_QUERY]

    @property
    def reference(self) -> str:
        """With or without its first letter and its dashes, or how far somebody got typing it."""
        text = self.text.strip()
        if found := REFERENCE.match(text):
            return f"S-{found[1]}-{found[2]}".upper()
        return text.upper() if BEGUN.match(text) else ""

    @property
    def phone(self) -> str:
        """The digits that tell; empty when it is no telephone number."""
        digits = re.sub(r"\D", "", self.text)
        return digits[-DIGITS:] if NUMBER.match(self.text.strip()) and len(digits) >= DIGITS else ""

    @property
    def email(self) -> str:
        return self.text.strip().lower() if re.fullmatch(r"\S+@\S+", self.text.strip()) else ""

    def keys_like(self, word: str) -> Iterator[str]:
        """Subjects and areas stand in the words of a signal by key."""
        if len(word) >= PREFIX:
            for mark, rows in (("c", self.categories), ("a", self.areas)):
                for row in rows:
                    if any(part.startswith(word) for part in re.findall(r"\w+", row.name.lower())):
                        yield f"'#{mark}{row.pk}'"

    def prepared(self) -> str:
        """Every word must be found, as a stem, as it stands or as the name of subject or area. Empty: nothing to
        look for."""
        parts: list[str] = []
        params: list[str] = []
        for word in self.words:
            exact = f"'{word}':*" if len(word) >= PREFIX else f"'{word}'"
            parts.append("(to_tsquery('gebied', %s) || to_tsquery('gebied_exact', %s) || %s::tsquery)")
            params += [f"'{word}'", exact, " | ".join(self.keys_like(word))]
        if not parts:
            return ""
        settings = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in PLANNED.items())
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT ({' && '.join(parts)})::text, {settings}", params)
            return str(cursor.fetchone()[0])


@dataclass(frozen=True)
class Found:
    """Keys of readable signals, the best first."""

    ids: tuple[uuid.UUID, ...]
    query: str = ""
    by_reporter: frozenset[uuid.UUID] = frozenset()
    is_cut: bool = False
    instead: str = ""  # what was looked for, when what was typed gave nothing
    place: str = ""  # the address that was typed, and what was found by lying there
    by_place: frozenset[uuid.UUID] = frozenset()


@transaction.atomic
def find(viewer: Access, asked: Asked, within: Q, *, running: bool = True, ended: bool = True) -> Found:
    """Signals within other conditions that hold the words; when there are none, those of the nearest street."""
    found = _find(viewer, asked, within, running, ended)
    for better in () if found.ids else _meant(asked):
        second = _find(viewer, dataclasses.replace(asked, text=better), within, running, ended)
        if second.ids:
            return dataclasses.replace(second, instead=better)
    return found


def _meant(asked: Asked) -> Iterator[str]:
    """What else may have been meant, the nearest first: an address, or words with the name of a street among them."""
    if asked.email or asked.phone or asked.reference:
        return
    if better := corrected(asked.text, asked.categories):
        yield better
    yield from instead_of(asked.text)


def _find(viewer: Access, asked: Asked, within: Q, running: bool, ended: bool) -> Found:
    if not running:
        within &= Q(closed_at__isnull=False)
    elif not ended:
        within &= Q(closed_at__isnull=True)
    readable = Signal.objects.filter(may_read(viewer), within)
    # Who looks for an address or a number looks for somebody: texts should hold neither.
    text = "" if asked.email or asked.phone else asked.prepared()
    branches: list[QuerySet[Any, Any]] = []
    spot = spot_of(asked.text) if text and not asked.reference else None
    if text:
        branches += _in_signals(viewer, readable, text, running, ended)
        branches += _in_notes(viewer, readable, text)
    if spot:
        branches += _at_place(viewer, readable, spot, asked, running, ended)
    branches += _by_reporter(viewer, readable, asked)
    if asked.reference:
        like = readable.filter(reference__startswith=asked.reference)[:LATEST]
        branches.append(_row(like, "pk", Value(A_REFERENCE), "reference"))
    if not branches:
        return Found(())
    first, *others = branches
    rows = list(first.union(*others, all=True) if others else first)
    return _merged(rows, text, spot.label if spot else "")


def _merged(rows: Iterable[tuple[Any, ...]], text: str, place: str) -> Found:
    """One place per signal: by how well it matches, what runs before what ended, the latest first."""
    best: dict[uuid.UUID, tuple[float, bool, float]] = {}
    by: dict[str, set[uuid.UUID]] = {kind: set() for kind in ("signal", "note", "reporter", "reference", "place")}
    counts: dict[tuple[str, int], int] = {}
    for key, rank, closed_at, reported_at, kind, shelf in rows:
        by[kind].add(key)
        counts[kind, shelf] = counts.get((kind, shelf), 0) + 1
        best[key] = max(best.get(key, (0.0, False, 0.0)), (round(rank, 3), closed_at is None, reported_at.timestamp()))
    ids = tuple(sorted(best, key=lambda key: best[key], reverse=True))
    return Found(
        ids, text, frozenset(by["reporter"] - by["signal"]),
        place=place, by_place=frozenset(by["place"] - by["signal"]),
        is_cut=any(count >= (MOST if at == ("signal", Shelf.RUNNING) else LATEST) for at, count in counts.items()),
    )  # fmt: skip


def _row(rows: QuerySet[Any], key: str, rank: Any, kind: str, shelf: int = 0) -> QuerySet[Any, Any]:
    """What every branch answers, in the same columns."""
    to = "" if key == "pk" else f"{key.removesuffix('_id')}__"
    labelled: QuerySet[Any, Any] = rows.annotate(
        _rank=rank, _closed=F(f"{to}closed_at"), _reported=F(f"{to}reported_at"), _kind=Value(kind), _shelf=Value(shelf)
    )  # fmt: skip
    return labelled.values_list(key, "_rank", "_closed", "_reported", "_kind", "_shelf")


def _in_signals(
    viewer: Access, readable: QuerySet[Signal], text: str, running: bool, ended: bool
) -> Iterator[QuerySet[Any, Any]]:
    """One look per shelf, within the keys of what its reader may read there: the same as `may_read`, in the index."""
    here = _keys("a", viewer.areas("view"))
    nowhere = [f"('#n' & '#o{viewer.organisation_id}')"] if viewer.areas("route") else []
    reach = _any_of([*here, *nowhere, *_keys("t", viewer.team_ids), *_keys("w", viewer.team_ids)])
    sealed = _any_of(_keys("t", viewer.sealed_team_ids))
    shelves = [(Shelf.RUNNING, reach)] if running else []
    shelves += [(Shelf.ENDED, reach)] if ended else []
    shelves += [(Shelf.LIMITED, f"'#o{viewer.organisation_id}'")] if viewer.organisation_id and reach else []
    shelves += [(Shelf.SEALED, sealed)]
    for shelf, within in shelves:
        if within:
            query = Prepared(f"({text}) & {within}")
            most = MOST if shelf == Shelf.RUNNING else LATEST
            rows = readable.filter(words__shelf=shelf, words__vector=query).order_by("-words__reported_at")[:most]
            yield _row(rows, "pk", SearchRank(F("words__vector"), Prepared(text)), "signal", shelf)


def _keys(mark: str, keys: Iterable[int]) -> list[str]:
    return [f"'#{mark}{key}'" for key in sorted(keys)]


def _any_of(parts: list[str]) -> str:
    return f"({' | '.join(parts)})" if parts else ""


def _in_notes(viewer: Access, readable: QuerySet[Signal], text: str) -> Iterator[QuerySet[Any, Any]]:
    """Notes more secret than open matter, each at its own level: who reads the signal does not read every note."""
    keepers = [f"'#o{viewer.organisation_id}'"] if viewer.organisation_id else []
    mine = _any_of([*keepers, *_keys("t", viewer.sealed_team_ids)])
    if mine:
        words = KeptWords("text", "level", "organisation_id", "team_id")
        kept = Note.objects.filter(level__gt=Level.OPEN, signal__in=readable).annotate(_words=words).order_by("-at")
        rank = Value(A_NOTE, output_field=FloatField())
        yield _row(kept.filter(_words=Prepared(f"({text}) & {mine}"))[:LATEST], "signal_id", rank, "note")


def _at_place(
    viewer: Access, readable: QuerySet[Signal], spot: Spot, asked: Asked, running: bool, ended: bool
) -> Iterator[QuerySet[Any, Any]]:
    """What lies at the address, whatever it calls its place; and holds the other words, if there were any."""
    rest = dataclasses.replace(asked, text=spot.rest).prepared()
    for rows, rank in spot.rows(viewer, readable, running=running, ended=ended):
        fitting = rows.filter(words__vector=Prepared(rest)) if rest else rows
        yield _row(fitting.order_by("-reported_at")[:LATEST], "pk", rank, "place")


def _by_reporter(viewer: Access, readable: QuerySet[Signal], asked: Asked) -> Iterator[QuerySet[Any, Any]]:
    if not (viewer.may("view_reporter") or viewer.sealed_team_ids):
        return
    if asked.email:
        like = ~Q(email="") & Q(_email=asked.email)
    elif asked.phone:
        like = ~Q(phone="") & Q(_digits=asked.phone)
    elif asked.words and len(asked.words) <= 4 and not re.search(r"\d", asked.text) and len(asked.text) > PREFIX:
        like = Q(name__trigram_word_similar=asked.text)
    else:
        return
    reporters = Reporter.objects.readable(viewer).annotate(_email=Lower("email"), _digits=LastDigits("phone"))
    found = reporters.filter(like, report__signal__in=readable).order_by("-report__received_at")[:LATEST]
    yield _row(found, "report__signal_id", Value(A_REPORTER), "reporter")


def corrected(text: str, categories: Iterable[Category] = ()) -> str:
    """The same words with the names of subjects, streets and squares as they are written; empty when nothing comes
    near."""
    words = text.split()
    subjects = {part.lower() for category in categories for part in re.findall(r"\w{5,}", category.name)}
    better = [_subject(word, subjects) or _nearest(word) or word for word in words[:LONGEST_QUERY]]
    return " ".join(better) if better != words else ""


def _subject(word: str, subjects: set[str]) -> str:
    """The subject that is called nearly so: a letter too many, too few or another."""
    if word.lower() in subjects:
        return word
    if len(word) < 5:
        return ""
    return next(iter(difflib.get_close_matches(word.lower(), subjects, n=1, cutoff=NEARLY)), "")


def _nearest(word: str) -> str:
    """The place that is called most like it. Public knowledge: it tells nothing of what was reported there."""
    if len(word) < 5:
        return ""
    streets = Place.objects.filter(kind__in=[Place.Kind.STREET, Place.Kind.SQUARE])
    alike = streets.annotate(alike=TrigramWordSimilarity(word, "name")).filter(alike__gte=ALIKE)
    place = alike.order_by("-alike", "name").first()
    return place.name if place and place.name.lower() != word.lower() else ""
