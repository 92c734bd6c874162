"""Two dossiers for the demo, of signals that are there already. Marked as invented, as those signals are."""

from areas.models import Area
from signals.levels import Level
from signals.models import Dossier, Signal
from signals.models.dossiers import DossierKind
from teams.models import Team, User
from teams.seed import CODE_17

EXAMPLE = "(Voorbeeld) "


def create(people: dict[str, User]) -> None:
    """Safe to repeat."""
    if Dossier.objects.exists():
        return
    overleie = Area.objects.get(set__code=CODE_17, code="overleie")
    dumped = Signal.objects.filter(
        area=overleie, level=Level.OPEN, category__code="sluikstort", longitude__isnull=False
    )
    corner = Dossier.begin(
        by=people["coordinator"],
        title=f"{EXAMPLE}Sluikstort aan de Overleiestraat",
        kind=DossierKind.HOTSPOT,
        purpose="De hoek blijft terugkomen. Wanneer wordt er gestort, en wat helpt?",
        team=Team.objects.get(code="team-net-noord"),
        area=overleie,
        level=Level.OPEN,
    )
    for signal in dumped.order_by("-reported_at")[:14]:
        corner.add(signal, by=people["coordinator"])
    corner.add_note(by=people["coordinator"], text="Team Net ruimt elke maandag op. De wijkinspecteur kijkt mee.")
