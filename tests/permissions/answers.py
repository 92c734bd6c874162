"""What was asked about buildings, for the matrix."""

from reservations.consolidation.asking import Asked
from reservations.models import Building
from tests.cast import Cast

type Arguments = list[object]


def everything(people: Cast) -> dict[str, Arguments]:
    """Bram asked it; no worker answered yet."""
    closing = Building.objects.filter(owner__code="stad", rooms__isnull=False)[0]
    return {"answer": [Asked("2026-01-01", "2026-01-31", (closing.pk,)).ask(people["coordinator"]).pk]}
