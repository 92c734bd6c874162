"""The inventory of the demo: what the area teams do, could do, are held up by, and agreed. Safe to repeat."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from areas.models import Area
from signals.intake import Contact, register
from signals.levels import Level
from signals.lifting import lift_to_inventory
from signals.models import Category, Channel, Signal
from teams.models import Action, ActionFigure, Team, User
from teams.seed import CODE_17

NORTH, CENTRE, UPPER = "gebiedsteam-overleie-pius-x", "gebiedsteam-centrum", "gebiedsteam-zuid"
MARKE, BELLEGEM = "gebiedsteam-marke", "gebiedsteam-bellegem"
EXAMPLE = "(Voorbeeld) "
ASKED = [
    "Drie bezoekers vragen of er een busje kan rijden: te voet is het dienstencentrum te ver.",
    "Bewoners van Pius X geraken niet bij de maaltijden. De bus stopt een halfuur wandelen verder.",
]


@dataclass(frozen=True)
class Line:
    kind: str
    title: str
    text: str
    team: str
    owner: str
    areas: tuple[str, ...]
    status: str = "running"
    due: int | None = None  # days from today
    dimension: str = ""
    tags: tuple[str, ...] = ()
    result: str = ""
    audience: str = "partners"
    stage: str = ""
    budget: int | None = None
    funding: str = ""
    figures: tuple[tuple[str, int, str, str], ...] = field(default=())


SHUTTLE = Line(
    "action", "Pendeldienst naar het dienstencentrum",
    "Ouderen van buiten de ring raken zonder auto niet in het dienstencentrum. Uit hun signalen groeide een "
    "pendeldienst: een busje met vrijwilligers, twee halve dagen per week.",
    NORTH, "buurtwerker", ("Overleie", "Pius X"), "done", -20, "preventive", ("volunteers", "lever_project"),
    "De pendeldienst rijdt op dinsdag en donderdag. Na drie maanden stappen gemiddeld 19 mensen per week op.", "public",
    "prevention", 12500, "Sociaal beleidsplan OCMW", (("Opstappers per week", 19, "mensen", "Ritblad vrijwilligers"),),
)  # fmt: skip
LINES = [
    SHUTTLE,
    Line("action", "Glascontainers dichter bij de sorteerstraat zetten", "Aan de hoek blijft afval staan. Met Team "
         "Net en de intercommunale zoeken we een plek die verlicht is.", NORTH, "coordinator", ("Overleie",),
         "running", -6,
         "preventive", ("quick_win",), stage="prevention"),
    Line("action", "Bewoners vergroenen drie gevels", "Vijf gezinnen vragen geveltuinen. De stad breekt de tegels "
         "uit, de bewoners planten.", NORTH, "gebiedswerker", ("Overleie",), "planned", 24, "proactive",
         ("citizens_initiative", "neighbourhood_budget"), stage="proaction", budget=1800, funding="Wijkbudget 2026"),
    Line("action", "Avondtoezicht aan de Leieboorden", "Wijkinspectie en gemeenschapswachten wisselen elkaar af op "
         "vrijdag en zaterdag.", NORTH, "wijkinspecteur", ("Overleie", "Kortrijk Centrum"), "running", 12, "reactive",
         ("joint_intervention",), stage="repression"),
    Line("bottleneck", "Geen openbaar toilet op de markt van Pius X", "Marktkramers en klanten vragen het elke week.",
         NORTH, "", ("Pius X",), "proposed", None, "preventive", ("needs_survey",)),
    Line("opportunity", "Leegstaande klas als huiswerkruimte", "De school wil de klas na vier uur openzetten als "
         "iemand begeleidt.", NORTH, "", ("Overleie",), "proposed", 40, "proactive", ("participation",)),
    Line("agreement", "Buurtwerk belt de school over de huiswerkruimte", "", NORTH, "buurtwerker", ("Overleie",),
         "planned", 3, "proactive"),
    Line("agreement", "De wijkinspecteur gaat langs bij de nachtwinkel", "Over sluitingsuur en afval aan de deur.",
         NORTH,
         "wijkinspecteur", ("Overleie",), "planned", -2, "preventive"),
    Line("agreement", "Coördinator bezorgt het plan van de werf aan alle partners", "", NORTH, "coordinator",
         ("Pius X",),
         "done", -12, "preventive", result="Iedereen kreeg het plan en de fasering op papier."),
    Line("action", "Infoavond over woningpremies per bouwblok", "Intensieve begeleiding van twee blokken met vochtige "
         "woningen.", NORTH, "gebiedswerker", ("Overleie", "Pius X"), "planned", 33, "proactive", ("renovation",),
         budget=6000, funding="Stedenfonds"),
    Line("action", "Zwerfvuilactie met drie scholen", "Leerlingen ruimen op en hangen eigen affiches.", NORTH,
         "gebiedswerker", ("Overleie",), "done", -34, "preventive", ("campaign", "young_people"),
         "Drie scholen, 140 leerlingen, 26 zakken. De affiches hangen er nog.", "public",
         figures=(("Opgehaalde zakken", 26, "zakken", "Team Net"),)),
    Line("bottleneck", "Wachttijd voor buurtbemiddeling loopt op", "Wie nu aanmeldt, wacht zes weken.", NORTH,
         "coordinator.ocmw", ("Overleie", "Pius X"), "running", 20, "preventive", ("mediation",)),
    Line("action", "Interne werkverdeling in de vakantie", "Wie neemt wat over in juli.", NORTH, "gebiedswerker",
         ("Overleie",), "planned", 9, audience="internal"),
    Line("action", "Nulmeting verkeer in de schoolstraat", "Telslangen in twee straten, voor en na.", CENTRE,
         "projectmedewerker", ("Kortrijk Centrum",), "done", -41, "preventive", ("monitoring",),
         "De telling is klaar: 40 procent van het verkeer is doorgaand.",
         figures=(("Voertuigen per dag", 2140, "voertuigen", "Telling mobiliteit"),)),
    Line("action", "Schoolstraat proefdraaien", "Na de nulmeting: zes weken proef met vrijwilligers aan het hek.",
         CENTRE,
         "projectmedewerker", ("Kortrijk Centrum",), "running", 18, "preventive", ("participation",
         "interim_evaluation")),
    Line("opportunity", "Handelaars willen samen camerabeelden melden", "Zij vragen één aanspreekpunt, geen extra "
         "camera’s.", CENTRE, "", ("Kortrijk Centrum",), "proposed", None, "preventive", ("watch_network",)),
    Line("action", "Aanbeveling nazicht: verlichting stationsomgeving", "Eén van de aanbevelingen uit de evaluatie.",
         CENTRE, "projectmedewerker", ("Kortrijk Centrum",), "planned", 50, "preventive", ("recommendation",)),
    Line("bottleneck", "Geen gedeeld overzicht van subsidies per wijk", "Elke dienst houdt een eigen lijst bij.",
         CENTRE,
         "projectmedewerker", ("Kortrijk Centrum",), "dropped", -15, tags=("pooled_budget",),
         result="Dit gaat op in de nieuwe begrotingstoepassing van de stad."),
    Line("action", "Buurtbudget laten stemmen in de dorpskern", "Tien voorstellen, één stemmoment in het OC.", MARKE,
         "deelgemeente", ("Marke",), "running", 27, "proactive", ("participatory_budget",), budget=15000,
         funding="Participatieve begroting"),
    Line("action", "Fietsen graveren op de zaterdagmarkt", "Samen met de politie, van 9 tot 12.", MARKE, "deelgemeente",
         ("Marke", "Aalbeke"), "done", -9, "preventive", ("campaign",), "62 fietsen gegraveerd.", "public"),
    Line("agreement", "Deelgemeente vraagt de sleutel van het parochiehuis", "", MARKE, "deelgemeente", ("Marke",),
         "planned", -4),
    Line("action", "Bankenplan met het dorp", "Waar wil je zitten? Oudere bewoners duiden het aan op de kaart.",
         BELLEGEM,
         "deelgemeente", ("Bellegem",), "planned", 45, "proactive", ("citizens_initiative",)),
    Line("opportunity", "Buren die boodschappen meenemen", "Het dienstencentrum wil vraag en aanbod samenbrengen.",
         BELLEGEM, "verpleegkundige", ("Bellegem", "Kooigem"), "running", 30, "proactive", ("volunteers",)),
    Line("bottleneck", "Bus rijdt niet meer na 19 uur", "Wie naar de avondles gaat, raakt niet meer thuis.", BELLEGEM,
         "deelgemeente", ("Bellegem", "Kooigem", "Rollegem"), "proposed", None, "proactive", ("neighbourhood_work",)),
    Line("action", "Overdracht buurtwerk Lange Munte", "Wat het buurtwerk opbouwde, gaat naar het bewonerscomité.",
         "gebiedswerking", "gebiedswerker", ("Lange Munte",), "planned", 60, "proactive", ("handover",)),
]  # fmt: skip


def create(people: dict[str, User]) -> None:
    if Action.objects.filter(title=f"{EXAMPLE}{SHUTTLE.title}").exists():
        return
    teams = {team.code: team for team in Team.objects.all()}
    areas = {area.name: area for area in Area.objects.filter(set__code=CODE_17).defer("boundary")}
    made = {line.title: _make(line, people, teams, areas) for line in LINES}
    for said in ASKED:
        lift_to_inventory(_asked(said, people["dienstencentrum"]), by=people["buurtwerker"], action=made[SHUTTLE.title])
    dumped = Signal.objects.filter(area=areas["Overleie"], level=Level.OPEN, category__code="sluikstort")
    for signal in dumped.order_by("-reported_at", "-pk")[:3]:
        lift_to_inventory(signal, by=people["coordinator"], action=made[LINES[1].title])


def _asked(said: str, by: User) -> Signal:
    """What older residents said at the desk of the service centre."""
    contact = Contact(
        category=Category.objects.get(code="vraag-of-suggestie"), description=said, channel=Channel.COUNTER,
        place="Overleiestraat", longitude=3.2620, latitude=50.8335, registered_by=by,
    )  # fmt: skip
    signal = register(contact).signal
    Signal.objects.filter(pk=signal.pk).update(invented=True)
    return signal


def _make(line: Line, people: dict[str, User], teams: dict[str, Team], areas: dict[str, Area]) -> Action:
    today, now = timezone.localdate(), timezone.now()
    by = people[line.owner or "gebiedswerker"]
    ended = line.status in ("done", "dropped")
    action = Action(
        kind=line.kind, title=f"{EXAMPLE}{line.title}", text=line.text, team=teams[line.team],
        owner=people.get(line.owner), status=line.status, dimension=line.dimension, stage=line.stage,
        due_on=today + dt.timedelta(days=line.due) if line.due is not None else None, tags=list(line.tags),
        audience=line.audience, result=line.result, done_by=by if ended else None,
        done_at=now + dt.timedelta(days=min(line.due or 0, 0)) if ended else None, created_by=by,
        created_at=now - dt.timedelta(days=90), budget=Decimal(line.budget) if line.budget else None,
        funding=line.funding,
    )  # fmt: skip
    action.lie_in(areas[name] for name in line.areas)
    for name, value, unit, source in line.figures:
        ActionFigure.objects.create(
            action=action, name=name, value=value, unit=unit, source=source, measured_on=today - dt.timedelta(days=14)
        )
    return action
