"""What people type for a place, taken apart: the name of the street, the house number, the village."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

SUFFIX = r"bis|ter|quater|[a-z]"
# 8, 8A, 8 bis, 8-10, 8/2: as the register writes it.
REGISTERED = re.compile(
    rf"(?P<low>\d{{1,5}})\s*(?P<suffix>{SUFFIX}|[_/.]\s*\w{{1,4}})?"
    rf"(?:\s*[-–]\s*(?P<high>\d{{1,5}})\s*(?P<end>{SUFFIX})?)?",
    re.IGNORECASE,
)
# The same in the middle of words: after a letter, perhaps behind "nr." or "t.h.v.", perhaps with a box.
TYPED = re.compile(
    r"(?<=[^\W\d])\.?[\s,]+"
    r"(?:\(?(?:t\.?h\.?v\.?|ter hoogte van|bij|aan)\s+)?(?:(?:huis)?(?:nr|nummer|no|n°)\.?\s*)?"
    rf"(?P<number>\d{{1,5}}(?:\s?(?:{SUFFIX})(?![\w-]))?(?:[-–]\d{{1,5}}(?:{SUFFIX})?)?)(?!\d)"
    r"(?:\s*(?:bus|bte|/|b(?=\s?\d))\s*\.?\s*(?P<box>\w{1,8}))?\)?",
    re.IGNORECASE,
)
POSTCODE = re.compile(r"\b[1-9]\d{3}\b(?=\s+[^\W\d])")
SHORT_FOR = (
    (re.compile(r"(?<=\w)str\b\.?", re.IGNORECASE), "straat"),
    (re.compile(r"\b(?:stwg|stw|steenw)\b\.?", re.IGNORECASE), "steenweg"),
    (re.compile(r"(?<=\w)(?:stwg|stw|steenw)\b\.?", re.IGNORECASE), "steenweg"),
    (re.compile(r"(?<=\w\w\w)ln\b\.?", re.IGNORECASE), "laan"),
    (re.compile(r"\bst(?:\.\s*|[\s-]+)(?=\w)", re.IGNORECASE), "sint-"),
    (re.compile(r"\b(?:o\.\s?l\.\s?v(?:rouw)?\b\.?|olv\b)[\s-]*(?=\w)", re.IGNORECASE), "onze-lieve-vrouw"),
    (re.compile(r"\bo\.\s?l\.\s?vrouw(?=\w)", re.IGNORECASE), "onze-lieve-vrouw"),
)


def plain(text: str) -> str:
    """Lower case, without accents and punctuation, for comparing names."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in bare if not unicodedata.combining(c))))


@dataclass(frozen=True)
class HouseNumber:
    """`low` and `high` are the first and last whole number: 8 and 10 for 8-10, both 8 for 8A."""

    label: str
    low: int
    high: int
    box: str = ""

    def holds(self, number: int) -> bool:
        """A range runs along one side of the street: 8-12 holds 10, not 9."""
        one_side = (self.high - self.low) % 2 == 0
        return self.low <= number <= self.high and (not one_side or (number - self.low) % 2 == 0)


def house_number(text: str, box: str = "") -> HouseNumber | None:
    """A number as the register writes it, or None when it is no house number."""
    found = REGISTERED.fullmatch(text.strip())
    if not found:
        return None
    low = int(found["low"])
    label = str(low) + _tidy(found["suffix"])
    high = int(found["high"]) if found["high"] else low
    if found["high"]:
        label += f"-{high}{_tidy(found['end'])}"
    return HouseNumber(label, low, max(low, high), _tidy(box))  # "8-2" is a part of number 8


def _tidy(part: str | None) -> str:
    """Capitals, as on the door; bis and ter stay small."""
    bare = re.sub(r"\s+", "", part or "")
    return bare.lower() if bare.lower() in ("bis", "ter", "quater") else bare.upper()


@dataclass(frozen=True)
class Typed:
    """`words` is everything but number and postcode, in plain letters; `head` what is most likely the name; `parts`
    what stands between commas, in plain letters."""

    words: str
    head: str
    number: HouseNumber | None
    localities: frozenset[str]
    parts: tuple[str, ...] = ()

    def names(self, locality: str) -> bool:
        return plain(locality) in self.localities


def read(text: str, localities: Iterable[str]) -> Typed:
    text = POSTCODE.sub(" ", spelled_out(" ".join(text.split())))
    number = None
    if found := TYPED.search(text):
        number = house_number(found["number"], found["box"] or "")
        text = f"{text[: found.start()]}, {text[found.end() :]}"
    words = plain(text)
    said = frozenset(name for name in map(plain, localities) if name and f" {name} " in f" {words} ")
    parts = [without(said, plain(part)) for part in re.split(r"[,;(]", text)]
    parts = [part for part in parts if part]
    return Typed(words, next(iter(parts), words), number, said, tuple(parts))


def without(localities: Iterable[str], words: str) -> str:
    for name in localities:
        words = f" {words} ".replace(f" {name} ", " ").strip()
    return words


def spelled_out(text: str) -> str:
    for short, whole in SHORT_FOR:
        text = short.sub(whole, text)
    return text
