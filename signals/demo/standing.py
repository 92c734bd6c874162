"""A signal in each state of the workflow, and something asked of others in each way: by the doors everybody uses.

Told with the demo's own people, today; what mail that would make is taken back, for nobody waits for it.
"""

import datetime as dt

from django.utils import timezone

from areas.models import Area
from kortrijk_gebied.jobs.models import Message, State
from signals.correcting import correct
from signals.correction import plan
from signals.demo.tablets import carry
from signals.handing import hand_over, refer_outside, refer_person
from signals.intake import Contact, register
from signals.levels import Level
from signals.models import Category, Channel, Signal
from signals.workflow import SignalStatus, WaitingFor
from teams.access import access_of
from teams.models import Team, User
from teams.seed import CODE_17

RAISED = [
    (
        "dienstencentrum",
        "Put in de weg",
        "Voor onze deur ligt een tegel los; bezoekers met een rollator struikelen.",
        "De tegel ligt weer vast.",
    ),
    ("dienstencentrum", "Volle vuilnisbak", "De vuilnisbak aan de ingang loopt elke maandag over.", ""),
    ("vereniging", "Fietswrak", "Al drie weken hangt hetzelfde fietswrak aan onze poort.", "Weggehaald op woensdag."),
    ("vereniging", "Bezorgd om iemand", "Een kind komt sinds de vakantie niet meer naar school.", ""),
]
GROUND = "Gedeeld beroepsgeheim, voor dezelfde zorg"
WAITS = [
    (WaitingFor.REPORTER, "Om welk huisnummer gaat het?", 4),
    (WaitingFor.WEATHER, "Dat kan niet zolang het vriest.", 9),
    (WaitingFor.THIRD_PARTY, "De aannemer komt volgende week ter plaatse.", 6),
]
OUTSIDE = [
    ("De Watergroep", "Dat ligt op een terrein van De Watergroep."),
    ("De Lijn", "Dat is aan een halte van De Lijn."),
]
WRONG = "Onder de brug ligt glas van een kapotte lamp; het is er nu donker."
NEW = "Ik kreeg na drie weken nog altijd geen antwoord op mijn mail over de speeltuin."


def stand(people: dict[str, User]) -> None:
    before = list(Message.objects.filter(state=State.WAITING).values_list("pk", flat=True))
    _in_the_north(people["coordinator"], people["wijkinspecteur"])
    _between_organisations(people)
    _heard_back(people)
    _corrected(people)
    carry(people)
    complaint = Category.objects.get(name="Klacht over de dienstverlening")
    came_in = register(Contact(category=complaint, description=NEW, channel=Channel.WEB, place="Overleiestraat"))
    Signal.objects.filter(pk=came_in.signal_id).update(invented=True)
    for mail in Message.objects.filter(state=State.WAITING).exclude(pk__in=before):
        mail.withdraw()


def _in_the_north(by: User, inspector: User) -> None:
    """The newest that runs there: three wait, two are asked of somebody outside, two of the police, who answered one.
    And what was closed lately lies there again."""
    ours = Signal.objects.filter(owner=by.organisation, level=Level.OPEN, area__in=access_of(by).areas("route"))
    # Not the rubbish of the first story, which was reported twice: nobody touched that yet.
    untold = ours.filter(status=SignalStatus.IN_PROGRESS, report_count=1)
    untold = untold.exclude(reports__channel=Channel.PARTNER)  # what partners raised has a story of its own
    running = list(untold.order_by("-reported_at", "pk")[:8])
    for signal, (waiting_for, reason, days) in zip(running[:3], WAITS, strict=False):
        until = timezone.localdate() + dt.timedelta(days=days)
        signal.wait(by=by, until=until, waiting_for=waiting_for, reason=reason)
    for signal, (outside, text) in zip(running[3:5], OUTSIDE, strict=False):
        refer_outside(signal=signal, by=by, outside=outside, text=text)
    for signal in running[5:6]:
        asked = refer_outside(signal=signal, by=by, outside="De eigenaar", text="Dat is op privégrond.")
        asked.confirm(by=by, answer="De eigenaar zelf, aan de telefoon: het is zaterdag in orde.")
    ward = Team.objects.get(code="wijkwerking-noord")
    for signal in running[7:]:
        asked = hand_over(
            signal=signal, by=by, team=ward, text="Het gebeurt altijd laat op de avond: kan een ploeg langsgaan?"
        )
        asked.decline(by=inspector, reason="Daar is geen ploeg voor vrij; bel 101 als het bezig is.")
    for signal in running[6:7]:
        hand_over(signal=signal, by=by, team=ward, text="Praten helpt hier niet meer: dit vraagt handhaving.")
    for signal in ours.filter(status=SignalStatus.CLOSED, routine=True).order_by("-closed_at", "pk")[:2]:
        signal.reopen(by=None, reason="De melder zegt dat het er nog altijd ligt.")


def _heard_back(people: dict[str, User]) -> None:
    """The service centre raised two things itself, the school one by hand and one by its program: some are solved."""
    overleie = Area.objects.get(set__code=CODE_17, code="overleie")
    for who, subject, words, outcome in RAISED:
        contact = Contact(
            category=Category.objects.get(name=subject), description=words, channel=Channel.PARTNER,
            registered_by=people[who], place="Overleiestraat", area=overleie,
        )  # fmt: skip
        signal = register(contact).signal
        Signal.objects.filter(pk=signal.pk).update(invented=True)
        if outcome:
            signal.close(by=people["coordinator"], outcome=outcome)
    for signal in Signal.objects.open().filter(reports__partner_report__key__organisation__code="school")[:1]:
        signal.close(by=people["coordinator"], outcome="De put voor de poort is gevuld.")


def _corrected(people: dict[str, User]) -> None:
    """Noted as litter, and it was a lamp: corrected, with its team."""
    contact = Contact(
        category=Category.objects.get(name="Zwerfvuil"), description=WRONG, registered_by=people["agent"],
        place="Budastraat", area=Area.objects.get(set__code=CODE_17, code="overleie"),
    )  # fmt: skip
    signal, by = register(contact).signal, people["coordinator"]
    Signal.objects.filter(pk=signal.pk).update(invented=True)
    category = Category.objects.get(name="Straatverlichting")
    shown = plan(signal, by=by, category=category, spot=signal.spot)
    running = [str(task.pk) for task in shown.others]
    correct(signal=signal, by=by, category=category, spot=signal.spot, shown=shown.key, follow=True, take_back=running)


def _between_organisations(people: dict[str, User]) -> None:
    """A quarrel that is rather care, and somebody whom the social service refers to neighbourhood work."""
    invented = Signal.objects.open().filter(invented=True).order_by("-reported_at", "pk")
    for signal in invented.filter(category__name="Burenruzie", level=Level.LIMITED)[:1]:
        hand_over(
            signal=signal, by=people["coordinator.politie"], team=Team.objects.get(code="sociale-dienst"),
            text="Achter de ruzie zit iemand die hulp nodig heeft en erom vraagt.", legal_ground=GROUND,
        )  # fmt: skip
    kept = invented.filter(level=Level.SEALED, team__code="sociale-dienst")
    for number, signal in enumerate(kept[:2]):
        asked = refer_person(
            signal=signal, by=people["verpleegkundige"], team=Team.objects.get(code="buurtwerk"),
            text="Alleenwonende bewoner die graag elke week bezoek heeft.", legal_ground=GROUND,
        )  # fmt: skip
        if number:
            asked.confirm(by=people["buurtwerker"], answer="Vanaf dinsdag, elke week.")
