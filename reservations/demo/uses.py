"""What rooms are used for in the demo city, and by whom. Everything here is invented."""

from dataclasses import dataclass

from reservations.models import Layout


@dataclass(frozen=True)
class Occasion:
    """`holder` is a team by its code, or `club:` and kinds of associations. `share` is what part of the set-up the
    smallest and the largest company fill."""

    title: str
    holder: str
    layout: Layout
    share: tuple[float, float] = (0.2, 0.8)
    shared: bool | None = None  # None: as its organisation is used to


L = Layout
OCCASIONS: dict[str, list[Occasion]] = {
    "lesson": [Occasion("Turnles", "school-wegwijzer", L.SPORT, (0.55, 0.9))],
    "sport": [Occasion("", "club:sport", L.SPORT, (0.3, 0.8))],
    "tournament": [
        Occasion("Tornooi", "club:sport", L.SPORT, (0.5, 1)),
        Occasion("Clubfeest", "club:sport", L.EMPTY, (0.3, 0.8)),
        Occasion("Sportdag van de school", "school-wegwijzer", L.SPORT, (0.6, 1)),
    ],
    "lunch": [Occasion("Middagmaal leerlingen", "school-wegwijzer", L.DINNER, (0.6, 0.95))],
    "parents": [
        Occasion("Oudercontact", "school-wegwijzer", L.TABLES, (0.2, 0.6)),
        Occasion("Oudercomité", "club:parents", L.TABLES, (0.1, 0.2)),
    ],
    "club": [Occasion("", "club:music,stage,dance,yoga", L.EMPTY, (0.25, 0.8))],
    "seniors": [
        Occasion("", "club:seniors", L.TABLES, (0.35, 0.8)),
        Occasion("", "club:yoga,dance,family", L.EMPTY, (0.2, 0.6)),
    ],
    "party": [
        Occasion("Eetfestijn", "club:music,stage,family,seniors,committee,course", L.DINNER, (0.4, 1)),
        Occasion("Quiz", "club:music,stage,dance,family,course", L.TABLES, (0.4, 1)),
        Occasion("Optreden", "club:music,stage,dance", L.ROWS, (0.3, 0.95)),
        Occasion("Ledenfeest", "club:music,stage,dance,yoga,seniors", L.DINNER, (0.3, 0.9)),
        Occasion("Nieuwe bewoners verwelkomen", "gebiedswerking", L.STANDING, (0.15, 0.4)),
    ],
    "children": [
        Occasion("Dansen voor kinderen", "club:dance", L.EMPTY, (0.25, 0.6)),
        Occasion("Muziek voor kinderen", "club:music", L.EMPTY, (0.2, 0.5)),
        Occasion("Toneel voor kinderen", "club:stage", L.EMPTY, (0.2, 0.5)),
    ],
    "morning": [
        Occasion("Ouders en peuters", "club:family", L.EMPTY, (0.2, 0.6)),
        Occasion("Koffie met de buurt", "gebiedswerking", L.TABLES, (0.15, 0.6)),
        Occasion("Opleiding", "openbaar-domein", L.TABLES, (0.2, 0.6)),
        Occasion("Wandelclub verzamelt", "club:seniors", L.TABLES, (0.2, 0.5)),
    ],
    "evening": [
        Occasion("Bewonersvergadering", "gebiedswerking", L.ROWS, (0.15, 0.7)),
        Occasion("Infoavond", "gebiedswerking", L.ROWS, (0.15, 0.6)),
        Occasion("Extra repetitie", "club:music,stage", L.EMPTY, (0.3, 0.8)),
        Occasion("Buurtcomité", "club:committee,family", L.TABLES, (0.15, 0.4)),
        Occasion("Preventieavond", "preventie", L.ROWS, (0.1, 0.4)),
    ],
    "meeting": [
        Occasion("Overleg gebiedsteam", "gebiedswerking", L.MEETING, (0.4, 0.9)),
        Occasion("Werkoverleg", "openbaar-domein", L.MEETING, (0.3, 0.8)),
        Occasion("Teamvergadering", "groen", L.MEETING, (0.4, 0.9)),
        Occasion("Projectoverleg", "wonen", L.MEETING, (0.3, 0.7)),
        Occasion("Overleg preventie", "preventie", L.MEETING, (0.3, 0.7)),
        Occasion("Casusoverleg", "sociale-dienst", L.MEETING, (0.3, 0.7)),
        Occasion("Overleg buurtwerk", "buurtwerk", L.MEETING, (0.3, 0.7)),
        Occasion("Spreekuur wijkinspecteur", "wijkwerking-zuid", L.MEETING, (0.1, 0.3)),
    ],
    "committee": [Occasion("Bestuursvergadering", "club:committee,music,stage,dance,family", L.MEETING, (0.4, 0.9))],
    "police": [
        Occasion("Wijkoverleg", "wijkwerking-noord", L.MEETING, (0.4, 0.9)),
        Occasion("Overleg interventie", "wijkwerking-centrum", L.MEETING, (0.4, 0.9)),
        Occasion("Gesprek met bewoners", "wijkwerking-zuid", L.MEETING, (0.15, 0.4)),
        Occasion("Coördinatie", "coordinatie-politie", L.MEETING, (0.3, 0.8)),
        Occasion("Opleiding", "coordinatie-politie", L.TABLES, (0.4, 0.9)),
    ],
    "consult": [
        Occasion("Gesprek", "sociale-dienst", L.MEETING, (0.4, 0.8)),
        Occasion("Intake", "sociaal-huis", L.MEETING, (0.4, 0.8)),
        Occasion("Budgetbegeleiding", "sociale-dienst", L.MEETING, (0.4, 0.8)),
    ],
    "sitting": [
        Occasion("Zitdag schuldhulp", "sociale-dienst", L.MEETING, (0.4, 0.8)),
        Occasion("Zitdag pensioenen", "sociaal-huis", L.MEETING, (0.4, 0.8)),
    ],
    "course": [
        Occasion("Nederlands oefenen", "buurtwerk", L.TABLES, (0.4, 0.9), shared=True),
        Occasion("Computerles", "sociaal-huis", L.TABLES, (0.4, 0.9), shared=True),
        Occasion("Bloemschikken", "sociaal-huis", L.TABLES, (0.3, 0.8), shared=True),
        Occasion("Lotgenotengroep", "sociale-dienst", L.TABLES, (0.2, 0.5)),
    ],
    "workshop": [Occasion("", "club:course", L.TABLES, (0.3, 0.9))],
    "service": [
        Occasion("Kaarten en biljarten", "sociaal-huis", L.TABLES, (0.3, 0.8), shared=True),
        Occasion("Stoelturnen", "sociaal-huis", L.EMPTY, (0.3, 0.9), shared=True),
        Occasion("Bingo", "sociaal-huis", L.TABLES, (0.4, 0.9), shared=True),
        Occasion("Zangnamiddag", "buurtwerk", L.TABLES, (0.3, 0.8), shared=True),
    ],
    "meal": [Occasion("Middagmaal", "sociaal-huis", L.DINNER, (0.3, 0.8), shared=True)],
    "house": [
        Occasion("Inloop", "buurtwerk", L.TABLES, (0.2, 0.7), shared=True),
        Occasion("Huiswerkklas", "buurtwerk", L.TABLES, (0.3, 0.7), shared=True),
        Occasion("Kookgroep", "buurtwerk", L.TABLES, (0.2, 0.5), shared=True),
        Occasion("Groepsgesprek", "sociale-dienst", L.TABLES, (0.15, 0.4)),
    ],
    "youth": [Occasion("", "club:youth", L.STANDING, (0.1, 0.5))],
    "concert": [
        Occasion("Optreden", "club:youth", L.STANDING, (0.3, 0.95)),
        Occasion("Fuif", "club:youth", L.STANDING, (0.4, 1)),
    ],
    "rehearsal": [Occasion("Repetitie", "club:youth", L.EMPTY, (0.3, 0.7))],
    "library": [
        Occasion("", "club:reading", L.TABLES, (0.2, 0.7)),
        Occasion("Voorleesuur", "gebiedswerking", L.ROWS, (0.2, 0.6)),
    ],
}
