"""The Dutch words that the sentence box knows, in plain letters."""

from typing import Final

from reservations.models import Feature, Layout

NUMBERS: Final = {
    "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10,
    "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17,
    "achttien": 18, "negentien": 19, "twintig": 20, "vijfentwintig": 25, "dertig": 30, "veertig": 40, "vijftig": 50,
    "zestig": 60, "zeventig": 70, "tachtig": 80, "negentig": 90, "honderd": 100, "tweehonderd": 200,
}  # fmt: skip
PEOPLE: Final = (
    r"mensen|mens|personen|persoon|pers\.?|man|deelnemers|leden|kinderen|jongeren|ouderen|senioren|volwassenen|gasten"
    r"|leerlingen|bezoekers|zitplaatsen|plaatsen|stoelen|buren"
)
WEEKDAYS: Final = {
    "maandag": 0, "dinsdag": 1, "woensdag": 2, "donderdag": 3, "vrijdag": 4, "zaterdag": 5, "zondag": 6,
}  # fmt: skip
MONTHS: Final = {
    "januari": 1, "februari": 2, "maart": 3, "april": 4, "mei": 5, "juni": 6, "juli": 7, "augustus": 8,
    "september": 9, "oktober": 10, "november": 11, "december": 12,
}  # fmt: skip
NTHS: Final = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "laatste": -1}

FORENOON, NOON, AFTERNOON, EVENING, DAY = "forenoon", "noon", "afternoon", "evening", "day"
PARTS: Final = {
    "voormiddag": FORENOON, "ochtend": FORENOON, "morgen": FORENOON, "namiddag": AFTERNOON, "middag": NOON,
    "avond": EVENING,
}  # fmt: skip
HOURS: Final = {
    FORENOON: ("09:00", "12:00"), NOON: ("12:00", "13:30"), AFTERNOON: ("14:00", "17:00"),
    EVENING: ("19:30", "22:00"), DAY: ("09:00", "17:00"),
}  # fmt: skip

LAYOUTS: Final = {
    Layout.DINNER: r"gedekte tafels?|aan tafel eten|diner|etentje|eetmaal|feestmaal",
    Layout.MEETING: r"vergadertafels?|vergaderopstelling|een grote tafel",
    Layout.TABLES: r"(?:aan )?tafels?(?: en stoelen)?|klasopstelling",
    Layout.ROWS: r"(?:stoelen )?in rijen|rijen(?: stoelen)?|theateropstelling",
    Layout.STANDING: r"staand(?:e)?(?: receptie)?|rechtstaand|receptie",
    Layout.SPORT: r"sport(?:en)?|turnen",
    Layout.EMPTY: r"lege (?:vloer|zaal|ruimte)|zonder stoelen",
}
FEATURES: Final = {
    Feature.KITCHEN: r"keuken(?:tje)?",
    Feature.BAR: r"bar|toog|tapkast",
    Feature.PROJECTOR: r"beamer|projector|scherm",
    Feature.SOUND: r"geluid(?:sinstallatie)?|micro(?:foon)?s?|muziekinstallatie",
    Feature.STAGE: r"podium",
    Feature.PIANO: r"piano|vleugel",
    Feature.BLACKOUT: r"verduister(?:ing|baar|d)|donker te maken",
    Feature.WIFI: r"wifi|internet",
    Feature.SPORTS_FLOOR: r"sportvloer",
    Feature.SHOWERS: r"douches?",
    Feature.WORKSHOP: r"atelier|werkplaats",
    Feature.TERRACE: r"terras|tuin",
    Feature.PARKING: r"parking|parkeren|parkeerplaats(?:en)?",
    Feature.ADAPTED_TOILET: r"aangepast(?:e)? toilet|rolstoeltoilet",
    Feature.STEP_FREE: r"(?:zonder )(?:trap(?:pen)?|drempels?)|rolstoel(?:toegankelijk|gebruikers?|en)?|toegankelijk",
    Feature.HEARING_LOOP: r"ringleiding",
}
# Said around what matters; alone they ask for nothing.
FILLERS: Final = frozenset(
    """
    a aan aub bij dag de dan dat die dicht dit door een eigen elke en er ergens erbij graag groep had heb hebben heeft
    het hier iedere iemand ik in is kan kunnen liefst lokaal lokaaltje met mij mijn moet moeten mogelijk na nodig of om
    ongeveer ons onze ook op over per plaats plek ruimte s samen staan t te telkens tot uur van vanaf vergaderzaal voor
    voorzien waar we wel wij wil willen zaal zaaltje zalen ze zij zijn zitten zo zoek zoeken zou zouden
    """.split()  # noqa: SIM905  a list of so many words is read as a text
)


def one_of(names: object) -> str:
    """A pattern, the longest word first."""
    return "|".join(sorted(map(str, names), key=len, reverse=True))  # type: ignore[call-overload]


NUMBER: Final = rf"\d{{1,5}}|{one_of(NUMBERS)}"


def number(said: str) -> int:
    return int(said) if said.isdigit() else NUMBERS[said]
