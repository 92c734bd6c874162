"""The categories and routing rules Kortrijk starts with: every subject of the 1777 file, and those about persons."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from areas.models import Area
from signals.levels import Level
from signals.models import Category, RoutingRule
from teams.models import Organisation, Team
from teams.seed import CODE_17, NORTH, SOUTH_EAST, UPPER


@dataclass(frozen=True)
class Subject:
    name: str
    days: int
    team: str = "openbaar-domein"
    owner: str = "stad"
    level: Level = Level.OPEN
    routine: bool = True
    task: str = ""
    icon: str = ""
    tile: bool = False
    web: bool = True

    @property
    def about_persons(self) -> bool:
        return self.level == Level.SEALED


TREE: dict[str, list[Subject]] = {
    "Afval en netheid": [
        Subject("Ophaling afval", 5, task="Afval ophalen"),
        Subject("Sluikstort", 3, task="Opruimen", icon="dumping", tile=True),
        Subject("Zwerfvuil", 5, task="Opruimen", icon="litter", tile=True),
        Subject("Volle vuilnisbak", 2, task="Vuilnisbak ledigen", icon="bin", tile=True),
        Subject("Graffiti en wildplak", 10, task="Verwijderen"),
        Subject("Dood dier", 1, task="Weghalen"),
        Subject("Ongedierte", 10, task="Bestrijden"),
    ],
    "Straten en pleinen": [
        Subject("Signalisatie", 15, task="Signalisatie nazien"),
        Subject(
            "Straatverlichting", 10, team="fluvius-verlichting", task="Lamp herstellen", icon="lighting", tile=True
        ),
        Subject("Losse tegels of voetpad", 20, task="Voetpad herstellen"),
        Subject("Put in de weg", 15, task="Wegdek herstellen"),
        Subject("Verkeerslichten", 2, task="Verkeerslichten herstellen"),
        Subject("Verstopt rioolputje", 10, task="Rioolputje reinigen"),
        Subject("Parkeermeter", 10, task="Parkeermeter nazien"),
        Subject("Onveilige situatie", 2, task="Beveiligen", routine=False),
    ],
    "Groen": [Subject("Groenbeheer", 15, team="groen", task="Groen onderhouden", icon="green", tile=True)],
    "Verkeer en voertuigen": [
        Subject("Achtergelaten voertuig", 20, task="Voertuig laten takelen"),
        Subject("Fietswrak", 15, task="Fietswrak weghalen", icon="bicycle", tile=True),
        Subject("Verkeersoverlast", 10, task="Nagaan", routine=False),
    ],
    "Wonen": [
        Subject("Woonkwaliteit", 20, team="wonen", task="Woningcontrole", routine=False),
        Subject("Leegstand en verloedering", 30, team="wonen", task="Pand nazien", routine=False, icon="vacancy",
                tile=True),
    ],
    "Overlast en veiligheid": [
        Subject("Geluidshinder", 5, team="", owner="politie", routine=False, task="Toezicht", icon="noise", tile=True),
        Subject("Drugsmateriaal gevonden", 1, team="preventie", routine=False, task="Opruimen en nagaan",
                icon="drugs", tile=True),
        Subject("Loslopend dier", 1, task="Dier opvangen"),
        Subject("Burenruzie", 10, team="", owner="politie", level=Level.LIMITED, routine=False, task="Bemiddelen"),
        Subject("Verdachte situatie", 2, team="", owner="politie", level=Level.LIMITED, routine=False, task="Nagaan",
                web=False),
    ],
    "Zorg om personen": [
        Subject("Zorgwekkende woonsituatie", 3, team="sociale-dienst", owner="ocmw", level=Level.SEALED,
                routine=False, task="Huisbezoek"),
        Subject("Bezorgd om iemand", 2, team="sociale-dienst", owner="ocmw", level=Level.SEALED, routine=False,
                task="Contact opnemen"),
        Subject("Iemand vraagt hulp", 2, team="sociaal-huis", owner="ocmw", level=Level.SEALED, routine=False,
                task="Contact opnemen", icon="help", tile=True, web=False),
        Subject("Schuldhulp of steun", 5, team="sociale-dienst", owner="ocmw", level=Level.LIMITED, routine=False,
                task="Afspraak maken", web=False),
    ],
    "Vragen en klachten": [
        Subject("Vraag of suggestie", 5, team="meldpunt-1777", routine=False, task="Antwoorden", icon="question",
                tile=True),
        Subject("Klacht over de dienstverlening", 10, team="", level=Level.LIMITED, routine=False,
                task="Klacht behandelen"),
        Subject("Goed nieuws", 20, team="meldpunt-1777", routine=False, task="Doorgeven", icon="sun", tile=True),
    ],
}  # fmt: skip

# What lies in the street for all to see: everybody may follow it, without names and without words.
PUBLIC = {
    "Sluikstort", "Zwerfvuil", "Volle vuilnisbak", "Graffiti en wildplak", "Signalisatie", "Straatverlichting",
    "Losse tegels of voetpad", "Put in de weg", "Verkeerslichten", "Verstopt rioolputje", "Groenbeheer", "Fietswrak",
}  # fmt: skip

# Before the plain rule "subject -> service": name, subject, areas, team.
SPECIAL_RULES = [
    ("Sluikstort Noord", "Sluikstort", NORTH, "team-net-noord"),
    ("Geluidshinder wijk Noord", "Geluidshinder", NORTH, "wijkwerking-noord"),
    ("Geluidshinder wijk Centrum", "Geluidshinder", ["Kortrijk Centrum", "Kortrijk West", *SOUTH_EAST],
     "wijkwerking-centrum"),
    ("Geluidshinder wijk Zuid", "Geluidshinder", [*UPPER, "Aalbeke", "Bellegem", "Kooigem", "Marke", "Rollegem"],
     "wijkwerking-zuid"),
    ("Geluidshinder wijk Heule en Bissegem", "Geluidshinder",
     ["Heule Centrum", "Heule Sente", "Heule Watermolen", "Bissegem"], "wijkwerking-noord"),
]  # fmt: skip


@transaction.atomic
def seed() -> None:
    """Categories and rules; safe to run again. Teams must be there (teams.seed)."""
    organisations = {organisation.code: organisation for organisation in Organisation.objects.all()}
    teams = {team.code: team for team in Team.objects.all()}
    areas = {area.name: area for area in Area.objects.filter(set__code=CODE_17, name__isnull=False)}
    for order, (group, subjects) in enumerate(TREE.items(), start=1):
        parent, _created = Category.objects.get_or_create(
            code=slugify(group), defaults={"name": group, "owner": organisations["stad"], "order": order * 10}
        )
        for position, subject in enumerate(subjects, start=1):
            _subject(subject, parent, organisations, order * 10 + position)
    categories = {category.name: category for category in Category.objects.all()}
    for position, (name, subject_name, names, team) in enumerate(SPECIAL_RULES, start=1):
        RoutingRule.objects.get_or_create(
            name=name,
            defaults={
                "priority": position,
                "category": categories[subject_name],
                "team": teams[team],
                "area_ids": [areas[area].pk for area in names],
            },
        )
    for subject in (subject for subjects in TREE.values() for subject in subjects if subject.team):
        RoutingRule.objects.get_or_create(
            name=f"{subject.name} → {teams[subject.team].name}",
            defaults={"priority": 100, "category": categories[subject.name], "team": teams[subject.team]},
        )


def _subject(subject: Subject, parent: Category, organisations: dict[str, Organisation], order: int) -> None:
    Category.objects.get_or_create(
        code=slugify(subject.name),
        defaults={
            "name": subject.name,
            "parent": parent,
            "owner": organisations[subject.owner],
            "term_days": subject.days,
            "level": subject.level,
            "about_persons": subject.about_persons,
            "routine": subject.routine,
            "task_title": subject.task,
            "icon": subject.icon,
            "on_tablet": subject.tile,
            "on_web": subject.web,
            "public": subject.name in PUBLIC,
            "order": order,
        },
    )
