"""Seeing what should not stand in a text that others will read: who somebody is, and how they are.

It warns and never decides: a phone number may be that of a shop. What a person can be found by is recognised
by form (a register number by its check digits); a person's health or trouble by a name, or by the house where
they live, near a word about it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import phonenumbers
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.be import bis, nn


class Kind(models.TextChoices):
    REGISTER_NUMBER = "register_number", _("a national register number")
    PHONE = "phone", _("a phone number")
    MAIL = "mail", _("a mail address")
    PLATE = "plate", _("a licence plate")
    HEALTH = "health", _("a name with a word about health")
    TROUBLE = "trouble", _("a name with a word about somebody’s trouble")
    ADDRESS = "address", _("an address with a word about somebody’s trouble")


@dataclass(frozen=True)
class Finding:
    """Where it stands in the text: `text[start:end]`."""

    kind: Kind
    start: int
    end: int


REGISTER_NUMBER = re.compile(r"(?<!\d)\d{2}[. ]?\d{2}[. ]?\d{2}[- ]?\d{3}[. ]?\d{2}(?!\d)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Belgian since 2010 (1-ABC-234) and before (ABC-123, 123-ABC), French (AB-123-CD). Of the older Belgian ones
# and the French the hyphens are asked for: without them every house number beside a word would be one.
PLATE = re.compile(
    r"(?<![\w-])(?:[1-9][- ]?[A-Z]{3}[- ]?\d{3}|[A-Z]{3}-\d{3}|\d{3}-[A-Z]{3}|[A-Z]{2}-\d{3}-[A-Z]{2})(?![\w-])"
)

# Beginnings of words; what is about a body or a mind in trouble, not about a street.
HEALTH = re.compile(
    r"\b(?:alcoholi|alzheimer|anorexi|autis|bipolair|borderline|burn-?out|covid|dement|depress|diabet|drugsversla"
    r"|epilep|geestesziek|handicap|hiv\b|kanker|leukemi|manisch|medicatie|miskra|overdosis|parkinson|psychiat|psycho[ts]"
    r"|schizofre|suïcid|suicid|verslaafd|verslaving|verward|waanbeeld|zelfdoding|zelfmoord|ziek|zwanger)\w*",
    re.IGNORECASE,
)
# What is about somebody's money, home or behaviour; whole words where their beginning is common on a street.
TROUBLE = re.compile(
    r"\b(?:agressief\b|bewindvoer|collectieve schuld|dakloos|deurwaarder|drinkt\b|dronken|gevangenis|huisuitzet"
    r"|huurachterstand|leefloon|mishandel|partnergeweld|schuldbemiddel|schulden|stalk|strafblad|thuisloos|verwaarlo[oz])"
    r"\w*",
    re.IGNORECASE,
)
# What a house is known for, or its front: a service on the door, a parking place, a garden. Nobody’s own trouble.
OF_A_HOUSE = re.compile(
    r"^(?:covid|dementievriend|handicap|psychiat|schuldbemiddel|verslaving|verwaarloosde?$|ziekenfonds|ziekenhui)",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"\b[\w'’-]*(?:straat|laan|plein|weg|dreef|kaai|kade|markt|pad|singel|dijk|hof|poort|berg)"
    r"(?:,? (?:huis)?(?:nummer|nr\.?))? \d{1,3}[a-z]?\b"
    r"|\b(?:huisnummer|(?:aan|in|naast|op|van) (?:nummer|nr\.?)) \d{1,3}[a-z]?\b",
    re.IGNORECASE,
)
TITLE = r"(?:de heer|dhr\.?|gezin|meneer|mevr\.?|mevrouw|mw\.?|mijnheer|madame|monsieur|juffrouw|familie|fam\.?)"
# With a capital because a sentence begins, not because it is a name.
BEGINS = (
    r"(?:Aan|Achter|Als|Bij|Binnen|Daar|Dat|De|Die|Dit|Door|Een|Er|Het|Hij|Ik|In|Langs|Met|Na|Naar|Naast|Nabij|Om"
    r"|Onder|Op|Over|Rond|Sinds|Te|Ter|Tegen|Tegenover|Toen|Tot|Tussen|Uit|Van|Via|Vlakbij|Volgens|Voor|Vanaf|Wat"
    r"|We|Wij|Ze|Zij)"
)
CAPITAL = rf"(?!{BEGINS}\b)[A-ZÀ-Ý][a-zà-ÿ'’]+"
PARTICLE = r"(?:(?:[Vv]an|[Dd]e|[Dd]en|[Dd]er|[Vv]ande|[Vv]anden|'t|[Ll]e|[Ll]a|[Ee]l|[Bb]en|[Aa]l)[ -])"
NAME = re.compile(
    rf"(?:(?i:\b{TITLE}) {PARTICLE}*{CAPITAL}(?:[ -]{PARTICLE}*{CAPITAL})*)"
    rf"|(?:\b{CAPITAL}(?:-{CAPITAL})? {PARTICLE}*{CAPITAL}\b)"
)
# A second capital that ends like this names a place: Grote Markt, Sint Maartenskerk, Van Dalelaan.
PLACE = re.compile(
    r"(?:straat|laan|plein|weg|dreef|kaai|kade|markt|park|kerk|brug|hof|steenweg|wijk|pad|poort|school|centrum|ziekenhuis"
    r"|leie|eiland|vijver|station|molen|berg|dijk|singel|ring|bos|veld|zaal|huis)$",
    re.IGNORECASE,
)
# A dot after which it goes on: of a title or of “nr.”, inside a number, and before who was just named.
SHORTENED = "|".join(rf"(?<=\b{word})" for word in ("dhr", "fam", "mevr", "mw", "nr"))
GOES_ON = rf"(?:(?i:{SHORTENED})\.|[.!?](?=\S| (?:Hij|Ze|Zij)\b))"
SENTENCE = re.compile(rf"[^.!?\n]*(?:{GOES_ON}[^.!?\n]*)*[.!?\n]?")
HONORIFIC = re.compile(rf"(?i:{TITLE}) ")


def findings_in(text: str) -> list[Finding]:
    """What somebody could be known by in a text, in the order in which it stands there."""
    found = [*_register_numbers(text)]
    found += (Finding(Kind.MAIL, *match.span()) for match in MAIL.finditer(text))
    found += (Finding(Kind.PLATE, *match.span()) for match in PLATE.finditer(text))
    found += (
        Finding(Kind.PHONE, match.start, match.end)
        for match in phonenumbers.PhoneNumberMatcher(text, "BE")
        if not any(other.start < match.end and match.start < other.end for other in found)
    )
    found += _names_beside(HEALTH, Kind.HEALTH, text)
    found += _names_beside(TROUBLE, Kind.TROUBLE, text)
    found += _houses_of_trouble(text)
    return sorted(found, key=lambda finding: finding.start)


def kinds_in(texts: Iterable[str]) -> list[Kind]:
    """Which kinds stand in any of these texts, each once, in the order of the list above."""
    found = {finding.kind for text in texts for finding in findings_in(text)}
    return [kind for kind in Kind if kind in found]


def _register_numbers(text: str) -> Iterator[Finding]:
    for match in REGISTER_NUMBER.finditer(text):
        if nn.is_valid(match.group()) or bis.is_valid(match.group()):
            yield Finding(Kind.REGISTER_NUMBER, *match.span())


def _names_beside(words: re.Pattern[str], kind: Kind, text: str) -> Iterator[Finding]:
    """A name in the same sentence as one of these words. The name is what is found."""
    for sentence in SENTENCE.finditer(text):
        if words.search(sentence.group()):
            for match in NAME.finditer(sentence.group()):
                if _is_person(match.group()):
                    yield Finding(kind, sentence.start() + match.start(), sentence.start() + match.end())


def _houses_of_trouble(text: str) -> Iterator[Finding]:
    """In a street the number is as good as a name. Of what is said of many houses, nothing is found."""
    for sentence in SENTENCE.finditer(text):
        said = [match.group() for words in (HEALTH, TROUBLE) for match in words.finditer(sentence.group())]
        if any(not OF_A_HOUSE.match(word) for word in said):
            for match in ADDRESS.finditer(sentence.group()):
                yield Finding(Kind.ADDRESS, sentence.start() + match.start(), sentence.start() + match.end())


def _is_person(words: str) -> bool:
    return bool(HONORIFIC.match(words)) or not PLACE.search(words)
