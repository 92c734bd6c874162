"""News of the demo city, some of it for everybody, with remarks; and the example figures of people and homes. All of it
is invented. Safe to repeat."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from areas.models import Area
from areas.profile_import import read
from kortrijk_gebied.ids import uuid7
from teams.bulletins.writing import write
from teams.models import Bulletin, DigestChoice, Team, User
from teams.seed import CODE_17

FIGURES = Path(settings.BASE_DIR, "areas/fixtures/profielcijfers.csv")
NORTH = "gebiedsteam-overleie-pius-x"


@dataclass(frozen=True)
class Piece:
    title: str
    text: str
    by: str
    team: str
    areas: tuple[str, ...]
    days_ago: int
    kind: str = "news"
    audience: str = "partners"
    runs: tuple[int, int] | None = None  # days from today
    remarks: tuple[tuple[str, str], ...] = ()


PIECES = [
    Piece(
        "Wijktafel Overleie verhuist naar Dienstencentrum Overleie",
        "Vanaf volgende maand zitten we elke eerste donderdag in de polyvalente zaal van het dienstencentrum. "
        "Er is koffie vanaf 9.30 uur. Breng mee wat in je eigen overleg bleef liggen.",
        "gebiedswerker", NORTH, ("overleie", "pius-x"), 2,
        remarks=(("wijkinspecteur", "Ik ben er de eerste keer bij, met een overzicht van de fietsdiefstallen."),
                 ("buurtwerker", "Kan de agenda twee dagen vooraf? Dan vraag ik het rond in het buurthuis.")),
    ),
    Piece(
        "Repaircafé zoekt helpende handen",
        "Zaterdag van 14 tot 17 uur in ontmoetingscentrum Lange Munte. Wie handig is met fietsen of naaimachines, is "
        "welkom. Breng gerust iemand mee die nog niemand kent in de buurt.",
        "projectmedewerker", "gebiedswerking", ("lange-munte", "hoog-kortrijk"), 4, audience="public",
    ),
    Piece(
        "Nieuwe zitbanken langs de Leie",
        "De banken aan de Overleie staan er. Ze kwamen er op vraag van bewoners die niet meer ver kunnen stappen. "
        "De volgende drie komen in het voorjaar.",
        "gebiedswerker", NORTH, ("overleie",), 9, audience="public",
    ),
    Piece(
        "Fietslichtcontrole aan de schoolpoorten",
        "Twee weken lang delen we lampjes uit in plaats van boetes. Spreek fietsers zonder licht aan, geef een "
        "lampje en noteer hoeveel. Vragen: bel je coördinator.",
        "coordinator", NORTH, ("overleie", "pius-x"), 5, kind="campaign", runs=(-3, 11),
    ),
    Piece(
        "Zo kregen we de hoek van de Overleiestraat proper",
        "Eerst drie weken tellen, dan pas een camera vragen: het storten bleek op zondagavond te gebeuren. Sinds "
        "Team Net op maandag om 7 uur langskomt en de buren een nummer hebben, daalde het van negen keer naar "
        "twee keer per maand.",
        "gebiedswerker", NORTH, ("overleie",), 30, kind="good_practice",
        remarks=(("coordinator.politie", "Dit proberen we ook aan het station."),),
    ),
    Piece(
        "Buren voor buren in Bellegem",
        "Wie bij hevige hitte of koude bij een oudere buur langsgaat, krijgt één vast nummer om te bellen. Twaalf "
        "mensen deden mee. Wat hielp: klein beginnen, één straat, en na een maand samen soep eten.",
        "deelgemeente", "gebiedsteam-bellegem", ("bellegem",), 21, kind="good_practice",
    ),
    Piece(
        "Wie bel je na 17 uur?",
        "Brand of gevaar: 112. Politie dringend: 101. Een gevaarlijke put of een omgevallen boom: de wachtdienst van "
        "de stad via 1777. Een opname of dakloosheid: de wachtdienst van het OCMW, het nummer hangt in elk "
        "dienstencentrum.",
        "coordinator", "coordinatie-noord-centrum", ("overleie", "pius-x", "kortrijk-centrum"), 60,
        kind="basic_information",
    ),
    Piece(
        "Lokaal 2 is bezet tot vrijdag",
        "De bergruimte wordt geschilderd. Zet niets in de gang: de brandweer komt woensdag langs.",
        "buurtwerker", "buurtwerk", ("overleie",), 1, audience="internal",
    ),
]  # fmt: skip


def create(people: dict[str, User]) -> None:
    if not Bulletin.objects.exists():
        for piece in PIECES:
            _publish(piece, people)
    overleie = Area.objects.get(set__code=CODE_17, code="overleie")
    for who in ("wijkinspecteur", "gebiedswerker"):
        DigestChoice.objects.get_or_create(user=people[who], area=overleie, defaults={"rhythm": "weekly"})
    with FIGURES.open("rb") as file:
        read(file)


def _publish(piece: Piece, people: dict[str, User]) -> None:
    today = timezone.localdate()
    first, last = piece.runs or (None, None)
    made = Bulletin(
        title=piece.title, text=piece.text, kind=piece.kind, audience=piece.audience,
        team=Team.objects.get(code=piece.team), published_at=timezone.now() - dt.timedelta(days=piece.days_ago),
        starts=None if first is None else today + dt.timedelta(days=first),
        ends=None if last is None else today + dt.timedelta(days=last),
    )  # fmt: skip
    write(made, areas=Area.objects.filter(set__code=CODE_17, code__in=piece.areas), by=people[piece.by])
    for who, text in piece.remarks:
        made.comment(uuid7(), text=text, by=people[who])
