"""Plans of the demo: a safety plan that is public, a neighbourhood programme with one item nobody does yet, a
participation plan, and the plans of partners beside which they run. All invented. Safe to repeat."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from areas.models import Area
from kortrijk_gebied.ids import uuid7
from teams.models import Action, Goal, Phenomenon, Plan, Team, User
from teams.models.action_words import ActionStatus
from teams.models.audience import Audience
from teams.plans.publishing import publish
from teams.plans.tree import hang
from teams.seed import CODE_17

EXAMPLE = "(Voorbeeld) "


@dataclass(frozen=True)
class Told:
    """A goal: kind, title, service, dimension, and what stands below it."""

    kind: str
    title: str
    owner: str = ""
    dimension: str = ""
    why: str = ""
    what: str = ""
    how: str = ""
    about: tuple[str, ...] = ()
    actions: tuple[tuple[str, str, str], ...] = ()  # title, status, audience
    below: tuple["Told", ...] = field(default_factory=tuple)


def item(title: str, owner: str = "", dimension: str = "", **more: object) -> Told:
    return Told("item", title, owner, dimension, **more)  # type: ignore[arg-type]


SAFETY = (
    Told("domain", "Drugs", below=(
        Told("strategic", "Minder overlast van drugs in de binnenstad", why="Buurtbewoners melden vooral ’s avonds "
             "overlast rond parkings en pleinen.", below=(
            Told("tactical", "Vroeg praten met jongeren die experimenteren", "preventie", "proactive",
                 how="Samen met scholen en straathoekwerk.", about=("Drugsoverlast",),
                 actions=(("Gespreksavond voor ouders in drie scholen", "running", Audience.PUBLIC),)),
            Told("tactical", "Gericht toezicht op de plekken die terugkomen", "wijkwerking-centrum", "reactive",
                 about=("Drugsoverlast",), actions=(("Gezamenlijke ronde op vrijdagavond", "planned",
                                                     Audience.INTERNAL),)),
        )),
    )),
    Told("domain", "Buurtveiligheid", below=(
        Told("strategic", "Inbraken en fietsdiefstallen blijven dalen", below=(
            Told("tactical", "Advies aan huis over inbraak", "preventie", "preventive", about=("Woninginbraak",),
                 actions=(("Adviesdag in Overleie", "done", Audience.PUBLIC),
                          ("Brief aan nieuwe bewoners", "running", Audience.PUBLIC))),
            Told("tactical", "Fietsen labelen aan de stations", "gemeenschapswachten", "preventive",
                 about=("Fietsdiefstal",), actions=(("Labelactie in september", "done", Audience.PUBLIC),)),
        )),
    )),
    Told("domain", "Jeugd", below=(
        Told("tactical", "Hangplekken met de jongeren zelf afspreken", "buurtwerk", "proactive",
             about=("Overlast door jongeren",)),
    )),
    Told("domain", "Ruimte, wonen en milieu", below=(
        Told("tactical", "Sluikstort binnen twee werkdagen weg", "team-net-noord", "reactive",
             about=("Sluikstort en zwerfvuil",),
             actions=(("Vaste ronde op maandag", "done", Audience.PARTNERS),)),
        Told("tactical", "Leegstand samen aanpakken", "wonen", "preventive"),
    )),
    Told("domain", "Veilig ondernemen", below=(
        Told("tactical", "Winkeliers verwittigen elkaar", "preventie", "preventive", about=("Winkeldiefstal",)),
    )),
    Told("domain", "Herstelgerichte aanpak", below=(
        Told("tactical", "Burenruzies naar buurtbemiddeling", "buurtwerk", "reactive"),
    )),
    Told("domain", "Ondersteuning", below=(
        Told("tactical", "Elke twee jaar een veiligheidsmonitor per gebied", "preventie", "proactive"),
    )),
)  # fmt: skip
PROGRAMME = (
    Told("theme", "Openbaar domein en netheid", below=(
        item("De glasbollen aan het pleintje krijgen een betere plek", "openbaar-domein", "preventive",
             why="De hoek trekt sluikstort aan.", actions=(("Nieuwe plek voorstellen aan de buurt", "running",
                                                           Audience.PARTNERS),)),
        item("Twee keer per jaar poetst de buurt mee", "team-net-noord", "proactive",
             actions=(("Buurtpoets in het voorjaar", "done", Audience.PUBLIC),)),
    )),
    Told("theme", "Verkeer en bereikbaarheid", below=(
        item("Schoolstraat aan De Wegwijzer", why="Ouders vragen het al twee jaar. Nog geen enkele dienst nam het op."),
    )),
    Told("theme", "Samenleven en ontmoeten", below=(
        item("Een open tafel per maand in het dienstencentrum", "dienstencentrum-overleie", "proactive"),
    )),
)  # fmt: skip
PARTICIPATION = (
    Told("domain", "Wie: doelgroepen en wie we missen", below=(
        item("Aanbellen bij elk huis in de eerste fase", "buurtwerk"),
    )),
    Told("domain", "Waarover: wat vastligt en wat open is", below=(
        item("De inrichting van het park ligt open, de bouwhoogte niet", "groen"),
    )),
    Told("domain", "Hoe: momenten en kanalen", below=(
        item("Drie wandelingen en een infomarkt", "gebiedswerking"),
    )),
    Told("domain", "Wat ermee gebeurt: terugkoppeling", below=(
        item("Binnen zes weken een brief met wat meegenomen werd", "gebiedswerking"),
    )),
)  # fmt: skip
NINE_POINTS = (
    item("Eén gezicht per straat: elke bewoner kent zijn gebiedswerker", "gebiedswerking", "proactive"),
    item("Elke dag iemand van de stad op straat", "gemeenschapswachten", "preventive"),
    item("Sluikstort weg voor het weekend", "team-net-noord", "reactive"),
    item("Licht waar het donker is: tien plekken per jaar", "openbaar-domein", "preventive"),
    item("Leegstand: eerst praten, dan belasten", "wonen", "preventive"),
    item("Een ruimte waar jongeren zelf de sleutel van hebben", "buurtwerk", "proactive"),
    item("Samen op ronde met de wijkinspecteur", "wijkwerking-noord", "reactive"),
    item("Groen dat de buurt mee onderhoudt", "groen", "proactive"),
    item("Wie iets meldt, hoort wat ervan kwam", "meldpunt-1777", "proactive"),
)
# Title, whose it is, years, cycle.
RELATED = [
    ("Zonaal veiligheidsplan PZ Vlas", "PZ Vlas", (-1, 4), "zesjaarlijks"),
    ("Strategisch veiligheids- en preventieplan", "Stad Kortrijk en FOD Binnenlandse Zaken", (-1, 2), "vierjaarlijks"),
    ("Beleidsprioriteiten van het parket", "Parket West-Vlaanderen", (0, 0), "jaarlijks"),
]


def create(people: dict[str, User]) -> None:
    if Plan.objects.exists():
        return
    year, by = timezone.localdate().year, people["gebiedswerker"]
    safety = _plan(
        "Integraal veiligheidsplan", "safety", "gebiedswerking", (year, year + 5), SAFETY, by,
        phase="follow_up", cycle="zesjaarlijks, samen met het zonaal veiligheidsplan",
        foreword="Veilig wonen is samenwerken: stad, OCMW, politie en bewoners, elk met wat ze goed kunnen.",
    )  # fmt: skip
    for goal in safety.goals.filter(owner_team__isnull=False)[:5]:
        goal.adopt(by=by)
    publish(safety, by=by)
    _plan(
        "Wijkprogramma Overleie", "programme", "gebiedsteam-overleie-pius-x", (year, year + 2), PROGRAMME, by,
        areas=["overleie"], cycle="drie jaar, elk jaar bijgesteld",
        foreword="Wat de buurt op drie wandelingen vroeg, en wat de diensten kunnen beloven.",
    )  # fmt: skip
    _plan(
        "Participatieplan Venning", "participation", "gebiedswerking", (year, year + 1), PARTICIPATION, by,
        areas=["kortrijk-oost"], foreword="Hoe bewoners van de Venning meespreken over hun wijk.",
    )  # fmt: skip
    _plan(
        "Negenpuntenplan Overleie en Pius X", "nine_point", "gebiedsteam-overleie-pius-x", (year, year + 1),
        NINE_POINTS, by, areas=["overleie", "pius-x"], foreword="Negen punten die op één blad passen.",
    )  # fmt: skip
    team = Team.objects.get(code="gebiedswerking")
    for title, keeper, (first, last), cycle in RELATED:
        Plan.objects.create(
            title=title, kind="related", keeper=keeper, team=team, cycle=cycle, created_by=by,
            starts=dt.date(year + first, 1, 1), ends=dt.date(year + last, 12, 31),
        )  # fmt: skip


def _plan(
    title: str, kind: str, team: str, years: tuple[int, int], tree: tuple[Told, ...], by: User,
    areas: list[str] | None = None, **more: str,
) -> Plan:  # fmt: skip
    plan = Plan(
        title=EXAMPLE + title, kind=kind, team=Team.objects.get(code=team), created_by=by,
        starts=dt.date(years[0], 1, 1), ends=dt.date(years[1], 12, 31), **more,
    )  # fmt: skip
    plan.lie_in(Area.objects.filter(set__code=CODE_17, code__in=areas or []))
    for told in tree:
        _goal(plan, told, None, by)
    return plan


def _goal(plan: Plan, told: Told, below: Goal | None, by: User) -> None:
    goal = Goal(
        id=uuid7(), plan=plan, kind=told.kind, title=told.title, dimension=told.dimension, why=told.why,
        what=told.what, how=told.how, owner_team=Team.objects.filter(code=told.owner).first(),
    )  # fmt: skip
    hang(goal, below=below)
    goal.save()
    goal.phenomena.set(Phenomenon.objects.filter(name__in=told.about))
    for title, status, audience in told.actions:
        _action(goal, title, status, audience, by)
    for lower in told.below:
        _goal(plan, lower, goal, by)


def _action(goal: Goal, title: str, status: str, audience: str, by: User) -> None:
    done = {"done_at": timezone.now(), "done_by": by, "result": "Gebeurd zoals afgesproken."}
    action = Action(
        title=title, team=goal.plan.team, owner=by, goal=goal, status=status, audience=audience, created_by=by,
        dimension=goal.dimension, due_on=timezone.localdate() + dt.timedelta(days=40),
        **(done if status == ActionStatus.DONE else {}),
    )  # fmt: skip
    action.lie_in(goal.plan.areas.all())
