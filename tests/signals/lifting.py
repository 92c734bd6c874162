"""Lifting for tests: to the table of the team of Overleie."""

from signals.levels import Level
from signals.lifting import lift_to_inventory
from signals.models import Dossier, Signal
from teams.models import Action, Team
from tests.cast import Cast, area
from tests.teams.inventory import NORTH


def north() -> Team:
    return Team.objects.get(code=NORTH)


def lifted(signal: Signal, cast: Cast, title: str = "Containers staan te ver") -> Action:
    return lift_to_inventory(signal, by=cast["gebiedswerker"], team=north(), title=title)


def dossier_with(signal: Signal, cast: Cast, level: int = Level.OPEN) -> Dossier:
    return Dossier.begin(
        by=cast["coordinator"], title="Hoek Overleiestraat", kind="hotspot", purpose="", level=level, first=signal,
        team=Team.objects.get(code="coordinatie-noord-centrum"), area=area("Overleie"),
    )  # fmt: skip
