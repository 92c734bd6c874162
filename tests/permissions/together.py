"""What the matrix asks for of dossiers, joinings and links: an open one of the city and a sealed one of the OCMW."""

from kortrijk_gebied.ids import uuid7
from signals.joining import join
from signals.levels import Level
from signals.models import Dossier, Signal
from signals.offers import Invitation
from teams.models import Team, User
from tests.cast import Cast, area

type Arguments = list[object]


def together(people: Cast, open_signals: list[Signal], sealed: Signal) -> dict[str, Arguments]:
    """`open_signals` are three of the city in Overleie, with the same subject."""
    one, other, asked = open_signals
    made: dict[str, Arguments] = {"joining": [join(other, into=one, by=people["coordinator"]).pk]}
    task = asked.offer(by=people["coordinator"], team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht")
    link = Invitation(task, people["wijkinspecteur"]).url.rstrip("/").rpartition("/")[2]
    for on, signal, who, team, level in (
        ("open dossier", one, "coordinator", "team-net-noord", Level.OPEN),
        ("sealed dossier", sealed, "verpleegkundige", "sociale-dienst", Level.SEALED),
    ):
        dossier = _begun(people[who], team, level)
        dossier.add(signal, by=people[who])
        made |= {on: [dossier.reference], f"entry of {on}": [dossier.reference, signal.reference]}
    return made | {"link to a task": [link], "invented link to a task": [str(uuid7())]}


def _begun(by: User, team: str, level: int) -> Dossier:
    return Dossier.begin(
        by=by, title="Leieboorden", kind="hotspot", purpose="", team=Team.objects.get(code=team),
        area=area("Overleie"), level=level,
    )  # fmt: skip
