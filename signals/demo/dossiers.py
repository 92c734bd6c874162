"""Signals of the demo that belong together: two dossiers, and two that are one. Safe to repeat."""

from areas.models import Area
from signals.joining import join
from signals.levels import Level
from signals.models import Dossier, Joining, Signal
from signals.models.dossiers import DossierKind
from signals.workflow import SignalStatus
from teams.access import access_of
from teams.models import Team, User
from teams.seed import CODE_17

EXAMPLE = "(Voorbeeld) "


def create(people: dict[str, User]) -> None:
    overleie = Area.objects.get(set__code=CODE_17, code="overleie")
    if not Dossier.objects.exists():
        _corner(overleie, people["coordinator"])
        _in_turn(overleie, people["coordinator"])
    if not Joining.objects.exists():
        _twins(people["coordinator"])


def _corner(overleie: Area, by: User) -> None:
    dumped = Signal.objects.filter(
        area=overleie, level=Level.OPEN, category__code="sluikstort", longitude__isnull=False
    )
    corner = Dossier.begin(
        by=by,
        title=f"{EXAMPLE}Sluikstort aan de Overleiestraat",
        kind=DossierKind.HOTSPOT,
        purpose="De hoek blijft terugkomen. Wanneer wordt er gestort, en wat helpt?",
        team=Team.objects.get(code="team-net-noord"),
        area=overleie,
        level=Level.OPEN,
    )
    for signal in dumped.order_by("-reported_at")[:14]:
        corner.add(signal, by=by)
    corner.add_note(by=by, text="Team Net ruimt elke maandag op. De wijkinspecteur kijkt mee.")


def _in_turn(overleie: Area, by: User) -> None:
    """City and police one after the other on one empty building."""
    empty = Signal.objects.filter(area=overleie, level=Level.OPEN, category__code="leegstand-en-verloedering")
    action = Dossier.begin(
        by=by,
        title=f"{EXAMPLE}Leegstand in Overleie",
        kind=DossierKind.LINKED_ACTION,
        purpose="Eerst de eigenaar aanspreken, dan samen langsgaan, dan pas handhaven.",
        team=Team.objects.get(code="wonen"),
        area=overleie,
        level=Level.OPEN,
    )
    for signal in empty.order_by("-reported_at")[:3]:
        action.add(signal, by=by)
    action.add_note(by=by, text="De eigenaar kreeg een brief. Bij het volgende bezoek gaat de wijkinspecteur mee.")


def _twins(by: User) -> None:
    """Two people reported one thing in one street; the later signal went on in the first."""
    steered = Signal.objects.writable(access_of(by)).open().filter(level=Level.OPEN, invented=True)
    seen: dict[tuple[int, str], Signal] = {}
    for signal in steered.exclude(place="").exclude(status=SignalStatus.REFERRED).order_by("reported_at"):
        first = seen.setdefault((signal.category_id, signal.place), signal)
        if first != signal and first.owner_id == signal.owner_id:
            join(signal, into=first, by=by)
            return
